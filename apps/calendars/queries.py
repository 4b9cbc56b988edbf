"""Reads: what stands in a branch's calendar, the theme days of a week, and the feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from apps.calendars.entries import Entry, Mark
from apps.calendars.models import Feed
from apps.core.access import Person
from apps.core.calendar import CHINA, written
from apps.core.crypto import digest
from apps.core.periods import Month, Period
from apps.figures.duties import Obligation, duties_for
from apps.figures.duties.links import done_at, page_of
from apps.figures.rules import DutyState
from apps.meetings.kinds import KIND_LABELS, Kind
from apps.meetings.links import new_record
from apps.meetings.models import Meeting, State, ThemePlan
from apps.meetings.plans.queries import offered_to, plans_for
from apps.meetings.queries import held_in, meetings_for
from apps.members.queries import probation_ends
from apps.organizations.models import Organization
from apps.organizations.queries import branches_within, current_term
from apps.regulations.table import duty, limit

VIEW = "meetings.view"


def branches_for(user: Person) -> list[Organization]:
    """The branches whose meetings the user records."""
    return list(branches_within(user, "meetings.record").order_by("path"))


def branch_for(user: Person, pk: int) -> Organization:
    """The branch whose calendar the user may see; raises Organization.DoesNotExist."""
    found: Organization = branches_within(user, VIEW).get(pk=pk)
    return found


def entries_for(branch: Organization, user: Person, period: Period, *, on: date) -> list[Entry]:
    """Everything that the user may see in the branch's calendar of the period; fixed number of queries."""
    held = _meetings(branch, user, period)
    found = [
        *(_of_meeting(meeting) for meeting in held),
        *planned_in(branch, period.months, on=on),
        *due_on(branch, on=on),
        *term_end(branch, on=on),
        *_probation_ends(branch, user),
    ]
    return [entry for entry in found if entry.day in period]


def _meetings(branch: Organization, user: Person, period: Period) -> list[Meeting]:
    rows = meetings_for(user).filter(held_in(period), organization=branch)
    return list(rows.exclude(state=State.WITHDRAWN).defer("minutes"))


def _of_meeting(meeting: Meeting) -> Entry:
    """A record as the calendar shows it."""
    state = "" if meeting.state == State.SUBMITTED else f"（{meeting.get_state_display()}）"
    group = f"{meeting.group}：" if meeting.group else ""
    return Entry(
        day=meeting.held_at.astimezone(CHINA).date(),
        mark=Mark.HELD,
        title=f"{meeting.get_kinds_display()}{state}",
        key=f"meeting-{meeting.pk}",
        sentence=f"{group}{meeting.topic}",
        href=meeting.get_absolute_url(),
    )


def planned_in(branch: Organization, months: Sequence[Month], *, on: date) -> list[Entry]:
    """The theme days that the branch means to hold in months that have none yet: as planned, or as fixed."""
    plans = {plan.month: plan for plan in branch.theme_plans.filter(month__in=list(months))}
    held, offered = _months_with_theme_day(branch, months), offered_to(branch, months)
    return [
        _theme_day(branch, month, day, plans[month].theme if month in plans else offered.get(month, ""), on)
        for month in months
        if month not in held and (day := _planned_day(branch, month, plans.get(month)))
    ]


def _months_with_theme_day(branch: Organization, months: Sequence[Month]) -> set[Month]:
    within = held_in(months[0]) if len(months) == 1 else Q(held_at__isnull=False)
    rows = branch.meetings.filter(
        within, state=State.SUBMITTED, counted_kinds__contains=[Kind.THEME_DAY]
    ).values_list("held_at", flat=True)
    return {Month.of(at.astimezone(CHINA).date()) for at in rows}


def _planned_day(branch: Organization, month: Month, plan: ThemePlan | None) -> date | None:
    """The planned day, else the fixed one, else the last one for what was planned without a day."""
    fixed = branch.fixed_theme_day
    if plan and plan.planned_on:
        return plan.planned_on
    if fixed:
        return fixed.of(month)
    return month.last if plan else None


def _theme_day(branch: Organization, month: Month, day: date, theme: str, on: date) -> Entry:
    record = new_record(branch.code, kind=Kind.THEME_DAY, day=day) if day <= on else ""
    return Entry(
        day=day,
        mark=Mark.PLANNED,
        title=KIND_LABELS[Kind.THEME_DAY],
        key=f"theme-{month}",
        sentence=theme or "主题还没有写。",
        href=reverse("meetings:plan", args=[branch.pk, month.year]),
        record=record,
        rule=duty("MEET-06", on=month),
    )


