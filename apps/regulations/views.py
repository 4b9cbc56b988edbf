"""The page 制度依据: what the system judges by, and where it is written. For everybody who is signed in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core.calendar import today
from apps.regulations import queries
from apps.regulations.forms import SearchForm
from apps.regulations.table import Mark


@require_safe
def regulation_list(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.chapters(text, on=today())
    context = {
        "form": form,
        "chapters": found,
        "count": sum(len(chapter.rows) for chapter in found),
        "total": queries.count_in_force(today()),
        "clear": reverse("regulations:list") if text else "",
        "marks": list(Mark),
    }
    return render(request, "regulations/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def regulation_detail(request: HttpRequest, code: str) -> HttpResponse:
    page = queries.code_page(code, on=today())
    if page is None:
        raise Http404
    trail = [("制度依据", reverse("regulations:list")), (code, "")]
    return render(request, "regulations/detail.html", {"page": page, "trail": trail})
