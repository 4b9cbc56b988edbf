"""All facts of a subtree for one month, each fetched once and only when a figure asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from apps.core.periods import Month, Period, Quarter, Year
from apps.figures import facts
from apps.figures.facts import NO_HEADS, Heads, Move, Movement, Office, Roll
from apps.figures.values import Group, Unit
from apps.figures.waivers import Waived, waived_in
from apps.meetings.queries import lectures_by
from apps.meetings.statistics import GATHERING
from apps.regulations.settings import CountySettings, settings_of

NO_ROLL = Roll(0, 0, 0)


@dataclass(frozen=True)
class Span:
    """What is counted: an organization and all below it, a month as on `day`.

    With `handed_in_by`, records that came later are left out, as a report's cut-off wants it (10.2).
    """

    organization_id: int
    month: Month
    day: date
    handed_in_by: datetime | None = None

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.month.first)

    @property
    def year(self) -> Year:
        return Year.of(self.month.first)


class Census:
    """The facts behind all figures of a span."""

    def __init__(self, span: Span) -> None:
        self.span = span

    @cached_property
    def units(self) -> list[Unit]:
        """The organization first, then all below it, depth-first."""
        return facts.tree(self.span.organization_id, since=self.span.quarter.first, day=self.span.day)

    @property
    def root(self) -> Unit:
        return self.units[0]

    @cached_property
    def ids(self) -> list[int]:
        return [unit.id for unit in self.units]

    @cached_property
    def unit_of(self) -> dict[int, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def branches(self) -> list[Unit]:
        return [unit for unit in self.units if unit.is_branch]

    @cached_property
    def groups(self) -> dict[int, list[Group]]:
        """The groups of the month by branch."""
        month = self.span.month
        found: dict[int, list[Group]] = {}
        for group in facts.groups(self.ids, first=month.first, last=month.last):
            found.setdefault(group.branch_id, []).append(group)
        return found

    @cached_property
    def _heads(self) -> dict[int, Heads]:
        return facts.heads(self._with_movers, first=self.span.month.first, day=self.span.day)

    def heads(self, branch: int) -> Heads:
        return self._heads.get(branch, NO_HEADS)

    @property
    def full(self) -> dict[int, int]:
        """Full members by branch."""
        return {branch: heads.full for branch, heads in self._heads.items()}

    @cached_property
    def roster(self) -> dict[int, int]:
        """Members by branch as the roster lists them now."""
        return facts.roster(self.ids)

    @cached_property
    def movements(self) -> list[Movement]:
        return facts.movements(self._with_movers, first=self.span.month.first, day=self.span.day)

    @cached_property
    def moves(self) -> dict[int, list[Move]]:
        """The branches that came, left or changed their place within the month, with their moves in order."""
        found: dict[int, list[Move]] = {}
        for move in facts.moves(self.root.code, first=self.span.month.first, day=self.span.day):
            found.setdefault(move.branch, []).append(move)
        return found

    @property
    def _with_movers(self) -> list[int]:
        """The organizations of the last day, and branches that were here before it."""
        return [*self.ids, *(branch for branch in self.moves if branch not in self.unit_of)]

    @cached_property
    def own(self) -> CountySettings:
        """What the county has set."""
        return settings_of(self.root.path)

    @cached_property
    def waived(self) -> Waived:
        """Who was released from a duty of the month, its quarter or its year."""
        return waived_in(self.ids, (self.span.month, self.span.quarter, self.span.year))

    @cached_property
    def committees(self) -> list[Unit]:
        return [unit for unit in self.units if unit.is_committee]

    @cached_property
    def secretaries(self) -> dict[int, int]:
        """The secretary of each committee, by the number of the member."""
        return facts.secretaries([unit.id for unit in self.committees], self.span.day)

    @cached_property
    def _lectures(self) -> Counter[int]:
        first, last = self.span.year.first, self.span.month.last
        wanted = self.secretaries.values()
        return lectures_by(wanted, first=first, last=last, handed_in_by=self.span.handed_in_by)

    def lectures(self, committee: Unit) -> int | None:
        """How many lessons its secretary gave in the year up to the month's end; None if there is none."""
        secretary = self.secretaries.get(committee.id)
        return None if secretary is None else self._lectures[secretary]

    @cached_property
    def offices(self) -> dict[int, Office]:
        return {office.organization_id: office for office in facts.offices(self.ids, self.span.day)}

    @cached_property
    def rolls(self) -> dict[int, Roll]:
        """The month's attendance by branch."""
        found = facts.rolls(self.ids, self.span.month)
        for late in self._late:
            if late.kind == GATHERING and late.month == self.span.month:
                had = found[late.organization_id]
                found[late.organization_id] = Roll(
                    had.expected - late.expected, had.present - late.present, had.away - late.away
                )
        return found

    def held(self, branch: Unit, kind: str, period: Period, *, group: Group | None = None) -> int:
        """How many valid meetings the branch, or the group, held in the period up to the month's end."""
        counts = self._quarter if isinstance(period, Quarter) else self._month
        return counts[branch.id, None if group is None else group.id, kind]

    @cached_property
    def _month(self) -> Counter[facts.Subject]:
        return self._meetings([self.span.month], ("committee_meeting", "group_meeting", "theme_day"))

    @cached_property
    def _quarter(self) -> Counter[facts.Subject]:
        months = [month for month in self.span.quarter.months if month <= self.span.month]
        return self._meetings(months, ("general_meeting", "lesson"))

    def _meetings(self, months: Sequence[Month], kinds: Iterable[str]) -> Counter[facts.Subject]:
        counts = Counter(facts.meetings(self.ids, months=months, kinds=kinds))
        for late in self._late:
            if late.month in months:
                counts[late.organization_id, late.group_id, late.kind] -= late.meetings
        return counts

    @cached_property
    def _late(self) -> list[facts.statistics.Count]:
        moment = self.span.handed_in_by
        if moment is None:
            return []
        first = self.span.quarter.months[0]
        return facts.handed_in_after(self.ids, moment, first=first, last=self.span.month)
