"""The tables of handbook 7.6: what is computed, what is refused, and what only deserves a look."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Publication, Table
from apps.disclosure.tables import KINDS
from apps.disclosure.tables.cells import stored, typed, values_of
from apps.disclosure.tables.checks import completed, faults
from apps.disclosure.tables.kinds import LINE, Given, Type
from apps.organizations.models import Village
from tests.factories import invented_id_number

YEAR = (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
QUARTER = (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
GIVEN = Given(*QUARTER, over_contract=Fraction(1, 10))
BALANCE = {
    "cash": "1000",
    "fixed_cost": "500",
    "fixed_depreciation": "100",
    "payables": "400",
    "capital": "1000",
}


def sheet(code: str, column: str, **lines: str) -> list[dict[str, str]]:
    return [{LINE: line, column: amount} for line, amount in lines.items()]


def values(code: str, *rows: dict[str, str]) -> list[Any]:
    read, unread = typed(KINDS[code], rows)
    assert unread == []
    return read


def found(code: str, *rows: dict[str, str]) -> list[tuple[int, str, str, bool]]:
    kind = KINDS[code]
    whole = completed(kind, values(code, *rows))
    return [(each.row, each.column, each.code, each.is_warning) for each in faults(kind, whole, GIVEN)]


def test_every_column_of_every_kind_keeps_what_was_written():
    samples = {
        Type.TEXT: "王某",
        Type.DATE: "2026-08-01",
        Type.NUMBER: "2.5",
        Type.AMOUNT: "1234.50",
        Type.BALANCE: "-3.00",
    }
    for kind in KINDS.values():
        row = {column.name: samples[column.type] for column in kind.columns}
        row |= {LINE: kind.lines[0].code} if kind.lines else {}
        assert stored(kind, values_of(kind, stored(kind, values(kind.code, row)))) == [row]


def test_a_balance_sheet_is_added_up_and_must_balance():
    kind = KINDS["balance-sheet"]
    rows = sheet("balance-sheet", "closing", **BALANCE)
    by_line = {row[LINE]: row["closing"] for row in completed(kind, values(kind.code, *rows))}

    assert (by_line["fixed_net"], by_line["assets"], by_line["liabilities"]) == (400, 1400, 400)
    assert found(kind.code, *rows) == []
    assert kind.sentence(completed(kind, values(kind.code, *rows))) == (
        "村里一共有 1,400.00 元，欠 400.00 元，净有 1,000.00 元。"
    )
    off = sheet("balance-sheet", "closing", **{**BALANCE, "cash": "1000.01"})
    at = [line.code for line in kind.lines].index("assets")
    assert found(kind.code, *off) == [(at, "closing", "not_balanced", False)]


def test_a_sum_that_somebody_wrote_must_be_the_sum():
    rows = sheet("balance-sheet", "closing", **BALANCE, current_assets="1001")
    places = [line.code for line in KINDS["balance-sheet"].lines]

    assert (places.index("current_assets"), "closing", "sum_wrong", False) in found("balance-sheet", *rows)


def test_an_empty_sheet_and_a_negative_amount_are_refused():
    assert {code for _, _, code, _ in found("balance-sheet")} == {"missing"}
    rows = sheet("balance-sheet", "closing", **{**BALANCE, "cash": "-1", "capital": "-1"})
    assert {code for _, _, code, _ in found("balance-sheet", *rows)} == {"negative"}


def test_income_is_taken_step_by_step_to_what_is_left():
    kind = KINDS["income-distribution"]
    lines = {"business_income": "900", "business_expense": "200", "management": "100", "officials": "60"}
    rows = sheet(kind.code, "amount", **lines, brought_forward="50", to_members="300")
    by_line = {row[LINE]: row["amount"] for row in completed(kind, values(kind.code, *rows))}

    assert (by_line["gain"], by_line["distributable"], by_line["carried_forward"]) == (600, 650, 350)
    assert kind.sentence(completed(kind, values(kind.code, *rows))) == (
        "这一年挣了 600.00 元，分给成员 300.00 元，年末还没有分的 350.00 元。"
    )
    more = sheet(kind.code, "amount", **{**lines, "officials": "101"})
    assert [code for _, _, code, _ in found(kind.code, *more)] == ["part_too_large"]


@pytest.mark.parametrize(
    ("code", "row", "expected"),
    [
        ("claims", {"party": "李某", "reason": "承包费", "original": "900", "paid": "200", "balance": "600"},
         [(0, "balance", "balance_wrong", False)]),
        ("debts", {"party": "农机站", "reason": "修渠", "original": "900", "paid": "901"},
         [(0, "balance", "negative", False)]),
        ("missed-work", {"name": "李某", "reason": "清淤", "days": "1.5", "rate": "100", "amount": "100"},
         [(0, "amount", "amount_wrong", False)]),
        ("missed-work", {"name": "李某", "reason": "清淤", "days": "1.5", "rate": "100", "on": "2026-10-01"},
         [(0, "on", "outside_period", False)]),
        ("subsidies", {"name": "李某", "project": "耕地补贴", "rate": "95", "quantity": "2", "amount": "200"},
         [(0, "amount", "amount_wrong", True)]),
        ("projects", {"name": "修路", "contract": "100000", "settlement": "110000"}, []),
        ("projects", {"name": "修路", "contract": "100000", "settlement": "110000.01"},
         [(0, "settlement", "over_contract", True)]),
        ("assets", {"name": "门面", "cost": "1", "lease_until": "2026-09-30"},
         [(0, "lease_until", "contract_over", True)]),
        ("assets", {"name": "门面", "cost": "1", "lease_until": "2026-10-01"}, []),
        ("resources", {"name": "鱼塘", "area": "3", "lease_from": "2027-01-01", "lease_until": "2026-12-31"},
         [(0, "lease_until", "days_not_in_order", False)]),
        ("relief", {"name": "李某", "project": "临时救助（患尿毒症）", "amount": "1"},
         [(0, "project", "personal_number", False)]),
        ("subsidies", {"name": "", "project": "", "amount": "1"},
         [(0, "name", "missing", False), (0, "project", "missing", False)]),
    ],
)  # fmt: skip
def test_each_list_is_checked_at_row_and_column(code: str, row: dict[str, str], expected: list[Any]):
    assert found(code, row) == expected


def test_what_follows_is_filled_in():
    missed = {"name": "李某", "reason": "清淤", "days": "1.5", "rate": "100"}
    claim = {"party": "李某", "reason": "承包费", "original": "900", "paid": "200"}

    assert completed(KINDS["missed-work"], values("missed-work", missed))[0]["amount"] == Decimal("150.00")
    assert completed(KINDS["claims"], values("claims", claim))[0]["balance"] == 700


def test_the_same_person_twice_is_worth_a_look():
    row = {"name": "李某", "project": "耕地补贴", "amount": "190"}
    assert found("subsidies", row, row) == [(1, "name", "twice", True)]


def test_what_cannot_be_read_says_so():
    read, unread = typed(KINDS["missed-work"], [{"name": "李某", "days": "一天半", "rate": "1.234"}])

    assert [(each.row, each.column, each.code) for each in unread] == [
        (0, "days", "not_a_number"),
        (0, "rate", "not_money"),
    ]
    assert read[0]["name"] == "李某"


# --- services and the database --------------------------------------------------------------------


@pytest.fixture
def village(county: Any) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


def fill(village: Village, by: User, code: str, *rows: dict[str, str], days: Any = QUARTER) -> Publication:
    first_on, last_on = days
    return services.fill_table(
        village, KINDS[code], first_on=first_on, last_on=last_on, rows=values(code, *rows), by=by
    )


def test_a_table_is_a_draft_that_may_be_changed_until_it_is_proposed(village: Village, clerk: User):
    row = {"name": "李某", "reason": "清淤", "days": "2", "rate": "100"}
    made = fill(village, clerk, "missed-work", row)
    assert (made.title, made.item, made.filled and made.filled.rows[0]["amount"]) == (
        "2026年第三季度误工补贴公开表",
        "V18",
        "200.00",
    )
    services.refill_table(made, version=1, rows=values("missed-work", {**row, "days": "3"}), by=clerk)
    services.propose(made, by=clerk)

    assert Table.objects.get().rows[0]["amount"] == "300.00"
    made.refresh_from_db()
    with pytest.raises(Refused):
        services.refill_table(made, version=made.version, rows=[], by=clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Table.objects.update(rows=[])


def test_one_table_of_a_kind_for_a_village_and_period(village: Village, clerk: User):
    row = {"name": "鱼塘", "area": "3"}
    fill(village, clerk, "resources", row)
    with pytest.raises(Refused):
        fill(village, clerk, "resources", row)
    with pytest.raises(Refused):
        fill(village, clerk, "resources", row, days=(QUARTER[0], datetime.date(2099, 9, 30)))

    assert fill(village, clerk, "assets", {"name": "门面", "cost": "1"}).filled is not None


def test_a_wrong_table_and_one_of_another_village_are_refused(village: Village, clerk: User, neighbour: User):
    number = invented_id_number(7)
    with pytest.raises(Refused):
        fill(village, clerk, "claims", {"party": f"李某{number}", "reason": "借款", "original": "1"})
    with pytest.raises(PermissionDenied):
        fill(village, neighbour, "resources", {"name": "鱼塘", "area": "3"})
    assert Publication.objects.count() == 0


def test_the_database_holds_what_always_holds(village: Village, clerk: User):
    made = fill(village, clerk, "balance-sheet", *sheet("balance-sheet", "closing", **BALANCE), days=YEAR)
    wrong = [dict(row, closing="1") if row[LINE] == "assets" else row for row in made.table.rows]
    changes: list[dict[str, Any]] = [{"rows": wrong}, {"rows": {}}, {"kind": "other"}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Table.objects.update(**change)


def test_a_correction_begins_with_the_table_as_it_was(village: Village, clerk: User, publish):
    made = publish(fill(village, clerk, "resources", {"name": "鱼塘", "area": "3"}))
    again = services.correct(made, reason="面积写错。", by=clerk)
    services.refill_table(again, version=1, rows=values("resources", {"name": "鱼塘", "area": "4"}), by=clerk)
    again.refresh_from_db()
    again = publish(again)
    made.refresh_from_db()

    assert [row["area"] for row in made.content["table"]["rows"]] == ["3"]
    assert (made.state, again.content["table"]["sums"]["area"]) == ("replaced", "4")
