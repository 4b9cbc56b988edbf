"""Forms of the steps and of a publication in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.core.calendar import today
from apps.core.widgets import DateInput
from apps.disclosure.catalogue import Item, place_of
from apps.disclosure.services import Signatures
from apps.disclosure.states import State
from apps.organizations.models import Village, VillagersGroup

BODY_HELP = (
    "表格可以从 Excel 里复制过来贴上，也可以一行写一条、用竖线“|”隔开，第一行是表头。"
    "不要写身份证号、银行卡号、手机号、病情、残疾情况和未成年人的信息。"
)
_LINES = forms.Textarea(attrs={"rows": 2})


class PublisherForm(forms.Form):
    """Who publishes: a village, or a group of it that discloses for itself (VAD-09)."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村")
    group = forms.ModelChoiceField(
        VillagersGroup.objects.none(), label="村民小组", required=False, empty_label="不是小组的，是村里的"
    )

    def __init__(self, *args: Any, villages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["village"]
        field.queryset = villages  # type: ignore[attr-defined]
        if len(villages) == 1:
            field.initial = villages[0]
        groups = VillagersGroup.objects.filter(village__in=villages).current()
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        if not groups:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        """A group publishes in its own village only."""
        said = super().clean() or self.cleaned_data
        village, group = said.get("village"), said.get("group")
        if group and village and group.village_id != village.pk:
            self.add_error("group", f"{village}没有“{group}”，请核对村民小组。")
        return said


class PublicationForm(PublisherForm):
    """A publication in words, for a period or for what happened."""

    item = forms.ChoiceField(label="公开事项")
    first_on = forms.DateField(label="期间自", widget=DateInput())
    last_on = forms.DateField(label="至", widget=DateInput())
    title = forms.CharField(label="标题", max_length=100)
    body = forms.CharField(
        label="正文",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=BODY_HELP,
    )
    event: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="哪一件事", required=False, empty_label="不是为某一件事"
    )

    def __init__(self, *args: Any, villages: Any, items: Iterable[Item], events: Any, **options: Any) -> None:
        super().__init__(*args, villages=villages, **options)
        self.fields["event"].queryset = events  # type: ignore[attr-defined]
        choices = [(each.code, f"{each.codes} {each.title}") for each in sorted(items, key=place_of)]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """The keyword arguments of the service: the group, or else the village, is who publishes."""
        said = dict(self.cleaned_data)
        village, group = said.pop("village"), said.pop("group", None)
        return {**said, "publisher": group or village}


class WordsForm(forms.Form):
    """The words of a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    title = forms.CharField(label="标题", max_length=100)
    body = forms.CharField(
        label="正文", required=False, widget=forms.Textarea(attrs={"rows": 10}), help_text=BODY_HELP
    )


class StepForm(forms.Form):
    """What a step needs to be told; each step's form is one of those below."""

    def told(self) -> dict[str, Any]:
        """The keyword arguments of the step's service."""
        return dict(self.cleaned_data)


class NoteForm(StepForm):
    note = forms.CharField(label="说明", max_length=300, required=False, widget=_LINES)


class ReplyForm(StepForm):
    note = forms.CharField(
        label="对异议的答复", max_length=300, widget=_LINES, help_text="改了哪里，或者为什么不改。"
    )


class ObjectionForm(StepForm):
    note = forms.CharField(label="异议", max_length=300, widget=_LINES, help_text="写明哪一笔、哪一处不对。")


class ConsentForm(StepForm):
    names = forms.CharField(label="审查的人", max_length=200)
    note = forms.CharField(label="意见", max_length=300, required=False, widget=_LINES)


class ClearanceForm(StepForm):
    names = forms.CharField(label="审查的人", max_length=200, help_text="党组织指定办保密审查的人。")
    note = forms.CharField(label="审查意见", max_length=300, required=False, widget=_LINES)


class HoldForm(ClearanceForm):
    note = forms.CharField(label="哪里不能公开", max_length=300, widget=_LINES)


class NothingForm(forms.Form):
    """Of which item and period nothing happened; the page fills it in."""

    item = forms.CharField(max_length=8)
    first_on = forms.DateField()
    last_on = forms.DateField()


class MeetingForm(StepForm):
    on = forms.DateField(label="联席会议日期", widget=DateInput(), initial=today)
    names = forms.CharField(label="参加的人", max_length=200)
    note = forms.CharField(label="决定", max_length=300, required=False, widget=_LINES)


class SignatureForm(StepForm):
    director = forms.CharField(label="集体经济组织负责人", max_length=32, required=False)
    supervisor = forms.CharField(label="监委会主任", max_length=32, required=False)
    accountant = forms.CharField(label="主管会计", max_length=32, required=False)

    def told(self) -> dict[str, Any]:
        return {"signatures": Signatures(**self.cleaned_data)}


class ReasonForm(StepForm):
    reason = forms.CharField(label="原因", max_length=200, widget=_LINES)


_STEP_FORMS: dict[str, type[StepForm]] = {
    "propose": NoteForm,
    "object": ObjectionForm,
    "consent": ConsentForm,
    "clear": ClearanceForm,
    "hold": HoldForm,
    "confirm": MeetingForm,
    "publish": SignatureForm,
    "file": NoteForm,
    "withdraw": ReasonForm,
}


def step_form(action: str, state: str) -> type[StepForm]:
    """The form of a step; whoever sends in again what was objected to answers the objection."""
    return ReplyForm if (action, state) == ("propose", State.OBJECTED) else _STEP_FORMS[action]
