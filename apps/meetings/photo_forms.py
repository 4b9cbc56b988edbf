"""What comes with a photo: for which record it is, and its own key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from apps.attachments.kinds import OF_A_MEETING, Kind

Files = MultiValueDict[str, UploadedFile]
REASONS = ("传错了", "看不清", "重复了", "不宜留存")


def files_in(sent: Files) -> list[tuple[UploadedFile, Kind]]:
    """The files of a form, each with its kind: the inputs are called after the kinds."""
    return [(file, kind) for kind in OF_A_MEETING for file in sent.getlist(str(kind))]


class PhotoForm(forms.Form):
    """Files for the record of `client_key`; `key` is the file's own when a script sends one at a time."""

    client_key = forms.UUIDField(error_messages={"required": "不知道是哪次会的照片，请刷新页面再选。"})
    key = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        if not files_in(self.files):
            raise forms.ValidationError("请先选照片。")
        return self.cleaned_data

    def keyed(self) -> Iterator[tuple[UploadedFile, Kind, UUID]]:
        """Each file with its kind and key; the sender's key is the first one's."""
        key = self.cleaned_data["key"]
        for file, kind in files_in(self.files):
            yield file, kind, key or uuid4()
            key = None
