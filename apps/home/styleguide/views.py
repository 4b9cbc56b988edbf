"""The guide's pages: workbench, phone, phone form, public; and a job that pretends to run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.home.styleguide.forms import SampleFilter, SampleForm
from apps.home.styleguide.samples import content

View = Callable[[HttpRequest], HttpResponse]
TICKS = 5


def may_see(user: Any) -> bool:
    """Developers: anybody signed in where DEBUG is on, elsewhere only who manages accounts."""
    return bool(user.is_authenticated and (settings.DEBUG or user.may("accounts.manage")))


def for_developers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        return view(request)

    return guarded


@require_http_methods(["GET", "POST"])
@for_developers
def workbench(request: HttpRequest) -> HttpResponse:
    """All components; sending the form shows its errors, and keeps nothing."""
    form = SampleForm(request.POST or None, request.FILES or None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = content(request.GET.get("page")) | {
        "form": form,
        "job": job_at(0),
        "filter_form": SampleFilter(request.GET or None),
        "order": request.GET.get("order", ""),
    }
    return render(request, "home/styleguide/workbench.html", context, status=status)


def shown(template: str) -> View:
    """A page of the guide that has only content."""

    @require_GET
    @for_developers
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, template, content(request.GET.get("page")))

    return page


phone = shown("home/styleguide/phone.html")
phone_form = shown("home/styleguide/phone_form.html")
public = shown("home/styleguide/public.html")
plain = shown("home/styleguide/plain.html")


@require_GET
@for_developers
def job(request: HttpRequest) -> HttpResponse:
    """A job one tick further than it was asked about, until it is done."""
    tick = request.GET.get("tick", "")
    return render(request, "home/styleguide/_job.html", job_at(int(tick) if tick.isdecimal() else 0))


def job_at(tick: int) -> dict[str, object]:
    done = min(tick, TICKS)
    href = reverse("home:styleguide_job", query={"tick": done + 1})
    return {"done": done, "total": TICKS, "running": done < TICKS, "href": href}
