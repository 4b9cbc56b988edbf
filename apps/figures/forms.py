"""Which figures somebody asks for: an organization and a month, in the address."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.periods import Month
from apps.core.widgets import MonthInput
from apps.organizations.models import Organization


class MonthField(forms.CharField):
    """ "2026-10" as a Month, no later than this one."""

    widget = MonthInput

    def clean(self, value: Any) -> Month | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            month = Month.parse(text)
        except ValueError as error:
            raise forms.ValidationError("请写成 2026-10 这样的月份。") from error
        if month.first > today():
            raise forms.ValidationError("这个月还没有到。")
        return month


class AskForm(forms.Form):
    """The filter bar of the figures' pages."""

    organization = forms.TypedChoiceField(label="党组织", coerce=int)
    period = MonthField(label="月份", required=False)

    def __init__(self, *args: Any, offered: list[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(each.pk), str(each)) for each in offered]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
