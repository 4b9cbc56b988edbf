"""四、下步工作要求: what is to be made up for, and what comes next. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from apps.core.calendar import written
from apps.core.documents.wording import short_day
from apps.core.periods import Month
from apps.reports.bulletin.phrases import (
    UNFINISHED,
    Office,
    annex_of,
    quarter_of,
)
from apps.reports.matters import Digest


def demands(digest: Digest, office: Office) -> Iterator[tuple[str, str]]:
    by = _day_after(office.next_cut_off, digest.month)
    if digest.unfinished:
        yield "如实补录", _make_up(digest, by)
    yield f"按时完成{digest.month.next().month}月份工作", _next_month(digest, by)
    yield from _quarter_demand(digest)
    yield from _term_demand(digest, office, by)


def _make_up(digest: Digest, by: str) -> str:
    return (
        f"{annex_of(digest, UNFINISHED)}所列事项，已经开展、还没有记录的，"
        f"请有关党支部于{by}前补录并写明原因；没有开展的，不得编造记录。补录情况在下期通报注明。"
    )


def _next_month(digest: Digest, by: str) -> str:
    end = _day_after(digest.month.next().last, digest.month)
    return (
        f"支部委员会会议、党小组会、主题党日，请各党支部于{end}前完成，会议记录于{by}前交上。"
        "不设支委会的党支部不开支部委员会会议，没有划分党小组的党支部不开党小组会。"
    )


def _quarter_demand(digest: Digest) -> Iterator[tuple[str, str]]:
    open_matters = [matter for matter in digest.running if matter.missing]
    end = short_day(digest.quarter.last)
    if open_matters:
        left = "；".join(
            f"{matter.wording.title}还有{len(matter.missing)}个{matter.wording.whose}没有完成"
            for matter in open_matters
        )
        yield "抓紧完成本季度工作", f"{quarter_of(digest)}{left}，请于{end}前完成。"
    elif digest.ends_quarter:
        following = digest.quarter.next()
        label = following.label.split("年", 1)[1]
        end = _day_after(following.last, digest.month)
        yield "安排好下季度工作", f"{label}的支部党员大会、党课，请各党支部于{end}前完成。"


def _term_demand(digest: Digest, office: Office, by: str) -> Iterator[tuple[str, str]]:
    overdue, soon = len(digest.overdue_terms), len(digest.ending_terms)
    sentences = []
    if overdue:
        sentences.append(
            f"届满未换届的{overdue}个党组织，请于{by}前向上级党组织报告换届安排；确需延期的，按规定报批，"
            f"延长期限一般不超过{office.extension_years}年"
        )
    if soon:
        sentences.append(f"6个月内任期届满的{soon}个党组织，请提前做好换届准备")
    if sentences:
        yield "做好换届工作", "。".join(sentences) + "。"


def _day_after(day: date, month: Month) -> str:
    """ "12月5日", with the year where it is another than the month's."""
    return short_day(day) if day.year == month.year else written(day)
