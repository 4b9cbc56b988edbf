"""After the hand-in: correcting a record, reading its old versions, what the office says to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.meetings import remarks, revisions, services
from apps.meetings.desk import Desk
from apps.meetings.merging import absorb
from apps.meetings.recording import RECORD, looked_at, refused_page
from apps.meetings.views import record_or_404
from apps.meetings.workflow import CORRECTED_FROM

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
        return _sent(Desk(request, meeting.organization, meeting, data=request.POST))
    return Desk(request, meeting.organization, meeting, version=meeting.version).drawn()


def _sent(desk: Desk) -> HttpResponse:
    again = looked_at(desk, whole=True)
    if again:
        return again
    assert desk.meeting is not None  # noqa: S101
    try:
        meeting = services.correct(
            desk.entry,
            meeting=desk.meeting,
            edit=desk.form.edit(),
            reason=desk.request.POST.get("reason", ""),
            by=desk.request.user,
        )
    except Refused as refused:
        return _refused(desk, refused)
    absorb(desk.absorbs, into=meeting, branch=desk.branch, by=desk.request.user)
    messages.success(desk.request, "已更正。原来的一版也留着，在页面下方可以看。")
    return redirect("meetings:detail", meeting.pk)


def _refused(desk: Desk, refused: Refused) -> HttpResponse:
    """The same form with a sentence at each field; nothing is kept, the record is as it was."""
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
