"""Forms of opinions: writing one down, the steps, how one asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.widgets import ChoiceChips, DateInput
from apps.opinions.models import AskingPlace
from apps.opinions.rules import Petitioner
from apps.opinions.services import Heard
from apps.opinions.states import Answerer, Category, Channel, Satisfaction

_LINES = forms.Textarea(attrs={"rows": 4})
_NO_NAMES = "不写姓名、电话、身份证号、病情。"


class OpinionForm(forms.Form):
    """What was heard; name and contact are asked for last, and need not be given."""

    channel = forms.ChoiceField(label="怎么收到的", choices=Channel.choices, widget=ChoiceChips())
    category = forms.ChoiceField(label="关于什么", choices=Category.choices, widget=ChoiceChips())
    text = forms.CharField(
        label="意见", max_length=1000, widget=_LINES, help_text="照原话记，不写姓名、电话。"
    )
    received_on = forms.DateField(label="收到日期", widget=DateInput(), initial=today)
    publication: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="问的是哪一件公开", required=False, empty_label="没有说哪一件"
    )
    line = forms.IntegerField(label="第几笔", required=False, min_value=1, help_text="说到某一笔的才填。")
    answerer = forms.ChoiceField(
        label="由谁答复", choices=Answerer.choices, initial=Answerer.COMMITTEE, widget=ChoiceChips()
    )
    name = forms.CharField(
        label="反映人姓名",
        max_length=32,
        required=False,
        help_text="不愿说的不填，就是匿名。填了也加密存放，办结以后自动删除。",
    )
    contact = forms.CharField(
        label="联系方式", max_length=60, required=False, help_text="回访用：电话，或者几组几号。"
    )

    def __init__(self, *args: Any, publications: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["publication"].queryset = publications  # type: ignore[attr-defined]

    @property
    def petitioner(self) -> Petitioner:
        return Petitioner(self.cleaned_data["name"].strip(), self.cleaned_data["contact"].strip())

    @property
    def heard(self) -> Heard:
        named = {"name", "contact"}
        return Heard(**{key: value for key, value in self.cleaned_data.items() if key not in named})


class StepForm(forms.Form):
    """What a step needs to be told; each step's form is one of those below."""


class AnswerForm(StepForm):
    text = forms.CharField(label="答复", max_length=1000, widget=_LINES)


class AskForm(StepForm):
    satisfaction = forms.ChoiceField(label="本人怎么说", choices=Satisfaction.choices, widget=ChoiceChips())
    asked_on = forms.DateField(label="哪天问的", widget=DateInput(), initial=today)
    text = forms.CharField(
        label="哪里不满意", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(StepForm):
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class WordsForm(StepForm):
    public_question = forms.CharField(label="公布的问题", max_length=500, widget=_LINES, help_text=_NO_NAMES)
    public_answer = forms.CharField(label="公布的答复", max_length=1000, widget=_LINES, help_text=_NO_NAMES)


class AgreeForm(StepForm):
    version = forms.IntegerField(widget=forms.HiddenInput())


class RevealForm(forms.Form):
    reason = forms.CharField(label="为什么要看", max_length=100, help_text="例如：回访。")


class PlaceForm(forms.ModelForm[AskingPlace]):
    class Meta:
        model = AskingPlace
        fields: Sequence[str] = ("box", "hotline", "hours", "contact")
        help_texts = {
            "box": "例如：村委会大门左边。",
            "hotline": "写办公电话，不写个人手机号。",
            "hours": "例如：周一至周五上午 8:30 至 11:30。",
            "contact": "写职务，例如：村文书、村务监督委员会主任。",
        }


STEP_FORMS: dict[str, type[StepForm]] = {
    "answer": AnswerForm,
    "decide": AnswerForm,
    "ask": AskForm,
    "escalate": ReasonForm,
    "void": ReasonForm,
    "propose": WordsForm,
    "agree": AgreeForm,
    "withhold": ReasonForm,
}
