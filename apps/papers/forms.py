"""What somebody asks for: a batch of papers, a sheet for a meeting to come, a template to be used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from apps.core.calendar import CHINA, today
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.core.widgets import Chips, ChoiceChips, DateInput, TimeInput
from apps.meetings import rules
from apps.meetings.entries import MeetingEntry
from apps.meetings.filters import Offered, PeriodField, periods_offered
from apps.meetings.kinds import KIND_CHOICES, NOT_RECORDED, Kind
from apps.organizations.forms import OrganizationField
from apps.organizations.models import Organization, OrganizationQuerySet, PartyGroup
from apps.papers.checking import MAX_BYTES, TOO_LARGE
from apps.papers.kinds import BINDING_CHOICES, OF_A_RECORD, OF_A_VILLAGE, Binding, Paper
from apps.papers.orders import Order
from apps.papers.sheets import Sheet

USUAL_HOUR = time(15, 0)
MONTH_ONLY = "纪实表按季度做，监委会报告按半年做，请选一个季度或一年。"


class OrderForm(forms.Form):
    paper = forms.ChoiceField(label="打印什么", widget=ChoiceChips())
    period = PeriodField(label="哪段时间", widget=Offered())
    place = OrganizationField(label="在哪里", required=False, help_text="不填就是全部。")
    kinds = forms.MultipleChoiceField(
        label="哪些会议", choices=KIND_CHOICES, required=False, widget=Chips(), help_text="不选就是全部。"
    )
    binding = forms.ChoiceField(
        label="怎样给您", choices=BINDING_CHOICES, initial=Binding.ONE_FILE, widget=ChoiceChips()
    )

    def __init__(
        self, *args: Any, papers: Sequence[Paper], places: OrganizationQuerySet, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].choices = [(paper.value, paper.label) for paper in papers]  # type: ignore[attr-defined]
        if set(papers) <= OF_A_VILLAGE.keys():
            del self.fields["kinds"]
        self.fields["period"].widget.choices = periods_offered()
        self.places = places
        self.fields["place"].offer(places)  # type: ignore[attr-defined]
        if len(places[:2]) == 1:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        by_time = cleaned.get("paper") in (Paper.ACTIVITY, Paper.SUPERVISION)
        if by_time and isinstance(cleaned.get("period"), Month):
            self.add_error("period", MONTH_ONLY)
        return cleaned

    def order(self) -> Order:
        said = self.cleaned_data
        return Order(
            paper=Paper(said["paper"]),
            period=said["period"],
            path=(said.get("place") or self.places[0]).path,
            kinds=tuple(said.get("kinds", ())) if said["paper"] in OF_A_RECORD else (),
            binding=Binding(said["binding"]),
        )


class SheetForm(forms.Form):
    """A meeting that is still to come; its kinds say who is expected."""

    kinds = forms.MultipleChoiceField(
        label="会议类型", choices=[one for one in KIND_CHOICES if one[0] not in NOT_RECORDED], widget=Chips()
    )
    group = forms.ModelChoiceField(
        label="党小组", queryset=PartyGroup.objects.none(), required=False, empty_label="请选择"
    )
    on = forms.DateField(label="哪一天", widget=DateInput())
    begins = forms.TimeField(label="几点", widget=TimeInput())
    place = forms.CharField(label="地点", max_length=100, required=False)
    topic = forms.CharField(label="主题", max_length=100, required=False)

    def __init__(self, *args: Any, branch: Organization, **options: Any) -> None:
        super().__init__(*args, **options)
        self.branch = branch
        self.fields["group"].queryset = branch.groups.filter(until=None)  # type: ignore[attr-defined]

    @classmethod
    def initial_for(cls, branch: Organization) -> dict[str, Any]:
        return {
            "kinds": [Kind.THEME_DAY],
            "on": today(),
            "begins": USUAL_HOUR,
            "place": branch.meeting_place,
        }

    def clean_kinds(self) -> tuple[Kind, ...]:
        kinds = tuple(Kind(kind) for kind in self.cleaned_data["kinds"])
        try:
            rules.circle_of(kinds)
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return kinds

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if Kind.GROUP_MEETING in cleaned.get("kinds", ()) and not cleaned.get("group"):
            self.add_error("group", "党小组会要选是哪个党小组。")
        return cleaned

    def sheet(self) -> Sheet:
        said = self.cleaned_data
        group: PartyGroup | None = said["group"]
        entry = MeetingEntry(
            kinds=said["kinds"],
            held_at=_moment(said["on"], said["begins"]),
            group_id=group.pk if group else None,
            place=said["place"],
            topic=said["topic"],
        )
        return Sheet(self.branch, entry, group)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CHINA)


class TemplateForm(forms.Form):
    file = forms.FileField(
        label="您的模板",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text="下载内置模板，用 Word 或 WPS 改好，再从这里上传。上传后马上试排一份，有问题会告诉您。",
        error_messages={"required": "请先选一个文件。"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file
