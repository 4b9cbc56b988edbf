"""Filling in a table by hand: without script, with the errors in their cells."""

from __future__ import annotations

import datetime
import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.disclosure.tables import KINDS
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.publishing import THE_LAW

COLUMNS = tuple(KINDS["missed-work"].by_name)


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


def told(village: Village, *rows: tuple[str, ...], **more: str) -> dict[str, Any]:
    """What the browser sends: the period, and the cells column by column."""
    columns = zip(*rows, strict=True)
    cells = {f"cell-{name}": list(values) for name, values in zip(COLUMNS, columns, strict=True)}
    return {"village": village.pk, "first_on": "2026-07-01", "last_on": "2026-09-30", **cells, **more}


GOOD = ("李某", "清淤", "2026-08-03", "2", "120", "")
WRONG = ("王某", "巡堤", "2026-08-04", "2", "120", "200")
BLANK = ("", "", "", "", "", "")


def test_a_table_is_filled_in_and_saved(village: Village, clerk: User, signed_in):
    client, address = signed_in(clerk), reverse("disclosure:new_table", args=["missed-work"])
    assert "再加几行" in client.get(address).content.decode()

    answer = client.post(address, told(village, GOOD, BLANK))
    made = Publication.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("disclosure:detail", args=[made.pk]),
    )
    assert [row["amount"] for row in made.table.rows] == ["240.00"]
    text = client.get(answer.headers["Location"]).content.decode()
    assert "1 个人误工 2.0 天，一共补了 240.00 元。" in text


def test_what_is_wrong_stands_in_its_cell_and_nothing_is_lost(village: Village, clerk: User, signed_in):
    address = reverse("disclosure:new_table", args=["missed-work"])
    answer = signed_in(clerk).post(address, told(village, GOOD, WRONG))

    text = answer.content.decode()
    assert (answer.status_code, Publication.objects.count()) == (422, 0)
    assert "金额写的是 200.00，天数乘标准是 240.00。" in text
    assert 'aria-describedby="cell-amount-1-error"' in text
    assert 'value="巡堤"' in text


def test_more_rows_are_drawn_with_what_was_typed(village: Village, clerk: User, signed_in):
    address = reverse("disclosure:new_table", args=["missed-work"])
    answer = signed_in(clerk).post(address, told(village, GOOD, WRONG, BLANK, more="1"))

    text = answer.content.decode()
    assert (answer.status_code, text.count('name="cell-name"'), Publication.objects.count()) == (200, 7, 0)
    assert 'value="巡堤"' in text


def test_a_draft_is_changed_and_an_old_page_is_refused(village: Village, clerk: User, signed_in):
    client = signed_in(clerk)
    client.post(reverse("disclosure:new_table", args=["missed-work"]), told(village, GOOD))
    made = Publication.objects.get()
    address = reverse("disclosure:edit_table", args=[made.pk])
    assert 'value="清淤"' in client.get(address).content.decode()

    right = (*WRONG[:5], "")
    assert client.post(address, told(village, GOOD, right, version="1")).status_code == 302
    assert client.post(address, told(village, GOOD, version="1")).status_code == 422
    made.table.refresh_from_db()
    assert len(made.table.rows) == 2


def test_what_is_owed_leads_to_its_table_with_village_and_period(village: Village, clerk: User, signed_in):
    Village.objects.update(since=THE_LAW)
    client = signed_in(clerk)
    page = client.get(reverse("disclosure:village_due", args=[village.pk])).content.decode()
    address = reverse("disclosure:new_table", args=["claims"])
    (asked,) = re.findall(f'href="{address}([^"]+first_on=2026-07-01[^"]+)"', page)
    form = client.get(f"{address}{html.unescape(asked)}").context["form"]

    assert [form[name].value() for name in ("village", "first_on", "last_on")] == [
        str(village.pk),
        "2026-07-01",
        "2026-09-30",
    ]


def test_the_next_period_begins_with_the_last_table(village: Village, clerk: User, signed_in):
    made = services.fill_table(
        village,
        KINDS["resources"],
        first_on=datetime.date(2026, 4, 1),
        last_on=datetime.date(2026, 6, 30),
        rows=[{"name": "鱼塘", "area": Decimal(3)}],
        by=clerk,
    )
    address = f"{reverse('disclosure:new_table', args=['resources'])}?from={made.pk}"

    assert 'value="鱼塘"' in signed_in(clerk).get(address).content.decode()


def test_a_table_costs_the_same_for_any_length(village: Village, clerk: User, signed_in):
    client = signed_in(clerk)
    client.post(reverse("disclosure:new_table", args=["missed-work"]), told(village, GOOD))
    address = reverse("disclosure:detail", args=[Publication.objects.get().pk])
    counts = []
    for rows in ([GOOD], [GOOD, BLANK, (*WRONG[:5], "")]):
        number = Publication.objects.get().pk
        version = Publication.objects.get().version
        edit = reverse("disclosure:edit_table", args=[number])
        assert client.post(edit, told(village, *rows, version=str(version))).status_code == 302
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
