"""Opening the material of a topic, adding to it, taking something away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from apps.attachments.answers import file_answer
from apps.core.access import SignedInRequest
from apps.core.errors import Refused
from apps.lessons import materials, queries

if TYPE_CHECKING:
    from apps.lessons.models import Topic


def _topic(request: SignedInRequest, pk: int) -> Topic:
    found: Topic = get_object_or_404(queries.topics_for(request.user), pk=pk)
    return found


@require_safe
def material(request: SignedInRequest, pk: int, key: UUID) -> HttpResponseBase:
    """One file, for whoever is offered the topic."""
    try:
        return file_answer(materials.file_of(_topic(request, pk), key, by=request.user))
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_POST
def add_material(request: SignedInRequest, pk: int) -> HttpResponse:
    """Receive files; each that cannot be kept is named with the reason."""
    topic = _topic(request, pk)
    files = request.FILES.getlist("file")
    refused = materials.add_files(topic, files, by=request.user)
    for sentence in refused or ([] if files else ["请先选文件。"]):
        messages.error(request, sentence)
    if len(files) > len(refused):
        messages.success(request, f"收到 {len(files) - len(refused)} 份材料。")
    return redirect("lessons:topic", pk)


@require_POST
def withdraw_material(request: SignedInRequest, pk: int, key: UUID) -> HttpResponse:
    try:
        reason = request.POST.get("reason", "")
        materials.withdraw_file(_topic(request, pk), key, reason=reason, by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "已撤下，原因记在修改历史里。")
    return redirect("lessons:topic", pk)
