"""A village's publications, read once for whoever draws all of its pages; one page asks for its own rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from apps.disclosure.models import Published, PublishedVillage
from apps.opinions.models import PublishedAskingPlace

Kinship = tuple[str, str, int | None]


@dataclass(frozen=True)
class Holdings:
    """What queries answer from while a village is at hand."""

    numbered: dict[int, Published]
    """Each publication, whole, by its number."""
    kin: dict[Kinship, list[Published]]
    """The publications of each item, newest first."""
    places: list[PublishedAskingPlace]


_at_hand: ContextVar[tuple[str, Holdings] | None] = ContextVar("at_hand", default=None)


@contextmanager
def at_hand(code: str) -> Iterator[None]:
    """Within, the publications of this village, if it is one, are not asked of the database again."""
    token = _at_hand.set((code, _read(code)) if code else None)
    try:
        yield
    finally:
        _at_hand.reset(token)


def of(code: str) -> Holdings | None:
    """What is at hand of a village."""
    held = _at_hand.get()
    return held[1] if held and held[0] == code else None


def kinship(publication: Published) -> Kinship:
    """What the publications of one item have in common, whatever their period."""
    return publication.item, publication.kind, publication.group_number


def places_of(village: PublishedVillage) -> list[PublishedAskingPlace]:
    """Where one asks in the village and in its township."""
    codes = [village.code, village.township_code]
    return list(PublishedAskingPlace.objects.filter(code__in=codes))


def _read(code: str) -> Holdings:
    whole = PublishedVillage.objects.prefetch_related("publications__postings", "publications__opinions")
    village = whole.get(code=code)
    numbered: dict[int, Published] = {}
    kin: dict[Kinship, list[Published]] = {}
    for row in village.publications.all():
        numbered[row.chain_number] = row
        kin.setdefault(kinship(row), []).append(row)
    return Holdings(numbered, kin, places_of(village))
