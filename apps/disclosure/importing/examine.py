"""Each sheet of a workbook against the rules and what is stored: a statement is whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from apps.disclosure import privacy, rules
from apps.disclosure.frozen import period_words
from apps.disclosure.importing.columns import TITLES
from apps.disclosure.importing.frame import Frame, frame_of
from apps.disclosure.importing.sheet import Sheet
from apps.disclosure.importing.villages import VillageFound, Villages
from apps.disclosure.models import LINE_FIELDS, LINE_WORDS, Publication, Statement
from apps.disclosure.rules import Entry, Finding, Ledger, yuan
from apps.disclosure.states import OPEN
from apps.imports import cells
from apps.imports.plans import Changed, Errand, FieldChange, New, Plan
from apps.imports.problems import CellFault
from apps.imports.rows import Row

AMOUNTS = ("income", "expense")
Stored = tuple[Any, ...]


@dataclass(frozen=True)
class Last:
    """Where the book of a village stands: until which day, and with how much."""

    on: date
    closing: Decimal


@dataclass
class _Examination:
    """One workbook on its way through; sheets are taken in the order of their periods, village by village."""

    plan: Plan
    errand: Errand
    villages: Villages
    closings: dict[tuple[int, int | None], list[Last]] = field(default_factory=dict)
    """By party organization and villagers' group: every closing that the file brings, in its order."""

    def take(self, sheet: _Sheet) -> None:
        self.plan.take(sheet.row, sheet.outcome(self))

    def last_before(self, village: VillageFound, day: date) -> Last | None:
        """The closing that comes before the day: of the file, or of what is stored."""
        ours = [
            last for last in self.closings.get((village.organization_id, village.group), ()) if last.on < day
        ]
        stored = (
            Statement.objects.filter(
                village=village.id, group=village.group, is_current=True, last_on__lt=day
            )
            .order_by("-last_on")
            .values_list("last_on", "closing")
            .first()
            if village.id
            else None
        )
        candidates = [*ours, *([Last(*stored)] if stored else [])]
        return max(candidates, key=lambda last: last.on, default=None)


@dataclass
class _Sheet(Sheet):
    """One sheet of a statement."""

    def outcome(self, known: _Examination) -> New | Changed | None:
        """What the sheet would do; None when nothing, or when something is wrong in it."""
        frame = self._frame()
        village = self.village_of(frame, known.villages) if frame else None
        ledger = self._ledger(frame) if frame else None
        if frame is None or village is None or ledger is None:
            return None
        self.row.subject = f"{village.name} {period_words(ledger.first_on, ledger.last_on)}"
        self._check(ledger, village, known)
        last = Last(ledger.last_on, ledger.computed_closing)
        known.closings.setdefault((village.organization_id, village.group), []).append(last)
        return None if self.row.has_errors else self._compared(village, frame, ledger)

    # --- reading ----------------------------------------------------------------------------------

    def _frame(self) -> Frame | None:
        try:
            return frame_of(self.row.beside, self.row.heading, self.row.sheet)
        except CellFault as fault:
            self.say(0, "balance", fault.code, fault.sentence, fault.advice)
            return None

    def _ledger(self, frame: Frame) -> Ledger | None:
        days = self.days_of(frame)
        if frame.opening.value is None:
            self.say(
                frame.opening.row or frame.unit_row,
                "上期结余",
                "opening_missing",
                "没有写上期结余。",
                "请在表头上面写“上期结余：金额”。",
            )
        if days is None or frame.opening.value is None or self.row.has_errors:
            return None
        entries = tuple(_entry(line) for line in self.lines)
        return Ledger(
            *days,
            frame.opening.value,
            entries,
            frame.opening.row,
            frame.totals,
            frame.closing.value,
            frame.closing.row,
        )

    # --- checking ---------------------------------------------------------------------------------

    def _check(self, ledger: Ledger, village: VillageFound, known: _Examination) -> None:
        for finding in rules.findings(ledger):
            self._report(finding)
        self.check_days(ledger.first_on, ledger.last_on, known.errand.today)
        last = known.last_before(village, ledger.first_on)
        if last and (other := rules.opening_finding(ledger, last.closing, last.on)):
            self._report(other)
        self._check_words(adopted=known.errand.choices.adopts(self.row))

    def _check_words(self, *, adopted: bool) -> None:
        """Numbers of persons stop the sheet; the clerk may have them masked."""
        for line in self.lines:
            for key in LINE_WORDS:
                text = line.values.get(key) or ""
                found = privacy.hits(text) if text else []
                if found and adopted:
                    line.values[key] = privacy.masked(text)
                elif found:
                    sentence = f"{TITLES[key]}里有{privacy.sentence(found)}，公布出去会泄露个人信息。"
                    advice = "请删掉，或者点“遮盖后导入”。"
                    self.say(line.number, key, "personal_number", sentence, advice, offer="mask")

    def _report(self, finding: Finding) -> None:
        self.say(finding.row, finding.column, finding.code, finding.sentence, finding.advice)

    # --- against what is stored -------------------------------------------------------------------

    def _compared(self, village: VillageFound, frame: Frame, ledger: Ledger) -> New | Changed | None:
        row, record = self.row, _record(village, frame, self._as_taken(ledger))
        detail = (
            f"收入 {yuan(ledger.income)}，支出 {yuan(ledger.expense)}，期末 {yuan(ledger.computed_closing)}"
        )
        stored = _stored(village, ledger)
        if stored is None:
            return New(row.sheet, row.number, row.subject, detail, record)
        if _lines_of(stored) == record[-2] and stored.opening == ledger.opening:
            return None
        return self._correction(stored, ledger, detail, record)

    def _as_taken(self, ledger: Ledger) -> Ledger:
        """The ledger once more, should words have been masked since it was read."""
        entries = tuple(_entry(line) for line in self.lines)
        return Ledger(ledger.first_on, ledger.last_on, ledger.opening, entries)

    def _correction(self, stored: Statement, ledger: Ledger, detail: str, record: Stored) -> Changed | None:
        publication: Publication = stored.publication
        if publication.state not in OPEN:
            self.say(
                self.row.number,
                "期间",
                "already_disclosed",
                f"这一期的收支表已经“{publication.get_state_display()}”，和这张表不一样。",
                "要改，请打开那一件，写明原因另出一版更正；或者跳过这张表。",
            )
            return None
        shown = tuple(_differences(stored, ledger))
        return Changed(
            self.row.sheet,
            self.row.number,
            self.row.subject,
            detail,
            publication.pk,
            publication.version,
            shown,
            (("statement", record),),
        )


