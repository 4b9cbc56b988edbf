"""Reads of the public side: what was asked and answered, and how one asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from apps.disclosure import lines
from apps.disclosure.models import Published, PublishedVillage
from apps.opinions.models import PublishedAskingPlace, PublishedOpinion
from apps.publicsite import holdings

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
    """One query, unless the village is at hand."""
    held = holdings.of(village.code)
    found = {place.code: place for place in (held.places if held else holdings.places_of(village))}
    return How(found.get(village.code), found.get(village.township_code))


def opinions_of(village: PublishedVillage, *, most: int = MOST) -> list[PublishedOpinion]:
    """What was asked in the village and answered, the latest first, each with what it is about; one query."""
    rows = PublishedOpinion.objects.filter(village=village).select_related("publication")
    return list(rows.defer("publication__content")[:most])


def asked_about(versions: list[Published]) -> list[PublishedOpinion]:
    """What was asked about any version of a publication, by its lines; one query, unless at hand."""
    prefetch_related_objects(versions, "opinions")
    asked = (each for version in versions for each in version.opinions.all())
    return sorted(asked, key=lambda each: (each.line is None, each.line, each.received_on, each.pk))


def by_line(publication: Published, asked: Sequence[PublishedOpinion]) -> dict[int, tuple[int, ...]]:
    """The numbers of what was asked about each line of this version.

    What was asked about a line of another version stands at the same line of this one. One query where
    somebody asked about another version.
    """
    of_lines = [each for each in asked if each.line]
    others = {each.publication_id for each in of_lines if each.publication_id != publication.pk}
    here = lines.of_content(publication.content)
    places = {
        other.pk: lines.moved(lines.of_content(other.content), here)
        for other in Published.objects.filter(pk__in=list(others))
    }
    found: dict[int, tuple[int, ...]] = {}
    for each in of_lines:
        number = each.line
        if each.publication_id in places:
            number = places[each.publication_id].get(number or 0)
        if number:
            found[number] = (*found.get(number, ()), each.pk)
    return found
