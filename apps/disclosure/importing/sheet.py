"""One sheet of a workbook as one row of the plan: whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from apps.core.calendar import written
from apps.disclosure.importing.frame import Place
from apps.disclosure.importing.villages import VillageFound, Villages
from apps.imports.problems import Problem, Severity
from apps.imports.rows import Row

_TITLES = {"opening": "上期结余", "balance": "余额"}
# What people write into the first row when there is nothing to write.
_NOTHING = re.compile(r"(?:(?:本|当)(?:期|月|季度?|年))?(?:无|没有|未发生)\S{0,8}")


@dataclass
class Sheet:
    """The lines of one sheet; `row` stands for all of them."""

    row: Row
    lines: list[Row]

    @classmethod
    def of(cls, found: list[Row]) -> Self:
        """A sheet that says that there is nothing has no lines."""
        first, *others = found
        row = Row(first.sheet, first.number, first.section, first.heading, {}, beside=first.beside)
        row.others = tuple(line.number for line in others)
        lines = [line for line in found if not _says_nothing(line)]
        row.problems = [problem for line in lines for problem in line.problems]
        row.subject = first.sheet
        return cls(row, lines)

    def village_of(self, place: Place, villages: Villages) -> VillageFound | None:
        village = villages.find(place.unit, self.row.sheet.rstrip("0123456789月年"))
        if village is None:
            sentence = f"您的范围里没有“{place.unit[:40] or self.row.sheet[:40]}”这个村。"
            advice = "请核对单位名称；新的村要先在党组织台账里。"
            self.say(place.unit_row, "单位", "village_unknown", sentence, advice)
        return village

    def days_of(self, place: Place) -> tuple[date, date] | None:
        if place.days is None:
            advice = "请在表头上面写“期间：2026年10月1日至2026年10月31日”。"
            self.say(place.unit_row, "期间", "period_missing", "没有写是哪一段时间的。", advice)
        return place.days

    def check_days(self, first_on: date, last_on: date, today: date) -> None:
        if last_on < first_on or last_on > today:
            why = "还没有过完" if last_on > today else f"止日早于起日{written(first_on)}"
            sentence = f"期间到{written(last_on)}，{why}。"
            self.say(self.row.number, "期间", "period_wrong", sentence, "请核对期间。")

    def say(
        self,
        number: int,
        column: str,
        code: str,
        sentence: str,
        advice: str,
        *,
        offer: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a row of the sheet and the column, by its key or, beside the table, its name."""
        row, heading = self.row, self.row.heading
        row.others = (*row.others, number)  # also what stands beside the lines leads to the sheet
        title = heading.text_of(column) or _TITLES.get(column, column)
        at = heading.position_of(column)
        row.problems.append(
            Problem(row.sheet, number, title, code, severity, sentence, advice, row.subject, at, offer)
        )


def _says_nothing(line: Row) -> bool:
    """No value at all, or only a word like "本月无收支"."""
    said = [value for key, value in line.values.items() if value is not None and key != "number"]
    return _is_silent(said) if len(said) < 2 else False


def _is_silent(said: Iterable[Any]) -> bool:
    return all(isinstance(value, str) and _NOTHING.fullmatch(value) for value in said)
