"""The words of the bulletin, written from the figures (handbook 10.3). Pure.

Nothing is said that the figures do not support; units stand in administrative order and are not ranked
(RPT-05); a duty that nobody has is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apps.core.calendar import written
from apps.core.documents.wording import in_tenths, listed, numeral, percent, short_day
from apps.core.periods import Month
from apps.figures.registry import AWAY, CLOSING, DECREASE, INCREASE, NOT_LECTURED, OPENING
from apps.figures.values import Entry, Reading, Unit
from apps.organizations.kinds import BRANCH_KINDS, Kind, Sector
from apps.organizations.naming import whole
from apps.reports.frozen import Block, Bulletin, Content
from apps.reports.matters import Digest, Matter

MEETINGS, BALANCE, UNFINISHED = "三会一课完成情况统计表", "党员增减平衡表", "未完成事项清单"
TERMS, LATE = "换届情况清单", "补录情况清单"
NAMES_IN_TEXT, PARTS_IN_TEXT = 6, 10


@dataclass(frozen=True)
class Office:
    """Who sends the bulletin; `next_cut_off` is by when next month's records are to be handed in."""

    signature: str
    signed_on: date
    next_cut_off: date
    extension_years: int


def write(content: Content, office: Office, *, before: Content | None = None) -> Bulletin:
    """The bulletin on a month; `before` is the last month's report, for comparison, if there is one."""
    digest = Digest(content)
    return Bulletin(
        title=(f"关于{content.month.label}份基层党建重点工作", "完成情况的通报"),
        addressee=addressee(content),
        blocks=tuple(_blocks(digest, office, before)),
        annexes=annexes(digest),
        signature=office.signature,
        signed_on=office.signed_on,
    )


def annexes(digest: Digest) -> tuple[str, ...]:
    """The titles of the annexes that have something in them."""
    wanted = (
        (MEETINGS, True),
        (BALANCE, True),
        (UNFINISHED, bool(digest.unfinished)),
        (TERMS, bool(digest.overdue_terms or digest.ending_terms)),
        (LATE, bool(digest.content.late)),
    )
    return tuple(title for title, present in wanted if present)


def addressee(content: Content) -> str:
    """Whom the bulletin is for, by the kinds of organization that stand directly below."""
    parts = content.parts
    townships = [part for part in parts if part.sector == Sector.TOWNSHIP]
    if not townships:
        kinds = [
            kind for kind in (Kind.COMMITTEE, Kind.GENERAL_BRANCH) if any(part.kind == kind for part in parts)
        ]
        branches = ["党支部"] if any(part.kind in BRANCH_KINDS for part in content.units) else []
        return f"各{listed([*(kind.label for kind in kinds), *branches]) or '党组织'}："
    groups = []
    if any("街道" not in part.name for part in townships):
        groups.append("各乡镇党委")
    if any("街道" in part.name for part in townships):
        groups.append("街道党工委")
    text = "、".join(groups)
    return f"{text}，{content.county[-1:]}直各党（工）委：" if len(townships) < len(parts) else f"{text}："


def _blocks(digest: Digest, office: Office, before: Content | None) -> Iterator[Block]:
    yield Block(_opening(digest))
    yield Block("一、总体情况", is_heading=True)
    yield from _numbered(_situation(digest, before))
    yield Block("二、完成较好的方面", is_heading=True)
    yield from _achievements(digest)
    yield Block("三、存在的主要问题", is_heading=True)
    yield from _problems(digest)
    yield Block("四、下步工作要求", is_heading=True)
    yield from _numbered(_demands(digest, office))


def _numbered(points: Iterable[tuple[str, str]]) -> Iterator[Block]:
    for number, (lead, text) in enumerate(points, 1):
        yield Block(text, lead=f"（{numeral(number)}）{lead}。")


def _opening(digest: Digest) -> str:
    content = digest.content
    text = (
        f"现将{content.month.label}份{_whole(content)}基层党建重点工作完成情况通报如下。"
        f"数据由系统从会议记录和党员名册自动汇总，截至{written(content.cut_off_on)}，"
        "各单位不需要另行填报；截止后补录的，在下期注明。"
    )
    if content.revision > 1:
        text += f"本通报为第{content.revision}版，重新生成的原因：{content.reason.rstrip('。')}。"
    return text


