"""What the duties of a subtree are judged from: each fact one query, whatever the number of branches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property

from apps.core.periods import Month, Period, Quarter, Year
from apps.figures import facts, rules
from apps.figures.facts import Office
from apps.figures.values import Group, Unit
from apps.figures.waivers import Waived, waived_in
from apps.meetings.queries import lectures_by, life_meetings
from apps.regulations.settings import CountySettings, settings_of
from apps.regulations.table import Duty, NotInForce, Per, Subject, duties, limit
from apps.reviews.queries import reviews_closed
from apps.talks.queries import branches_covered

PERS: Mapping[type[Period], Per] = {Month: Per.MONTH, Quarter: Per.QUARTER, Year: Per.YEAR}


def _talks_complete(ids: Sequence[int], year: int) -> Mapping[int, int]:
    """1 for each branch whose three relations are covered (MEET-10)."""
    return dict.fromkeys(branches_covered(ids, year), 1)


def _reviews_closed(ids: Sequence[int], year: int) -> Mapping[int, int]:
    """1 for each branch that has closed its review of members (MEET-08)."""
    return dict.fromkeys(reviews_closed(ids, year), 1)


# Duties of a year that no count of meetings tells: how often each organization did them.
YEARLY: Mapping[str, Callable[[Sequence[int], int], Mapping[int, int]]] = {
    "MEET-07": life_meetings,
    "MEET-08": _reviews_closed,
    "MEET-10": _talks_complete,
    "MEET-19": facts.committee_reports,
}


def is_counted(row: Duty) -> bool:
    """Whether the platform knows how often the duty was done."""
    return row.per is not Per.YEAR or row.key in YEARLY or row.subject is Subject.COMMITTEE


class Known:
    """The facts behind the duties of an organization and all below it, in some periods, as on a day."""

    def __init__(self, organization_id: int, on: date, periods: Sequence[Period]) -> None:
        self.on = on
        self.units = facts.tree(
            organization_id, since=min((period.first for period in periods), default=on), day=on
        )
        self._yearly: dict[tuple[Year, str], Mapping[int, int]] = {}
        self._full: dict[date, Mapping[int, int]] = {}
        self.own: CountySettings = settings_of(self.units[0].path)
        found = ((period, self._duties_in(period)) for period in periods)
        self.rows: dict[Period, list[Duty]] = {period: rows for period, rows in found if rows}

    def _duties_in(self, period: Period) -> list[Duty]:
        rows = duties(on=period, overrides=self.own.on(period))
        return [row for row in rows if row.per is PERS[type(period)] and is_counted(row)]

    @cached_property
    def ids(self) -> list[int]:
        return [unit.id for unit in self.units]

    @cached_property
    def branches(self) -> list[Unit]:
        return [unit for unit in self.units if unit.is_branch]

    @cached_property
    def committees(self) -> list[Unit]:
        return [unit for unit in self.units if unit.is_committee]

    @cached_property
    def groups(self) -> dict[int, list[Group]]:
        """By branch; those of the months in question."""
        months = [period for period in self.rows if isinstance(period, Month)]
        found: dict[int, list[Group]] = {}
        if months:
            first, last = min(months).first, max(months).last
            for group in facts.groups(self.ids, first=first, last=last):
                found.setdefault(group.branch_id, []).append(group)
        return found

    def full(self, period: Period) -> Mapping[int, int]:
        """Full members by branch on the last day of the period, or today."""
        day = min(period.last, self.on)
        if day not in self._full:
            heads = facts.heads(self.ids, first=period.first, day=day)
            self._full[day] = {branch: each.full for branch, each in heads.items()}
        return self._full[day]

    @cached_property
    def meetings(self) -> dict[Period, dict[facts.Subject, int]]:
        """How many valid meetings of each kind by branch and group; years are not counted by kind."""
        return {
            period: facts.meetings(self.ids, months=period.months, kinds=sorted({row.kind for row in rows}))
            for period, rows in self.rows.items()
            if not isinstance(period, Year)
        }

    @cached_property
    def branch_ids(self) -> list[int]:
        return [branch.id for branch in self.branches]

    def yearly(self, year: Year, key: str) -> Mapping[int, int]:
        """How often each branch did a duty of the year; asked for once, and only when it is judged."""
        if (year, key) not in self._yearly:
            self._yearly[year, key] = YEARLY[key](self.branch_ids, year.year)
        return self._yearly[year, key]

    @cached_property
    def secretaries(self) -> dict[int, int]:
        """The member who is secretary of each committee on the day."""
        return facts.secretaries([unit.id for unit in self.committees], self.on)

    @cached_property
    def lectures(self) -> dict[Period, Mapping[int, int]]:
        """How many lessons each of the secretaries gave in the year, wherever it was."""
        years = [period for period in self.rows if isinstance(period, Year)]
        wanted = self.secretaries.values()
        return {year: lectures_by(wanted, first=year.first, last=year.last) for year in years}

    def held(self, row: Duty, period: Period) -> Mapping[facts.Subject, int]:
        """How often the duty was done, by who did it; nobody is in it who did not."""
        if not isinstance(period, Year):
            return self.meetings[period]
        if row.subject is Subject.COMMITTEE:
            given = self.lectures[period]
            return {(unit, None, row.kind): given.get(who, 0) for unit, who in self.secretaries.items()}
        return {(unit, None, row.kind): times for unit, times in self.yearly(period, row.key).items()}

    @cached_property
    def waived(self) -> Waived:
        return waived_in(self.ids, self.rows)

    def waived_from(self, row: Duty, period: Period) -> dict[int, str]:
        """Why each organization was released from the duty in the period."""
        wanted = (row.key, str(period))
        return {unit: why for (unit, key, when), why in self.waived.items() if (key, when) == wanted}

    @cached_property
    def recorded_since(self) -> date | None:
        """The first month in which the county has any record."""
        return facts.first_record(self.units[0].path.split("/", 1)[0] + "/")

    @cached_property
    def offices(self) -> list[Office]:
        return facts.offices(self.ids, self.on)

    def last_day(self, row: Duty, period: Period) -> date:
        """Until when the duty of the period is to be done, or when that is over, can still be done."""
        last = period.last
        if not row.carried_over or self.on <= last:
            return last
        try:
            months = limit("MEET-07", "carry_over", on=period, overrides=self.own.on(period)).value
        except NotInForce:
            months = 0
        return rules.carried_over(period, int(months))

    def too_early(self, period: Period, last: date) -> str:
        """Why a year that is over is not held against the county: it kept no records here from its start."""
        if not isinstance(period, Year) or self.on <= last:
            return ""
        since = self.recorded_since
        if since is None or since > Month.of(period.first).first:
            return rules.NOT_RECORDED.format(period.year)
        return ""
