"""One decision as a form: the votes, or of an election its candidates and papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict

from apps.core.widgets import ChoiceChips, DateInput
from apps.meetings.entries import CandidateEntry, ResolutionEntry
from apps.meetings.kinds import MATTER_CHOICES, MATTER_LABELS, Matter
from apps.meetings.models import Voting
from apps.meetings.voting import SECRET_MATTERS

Choices = Sequence[tuple[int, str]]
MOST_RESOLUTIONS = 30
MOST_CANDIDATES = 20
FEWEST_ROWS = 4
SPARE_ROWS = 2
_SAME = ("text", "responsible", "dissent", "about")
_NUMBERS_OR_NONE = ("in_favour", "seats", "ballots_issued", "ballots_returned", "ballots_void")
_NUMBERS = ("against", "abstained", "written_in_favour")


def one_of(choices: Choices, label: str, empty: str = "请选择") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *choices],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "这一天的名单里没有，请重新选。"},
    )


def words(label: str, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def votes(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=9999, required=False, widget=widget)


def named() -> forms.TextInput:
    """A name with the branch's people as suggestions."""
    return forms.TextInput(attrs={"list": "people-named", "autocomplete": "off"})


def told_in(form: forms.Form, name: str) -> Any:
    """What was sent or is filled in, before anything is checked; "" for nothing."""
    said = form.data.get(form.add_prefix(name)) if form.is_bound else form.initial.get(name)
    return "" if said is None else said


def numbered_rows(form: forms.Form, pattern: str, most: int) -> int:
    """How many rows there are up to the last one that says something."""
    told = [row for row in range(most) if str(told_in(form, pattern.format(row))).strip()]
    return max(told, default=-1) + 1


@dataclass(frozen=True)
class CandidateRow:
    """The fields of one candidate."""

    name: BoundField
    in_favour: BoundField
    against: BoundField
    abstained: BoundField
    written_in: BoundField


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
    voted_on = forms.CharField(required=False, widget=forms.HiddenInput)
    in_favour = votes("赞成")
    against = votes("反对")
    abstained = votes("弃权")
    written_in_favour = votes("会前书面赞成")
    dissent = words("不同意见", 2000, widget=forms.Textarea(attrs={"rows": 2}))
    about = words("讨论的是谁（一项只写一个人）", 64, widget=named())
    seats = votes("应选几名")
    ballots_issued = votes("发出选票")
    ballots_returned = votes("收回选票")
    ballots_void = votes("废票")
    responsible = words("责任人", 64)
    due_on = forms.DateField(label="完成时限", required=False, widget=DateInput())

    def __init__(self, *args: Any, discussions: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["discussed_in"] = one_of(discussions, "事先讨论的支委会", "没有，或不用")
        self._vote_in_secret()
        self.rows = self._rows_needed()
        for number in range(self.rows):
            self._add_candidate(f"candidate_{number}_")

    @property
    def chosen_matter(self) -> Matter:
        """What it is about, before anything is checked."""
        said = told_in(self, "matter")
        return Matter(said) if said in MATTER_LABELS else Matter.ORDINARY

    def _vote_in_secret(self) -> None:
        """Of a matter that was just chosen and wants a secret ballot, until somebody says otherwise.

        `voted_on` is the matter for which the way of voting was shown (MEET-12, ELEC-10).
        """
        matter, shown_for = told_in(self, "matter"), told_in(self, "voted_on")
        if not self.is_bound:
            self.initial["voted_on"] = matter or Matter.ORDINARY
        elif shown_for and shown_for != matter:
            self._say("voted_on", matter)
            if matter in SECRET_MATTERS:
                self._say("voting", Voting.SECRET)

    def _say(self, name: str, value: str) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(name)] = value
        self.data = data

    def _rows_needed(self) -> int:
        """Room for everybody named and one more, and for more candidates than seats."""
        seats = str(told_in(self, "seats"))
        room = int(seats) + SPARE_ROWS if seats.isdecimal() else FEWEST_ROWS
        named = numbered_rows(self, "candidate_{}_name", MOST_CANDIDATES)
        return min(max(FEWEST_ROWS, room, named + 1), MOST_CANDIDATES)

    def _add_candidate(self, stem: str) -> None:
        self.fields[f"{stem}name"] = words("姓名", 64, widget=named())
        for field, label in (("in_favour", "赞成"), ("against", "不赞成"), ("abstained", "弃权")):
            self.fields[f"{stem}{field}"] = votes(label)
        self.fields[f"{stem}written_in"] = forms.BooleanField(label="选票上另写的", required=False)

    @property
    def candidate_rows(self) -> list[CandidateRow]:
        names = ("name", "in_favour", "against", "abstained", "written_in")
        return [
            CandidateRow(*(self[f"candidate_{row}_{name}"] for name in names)) for row in range(self.rows)
        ]

    @property
    def is_blank(self) -> bool:
        """Whether nobody said anything: a matter that was chosen is something, and is not dropped unsaid."""
        said = self.cleaned_data
        if said.get("DELETE"):
            return True
        told = any(said.get(name) for name in ("text", "about", "dissent", *_NUMBERS_OR_NONE, *_NUMBERS))
        return not (told or self._candidates() or self.chosen_matter is not Matter.ORDINARY)

    def entry(self) -> ResolutionEntry:
        """What was said as far as it could be read."""
        said = self.cleaned_data
        return ResolutionEntry(
            matter=Matter(said.get("matter") or Matter.ORDINARY),
            voting=Voting(said.get("voting") or Voting.HANDS),
            due_on=said.get("due_on"),
            discussed_in_id=said.get("discussed_in"),
            candidates=self._candidates(),
            **self._plain(),
        )

    def _plain(self) -> dict[str, Any]:
        """Words and numbers that entry and form call the same."""
        said = self.cleaned_data
        return {
            **{name: said.get(name, "") for name in _SAME},
            **{name: said.get(name) for name in _NUMBERS_OR_NONE},
            **{name: said.get(name) or 0 for name in _NUMBERS},
        }

    def _candidates(self) -> tuple[CandidateEntry, ...]:
        rows = (self._candidate(f"candidate_{number}_") for number in range(self.rows))
        return tuple(row for row in rows if row.name)

    def _candidate(self, stem: str) -> CandidateEntry:
        said = {
            name.removeprefix(stem): value
            for name, value in self.cleaned_data.items()
            if name.startswith(stem)
        }
        numbers = {name: said.get(name) or 0 for name in ("in_favour", "against", "abstained")}
        return CandidateEntry(said.get("name", ""), on_ballot=not said.get("written_in"), **numbers)


ResolutionFormSet: type[BaseFormSet[ResolutionForm]] = formset_factory(
    ResolutionForm, extra=0, can_delete=True, max_num=MOST_RESOLUTIONS, validate_max=True
)
