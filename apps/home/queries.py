"""What each role's first screen shows, as values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.access import Person
from apps.core.calendar import add_months
from apps.core.periods import Month
from apps.core.scope import Reader
from apps.figures.duties import Obligation, Overdue, duties_for, overdue_for
from apps.figures.queries import Table, census_of, measure
from apps.figures.registry import figure
from apps.figures.rules import DutyState
from apps.meetings.models import Meeting, Remark
from apps.meetings.queries import branches_for, drafts_of, last_meeting_of
from apps.meetings.remarks import open_remarks_to
from apps.meetings.revisions import returned_to
from apps.members.models import Member
from apps.members.queries import Headcount, committee_on, headcount_below, probation_ends
from apps.organizations.models import Organization, Term
from apps.organizations.queries import current_term, organizations_for
from apps.reports.models import MonthlyReport, State
from apps.reviews.models import ReviewNotice
from apps.reviews.queries import notices_to

TILES = ("M03", "M01", "M04")
MATRIX = ("M03", "M01")
PROBATION_SOON_MONTHS = 2
TERM_SOON_MONTHS = 6


@dataclass(frozen=True)
class BranchDesk:
    """A secretary's first screen."""

    branch: Organization
    others: tuple[Organization, ...]
    heads: Headcount
    committee: int
    last: Meeting | None
    drafts: tuple[Meeting, ...]
    returned: tuple[Meeting, ...]
    remarks: tuple[Remark, ...]
    duties: tuple[Obligation, ...]
    probation_ending: tuple[tuple[Member, datetime.date], ...]
    term: Term | None
    notices: tuple[ReviewNotice, ...] = ()

    @property
    def open_duties(self) -> int:
        return sum(each.state is not DutyState.DONE for each in self.duties)


@dataclass(frozen=True)
class OfficeDesk:
    """The first screen of a county's or township's office, for one organization and all below it."""

    organization: Organization
    organizations: int
    heads: Headcount
    month: Month
    tiles: Table
    matrix: Table
    overdue: Overdue
    report: MonthlyReport | None


def recording_branches(user: Person) -> list[Organization]:
    """The branches whose secretary the user is."""
    return list(branches_for(user))


def desk_of_branch(
    branch: Organization, user: Person, *, others: Sequence[Organization], on: datetime.date
) -> BranchDesk:
    """What is due in the branch, worst first, and what to keep in mind."""
    return BranchDesk(
        branch=branch,
        others=tuple(other for other in others if other != branch),
        heads=headcount_below(branch.path, on=on),
        committee=committee_on(branch, on).count(),
        last=last_meeting_of(branch),
        drafts=tuple(drafts_of(branch)),
        returned=tuple(returned_to(branch)),
        remarks=tuple(open_remarks_to(branch)),
        duties=tuple(each for each in duties_for(branch, on=on) if _is_open_or_now(each, on)),
        probation_ending=tuple(_probation_ending(branch, user, on)),
        term=_term_ending(branch, on),
        notices=tuple(notices_to(branch, user)),
    )


def _is_open_or_now(each: Obligation, on: datetime.date) -> bool:
    """What was done in a period that is over is no longer shown."""
    return each.state is not DutyState.DONE or (each.period is not None and on in each.period)


def _probation_ending(
    branch: Organization, user: Person, on: datetime.date
) -> list[tuple[Member, datetime.date]]:
    """Probationary members whose year ends within two months, or has ended."""
    soon = add_months(on, PROBATION_SOON_MONTHS)
    return [pair for pair in probation_ends(branch, user) if pair[1] <= soon]


def _term_ending(branch: Organization, on: datetime.date) -> Term | None:
    term = current_term(branch)
    return term if term and term.due_on <= add_months(on, TERM_SOON_MONTHS) else None


def desk_of_office(organization: Organization, user: Person, *, on: datetime.date) -> OfficeDesk:
    """What is overdue below the organization, worst first, and where its parts stand this month."""
    month = Month.of(on)
    census = census_of(organization.pk, month, on=on)
    tiles = [found for code in (*TILES, "M14") if (found := figure(code))]
    matrix = [found for code in MATRIX if (found := figure(code))]
    return OfficeDesk(
        organization=organization,
        organizations=organizations_for(user).current().below(organization.path).count(),
        heads=headcount_below(organization.path, on=on),
        month=month,
        tiles=measure(census, tiles),
        matrix=measure(census, matrix),
        overdue=overdue_for(user, on=on),
        report=_latest_report(organization, user),
    )


def _latest_report(organization: Organization, user: Reader) -> MonthlyReport | None:
    rows = MonthlyReport.objects.visible_to(user).filter(organization=organization, state=State.READY)
    found: MonthlyReport | None = rows.defer("content").first()
    return found