def _entry(line: Row) -> Entry:
    values: Mapping[str, Any] = line.values
    words: dict[str, Any] = {key: values.get(key) or "" for key in LINE_WORDS}
    amounts: dict[str, Any] = {key: values.get(key) or rules.ZERO for key in AMOUNTS}
    return Entry(line.number, cells.first_of(values["on"]), balance=values.get("balance"), **words, **amounts)


def _record(village: VillageFound, frame: Frame, ledger: Ledger) -> Stored:
    lines = tuple(
        (entry.on, entry.voucher, entry.summary, entry.income, entry.expense, balance, entry.handler,
         entry.approver, entry.remark)
        for entry, balance in zip(ledger.entries, ledger.running(), strict=True)
    )  # fmt: skip
    sums = (ledger.opening, ledger.income, ledger.expense, ledger.computed_closing)
    return (
        village.organization_id,
        village.name,
        frame.unit,
        ledger.first_on,
        ledger.last_on,
        *sums,
        lines,
        village.group,
    )


def _stored(village: VillageFound, ledger: Ledger) -> Statement | None:
    """The statement of the same days."""
    rows = Statement.objects.filter(village=village.id, group=village.group, is_current=True)
    same = rows.filter(first_on=ledger.first_on, last_on=ledger.last_on)
    return same.select_related("publication").prefetch_related("lines").first() if village.id else None


def _lines_of(statement: Statement) -> tuple[Stored, ...]:
    return tuple(tuple(getattr(line, name) for name in LINE_FIELDS) for line in statement.lines.all())


def _differences(stored: Statement, ledger: Ledger) -> Iterator[FieldChange]:
    pairs = (
        ("上期结余", stored.opening, ledger.opening),
        ("本期收入", stored.income, ledger.income),
        ("本期支出", stored.expense, ledger.expense),
        ("期末结余", stored.closing, ledger.computed_closing),
    )
    for title, before, after in pairs:
        if before != after:
            yield FieldChange(title, yuan(before), yuan(after))
    yield FieldChange("明细", f"{len(stored.lines.all())} 笔", f"{len(ledger.entries)} 笔")


def examine(rows: Iterator[Row], plan: Plan, errand: Errand) -> None:
    """Put every sheet of the workbook into the plan, as one statement each."""
    examination = _Examination(plan, errand, Villages.within(errand.scope))
    for _, lines in groupby(rows, key=lambda row: row.sheet):
        examination.take(_Sheet.of(list(lines)))
