"""A branch's calendar by month and year, an office's week, and the secret address of a feed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from apps.calendars import queries, services
from apps.calendars.entries import by_month, days_of, weeks_of
from apps.calendars.ics import calendar_file, feed_entries
from apps.calendars.throttles import too_often
from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.periods import Month, Year
from apps.meetings.links import new_record

if TYPE_CHECKING:
    from apps.organizations.models import Organization

ROWS = 100
TOO_MANY = 429
ICS = "text/calendar; charset=utf-8"


@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """A secretary's own month; for an office the theme days of the week."""
    demand(request.user, queries.VIEW)
    branches = queries.branches_for(request.user)
    if not branches:
        return redirect("calendars:week")
    if len(branches) > 1:
        return render(request, "calendars/choose.html", {"branches": branches, "now": today()})
    return redirect("calendars:month", branches[0].pk, today().year, today().month)


@require_safe
def month(request: SignedInRequest, pk: int, year: int, month: int) -> HttpResponse:
    branch, period = _branch(request, pk), _period(year, month)
    entries = queries.entries_for(branch, request.user, period, on=today())
    may_record = request.user.may("meetings.record", branch.path)
    record = {
        day: new_record(branch.code, day=day) for day in days_of(period) if may_record and day <= today()
    }
    context = {
        **_frame(request, branch),
        "month": period,
        "weeks": weeks_of(period, entries, today=today(), record=record),
        "is_empty": not entries,
        "previous": period.previous(),
        "next": period.next(),
        "now": Month.of(today()),
        "may_record": may_record,
        "today": today(),
        "trail": _trail(branch, period.label),
    }
    return render(request, "calendars/month.html", context)


@require_safe
def year(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    branch, period = _branch(request, pk), _year(year)
    entries = queries.entries_for(branch, request.user, period, on=today())
    context = {
        **_frame(request, branch),
        "year": period,
        "months": by_month(period.months, entries),
        "previous": period.previous(),
        "next": period.next(),
        "now": Month.of(today()),
        "trail": _trail(branch, period.label),
    }
    return render(request, "calendars/year.html", context)


def _frame(request: SignedInRequest, branch: Organization) -> dict[str, Any]:
    return {"branch": branch, "may_record": request.user.may("meetings.record", branch.path)}


def _trail(branch: Organization, label: str) -> list[tuple[str, str]]:
    return [("日历", reverse("calendars:calendar")), (f"{branch} {label}", "")]


def _branch(request: SignedInRequest, pk: int) -> Organization:
    try:
        return queries.branch_for(request.user, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _period(year: int, month: int) -> Month:
    """A month that has neighbours to turn to."""
    _year(year)
    try:
        return Month(year, month)
    except ValueError as error:
        raise Http404 from error


def _year(year: int) -> Year:
    try:
        period = Year(year)
        period.previous(), period.next()
    except ValueError as error:
        raise Http404 from error
    return period


@require_safe
def week(request: SignedInRequest) -> HttpResponse:
    """Which branches of the scope hold their theme day this week, and whether they did."""
    demand(request.user, queries.VIEW)
    monday = _monday(request.GET.get("from", ""))
    rows = queries.theme_days_of_week(request.user, monday)
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "previous": monday - timedelta(days=7),
        "next": monday + timedelta(days=7),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "held": sum(row.meeting is not None for row in rows),
        "today": today(),
    }
    return render(request, "calendars/week.html", context)


def _monday(text: str) -> date:
    """The Monday of the week asked for, else of this one."""
    try:
        asked = date.fromisoformat(text)
        Year.of(asked)
    except ValueError:
        asked = today()
    return asked - timedelta(days=asked.weekday())


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token", "address")
def feed(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a subscription is; posting opens one, or a new one instead of the old."""
    branch, address = _branch(request, pk), ""
    if request.method == "POST":
        token = services.open_feed(branch, by=request.user)
        address = request.build_absolute_uri(reverse("calendars:ics", args=[token]))
    context = {
        **_frame(request, branch),
        "feed": queries.feed_of(request.user, branch),
        "address": address,
        "now": Month.of(today()),
        "trail": _trail(branch, "订阅到手机日历"),
    }
    answer = render(request, "calendars/feed.html", context)
    if address:
        answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    branch = _branch(request, pk)
    if services.revoke_feed(branch, by=request.user):
        messages.success(request, "已停用，原来的地址不能再用了。")
    return redirect("calendars:feed", pk)


@login_not_required
@require_safe
@cache_control(private=True, max_age=3600)
@conditional_page
def ics(request: HttpRequest, token: str) -> HttpResponse:
    """The file at a secret address; whoever lost the branch, or the address, finds nothing."""
    if too_often(request):
        return HttpResponse("请求太频繁了，请稍后再试。", status=TOO_MANY, headers={"Retry-After": "3600"})
    found = queries.open_feed(token)
    if found is None:
        raise Http404
    branch, site = found.branch, request.build_absolute_uri("/").rstrip("/")
    content = calendar_file(
        branch,
        feed_entries(branch, on=today()),
        on=today(),
        site=site,
        may_record=found.user.may("meetings.record", branch.path),
    )
    return HttpResponse(content, content_type=ICS)
