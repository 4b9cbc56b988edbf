"""Form controls as browsers bring them, and choices drawn as chips."""

from __future__ import annotations

from collections.abc import Iterable
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


class DatalistInput(forms.TextInput):
    """Text with suggestions, such as "8801001 东湾村党支部"."""

    template_name = "components/datalist.html"

    def __init__(self, suggestions: Iterable[str] = ()) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        return {**context, "suggestions": self.suggestions}
