"""The receipts of one line of a table: shown, added while it is a draft, looked at by whoever checks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.attachments.kinds import ACCEPT, Kind
from apps.core.access import SignedInRequest
from apps.core.posting import carried_out
from apps.disclosure import queries, services
from apps.disclosure.views.files import FileForm
from apps.disclosure.views.publications import found, may_attach

if TYPE_CHECKING:
    from apps.disclosure.models import Publication


class ReceiptForm(FileForm):
    """A photo or PDF, and whether what must not be seen on it is covered."""

    file = forms.FileField(
        label="票据",
        help_text="照片或者 PDF。",
        widget=forms.FileInput(attrs={"accept": ACCEPT[Kind.RECEIPT]}),
    )
    has_looked = forms.BooleanField(label="我看过了，没有不能公开的", required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: SignedInRequest, number: int, line: int) -> HttpResponse:
    publication = found(request, number)
    name = queries.line_named(publication, line)
    if name is None:
        raise Http404
    form = ReceiptForm(request.POST or None, request.FILES or None, initial={"key": uuid4})
    if carried_out(
        form, lambda: services.add_receipt(publication, line=line, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "已收到，照片里的拍摄地点等信息已经去掉。")
        return redirect("disclosure:receipts", number, line)
    held = request.user.permissions_on(publication.village.organization.path)
    context = {
        "publication": publication,
        "line": line,
        "name": name,
        "files": services.scanned(queries.files_of(publication, line)),
        "form": form,
        "may_write": may_attach(publication, held),
        **_ways_back(publication, line),
    }
    return render(request, "disclosure/receipts.html", context, status=422 if form.is_bound else 200)


def _ways_back(publication: Publication, line: int) -> dict[str, object]:
    here = reverse("disclosure:detail", args=[publication.pk])
    trail = [("村务公开", reverse("disclosure:list")), (str(publication), here), (f"第 {line} 笔的票据", "")]
    return {"back": f"{here}#line-{line}", "trail": trail}
