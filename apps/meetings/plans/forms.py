"""The plan of a year on one page: the fixed day and twelve lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from apps.core.monthly import MonthlyDay, every_day
from apps.core.periods import Month
from apps.core.widgets import DatalistInput, DateInput
from apps.meetings.plans.lines import PlanLine

FIXED = [("", "没有固定，每月另定"), *((day.key, day.label) for day in every_day())]


class FixedDayField(forms.TypedChoiceField):
    """A day of every month, or none."""

    def __init__(self) -> None:
        super().__init__(
            label="主题党日固定在",
            choices=FIXED,
            coerce=MonthlyDay.parse,
            empty_value=None,
            required=False,
            help_text="条例要求每月相对固定一天。可以按日子，也可以按星期。",
        )


@dataclass(frozen=True)
class MonthFields:
    """The fields of one month, as the page draws them."""

    month: Month
    theme: BoundField
    settled: tuple[BoundField, ...]
    offered: str
    is_open: bool


class PlanForm(forms.Form):
    """`lines` are the twelve months; a branch also says on which day it holds them."""

    def __init__(
        self, data: Any = None, *, lines: Sequence[PlanLine], suggestions: Sequence[str], fixed: bool
    ) -> None:
        super().__init__(data)
        self.lines = lines
        if fixed:
            self.fields["fixed"] = FixedDayField()
        for line in lines:
            self._add(line, suggestions)

    def _add(self, line: PlanLine, suggestions: Sequence[str]) -> None:
        key = str(line.month)
        self.fields[key] = forms.CharField(
            label=f"{line.month.month}月", max_length=100, required=False, widget=DatalistInput(suggestions)
        )
        bounds = {"min": line.month.first.isoformat(), "max": line.month.last.isoformat()}
        day = forms.DateField(label="日子", required=False, widget=DateInput(bounds))
        self.fields[f"{key}-planned_on"] = day
        self.fields[f"{key}-place"] = forms.CharField(label="地点", max_length=100, required=False)
        self.fields[f"{key}-note"] = forms.CharField(label="备注", max_length=200, required=False)
        settled = {f"{key}-{name}": getattr(line, name) for name in ("planned_on", "place", "note")}
        self.initial.update({key: line.theme, **settled})

    def months(self, offered: dict[Month, str]) -> list[MonthFields]:
        """The page's lines, each with what is offered for it from above."""
        return [self._month(line.month, offered.get(line.month, "")) for line in self.lines]

    def _month(self, month: Month, offered: str) -> MonthFields:
        settled = tuple(self[f"{month}-{name}"] for name in ("planned_on", "place", "note"))
        is_open = any(field.errors for field in settled)
        theme = self[str(month)]
        return MonthFields(month, theme, settled, "" if offered == theme.value() else offered, is_open)

    def entered(self) -> list[PlanLine]:
        """The lines as typed; only after is_valid()."""
        return [
            PlanLine(
                line.month,
                self.cleaned_data[str(line.month)].strip(),
                self.cleaned_data[f"{line.month}-planned_on"],
                self.cleaned_data[f"{line.month}-place"].strip(),
                self.cleaned_data[f"{line.month}-note"].strip(),
            )
            for line in self.lines
        ]
