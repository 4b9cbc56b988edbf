"""Sending, showing and taking away the photos and signature pages of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.attachments.answers import file_answer, small_answer
from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.core.posting import errors_of
from apps.meetings import attached, queries
from apps.meetings.forms import ReasonForm
from apps.meetings.photo_forms import PhotoForm

if TYPE_CHECKING:
    from apps.attachments.models import Attachment
    from apps.organizations.models import Organization

RECORD = "meetings.record"


@require_POST
def photo_new(request: SignedInRequest) -> HttpResponse:
    """Receive a photo, or several of a form without script; the same key sent again is the same photo."""
    demand(request.user, RECORD)
    form = PhotoForm(request.POST, request.FILES)
    branch = _branch_or_404(request)
    if not form.is_valid():
        return _answered(request, branch, None, errors_of(form))
    record = form.cleaned_data["client_key"]
    try:
        for file, kind, key in form.keyed():
            attached.attach(file, kind=kind, branch=branch, client_key=record, key=key, by=request.user)
    except Refused as refused:
        return _answered(request, branch, record, refused.sentence)
    return _answered(request, branch, record, "")


def _branch_or_404(request: SignedInRequest) -> Organization:
    try:
        return queries.branch_for(request.user, request.POST.get("branch", ""))
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _answered(
    request: SignedInRequest, branch: Organization, client_key: UUID | None, refusal: str
) -> HttpResponse:
    """For a script JSON, for a form the page it came from."""
    if "text/html" not in request.headers.get("Accept", ""):
        return _told(refusal)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, "照片已收到。")
    return redirect(_page_of(branch, client_key))


def _told(refusal: str) -> JsonResponse:
    if refusal:
        return JsonResponse({"state": "refused", "sentence": refusal}, status=422)
    return JsonResponse({"state": "received"})


def _page_of(branch: Organization, client_key: UUID | None) -> str:
    """Where the record is read; a new one's form while there is none."""
    meeting = queries.record_by_key(branch, client_key) if client_key else None
    if meeting is None:
        return f"{reverse('meetings:new')}?branch={branch.code}"
    return reverse("meetings:detail", args=[meeting.pk])


def attachment_or_404(request: SignedInRequest, key: UUID) -> Attachment:
    try:
        return attached.attachment_for(request.user, key)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
def photo(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    return file_answer(attachment_or_404(request, key))


@require_safe
def photo_small(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    found = attachment_or_404(request, key)
    if not found.small:
        raise Http404
    return small_answer(found)


@require_POST
def photo_withdraw(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a photo away, with a reason."""
    found = attachment_or_404(request, key)
    demand(request.user, RECORD, found.organization_path)
    form = ReasonForm(request.POST)
    if form.is_valid():
        attached.withdraw(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已撤下，原因记在修改历史里。")
    else:
        messages.error(request, "请选一个撤下的原因。")
    return redirect(_page_of(queries.branch_at(found.organization_path), UUID(found.owner)))