def _whole(content: Content) -> str:
    """全县 for the county's own report, 全镇 for a township's."""
    is_county = content.root.path.count("/") == 1
    return whole(content.county if is_county else Digest(content).label(content.root))


# --- 一、总体情况 --------------------------------------------------------------------------------


def _situation(digest: Digest, before: Content | None) -> Iterator[tuple[str, str]]:
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
        f"截至{short_day(content.day)}，{_whole(content)}共有党组织{len(units)}个，其中{listed(kinds)}；"
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
        sentences.append(f"{_quarter(digest)}，{'；'.join(quarterly)}。")
    if running:
        end = short_day(digest.quarter.last)
        sentences.append(f"{_quarter(digest)}到{end}结束，目前的进度：{'；'.join(running)}。")
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


def _quarter(digest: Digest) -> str:
    return digest.quarter.label.split("年", 1)[1]


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
        f"记入本期，{_see(digest, LATE)}。已经发出的通报不作改动。"
    )


# --- 二、完成较好的方面 --------------------------------------------------------------------------


def _achievements(digest: Digest) -> Iterator[Block]:
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


# --- 三、存在的主要问题 --------------------------------------------------------------------------


def _problems(digest: Digest) -> Iterator[Block]:
    points = list(_problem_points(digest))
    if points:
        yield from _numbered(points)
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
    period = f"{digest.month.month}月份" if matter.period == digest.month else _quarter(digest)
    count = f"{matter.wording.whose}{len(matter.missing)}{matter.wording.measure}"
    text = f"{period}{matter.wording.lacks}的{count}{_who(digest, matter.missing)}"
    return f"{matter.wording.title}没有全部完成", f"{text}（{_see(digest, UNFINISHED)}）。"


def _silent_secretaries(digest: Digest) -> str:
    entries = digest.content.listing("M05", (NOT_LECTURED,))
    who = _who(digest, entries)
    return f"{digest.month.year}年书记没有讲党课的党委（党工委）{len(entries)}个{who}。"


def _who(digest: Digest, entries: tuple[Entry, ...]) -> str:
    """A few by name, more by how many each part has, many by how many parts; in administrative order."""
    if len(entries) <= NAMES_IN_TEXT:
        return f"：{listed([_name(entry) for entry in entries])}"
    parts = digest.by_part(entries)
    if len(parts) > PARTS_IN_TEXT:
        return f"，涉及{len(parts)}个单位"
    return f"：{listed([f'{digest.label(unit)}{count}个' for unit, count in parts])}"


def _name(entry: Entry) -> str:
    return f"{entry.unit.name}{entry.label}"


def _overdue_terms(digest: Digest) -> str:
    count, who = len(digest.overdue_terms), _who(digest, digest.overdue_terms)
    day = short_day(digest.content.day)
    return f"截至{day}，任期届满还没有换届的党组织{count}个{who}（{_see(digest, TERMS)}）。"


def _differences(digest: Digest) -> str:
    entries = digest.differences
    names = listed([f"{entry.unit.name}（{entry.note}）" for entry in entries[:NAMES_IN_TEXT]])
    more = "等" if len(entries) > NAMES_IN_TEXT else ""
    return f"党员名册与增减记录不一致的党支部{len(entries)}个：{names}{more}。核对一致以前，本表不得上报。"


def _see(digest: Digest, annex: str) -> str:
    return f"见{_annex(digest, annex)}"


def _annex(digest: Digest, title: str) -> str:
    return f"附件{annexes(digest).index(title) + 1}"


# --- 四、下步工作要求 ----------------------------------------------------------------------------


def _demands(digest: Digest, office: Office) -> Iterator[tuple[str, str]]:
    by = _day_after(office.next_cut_off, digest.month)
    if digest.unfinished:
        yield "如实补录", _make_up(digest, by)
    yield f"按时完成{digest.month.next().month}月份工作", _next_month(digest, by)
    yield from _quarter_demand(digest)
    yield from _term_demand(digest, office, by)


def _make_up(digest: Digest, by: str) -> str:
    return (
        f"{_annex(digest, UNFINISHED)}所列事项，已经开展、还没有记录的，请有关党支部于{by}前补录并写明原因；"
        "没有开展的，不得编造记录。补录情况在下期通报注明。"
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
        yield "抓紧完成本季度工作", f"{_quarter(digest)}{left}，请于{end}前完成。"
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
