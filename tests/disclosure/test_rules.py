"""Whether a statement is right in itself, to the fen; what must not be published; what a line is called."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from apps.disclosure import chain, privacy
from apps.disclosure.plain import item_key, plain_name
from apps.disclosure.rules import Entry, Ledger, Total, findings, opening_finding
from tests.factories import invented_id_number

FIRST, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 10, 31)


def entry(row: int, income: str, expense: str, balance: str | None, *, day: int = 5) -> Entry:
    on = datetime.date(2026, 10, day)
    said = None if balance is None else Decimal(balance)
    return Entry(row, on, "办公用品", Decimal(income), Decimal(expense), said)


def ledger(*entries: Entry, **more: object) -> Ledger:
    return Ledger(FIRST, LAST, Decimal("100.00"), entries, **more)  # type: ignore[arg-type]


def codes(book: Ledger) -> list[tuple[int, str]]:
    return [(finding.row, finding.code) for finding in findings(book)]


def test_a_right_statement_has_no_findings():
    right = ledger(
        entry(4, "0", "0.10", "99.90"),
        entry(5, "0.20", "0", "100.10"),
        totals=(Total(6, Decimal("0.20"), Decimal("0.10"), Decimal("100.10")),),
        closing=Decimal("100.10"),
        closing_row=7,
    )

    assert (codes(right), right.computed_closing) == ([], Decimal("100.10"))


def test_a_balance_off_by_a_fen_is_said_at_its_row_with_the_right_one():
    (found,) = findings(ledger(entry(4, "0", "0.10", "99.91"), entry(5, "0.20", "0", "100.10")))

    assert (found.row, found.code) == (4, "balance_wrong")
    assert found.sentence == "余额写的是 99.91，按上一笔余额加减应是 99.90，多 0.01。"


def test_a_mistake_that_later_balances_carry_on_is_said_once():
    assert codes(ledger(entry(4, "0", "1", "98"), entry(5, "0", "1", "97"), entry(6, "0", "1", "96"))) == [
        (4, "balance_wrong")
    ]


def test_balances_that_are_not_written_are_no_fault():
    assert codes(ledger(entry(4, "0", "1", None))) == []


def test_wrong_totals_and_closing_are_said_each_at_its_place():
    wrong = ledger(
        entry(4, "0", "1", "99"),
        totals=(Total(5, Decimal(0), Decimal("1.10"), Decimal(99)),),
        closing=Decimal(98),
        closing_row=6,
    )

    assert codes(wrong) == [(5, "total_wrong"), (6, "closing_wrong")]


def test_a_line_is_income_or_expense_and_lies_in_the_period():
    days = ledger(entry(4, "1", "1", None), entry(5, "0", "0", None))
    outside = Entry(6, datetime.date(2026, 11, 1), "电费", Decimal(0), Decimal(1), None)

    assert codes(days) == [(4, "not_one_amount"), (5, "not_one_amount")]
    assert codes(ledger(outside)) == [(6, "outside_period")]


def test_the_opening_is_the_last_closing():
    book = ledger(opening_row=2)

    assert opening_finding(book, Decimal("100.00"), datetime.date(2026, 9, 30)) is None
    found = opening_finding(book, Decimal("99.50"), datetime.date(2026, 9, 30))
    assert found is not None
    assert (found.row, found.sentence) == (
        2,
        "上期结余写的是 100.00，上一期（到2026年9月30日）的期末结余是 99.50，差 0.50。",
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"领款人张某，身份证号{invented_id_number(3)}", "领款人张某，身份证号****"),
        ("证号99010119800101123Ｘ", "证号****"),
        ("卡号6200000000000000000", "卡号****"),
        ("卡号 6222 0000 0000 0000", "卡号 ****"),
        ("电话138-0000-1234", "电话****"),
        ("电话１３８００００１２３４", "电话****"),
        ("患慢性病救助", "****救助"),
        ("一级残疾补贴", "****补贴"),
        ("困境儿童9岁", "困境儿童****"),
    ],
)
def test_numbers_of_persons_illness_and_children_are_found_and_masked(text: str, masked: str):
    assert privacy.masked(text) == masked
    assert privacy.hits(masked) == []


@pytest.mark.parametrize(
    "text",
    [
        "记-003 支付村道路灯电费 588.62 元",
        "2026年10月12日",
        "60岁以上老人慰问",
        "修水渠 1200 米，合同价 123456.78 元",
    ],
)
def test_ordinary_words_and_amounts_are_left_alone(text: str):
    assert (privacy.hits(text), privacy.masked(text)) == ([], text)


def test_a_hit_is_quoted_without_telling_the_number():
    (hit,) = privacy.hits("卡号6200000000000000000")

    assert privacy.sentence([hit]) == "银行卡号（620******0000）"


@pytest.mark.parametrize(
    ("summary", "plain"),
    [
        ("支付水渠清淤工钱", "水渠清淤的工钱"),
        ("收鱼塘发包款", "鱼塘承包费"),
        ("上级拨付村级组织运转经费", "上级给村里的办公经费"),
        ("修缮活动室支出", "修缮活动室"),
        ("支出", "支出"),
    ],
)
def test_a_line_has_a_plain_name(summary: str, plain: str):
    assert plain_name(summary) == plain


def test_the_same_thing_of_two_months_has_one_key():
    assert item_key("支付9月份村组干部误工补贴") == item_key("支付10月份村组干部误工补贴")


def links(*contents: dict[str, str]) -> list[chain.Link]:
    previous, found = chain.FIRST, []
    for number, content in enumerate(contents, 1):
        found.append(chain.Link(number, content, chain.checksum(content, previous), previous))
        previous = found[-1].checksum
    return found


def test_a_whole_chain_holds_and_needs_no_content_of_what_was_withdrawn():
    first, second = links({"title": "甲"}, {"title": "乙"})
    held_back = chain.Link(first.number, None, first.checksum, first.previous)

    assert list(chain.breaks([first, second])) == []
    assert list(chain.breaks([held_back, second])) == []


def test_a_changed_word_a_missing_link_and_a_wrong_order_break_it():
    first, second, third = links({"title": "甲"}, {"title": "乙"}, {"title": "丙"})
    changed = chain.Link(2, {"title": "乙改"}, second.checksum, second.previous)

    assert [each.number for each in chain.breaks([first, changed, third])] == [2]
    assert [each.sentence for each in chain.breaks([first, third])] == ["第 2 件不见了。"]
    assert [each.number for each in chain.breaks([second, third])] == [2]


def test_the_checksum_is_what_any_sha_256_gives():
    content = {"title": "十月", "amount": "1.00"}

    assert chain.canonical(content) == '{"amount":"1.00","title":"十月"}'.encode()
    assert chain.short(chain.checksum(content, chain.FIRST)).count("-") == 2
