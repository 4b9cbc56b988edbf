"""The one registry of figures (handbook 10.2): each defined once, read by pages, reports and the API."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from apps.core.calendar import written
from apps.core.periods import Period
from apps.figures import rules
from apps.figures.balance import CLOSING, DECREASE, DIFFERENCE, INCREASE, OPENING, balance_entries
from apps.figures.census import NO_ROLL, Census
from apps.figures.rules import TermState
from apps.figures.values import DONE, EXEMPT, MISSING, Entry, Figure, Part, Unit, Way
from apps.regulations.settings import CountySettings
from apps.regulations.table import Condition, Duty, Limit, NotInForce, Subject, duty, limit

_DUTY_PARTS = (Part(DONE, "已完成", "个"), Part(MISSING, "未完成", "个"), Part(EXEMPT, "不适用", "个"))
_SHARE = (Way("完成率", (DONE,), (DONE, MISSING)),)
_NOT_IN_FORCE = "当时还没有这项规定，不计"


def rules_for(code: str, period: Period, own: CountySettings) -> tuple[Duty, Limit] | None:
    """The duty and the committee's threshold that judge the period; None before there was such a duty."""
    try:
        asked = duty(code, on=period, overrides=own.on(period))
        return asked, limit("ORG-10", "committee", on=period)
    except NotInForce:
        return None


def _duty_entries(census: Census, code: str, *, quarterly: bool) -> Iterator[Entry]:
    period: Period = census.span.quarter if quarterly else census.span.month
    row = rules_for(code, period, census.own)
    if row is None:
        for branch in census.branches:
            yield Entry(branch, EXEMPT, note=_NOT_IN_FORCE)
    else:
        yield from _judged(census, period, *row)


def _judged(census: Census, period: Period, row: Duty, committee: Limit) -> Iterator[Entry]:
    full = census.full if Condition.HAS_COMMITTEE in row.applies else {}
    spared = rules.exemptions(row, census.branches, period, full=full, committee=committee)
    for branch in census.branches:
        if branch.id in spared:
            yield Entry(branch, EXEMPT, note=spared[branch.id])
        elif row.subject is Subject.GROUP:
            yield from _judged_groups(census, branch, period, row)
        else:
            yield _outcome(census, branch, period, row, held=census.held(branch, row.kind, period))


def _judged_groups(census: Census, branch: Unit, period: Period, row: Duty) -> Iterator[Entry]:
    groups, (first, last) = census.groups.get(branch.id, []), rules.bounds(period)
    if not groups:
        yield Entry(branch, EXEMPT, note=rules.NO_GROUPS)
    for group in groups:
        if reason := rules.partial(group.since, group.until, first, last):
            yield Entry(branch, EXEMPT, label=group.name, note=reason)
        else:
            held = census.held(branch, row.kind, period, group=group)
            yield _outcome(census, branch, period, row, held=held, label=group.name)


def _outcome(census: Census, branch: Unit, period: Period, row: Duty, *, held: int, label: str = "") -> Entry:
    if held >= row.at_least:
        return Entry(branch, DONE, label=label, note=f"{held}次")
    if census.waived and (reason := census.waived.get((branch.id, row.key, str(period)))):
        return Entry(branch, EXEMPT, label=label, note=rules.WAIVED.format(reason))
    short = f"要求{row.at_least}次，已有{held}次" if held else ""
    return Entry(branch, MISSING, label=label, note=short)


def _duty_figure(
    code: str, title: str, rule: str, definition: str, *, of: str, quarterly: bool = False
) -> Figure:
    def entries(census: Census) -> Iterator[Entry]:
        return _duty_entries(census, rule, quarterly=quarterly)

    return Figure(
        code, title, of, definition, _DUTY_PARTS, _SHARE, entries, rules=(rule,), is_quarterly=quarterly
    )


# --- M05: the secretary's lesson of the year -----------------------------------------------------

LECTURED, NOT_LECTURED, NO_LECTURE = "lectured", "not_lectured", "no_lecture"
BY_SECRETARIES = 1
"""Which of M05's ways it is."""


def _lessons(census: Census) -> Iterator[Entry]:
    yield from _duty_entries(census, "MEET-05", quarterly=True)
    try:
        row = duty("MEET-05", "secretary", on=census.span.year, overrides=census.own.on(census.span.year))
    except NotInForce:
        return
    for committee in census.committees:
        yield _lecture(census, committee, row)


def _lecture(census: Census, committee: Unit, row: Duty) -> Entry:
    year, held = census.span.year, census.lectures(committee)
    reason = rules.partial(committee.founded_on, committee.dissolved_on, year.first, year.last)
    if reason or held is None:
        return Entry(committee, NO_LECTURE, note=reason or rules.NO_SECRETARY)
    if held >= row.at_least:
        return Entry(committee, LECTURED, note=f"书记讲了{held}次")
    if waived := census.waived.get((committee.id, row.key, str(year))):
        return Entry(committee, NO_LECTURE, note=rules.WAIVED.format(waived))
    return Entry(committee, NOT_LECTURED, note=f"要求{row.at_least}次，已讲{held}次")


# --- M06: attendance ----------------------------------------------------------------------------

PRESENT, AWAY, ABSENT = "present", "away", "absent"


def _attendance(census: Census) -> Iterator[Entry]:
    for branch in census.branches:
        roll = census.rolls.get(branch.id, NO_ROLL)
        absent = roll.expected - roll.present - roll.away
        for part, count in ((PRESENT, roll.present), (AWAY, roll.away), (ABSENT, absent)):
            if count:
                yield Entry(branch, part, count)


# --- M14: terms of office -----------------------------------------------------------------------

UNKNOWN = "unknown"


