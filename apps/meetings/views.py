"""The list of records, one record, and the steps that somebody may take with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.keeping import kept_on_phone
from apps.core.workflow import open_steps
from apps.meetings import corrections, queries, records, remarks, revisions, services
from apps.meetings.attached import attached_to
from apps.meetings.extensions import panels
from apps.meetings.filters import MeetingFilter
from apps.meetings.forms import ReasonForm
from apps.meetings.photo_forms import REASONS
from apps.meetings.workflow import STEPS

if TYPE_CHECKING:
    from apps.meetings.models import Meeting

ROWS = 50
VIEW = "meetings.view"


@require_safe
@kept_on_phone()
def meeting_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, VIEW)
    found = MeetingFilter(request.GET, queries.meetings_for(request.user), request=request)
    rows = found.qs if found.is_valid() else queries.meetings_for(request.user).none()
    page = Paginator(queries.listed(rows), ROWS).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "clear": request.path if any(request.GET.values()) else "",
        "may_record": request.user.may("meetings.record"),
        "own": set(queries.branches_for(request.user).values_list("pk", flat=True)),
    }
    return render(request, "meetings/list.html", context, status=200 if found.is_valid() else 422)


def record_or_404(request: SignedInRequest, number: int) -> Meeting:
    """The record, whole; outside the reader's scope there is none."""
    try:
        return queries.record_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
@kept_on_phone()
def meeting_detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _detail(request, record_or_404(request, number), {})


def _detail(
    request: SignedInRequest, meeting: Meeting, forms: dict[str, ReasonForm], status: int = 200
) -> HttpResponse:
    held = request.user.permissions_on(meeting.organization.path)
    steps = open_steps(STEPS, meeting.state, held)
    said, versions = list(remarks.remarks_of(meeting)), revisions.versions_of(meeting)
    context = {
        "meeting": meeting,
        "facts": records.facts_of(meeting),
        "on_phone": "meetings.record" in held,
        "may_audit": "audit.view" in held,
        "attached": attached_to(meeting.client_key, meeting.organization.path),
        "photo_reasons": REASONS,
        "uncounted": records.uncounted_words(meeting),
        "namesakes": records.namesakes_words(meeting),
        "roll": records.attendance_of(meeting),
        "decisions": records.decisions_of(meeting),
        "steps": [
            (name, step.label, forms.get(name) or ReasonForm(auto_id=f"{name}_%s"))
            for name, step in steps.items()
            if name != "submit" and not (name == "reopen" and meeting.is_locked)
        ],
        "may_correct": meeting.is_locked and "meetings.record" in held,
        "may_remark": "meetings.remark" in held,
        "remarks": said,
        "open_remarks": sum(one.closed_at is None for one in said) if "meetings.record" in held else 0,
        "corrections": corrections.corrections_of(meeting, request.user),
        "versions": versions,
        "sent_back": revisions.sent_back_words(versions),
        "panels": panels.shown(meeting, request.user, today()),
        "may_edit": "submit" in steps,
        "trail": [("三会一课", reverse("meetings:list")), (str(meeting), "")],
    }
    return render(request, "meetings/detail.html", context, status=status)


@require_POST
def submit(request: SignedInRequest, number: int) -> HttpResponse:
    """Hand a draft in as it stands; what it lacks is said on its form."""
    meeting = record_or_404(request, number)
    try:
        services.submit(meeting, by=request.user)
    except Refused as refused:
        messages.error(request, f"还没有交上：{refused.sentence}")
        return redirect("meetings:edit", number)
    messages.success(request, "已交上。")
    return redirect("meetings:detail", number)


@require_POST
def return_meeting(request: SignedInRequest, number: int) -> HttpResponse:
    return _step_with_reason(request, number, "return", services.return_meeting, "已退回，支部会看到原因。")


@require_POST
def reopen(request: SignedInRequest, number: int) -> HttpResponse:
    return _step_with_reason(request, number, "reopen", services.reopen, "已收回，改好以后再交上。")


@require_POST
def withdraw(request: SignedInRequest, number: int) -> HttpResponse:
    return _step_with_reason(request, number, "withdraw", services.withdraw, "已撤回，原因写在记录上。")


def _step_with_reason(
    request: SignedInRequest, number: int, name: str, step: Callable[..., Meeting], done: str
) -> HttpResponse:
    meeting = record_or_404(request, number)
    demand(request.user, STEPS[name].permission, meeting.organization.path)
    form = ReasonForm(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return _detail(request, meeting, {name: form}, 422)
    try:
        step(meeting, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _detail(request, meeting, {name: form}, 422)
    messages.success(request, done)
    return redirect("meetings:detail", number)
