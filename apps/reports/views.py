"""The reports somebody may see, one report, its lists and files, and asking for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.posting import carried_out
from apps.figures.queries import MEMBERS
from apps.reports import pages, queries, services
from apps.reports.excel import XLSX, draw_excel
from apps.reports.filters import ReportFilter
from apps.reports.forms import AskForm, ReviseForm
from apps.reports.word import DOCX, draw_word

if TYPE_CHECKING:
    from apps.figures.values import Unit
    from apps.reports.frozen import Content
    from apps.reports.models import MonthlyReport

VIEW, MAKE = "reports.view", "reports.make"
ROWS = 50


def _report(request: SignedInRequest, pk: int, *, ready: bool = False) -> MonthlyReport:
    report = queries.report_for(request.user, pk)
    if report is None or (ready and not report.is_ready):
        raise Http404
    return report


@require_safe
def report_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, VIEW)
    found = ReportFilter(request.GET, queries.reports_for(request.user), request=request)
    rows = found.qs if found.is_valid() else queries.reports_for(request.user).none()
    context = {
        "filter": found,
        "clear": request.path if any(request.GET.values()) else "",
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "may_make": request.user.may(MAKE),
    }
    return render(request, "reports/list.html", context, status=200 if found.is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Ask for a month's report; the one that is there is shown instead of making it again."""
    demand(request.user, MAKE)
    organizations = queries.organizations_that_report(request.user)
    first = organizations.first()
    month = queries.closed_month(first.path if first else "")
    initial = {"month": str(month), "organization": first}
    form = AskForm(request.POST or None, organizations=organizations, initial=initial)
    asked: list[MonthlyReport] = []
    if carried_out(form, lambda: asked.append(services.ask_for_report(**form.cleaned_data, by=request.user))):
        return redirect("reports:detail", asked[0].pk)
    return render(
        request,
        "reports/new.html",
        {"form": form, "trail": _trail("生成月报")},
        status=422 if form.errors else 200,
    )


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _detail(request, _report(request, pk), ReviseForm())


def _detail(request: SignedInRequest, report: MonthlyReport, form: ReviseForm) -> HttpResponse:
    context = {
        "report": report,
        "trail": _trail(str(report)),
        "revisions": queries.revisions_of(report),
        "may_make": request.user.may(MAKE, report.organization.path),
        "form": form,
    }
    if report.is_ready:
        context |= pages.page_of(queries.content_of(report), queries.came_after(report), report)
    elif report.is_running:
        context |= _progress(report)
    return render(request, "reports/detail.html", context, status=422 if form.errors else 200)


def _progress(report: MonthlyReport) -> dict[str, object]:
    progress = queries.progress_of(report)
    return {
        "title": f"{report}：{report.get_state_display()}",
        "done": progress.done,
        "total": progress.total,
        "sentence": progress.sentence or "排到以后就开始，可以先做别的，过一会儿再来看。",
        "href": reverse("reports:progress", args=[report.pk]),
        "running": True,
    }


@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The moving part alone; when the report is there the page is fetched anew."""
    report = _report(request, pk)
    if not report.is_running:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reports/_progress.html", _progress(report))


@require_safe
def entries(request: SignedInRequest, pk: int, code: str, part: str) -> HttpResponse:
    """The entries behind one number of the report, as they were frozen."""
    report = _report(request, pk, ready=True)
    content = queries.content_of(report)
    reading = pages.reading_of(content, code, request.GET.get("unit", ""))
    if reading is None or part not in reading.figure.part_codes:
        raise Http404
    if reading.figure.sees_members:
        demand(request.user, MEMBERS, report.organization.path)
    context = {
        "report": report,
        "reading": reading,
        "part": next(each for each in reading.figure.parts if each.code == part),
        "page": _page_of(request, content, reading.figure.code, part, reading.unit),
        "count": reading.count(part),
        "live": pages.live_address(report, reading.figure.code, part, reading.unit),
        "trail": [
            *_trail(""),
            (str(report), reverse("reports:detail", args=[pk])),
            (reading.figure.title, ""),
        ],
    }
    return render(request, "reports/entries.html", context)


def _page_of(request: SignedInRequest, content: Content, code: str, part: str, unit: Unit) -> object:
    return Paginator(content.listing(code, (part,), unit), ROWS).get_page(request.GET.get("page"))


@require_POST
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    demand(request.user, MAKE, report.organization.path)
    form = ReviseForm(request.POST)
    made: list[MonthlyReport] = []
    if carried_out(
        form, lambda: made.append(services.ask_for_revision(report, **form.cleaned_data, by=request.user))
    ):
        messages.success(request, "新的一版正在生成，原来的留着不动。")
        return redirect("reports:detail", made[0].pk)
    return _detail(request, report, form)


@require_safe
def word(request: SignedInRequest, pk: int) -> HttpResponse:
    return _file(_report(request, pk, ready=True), draw_word, DOCX, "docx")


@require_safe
def excel(request: SignedInRequest, pk: int) -> HttpResponse:
    return _file(_report(request, pk, ready=True), draw_excel, XLSX, "xlsx")


def _file(report: MonthlyReport, draw: Callable[[Content], bytes], kind: str, ending: str) -> HttpResponse:
    name = quote(f"{report.organization} {report}.{ending}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(draw(queries.content_of(report)), content_type=kind, headers=headers)


def _trail(title: str) -> list[tuple[str, str]]:
    return [("报表", reverse("reports:list")), *([(title, "")] if title else [])]
