"""A year of the demo county's meetings: most branches keep the rhythm, some fall behind."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.home.demo import words
from apps.meetings import rules, statistics, voting
from apps.meetings.closing import locks_on
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import AbsenceReason, Attendance, Meeting, Presence, Resolution, State, Voting
from apps.members.models import Member, Seat
from apps.organizations.models import Organization, PartyGroup
from apps.regulations.settings import NOTHING_SET

MONTHS = 12
BATCH = 2000


@dataclass
class Branch:
    """A branch with its people, its seats and how reliably it keeps the rhythm (0 to 1)."""

    organization: Organization
    members: list[Member]
    committee: set[int]
    secretary: Member
    diligence: float
    groups: dict[PartyGroup, list[Member]] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathering:
    """What is due on a day, and who is expected."""

    kinds: list[Kind]
    members: list[Member]
    held_on: datetime.date
    group: PartyGroup | None = None


@dataclass
class Rows:
    """What is to be written, collected for a few bulk inserts."""

    meetings: list[Meeting] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)


def hold(
    organizations: list[Organization],
    people: list[Member],
    seats: list[Seat],
    rng: Random,
    today: datetime.date,
) -> int:
    """Every branch's meetings of the last twelve months; how many there were."""
    months = _months_until(today)
    count = 0
    for branch in _branches(organizations, people, seats, rng):
        rows = Rows()
        for month in months:
            _hold_month(branch, month, rng, today, rows)
        _write(rows)
        count += len(rows.meetings)
    statistics.refresh_all(months)
    return count


def _months_until(today: datetime.date) -> list[Month]:
    months = [Month.of(today)]
    while len(months) < MONTHS:
        months.append(months[-1].previous())
    return months[::-1]


def _branches(
    organizations: list[Organization], people: list[Member], seats: list[Seat], rng: Random
) -> Iterator[Branch]:
    members, committees = defaultdict(list), defaultdict(list)
    for member in people:
        members[member.branch_id].append(member)
    for seat in seats:
        committees[seat.term.organization_id].append(seat.member)
    for organization in organizations:
        if own := members[organization.pk]:
            yield _branch(organization, own, committees[organization.pk], rng)


def _branch(
    organization: Organization, members: list[Member], committee: list[Member], rng: Random
) -> Branch:
    groups = defaultdict(list)
    for member in members:
        if member.group:
            groups[member.group].append(member)
    return Branch(
        organization=organization,
        members=members,
        committee={member.pk for member in committee} if len(committee) > 1 else set(),
        secretary=committee[0] if committee else members[0],
        diligence=rng.choices((0.99, 0.9, 0.6), (80, 15, 5))[0],
        groups=dict(groups),
    )


def _hold_month(branch: Branch, month: Month, rng: Random, today: datetime.date, rows: Rows) -> None:
    for gathering in _due_in(branch, month):
        if gathering.held_on <= today and rng.random() < branch.diligence:
            _record(branch, gathering, rng, rows)


def _due_in(branch: Branch, month: Month) -> Iterator[Gathering]:
    """Theme day on the 5th, once a quarter with a lesson, once with the members' meeting."""
    turn = (month.month + branch.organization.pk) % 3
    besides = {0: [Kind.LESSON], 1: [Kind.GENERAL_MEETING]}.get(turn, [])
    yield Gathering([Kind.THEME_DAY, *besides], branch.members, month.first.replace(day=5))
    if branch.committee:
        committee = [member for member in branch.members if member.pk in branch.committee]
        yield Gathering([Kind.COMMITTEE_MEETING], committee, month.first.replace(day=3))
    for group, members in branch.groups.items():
        yield Gathering([Kind.GROUP_MEETING], members, month.first.replace(day=12), group)


def _record(branch: Branch, gathering: Gathering, rng: Random, rows: Rows) -> None:
    held_on, kinds = gathering.held_on, gathering.kinds
    meeting = _meeting(branch, gathering, rng)
    expected = [member for member in gathering.members if member.joined_on <= held_on]
    attendances = [_attendance(meeting, member, branch, held_on, rng) for member in expected]
    came = sum(row.presence == Presence.PRESENT for row in attendances)
    meeting.counted_kinds = rules.counted_kinds(kinds, expected=len(attendances), present=came, on=held_on)
    rows.meetings.append(meeting)
    rows.attendances += attendances
    if Kind.GENERAL_MEETING in kinds and (resolution := _resolution(meeting, attendances, held_on, rng)):
        rows.resolutions.append(resolution)


