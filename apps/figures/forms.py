"""Which figures somebody asks for: an organization and a month, in the address."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.periods import Month
from apps.core.widgets import MonthInput
from apps.figures.rules import DutyState
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


BY = (("unit", "按单位"), ("branch", "逐个支部"))
STATES = tuple((state.value, state.label) for state in DutyState)


class MatrixForm(forms.Form):
    """The filter bar of the matrix."""

    organization = forms.TypedChoiceField(label="党组织", coerce=int)
    period = MonthField(label="月份", required=False)
    by = forms.ChoiceField(label="怎样列", choices=BY, required=False)
    rule = forms.ChoiceField(label="事项", required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部状态"), *STATES], required=False)

    def __init__(
        self, *args: Any, offered: list[Organization], rules: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = [(str(each.pk), str(each)) for each in offered]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
        self.fields["rule"].choices = [("", "全部事项"), *rules]  # type: ignore[attr-defined]


class WaiverForm(forms.Form):
    """Why somebody need not do it, or must after all."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class AskForm(forms.Form):
    """The filter bar of the figures' pages."""

    organization = forms.TypedChoiceField(label="党组织", coerce=int)
    period = MonthField(label="月份", required=False)

    def __init__(self, *args: Any, offered: list[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(each.pk), str(each)) for each in offered]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
