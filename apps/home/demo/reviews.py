"""The demo county's life meetings and reviews of members: last year's closed in most branches."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from django.utils import timezone

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.meetings import statistics
from apps.meetings.kinds import Kind
from apps.meetings.models import Attendance, Meeting
from apps.meetings.models import State as MeetingState
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.reviews import rules
from apps.reviews.models import LifeYear, MemberReview, Rectification, ReviewedMember
from apps.reviews.vocabulary import Decider, Grade, NoGrade, State

DILIGENT = 0.9
UNDER_WAY = 0.15
BATCH = 2000
OPINIONS = "一、活动室座椅旧了；二、外出党员参加学习少；三、村务公开栏更新慢。"
MENDED = "公开栏每月 10 日前更新"


def hold(branches: Sequence[Organization], people: Sequence[Member], today: datetime.date, seed: int) -> int:
    """Last year's life meeting and review, held together in January; how many meetings there were."""
    day = datetime.date(today.year, 1, 20)
    if today < day:
        return 0
    rng = Random(seed)  # noqa: S311 - the demo must be the same every time
    rosters = defaultdict(list)
    for member in people:
        if member.joined_on <= day:
            rosters[member.branch_id].append(member)
    diligent = [branch for branch in branches if len(rosters[branch.pk]) > 1 and rng.random() < DILIGENT]
    meetings = _meetings(diligent, rosters, day)
    _close(diligent, rosters, meetings, day, rng)
    _prepare(diligent, day.year - 1)
    _begin([branch for branch in diligent if rng.random() < UNDER_WAY], rosters, today)
    return len(meetings)


def _meetings(
    branches: Sequence[Organization], rosters: dict[int, list[Member]], day: datetime.date
) -> dict[int, Meeting]:
    """One gathering a branch: life meeting and review of members."""
    meetings = {branch.pk: _meeting(branch, rosters[branch.pk], day) for branch in branches}
    Meeting.objects.bulk_create(meetings.values(), batch_size=BATCH)
    rows = [
        Attendance(meeting=meeting, member=member, may_vote=_is_full(member, day))
        for branch, meeting in meetings.items()
        for member in rosters[branch]
    ]
    Attendance.objects.bulk_create(rows, batch_size=BATCH)
    statistics.refresh_all([Month.of(day)])
    return meetings


def _meeting(branch: Organization, people: list[Member], day: datetime.date) -> Meeting:
    at = datetime.datetime.combine(day, datetime.time(15), CHINA)
    kinds = [Kind.LIFE_MEETING.value, Kind.MEMBER_REVIEW.value]
    return Meeting(
        organization=branch,
        kinds=kinds,
        counted_kinds=kinds,
        held_at=at,
        ended_at=at + datetime.timedelta(hours=2),
        place=branch.meeting_place,
        topic="组织生活会和民主评议党员",
        host=people[0],
        recorder=people[-1],
        minutes="一、支部班子查摆问题，开展批评和自我批评。二、党员自评、互评和民主测评。",
        state=MeetingState.SUBMITTED,
        submitted_at=at + datetime.timedelta(hours=20),
        life_year=day.year - 1,
    )


def _is_full(member: Member, day: datetime.date) -> bool:
    return member.full_on is not None and member.full_on <= day


def _close(
    branches: Sequence[Organization],
    rosters: dict[int, list[Member]],
    meetings: dict[int, Meeting],
    day: datetime.date,
    rng: Random,
) -> None:
    reviews = [_review(branch, rosters[branch.pk], meetings[branch.pk], day) for branch in branches]
    MemberReview.objects.bulk_create(reviews)
    rows = [row for review in reviews for row in _results(review, rosters[review.organization_id], day, rng)]
    ReviewedMember.objects.bulk_create(rows, batch_size=BATCH)
    MemberReview.objects.filter(pk__in=[review.pk for review in reviews]).update(
        state=State.CLOSED, closed_at=timezone.now()
    )


def _review(branch: Organization, people: list[Member], meeting: Meeting, day: datetime.date) -> MemberReview:
    full = sum(_is_full(member, day) for member in people)
    return MemberReview(
        organization=branch,
        year=day.year - 1,
        state=State.HELD,
        self_on=day,
        mutual_on=day,
        ballot_on=day,
        ballots_out=len(people),
        ballots_valid=max(len(people) - 2, 1),
        decided_on=day + datetime.timedelta(days=2),
        decider=Decider.COMMITTEE if full >= 7 else Decider.GENERAL_MEETING,
        meeting=meeting,
    )


def _results(
    review: MemberReview, people: list[Member], day: datetime.date, rng: Random
) -> list[ReviewedMember]:
    most = rules.most_excellent(len(people), on=day)
    excellent = {member.pk for member in rng.sample(people, rng.randint(most // 2, most))}
    return [_result(review, member, member.pk in excellent, day, rng) for member in people]


def _result(
    review: MemberReview, member: Member, is_excellent: bool, day: datetime.date, rng: Random
) -> ReviewedMember:
    if not _is_full(member, day):
        return ReviewedMember(review=review, member=member, is_full=False, no_grade=NoGrade.PROBATIONARY)
    valid = review.ballots_valid or 0
    best = rng.randint(valid // 2, valid) if is_excellent else rng.randint(0, valid // 3)
    basic = 1 if rng.random() < 0.02 and best < valid else 0
    grade = Grade.BASICALLY_QUALIFIED if basic else Grade.QUALIFIED
    return ReviewedMember(
        review=review,
        member=member,
        excellent=best,
        qualified=valid - best - basic,
        basically_qualified=basic,
        unqualified=0,
        grade=Grade.EXCELLENT if is_excellent else grade,
    )


def _prepare(branches: Sequence[Organization], year: int) -> None:
    """What surrounds the life meeting, and one thing to mend that is mended."""
    lives = LifeYear.objects.bulk_create(
        LifeYear(
            organization=branch,
            year=year,
            plan="一月中旬召开，全体党员参加，会后民主评议党员。",
            study="集中学习党章和支部工作条例。",
            talks="书记和支委、支委和党员、党员之间都谈到，一月上旬谈完。",
            opinions=OPINIONS,
        )
        for branch in branches
    )
    due = datetime.date(year + 1, 3, 31)
    Rectification.objects.bulk_create(
        Rectification(
            life=life, text="公开栏更新慢", responsible="党支部书记", due_on=due, done_on=due, outcome=MENDED
        )
        for life in lives
    )


def _begin(branches: Sequence[Organization], rosters: dict[int, list[Member]], today: datetime.date) -> None:
    """This year's reviews that are being prepared."""
    reviews = MemberReview.objects.bulk_create(
        MemberReview(organization=branch, year=today.year) for branch in branches
    )
    ReviewedMember.objects.bulk_create(
        ReviewedMember(
            review=review,
            member=member,
            is_full=_is_full(member, today),
            no_grade="" if _is_full(member, today) else NoGrade.PROBATIONARY,
        )
        for review in reviews
        for member in rosters[review.organization_id]
    )
