"""The record of a meeting as a form: a draft may lack anything, the rules ask when it is handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict

from apps.core.calendar import CHINA, add_years, today, written
from apps.core.errors import Refused
from apps.core.widgets import Chips, DateInput, TimeInput
from apps.meetings.decision_forms import (
    Choices,
    ResolutionForm,
    ResolutionFormSet,
    named,
    numbered_rows,
    one_of,
    words,
)
from apps.meetings.entries import (
    LONGEST_PAPER,
    LONGEST_REMARK,
    PLAIN,
    Edit,
    ExclusionEntry,
    FollowUpEntry,
    MeetingEntry,
    TaskEntry,
)
from apps.meetings.kinds import KIND_CHOICES, NOT_RECORDED, RARE_KINDS, Kind
from apps.meetings.models import AbsenceReason, Exclusion, Outcome
from apps.meetings.reading import TASK

# Not a reason for being absent: whoever came late was there.
LATE = "late"
REASONS = [("", "选原因"), *AbsenceReason.choices, (LATE, "来晚了")]
OUTCOMES = [(code, label) for code, label in Outcome.choices if code != Outcome.OPEN]
EXCLUSIONS = [("", "计入"), *Exclusion.choices]
# What a secretary would say; each a tap.
LATE_REASONS = ("当时没有信号", "农忙，没顾上", "记录人外出", "补录以前的会")
# A meeting may go on past midnight; one that lasts longer than this is a slip.
LONGEST = timedelta(hours=12)
MOST_TASKS = 10
SPARE_TASKS = 2
USUAL_HOUR = time(15, 0)
# The rules for meetings begin on this day; an earlier one is a slip, or a year that is still being typed.
FIRST_DAY = date(2018, 10, 28)


def can_be_recorded(day: date) -> bool:
    return FIRST_DAY <= day <= add_years(today(), 1)


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
    topic = words("主题", 100, help_text="几项议题，用分号隔开。")
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
    exclusions = forms.CharField(required=False)
    followups = forms.CharField(required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Choices = (),
        groups: Choices = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.task_rows = self._add_tasks()
        self.folded = RARE_KINDS - {Kind.GROUP_MEETING} if groups else RARE_KINDS
        self.fields["kinds"].widget.choices = _offered(self["kinds"].value() or ())
        self.fields["host"] = one_of(people, "主持人")
        self.fields["recorder"] = one_of(people, "记录人")
        self.fields["group"] = one_of(groups, "党小组")
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label="哪些人参加", choices=people, coerce=int, required=False, widget=Chips()
        )

    def _add_tasks(self) -> int:
        """Rows for everything that is to be done, and some to spare."""
        rows = min(numbered_rows(self, "task_{}_text", MOST_TASKS) + SPARE_TASKS, MOST_TASKS)
        for number in range(rows):
            self.fields[f"task_{number}_text"] = words("要办的事", 300)
            self.fields[f"task_{number}_responsible"] = words("谁办", 64, widget=named())
            self.fields[f"task_{number}_due_on"] = forms.DateField(
                label="哪天前办好", required=False, widget=DateInput()
            )
        return rows

    @property
    def tasks(self) -> list[list[BoundField]]:
        """The fields of each row."""
        return [[self[f"task_{row}_{name}"] for name in TASK] for row in range(self.task_rows)]

    @property
    def common_kinds(self) -> list[BoundWidget]:
        return [chip for chip in self["kinds"].subwidgets if chip.data["value"] not in self.folded]

    @property
    def rare_kinds(self) -> list[BoundWidget]:
        """What is held once a year: folded away unless it is chosen."""
        return [chip for chip in self["kinds"].subwidgets if chip.data["value"] in self.folded]

    @property
    def is_rare(self) -> bool:
        return any(chip.data["selected"] for chip in self.rare_kinds)

    def clean_held_on(self) -> date | None:
        day: date | None = self.cleaned_data["held_on"]
        if day and not can_be_recorded(day):
            raise forms.ValidationError(f"请核对日期：能记{written(FIRST_DAY)}以后、今后一年以内的会。")
        return day

    def clean_absences(self) -> dict[int, str]:
        """Member to reason, for every ticked tile; what is no number or no reason is not heard."""
        ticked = [int(value) for value in self._sent("absent") if value.isdecimal()]
        return {member: self._reason(member) for member in ticked if member not in self.late}

    @property
    def late(self) -> frozenset[int]:
        """Whose tile says that they came, but after the beginning."""
        ticked = (value for value in self._sent("absent") if value.isdecimal())
        return frozenset(int(value) for value in ticked if self.data.get(f"reason-{value}") == LATE)

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def _reason(self, member: int) -> str:
        said = self.data.get(f"reason-{member}", "")
        return said if said in AbsenceReason.values else ""

    def clean_exclusions(self) -> dict[int, ExclusionEntry]:
        """Member to why they are not counted, as far as a category is chosen (MEM-43)."""
        chosen = {pk: self.data[f"exclusion-{pk}"] for pk in self._numbers_after("exclusion-")}
        return {
            pk: ExclusionEntry(said, self._said(f"exclusion_paper-{pk}"), self._day(f"exclusion_on-{pk}"))
            for pk, said in chosen.items()
            if said in Exclusion.values
        }

    def clean_followups(self) -> dict[int, FollowUpEntry]:
        """Task to what was heard of it."""
        heard = {pk: self.data[f"followup-{pk}"] for pk in self._numbers_after("followup-")}
        return {
            pk: FollowUpEntry(said, self._said(f"followup_words-{pk}", LONGEST_REMARK))
            for pk, said in heard.items()
            if said in Outcome.values and said != Outcome.OPEN
        }

    def _numbers_after(self, stem: str) -> list[int]:
        """The numbers that the names of what was sent end with."""
        ends = (name.removeprefix(stem) for name in self.data if name.startswith(stem))
        return [int(end) for end in ends if end.isdecimal()]

    def _said(self, name: str, longest: int = LONGEST_PAPER) -> str:
        return str(self.data.get(name, "")).strip()[:longest]

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self._said(name))
        except ValueError:
            return None

    def clean_listed(self) -> frozenset[int] | None:
        """Whom the page showed; None when there was no page."""
        if "listed" not in self.data:
            return None
        return frozenset(int(part) for part in self.cleaned_data["listed"].split(",") if part.isdecimal())

    def clean(self) -> dict[str, Any]:
        begins, ends = self.moment("begins"), self.moment("ends")
        if begins and ends and ends - begins > LONGEST:
            self.add_error("ends", "结束时间不能早于开始时间。")
        if ends and not begins and "begins" not in self.errors:
            self.add_error("begins", "填了结束时间，也请填开始时间。")
        return self.cleaned_data

    def moment(self, field: str) -> datetime | None:
        """The time on the day of the meeting, an end before the beginning on the day after; None if empty."""
        at, begins = self.cleaned_data.get(field), self.cleaned_data.get("begins")
        if at is None:
            return None
        day = self.cleaned_data.get("held_on") or today()
        past_midnight = field == "ends" and begins is not None and at < begins
        return datetime.combine(day + timedelta(days=past_midnight), at, CHINA)

    def tasks_told(self) -> tuple[TaskEntry, ...]:
        """What is to be done, as far as a row says what."""
        said = self.cleaned_data
        rows = ([said.get(f"task_{row}_{name}") for name in TASK] for row in range(self.task_rows))
        return tuple(TaskEntry(text, who or "", due) for text, who, due in rows if text)


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
        discussions: Choices = (),
    ) -> None:
        self.meeting = MeetingForm(data, people=people, groups=groups, initial=initial)
        self.resolutions = ResolutionFormSet(
            data,
            prefix="resolutions",
            initial=list(resolutions),
            form_kwargs={"discussions": discussions},
        )

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
            late=self.meeting.late,
            exclusions=said["exclusions"],
            followups=said["followups"],
            tasks=self.meeting.tasks_told(),
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
ANCHORS = {"absences": "who", "exclusions": "exclusions", "__all__": "meeting"}


def _sentences(form: forms.Form) -> list[tuple[str, str]]:
    return [(name, str(one)) for name, sentences in form.errors.items() for one in sentences]


class ReasonForm(forms.Form):
    """Why a record is returned, reopened or withdrawn."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
