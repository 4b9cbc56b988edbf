"""How each body decides. Every body counts for itself: their denominators differ, none borrows another's.

The party's meetings are judged by the meetings' own rules; here stand the village's and the collective's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from apps.core.errors import Refused
from apps.decisions.kinds import Body, CountedBy
from apps.meetings import voting as party
from apps.regulations.table import NO_OVERRIDES, Limit, Overrides, limit


@dataclass(frozen=True, slots=True)
class Count:
    """Heads and votes of one sitting.

    `expected` are those who may come: people or households; `whole` are all members of the collective,
    minors too, of whom FIN-11 wants two thirds in favour. `notified_on` is when they were told of it.
    """

    expected: int
    present: int
    in_favour: int
    against: int = 0
    abstained: int = 0
    whole: int | None = None
    counted_by: str = ""
    notified_on: date | None = None

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sitting carried the motion, in a sentence with the figures, and by which rule."""

    passed: bool
    sentence: str
    rule: str


def verdict(body: Body, count: Count, *, on: date, overrides: Overrides = NO_OVERRIDES) -> Verdict:
    """Judge a sitting held on that day; refused when the numbers cannot be right."""
    _check_figures(count)
    return _JUDGES[body](count, on, overrides)


def _party_committee(count: Count, on: date, own: Overrides) -> Verdict:
    """As any vote of a branch committee (MEET-02)."""
    return _of_party(party.ruling(_ballot(count), regime=party.Regime.COMMITTEE, on=on))


def _party_meeting(count: Count, on: date, own: Overrides) -> Verdict:
    """As any vote of a members' meeting (MEET-11), with more present where the county wants it (RURAL-06)."""
    row = limit("RURAL-06", "present", on=on, overrides=own)
    if count.present * 3 < int(row.value) * count.expected:
        sentence = f"应到党员 {count.expected} 人，实到 {count.present} 人，不到县里定的三分之{row.value}。"
        return Verdict(False, sentence, row.code)
    return _of_party(party.ruling(_ballot(count), regime=party.Regime.GENERAL, on=on))


def _joint_meeting(count: Count, on: date, own: Overrides) -> Verdict:
    """Half of both committees, and more than half of those present (RURAL-01)."""
    came = limit("RURAL-01", "joint_present", on=on)
    agreed = limit("RURAL-01", "joint_in_favour", on=on)
    return _judged(count, came, agreed, count.present, "两委成员", "人")


def _villagers(count: Count, on: date, own: Overrides) -> Verdict:
    """More than half of the adults or two thirds of the households; more than half of them agree."""
    came, who, unit = _either_way("RURAL-10", count, on)
    return _judged(count, came, limit("RURAL-10", "in_favour", on=on), count.present, who, unit)


def _representatives(count: Count, on: date, own: Overrides) -> Verdict:
    """Two thirds of its members, and more than half of those present (RURAL-11)."""
    came = limit("RURAL-11", "present", on=on)
    return _judged(count, came, limit("RURAL-11", "in_favour", on=on), count.present, "组成人员", "人")


def _group(count: Count, on: date, own: Overrides) -> Verdict:
    """Two thirds of the group's adults or households; more than half of those present (RURAL-13)."""
    came, who, unit = _either_way("RURAL-13", count, on)
    return _judged(count, came, limit("RURAL-13", "in_favour", on=on), count.present, f"本组{who}", unit)


def _members(count: Count, on: date, own: Overrides) -> Verdict:
    """Two thirds of those who may act for themselves must come, two thirds of ALL members agree (FIN-11)."""
    if count.whole is None:
        raise Refused("请填全体成员的人数：表决以全体成员为分母。", field="whole", rule="FIN-11")
    if count.whole < count.expected:
        sentence = f"全体成员 {count.whole} 人，少于具有完全民事行为能力的 {count.expected} 人，请核对。"
        raise Refused(sentence, field="whole")
    _check_notice(count, on)
    came = limit("FIN-11", "present", on=on)
    return _judged(count, came, limit("FIN-11", "in_favour", on=on), count.whole, "能表决的成员", "人")