def due_on(branch: Organization, *, on: date) -> list[Entry]:
    """What the branch still has to do, each on the last day for it."""
    open_still = (DutyState.DUE, DutyState.OVERDUE)
    return [
        _of_duty(each, each.period, each.due_on)
        for each in duties_for(branch, on=on)
        if each.state in open_still and each.due_on and each.period
    ]


def _of_duty(each: Obligation, period: Period, day: date) -> Entry:
    late = each.state is DutyState.OVERDUE
    return Entry(
        day=day,
        mark=Mark.OVERDUE if late else Mark.DUE,
        title=each.name,
        key=f"duty-{each.rule.key}-{period}-{each.group.id if each.group else ''}",
        sentence=f"{period.label}{f'{each.so_far}，补记也可以' if late else '的，最迟这一天'}。",
        href=page_of(each),
        record=done_at(each),
        rule=each.rule,
    )


def term_end(branch: Organization, *, on: date) -> list[Entry]:
    """The day on which the term of office runs out (ELEC-01)."""
    term = current_term(branch)
    if term is None or branch.is_temporary:
        return []
    part = "village" if branch.is_village else "branch"
    return [
        Entry(
            day=term.due_on,
            mark=Mark.ENDING,
            title="本届任期届满",
            key=f"term-{term.elected_on}",
            sentence=f"{written(term.elected_on)}当选。要在这一天以前换届。",
            href=reverse("organizations:detail", args=[branch.pk]),
            rule=limit("ELEC-01", part, on=on),
        )
    ]


def _probation_ends(branch: Organization, user: Person) -> Iterator[Entry]:
    """Whose probation ends when; only for whoever may see the members, and never in a feed."""
    for member, day in probation_ends(branch, user):
        yield Entry(
            day=day,
            mark=Mark.ENDING,
            title=f"{member.name}预备期满",
            key=f"probation-{member.pk}",
            sentence="可以开始准备转正讨论。",
            href=reverse("members:detail", args=[member.pk]),
        )


@dataclass(frozen=True, slots=True)
class ThemeDay:
    """A branch's theme day of a week: what is planned, and the record if there is one."""

    day: date
    branch: Organization
    theme: str
    meeting: Meeting | None


def theme_days_of_week(user: Person, monday: date) -> list[ThemeDay]:
    """The theme days planned or held in the week, of every branch that the user may see; three queries."""
    days = [monday + timedelta(days=passed) for passed in range(7)]
    months = sorted({Month.of(day) for day in days})
    plans = {(row.organization_id, row.month): row for row in plans_for(user).filter(month__in=months)}
    held = _theme_days_held(user, months)
    found = [
        _in_week(branch, month, plans.get((branch.pk, month)), held.get((branch.pk, month)))
        for branch in branches_within(user, VIEW).order_by("path")
        for month in months
    ]
    return sorted((each for each in found if each and each.day in days), key=lambda each: each.day)


def _theme_days_held(user: Person, months: Sequence[Month]) -> dict[tuple[int, Month], Meeting]:
    """The first of each branch and month."""
    within = held_in(months[0]) | held_in(months[-1])
    rows = meetings_for(user).filter(within, state=State.SUBMITTED, counted_kinds__contains=[Kind.THEME_DAY])
    return {
        (row.organization_id, Month.of(row.held_at.astimezone(CHINA).date())): row
        for row in rows.only("organization_id", "held_at", "topic", "group").order_by("-held_at")
    }


def _in_week(
    branch: Organization, month: Month, plan: ThemePlan | None, meeting: Meeting | None
) -> ThemeDay | None:
    """The day on which it was held, else the one on which it is meant to be."""
    held = meeting.held_at.astimezone(CHINA).date() if meeting else None
    day = held or _planned_day(branch, month, plan)
    theme = meeting.topic if meeting else plan.theme if plan else ""
    return ThemeDay(day, branch, theme, meeting) if day else None


def feed_of(user: Person, branch: Organization) -> Feed | None:
    """The user's open feed of the branch."""
    found: Feed | None = Feed.objects.filter(user_id=user.pk, branch=branch, revoked_at=None).first()
    return found


def open_feed(token: str) -> Feed | None:
    """The feed of a secret address, as long as its user may still see the branch."""
    rows = Feed.objects.filter(digest=digest(token), revoked_at=None, branch__dissolved_on=None)
    feed = rows.select_related("user", "branch").first()
    if feed is None or not feed.user.is_active or not feed.user.may(VIEW, feed.branch.path):
        return None
    return feed
