"""Forms of the notice board."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.attachments.kinds import ACCEPT, Kind
from apps.core.calendar import today
from apps.core.widgets import DateInput
from apps.disclosure.board import USUAL_PLACE


class PutUpForm(forms.Form):
    """A sheet that hangs, or that hung and was taken down already."""

    place = forms.CharField(label="贴在哪里", max_length=60, initial=USUAL_PLACE)
    put_up_on = forms.DateField(label="哪天贴的", widget=DateInput(), initial=today)
    taken_down_on = forms.DateField(
        label="哪天撤的", widget=DateInput(), required=False, help_text="还贴着的不填。"
    )
    photo = forms.FileField(
        label="照片", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT[Kind.PHOTO]})
    )

    def __init__(self, *args: Any, photo_required: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = "县里要求拍一张。" if photo_required else "可以不拍。"
        self.fields["photo"].help_text = f"{wanted}拍公开栏，不要拍到人。"


class TakeDownForm(forms.Form):
    on = forms.DateField(label="哪天撤的", widget=DateInput(), initial=today)


class StrikeForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=100)
