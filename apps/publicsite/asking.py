"""Reads of the public side: what was asked and answered, and how one asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.disclosure.models import Published, PublishedVillage
from apps.opinions.models import PublishedAskingPlace, PublishedOpinion
from apps.publicsite.queries import Line

MOST = 200


@dataclass(frozen=True)
class How:
    """How one asks: in the village, and above it."""

    village: PublishedAskingPlace | None
    township: PublishedAskingPlace | None

    @property
    def places(self) -> list[tuple[str, PublishedAskingPlace]]:
        found = (("村里", self.village), ("乡镇", self.township))
        return [(words, place) for words, place in found if place]


def how_to_ask(village: PublishedVillage) -> How:
    """One query."""
    codes = [village.code, village.township_code]
    found = {place.code: place for place in PublishedAskingPlace.objects.filter(code__in=codes)}
    return How(found.get(village.code), found.get(village.township_code))


def opinions_of(village: PublishedVillage, *, most: int = MOST) -> list[PublishedOpinion]:
    """What was asked in the village and answered, the latest first, each with what it is about; one query."""
    rows = PublishedOpinion.objects.filter(village=village).select_related("publication")
    return list(rows.defer("publication__content")[:most])


def asked_about(versions: Iterable[Published]) -> list[PublishedOpinion]:
    """What was asked about any version of a publication, by its lines; one query."""
    rows = PublishedOpinion.objects.filter(publication__in=list(versions)).select_related("publication")
    return list(rows.defer("publication__content").order_by("line", "received_on", "id"))


def with_questions(
    lines: Iterable[Line], publication: Published, asked: list[PublishedOpinion]
) -> list[Line]:
    """The lines of this version, each with the numbers of what was asked about it."""
    found: dict[int, tuple[int, ...]] = {}
    for each in asked:
        if each.line and each.publication_id == publication.pk:
            found[each.line] = (*found.get(each.line, ()), each.pk)
    return [replace(line, asked=found.get(line.number, ())) for line in lines]
