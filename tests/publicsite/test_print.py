"""The sheet for the notice board: the table, the signatures, and a code that leads to the public page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today, written
from apps.disclosure import services
from apps.disclosure.chain import short
from apps.disclosure.models import Publication, Published
from apps.disclosure.tables import KINDS
from apps.publicsite.sheets import Cell, grid_of
from tests.conftest import County
from tests.disclosure.publishing import a_posting


@pytest.fixture
def published(statements: list[Publication], publish) -> Publication:
    return publish(statements[0])


def test_a_sheet_has_the_lines_the_sums_the_signatures_and_the_code(
    published: Publication, villager: Client, county: County
):
    text = villager.get(reverse("public:print", args=[county.branch.code, 1])).content.decode()

    for words in ("支付村道路灯电费", "12,499.50", "监委会主任：赵某", "data:image/svg+xml"):
        assert words in text
    assert short(published.checksum) in text
    assert f"/public/{county.branch.code}/1/" in text


def test_the_code_leads_to_the_public_address(published: Publication, villager: Client, settings):
    settings.PARTYBUILD_PUBLIC_SITE = "https://gongkai.example.gov.cn"
    address = reverse("public:print", args=[published.village.organization.code, 1])

    assert "https://gongkai.example.gov.cn/public/" in villager.get(address).content.decode()


def test_what_was_withdrawn_is_not_printed(
    published: Publication, villager: Client, county: County, township_officer: User
):
    services.withdraw(published, reason="写错了。", by=township_officer)

    assert villager.get(reverse("public:print", args=[county.branch.code, 1])).status_code == 404


def test_everybody_sees_since_when_it_hangs(
    published: Publication, clerk: User, villager: Client, county: County
):
    address = reverse("public:publication", args=[county.branch.code, 1])
    assert "起张贴" not in villager.get(address).content.decode()

    a_posting(published, by=clerk, place="村口")
    assert f"{written(today())}起张贴" in villager.get(address).content.decode()


def test_the_page_is_sent_again_when_the_sheet_was_taken_down(
    published: Publication, clerk: User, villager: Client, county: County
):
    posting = a_posting(published, by=clerk)
    address = reverse("public:publication", args=[county.branch.code, 1])
    tag = villager.get(address).headers["ETag"]
    services.take_down(posting, on=today(), by=clerk)

    assert villager.get(address, headers={"if-none-match": tag}).status_code == 200


def test_any_table_becomes_a_sheet():
    """As tables of handbook 7.6 are frozen: a kind, columns, rows and sums by name."""
    kind = KINDS["missed-work"]
    row = {column.name: "" for column in kind.columns} | {"name": "王某", "amount": "1200.00"}
    columns = [
        {"name": each.name, "title": each.title, "plain": each.plain, "type": each.type.value}
        for each in kind.columns
    ]
    table = {"kind": kind.code, "title": kind.title, "about": "", "sentence": "补了一人。"}
    content = {"table": {**table, "columns": columns, "rows": [row], "sums": {"amount": "1200.00"}}}
    grid = grid_of(Published(content=content))

    assert grid is not None
    assert grid.rows[0][:2] == (Cell("1", "num"), Cell("王某"))
    assert Cell("1,200.00", "num") in grid.rows[0]
    assert [cell.text for cell in grid.sums if cell.text] == ["合计", "1,200.00"]
