"""The words of the bulletin: nothing that the figures do not support. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from apps.core.periods import Month
from apps.figures.registry import all_figures
from apps.figures.values import Entry, Unit
from apps.reports import bulletin
from apps.reports.bulletin.phrases import Office
from apps.reports.frozen import Bulletin, Content, Heads, LateRecord

ROOT = Unit(1, "88", "中国共产党清源县委员会", "committee", "county_organ", "88/")
HEKOU = Unit(2, "8801", "中共清源县河口镇委员会", "committee", "township", "88/8801/")
SHIQIAO = Unit(3, "8802", "中共清源县石桥乡委员会", "committee", "township", "88/8802/")
BUREAU = Unit(4, "8803", "中共清源县教育局党委", "committee", "county_organ", "88/8803/")
EAST = Unit(5, "8801001", "河口镇东湾村党支部", "branch", "village", "88/8801/8801001/")
WEST = Unit(6, "8801002", "河口镇西湾村党支部", "branch", "village", "88/8801/8801002/")
UPPER = Unit(7, "8802001", "石桥乡上寨村党支部", "branch", "village", "88/8802/8802001/")
SCHOOL = Unit(8, "8803001", "县教育局第1学校党支部", "branch", "school", "88/8803/8803001/")
UNITS = (ROOT, HEKOU, EAST, WEST, SHIQIAO, UPPER, BUREAU, SCHOOL)
BRANCHES = (EAST, WEST, UPPER, SCHOOL)
OCTOBER = Month(2026, 10)
OFFICE = Office("中共清源县委组织部", date(2026, 11, 6), date(2026, 12, 5), 1)


def content(month: Month = OCTOBER, **entries: list[Entry]) -> Content:
    """All done but what is given; each code's entries are added to the done ones of other branches."""
    found: dict[str, tuple[Entry, ...]] = {figure.code: () for figure in all_figures()}
    for code in ("M01", "M03", "M04", "M05"):
        given = entries.get(code, [])
        lacking = {entry.unit for entry in given}
        found[code] = (*(Entry(unit, "done") for unit in BRANCHES if unit not in lacking), *given)
    found["M10"] = tuple(entries.get("M10", [Entry(EAST, "opening", 21), Entry(EAST, "closing", 21)]))
    for code in ("M02", "M06", "M14"):
        found[code] = tuple(entries.get(code, []))
    return Content(
        month=month, day=month.last, cut_off_on=date(2026, 11, 5), revision=1, reason="", county="清源县",
        units=UNITS, entries=found, heads=Heads(20, 1),
    )  # fmt: skip


def words(value: Content, before: Content | None = None) -> Bulletin:
    return bulletin.write(value, OFFICE, before=before)


def section(written: Bulletin, title: str) -> list[str]:
    """The paragraphs under a heading."""
    found: list[str] = []
    inside = False
    for block in written.blocks:
        if block.is_heading:
            inside = block.text.endswith(title)
        elif inside:
            found.append(block.lead + block.text)
    return found


def test_title_addressee_and_signature() -> None:
    written = words(content())

    assert written.heading == "关于2026年10月份基层党建重点工作完成情况的通报"
    assert written.addressee == "各乡镇党委，县直各党（工）委："
    assert (written.signature, written.signed) == ("中共清源县委组织部", "2026年11月6日")
    assert [block.text for block in written.blocks if block.is_heading] == [
        "一、总体情况",
        "二、完成较好的方面",
        "三、存在的主要问题",
        "四、下步工作要求",
    ]


def test_a_month_without_fault_says_so_and_lists_nothing() -> None:
    written = words(content())

    assert section(written, "主要问题") == [
        "10月份应完成的事项没有逾期未完成的，没有届满未换届的党组织，党员增减与名册一致。"
    ]
    assert section(written, "较好的方面") == [
        "10月份应完成的支部委员会会议、主题党日全部完成。",
        "3个单位10月份应完成的事项全部完成。",
    ]
    assert written.annexes == ("三会一课完成情况统计表", "党员增减平衡表")
    assert "如实补录" not in str(written.blocks)


def test_what_nobody_has_to_do_is_not_spoken_of() -> None:
    assert "党小组会的党小组" not in str(words(content()).blocks)
    assert "党员参加" not in str(words(content()).blocks)


def test_a_few_missing_are_named_with_share_and_annex() -> None:
    written = words(content(M01=[Entry(UPPER, "missing")]))

    assert "应召开支部委员会会议的党支部4个，已完成3个，完成率75%" in section(written, "总体情况")[1]
    assert section(written, "主要问题") == [
        "（一）支部委员会会议没有全部完成。10月份没有支部委员会会议记录的党支部1个：石桥乡上寨村党支部（见附件3）。"
    ]
    assert section(written, "较好的方面") == [
        "主题党日全部按要求完成。",
        "3个单位中，有2个单位应完成的事项全部完成（按行政顺序，不分先后）：河口镇、县教育局党委。",
    ]


def test_nothing_done_at_all_is_not_called_good() -> None:
    nothing = {code: [Entry(unit, "missing") for unit in BRANCHES] for code in ("M01", "M03")}

    assert section(words(content(OCTOBER, **nothing)), "较好的方面") == [
        "10月份应完成的事项都还没有完成记录。"
    ]


