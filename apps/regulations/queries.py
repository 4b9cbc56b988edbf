"""Reads of the table for its pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from apps.regulations.table import CHAPTERS, Duty, Row, all_rows, in_force, rows_of

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Listed:
    """A row with what the county asks for in its place, "" where it has set nothing."""

    row: Row
    own: str = ""


@dataclass(frozen=True)
class Chapter:
    """The rows of one chapter that a reader asked for."""

    prefix: str
    title: str
    rows: tuple[Listed, ...]


@dataclass(frozen=True)
class RowOnPage:
    """A row as its page shows it."""

    row: Row
    state: str
    tag: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CodePage:
    """All rows of one code: those in force first, then former ones and ones to come."""

    code: str
    chapter: str
    title: str
    rows: tuple[RowOnPage, ...]


def chapters(text: str = "", *, on: date, own: Mapping[str, str] = _NOTHING) -> tuple[Chapter, ...]:
    """The rows in force that contain every word of the text, by chapter; empty chapters are left out.

    `own` is what the county asks for, by key.
    """
    words = text.lower().split()
    found_rows = [row for row in in_force(on) if all(word in _text_of(row) for word in words)]
    rows = [Listed(row, own.get(row.key, "")) for row in found_rows]
    found = (Chapter(prefix, title, tuple(_of(prefix, rows))) for prefix, title in CHAPTERS.items())
    return tuple(chapter for chapter in found if chapter.rows)


def code_page(code: str, *, on: date) -> CodePage | None:
    """All rows of a code, or None if there is none."""
    rows = sorted(rows_of(code), key=lambda row: not row.is_in_force(on))
    if not rows:
        return None
    titles = {row.title for row in rows}
    title = rows[0].title if len(titles) == 1 else f"{rows[0].title}等 {len(titles)} 项"
    shown = tuple(_on_page(row, on) for row in rows)
    return CodePage(code, CHAPTERS[rows[0].chapter], title, shown)


def count_in_force(on: date) -> int:
    """How many rows hold on a day."""
    return sum(row.is_in_force(on) for row in all_rows())


def _of(prefix: str, rows: Iterable[Listed]) -> Iterator[Listed]:
    return (each for each in rows if each.row.chapter == prefix)


def _text_of(row: Row) -> str:
    parts = (
        row.code,
        row.title,
        row.statement,
        row.in_words,
        str(row.source),
        row.source.short,
        row.mark.label,
    )
    return " ".join(parts).lower()


def _on_page(row: Row, on: date) -> RowOnPage:
    state, tag = _state_of(row, on)
    return RowOnPage(row, state, tag, _facts_of(row))


def _state_of(row: Row, on: date) -> tuple[str, str]:
    if row.is_in_force(on):
        return "good", "现行"
    return ("", "以前的规定") if row.until and row.until < on else ("warn", "还没有施行")


def _facts_of(row: Row) -> tuple[tuple[str, str], ...]:
    article = "，".join(filter(None, (row.source.article, row.source.remark))) or "没有列条款"
    facts = [
        ("依据", row.source.document),
        ("条款", article),
        ("施行", row.dates_in_words),
        ("核对情况", f"{row.mark.label}：{row.mark.explanation}"),
    ]
    if isinstance(row, Duty):
        facts.append(("对谁", row.subject.label))
    if row.standing_in_words:
        facts.append(("能不能调整", row.standing_in_words))
    return tuple(facts)
