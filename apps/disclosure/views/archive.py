"""The archive: a box for each village and year, and what lies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.disclosure import archiving, queries
from apps.disclosure.archive_sheet import XLSX, draw_box
from apps.disclosure.board import rule_on
from apps.organizations.filters import UnderForm

if TYPE_CHECKING:
    from apps.organizations.models import Village

ROWS = 50


@require_safe
def boxes(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    form, on = UnderForm(request), today()
    is_valid = form.is_valid()
    found = (
        archiving.boxes_for(request.user, rule_on(on), on, under=form.cleaned_data["under"])
        if is_valid
        else []
    )
    context = {
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "clear": request.path if any(request.GET.values()) else "",
        "rule": rule_on(on),
    }
    return render(request, "disclosure/archive.html", context, status=200 if is_valid else 422)


def _box(request: SignedInRequest, number: int, year: int) -> tuple[Village, list[archiving.Item]]:
    """The village and what lies in its box of the year; 404 where there is nothing."""
    demand(request.user, queries.VIEW)
    village, on = get_object_or_404(queries.all_villages_for(request.user), pk=number), today()
    items = archiving.box_of(request.user, village, year, rule_on(on), on)
    if not items:
        raise Http404
    return village, items


@require_safe
def box(request: SignedInRequest, number: int, year: int) -> HttpResponse:
    village, items = _box(request, number, year)
    context = {
        "village": village,
        "year": year,
        "items": items,
        "waiting": sum(bool(each.waits) for each in items),
        "sources": archiving.sources(today()),
        "trail": [("归档", reverse("disclosure:archive")), (f"{village} {year}年", "")],
    }
    return render(request, "disclosure/box.html", context)


@require_safe
def box_sheet(request: SignedInRequest, number: int, year: int) -> HttpResponse:
    """Exactly what the page shows, as a workbook."""
    village, items = _box(request, number, year)
    name = quote(f"{village}{year}年村务公开归档文件目录.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(draw_box(village, year, items), content_type=XLSX, headers=headers)
