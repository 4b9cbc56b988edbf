"""M10: the members of a month's first day, what came and went, and the members of its last day.

A branch that moved within the month counts where it stood on each day: its members leave the old place and
come to the new one on the day of the move. What counts at a former place is an entry of the organization that
was above the branch there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import MappingProxyType

from apps.figures.census import Census
from apps.figures.facts import Move, Movement
from apps.figures.values import Entry, Unit
from apps.members.vocabulary import Cause

OPENING, CLOSING, DIFFERENCE = "opening", "closing", "difference"
IN, OUT = Cause.TRANSFERRED_IN.value, Cause.TRANSFERRED_OUT.value
INCREASES = MappingProxyType(
    {
        Cause.OPENING: Cause.ADMITTED.value,  # a first roster dates each entry to the day of joining
        Cause.ADMITTED: Cause.ADMITTED.value,
        Cause.RESTORED: Cause.RESTORED.value,
        Cause.TRANSFERRED_IN: IN,
        Cause.MOVED: IN,
    }
)
DECREASES = MappingProxyType(
    {
        Cause.ENDED: Cause.ENDED.value,
        Cause.SUSPENDED: Cause.SUSPENDED.value,
        Cause.DECEASED: Cause.DECEASED.value,
        Cause.TRANSFERRED_OUT: OUT,
        Cause.MOVED: OUT,
    }
)
INCREASE = tuple(dict.fromkeys(INCREASES.values()))
DECREASE = tuple(dict.fromkeys(DECREASES.values()))


class Places:
    """Where each branch stood on each day of the month, as far as that was within what is counted."""

    def __init__(self, census: Census) -> None:
        self.root, self.unit_of = census.root, census.unit_of
        self.unit_at = {unit.path: unit for unit in census.units}
        self.moves = census.moves

    def path(self, branch: int | None, day: date) -> str | None:
        """The branch's path of that day; None if it stood elsewhere, or there is no branch."""
        moves = self.moves.get(branch or 0)
        if not moves:
            unit = self.unit_of.get(branch or 0)
            return unit.path if unit else None
        later = next((move for move in moves if move.day > day), None)
        return self.within(later.left if later else moves[-1].entered)

    def within(self, path: str) -> str | None:
        """A path of then, below the root where that stands now; None if it was elsewhere."""
        _, found, below = f"/{path}".partition(f"/{self.root.code}/")
        return f"{self.root.path}{below}" if found else None

    def unit(self, path: str) -> Unit:
        """Who stands there now, or else above it."""
        while path not in self.unit_at:
            path = f"{path.rstrip('/').rpartition('/')[0]}/"
        return self.unit_at[path]


def balance_entries(census: Census) -> Iterator[Entry]:
    places = Places(census)
    yield from _standing(census)
    for moves in census.moves.values():
        yield from _moved(census, places, moves)
    for event in census.movements:
        if event.from_branch != event.to_branch:  # who was suspended left the sum then, and does not again
            yield from _change(event, places)


def _standing(census: Census) -> Iterator[Entry]:
    """Who was there before and after, and whether the roster says the same."""
    for branch in census.branches:
        heads, listed = census.heads(branch.id), census.roster.get(branch.id, 0)
        if heads.opening and branch.id not in census.moves:
            yield Entry(branch, OPENING, heads.opening)
        if heads.closing:
            yield Entry(branch, CLOSING, heads.closing)
        if listed != heads.now:
            note = f"名册{listed}名，按增减应有{heads.now}名"
            yield Entry(branch, DIFFERENCE, listed - heads.now, note=note)


def _moved(census: Census, places: Places, moves: list[Move]) -> Iterator[Entry]:
    """A branch's members at its first place, and how they went with it from there."""
    branch, eve = moves[0].branch, census.span.month.first - timedelta(days=1)
    heads, first = census.heads(branch).opening, places.path(branch, eve)
    if heads and first:
        yield _at(places, first, moves[0], OPENING, heads)
    for move in moves:
        heads = census.heads(branch).opening + _net(census.movements, branch, before=move.day)
        left, entered = places.within(move.left), places.within(move.entered)
        if heads and left:
            yield _at(places, left, move, OUT, heads, "整个党支部划出", entered)
        if heads and entered:
            yield _at(places, entered, move, IN, heads, "整个党支部划入", left)


def _at(
    places: Places, path: str, move: Move, part: str, heads: int, note: str = "", origin: str | None = None
) -> Entry:
    unit = places.unit(path)
    label = "" if unit.id == move.branch else move.name
    day = None if part == OPENING else move.day
    return Entry(unit, part, heads, label=label, note=note, day=day, origin=origin)


def _net(movements: list[Movement], branch: int, *, before: date) -> int:
    """How many more came to the branch than left it."""
    days = [event for event in movements if event.day < before]
    return sum((event.to_branch == branch) - (event.from_branch == branch) for event in days)


def _change(event: Movement, places: Places) -> Iterator[Entry]:
    to, came_from = places.path(event.to_branch, event.day), places.path(event.from_branch, event.day)
    if to is not None:
        yield _one(event, places.unit(to), INCREASES[event.cause], origin=came_from)
    if came_from is not None:
        yield _one(event, places.unit(came_from), DECREASES[event.cause], origin=to)


def _one(event: Movement, unit: Unit, part: str, *, origin: str | None) -> Entry:
    note = str(event.cause.label)
    return Entry(unit, part, label=event.member, note=note, day=event.day, origin=origin)
