"""Pages on which topics and lecturers are kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out
from apps.lessons import queries, services
from apps.lessons.forms import LecturerForm, TopicForm
from apps.lessons.materials import REASONS, material_of
from apps.lessons.queries import KEEP

if TYPE_CHECKING:
    from apps.lessons.models import Lecturer, Topic


@require_safe
def topic(request: SignedInRequest, pk: int) -> HttpResponse:
    """One topic with its material."""
    row: Topic = get_object_or_404(queries.topics_for(request.user), pk=pk)
    context = {
        "topic": row,
        "material": material_of(row, by=request.user),
        "reasons": REASONS,
        "may_keep": request.user.may(KEEP, row.organization.path) and row.retired_on is None,
        "may_record": _is_offered(row) and request.user.may("meetings.record"),
        "trail": _trail("选题", "lessons:topics", row.title),
    }
    return render(request, "lessons/topic.html", context)


def _is_offered(row: Topic) -> bool:
    """Whether a record of today may take it up."""
    return row.retired_on is None and row.year == today().year


@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request: SignedInRequest) -> HttpResponse:
    demand(request.user, KEEP)
    choices = _choices(request)
    initial = {"year": today().year, "organization": choices["organizations"].first()}
    form = TopicForm(request.POST or None, initial=initial, **choices)
    return _kept(request, form, partial(services.keep_topic, None), "新的选题", "lessons:topics")


def _choices(request: SignedInRequest) -> dict[str, Any]:
    """Who may offer the topic and who may be named as its lecturer."""
    return {
        "organizations": queries.keepers(request.user),
        "lecturers": queries.lecturers_for(request.user).offered(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit_topic(request: SignedInRequest, pk: int) -> HttpResponse:
    row: Topic = get_object_or_404(queries.topics_for(request.user), pk=pk)
    demand(request.user, KEEP, row.organization.path)
    form = TopicForm(request.POST or None, instance=row, **_choices(request))
    return _kept(request, form, partial(services.keep_topic, row), "修改选题", "lessons:topics")


def _kept(request: SignedInRequest, form: Any, keep: Any, title: str, back: str, **more: str) -> HttpResponse:
    """Show the form, or do what it says and go back to the list."""
    if carried_out(form, lambda: keep(by=request.user, **form.cleaned_data)):
        messages.success(request, "已保存。")
        return redirect(back)
    trail = _trail("党课", back, title)
    context = {"form": form, "title": title, "back": reverse(back), "trail": trail, "retire": "", **more}
    return render(request, "lessons/form.html", context, status=422 if form.is_bound else 200)


def _trail(title: str, name: str, here: str) -> list[tuple[str, str]]:
    return [(title, reverse(name)), (here, "")]


@require_http_methods(["GET", "HEAD", "POST"])
def new_lecturer(request: SignedInRequest) -> HttpResponse:
    organizations = _pools(request)
    initial = {"organization": organizations.first()}
    form = LecturerForm(request.POST or None, organizations=organizations, initial=initial)
    keep = partial(services.keep_lecturer, None)
    return _kept(request, form, keep, "登记讲师", "lessons:lecturers")


def _pools(request: SignedInRequest) -> queries.OrganizationQuerySet:
    demand(request.user, KEEP)
    return queries.pool_keepers(request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_lecturer(request: SignedInRequest, pk: int) -> HttpResponse:
    row: Lecturer = get_object_or_404(queries.lecturers_for(request.user), pk=pk)
    demand(request.user, KEEP, row.organization.path)
    initial = {"member_name": queries.name_in_roster(row)}
    form = LecturerForm(request.POST or None, organizations=_pools(request), instance=row, initial=initial)
    retire = reverse("lessons:retire_lecturer", args=[pk]) if row.retired_on is None else ""
    keep = partial(services.keep_lecturer, row)
    return _kept(request, form, keep, "修改讲师", "lessons:lecturers", retire=retire)


@require_POST
def retire_topic(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.topics_for(request.user), pk=pk)
    services.retire(row, by=request.user)
    messages.success(request, "不再提供这个题目。")
    return redirect("lessons:topics")


@require_POST
def retire_lecturer(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.lecturers_for(request.user), pk=pk)
    services.retire(row, by=request.user)
    messages.success(request, f"{row}不再列在讲师里。")
    return redirect("lessons:lecturers")
