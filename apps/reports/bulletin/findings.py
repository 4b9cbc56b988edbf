"""二、完成较好的方面 and 三、存在的主要问题: what was done everywhere, and what is lacking where. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from apps.core.documents.wording import listed, percent, short_day
from apps.figures.registry import NOT_LECTURED
from apps.reports.bulletin.phrases import (
    NAMES_IN_TEXT,
    TERMS,
    UNFINISHED,
    numbered,
    quarter_of,
    see,
    who_lacks,
)
from apps.reports.frozen import Block
from apps.reports.matters import Digest, Matter


def achievements(digest: Digest) -> Iterator[Block]:
    if not digest.due:
        yield Block(f"{digest.month.month}月份没有到期的事项。")
        return
    yield Block(_best(digest))
    if text := _finished(digest):
        yield Block(text)


def _best(digest: Digest) -> str:
    """What was done everywhere; if nothing was, which matter came furthest."""
    done = [matter.wording.title for matter in digest.due if not matter.missing]
    if len(done) == len(digest.due):
        return f"{digest.month.month}月份应完成的{listed(done)}全部完成。"
    if done:
        return f"{listed(done)}全部按要求完成。"
    rates = [Fraction(matter.value.numerator, matter.value.denominator or 1) for matter in digest.due]
    best = [matter for matter, rate in zip(digest.due, rates, strict=True) if rate == max(rates)]
    if not max(rates):
        return f"{digest.month.month}月份应完成的事项都还没有完成记录。"
    rate = percent(best[0].value.numerator, best[0].value.denominator or 1)
    titles = listed([matter.wording.title for matter in best])
    return (
        f"各项工作中，{titles}完成率最高，为{rate}。" if len(digest.due) > 1 else f"{titles}完成率为{rate}。"
    )


def _finished(digest: Digest) -> str:
    finished, everybody = digest.finished_parts, digest.parts_with_duties
    if not finished or len(everybody) < 2:
        return ""
    if len(finished) == len(everybody):
        return f"{len(everybody)}个单位{digest.month.month}月份应完成的事项全部完成。"
    names = listed([digest.label(part) for part in finished])
    order = "（按行政顺序，不分先后）" if len(finished) > 1 else ""
    return f"{len(everybody)}个单位中，有{len(finished)}个单位应完成的事项全部完成{order}：{names}。"


def problems(digest: Digest) -> Iterator[Block]:
    points = list(_problem_points(digest))
    if points:
        yield from numbered(points)
    elif digest.due:
        yield Block(
            f"{digest.month.month}月份应完成的事项没有逾期未完成的，没有届满未换届的党组织，党员增减与名册一致。"
        )
    else:
        yield Block("没有逾期未完成的事项，没有届满未换届的党组织，党员增减与名册一致。")


def _problem_points(digest: Digest) -> Iterator[tuple[str, str]]:
    for matter in digest.unfinished:
        yield _lacking(digest, matter)
    if digest.ends_year and digest.lessons_of_secretaries.missing:
        yield "书记讲党课没有全部完成", _silent_secretaries(digest)
    if digest.overdue_terms:
        yield "届满未换届", _overdue_terms(digest)
    if digest.differences:
        yield "党员增减与名册不一致", _differences(digest)


def _lacking(digest: Digest, matter: Matter) -> tuple[str, str]:
    period = f"{digest.month.month}月份" if matter.period == digest.month else quarter_of(digest)
    count = f"{matter.wording.whose}{len(matter.missing)}{matter.wording.measure}"
    text = f"{period}{matter.wording.lacks}的{count}{who_lacks(digest, matter.missing)}"
    return f"{matter.wording.title}没有全部完成", f"{text}（{see(digest, UNFINISHED)}）。"


def _silent_secretaries(digest: Digest) -> str:
    entries = digest.content.listing("M05", (NOT_LECTURED,))
    who = who_lacks(digest, entries)
    return f"{digest.month.year}年书记没有讲党课的党委（党工委）{len(entries)}个{who}。"


def _overdue_terms(digest: Digest) -> str:
    count, who = len(digest.overdue_terms), who_lacks(digest, digest.overdue_terms)
    day = short_day(digest.content.day)
    return f"截至{day}，任期届满还没有换届的党组织{count}个{who}（{see(digest, TERMS)}）。"


def _differences(digest: Digest) -> str:
    entries = digest.differences
    names = listed([f"{entry.unit.name}（{entry.note}）" for entry in entries[:NAMES_IN_TEXT]])
    more = "等" if len(entries) > NAMES_IN_TEXT else ""
    return f"党员名册与增减记录不一致的党支部{len(entries)}个：{names}{more}。核对一致以前，本表不得上报。"
