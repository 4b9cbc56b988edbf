"""The tables of handbook 7.6 on the public side: in plain words, beside what was before, as data."""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import json
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.disclosure import services
from apps.disclosure.models import Publication, Published
from apps.disclosure.tables import KINDS
from apps.disclosure.tables.kinds import LINE
from apps.organizations.models import Village
from apps.publicsite.tables import KEYS, as_csv
from tests.conftest import County


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def fill(village: Village, clerk: User, publish):
    """Fills a table and publishes it."""

    def filling(code: str, first_on: str, last_on: str, *rows: Any) -> Publication:
        days = (datetime.date.fromisoformat(day) for day in (first_on, last_on))
        keywords: dict[str, Any] = dict(zip(("first_on", "last_on"), days, strict=True))
        return publish(services.fill_table(village, KINDS[code], rows=rows, by=clerk, **keywords))

    return filling


def sheet(cash: int) -> list[dict[str, Any]]:
    return [{LINE: "cash", "closing": Decimal(cash)}, {LINE: "capital", "closing": Decimal(cash)}]


def text_of(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(f"public:{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig")


def test_a_balance_sheet_is_read_in_plain_words_beside_last_year(fill, villager: Client, county: County):
    fill("balance-sheet", "2024-01-01", "2024-12-31", *sheet(900))
    fill("balance-sheet", "2025-01-01", "2025-12-31", *sheet(1_000))
    text = text_of(villager, "publication", county.branch.code, 2)

    for words in (
        "村里一共有 1,000.00 元，欠 0.00 元，净有 1,000.00 元。",
        "现金和银行里的钱",
        "比去年多 100.00 元",
        '<th scope="row">货币资金',
    ):
        assert words in text
    assert "上季度" not in text


def test_a_register_says_what_is_new(fill, villager: Client, county: County):
    pond = {"name": "鱼塘", "area": Decimal(3), "tenant": "李某", "rent": Decimal(900)}
    fill("resources", "2026-04-01", "2026-06-30", pond)
    wood = {"name": "后山", "area": Decimal(20), "tenant": "王某", "rent": Decimal(100)}
    fill("resources", "2026-07-01", "2026-09-30", pond, wood)
    text = text_of(villager, "publication", county.branch.code, 2)

    for words in ("和上季度一样", "上季度没有这一项", "承包费合计比上季度多 100.00 元。"):
        assert words in text


def test_claims_and_debts_of_a_quarter_are_no_versions_of_each_other(fill, villager: Client, county: County):
    row = {"party": "农机站", "reason": "修渠", "original": Decimal(900)}
    fill("claims", "2026-07-01", "2026-09-30", row)
    fill("debts", "2026-07-01", "2026-09-30", row)

    assert "各个版本" not in text_of(villager, "publication", county.branch.code, 2)


def test_every_table_is_data_too(fill, villager: Client, county: County):
    fill("balance-sheet", "2025-01-01", "2025-12-31", *sheet(1_000))
    fill("debts", "2026-07-01", "2026-09-30", {"party": "=农机站", "reason": "修渠", "original": Decimal(9)})
    code = county.branch.code
    lines, rows = (
        list(csv.DictReader(io.StringIO(text_of(villager, "csv", code, number)))) for number in (1, 2)
    )

    assert (lines[0]["项目"], lines[0]["通俗说法"], lines[0]["期末余额"]) == (
        "货币资金",
        "现金和银行里的钱",
        "1000.00",
    )
    assert (rows[0]["单位或个人"], rows[0]["余额"]) == ("'=农机站", "9.00")
    table = json.loads(text_of(villager, "json", code, 2))["table"]
    assert (table["kind"], table["sums"]) == (
        "debts",
        {"original": "9.00", "paid": "0.00", "balance": "9.00"},
    )


def test_an_empty_list_says_that_there_is_nothing(fill, villager: Client, county: County):
    fill("debts", "2026-07-01", "2026-09-30")

    assert "这一期没有债务。" in text_of(villager, "publication", county.branch.code, 1)


def test_a_table_costs_the_same_for_any_length(fill, villager: Client, county: County):
    row = {"name": "李某", "project": "耕地补贴", "amount": Decimal(9)}
    fill("subsidies", "2026-01-01", "2026-03-31", row)
    fill("subsidies", "2026-04-01", "2026-06-30", row)
    fill("subsidies", "2026-07-01", "2026-09-30", row, row, row)
    counts = []
    for number in (2, 3):
        with CaptureQueriesContext(connection) as queries:
            text_of(villager, "publication", county.branch.code, number)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_nothing_in_a_table_is_taken_for_a_formula(sign: str):
    line = dict.fromkeys(KEYS, f"{sign}1+cmd|'/C calc'!A0") | {
        "number": 1,
        "expense": "-12.50",
        "income": "0.00",
    }
    content: dict[str, Any] = {"statement": {"lines": [line]}, "table": None, "files": []}
    head, row = csv.reader(io.StringIO(as_csv(Published(content=content)).removeprefix("\ufeff"), newline=""))
    words = {
        title: cell for title, cell in zip(head, row, strict=True) if title not in ("序号", "收入", "支出")
    }

    assert {cell[:2] for cell in words.values()} == {f"'{sign}"}
    assert (row[head.index("序号")], row[head.index("支出")]) == ("1", "-12.50")


def test_a_spreadsheet_knows_that_it_is_utf_8(fill, villager: Client, county: County):
    fill("debts", "2026-07-01", "2026-09-30", {"party": "农机站", "reason": "修渠", "original": Decimal(9)})
    answer = villager.get(reverse("public:csv", args=[county.branch.code, 1]))

    assert answer.content.startswith(codecs.BOM_UTF8)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = quote("河口镇东湾村2026年第三季度债务明细表.csv")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
