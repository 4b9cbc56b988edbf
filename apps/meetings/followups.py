"""What earlier meetings gave to do: what is still open, and what the latest record says of it."""

from __future__ import annotations

from collections.abc import Iterable

from apps.core.calendar import CHINA
from apps.meetings.entries import MeetingEntry
from apps.meetings.models import FollowUp, Meeting, Outcome, State, Task
from apps.organizations.models import Organization


def open_tasks(branch: Organization, entry: MeetingEntry, meeting: Meeting | None = None) -> list[Task]:
    """What was still to be done when the meeting began, and what it heard of already.

    The last meeting's come first, of each meeting the most urgent. A group is told of its own tasks only.
    """
    rows = Task.objects.filter(
        meeting__organization=branch, meeting__state=State.SUBMITTED, meeting__held_at__lt=entry.held_at
    ).exclude(meeting=meeting)
    if entry.group_id:
        rows = rows.filter(meeting__group=entry.group_id)
    still = rows.filter(outcome__in=[Outcome.OPEN, Outcome.GOING])
    heard = rows.filter(pk__in=entry.followups)
    return list((still | heard).select_related("meeting").order_by("-meeting__held_at", "due_on", "pk"))


def words_of(branch: Organization, tasks: Iterable[int]) -> dict[int, str]:
    """What the branch's tasks of those numbers say."""
    rows = Task.objects.filter(pk__in=tasks, meeting__organization=branch)
    return dict(rows.values_list("pk", "text"))


def settle(meeting: Meeting) -> None:
    """Say of each task that the record speaks of what the latest submitted record says of it."""
    for task in Task.objects.filter(followups__meeting=meeting).select_for_update():
        latest = _latest(task)
        task.outcome = latest.outcome if latest else Outcome.OPEN
        done = latest and latest.outcome == Outcome.DONE
        task.done_on = latest.meeting.held_at.astimezone(CHINA).date() if latest and done else None
        task.save(update_fields=["outcome", "done_on"])


def _latest(task: Task) -> FollowUp | None:
    heard = task.followups.filter(meeting__state=State.SUBMITTED).select_related("meeting")
    found: FollowUp | None = heard.order_by("-meeting__held_at", "-meeting_id").first()
    return found
