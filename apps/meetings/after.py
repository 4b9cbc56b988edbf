"""After the hand-in: correcting a record, reading its old versions, what the office says to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.meetings import corrections, remarks, revisions, services
from apps.meetings.desk import Desk
from apps.meetings.merging import absorb
from apps.meetings.recording import RECORD, looked_at, noted, refused_page
from apps.meetings.views import record_or_404
from apps.meetings.workflow import CORRECTED_FROM

if TYPE_CHECKING:
    from apps.meetings.models import Meeting

REMARK = "meetings.remark"


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_correct(request: SignedInRequest, number: int) -> HttpResponse:
    """The form of a handed-in record with a reason; until it is saved the record stays as it is."""
    meeting = record_or_404(request, number)
    demand(request.user, RECORD, meeting.organization.path)
    if meeting.state != CORRECTED_FROM:
        messages.error(request, f"这条记录现在是“{meeting.get_state_display()}”，不用更正。")
        return redirect("meetings:detail", number)
    if request.method == "POST":
        desk = Desk(request, meeting.organization, meeting, data=request.POST)
        return _kept(desk, meeting) if request.POST.get("step") == "keep" else _sent(desk, meeting)
    return Desk.for_stored(request, meeting).drawn()


def _keep(desk: Desk, meeting: Meeting) -> None:
    """Put aside what was typed so far; the record stays as it is. Raises Refused."""
    desk.form.is_valid()
    corrections.keep_correction(
        meeting, said=corrections.said_in(desk.sent), version=desk.form.edit().version, by=desk.request.user
    )


def _kept(desk: Desk, meeting: Meeting) -> HttpResponse:
    try:
        _keep(desk, meeting)
    except Refused as refused:
        return _refused(desk, refused)
    again = looked_at(desk, whole=False)
    if again:
        return again
    messages.success(desk.request, "已先存着，还没有更正；记录照旧计入，随时可以接着写。")
    return redirect("meetings:correct", meeting.pk)


@require_POST
def correction_keep(request: SignedInRequest, number: int) -> HttpResponse:
    """Keep a correction while it is written; says where the words are."""
    meeting = record_or_404(request, number)
    desk = Desk(request, meeting.organization, meeting, data=request.POST)
    try:
        _keep(desk, meeting)
    except Refused:
        return noted(desk, "记录刚才有了变化，先存在手机上")
    answer = noted(desk, f"已存好 {timezone.localtime():%H:%M}，还没有更正")
    answer["X-Kept"] = "1"
    return answer


@require_POST
def correction_discard(request: SignedInRequest, number: int) -> HttpResponse:
    meeting = record_or_404(request, number)
    corrections.discard_correction(meeting, by=request.user)
    messages.success(request, "写到一半的更正不要了，记录没有变。")
    return redirect("meetings:detail", number)


def _sent(desk: Desk, meeting: Meeting) -> HttpResponse:
    again = looked_at(desk, whole=True)
    if again:
        return again
    try:
        meeting = services.correct(
            desk.entry,
            meeting=meeting,
            edit=desk.form.edit(),
            reason=desk.request.POST.get("reason", ""),
            by=desk.request.user,
        )
    except Refused as refused:
        with suppress(Refused):  # a record that was returned meanwhile is no more corrected but changed
            _keep(desk, meeting)
        return _refused(desk, refused)
    absorb(desk.absorbs, into=meeting, branch=desk.branch, by=desk.request.user)
    messages.success(desk.request, "已更正。原来的一版也留着，在页面下方可以看。")
    return redirect("meetings:detail", meeting.pk)


def _refused(desk: Desk, refused: Refused) -> HttpResponse:
    """The same form with a sentence at each field; the record is as it was."""
    if isinstance(refused, services.Overwritten):
        return refused_page(desk, refused)
    if isinstance(refused, services.Incomplete):
        desk.form.refuse(refused.refusals)
    elif refused.field == "reason":
        desk.extra["reason_wrong"] = refused.sentence
    desk.extra["wrong"] = refused.sentence
    return desk.drawn(status=422)


@require_safe
def version(request: SignedInRequest, number: int, version: int) -> HttpResponse:
    """An old version, whole, to be read and printed."""
    meeting = record_or_404(request, number)
    try:
        row, lines = revisions.version_of(meeting, version)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    trail = [
        ("三会一课", reverse("meetings:list")),
        (str(meeting), meeting.get_absolute_url()),
        (f"第{version}版", ""),
    ]
    return render(
        request, "meetings/version.html", {"meeting": meeting, "row": row, "lines": lines, "trail": trail}
    )


@require_POST
def remark_new(request: SignedInRequest, number: int) -> HttpResponse:
    meeting = record_or_404(request, number)
    demand(request.user, REMARK, meeting.organization.path)
    try:
        remarks.remark_on(meeting, text=request.POST.get("text", "")[:300], by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已写上，支部打开平台就会看到。")
    return redirect(_remarks_of(number))


@require_POST
def remark_answer(request: SignedInRequest, number: int, remark: int) -> HttpResponse:
    """The branch's answer; without words it only says that the remark was read."""
    meeting = record_or_404(request, number)
    demand(request.user, RECORD, meeting.organization.path)
    try:
        found = remarks.remark_for(request.user, meeting, remark)
        remarks.answer_remark(found, answer=request.POST.get("answer", "")[:300], by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已记下。")
    return redirect(_remarks_of(number))


def _remarks_of(number: int) -> str:
    return f"{reverse('meetings:detail', args=[number])}#remarks"
