"""Form controls as browsers bring them, and choices drawn as chips."""

from __future__ import annotations

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MonthInput(forms.TextInput):
    """A calendar month, "2026-10"."""

    input_type = "month"


class Chips(forms.CheckboxSelectMultiple):
    """Several choices, each a word to tap."""

    template_name = "components/chips.html"


class ChoiceChips(forms.RadioSelect):
    """One choice among a few words to tap."""

    template_name = "components/chips.html"
