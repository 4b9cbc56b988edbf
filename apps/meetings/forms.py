"""The record of a meeting as a form: a draft may lack anything, the rules ask when it is handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict

from apps.core.calendar import CHINA, add_years, today, written
from apps.core.errors import Refused
from apps.core.widgets import Chips, ChoiceChips, DateInput, TimeInput
from apps.meetings.entries import PLAIN, Edit, MeetingEntry, ResolutionEntry
from apps.meetings.kinds import KIND_CHOICES, MATTER_CHOICES, NOT_RECORDED, Kind, Matter
from apps.meetings.models import AbsenceReason, Voting

Choices = Sequence[tuple[int, str]]
REASONS = [("", "选原因"), *AbsenceReason.choices]
MOST_RESOLUTIONS = 30
USUAL_HOUR = time(15, 0)
# The rules for meetings begin on this day; an earlier one is a slip, or a year that is still being typed.
FIRST_DAY = date(2018, 10, 28)


def one_of(choices: Choices, label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "请选择"), *choices], coerce=int, empty_value=None, required=False
    )


def words(label: str, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def votes(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=9999, required=False, widget=widget)


class ResolutionForm(forms.Form):
    """One decision with its votes; an untouched one is none."""

    use_required_attribute = False

    matter = forms.ChoiceField(
        label="事项类别", choices=MATTER_CHOICES, required=False, initial=Matter.ORDINARY
    )
    text = words("决定事项", 300, widget=forms.Textarea(attrs={"rows": 2}))
    voting = forms.ChoiceField(
        label="表决方式", choices=Voting.choices, required=False, initial=Voting.HANDS, widget=ChoiceChips()
    )
    in_favour = votes("赞成")
    against = votes("反对")
    abstained = votes("弃权")
    written_in_favour = votes("会前书面赞成")
    counts_written = forms.BooleanField(required=False, widget=forms.HiddenInput)
    responsible = words("责任人", 64)
    due_on = forms.DateField(label="完成时限", required=False, widget=DateInput())

    @property
    def is_blank(self) -> bool:
        told = ("text", "in_favour", "against", "abstained", "written_in_favour")
        return bool(self.cleaned_data.get("DELETE")) or not any(self.cleaned_data.get(name) for name in told)

    def entry(self) -> ResolutionEntry:
        """What was said as far as it could be read."""
        said = self.cleaned_data
        return ResolutionEntry(
            text=said.get("text", ""),
            matter=Matter(said.get("matter") or Matter.ORDINARY),
            voting=Voting(said.get("voting") or Voting.HANDS),
            in_favour=said.get("in_favour"),
            against=said.get("against") or 0,
            abstained=said.get("abstained") or 0,
            written_in_favour=said.get("written_in_favour") or 0,
            responsible=said.get("responsible", ""),
            due_on=said.get("due_on"),
        )


ResolutionFormSet: type[BaseFormSet[ResolutionForm]] = formset_factory(
    ResolutionForm, extra=0, can_delete=True, max_num=MOST_RESOLUTIONS, validate_max=True
)


class MeetingForm(forms.Form):
    """The gathering itself; who was absent comes as `absent` and `reason-<member>`, a pair for each tile."""

    use_required_attribute = False

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    listed = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    kinds = forms.MultipleChoiceField(
        label="这次是（可多选）", choices=KIND_CHOICES, required=False, widget=Chips()
    )
    held_on = forms.DateField(label="日期", required=False, widget=DateInput())
    begins = forms.TimeField(label="开始", required=False, widget=TimeInput())
    ends = forms.TimeField(label="结束", required=False, widget=TimeInput())
    place = words(
        "地点",
        100,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off", "placeholder": "在哪里开的"}),
    )
    topic = words("主题", 100)
    lecturer = words(
        "讲课人",
        64,
        widget=forms.TextInput(attrs={"list": "lecturers", "autocomplete": "off"}),
        help_text="选列出的名字，这次党课就记在他名下；外请的人直接写。",
    )
    guests = words("列席的人", 200)
    minutes = forms.CharField(label="记录", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    late_reason = words("补录原因", 100)
    life_year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    absences = forms.CharField(required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Choices = (),
        groups: Choices = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.fields["kinds"].widget.choices = _offered(self["kinds"].value() or ())
        self.fields["host"] = one_of(people, "主持人")
        self.fields["recorder"] = one_of(people, "记录人")
        self.fields["group"] = one_of(groups, "党小组")
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label="哪些人参加", choices=people, coerce=int, required=False, widget=Chips()
        )

    def clean_held_on(self) -> date | None:
        day: date | None = self.cleaned_data["held_on"]
        if day and not FIRST_DAY <= day <= add_years(today(), 1):
            raise forms.ValidationError(f"请核对日期：能记{written(FIRST_DAY)}以后、今后一年以内的会。")
        return day

    def clean_absences(self) -> dict[int, str]:
        """Member to reason, for every ticked tile; what is no number or no reason is not heard."""
        ticked = [int(value) for value in self._sent("absent") if value.isdecimal()]
        return {member: self._reason(member) for member in ticked}

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def _reason(self, member: int) -> str:
        said = self.data.get(f"reason-{member}", "")
        return said if said in AbsenceReason.values else ""

    def clean_listed(self) -> frozenset[int] | None:
        """Whom the page showed; None when there was no page."""
        if "listed" not in self.data:
            return None
        return frozenset(int(part) for part in self.cleaned_data["listed"].split(",") if part.isdecimal())

    def clean(self) -> dict[str, Any]:
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", "结束时间不能早于开始时间。")
        if ends and not begins and "begins" not in self.errors:
            self.add_error("begins", "填了结束时间，也请填开始时间。")
        return self.cleaned_data

    def moment(self, field: str) -> datetime | None:
        """The time on the day of the meeting; None when it was left empty."""
        at = self.cleaned_data.get(field)
        day = self.cleaned_data.get("held_on") or today()
        return datetime.combine(day, at, CHINA) if at else None


def _offered(said: Collection[str]) -> list[tuple[str, str]]:
    """The kinds to tap; one that is no longer recorded only where the record has it already."""
    return [(kind, label) for kind, label in KIND_CHOICES if kind not in NOT_RECORDED or kind in said]


class RecordForm:
    """The meeting and its resolutions, filled in, checked and refused together."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Choices,
        groups: Choices,
        initial: Mapping[str, Any] | None = None,
        resolutions: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.meeting = MeetingForm(data, people=people, groups=groups, initial=initial)
        self.resolutions = ResolutionFormSet(data, prefix="resolutions", initial=list(resolutions))

    def is_valid(self) -> bool:
        return all([self.meeting.is_valid(), self.resolutions.is_valid()])

    def says_when(self) -> bool:
        """Whether day and hour are filled in; a draft may lack them, a record handed in may not (MEET-18)."""
        for name, sentence in (("held_on", "请填写日期。"), ("begins", "请填写开始时间。")):
            if name not in self.meeting.errors and not self.meeting.cleaned_data.get(name):
                self.meeting.add_error(name, sentence)
        return self.meeting.is_valid()

    @property
    def told(self) -> list[ResolutionForm]:
        """The resolutions that say something, in order."""
        return [form for form in self.resolutions if hasattr(form, "cleaned_data") and not form.is_blank]

    def entry(self) -> MeetingEntry:
        said = self.meeting.cleaned_data
        begins = self.meeting.moment("begins")
        return MeetingEntry(
            kinds=tuple(Kind(kind) for kind in said.get("kinds", ())),
            held_at=begins or datetime.combine(said.get("held_on") or today(), USUAL_HOUR, CHINA),
            ended_at=self.meeting.moment("ends"),
            group_id=said.get("group"),
            life_year=said.get("life_year"),
            host_id=said.get("host"),
            recorder_id=said.get("recorder"),
            absences=said["absences"],
            chosen=frozenset(said.get("chosen", ())),
            listed=said["listed"],
            resolutions=tuple(form.entry() for form in self.told),
            **{name: said.get(name, "") for name in PLAIN},
        )

    def edit(self) -> Edit:
        said = self.meeting.cleaned_data
        return Edit(said.get("client_key") or uuid4(), said.get("version") or 0, said.get("page"))

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every sentence with the id of the field at which it stands, in the order of the form."""
        found = [(ANCHORS.get(name, f"id_{name}"), str(one)) for name, one in _sentences(self.meeting)]
        for form in self.resolutions:
            found += [(f"id_{form.add_prefix(name)}", str(one)) for name, one in _sentences(form)]
        return found

    def refuse(self, refusals: Iterable[Refused]) -> None:
        """Put each sentence at its field; "resolutions-1-text" is the second decision that says something."""
        told = self.told
        for refusal in refusals:
            field = refusal.field or ""
            if field.startswith("resolutions-"):
                _, number, name = field.split("-", 2)
                told[int(number)].add_error(name, refusal.sentence)
            else:
                self.meeting.add_error(field if field in self.meeting.fields else None, refusal.sentence)


# Where the fields stand that have no input of their own.
ANCHORS = {"absences": "who", "__all__": "meeting"}


def _sentences(form: forms.Form) -> list[tuple[str, str]]:
    return [(name, str(one)) for name, sentences in form.errors.items() for one in sentences]


class ReasonForm(forms.Form):
    """Why a record is returned, reopened or withdrawn."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