def _terms(census: Census) -> Iterator[Entry]:
    day = census.span.day
    try:
        reminder = limit("ELEC-03", on=day)
    except NotInForce:
        return
    for unit in census.units:
        if unit.is_temporary or not unit.stands_on(day):
            continue
        office = census.offices.get(unit.id)
        if office is None:
            yield Entry(unit, UNKNOWN, note="没有登记任期")
            continue
        state = rules.term_state(office.due_on, on=day, reminder=reminder)
        note = f"{written(office.elected_on)}当选，任期{office.years}年，{written(office.due_on)}届满"
        yield Entry(unit, state.value, note=note, day=office.due_on)


# --- The registry -------------------------------------------------------------------------------

_FIGURES = (
    _duty_figure(
        "M01",
        "支委会完成率",
        "MEET-02",
        "当月有有效支委会会议的党支部，占应开党支部的比例。期末正式党员7名以上且不是临时党支部的，为应开；"
        "当月成立或者撤销的不计。",
        of="个党支部",
    ),
    _duty_figure(
        "M02",
        "党小组会完成率",
        "MEET-03",
        "当月开过会的党小组，占党小组总数的比例。没有划分党小组的党支部不计；当月划分或者撤销的党小组不计。",
        of="个党小组",
    ),
    _duty_figure(
        "M03",
        "主题党日完成率",
        "MEET-06",
        "当月开展过主题党日的党支部，占党支部总数的比例。临时党支部和当月成立或者撤销的不计。",
        of="个党支部",
    ),
    _duty_figure(
        "M04",
        "党员大会完成率",
        "MEET-01",
        "本季度到当月底已经召开党员大会的党支部，占党支部总数的比例。季度还没有结束的月份只报进度。"
        "临时党支部和本季度成立或者撤销的不计。",
        of="个党支部",
        quarterly=True,
    ),
    Figure(
        "M05",
        "党课完成率",
        "个党支部",
        "本季度到当月底已经上过党课的党支部，占党支部总数的比例。每季度一次是通行做法，县里可以调整；"
        "季度还没有结束的月份只报进度。临时党支部和本季度成立或者撤销的不计。"
        "另计今年到当月底已经讲过党课的党委（党工委）书记，在哪个支部讲的都算；没有登记书记的不计。",
        (
            *_DUTY_PARTS,
            Part(LECTURED, "书记已讲"),
            Part(NOT_LECTURED, "书记还没讲"),
            Part(NO_LECTURE, "书记不适用"),
        ),
        (*_SHARE, Way("书记讲党课（年）", (LECTURED,), (LECTURED, NOT_LECTURED), unit="个党委（党工委）")),
        _lessons,
        rules=("MEET-05",),
        is_quarterly=True,
    ),
    Figure(
        "M06",
        "党员出勤率",
        "人次",
        "当月各次有效会议实到人次，占应到人次的比例；一次活动兼有几种类型的，只计一次。"
        "另一口径从应到人次里减去因流动外出、病、年老体弱未到的人次。出勤率只作统计，不判定会议是否有效。",
        (
            Part(PRESENT, "实到", "人次"),
            Part(AWAY, "流动外出、病、年老体弱未到", "人次"),
            Part(ABSENT, "其他未到", "人次"),
        ),
        (
            Way("出勤率", (PRESENT,), (PRESENT, AWAY, ABSENT)),
            Way("出勤率（不含流动、病、弱）", (PRESENT,), (PRESENT, ABSENT)),
        ),
        _attendance,
        rules=("MEET-17",),
    ),
    Figure(
        "M10",
        "党员增减平衡表",
        "名",
        "月初党员，加当月发展党员、恢复党籍、转入，减出党、停止党籍、死亡、转出，等于月底党员；再与党员名册核对，"
        "差额应当为0。党支部整个划到别处的，划出的一方计转出，划入的一方计转入。"
        "县内的调整，在共同的上级一级不计转入、转出。",
        (
            Part(OPENING, "月初党员", "名"),
            Part("admitted", "发展党员", "名"),
            Part("restored", "恢复党籍", "名"),
            Part("transferred_in", "转入", "名"),
            Part("ended", "出党", "名"),
            Part("suspended", "停止党籍", "名"),
            Part("deceased", "死亡", "名"),
            Part("transferred_out", "转出", "名"),
            Part(CLOSING, "月底党员", "名"),
            Part(DIFFERENCE, "与名册的差额", "名"),
        ),
        (
            Way("月底党员", (CLOSING,)),
            Way("增加", INCREASE),
            Way("减少", DECREASE),
            Way("与名册的差额", (DIFFERENCE,)),
        ),
        balance_entries,
        rules=(),
        sees_members=True,
    ),
    Figure(
        "M14",
        "换届",
        "个党组织",
        "到期末，任期还有6个月以内届满的，和已经届满还没有换届的党组织。批准延期的，按批准延期的日期算；临时党支部不计。",
        (
            Part(TermState.OVERDUE.value, "届满未换届", "个"),
            Part(TermState.SOON.value, "6个月内届满", "个"),
            Part(TermState.RUNNING.value, "任期内", "个"),
            Part(UNKNOWN, "没有登记任期", "个"),
        ),
        (Way("届满未换届", (TermState.OVERDUE.value,)), Way("6个月内届满", (TermState.SOON.value,))),
        _terms,
        rules=("ELEC-01", "ELEC-02", "ELEC-03"),
    ),
)

REGISTRY = MappingProxyType({figure.code: figure for figure in _FIGURES})


def figure(code: str) -> Figure | None:
    """The figure of that code, if there is one."""
    return REGISTRY.get(code)


def all_figures() -> tuple[Figure, ...]:
    return _FIGURES
