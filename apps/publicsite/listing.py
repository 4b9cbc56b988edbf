"""Reads that list: which villages there are, and what each has published, by number and year."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.names import initials, pinyin
from apps.disclosure.models import Published, PublishedVillage
from apps.publicsite import queries
from apps.publicsite.files import files_of


@dataclass(frozen=True)
class Entry:
    """A village in the list of all: its name without the township's, and the years of what it published."""

    village: PublishedVillage
    name: str
    years: tuple[int, ...]


def by_letter() -> list[tuple[str, list[Entry]]]:
    """All villages by the first letter of how their names are read; two queries."""
    years: dict[int, list[int]] = {}
    pairs = Published.objects.order_by("-last_on__year").values_list("village", "last_on__year").distinct()
    for village, year in pairs:
        years.setdefault(village, []).append(year)
    found: dict[str, list[Entry]] = {}
    for row in queries.villages():
        name = row.name.removeprefix(queries.township_name(row))
        letter = initials(name)[:1].upper()
        found.setdefault(letter, []).append(Entry(row, name, tuple(years.get(row.pk, ()))))
    return [
        (letter, sorted(rows, key=lambda each: pinyin(each.name))) for letter, rows in sorted(found.items())
    ]


def numbers_in(code: str) -> list[int]:
    """The numbers of everything that the village ever published."""
    rows = Published.objects.filter(village__code=code).order_by("chain_number")
    return list(rows.values_list("chain_number", flat=True))


def files_in(code: str) -> list[tuple[int, str]]:
    """The number of each publication with the name of each of its files."""
    rows = Published.objects.filter(village__code=code, content__isnull=False).exclude(content__files=[])
    return sorted({(row.chain_number, file.name) for row in rows for file in files_of(row)})


def groups_in(code: str) -> list[int]:
    """The villagers' groups of a village that published something (VAD-09)."""
    rows = Published.objects.filter(village__code=code).exclude(group_number=None)
    numbers = rows.order_by().values_list("group_number", flat=True).distinct()
    return sorted(number for number in numbers if number is not None)


def years_in(code: str) -> list[int]:
    rows = Published.objects.filter(village__code=code).order_by()
    return sorted(rows.values_list("last_on__year", flat=True).distinct())


def parts_in(code: str) -> range:
    """The parts of the village's chain that have a page of their own: all but the last."""
    return range(1, queries.parts_of(queries.village_named(code)))
