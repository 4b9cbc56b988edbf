"""Statements from a workbook: understood as they are exported, checked to the fen, whole or not at all."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.disclosure.models import Publication, Statement
from apps.disclosure.states import State
from apps.imports.machine import errand_for, make_plan
from apps.imports.plans import NothingToWrite
from apps.imports.registry import importer_named
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.conftest import OCTOBER, SEPTEMBER, book, imported, sheet
from tests.factories import invented_id_number

BOTH = {"九月": sheet(9, 10_000, SEPTEMBER), "十月": sheet(10, 12_499.5, OCTOBER)}


def problems(by: User, content: bytes) -> list[tuple[str, int, str, str]]:
    importer = importer_named("statements")
    plan = make_plan(importer, content, errand_for(importer, by))
    return [(each.sheet, each.row, each.column, each.code) for each in plan.problems]


def test_each_sheet_becomes_a_draft_of_its_village_and_month(township_officer: User, county: County):
    plan = imported(township_officer, book(**BOTH))

    assert (plan.rows, len(plan.new), plan.problems) == (2, 2, [])
    village = Village.objects.get()
    assert (village.name, village.organization, village.economic_body) == (
        "河口镇东湾村",
        county.branch,
        "河口镇东湾村股份经济合作社",
    )
    first, second = Publication.objects.order_by("first_on")
    assert (first.title, first.state, second.title) == (
        "2026年9月财务收支",
        State.DRAFT,
        "2026年10月财务收支",
    )
    statement = second.statement
    assert statement is not None
    assert (statement.opening, statement.expense, statement.closing) == (
        Decimal("12499.50"),
        Decimal("3786.70"),
        Decimal("8712.80"),
    )
    assert [line.summary for line in statement.lines.all()] == ["支付村道路灯电费", "支付水渠清淤工钱"]


def test_the_same_file_again_is_unchanged_and_writes_nothing(township_officer: User):
    imported(township_officer, book(**BOTH))
    with pytest.raises(NothingToWrite):
        imported(township_officer, book(**BOTH))

    assert (Publication.objects.count(), Statement.objects.count()) == (2, 2)


def test_faults_are_found_at_their_row_and_column(township_officer: User):
    off = [(*OCTOBER[0][:4], 11_912.9), OCTOBER[1]]
    number = f"救济款（{invented_id_number(7)}）"
    personal = [(*OCTOBER[0][:1], number, *OCTOBER[0][2:]), OCTOBER[1]]

    assert problems(township_officer, book(表=sheet(10, 12_499.5, off))) == [
        ("表", 4, "余额", "balance_wrong")
    ]
    assert problems(township_officer, book(表=sheet(10, 12_499.5, OCTOBER, expense=3_786.8))) == [
        ("表", 6, "支出金额", "total_wrong")
    ]
    assert problems(township_officer, book(九月=BOTH["九月"], 十月=sheet(10, 12_449.5, OCTOBER))) == [
        ("十月", 2, "上期结余", "opening_differs"),
        ("十月", 4, "余额", "balance_wrong"),
    ]
    assert problems(township_officer, book(表=sheet(10, 12_499.5, personal))) == [
        ("表", 4, "摘要", "personal_number")
    ]


def test_what_is_personal_is_masked_when_the_clerk_says_so(township_officer: User):
    number = invented_id_number(7)
    lines = [(OCTOBER[0][0], f"救济款（{number}）", *OCTOBER[0][2:]), OCTOBER[1]]
    plan = imported(township_officer, book(表=sheet(10, 12_499.5, lines)), adopted=frozenset({("表", 4)}))

    assert len(plan.new) == 1
    statement = Statement.objects.get()
    assert statement.lines.get(number=1).summary == "救济款（****）"


def test_one_faulty_sheet_keeps_all_back_unless_it_is_left_out(township_officer: User):
    wrong = book(九月=BOTH["九月"], 十月=sheet(10, 12_499.5, OCTOBER, expense=1))
    with pytest.raises(Refused):
        imported(township_officer, wrong)
    assert Publication.objects.count() == 0

    plan = imported(township_officer, wrong, skipped=frozenset({("十月", 5)}))
    assert (len(plan.new), plan.skipped, Publication.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "opening", "row"), [({"expense": 1}, 12_499.5, 6), ({}, 12_000, 2)], ids=["total", "opening"]
)
def test_a_sheet_is_left_out_by_any_of_its_problems_also_one_beside_the_lines(
    township_officer: User, wrong: dict[str, Any], opening: float, row: int
):
    october: Any = [(on, words, into, out, "") for on, words, into, out, _ in OCTOBER]
    faulty = book(九月=BOTH["九月"], 十月=sheet(10, opening, october, **wrong))
    assert row in {found for _, found, _, _ in problems(township_officer, faulty)}

    plan = imported(township_officer, faulty, skipped=frozenset({("十月", row)}))
    assert (len(plan.new), plan.skipped, plan.skipped_places >= {("十月", row)}) == (1, 1, True)


def test_a_village_of_another_township_is_unknown(neighbour: User):
    assert problems(neighbour, book(表=BOTH["九月"])) == [("表", 2, "单位", "village_unknown")]


def test_a_period_that_is_not_over_and_one_that_nobody_wrote_are_refused(township_officer: User):
    december = sheet(12, 1, [(datetime.date(2026, 12, 1), "电费", "", 1, 0)])
    unsaid = [*BOTH["九月"]]
    unsaid[1] = ["单位:河口镇东湾村", "", "", "", "", "", "上期结余:", 10_000]

    assert ("表", 4, "期间", "period_wrong") in problems(township_officer, book(表=december))
    assert problems(township_officer, book(表=unsaid)) == [("表", 2, "期间", "period_missing")]


def test_a_draft_is_changed_by_another_file_and_a_public_statement_is_not(
    township_officer: User, statements: list[Publication], publish
):
    more = [*OCTOBER, (datetime.date(2026, 10, 30), "购办公用品", "", 12.8, 8_700)]
    plan = imported(township_officer, book(十月=sheet(10, 12_499.5, more)))
    assert ([change.old for change in plan.changed[0].fields][-1], len(plan.changed)) == ("2 笔", 1)

    statements[1].refresh_from_db()
    publish(statements[1])
    assert problems(township_officer, book(十月=BOTH["十月"])) == [("十月", 4, "期间", "already_disclosed")]
