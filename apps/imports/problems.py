"""What an import has to tell a clerk: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from apps.core.identity import mask_numbers


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class CellFault(Exception):
    """A cell cannot be read; `sentence` says what is wrong, `advice` what to do.

    A warning carries the `value` that is taken all the same.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        advice: str = "",
        *,
        severity: Severity = Severity.ERROR,
        value: Any = None,
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.advice = advice
        self.severity = severity
        self.value = value


def cell_warning(code: str, sentence: str, advice: str = "", *, value: Any = None) -> CellFault:
    return CellFault(code, sentence, advice, severity=Severity.WARNING, value=value)


@dataclass(frozen=True, slots=True)
class Problem:
    """Row and column as the clerk sees them: rows from 1, the column's own heading; row 0 is the whole sheet.

    `offer` names what the clerk may choose besides skipping the row.
    """

    sheet: str
    row: int
    column: str
    code: str
    severity: Severity
    message: str
    advice: str = ""
    subject: str = ""
    position: int = -1
    offer: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def masked(self) -> Problem:
        """As it is shown and stored: what it quotes may be an identity number of a wrong column (PRIV-16)."""
        return replace(
            self,
            subject=mask_numbers(self.subject),
            message=mask_numbers(self.message),
            advice=mask_numbers(self.advice),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": f"{self.message}{self.advice}",
        }
