"""Records that waited on a phone: received once, and answered in words that the phone keeps beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.core.keeping import kept_on_phone
from apps.meetings import services
from apps.meetings.desk import Desk
from apps.meetings.recording import RECORD, desk_sent
from apps.meetings.twins import Twins, named

if TYPE_CHECKING:
    from apps.meetings.models import Meeting

DIFFERS = "这条记录系统里已经有了，手机上的这份和它不完全一样。请看一下，没有问题就把手机上的扔掉。"


@require_safe
@kept_on_phone()
def on_this_phone(request: SignedInRequest) -> HttpResponse:
    """Where each record is that was written on this phone; a script fills it in from the phone's store."""
    demand(request.user, RECORD)
    return render(request, "meetings/on_this_phone.html")


@require_POST
def send(request: SignedInRequest) -> JsonResponse:
    """Receive one record from a phone; sending it again changes nothing and is answered the same way.

    `state` is "received", "incomplete" (sentences say what is lacking; kept as a draft), "conflict" (somebody
    else changed it meanwhile), "twin" (the same meeting seems to be recorded already) or "differs".
    """
    desk = desk_sent(request)
    if not (desk.form.is_valid() and desk.form.says_when()):
        return _answer("incomplete", *_sentences(desk))
    return _handed_in(desk, apart=bool(request.POST.get("not_the_same")))


def _handed_in(desk: Desk, *, apart: bool) -> JsonResponse:
    try:
        meeting = services.record_meeting(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user, apart=apart
        )
    except Twins as refused:
        return _twin_answer(refused)
    except services.Overwritten as refused:
        return _answer("conflict", refused.sentence, meeting=refused.meeting)
    except services.Incomplete as refused:
        return _kept(desk, refused)
    except Refused as refused:
        return _answer("differs", DIFFERS if desk.meeting else refused.sentence, meeting=desk.meeting)
    return _answer("received", meeting=meeting)


def _kept(desk: Desk, refused: services.Incomplete) -> JsonResponse:
    """What is lacking, field by field; what was written is kept as a draft meanwhile."""
    draft = services.save_draft(
        desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user
    )
    desk.form.refuse(refused.refusals)
    return _answer("incomplete", *_sentences(desk), meeting=draft)


def _sentences(desk: Desk) -> list[str]:
    return [sentence for _, sentence in desk.form.complaints]


def _answer(state: str, *sentences: str, meeting: Meeting | None = None) -> JsonResponse:
    return JsonResponse(
        {
            "state": state,
            "sentence": "".join(sentences),
            "href": reverse("meetings:detail", args=[meeting.pk]) if meeting else "",
            "version": meeting.version if meeting else 0,
        }
    )


def _twin_answer(refused: Twins) -> JsonResponse:
    twins = [_told(twin) for twin in refused.twins]
    return JsonResponse({"state": "twin", "sentence": refused.sentence, "twins": twins})


def _told(twin: Meeting) -> dict[str, Any]:
    """What the phone needs to look at the other record, or to put the minutes of both together."""
    return {
        "words": named(twin),
        "href": reverse("meetings:detail", args=[twin.pk]),
        "edit": reverse("meetings:edit", args=[twin.pk]),
        "client_key": str(twin.client_key),
        "version": twin.version,
    }
