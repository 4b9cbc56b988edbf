"""Files of a publication on its inner page: added, taken away, masked, looked at, opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from apps.attachments.answers import file_answer
from apps.core.access import SignedInRequest
from apps.core.errors import Refused
from apps.core.posting import errors_of
from apps.disclosure import queries, services
from apps.disclosure.views.publications import found

if TYPE_CHECKING:
    from apps.disclosure.models import PublicationFile

MASKED = "已换成遮盖过的一份，请打开再看一遍。"


class FileForm(forms.Form):
    """A file and the key that makes sending it twice harmless."""

    file = forms.FileField(label="文件")
    key = forms.UUIDField(widget=forms.HiddenInput())


@require_POST
def add(request: SignedInRequest, number: int) -> HttpResponse:
    publication = found(request, number)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, errors_of(form))
        return redirect("disclosure:detail", number)
    said = form.cleaned_data
    deed = lambda: services.add_file(publication, said["file"], key=said["key"], by=request.user)  # noqa: E731
    return _done(request, number, deed, "已收到，文件里写的作者等信息已经去掉。")


@require_POST
def remove(request: SignedInRequest, number: int, file: int) -> HttpResponse:
    row = _file(request, number, file)
    return _done(request, number, lambda: services.remove_file(row, by=request.user), "已撤下。", row.line)


@require_POST
def look(request: SignedInRequest, number: int, file: int) -> HttpResponse:
    row = _file(request, number, file)
    return _done(request, number, lambda: services.look_at(row, by=request.user), "已记下您看过。", row.line)


@require_POST
def mask(request: SignedInRequest, number: int, file: int) -> HttpResponse:
    row = _file(request, number, file)
    return _done(
        request,
        number,
        lambda: services.mask_file(row, by=request.user),
        MASKED,
    )


@require_safe
def download(request: SignedInRequest, number: int, file: int) -> HttpResponseBase:
    row = _file(request, number, file)
    return file_answer(row.attachment)


def _file(request: SignedInRequest, number: int, file: int) -> PublicationFile:
    row = queries.file_of(found(request, number), file)
    if row is None:
        raise Http404
    return row


def _done(
    request: SignedInRequest,
    number: int,
    deed: Callable[[], object],
    words: str,
    line: int | None = None,
) -> HttpResponse:
    """Back to the publication, or to its line whose receipt it is, with what was done or why not."""
    try:
        deed()
        messages.success(request, words)
    except Refused as refused:
        messages.error(request, refused.sentence)
    if line:
        return redirect("disclosure:receipts", number, line)
    return redirect("disclosure:detail", number)
