"""What the report's page shows of the frozen value, with the address of the list behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from apps.core.documents.wording import percent
from apps.figures.registry import BY_SECRETARIES, LECTURED, NOT_LECTURED, REGISTRY
from apps.figures.rules import TermState
from apps.figures.values import DONE, MISSING, Reading, Unit, Value
from apps.reports import annexes
from apps.reports.matters import Digest

if TYPE_CHECKING:
    from apps.reports.frozen import Content, LateRecord
    from apps.reports.models import MonthlyReport


@dataclass(frozen=True)
class Number:
    """A number of the page and the list that it opens."""

    count: int
    href: str


@dataclass(frozen=True)
class Share:
    """Done of due, with what is missing; not applicable where nobody has the duty."""

    title: str
    value: Value
    done: Number
    missing: Number
    is_due: bool
    """False while the quarter still runs: then it is only progress."""

    @property
    def rate(self) -> str:
        return percent(self.value.numerator, self.value.denominator) if self.value.denominator else ""


@dataclass(frozen=True)
class Row:
    """A part of the county with its numbers."""

    label: str
    cells: tuple[Any, ...]
    rate: str = ""


def page_of(content: Content, late: Sequence[LateRecord], report: MonthlyReport) -> dict[str, Any]:
    """The context of a finished report's page."""
    digest = Digest(content)
    return {
        "content": content,
        "bulletin": content.bulletin,
        "duties": [_share(report, digest, content.reading(code), way) for code, way in annexes.MEASURES],
        "attendance": content.value("M06"),
        "attendance_rate": annexes.life_rows(digest)[-1].rate,
        "terms": [
            (part.title, _number(report, content.reading("M14"), part.code))
            for part in REGISTRY["M14"].parts
            if part.code != TermState.RUNNING
        ],
        "is_balanced": not digest.differences,
        "differences": digest.differences,
        "life": [_life_row(report, digest, row) for row in annexes.life_rows(digest)],
        "balance_titles": [part.title for part in REGISTRY["M10"].parts],
        "balance": [_balance_row(report, content, row) for row in annexes.balance_rows(digest)],
        "late_after": late,
        "late_count": len(late),
        "late_in": content.late,
    }


def _share(report: MonthlyReport, digest: Digest, reading: Reading, way: int) -> Share:
    if way == BY_SECRETARIES:
        parts, title, is_due = (LECTURED, NOT_LECTURED), reading.figure.ways[way].title, digest.ends_year
    else:
        parts, title = (DONE, MISSING), reading.figure.title
        is_due = digest.ends_quarter or not reading.figure.is_quarterly
    done, missing = (_number(report, reading, part) for part in parts)
    return Share(title, reading.value(way), done, missing, is_due)


def _number(report: MonthlyReport, reading: Reading, part: str) -> Number:
    return Number(reading.count(part), entries_address(report, reading.figure.code, part, reading.unit))


def _life_row(report: MonthlyReport, digest: Digest, row: annexes.LifeRow) -> Row:
    content = digest.content
    shares = [_share(report, digest, content.reading(code, row.unit), way) for code, way in annexes.MEASURES]
    return Row(row.label, tuple(shares), row.rate)


def _balance_row(report: MonthlyReport, content: Content, row: annexes.BalanceRow) -> Row:
    reading = content.reading("M10", row.unit)
    return Row(row.label, tuple(_number(report, reading, part) for part in annexes.BALANCE))


def entries_address(report: MonthlyReport, code: str, part: str, unit: Unit) -> str:
    """The page with the frozen entries behind a number."""
    address = reverse("reports:entries", args=[report.pk, code, part])
    return f"{address}?{urlencode({'unit': unit.code})}"


def live_address(report: MonthlyReport, code: str, part: str, unit: Unit) -> str:
    """The same list as it stands now."""
    query = urlencode({"organization": unit.id, "period": str(report.month), "state": part})
    return f"{reverse('figures:detail', args=[code])}?{query}"


def reading_of(content: Content, code: str, unit_code: str) -> Reading | None:
    """A figure of the organization, or of the part with the code; None if there is no such."""
    if code not in content.entries:
        return None
    if not unit_code or unit_code == content.root.code:
        return content.reading(code)
    unit = next((part for part in content.parts if part.code == unit_code), None)
    return None if unit is None else content.reading(code, unit)
