"""One duty of one organization in a period, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from apps.core.access import Person
from apps.core.calendar import today, written
from apps.core.periods import Period, parse_period
from apps.figures.duties.asked import TAGS
from apps.figures.duties.evidence import meetings_behind, meetings_href
from apps.figures.duties.judging import judge_one
from apps.figures.duties.links import done_at, duty_address
from apps.figures.duties.obligations import Obligation
from apps.figures.models import Waiver
from apps.figures.rules import DutyState
from apps.figures.services import WAIVE
from apps.figures.waivers import waivers_of
from apps.meetings.models import Meeting
from apps.meetings.queries import listed
from apps.organizations.models import Organization
from apps.regulations.table import Duty, rows_of

RECORDS = 50
OPEN = (DutyState.OVERDUE, DutyState.DUE)
ELSEWHERE = {"MEET-08": "reviews:branch", "MEET-10": "talks:branch"}


@dataclass(frozen=True)
class CellPage:
    """Where the duty stands (for each group where these are asked), and what counts for it."""

    organization: Organization
    row: Duty
    period: Period
    obligations: tuple[Obligation, ...]
    meetings: tuple[Meeting, ...]
    waivers: tuple[Waiver, ...]
    may_waive: bool
    may_record: bool

    @property
    def title(self) -> str:
        return self.obligations[0].title

    @property
    def states(self) -> list[tuple[str, str, str, str]]:
        """Name of the group, words, colour, and where the reader does it."""
        return [
            (each.group.name if each.group else "", each.state_words, TAGS[each.state], self._done_at(each))
            for each in self.obligations
        ]

    def _done_at(self, each: Obligation) -> str:
        return done_at(each) if self.may_record and each.state in OPEN else ""

    @property
    def remark(self) -> str:
        return self.obligations[0].remark

    @property
    def due(self) -> str:
        due_on = self.obligations[0].due_on
        return written(due_on) if due_on else ""

    @property
    def held(self) -> int:
        return sum(each.held for each in self.obligations)

    @property
    def is_open(self) -> bool:
        return any(each.state in OPEN for each in self.obligations)

    @property
    def current_waiver(self) -> Waiver | None:
        return next((each for each in self.waivers if each.revoked_at is None), None)

    @property
    def address(self) -> str:
        return duty_address(self.organization.pk, self.row.code, self.row.part, str(self.period))

    @property
    def waive_address(self) -> str:
        address = reverse("duties:waive", args=[self.organization.pk, self.row.code, str(self.period)])
        return f"{address}?part={self.row.part}" if self.row.part else address

    @property
    def handed_in(self) -> str:
        """The list of records of that kind and period."""
        return meetings_href(self.row, self.obligations[0].unit, self.period)

    @property
    def elsewhere(self) -> str:
        """The page of the branch where no meeting is what counts: its talks or reviews (MEET-08, MEET-10)."""
        page = ELSEWHERE.get(self.row.key)
        return f"{reverse(page, args=[self.organization.pk])}?year={self.period}" if page else ""


@dataclass(frozen=True)
class WaiverLine:
    """A waiver as a line of the list."""

    waiver: Waiver

    @property
    def title(self) -> str:
        code, _, part = self.waiver.rule.partition("/")
        return next(row.title for row in rows_of(code) if row.part == part)

    @property
    def period(self) -> str:
        return parse_period(self.waiver.period).label

    @property
    def href(self) -> str:
        code, _, part = self.waiver.rule.partition("/")
        return duty_address(self.waiver.organization_id, code, part, self.waiver.period)


def cell_page(user: Person, organization: Organization, rule: str, period: Period) -> CellPage | None:
    """None where the organization has no such duty in the period."""
    obligations = judge_one(organization.pk, rule, period, on=today())
    if not obligations:
        return None
    row, unit = obligations[0].rule, obligations[0].unit
    assert isinstance(row, Duty)  # noqa: S101 - for the type checker: only elections are limits
    may_record = user.may("meetings.record", organization.path)
    return CellPage(
        organization=organization,
        row=row,
        period=period,
        obligations=tuple(obligations),
        meetings=tuple(listed(meetings_behind(user, row, unit, period))[:RECORDS]),
        waivers=tuple(waivers_of(user, organization.pk, rule, period)),
        may_waive=user.may(WAIVE, organization.path) and not may_record,
        may_record=may_record,
    )
