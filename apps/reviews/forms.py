"""A review as a form: steps, ballots and grades; and the texts around a life meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict

from apps.core.widgets import ChoiceChips, DateInput
from apps.organizations.models import Organization
from apps.reviews.entries import GRADES, HEAD, TEXTS, Judged, LifeEntry, Mended, ReviewEntry, Votes
from apps.reviews.queries import branch_named
from apps.reviews.rules import Missing
from apps.reviews.vocabulary import Decider, Grade, NoGrade

Choices = Sequence[tuple[int, str]]
MOST_LINES = 50


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DateInput())


def _number(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label})
    return forms.IntegerField(label=label, min_value=0, max_value=999, required=False, widget=widget)


def _record(choices: Choices, label: str) -> forms.TypedChoiceField:
    offered = [("", "不选也可以"), *choices]
    return forms.TypedChoiceField(label=label, choices=offered, coerce=int, empty_value=None, required=False)


class ReviewForm(forms.Form):
    """The four steps; everything may be empty until the step is taken."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    self_on = _day("个人自评日期")
    mutual_on = _day("党员互评日期")
    in_groups = forms.BooleanField(label="自评、互评在党小组内进行", required=False)
    ballot_on = _day("民主测评日期")
    ballots_out = _number("发出测评票")
    ballots_valid = _number("收回有效票")
    decided_on = _day("评定日期")
    decider = forms.ChoiceField(
        label="由谁评定", choices=Decider.choices, required=False, widget=ChoiceChips()
    )

    def __init__(
        self, data: QueryDict | None = None, *, held: Choices = (), decided: Choices = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["meeting"] = _record(held, "评议会的会议记录")
        self.fields["deciding_meeting"] = _record(decided, "评定时的会议记录")


class PersonForm(forms.Form):
    """One member: four numbers from the counted ballots, a grade, or why there is none."""

    use_required_attribute = False

    grade = forms.ChoiceField(label="等次", choices=Grade.choices, required=False, widget=ChoiceChips())
    no_grade = forms.ChoiceField(label="不评定", required=False)

    def __init__(self, data: QueryDict | None = None, *, is_full: bool, name: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.is_full, self.name = is_full, name
        for grade, label in Grade.choices:
            self.fields[grade] = _number(f"{name} {label}票")
        reasons = [choice for choice in NoGrade.choices if choice[0] != NoGrade.PROBATIONARY]
        self.fields["no_grade"].choices = [("", "评定等次"), *reasons]  # type: ignore[attr-defined]
        self.fields["no_grade"].widget.attrs["aria-label"] = f"{name}评定不评定等次"

    def judged(self) -> Judged:
        said = self.cleaned_data
        votes = Votes(**{grade: said.get(grade) for grade in GRADES})
        return Judged(votes, said.get("grade", ""), said.get("no_grade", ""))


class ReviewSheet:
    """The review and everybody on its list, filled in, checked and refused together.

    `rows` are (number of the row, name, is a full member) in the order of the list.
    """

    def __init__(
        self,
        data: QueryDict | None,
        entry: ReviewEntry,
        rows: Iterable[tuple[int, str, bool]],
        *,
        version: int,
        choices: tuple[Choices, Choices],
    ) -> None:
        initial = {"version": version, **_initial(entry)}
        held, decided = choices
        self.head = ReviewForm(data, held=held, decided=decided, initial=initial)
        self.people = {
            pk: PersonForm(
                data, prefix=f"p{pk}", is_full=is_full, name=name, initial=_initial_of(entry.people[pk])
            )
            for pk, name, is_full in rows
        }

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), *[form.is_valid() for form in self.people.values()]])

    @property
    def version(self) -> int:
        return self.head.cleaned_data.get("version") or 0

    def entry(self) -> ReviewEntry:
        said = self.head.cleaned_data
        head: dict[str, Any] = {name: said.get(name.removesuffix("_id")) for name in HEAD}
        judged = {pk: form.judged() for pk, form in self.people.items()}
        return ReviewEntry(**head, people=judged)

    def refuse(self, missing: Iterable[Missing]) -> None:
        """Put each sentence at its field; "p17-grade" is a field of the row 17."""
        for field, sentence, _ in missing:
            prefix, _, name = field.partition("-")
            person = self.people.get(int(prefix[1:])) if name and prefix[1:].isdecimal() else None
            if person is not None:
                person.add_error(name, sentence)
            else:
                self.head.add_error(field if field in self.head.fields else None, sentence)

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every sentence with the id of the field at which it stands, in the order of the form."""
        return [pair for form in (self.head, *self.people.values()) for pair in _complaints(form)]


def _complaints(form: forms.Form) -> list[tuple[str, str]]:
    return [
        (form[name].id_for_label if name in form.fields else "steps", str(sentence))
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _initial(entry: ReviewEntry) -> dict[str, Any]:
    return {name.removesuffix("_id"): getattr(entry, name) for name in HEAD}


def _initial_of(judged: Judged) -> dict[str, Any]:
    """Before anybody judged: "qualified", so that only who is not has to be tapped."""
    votes = {grade: getattr(judged.votes, grade) for grade in GRADES}
    grade = judged.grade or ("" if judged.no_grade else Grade.QUALIFIED)
    return {"grade": grade, "no_grade": judged.no_grade, **votes}


class GuestForm(forms.Form):
    """A mobile member whose home is another branch, named exactly."""

    name = forms.CharField(label="姓名", max_length=50)
    home = forms.CharField(
        label="组织关系所在党支部", max_length=100, help_text="写党支部的全称，例如：河口镇东湾村党支部"
    )

    def clean_home(self) -> Organization:
        found = branch_named(self.cleaned_data["home"])
        if found is None:
            raise forms.ValidationError("没有找到这个党支部，请写全称。")
        return found


class ReasonForm(forms.Form):
    """Why a closed review is opened again."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


