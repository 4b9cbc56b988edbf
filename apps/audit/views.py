"""The audit trail, for those who may see it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import queries
from apps.audit.forms import TimelineForm
from apps.audit.sources import sources
from apps.core.access import SignedInRequest, demand


@require_safe
def timeline(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    form = TimelineForm(request.GET)
    page = _page_of(request)
    found = queries.timeline_for(request.user, form.wanted, page=page) if form.is_valid() else None
    context = {"form": form, "timeline": found, **_pages(found, page)}
    return render(request, "audit/timeline.html", context, status=200 if found else 422)


@require_safe
def of_object(request: SignedInRequest, label: str, pk: int) -> HttpResponse:
    demand(request.user, queries.VIEW)
    if label not in sources():
        raise Http404
    page = _page_of(request)
    found = queries.timeline_of(request.user, label, pk, page=page)
    if not found.entries and page == 1:
        raise Http404
    name = next(
        (entry.name for entry in found.entries if (entry.object_label, entry.object_pk) == (label, str(pk))),
        "",
    )
    context = {
        "title": sources()[label].title,
        "name": name,
        "timeline": found,
        **_pages(found, page),
    }
    return render(request, "audit/object.html", context)


def _page_of(request: SignedInRequest) -> int:
    given = request.GET.get("page", "")
    return min(max(int(given), 1), queries.LAST_PAGE) if given.isdecimal() and len(given) < 5 else 1


def _pages(found: queries.Timeline | None, page: int) -> dict[str, int]:
    """The neighbours of the page; 0 where there is none."""
    has_next = found is not None and found.has_more and page < queries.LAST_PAGE
    return {"page": page, "previous_page": page - 1, "next_page": page + 1 if has_next else 0}
