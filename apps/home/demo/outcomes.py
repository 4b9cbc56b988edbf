"""What meetings of the first township decided: an election, things to do, and what the next ones heard."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from apps.core.calendar import CHINA, add_months
from apps.meetings import elections
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import (
    Candidate,
    FollowUp,
    Meeting,
    Outcome,
    Presence,
    Resolution,
    State,
    Task,
    Voting,
)
from apps.organizations.kinds import Sector
from apps.organizations.models import Organization

SEATS = 3
# What became of a thing, in turn; the last one is still open.
BECAME = (
    (Outcome.DONE, "按时办完。"),
    (Outcome.GOING, "材料已备齐，等开工。"),
    (Outcome.DONE, ""),
    (Outcome.FAILED, "资金没有落实，缓一缓。"),
)


def add(tree: Sequence[Organization]) -> None:
    """To the records of the first township's branches, in the transaction that began them."""
    township = next(row for row in tree if row.sector == Sector.TOWNSHIP)
    rows = Meeting.objects.filter(organization__path__startswith=township.path, state=State.SUBMITTED)
    general = rows.filter(kinds__contains=[Kind.GENERAL_MEETING]).select_related("host")
    ordered = list(general.order_by("organization_id", "held_at"))
    for _, held in groupby(ordered, key=lambda row: row.organization_id):
        meetings = list(held)
        _give_tasks(meetings)
        _elect(meetings[0])


def _give_tasks(meetings: list[Meeting]) -> None:
    """What each decided is the secretary's to see to within a month; the next meeting hears of it."""
    passed = Resolution.objects.filter(meeting__in=meetings, number=1, passed=True)
    decided = {row.meeting_id: row for row in passed}
    tasks = {pk: _task(meeting, decided[pk]) for meeting in meetings if (pk := meeting.pk) in decided}
    Resolution.objects.bulk_update(decided.values(), ["responsible", "due_on"])
    Task.objects.bulk_create(tasks.values())
    pairs = ((tasks[one.pk], later) for one, later in pairwise(meetings) if one.pk in tasks)
    _hear(pairs)


def _task(meeting: Meeting, decision: Resolution) -> Task:
    decision.responsible = str(meeting.host)
    decision.due_on = add_months(_day(meeting), 1)
    return Task(
        meeting=meeting, resolution=decision, number=decision.number, text=decision.text,
        member=meeting.host, responsible=decision.responsible, due_on=decision.due_on,
    )  # fmt: skip


def _hear(pairs: Iterable[tuple[Task, Meeting]]) -> None:
    for place, (task, meeting) in enumerate(pairs):
        task.outcome, remark = BECAME[place % len(BECAME)]
        task.done_on = _day(meeting) if task.outcome == Outcome.DONE else None
        task.save(update_fields=["outcome", "done_on"])
        FollowUp.objects.create(meeting=meeting, task=task, outcome=task.outcome, remark=remark)


def _day(meeting: Meeting) -> datetime.date:
    return meeting.held_at.astimezone(CHINA).date()


def _elect(meeting: Meeting) -> None:
    """The committee, by secret ballot, one more on the ballot than seats; as the rules judge it."""
    voters = list(meeting.attendances.filter(may_vote=True).select_related("member").order_by("member_id"))
    here = sum(row.presence == Presence.PRESENT for row in voters)
    if len(voters) <= SEATS + 1:
        return
    votes = (here, here - 1, here - 1, 2)
    nominees = tuple(
        elections.Nominee(row.member.name, number) for row, number in zip(voters, votes, strict=False)
    )
    poll = elections.Poll(
        expected=len(voters), present=here, seats=SEATS, issued=here, returned=here, void=0,
        nominees=nominees,
    )  # fmt: skip
    _keep(meeting, poll, elections.count(poll, on=_day(meeting)))


def _keep(meeting: Meeting, poll: elections.Poll, outcome: elections.Outcome) -> None:
    resolution = Resolution.objects.create(
        meeting=meeting, number=3, matter=Matter.ELECTION, text="选举新一届支部委员会", voting=Voting.SECRET,
        seats=poll.seats, ballots_issued=poll.issued, ballots_returned=poll.returned, ballots_void=poll.void,
        valid=outcome.valid, passed=outcome.complete, ruling=outcome.sentence, rule=outcome.rule,
    )  # fmt: skip
    named = zip(poll.nominees, outcome.elected, strict=True)
    Candidate.objects.bulk_create(
        Candidate(
            resolution=resolution,
            number=number,
            name=one.name,
            in_favour=one.in_favour,
            valid=outcome.valid,
            elected=has,
        )
        for number, (one, has) in enumerate(named, 1)
    )