def _meeting(branch: Branch, gathering: Gathering, rng: Random) -> Meeting:
    held_at = datetime.datetime.combine(gathering.held_on, datetime.time(15), CHINA)
    topic, secretary = _topic(gathering.kinds, rng), branch.secretary
    sent_at = held_at + datetime.timedelta(hours=rng.randint(2, 60))
    return Meeting(
        organization=branch.organization,
        group=gathering.group,
        kinds=[kind.value for kind in gathering.kinds],
        held_at=held_at,
        ended_at=held_at + datetime.timedelta(hours=1, minutes=30),
        place=branch.organization.meeting_place,
        topic=topic,
        host=secretary,
        recorder=gathering.members[-1],
        lecturer=secretary.name if Kind.LESSON in gathering.kinds else "",
        lecturer_member=secretary if Kind.LESSON in gathering.kinds else None,
        minutes=_minutes(topic, gathering.kinds, secretary.name),
        state=State.SUBMITTED,
        submitted_at=sent_at,
        locks_on=locks_on(Month.of(gathering.held_on), sent_at.date(), NOTHING_SET),
    )


def _attendance(
    meeting: Meeting, member: Member, branch: Branch, held_on: datetime.date, rng: Random
) -> Attendance:
    row = Attendance(
        meeting=meeting,
        member=member,
        may_vote=rules.may_vote(rules.VoterFacts(full_on=member.full_on), on=held_on),
    )
    if member.is_mobile and rng.random() < 0.9:
        row.presence, row.reason = Presence.EXCUSED, AbsenceReason.AWAY
    elif member.pk != branch.secretary.pk and rng.random() < 0.07:
        row.presence, row.reason = _absence(rng)
    return row


def _absence(rng: Random) -> tuple[Presence, AbsenceReason]:
    if rng.random() < 0.05:
        return Presence.ABSENT, AbsenceReason.NONE
    reasons = (AbsenceReason.PERSONAL, AbsenceReason.ILLNESS, AbsenceReason.FRAIL, AbsenceReason.DUTY)
    return Presence.EXCUSED, rng.choices(reasons, (5, 3, 3, 1))[0]


def _topic(kinds: list[Kind], rng: Random) -> str:
    if Kind.LESSON in kinds:
        return rng.choice(words.LESSONS)
    return rng.choice(words.THEMES if Kind.THEME_DAY in kinds else words.COMMITTEE_TOPICS)


def _minutes(topic: str, kinds: list[Kind], secretary: str) -> str:
    parts = [f"一、{topic}。{secretary}主持并讲了具体安排，与会党员逐一发言。"]
    if Kind.LESSON in kinds:
        parts.append(f"二、党课《{topic}》，{secretary}主讲，会后交流。")
    if Kind.GENERAL_MEETING in kinds:
        parts.append("二、讨论并表决会上提出的事项，结果见表决记录。")
    return "\n".join(parts)


def _resolution(
    meeting: Meeting, attendances: list[Attendance], held_on: datetime.date, rng: Random
) -> Resolution | None:
    voters = [row for row in attendances if row.may_vote]
    came = sum(row.presence == Presence.PRESENT for row in voters)
    if not came:
        return None
    against = rng.choice((0, 0, 0, 1)) if came > 3 else 0
    ballot = voting.Ballot(expected=len(voters), present=came, in_favour=came - against, against=against)
    ruling = voting.ruling(ballot, regime=voting.Regime.GENERAL, on=held_on)
    return Resolution(
        meeting=meeting,
        number=1,
        matter=Matter.ORDINARY,
        text=rng.choice(words.RESOLUTIONS),
        voting=Voting.HANDS,
        in_favour=ballot.in_favour,
        against=ballot.against,
        valid=ruling.valid,
        passed=ruling.passed,
        ruling=ruling.sentence,
        rule=ruling.rule,
    )


def _write(rows: Rows) -> None:
    Meeting.objects.bulk_create(rows.meetings, batch_size=BATCH)
    for attendance in rows.attendances:
        attendance.meeting_id = attendance.meeting.pk
    for resolution in rows.resolutions:
        resolution.meeting_id = resolution.meeting.pk
    Attendance.objects.bulk_create(rows.attendances, batch_size=BATCH)
    Resolution.objects.bulk_create(rows.resolutions, batch_size=BATCH)
