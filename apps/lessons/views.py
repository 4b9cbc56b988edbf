"""Pages of lessons: those on record, topics, lecturers, secretaries, study hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core.access import SignedInRequest, demand
from apps.lessons import queries, study
from apps.lessons.drawing import XLSX, draw_hours
from apps.lessons.forms import HoursForm, SecretariesForm
from apps.lessons.queries import EVALUATE, KEEP, VIEW
from apps.members.queries import listed, members_for
from apps.organizations.years import YearForm

if TYPE_CHECKING:
    from apps.lessons.study import Hours, Measure
    from apps.members.models import MemberQuerySet

ROWS = 50
# More than a township has; a workbook of a whole county is asked for township by township.
MOST_ROWS = 5000
TABS = [
    ("上过的党课", "lessons:list"),
    ("选题", "lessons:topics"),
    ("讲师", "lessons:lecturers"),
    ("书记讲党课", "lessons:secretaries"),
    ("学时", "lessons:hours"),
]


def tabs(current: str) -> list[tuple[str, str, bool]]:
    return [(title, reverse(name), name == current) for title, name in TABS]


@require_safe
def lesson_list(request: SignedInRequest) -> HttpResponse:
    """The lessons of a year, each with where its evaluation stands."""
    demand(request.user, VIEW)
    form = YearForm(request)
    rows = queries.lessons_for(request.user)
    if form.is_valid():
        top = form.top
        rows = queries.lessons_of_year(rows, form.asked_year)
        rows = rows.filter(organization__path__startswith=top.path) if top else rows
    return _list(request, "lessons/list.html", "lessons:list", form, rows, may_ask=request.user.may(EVALUATE))


def _list(
    request: SignedInRequest, template: str, tab: str, form: YearForm, rows: Any, **more: Any
) -> HttpResponse:
    """A page of rows below the tabs; a form that cannot be understood gives none."""
    valid = form.is_valid()
    context = {
        "tabs": tabs(tab),
        "form": form,
        "page": Paginator(rows if valid else [], ROWS).get_page(request.GET.get("page")),
        "clear": request.path if form.is_asked else "",
        **more,
    }
    return render(request, template, context, status=200 if valid else 422)


@require_safe
def topics(request: SignedInRequest) -> HttpResponse:
    demand(request.user, VIEW)
    form = YearForm(request)
    rows = queries.topics_for(request.user).offered()
    if form.is_valid():
        top = form.top
        rows = rows.filter(year=form.asked_year)
        rows = rows.filter(organization__path__startswith=top.path) if top else rows
    may_keep = request.user.may(KEEP)
    return _list(request, "lessons/topics.html", "lessons:topics", form, rows, may_keep=may_keep)


@require_safe
def lecturers(request: SignedInRequest) -> HttpResponse:
    demand(request.user, VIEW)
    rows = queries.lecturers_for(request.user).offered()
    context = {
        "tabs": tabs("lessons:lecturers"),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "may_keep": queries.pool_keepers(request.user).exists(),
    }
    return render(request, "lessons/lecturers.html", context)


@require_safe
def secretaries(request: SignedInRequest) -> HttpResponse:
    """Who of the secretaries has given a lesson in the year, with the records."""
    demand(request.user, VIEW)
    form = SecretariesForm(request)
    rows = _secretaries(request, form) if form.is_valid() else []
    return _list(
        request,
        "lessons/secretaries.html",
        "lessons:secretaries",
        form,
        rows,
        given=sum(bool(row.lessons) for row in rows),
    )


def _secretaries(request: SignedInRequest, form: SecretariesForm) -> list[queries.SecretaryLessons]:
    asked = form.cleaned_data
    seats = queries.secretaries_for(request.user)
    if top := form.top:
        seats = [seat for seat in seats if seat.term.organization.path.startswith(top.path)]
    if kind := asked["kind"]:
        seats = [seat for seat in seats if seat.term.organization.is_branch is (kind == "branch")]
    rows = queries.lessons_of_secretaries(seats, form.asked_year, request.user)
    given = asked["given"]
    return [row for row in rows if bool(row.lessons) is (given == "yes")] if given else rows


@require_safe
def hours(request: SignedInRequest) -> HttpResponse:
    """The members' study hours of the year, computed from their attendance."""
    demand(request.user, VIEW)
    form = HoursForm(request)
    if not form.is_valid():
        return _no_hours(request, form)
    measure, members = _asked_hours(request, form)
    page = Paginator(members, ROWS).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs("lessons:hours"),
        "form": form,
        "page": page,
        "rows": study.hours_of(page.object_list, measure),
        "measure": measure,
        "clear": request.path if form.is_asked else "",
        "file": f"{reverse('lessons:hours_file')}?{request.GET.urlencode()}",
    }
    return render(request, "lessons/hours.html", context)


def _no_hours(request: SignedInRequest, form: HoursForm) -> HttpResponse:
    """What was asked for cannot be shown; the form says why."""
    context = {
        "tabs": tabs("lessons:hours"),
        "form": form,
        "page": Paginator([], ROWS).get_page(1),
        "rows": [],
        "measure": None,
        "clear": request.path,
        "file": "",
    }
    return render(request, "lessons/hours.html", context, status=422)


def _asked_hours(request: SignedInRequest, form: HoursForm) -> tuple[Measure, MemberQuerySet]:
    """By what the year is measured, and the members asked for."""
    top = form.top
    rows = listed(members_for(request.user).active()).order_by("branch__path", "pinyin", "id")
    rows = rows.filter(branch__path__startswith=top.path) if top else rows
    roots = request.user.scope_for(VIEW).roots
    measure = study.Measure(form.asked_year, top.path if top else min(roots, default=""))
    reached = form.cleaned_data["reached"]
    if reached:
        has = study.reaching(rows, measure)
        rows = rows.filter(has if reached == "yes" else ~has)
    return measure, rows


@require_safe
def hours_file(request: SignedInRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    demand(request.user, VIEW)
    form = HoursForm(request)
    if not form.is_valid():
        return hours(request)
    measure, members = _asked_hours(request, form)
    rows: list[Hours] = study.hours_of(members[: MOST_ROWS + 1], measure)
    if len(rows) > MOST_ROWS:
        form.add_error("under", f"超过 {MOST_ROWS} 人，请先选一个乡镇再下载。")
        return _no_hours(request, form)
    name = quote(f"党员学时{form.asked_year}年.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(draw_hours(rows, measure), content_type=XLSX, headers=headers)
