"""The duties of the year in the demo county: some done, some to do; committees with their secretaries."""

from __future__ import annotations

import datetime
from random import Random

from apps.core.periods import Month
from apps.figures.models import Waiver
from apps.meetings import statistics
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Meeting, Resolution, State
from apps.members.models import Member, Seat
from apps.members.vocabulary import Category, Position
from apps.organizations.kinds import Kind as OrganizationKind
from apps.organizations.models import Organization, Term
from apps.regulations.models import RuleOverride

SEED = 19  # a stream of its own, so that the rest of the county stays as it is
REPORTED, LIFE_HELD, LECTURED = 0.8, 0.3, 0.6
POSITIONS = (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.MEMBER)
COMMITTEES = (OrganizationKind.COMMITTEE, OrganizationKind.WORKING_COMMITTEE)


def add(tree: list[Organization], by: int, today: datetime.date) -> None:
    """`by` is the account in whose name the county's settings and waivers stand."""
    rng = Random(SEED)  # noqa: S311 - the demo must be the same every time
    branches = [row.pk for row in tree if row.is_branch]
    _report(branches, rng, today)
    _hold_life_meetings(branches, rng, today)
    _lecture(_seat_committees(tree), rng, today)
    _set_and_waive(tree, by, today)


def _first_of(kind: Kind, branches: list[int], today: datetime.date, *, last: bool = False) -> list[Meeting]:
    """Each branch's first (or last) meeting of the kind this year."""
    rows = Meeting.objects.filter(
        organization__in=branches,
        state=State.SUBMITTED,
        held_at__year=today.year,
        counted_kinds__contains=[kind],
    )
    moment = "-held_at" if last else "held_at"
    return list(rows.order_by("organization_id", moment, "id").distinct("organization_id"))


def _report(branches: list[int], rng: Random, today: datetime.date) -> None:
    """The committee's report to the members' meeting (MEET-19)."""
    first = [row for row in _first_of(Kind.GENERAL_MEETING, branches, today) if rng.random() < REPORTED]
    votes = Resolution.objects.filter(meeting__in=first, number=1)
    Resolution.objects.bulk_create([_report_like(row) for row in votes], batch_size=1000)


def _report_like(vote: Resolution) -> Resolution:
    """Heard and accepted with the votes of that day."""
    vote.pk, vote.number = None, 2
    vote.matter, vote.text = Matter.COMMITTEE_REPORT, "听取并审查支部年度工作报告"
    return vote


def _hold_life_meetings(branches: list[int], rng: Random, today: datetime.date) -> None:
    """On the last theme day, where the year's fourth quarter has come (MEET-07)."""
    rows = _first_of(Kind.THEME_DAY, branches, today, last=True)
    held = [row for row in rows if row.held_at.month >= 10 and rng.random() < LIFE_HELD]
    for meeting in held:
        meeting.kinds = [*meeting.kinds, Kind.LIFE_MEETING]
        meeting.counted_kinds = [*meeting.counted_kinds, Kind.LIFE_MEETING]
        meeting.life_year = today.year
    Meeting.objects.bulk_update(held, ["kinds", "counted_kinds", "life_year"], batch_size=1000)
    statistics.refresh_all({Month.of(meeting.held_at.date()) for meeting in held})


def _seat_committees(tree: list[Organization]) -> list[tuple[Organization, Member]]:
    """A secretary and two more for every committee, members of the branch nearest to its office."""
    terms = {term.organization_id: term for term in Term.objects.filter(organization__kind__in=COMMITTEES)}
    seats, secretaries = [], []
    for committee in (row for row in tree if row.pk in terms):
        people = _people_near(committee, tree)
        seats += [_seat(terms[committee.pk], *pair) for pair in zip(POSITIONS, people, strict=False)]
        secretaries += [(committee, member) for member in people[:1]]
    Seat.objects.bulk_create(seats, batch_size=1000)
    return secretaries


def _people_near(committee: Organization, tree: list[Organization]) -> list[Member]:
    below = [row for row in tree if row.is_branch and row.path.startswith(committee.path)]
    rows = Member.objects.active().filter(branch=below[-1], category=Category.FULL, is_mobile=False)
    return list(rows.defer("id_number").order_by("-joined_on", "id")[: len(POSITIONS)])


def _seat(term: Term, position: Position, member: Member) -> Seat:
    since = max(term.elected_on, member.full_on or term.elected_on)
    return Seat(term=term, member=member, position=position, since=since)


def _lecture(secretaries: list[tuple[Organization, Member]], rng: Random, today: datetime.date) -> None:
    """Most secretaries gave their lesson of the year in one of their branches (MEET-05)."""
    given = []
    for committee, member in secretaries:
        rows = Meeting.objects.filter(
            organization__path__startswith=committee.path,
            held_at__year=today.year,
            counted_kinds__contains=[Kind.LESSON],
        )
        lesson = rows.order_by("held_at", "id").first()
        if lesson and lesson not in given and rng.random() < LECTURED:
            lesson.lecturer, lesson.lecturer_member = member.name, member
            given.append(lesson)
    Meeting.objects.bulk_update(given, ["lecturer", "lecturer_member"], batch_size=1000)


def _set_and_waive(tree: list[Organization], by: int, today: datetime.date) -> None:
    """A county that is stricter about one rule and more lenient about a habit; one branch that is spared."""
    year = datetime.date(today.year, 1, 1)
    for rule, value, reason in (
        ("MEET-06/deviation", 5, "山区村多，遇雨雪常要改期"),
        ("MEET-07/carry_over", 2, "县委组织部要求次年2月底前补完"),
    ):
        RuleOverride.objects.create(
            county=tree[0].path, rule=rule, value=value, since=year, reason=reason, author_id=by
        )
    spared = next(row for row in reversed(tree) if row.is_branch and not row.is_temporary)
    Waiver.objects.create(
        organization=spared,
        rule="MEET-07",
        period=str(today.year),
        reason="支部正在整体搬迁，经乡镇党委同意并入明年一季度开",
        author_id=by,
    )
