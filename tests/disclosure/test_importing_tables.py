"""Tables of handbook 7.6 from workbooks: found by their titles, checked, whole or not at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from apps.accounts.models import User
from apps.disclosure.models import Publication, Statement, Table
from apps.disclosure.tables import KINDS
from apps.imports import workbooks
from apps.imports.machine import carry_out, errand_for, make_plan
from apps.imports.plans import Choices, NothingToWrite, Plan
from apps.imports.registry import importer_named
from tests.conftest import County
from tests.disclosure.conftest import OCTOBER, book, imported, sheet
from tests.factories import invented_id_number

UNIT = "单位：河口镇东湾村股份经济合作社"
MISSED = ["序号", "姓名", "误工事由", "误工日期", "误工天数", "标准（元/天）", "金额（元）"]


def missed(*rows: list[Any], total: Any = "", period: str = "期间：2026年第三季度") -> list[list[Any]]:
    below = [["合计", "", "", "", "", "", total]] if total != "" else []
    return [["误工补贴公开表"], [UNIT, "", "", period], MISSED, *rows, *below]


def done(by: User, kind: str, content: bytes, **choices: Any) -> Plan:
    importer = importer_named(kind)
    return carry_out(importer, content, errand_for(importer, by, Choices(**choices)))


def problems(by: User, kind: str, content: bytes) -> list[tuple[int, str, str]]:
    importer = importer_named(kind)
    plan = make_plan(importer, content, errand_for(importer, by))
    return [(each.row, each.column, each.code) for each in plan.problems]


LI = [1, "李某", "清淤", "2026-08-03", 2, 120, 240]
WANG = [2, "王某", "巡堤", "2026-08-04", 1.5, 120, ""]


def test_a_sheet_becomes_a_draft_and_the_same_again_is_unchanged(township_officer: User, county: County):
    plan = done(township_officer, "missed-work", book(表=missed(LI, WANG, total=420)))

    made = Publication.objects.get()
    assert (len(plan.new), plan.problems, made.title) == (1, [], "2026年第三季度误工补贴公开表")
    assert made.village.organization == county.branch
    assert [row["amount"] for row in made.table.rows] == ["240.00", "180.00"]
    with pytest.raises(NothingToWrite):
        done(township_officer, "missed-work", book(表=missed(LI, WANG, total=420)))


def test_faults_are_found_at_their_row_and_column(township_officer: User):
    wrong = [*LI[:6], 250]
    assert problems(township_officer, "missed-work", book(表=missed(wrong, WANG, total=420))) == [
        (4, "金额（元）", "amount_wrong"),
        (6, "金额（元）", "total_wrong"),
    ]
    late = [*LI[:3], "2026-10-03", *LI[4:]]
    assert problems(township_officer, "missed-work", book(表=missed(late))) == [
        (4, "误工日期", "outside_period")
    ]
    assert problems(
        township_officer, "missed-work", book(表=missed([1, "李某", "清淤", "", "", 120, ""]))
    ) == [(4, "误工天数", "missing")]


def test_what_is_personal_is_masked_when_the_clerk_says_so(township_officer: User):
    personal = [1, f"李某{invented_id_number(7)}", *LI[2:]]
    content = book(表=missed(personal))
    assert problems(township_officer, "missed-work", content) == [(4, "姓名", "personal_number")]

    done(township_officer, "missed-work", content, adopted=frozenset({("表", 4)}))
    assert Table.objects.get().rows[0]["name"] == "李某****"


def test_a_draft_is_changed_and_what_is_public_is_not(township_officer: User, clerk: User, publish):
    done(township_officer, "missed-work", book(表=missed(LI)))
    plan = done(township_officer, "missed-work", book(表=missed(LI, WANG)))
    assert plan.changed[0].fields[0].new == "2 个人误工 3.5 天，一共补了 420.00 元。"

    publish(Publication.objects.get())
    assert problems(township_officer, "missed-work", book(表=missed(LI))) == [
        (4, "期间", "already_disclosed")
    ]


def test_a_balance_sheet_of_two_halves_is_read_line_by_line(township_officer: User):
    rows: list[list[Any]] = [
        ["资产负债表"],
        [UNIT, "", "", "2025年12月31日"],
        ["资产", "期末余额", "年初余额", "负债和所有者权益", "期末余额", "年初余额"],
        ["流动资产：", "", "", "流动负债：", "", ""],
        ["  货币资金", 1000, 900, "  应付款项", 400, 400],
        ["流动资产合计", 1000, 900, "负债合计", 400, 400],
        ["固定资产原价", 500, 500, "所有者权益：", "", ""],
        ["减：累计折旧", 100, 0, "　资本", 1000, 1000],
        ["资产总计", 1400, 1400, "负债和所有者权益总计", 1400, 1400],
    ]
    done(township_officer, "balance-sheet", book(表=rows))
    made = Publication.objects.get()
    by_line = {row["line"]: (row["closing"], row["opening"]) for row in made.table.rows}

    assert made.title == "2025年资产负债表"
    assert (by_line["fixed_net"], by_line["equity"], by_line["cash"]) == (
        ("400.00", "500.00"),
        ("1000.00", "1000.00"),
        ("1000.00", "900.00"),
    )
    rows[4][4], rows[5] = 401, ["待处理财产", 7, "", "", "", ""]
    assert problems(township_officer, "balance-sheet", book(表=rows)) == [
        (6, "资产", "line_unknown"),
        (9, "期末余额", "not_balanced"),
        (9, "期末余额", "sum_wrong"),
    ]


def test_a_village_without_debts_says_so_with_an_empty_table(township_officer: User):
    head = ["单位或个人", "事由", "发生日期", "原始金额", "已还", "余额"]
    done(township_officer, "debts", book(表=[[UNIT], ["期间：2026年第三季度"], head]))

    assert Table.objects.get().rows == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_of_each_kind_is_understood(kind: str, township_officer: User):
    importer = importer_named(kind)
    content = workbooks.template(importer)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]

    assert [cell.value for cell in sheet[3]] == [column.title for column in importer.columns]
    assert (4, "项目", "line_unknown") not in problems(township_officer, kind, content)
    plan = make_plan(importer, content, errand_for(importer, township_officer))
    assert [reading.heading_row for reading in plan.readings] == [3]


# --- a month with nothing in it -------------------------------------------------------------------


def test_a_month_without_income_and_expense_is_a_statement_too(township_officer: User, clerk: User, publish):
    quiet = sheet(9, 10_000, [])
    plan = imported(
        township_officer, book(九月=quiet, 十月=sheet(10, 10_000, [(OCTOBER[0][0], "电费", "", 1, 9_999)]))
    )

    assert (len(plan.new), plan.problems) == (2, [])
    first = Statement.objects.get(first_on__month=9)
    assert (str(first.opening), str(first.closing), first.lines.count()) == ("10000.00", "10000.00", 0)
    made = publish(first.publication)
    assert made.content["statement"]["lines"] == []


def test_a_line_that_says_nothing_happened_is_no_line(township_officer: User):
    quiet = sheet(9, 10_000, [])
    quiet.insert(3, ["", "", "", "本月无收支", "", "", "", "", "", ""])
    imported(township_officer, book(九月=quiet))

    assert Statement.objects.get().lines.count() == 0
    quiet[-2] = ["期末结余:9999.00"]
    importer = importer_named("statements")
    plan = make_plan(importer, book(九月=quiet), errand_for(importer, township_officer))
    assert [problem.code for problem in plan.problems] == ["closing_wrong"]
