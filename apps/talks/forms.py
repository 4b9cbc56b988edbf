"""The form on which somebody taps the names of those with whom a member talked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.core.widgets import Chips, ChoiceChips, DateInput
from apps.organizations.years import YearForm
from apps.talks.models import Occasion

Choices = Sequence[tuple[int, str]]
STATES = [("", "全部"), ("open", "还没谈齐的"), ("complete", "已经谈齐的")]


class CoverageForm(YearForm):
    """The list of branches."""

    state = forms.ChoiceField(label="情况", choices=STATES, required=False)


class TalkForm(forms.Form):
    """One day's talks of one member; nothing is asked of what was said."""

    use_required_attribute = False

    one = forms.TypedChoiceField(label="谁", coerce=int)
    others = forms.TypedMultipleChoiceField(
        label="和谁谈了（可点几个人）",
        coerce=int,
        widget=Chips(),
        error_messages={"required": "请点出和谁谈的。"},
    )
    held_on = forms.DateField(label="日期", widget=DateInput())
    occasion = forms.ChoiceField(
        label="情形",
        choices=Occasion.choices,
        initial=Occasion.ROUTINE,
        widget=ChoiceChips(),
        help_text="受处分处置、遇到重大变故的是必谈；是哪一种、谈了什么，都不用写。",
    )

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["one"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]
        self.fields["others"].choices = people  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a talk is taken back."""

    reason = forms.CharField(label="原因", max_length=200)