def test_many_missing_are_told_by_part_and_the_rest_is_in_the_annex() -> None:
    villages = [
        Unit(100 + n, f"8801{n:03}", f"第{n}村党支部", "branch", "village", f"88/8801/8801{n:03}/")
        for n in range(10, 17)
    ]
    value = content(M01=[Entry(unit, "missing") for unit in villages])
    value = replace(value, units=(*UNITS[:4], *villages, *UNITS[4:]))

    assert "没有支部委员会会议记录的党支部7个：河口镇7个（见附件3）。" in section(words(value), "主要问题")[0]


def test_while_the_quarter_runs_only_its_progress_is_told() -> None:
    written = words(content(M04=[Entry(EAST, "missing")]))

    assert (
        "第四季度到12月31日结束，目前的进度：支部党员大会已有3个党支部完成，占4个的75%；党课全部完成。"
        in section(written, "总体情况")[1]
    )
    assert "未完成事项清单" not in written.annexes
    assert (
        "（二）抓紧完成本季度工作。第四季度支部党员大会还有1个党支部没有完成，请于12月31日前完成。"
        in section(written, "工作要求")
    )


def test_at_the_quarter_s_end_its_duties_are_due() -> None:
    written = words(content(Month(2026, 12), M04=[Entry(EAST, "missing")]))

    assert section(written, "主要问题") == [
        "（一）支部党员大会没有全部完成。第四季度没有召开支部党员大会的党支部1个：河口镇东湾村党支部（见附件3）。"
    ]
    assert "2027年1月31日前完成" in section(written, "工作要求")[1]
    assert (
        "第一季度的支部党员大会、党课，请各党支部于2027年3月31日前完成。" in section(written, "工作要求")[2]
    )


def test_terms() -> None:
    overdue = Entry(EAST, "overdue", day=date(2026, 9, 10))
    soon = [Entry(unit, "soon", day=date(2027, 2, 1)) for unit in (WEST, UPPER)]
    written = words(content(M14=[overdue, *soon]))

    assert "（四）换届。截至10月31日，6个月内任期届满的党组织2个，已经届满、还没有换届的1个。" in section(
        written, "总体情况"
    )
    assert section(written, "主要问题") == [
        "（一）届满未换届。截至10月31日，任期届满还没有换届的党组织1个：河口镇东湾村党支部（见附件3）。"
    ]
    assert section(written, "工作要求")[-1] == (
        "（二）做好换届工作。届满未换届的1个党组织，请于12月5日前向上级党组织报告换届安排；确需延期的，按规定报批，"
        "延长期限一般不超过1年。6个月内任期届满的2个党组织，请提前做好换届准备。"
    )


def test_a_balance_that_does_not_agree_must_not_be_reported() -> None:
    written = words(
        content(
            M10=[Entry(EAST, "closing", 21), Entry(EAST, "difference", -1, note="名册20名，按增减应有21名")]
        )
    )

    assert "与党员名册不一致，须核对" in str(written.blocks)
    (problem,) = section(written, "主要问题")
    assert problem == (
        "（一）党员增减与名册不一致。党员名册与增减记录不一致的党支部1个："
        "河口镇东湾村党支部（名册20名，按增减应有21名）。核对一致以前，本表不得上报。"
    )


def test_attendance_is_told_in_both_ways_and_judges_nobody() -> None:
    roll = [Entry(EAST, "present", 80), Entry(EAST, "away", 10), Entry(EAST, "absent", 10)]

    assert (
        "（三）党员参加。10月份有效会议应到100人次，实到80人次，出勤率80%；"
        "不计因流动外出、病、年老体弱未到的10人次，出勤率88.9%。出勤率只作统计。"
    ) in section(words(content(M06=roll)), "总体情况")


@pytest.mark.parametrize(
    ("missing_before", "sentence"),
    [
        (2, "完成率75%，比9月份提高25个百分点"),
        (1, "完成率75%，与9月份持平"),
        (0, "完成率75%，比9月份降低25个百分点"),
    ],
)
def test_last_month_is_compared_with(missing_before: int, sentence: str) -> None:
    before = content(Month(2026, 9), M01=[Entry(unit, "missing") for unit in BRANCHES[:missing_before]])

    assert sentence in section(words(content(M01=[Entry(UPPER, "missing")]), before=before), "总体情况")[1]


def test_late_records_are_told_and_listed() -> None:
    late = LateRecord(
        5, "河口镇东湾村党支部", EAST.path, "主题党日", date(2026, 9, 5), date(2026, 10, 20), "网络故障"
    )
    written = words(replace(content(), late=(late,)))

    assert section(written, "总体情况")[-1] == (
        "（四）补录。上期截止后补录以前月份的会议记录1条，涉及1个党支部，记入本期，见附件3。已经发出的通报不作改动。"
    )
    assert written.annexes[-1] == "补录情况清单"


def test_no_unit_is_ranked_or_scored() -> None:
    text = str(words(content(M01=[Entry(UPPER, "missing")], M03=[Entry(EAST, "missing")])).blocks)

    assert not any(word in text for word in ("排名", "名列", "倒数", "得分", "第一名", "末位"))
