"""The committees in scope, one with its work, and the forms of its records and reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import HalfYear
from apps.core.posting import carried_out
from apps.disclosure.queries import waiting_for
from apps.supervision import queries, services
from apps.supervision.forms import (
    LeaveForm,
    MemberForm,
    PutRightForm,
    RecordChangeForm,
    RecordForm,
    ReportForm,
)
from apps.supervision.wording import figures_text

if TYPE_CHECKING:
    from apps.organizations.models import Village
    from apps.supervision.models import SupervisionRecord, SupervisionReport

ROWS, RECORDS = 50, 20
WRITING = ("GET", "HEAD", "POST")


@require_safe
def committee_list(request: SignedInRequest) -> HttpResponse:
    """The committees; whoever has only one village comes to it at once."""
    demand(request.user, queries.VIEW)
    villages = queries.villages_for(request.user)
    page = Paginator(villages, ROWS).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("supervision:village", page.object_list[0].pk)
    committees = queries.committees_of(page.object_list, request.user, on=today())
    return render(request, "supervision/list.html", {"page": page, "committees": committees})


def _village(request: SignedInRequest, number: int, permission: str = queries.VIEW) -> Village:
    try:
        village = queries.village_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    demand(request.user, permission, village.organization.path)
    return village


@require_safe
def village(request: SignedInRequest, number: int) -> HttpResponse:
    found = _village(request, number)
    path = found.organization.path
    reports = queries.reports_of(found)
    (committee,) = queries.committees_of([found], request.user, on=today())
    context = {
        "village": found,
        "committee": committee,
        "page": Paginator(queries.records_of(found), RECORDS).get_page(request.GET.get("page")),
        "waiting": [each for each in waiting_for(request.user) if each.village_id == found.pk],
        "opinions": queries.opinions_of(found),
        "reports": reports,
        "may_write": request.user.may(queries.WRITE, path),
        "may_appoint": request.user.may(queries.APPOINT, path),
        "halves": _halves(found, reports),
    }
    return render(request, "supervision/village.html", context)


def _halves(village: Village, reports: Sequence[SupervisionReport]) -> list[tuple[str, str]]:
    """(title, address) of the report of the half-year that is over and of the one that runs, until sent."""
    now = HalfYear.of(today())
    sent = {report.half for report in reports if not report.is_open}
    return [
        (f"{half.label}报告", reverse("supervision:report", args=[village.pk, half.year, half.half]))
        for half in (now.previous(), now)
        if half not in sent
    ]


@require_http_methods(WRITING)
def appoint(request: SignedInRequest, number: int) -> HttpResponse:
    found = _village(request, number, queries.APPOINT)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, lambda: services.appoint(found, **form.cleaned_data, by=request.user)
    ):
        return redirect("supervision:village", number)
    return _form_page(request, form, "登记监委会成员", found)


@require_http_methods(WRITING)
def leave(request: SignedInRequest, number: int) -> HttpResponse:
    try:
        member = queries.member_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    found = _village(request, member.village_id, queries.APPOINT)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, lambda: services.leave(member, **form.cleaned_data, by=request.user)
    ):
        return redirect("supervision:village", found.pk)
    return _form_page(request, form, f"{member}离任", found)


@require_http_methods(WRITING)
def new_record(request: SignedInRequest, number: int) -> HttpResponse:
    found = _village(request, number, queries.WRITE)
    names = "、".join(member.name for member in found.committee)  # type: ignore[attr-defined]
    form = RecordForm(request.POST or None, initial={"names": names})
    if request.method == "POST" and carried_out(
        form, lambda: services.write_record(found, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, "记下了。")
        return redirect("supervision:village", number)
    return _form_page(request, form, "写监督记录", found)


def _record(request: SignedInRequest, number: int) -> SupervisionRecord:
    try:
        record = queries.record_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    demand(request.user, queries.WRITE, record.village.organization.path)
    return record


@require_http_methods(WRITING)
def edit_record(request: SignedInRequest, number: int) -> HttpResponse:
    record = _record(request, number)
    stored = {name: getattr(record, name) for name in RecordChangeForm.base_fields}
    form = RecordChangeForm(request.POST or None, initial=stored)
    if request.method == "POST" and carried_out(
        form, lambda: services.rewrite_record(record, **form.cleaned_data, by=request.user)
    ):
        return redirect("supervision:village", record.village_id)
    return _form_page(request, form, f"改“{record}”", record.village)


@require_http_methods(WRITING)
def put_right(request: SignedInRequest, number: int) -> HttpResponse:
    record = _record(request, number)
    form = PutRightForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, lambda: services.put_right(record, **form.cleaned_data, by=request.user)
    ):
        return redirect("supervision:village", record.village_id)
    return _form_page(request, form, f"整改：{record}", record.village, words=record.asked)


@require_http_methods(WRITING)
def report(request: SignedInRequest, number: int, year: int, half: int) -> HttpResponse:
    """What the system writes, and the committee's own words beside it."""
    period = _half(year, half)
    needed = queries.WRITE if request.method == "POST" else queries.VIEW
    found = _village(request, number, needed)
    written = queries.report_of(found, period)
    stored = {"version": written.version, "words": written.words} if written else {"version": 0}
    form = ReportForm(request.POST or None, initial=stored)
    if request.method == "POST" and carried_out(
        form, lambda: services.write_report(found, period, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, "存好了。")
        return redirect(request.path)
    context = {
        "form": form,
        "village": found,
        "half": period,
        "report": written,
        "is_open": written is None or written.is_open,
        "figures": figures_text(queries.work_of(found, period)),
        "may_write": request.user.may(queries.WRITE, found.organization.path),
        "trail": _trail(found, f"{period.label}报告"),
    }
    return render(request, "supervision/report.html", context, status=422 if form.errors else 200)


@require_POST
def hand_over(request: SignedInRequest, number: int, year: int, half: int) -> HttpResponse:
    found = _village(request, number, queries.WRITE)
    written = queries.report_of(found, _half(year, half))
    if written is None:
        raise Http404
    try:
        services.hand_over(written, by=request.user)
        messages.success(request, "报告已经交给村里，由村里送审、公布。")
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(written.get_absolute_url())


def _half(year: int, half: int) -> HalfYear:
    try:
        return HalfYear(year, half)
    except ValueError as error:
        raise Http404 from error


def _trail(village: Village, title: str) -> list[tuple[str, str]]:
    return [
        ("村务监督", reverse("supervision:list")),
        (str(village), reverse("supervision:village", args=[village.pk])),
        (title, ""),
    ]


def _form_page(
    request: SignedInRequest, form: Form, title: str, village: Village, *, words: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "words": words,
        "back": reverse("supervision:village", args=[village.pk]),
        "trail": _trail(village, title),
    }
    return render(request, "supervision/form.html", context, status=422 if form.errors else 200)
