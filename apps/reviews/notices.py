"""The notice of a mobile branch to a home branch: read, taken as a Word file, acknowledged (MEET-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import SignedInRequest
from apps.reviews import queries, services
from apps.reviews.views import trail
from apps.reviews.word import DOCX, draw_notice
from apps.reviews.workflow import RECORD

if TYPE_CHECKING:
    from apps.reviews.models import ReviewNotice


def _notice_or_404(request: SignedInRequest, pk: int) -> ReviewNotice:
    return get_object_or_404(queries.notices_for(request.user), pk=pk)


@require_safe
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _notice_or_404(request, pk)
    branch = reverse("reviews:branch", args=[found.organization_id])
    context = {
        "notice": found,
        "review": found.review,
        "people": queries.results_in(found),
        "may_acknowledge": request.user.may(RECORD, found.organization.path) and not found.acknowledged_at,
        "trail": trail((str(found.organization), branch), ("评议通报单", "")),
    }
    return render(request, "reviews/notice.html", context)


@require_safe
def word(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _notice_or_404(request, pk)
    name = quote(f"{found}.docx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(draw_notice(found, queries.results_in(found)), content_type=DOCX, headers=headers)


@require_POST
def acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    services.acknowledge(_notice_or_404(request, pk), by=request.user)
    messages.success(request, "记下了：本支部已收到。")
    return redirect("reviews:notice", pk)
