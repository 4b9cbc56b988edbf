"""The tables of handbook 7.6 from workbooks: a sheet for village and period, by the declared columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from apps.core.periods import Month, Quarter, Year
from apps.disclosure import privacy, services
from apps.disclosure.catalogue import Rhythm
from apps.disclosure.frozen import period_words
from apps.disclosure.importing.frame import Place, place_of, total_lines
from apps.disclosure.importing.sheet import Sheet
from apps.disclosure.importing.villages import VillageFound, Villages
from apps.disclosure.models import Publication, Table
from apps.disclosure.states import OPEN
from apps.disclosure.tables import KINDS
from apps.disclosure.tables.cells import parser_of, stored, values_of
from apps.disclosure.tables.checks import PERSONAL, completed, faults
from apps.disclosure.tables.kinds import LINE, Fault, FixedLine, TableColumn, TableKind, Values, total
from apps.imports import cells
from apps.imports.cells import Text
from apps.imports.columns import Column
from apps.imports.machine import Stale
from apps.imports.plans import Changed, Errand, FieldChange, New, Plan
from apps.imports.problems import Severity
from apps.imports.registry import Importer
from apps.imports.rows import Row
from apps.organizations.models import Organization

# A balance sheet stands in two halves: what is right of the middle has the same headings once more.
RIGHT = "_right"
MASK_ADVICE = "请删掉，或者点“遮盖后导入”。"
_ORDER = re.compile(
    r"^(?:\d+|[一二三四五六七八九十]+)[、.．]|^[(（][一二三四五六七八九十\d]+[)）]|^(?:减|加|其中)[:：]?"
)


def line_key(text: str) -> str:
    """What the names of a line have in common: without spaces, numbering, "减：" and "其中："."""
    return _ORDER.sub("", _ORDER.sub("", cells.narrow(text)))


def lines_by_name(kind: TableKind) -> dict[str, FixedLine]:
    return {line_key(name): line for line in kind.lines for name in (line.title, *line.aliases.split())}


@dataclass
class _Sheet(Sheet):
    """One sheet of a table; `places` says where each of its rows and columns stands."""

    kind: TableKind = field(init=False)
    places: list[tuple[Row, str]] = field(default_factory=list)

    def outcome(self, villages: Villages, errand: Errand) -> New | Changed | None:
        """What the sheet would do; None when nothing, or when something is wrong in it."""
        place = place_of(self.row.beside, self.row.heading, self.row.sheet)
        village, days = self.village_of(place, villages), self.days_of(place)
        if village is None or days is None:
            return None
        days = widened(days) if self.kind.rhythm is Rhythm.YEAR else days
        self.row.subject = f"{village.name} {period_words(*days)}"
        self.check_days(*days, errand.today)
        rows = completed(self.kind, list(self._rows(adopted=errand.choices.adopts(self.row))))
        for fault in faults(self.kind, rows, services.given_for(*days)):
            self._report(fault)
        self._check_totals(rows)
        return None if self.row.has_errors else self._compared(village, place, days, rows)

    # --- reading ----------------------------------------------------------------------------------

    def _rows(self, *, adopted: bool) -> Iterator[Values]:
        if self.kind.lines:
            yield from self._fixed_rows()
            return
        for line in self.lines:
            self.places.append((line, ""))
            yield {name: _masked(line.values.get(name), adopted=adopted) for name in self.kind.by_name}

    def _fixed_rows(self) -> Iterator[Values]:
        """Lines known by name, of both halves; amounts beside a name that nobody knows are a fault."""
        known = lines_by_name(self.kind)
        found: dict[str, tuple[Row, str]] = {}
        for line in self.lines:
            for half in ("", RIGHT):
                name = line.values.get(LINE + half)
                values = {each: line.values.get(each + half) for each in self.kind.by_name}
                if not name or not any(values.values()):
                    continue
                if each := known.get(line_key(name)):
                    found[each.code] = (line, half)
                    yield {LINE: each.code, **values}
                else:
                    sentence = f"不认得“{name[:30]}”这一项。"
                    self.say(line.number, LINE + half, "line_unknown", sentence, "请对照模板里的项目名称。")
        self.places = [found.get(line.code, (self.row, "")) for line in self.kind.lines]

    def _report(self, fault: Fault) -> None:
        line, half = self.places[fault.row] if self.places else (self.row, "")
        if fault.code == "missing" and line.has_fault(fault.column):
            return
        severity = Severity.WARNING if fault.is_warning else Severity.ERROR
        is_personal = fault.code == PERSONAL
        offer, advice = ("mask", MASK_ADVICE) if is_personal else ("", fault.advice)
        column = fault.column + half
        self.say(line.number, column, fault.code, fault.sentence, advice, offer=offer, severity=severity)

    def _check_totals(self, rows: list[Values]) -> None:
        """The sums that the sheet gives below its rows."""
        names = [column.name for column in self.kind.columns if column.is_summed]
        for number, said in total_lines(self.row.beside, self.row.heading, names):
            for name, written in zip(names, said, strict=True):
                if written is not None and written != (right := total(rows, name)):
                    title = self.kind.by_name[name].title
                    sentence = f"合计的{title}写的是 {written:,.2f}，各行加起来是 {right:,.2f}。"
                    advice = "请核对合计，或者看看是不是漏了、重了一行。"
                    self.say(number, name, "total_wrong", sentence, advice)

    # --- against what is stored -------------------------------------------------------------------

    def _compared(
        self, village: VillageFound, place: Place, days: tuple[date, date], rows: list[Values]
    ) -> New | Changed | None:
        row, detail = self.row, self.kind.sentence(rows) if rows else self.kind.none
        as_stored = tuple(tuple(sorted(each.items())) for each in stored(self.kind, rows))
        record = (village.organization_id, village.group, village.name, place.unit, *days, as_stored)
        table = services.table_of_period(village.id, self.kind, *days, group=village.group)
        if table is None:
            return New(row.sheet, row.number, row.subject, detail, record)
        if stored(self.kind, rows) == table.rows:
            return None
        return self._correction(table, detail, record)

    def _correction(self, table: Table, detail: str, record: tuple[Any, ...]) -> Changed | None:
        publication, row = table.publication, self.row
        if publication.state not in OPEN:
            sentence = f"这一期的{self.kind.title}已经“{publication.get_state_display()}”，和这张表不一样。"
            advice = "要改，请打开那一件，写明原因另出一版更正；或者跳过这张表。"
            self.say(row.number, "期间", "already_disclosed", sentence, advice)
            return None
        before = values_of(self.kind, table.rows)
        shown = FieldChange("内容", self.kind.sentence(before) if before else self.kind.none, detail)
        number, version = publication.pk, publication.version
        fields = (("table", record),)
        return Changed(row.sheet, row.number, row.subject, detail, number, version, (shown,), fields)


def widened(days: tuple[date, date]) -> tuple[date, date]:
    """A sheet "as of" the end of a year or quarter is that year's or quarter's; the month names it only."""
    first, last = days
    if (first, last) != (Month.of(first).first, Month.of(first).last):
        return days
    for period in (Year.of(last), Quarter.of(last)):
        if period.last == last:
            return period.first, period.last
    return days


def _masked(value: Any, *, adopted: bool) -> Any:
    return privacy.masked(value) if adopted and isinstance(value, str) else value


# --- examining and writing ------------------------------------------------------------------------


def _examine(kind: TableKind, rows: Iterator[Row], plan: Plan, errand: Errand) -> None:
    """Put every sheet of the workbook into the plan, as one table each."""
    villages = Villages.within(errand.scope)
    for _, lines in groupby(rows, key=lambda row: row.sheet):
        sheet = _Sheet.of(list(lines))
        sheet.kind = kind
        plan.take(sheet.row, sheet.outcome(villages, errand))


def _write(kind: TableKind, plan: Plan, errand: Errand) -> None:
    """Make the drafts of new tables and put changed rows in the place of the old."""
    for new in plan.new:
        organization, group, name, unit, first_on, last_on, rows = new.record
        village = services.register_village(
            Organization.objects.get(pk=organization), name=name, body=unit, by=errand.by
        )
        values = values_of(kind, [dict(row) for row in rows])
        services.draft_table(
            village,
            kind,
            first_on=first_on,
            last_on=last_on,
            rows=values,
            by=errand.by,
            group=village.groups.filter(pk=group).first(),
        )
    for changed in plan.changed:
        publication = Publication.objects.get(pk=changed.key)
        if publication.version != changed.version:
            raise Stale
        values = values_of(kind, [dict(row) for row in dict(changed.record)["table"][-1]])
        services.redraft_table(publication, version=changed.version, rows=values, by=errand.by)


# --- importers ------------------------------------------------------------------------------------


def _column(column: TableColumn, *, half: str = "", required: bool = False) -> Column:
    about = "；".join(filter(None, (column.plain, column.help)))
    return Column(
        column.name + half, column.title, parser_of(column), column.aliases, required, about, column.example
    )


def _columns(kind: TableKind) -> tuple[Column, ...]:
    if not kind.lines:
        number = Column("number", "序号", cells.plain, "编号", width=6)
        return number, *(_column(column, required=column.required) for column in kind.columns)
    name = Column(LINE, "项目", Text(60), "资产 行项目", width=30)
    left = [_column(column) for column in kind.columns]
    return (name, *left, *_right(kind)) if kind.code == "balance-sheet" else (name, *left)


def _right(kind: TableKind) -> tuple[Column, ...]:
    name = Column(
        LINE + RIGHT, "负债和所有者权益", Text(60), "负债及所有者权益 负债和所有者权益(或股东权益)", width=30
    )
    return name, *(_column(column, half=RIGHT) for column in kind.columns)


_NOTES = (
    "一张工作表是一个村一期的表，表头上面写“单位：”和“期间：”，例如“期间：2026年第三季度”“期间：2025年度”。",
    "会算的（合计、余额、金额）空着就由系统算；写了的会核对，对不上的写明在哪一格、差多少。",
    "导入以后是草稿，要送村务监督委员会审查，联席会议确定以后才能公布。",
    "表里有身份证号、银行卡号、手机号、病情的不能导入，可以点“遮盖后导入”。",
)


def _importer(kind: TableKind) -> Importer:
    period = "2025年度" if kind.rhythm is Rhythm.YEAR else "2026年第三季度"
    return Importer(
        name=kind.code,
        title=kind.title,
        unit="张",
        permission="disclosure.import" if kind.is_finance else "disclosure.import_lists",
        home="disclosure:list",
        home_title="村务公开",
        subject_title="村和期间",
        columns=_columns(kind),
        subject=kind.subject,
        examine=partial(_examine, kind),
        write=partial(_write, kind),
        notes=(kind.about, *_NOTES),
        takes_empty=True,
        above=("单位：", f"期间：{period}"),
        lines=tuple((line.title,) for line in kind.lines),
    )


TABLES = tuple(_importer(kind) for kind in KINDS.values())