def _text(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=2000, required=False, widget=widget, help_text=help_text)


class LifeForm(forms.Form):
    """The texts around a life meeting."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    plan = _text("方案", "主题、时间、谁参加、怎么开。写要点就可以。")
    study = _text("会前学习", "学了什么。")
    talks = _text("谈心谈话", "谁负责、谈到什么范围、什么时候谈完。不写谈话内容。")
    opinions = _text("听取意见", "归纳成几条，不写是谁说的。")


class MendedForm(forms.Form):
    """A line of the list of things to mend; an untouched one is none."""

    use_required_attribute = False

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="整改事项", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    responsible = forms.CharField(label="责任人", max_length=64, required=False)
    due_on = _day("完成时限")
    done_on = _day("完成日期")
    outcome = forms.CharField(label="怎么整改的", max_length=200, required=False)

    @property
    def is_blank(self) -> bool:
        told = ("text", "responsible", "due_on", "done_on", "outcome")
        return bool(self.cleaned_data.get("DELETE")) or not any(self.cleaned_data.get(name) for name in told)

    def clean(self) -> dict[str, Any]:
        if not self.is_blank:
            self._want("text", "请写整改什么。")
            self._want("responsible", "请写责任人。")
            self._want("due_on", "请填完成时限。")
            if self.cleaned_data.get("done_on"):
                self._want("outcome", "整改完了，请写一句怎么整改的。")
        return self.cleaned_data

    def _want(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def mended(self) -> Mended:
        said = self.cleaned_data
        return Mended(
            text=said["text"],
            responsible=said["responsible"],
            due_on=said["due_on"],
            done_on=said["done_on"],
            outcome=said["outcome"],
            id=said["id"],
        )


MendedFormSet: type[BaseFormSet[MendedForm]] = formset_factory(
    MendedForm, extra=1, can_delete=True, max_num=MOST_LINES
)


class LifeSheet:
    """The texts and the list, together; one blank line is always there to be filled in."""

    def __init__(self, data: QueryDict | None, entry: LifeEntry, *, version: int) -> None:
        texts = {name: getattr(entry, name) for name in TEXTS}
        self.texts = LifeForm(data, initial={"version": version, **texts})
        lines = [_line(one) for one in entry.rectifications]
        self.lines = MendedFormSet(data, prefix="mended", initial=lines)

    def is_valid(self) -> bool:
        return all([self.texts.is_valid(), self.lines.is_valid()])

    def entry(self) -> LifeEntry:
        texts = {name: self.texts.cleaned_data[name] for name in TEXTS}
        lines = tuple(form.mended() for form in self.lines if not form.is_blank)
        return LifeEntry(**texts, rectifications=lines)


def _line(one: Mended) -> dict[str, Any]:
    return {
        name: getattr(one, name) for name in ("id", "text", "responsible", "due_on", "done_on", "outcome")
    }