def _member_representatives(count: Count, on: date, own: Overrides) -> Verdict:
    """Two thirds of ALL representatives agree; there are more than twenty of them (FIN-11)."""
    size = limit("FIN-11", "representatives", on=on)
    if not size.allows(count.expected):
        sentence = f"成员代表 {count.expected} 人，法律要求{size.in_words}。请核对，或者开成员大会。"
        raise Refused(sentence, field="expected", rule="FIN-11")
    _check_notice(count, on)
    agreed = limit("FIN-11", "representatives_in_favour", on=on)
    return _judged(count, limit("FIN-11", "present", on=on), agreed, count.expected, "成员代表", "人")


_JUDGES: dict[Body, Callable[[Count, date, Overrides], Verdict]] = {
    Body.PARTY_COMMITTEE: _party_committee,
    Body.PARTY_MEETING: _party_meeting,
    Body.JOINT_MEETING: _joint_meeting,
    Body.VILLAGERS: _villagers,
    Body.REPRESENTATIVES: _representatives,
    Body.GROUP: _group,
    Body.MEMBERS: _members,
    Body.MEMBER_REPRESENTATIVES: _member_representatives,
}


def _judged(count: Count, came: Limit, agreed: Limit, base: int, who: str, unit: str) -> Verdict:
    """Put a count into words; without enough people no vote holds."""
    needed = came.count_of(count.expected)
    heads = f"应到{who} {count.expected} {unit}，实到 {count.present} {unit}"
    if count.present < needed:
        return Verdict(False, f"{heads}，至少要到 {needed} {unit}，会议无效。", came.code)
    votes = agreed.count_of(base)
    said = f"{heads}（至少 {needed}）；赞成 {count.in_favour} 票，{agreed.of} {base}，至少要 {votes} 票"
    passed = count.in_favour >= votes
    return Verdict(passed, f"{said}，{'通过' if passed else '没有通过'}。", agreed.code)


def _either_way(code: str, count: Count, on: date) -> tuple[Limit, str, str]:
    """The limit of the way in which those present were counted, whom it counts, and in what."""
    if count.counted_by == CountedBy.HOUSEHOLDS:
        return limit(code, "households", on=on), "户代表", "户"
    if count.counted_by == CountedBy.ADULTS:
        return limit(code, "adults", on=on), "十八周岁以上村民", "人"
    raise Refused("请选按人还是按户计算到会。", field="counted_by", rule=code)


def _check_notice(count: Count, on: date) -> None:
    """The collective's meeting is told ten days ahead; the law leaves no exception (FIN-11)."""
    row = limit("FIN-11", "notice", on=on)
    if count.notified_on is None or not row.allows((on - count.notified_on).days):
        article = f"{row.source.short}{row.source.article}"
        sentence = f"开会前至少 {row.value} 日要通知（{article}），请填通知的日期；不够的要另行开会。"
        raise Refused(sentence, field="notified_on", rule=row.code)


def _check_figures(count: Count) -> None:
    if count.expected < 1:
        raise Refused("应到人数要大于 0。", field="expected")
    if count.present > count.expected:
        raise Refused(f"实到 {count.present}，多于应到的 {count.expected}，请核对。", field="present")
    if count.cast != count.present:
        sentence = f"赞成、反对、弃权加起来 {count.cast} 票，实到 {count.present}；没有表态的请记为弃权。"
        raise Refused(sentence, field="in_favour")


def _ballot(count: Count) -> party.Ballot:
    return party.Ballot(count.expected, count.present, count.in_favour, count.against, count.abstained)


def _of_party(ruling: party.Ruling) -> Verdict:
    return Verdict(ruling.passed, ruling.sentence, ruling.rule)


def notice_remark(body: Body, notified_on: date | None, *, on: date) -> str:
    """What to say of a villagers' meeting that was not told in time; special cases excuse it (RURAL-10)."""
    if body is not Body.VILLAGERS:
        return ""
    row = limit("RURAL-10", "notice", on=on)
    if notified_on is not None and row.allows((on - notified_on).days):
        return ""
    return f"村民会议应当提前 {row.value} 日通知；特殊情况临时召集的，请在备注里写明。"
