"""The roster as a table."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.db import connection

from apps.core import crypto
from apps.core.errors import Refused
from apps.imports.machine import Stale, carry_out, errand_for
from apps.imports.plans import Choices
from apps.imports.problems import CellFault
from apps.imports.registry import importer_named
from apps.members.importing.branches import Branches
from apps.members.importing.columns import (
    CATEGORY,
    EDUCATION,
    ETHNIC_GROUP,
    OCCUPATION,
    STATUS,
    Mobility,
    Place,
    id_number,
    mobility,
    phone,
)
from apps.members.models import Member, MembershipEvent
from tests.factories import MemberFactory, OrganizationFactory, invented_id_number
from tests.imports.books import csv, xlsx
from tests.imports.errands import carried_out, changes, outcome, planned, said

HEAD = [
    *(
        "姓名",
        "性别",
        "民族",
        "公民身份号码",
        "出生日期",
        "学历",
        "人员类别",
        "所在党支部",
        "入党日期",
        "转正日期",
    ),
    *("工作岗位", "手机号码", "家庭住址", "党籍状态", "是否失联", "失联日期", "是否流动", "外出流向"),
]
BORN = datetime.date(1980, 5, 1)
EAST, WEST = "河口镇东湾村党支部", "河口镇西湾村党支部"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-11-22 10:00+08:00", tick=False):
        yield


def line(number: int, **facts: object) -> list[object]:
    """A faultless row; the same number is the same person."""
    male = facts.get("性别", "男") == "男"
    values = {
        "姓名": "王小明",
        "性别": "男",
        "民族": "汉族",
        "出生日期": BORN,
        "学历": "高中",
        "人员类别": "正式党员",
        "公民身份号码": invented_id_number(number, born_on=BORN, male=male),
        "所在党支部": EAST,
        "入党日期": datetime.date(2010, 6, 1),
        "转正日期": datetime.date(2011, 6, 1),
        "工作岗位": "农牧渔民",
        "手机号码": f"139{number:08d}",
        "家庭住址": "清源县河口镇东湾村",
        "党籍状态": "正常",
        "是否失联": "否",
        "失联日期": "",
        "是否流动": "否",
        "外出流向": "",
    }
    return [(values | facts)[title] for title in HEAD]


def roster(*lines: list[object]) -> bytes:
    return xlsx([HEAD, *lines], sheet="党员花名册")


def _history(model: Any) -> Any:
    return model.history.rel.related_model.objects


def written_rows() -> int:
    """How many history rows there are: everything that was ever written to members and their events."""
    return _history(Member).count() + _history(MembershipEvent).count()


# --- the first import, and again ------------------------------------------------------------------


def test_new_members_come_with_everything_that_the_table_says(county, township_officer):
    carried_out("roster", roster(line(7, 是否流动="是", 外出流向="浙江省杭州市")), township_officer)
    member = Member.objects.get()
    assert (member.name, member.pinyin, member.initials, member.name_grams) == (
        "王小明", "wangxiaoming", "wxm", ["王", "小", "明", "王小", "小明"],
    )  # fmt: skip
    assert (member.sex, member.ethnic_group, member.born_on) == ("male", "01", BORN)
    assert (member.education, member.occupation, member.category) == ("high", "farmer", "full")
    assert (member.joined_on, member.full_on) == (datetime.date(2010, 6, 1), datetime.date(2011, 6, 1))
    assert (member.branch, member.status, member.version) == (county.branch, "active", 1)
    assert (member.is_mobile, member.mobile_destination) == (True, "浙江省杭州市")
    assert member.id_number.reveal() == invented_id_number(7, born_on=BORN)
    assert bytes(member.id_digest) == crypto.digest(invented_id_number(7, born_on=BORN))
    assert member.phone
    assert (member.phone.reveal(), bytes(member.phone_digest or b"")) == (
        "13900000007",
        crypto.digest("13900000007"),
    )


def test_first_roster_of_a_branch_opens_its_book_on_the_day_of_joining(county, township_officer):
    carried_out("roster", roster(line(1)), township_officer)
    event = MembershipEvent.objects.get()
    assert (event.cause, event.on, event.to_branch, event.from_branch) == (
        "opening", datetime.date(2010, 6, 1), county.branch, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({}, "transferred_in"),
        ({"人员类别": "预备党员", "入党日期": datetime.date(2026, 9, 1), "转正日期": ""}, "admitted"),
    ],
)
def test_later_members_enter_on_the_day_of_the_import(county, township_officer, facts, cause):
    MemberFactory(branch=county.branch)
    carried_out("roster", roster(line(900, **facts)), township_officer)
    event = MembershipEvent.objects.latest("id")
    assert (event.cause, event.on) == (cause, datetime.date(2026, 11, 22))


def test_same_file_again_changes_nothing_and_writes_nothing(county, township_officer):
    content = roster(*(line(number) for number in range(40)))
    assert outcome(carried_out("roster", content, township_officer)) == (40, 0, 0, 0)
    before = written_rows()
    plan = planned("roster", content, township_officer)
    assert (outcome(plan), plan.problems, plan.absent) == ((0, 0, 40, 0), [], [])
    with pytest.raises(Refused, match="没有要写入的"):
        carried_out("roster", content, township_officer)
    assert written_rows() == before


def test_history_names_who_imported(county, township_officer):
    carried_out("roster", roster(line(1)), township_officer)
    event = _history(Member).get()
    assert (event.pgh_label, event.pgh_context.metadata["user"]) == ("insert", township_officer.pk)


def test_planning_writes_nothing(county, township_officer):
    planned("roster", roster(line(1)), township_officer)
    assert (Member.objects.count(), written_rows()) == (0, 0)


def test_queries_do_not_grow_with_the_rows(county, township_officer, django_assert_num_queries):
    few, many = (roster(*(line(number) for number in range(count))) for count in (1, 60))
    with django_assert_num_queries(6):  # grants, branches, opened books, current, former members, counts
        planned("roster", few, township_officer)
    with django_assert_num_queries(5):  # the user's grants are known by now
        planned("roster", many, township_officer)


# --- changes --------------------------------------------------------------------------------------


@pytest.fixture
def stored(county, township_officer):
    carried_out("roster", roster(line(1, 学历="硕士研究生")), township_officer)
    return Member.objects.get()


def test_changes_are_shown_before_and_after_and_then_written(stored, township_officer):
    content = roster(line(1, 姓名="王大明", 学历="博士研究生", 手机号码="15800006031"))
    plan = carried_out("roster", content, township_officer)
    assert changes(plan) == [
        (
            "王小明",
            [
                ("姓名", "王小明", "王大明"),
                ("学历", "硕士研究生", "博士研究生"),
                ("手机号码", "139****0001", "158****6031"),
            ],
        )
    ]
    stored.refresh_from_db()
    assert (stored.name, stored.pinyin, stored.education, stored.version) == (
        "王大明",
        "wangdaming",
        "doctor",
        2,
    )
    assert (stored.phone.reveal(), bytes(stored.phone_digest)) == (
        "15800006031",
        crypto.digest("15800006031"),
    )
    assert list(_history(Member).order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert", "update",
    ]  # fmt: skip


def test_full_membership_comes_by_the_table(county, township_officer):
    joined = {"人员类别": "预备党员", "入党日期": datetime.date(2025, 9, 1), "转正日期": ""}
    carried_out("roster", roster(line(1, **joined)), township_officer)
    full = {"入党日期": datetime.date(2025, 9, 1), "转正日期": datetime.date(2026, 9, 1)}
    plan = carried_out("roster", roster(line(1, **full)), township_officer)
    assert changes(plan) == [
        ("王小明", [("人员类别", "预备党员", "正式党员"), ("转正日期", "", "2026年9月1日")])
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"姓名": " 王  小明 "},
        {"民族": "汉"},
        {"公民身份号码": "９" + invented_id_number(1, born_on=BORN)[1:]},
        {"公民身份号码": " 990000 ".join(invented_id_number(1, born_on=BORN).split("990000"))},
        {"学历": "研究生"},
        {"人员类别": "正式"},
        {"工作岗位": "务农"},
        {"手机号码": 13900000001.0},
        {"手机号码": "139-0000-0001"},
        {"入党日期": "2010.06"},
        {"入党日期": "2010年6月1日", "转正日期": "20110601"},
        {"出生日期": "1980年5月"},
        {"学历": "", "工作岗位": "", "手机号码": "", "家庭住址": "", "入党日期": "", "是否流动": ""},
        {"所在党支部": "东湾村党支部"},
        {"所在党支部": "中共河口镇东湾村支部委员会".replace("支部", "党支部")},
    ],
)
def test_what_says_the_same_less_exactly_is_no_change(stored, township_officer, facts):
    plan = planned("roster", roster(line(1, **{"学历": "硕士研究生"} | facts)), township_officer)
    assert (outcome(plan), said(plan)) == ((0, 0, 1, 0), [])


def test_more_exact_date_is_a_change(county, township_officer):
    carried_out("roster", roster(line(1, 入党日期="2010年6月")), township_officer)
    member = Member.objects.get()
    assert (member.joined_on, member.joined_precision) == (datetime.date(2010, 6, 1), "month")
    plan = carried_out("roster", roster(line(1)), township_officer)
    assert changes(plan) == [("王小明", [("入党日期", "2010年6月", "2010年6月1日")])]


def test_date_known_to_the_month_is_kept_so_and_said(county, township_officer):
    plan = planned("roster", roster(line(1, 入党日期="98.7", 转正日期="99.7.15")), township_officer)
    assert said(plan) == [(2, "入党日期", "date_not_exact")]
    assert (
        f"{plan.problems[0].message}{plan.problems[0].advice}"
        == "入党日期只有年和月。记为1998年7月，不写成 1 日。"
    )


def test_missing_column_changes_nothing(stored, township_officer):
    content = xlsx([["姓名", "身份证号", "党支部"], ["王小明", invented_id_number(1, born_on=BORN), EAST]])
    assert outcome(planned("roster", content, township_officer)) == (0, 0, 1, 0)


def test_coming_home_clears_the_destination(county, township_officer):
    carried_out("roster", roster(line(1, 是否流动="是", 外出流向="上海市")), township_officer)
    plan = carried_out("roster", roster(line(1)), township_officer)
    assert changes(plan) == [("王小明", [("是否流动", "是", "否"), ("外出流向", "上海市", "")])]


def test_being_found_again_clears_the_date(county, township_officer):
    lost = {"是否失联": "是", "失联日期": datetime.date(2026, 1, 5)}
    carried_out("roster", roster(line(1, **lost)), township_officer)
    plan = carried_out("roster", roster(line(1)), township_officer)
    assert changes(plan) == [("王小明", [("是否失联", "是", "否"), ("失联日期", "2026年1月5日", "")])]


def test_those_whom_the_table_does_not_name_are_listed_and_stay(stored, township_officer):
    plan = carried_out("roster", roster(line(2, 姓名="李丽")), township_officer)
    assert [(absent.subject, absent.detail) for absent in plan.absent] == [("王小明", EAST)]
    assert Member.objects.count() == 2


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "column", "code"),
    [
        ({"公民身份号码": "990000198005010010"}, "公民身份号码", "id_check_digit"),
        ({"公民身份号码": "99000019800501001"}, "公民身份号码", "id_length"),
        ({"公民身份号码": ""}, "公民身份号码", "missing"),
        ({"公民身份号码": 990000198005010016.0}, "公民身份号码", "id_digits_lost"),
        ({"公民身份号码": "9.90128E+17"}, "公民身份号码", "id_digits_lost"),
        ({"姓名": ""}, "姓名", "missing"),
        ({"姓名": "=A1"}, "姓名", "formula"),
        ({"姓名": 12.0}, "姓名", "not_a_name"),
        ({"所在党支部": "不存在的党支部"}, "所在党支部", "branch_unknown"),
        ({"所在党支部": "河口镇党委"}, "所在党支部", "not_a_branch"),
        ({"入党日期": datetime.date(2031, 7, 1)}, "入党日期", "joined_in_future"),
        ({"入党日期": datetime.date(1992, 7, 1)}, "入党日期", "joined_too_young"),
        ({"入党日期": "不详"}, "入党日期", "not_a_date"),
        ({"入党日期": ""}, "入党日期", "missing"),
        ({"转正日期": datetime.date(2010, 5, 3)}, "转正日期", "full_before_joined"),
        ({"转正日期": ""}, "转正日期", "full_on_missing"),
        ({"出生日期": datetime.date(1981, 3, 4)}, "出生日期", "born_on_differs"),
        ({"性别": "女", "公民身份号码": invented_id_number(1, born_on=BORN)}, "性别", "sex_differs"),
        ({"学历": "太空学院"}, "学历", "unknown_value"),
        ({"民族": "火星族"}, "民族", "unknown_value"),
        ({"民族": ""}, "民族", "missing"),
        ({"人员类别": "荣誉党员"}, "人员类别", "unknown_value"),
        ({"党籍状态": "停止党籍"}, "党籍状态", "not_active"),
        ({"是否失联": "是"}, "失联日期", "out_of_contact_undated"),
        ({"是否流动": "是"}, "外出流向", "mobile_destination_missing"),
    ],
)
def test_fault_is_found_once_in_its_column(county, township_officer, facts, column, code):
    plan = planned("roster", roster(line(5, 姓名="李丽"), line(1, **facts)), township_officer)
    assert said(plan) == [(3, column, code)]
    assert outcome(plan) == (1, 0, 0, 1)
    with pytest.raises(Refused, match="表里还有 1 行有问题，一行也没有写入"):
        carried_out("roster", roster(line(5), line(1, **facts)), township_officer)
    assert Member.objects.count() == 0


def test_odd_phone_number_is_only_a_warning(county, township_officer):
    plan = carried_out("roster", roster(line(1, 手机号码="13900")), township_officer)
    assert [(problem.column, problem.severity) for problem in plan.problems] == [("手机号码", "warning")]


def test_same_person_twice_in_a_file_is_a_fault_of_the_second(county, township_officer):
    plan = planned("roster", roster(line(1), line(2), line(1)), township_officer)
    assert said(plan) == [(4, "公民身份号码", "duplicate")]
    assert plan.problems[0].message == "这个身份证号和第 2 行的一样。"


def test_same_person_on_two_sheets_is_told_where(county, township_officer):
    content = xlsx([HEAD, line(1)], sheet="甲", 乙=[HEAD, line(1)])
    plan = planned("roster", content, township_officer)
    assert plan.problems[0].message == "这个身份证号和“甲”第 2 行的一样。"


def test_faulty_rows_are_left_out_when_the_clerk_says_so(county, township_officer):
    content = roster(line(1), line(2, 学历="太空学院"))
    plan = carried_out("roster", content, township_officer, Choices(skip_errors=True))
    assert (outcome(plan), plan.skipped, Member.objects.count()) == ((1, 0, 0, 0), 1, 1)


def test_one_faulty_row_is_left_out_and_another_not(county, township_officer):
    content = roster(line(1), line(2, 学历="太空学院"), line(3, 民族="火星族"))
    plan = planned("roster", content, township_officer, Choices(skipped=frozenset({("党员花名册", 3)})))
    assert (outcome(plan), plan.skipped, plan.is_open) == ((1, 0, 0, 1), 1, False)


def test_number_that_lost_its_digits_is_found_by_name_and_birthday(stored, township_officer):
    number = invented_id_number(1, born_on=BORN)
    content = roster(line(1, 公民身份号码=float(number), 学历="博士研究生"))
    problem = planned("roster", content, township_officer).problems[0]
    assert (problem.code, problem.offer, problem.advice) == (
        "id_digits_lost", "adopt", f"按姓名和出生日期，名册里是 {number[:4]}********{number[-4:]}。",
    )  # fmt: skip
    adopted = Choices(adopted=frozenset({("党员花名册", 2)}))
    plan = carried_out("roster", content, township_officer, adopted)
    assert (changes(plan), plan.problems) == ([("王小明", [("学历", "硕士研究生", "博士研究生")])], [])


def test_namesake_with_another_number_is_not_offered(stored, township_officer):
    content = roster(line(1, 公民身份号码=990777198005010016.0))
    assert [problem.offer for problem in planned("roster", content, township_officer).problems] == [""]


# --- whose branch ---------------------------------------------------------------------------------


def test_member_of_another_branch_is_not_moved(stored, county, township_officer):
    plan = planned("roster", roster(line(1, 所在党支部=WEST)), township_officer)
    assert (outcome(plan), said(plan)) == ((0, 0, 0, 1), [(2, "所在党支部", "other_branch")])
    assert plan.problems[0].message == f"这个身份证号现在在“{EAST}”。"


def test_member_elsewhere_is_refused_without_saying_where(county, township_officer, neighbour):
    carried_out("roster", roster(line(1)), township_officer)
    plan = planned("roster", roster(line(1, 所在党支部=county.other_branch.name)), neighbour)
    assert said(plan) == [(2, "公民身份号码", "elsewhere")]
    assert EAST not in repr(plan)


def test_branch_of_the_neighbour_is_unknown(county, neighbour):
    plan = planned("roster", roster(line(1, 所在党支部=county.other_branch.name), line(2)), neighbour)
    assert said(plan) == [(3, "所在党支部", "branch_unknown")]


def test_file_from_another_place_gets_one_sentence(county, township_officer):
    lines = [line(number, 所在党支部=f"别县第{number}村党支部") for number in range(9)]
    plan = planned("roster", roster(*lines, line(10)), township_officer)
    assert [(problem.row, problem.code, problem.message) for problem in plan.problems] == [
        (0, "another_place", "表里 10 行，有 9 行的党支部不在您的范围里。这像是别处的花名册。")
    ]
    with pytest.raises(Refused, match="别处的花名册"):
        carried_out("roster", roster(*lines, line(10)), township_officer, Choices(skip_errors=True))


def test_member_who_left_is_not_entered_again(stored, township_officer):
    Member.objects.update(status="transferred_out")
    plan = planned("roster", roster(line(1)), township_officer)
    assert said(plan) == [(2, "公民身份号码", "former_member")]


def test_change_of_status_is_not_made_here(stored, township_officer):
    plan = planned("roster", roster(line(1, 学历="硕士研究生", 党籍状态="停止党籍")), township_officer)
    assert said(plan) == [(2, "党籍状态", "status_differs")]


def test_who_may_not_import_is_refused(county, auditor):
    with pytest.raises(Refused, match="您没有导入党员花名册的权限"):
        planned("roster", roster(line(1)), auditor)


def test_branch_is_told_by_the_line_above_or_the_name_of_the_sheet(county, township_officer):
    head, first = HEAD[:7] + HEAD[8:], line(1)
    second = line(2, 姓名="李丽", 性别="女")
    content = xlsx(
        [["花名册"], [f"填报单位：{EAST}（盖章）"], head, first[:7] + first[8:]],
        sheet="东",
        西湾村党支部=[head, second[:7] + second[8:]],
    )
    carried_out("roster", content, township_officer)
    assert dict(Member.objects.values_list("name", "branch__name")) == {"王小明": EAST, "李丽": WEST}


def test_branch_that_a_name_does_not_decide_is_unknown(county, township_officer):
    OrganizationFactory(parent=county.township, code="8801009", name="河口镇小东湾村党支部")
    OrganizationFactory(parent=county.township, code="8801010", name="河口镇大东湾村党支部")
    found = Branches.within(township_officer.scope_for("members.import"))
    by_name, by_code = found.find(EAST), found.find("8801001")
    assert by_name
    assert by_code
    assert (by_name.id, found.find("东湾村党支部"), by_code.id) == (
        county.branch.pk, None, county.branch.pk,
    )  # fmt: skip


def test_text_file_in_the_chinese_code_page_is_read(county, township_officer):
    rows = [["姓名", "身份证号", "民族", "政治面貌", "党支部", "入党时间", "转正时间"]]
    rows.append(
        ["王小明", invented_id_number(1, born_on=BORN), "汉", "正式", EAST, "2010-06-01", "2011-06-01"]
    )
    assert outcome(carried_out("roster", csv(rows, "gb18030"), township_officer)) == (1, 0, 0, 0)


# --- exactly what was shown -----------------------------------------------------------------------


def test_what_changed_since_it_was_shown_is_not_written(stored, township_officer):
    importer = importer_named("roster")
    errand = errand_for(importer, township_officer)
    content = roster(line(1, 学历="博士研究生"))
    shown = planned("roster", content, township_officer).fingerprint
    Member.objects.update(education="college", version=2)
    with pytest.raises(Stale, match="名册在您查看之后有了变化，请重新看一遍结果"):
        carry_out(importer, content, errand, shown=shown)
    stored.refresh_from_db()
    assert stored.education == "college"


def test_same_plan_has_the_same_fingerprint_and_another_has_not(stored, township_officer):
    content, other = roster(line(1, 学历="博士研究生")), roster(line(1, 学历="小学"))
    first, again, third = (
        planned("roster", each, township_officer).fingerprint for each in (content, content, other)
    )
    assert (first == again, first == third) == (True, False)


# --- single cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("是", Mobility(True)),
        ("否", Mobility(False)),
        ("在家", Mobility(False)),
        ("外出", Mobility(True)),
        ("外出(浙江省杭州市)", Mobility(True, "浙江省杭州市")),
        ("外出（上海市）", Mobility(True, "上海市")),
        ("流动：新疆", Mobility(True, "新疆")),
    ],
)
def test_mobility(cell, expected):
    assert mobility(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("13912345678", "13912345678"),
        (13912345678.0, "13912345678"),
        ("139-1234-5678", "13912345678"),
        ("１３９１２３４５６７８", "13912345678"),
        ("0931-6325533", "0931-6325533"),
    ],
)
def test_phone(cell, expected):
    assert phone(cell) == expected


def test_number_is_never_shown_whole():
    with pytest.raises(CellFault, match=r"9901\*{8}0000") as fault:
        id_number(990128199506160512.0)
    assert "990128199506160" not in fault.value.sentence


def test_bulk_values_survive_the_copy(county, township_officer):
    odd = 'a\\b\tc"d{e}'
    carried_out("roster", roster(line(1, 家庭住址=odd, 姓名="艾力·买买提")), township_officer)
    member = Member.objects.get()
    assert (member.address, member.name) == ('a\\b c"d{e}', "艾力·买买提")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_grams FROM members_member")
        assert cursor.fetchone()[0][:2] == ["艾", "力"]


# --- shifted columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["家庭住址", "外出流向"])
@pytest.mark.parametrize(
    "cell",
    [
        invented_id_number(31),
        "990000800501001",
        "9900 0019 8005 0100 16",
        990000198005010016.0,
        "9.90000198005010E+17",
        "13912345678",
        13912345678.0,
        "139-1234-5678",
        "东湾村 12 13912345678",
    ],
)
def test_number_is_no_place(county, township_officer, title, cell):
    away = {"是否流动": "是"} if title == "外出流向" else {}
    plan = planned("roster", roster(line(1, **away | {title: cell})), township_officer)
    assert said(plan) == [(2, title, "number_in_place")]
    assert plan.problems[0].message == "这一格像是身份证号或手机号。"


def test_number_is_no_place_that_somebody_went_to():
    with pytest.raises(CellFault, match="这一格像是身份证号或手机号"):
        mobility("外出（13912345678）")


@pytest.mark.parametrize("text", ["东湾村3组120号", "幸福路18-2-1501", "县城东街 0571-88881234 旁"])
def test_house_number_is_a_place(text):
    assert Place(100)(text) == text


@pytest.mark.parametrize("choice", [CATEGORY, EDUCATION, OCCUPATION, ETHNIC_GROUP, STATUS])
@pytest.mark.parametrize("word", ["荣誉党员", "正式党圆", "党圆", "大学专课", "在册了", "汉足", "企业职员"])
def test_only_an_accepted_word_is_suggested(choice, word):
    with pytest.raises(CellFault) as fault:
        choice(word)
    suggested = re.findall("是不是“(.+?)”？", fault.value.advice)
    assert set(suggested) <= set(choice.labels)
