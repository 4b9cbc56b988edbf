"""Building a report's frozen value from the figures of a month: reads only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from apps.core.periods import Month
from apps.figures.census import Census
from apps.figures.queries import census_of
from apps.figures.registry import all_figures
from apps.meetings.closing import cut_off_of
from apps.meetings.models import Meeting, State
from apps.meetings.queries import day_of_hand_in
from apps.organizations.models import Organization
from apps.organizations.naming import county_name
from apps.regulations.settings import settings_of
from apps.regulations.table import limit
from apps.reports import bulletin
from apps.reports.bulletin.phrases import Office
from apps.reports.frozen import Content, Heads, LateRecord

Progress = Callable[[int, int, str], None]
STEPS = len(all_figures()) + 2


def end_of(day: date) -> datetime:
    """The moment at which the day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@dataclass(frozen=True)
class Order:
    """Which report is to be built; `since` is the moment up to which earlier reports took records in."""

    organization: Organization
    month: Month
    cut_off_on: date
    revision: int
    reason: str
    made_on: date
    before: Content | None = None


def build(order: Order, progress: Progress) -> Content:
    """Count everything and write the bulletin; `progress` is told (done, total, what)."""
    census = census_of(
        order.organization.pk, order.month, on=order.made_on, handed_in_by=end_of(order.cut_off_on)
    )
    entries = {}
    for number, figure in enumerate(all_figures()):
        progress(number, STEPS, f"正在统计：{figure.title}")
        entries[figure.code] = tuple(figure.entries(census))
    progress(len(entries), STEPS, "正在写通报")
    content = Content(
        month=order.month,
        day=census.span.day,
        cut_off_on=order.cut_off_on,
        revision=order.revision,
        reason=order.reason,
        county=_county(order.organization),
        units=tuple(census.units),
        entries=entries,
        heads=_heads(census),
        late=_late(census, order),
    )
    words = bulletin.write(content, _office(order, content), before=order.before)
    return replace(content, bulletin=words)


def _county(organization: Organization) -> str:
    root = organization.path.split("/", 1)[0]
    return county_name(Organization.objects.get(code=root).name)


def _heads(census: Census) -> Heads:
    heads = [census.heads(branch.id) for branch in census.branches]
    full = sum(each.full for each in heads)
    return Heads(full, sum(each.closing for each in heads) - full)


def _late(census: Census, order: Order) -> tuple[LateRecord, ...]:
    """Meetings of earlier months that came after those months' cut-off and until this one's."""
    since = end_of(cut_off_of(order.month.previous(), settings_of(order.organization.path)))
    return late_records(census, before=order.month, since=since, until=end_of(order.cut_off_on))


def late_records(
    census: Census, *, before: Month, since: datetime, until: datetime
) -> tuple[LateRecord, ...]:
    """Meetings held before the month and last handed in within the two moments; by branch and day."""
    start = timezone.make_aware(datetime.combine(before.first, time.min))
    rows = Meeting.objects.filter(
        organization__in=census.ids,
        state=State.SUBMITTED,
        held_at__lt=start,
        submitted_at__gt=since,
        submitted_at__lte=until,
    )
    found = [_late_record(census, meeting) for meeting in rows]
    return tuple(sorted(found, key=lambda record: (record.path, record.held_on)))


def _late_record(census: Census, meeting: Meeting) -> LateRecord:
    unit = census.unit_of[meeting.organization_id]
    return LateRecord(
        unit.id,
        unit.name,
        unit.path,
        meeting.get_kinds_display(),
        timezone.localtime(meeting.held_at).date(),
        timezone.localtime(meeting.submitted_at).date(),
        meeting.late_reason or _corrected(meeting),
    )


def _corrected(meeting: Meeting) -> str:
    """What is said in place of a reason: a record that was in time once owes none for its correction."""
    first = day_of_hand_in(meeting, Month.of(timezone.localtime(meeting.held_at).date()))
    return "改正后重新交上" if first < timezone.localtime(meeting.submitted_at).date() else ""


def _office(order: Order, content: Content) -> Office:
    next_cut_off = cut_off_of(order.month.next(), settings_of(order.organization.path))
    years = int(limit("ELEC-02", on=content.day).value)
    return Office(_signature(order.organization, content.county), order.made_on, next_cut_off, years)


def _signature(organization: Organization, county: str) -> str:
    """The county's organization department for the county, a committee itself for its own."""
    if organization.parent_id is None:
        return settings.PARTYBUILD_REPORT_OFFICE or f"中共{county}委组织部"
    return organization.name.replace("中国共产党", "中共")
