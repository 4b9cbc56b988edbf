"""One month of a plan as somebody typed it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from apps.core.periods import Month


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A month's theme with what else was settled; without a theme the month is not planned."""

    month: Month
    theme: str = ""
    planned_on: date | None = None
    place: str = ""
    note: str = ""

    @property
    def is_planned(self) -> bool:
        return bool(self.theme)

    @property
    def lacks_theme(self) -> bool:
        """Whether something was settled, but not for what."""
        return not self.theme and bool(self.planned_on or self.place or self.note)


def taken_over(lines: Iterable[PlanLine], offered: Mapping[Month, str], wanted: str) -> list[PlanLine]:
    """The lines with the themes offered: "all" fills the empty months, "2027-03" sets that one."""
    return [
        replace(line, theme=offered[line.month])
        if line.month in offered and (wanted == str(line.month) or (wanted == "all" and not line.theme))
        else line
        for line in lines
    ]
