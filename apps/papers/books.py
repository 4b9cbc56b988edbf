"""The record book of a branch: its cover with the register, and a page for each meeting in its place."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.documents.filling import Context
from apps.papers.kinds import Paper
from apps.papers.placeholders import blank_of
from apps.papers.records import Words

_IN_REGISTER = ("日期", "会议类型", "主题", "应到", "实到")


def book_of(records: Sequence[Words], *, period: str, secretary: str) -> tuple[Context, ...]:
    """All sections of a book; `records` are one branch's in the order of time, at least one."""
    pages = [page_of(record, number) for number, record in enumerate(records, 1)]
    cover = {
        **blank_of(Paper.RECORD_BOOK),
        "是封面": True,
        "党支部": records[0]["党支部"],
        "时段": period,
        "书记": secretary,
        "次数": len(records),
        "目录": [{"编号": page["编号"], **{name: page[name] for name in _IN_REGISTER}} for page in pages],
    }
    return cover, *pages


def page_of(record: Words, number: int | str = "") -> Words:
    """One meeting's page; without a number it stands alone."""
    return {**blank_of(Paper.RECORD_BOOK), **record, "编号": number, "是封面": False}
