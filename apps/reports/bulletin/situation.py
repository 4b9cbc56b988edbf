"""一、总体情况: how many there are, how far the duties came, who took part, who came and went. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from apps.core.documents.wording import in_tenths, listed, percent, short_day
from apps.figures.balance import CLOSING, DECREASE, INCREASE, OPENING
from apps.figures.registry import AWAY
from apps.figures.values import Reading, Unit
from apps.organizations.kinds import Kind
from apps.reports.bulletin.phrases import (
    LATE,
    quarter_of,
    see,
    whole_of,
)
from apps.reports.frozen import Content
from apps.reports.matters import Digest, Matter


def situation(digest: Digest, before: Content | None) -> Iterator[tuple[str, str]]:
    yield "组织和党员", _organizations(digest)
    if digest.matters:
        yield "组织生活", _life(digest, before)
    if text := _attendance(digest):
        yield "党员参加", text
    yield "党员增减", _balance(digest)
    if text := _terms(digest):
        yield "换届", text
    if digest.content.late:
        yield "补录", _late(digest)


def _organizations(digest: Digest) -> str:
    content = digest.content
    units = [unit for unit in content.units if not unit.dissolved_on]
    kinds = [f"{label}{count}个" for label, count in _kinds(units)]
    heads = content.heads
    probationary = f"、预备党员{heads.probationary}名" if heads.probationary else ""
    return (
        f"截至{short_day(content.day)}，{whole_of(content)}共有党组织{len(units)}个，其中{listed(kinds)}；"
        f"党员{heads.total}名，其中正式党员{heads.full}名{probationary}。"
    )


def _kinds(units: Sequence[Unit]) -> Iterator[tuple[str, int]]:
    """The kinds that there are; joint branches are branches, told apart from the ones on trial or abroad."""
    for kind in Kind:
        count = sum(unit.kind == kind for unit in units)
        if count:
            yield kind.label, count


def _life(digest: Digest, before: Content | None) -> str:
    monthly = [_progress(matter, before) for matter in digest.due if matter.period == digest.month]
    quarterly = [_progress(matter, None) for matter in digest.due if matter.period != digest.month]
    running = [_running(matter) for matter in digest.running]
    sentences = []
    if monthly:
        sentences.append(f"{digest.month.month}月份，{'；'.join(monthly)}。")
    if quarterly:
        sentences.append(f"{quarter_of(digest)}，{'；'.join(quarterly)}。")
    if running:
        end = short_day(digest.quarter.last)
        sentences.append(f"{quarter_of(digest)}到{end}结束，目前的进度：{'；'.join(running)}。")
    return "".join([*sentences, _secretaries(digest)])


def _secretaries(digest: Digest) -> str:
    """The lesson that each party committee's secretary gives once a year (MEET-05)."""
    value = digest.lessons_of_secretaries
    if not value.denominator:
        return ""
    head = f"{digest.month.year}年应讲党课的党委（党工委）书记{value.denominator}名"
    if not value.missing:
        return f"{head}，全部讲过。"
    rate = percent(value.numerator, value.denominator)
    return f"{head}，到{digest.month.month}月底已讲{value.numerator}名，占{rate}。"


def _progress(matter: Matter, before: Content | None) -> str:
    wording, value = matter.wording, matter.value
    verb = "开展" if wording.code == "M03" else "上党课" if wording.code == "M05" else "召开"
    title = "" if wording.code == "M05" else wording.title
    whole_count = value.denominator or 0
    head = f"应{verb}{title}的{wording.whose}{whole_count}{wording.measure}"
    if not value.missing:
        return f"{head}，全部完成"
    rate = percent(value.numerator, whole_count)
    return f"{head}，已完成{value.numerator}{wording.measure}，完成率{rate}{_change(matter, before)}"


def _change(matter: Matter, before: Content | None) -> str:
    """ "，比9月份提高1.2个百分点", from the shares as they are written."""
    if before is None or not (last := before.value(matter.wording.code)).denominator:
        return ""
    now = round(Fraction(matter.value.numerator * 1000, matter.value.denominator or 1))
    then = round(Fraction(last.numerator * 1000, last.denominator))
    month = f"{before.month.month}月份"
    if now == then:
        return f"，与{month}持平"
    return f"，比{month}{'提高' if now > then else '降低'}{in_tenths(abs(now - then))}个百分点"


def _running(matter: Matter) -> str:
    value, title = matter.value, matter.wording.title
    if not value.missing:
        return f"{title}全部完成"
    rate = percent(value.numerator, value.denominator or 1)
    return f"{title}已有{value.numerator}个{matter.wording.whose}完成，占{value.denominator}个的{rate}"


def _attendance(digest: Digest) -> str:
    reading = digest.content.reading("M06")
    value, other = reading.value(), reading.value(1)
    if not value.denominator:
        return ""
    text = (
        f"{digest.month.month}月份有效会议应到{value.denominator}人次，实到{value.numerator}人次，"
        f"出勤率{percent(value.numerator, value.denominator)}"
    )
    if reading.count(AWAY) and other.denominator:
        rate = percent(other.numerator, other.denominator)
        text += f"；不计因流动外出、病、年老体弱未到的{reading.count(AWAY)}人次，出勤率{rate}"
    return f"{text}。出勤率只作统计。"


def _balance(digest: Digest) -> str:
    content = digest.content
    reading = content.reading("M10")
    start = short_day(content.month.previous().last)
    increase = _changes("增加", reading, INCREASE)
    decrease = _changes("减少", reading, DECREASE)
    check = "与党员名册一致" if not digest.differences else "与党员名册不一致，须核对"
    return (
        f"{start}有党员{reading.count(OPENING)}名，{content.month.month}月份{increase}，{decrease}，"
        f"{short_day(content.day)}有党员{reading.count(CLOSING)}名，{check}。"
    )


def _changes(verb: str, reading: Reading, parts: Sequence[str]) -> str:
    """ "增加5名（发展党员3名、转入2名）", or that there was none."""
    titles = {part.code: part.title for part in reading.figure.parts}
    named = [f"{titles[part]}{reading.count(part)}名" for part in parts if reading.count(part)]
    count = sum(reading.count(part) for part in parts)
    return f"{verb}{count}名（{listed(named)}）" if named else f"没有{verb}"


def _terms(digest: Digest) -> str:
    soon, overdue = len(digest.ending_terms), len(digest.overdue_terms)
    if not soon and not overdue:
        return ""
    late = f"已经届满、还没有换届的{overdue}个" if overdue else "没有届满未换届的党组织"
    coming = f"6个月内任期届满的党组织{soon}个" if soon else "没有6个月内任期届满的党组织"
    return f"截至{short_day(digest.content.day)}，{coming}，{late}。"


def _late(digest: Digest) -> str:
    late = digest.content.late
    branches = len({record.organization_id for record in late})
    return (
        f"上期截止后补录以前月份的会议记录{len(late)}条，涉及{branches}个党支部，"
        f"记入本期，{see(digest, LATE)}。已经发出的通报不作改动。"
    )
