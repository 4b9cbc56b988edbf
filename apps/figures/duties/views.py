"""The matrix, one duty of one organization, waivers, and the leaders' list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.periods import Period, parse_period
from apps.core.posting import carried_out, errors_of
from apps.figures import queries, services
from apps.figures.duties.asked import asked_of, lines_of, row_of
from apps.figures.duties.cells import CellPage, WaiverLine, cell_page
from apps.figures.duties.sheets import draw_matrix
from apps.figures.forms import WaiverForm
from apps.figures.leaders import leaders_for
from apps.figures.waivers import waivers_for

if TYPE_CHECKING:
    from apps.organizations.models import Organization

ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def matrix(request: SignedInRequest) -> HttpResponse:
    """Who did what of the month, its quarter and its year; in administrative order."""
    asked = asked_of(request)
    found = asked.matrix()
    lines = lines_of(found, asked)
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    plain = asked.address(rule="", state="")
    context = {
        "asked": asked,
        "matrix": found,
        "page": page,
        "rows": [row_of(line, asked) for line in page],
        "clear": plain if asked.rule or asked.state else "",
        "trail": _trail(asked.organization, request),
    }
    return render(request, "duties/matrix.html", context, status=200 if asked.form.is_valid() else 422)


def _trail(organization: Organization, request: SignedInRequest) -> list[tuple[str, str]]:
    """The way down from the reader's own top."""
    above = queries.above(organization, request.user)
    links = [(str(each), f"{reverse('duties:matrix')}?organization={each.pk}") for each in above]
    return [*links, (str(organization), "")]


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """What the page shows, all its pages, as a workbook."""
    asked = asked_of(request)
    found = asked.matrix()
    name = quote(f"{asked.organization}{asked.month.label}完成情况.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(draw_matrix(found, asked), content_type=XLSX, headers=headers)


@require_safe
def cell(request: SignedInRequest, pk: int, code: str, period: str) -> HttpResponse:
    """One duty of one organization: where it stands, its rule, the records that count, its waivers."""
    return _cell(request, _cell_page(request, pk, code, period), WaiverForm())


def _cell_page(request: SignedInRequest, pk: int, code: str, period: str) -> CellPage:
    demand(request.user, queries.VIEW)
    organization = get_object_or_404(queries.organizations_with_figures(request.user), pk=pk)
    part = request.GET.get("part", "")
    found = cell_page(request.user, organization, f"{code}/{part}" if part else code, _period(period))
    if found is None:
        raise Http404
    return found


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise Http404 from error


def _cell(request: SignedInRequest, found: CellPage, form: WaiverForm) -> HttpResponse:
    top = f"{reverse('duties:matrix')}?organization={found.organization.pk}"
    context = {"found": found, "form": form, "trail": [("完成情况", top), (found.title, "")]}
    return render(request, "duties/cell.html", context, status=422 if form.errors else 200)


@require_POST
def waive(request: SignedInRequest, pk: int, code: str, period: str) -> HttpResponse:
    """Release the organization from the duty, for a reason."""
    found, form = _cell_page(request, pk, code, period), WaiverForm(request.POST)
    demand(request.user, services.WAIVE, found.organization.path)
    if not carried_out(form, lambda: _give(found, form, request)):
        return _cell(request, found, form)
    messages.success(request, f"已准许{found.organization}免办{found.title}。")
    return redirect(found.address)


def _give(found: CellPage, form: WaiverForm, request: SignedInRequest) -> object:
    reason = form.cleaned_data["reason"]
    return services.give_waiver(
        found.organization, rule=found.row.key, period=found.period, reason=reason, by=request.user
    )


@require_safe
def waivers(request: SignedInRequest) -> HttpResponse:
    """Every waiver in the reader's scope, revoked ones too."""
    demand(request.user, queries.VIEW)
    page = Paginator(waivers_for(request.user), ROWS).get_page(request.GET.get("page"))
    rows = [WaiverLine(row) for row in page]
    context = {"page": page, "rows": rows, "trail": [("完成情况", reverse("duties:matrix")), ("免办", "")]}
    return render(request, "duties/waivers.html", context)


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a waiver back, for a reason."""
    waiver = get_object_or_404(waivers_for(request.user), pk=pk)
    form = WaiverForm(request.POST)
    if carried_out(
        form, lambda: services.revoke_waiver(waiver, reason=form.cleaned_data["reason"], by=request.user)
    ):
        messages.success(request, "已收回，这一项重新按规定计。")
    else:
        messages.error(request, errors_of(form))
    return redirect(WaiverLine(waiver).href)


@require_safe
def leaders(request: SignedInRequest) -> HttpResponse:
    """MEET-16: who sits in a committee, and how they take part in their own branch's life; no verdict."""
    demand(request.user, queries.VIEW)
    demand(request.user, queries.MEMBERS)
    asked = asked_of(request)
    found = leaders_for(request.user, asked.organization, asked.month)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    trail = [("完成情况", reverse("duties:matrix")), ("双重组织生活", "")]
    return render(request, "duties/leaders.html", {"asked": asked, "page": page, "trail": trail})
