"""A village of the cast, its clerk and its supervision committee; workbooks as accounting exports them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from apps.accounts.models import User
from apps.disclosure.models import Publication
from apps.imports.machine import carry_out, errand_for
from apps.imports.plans import Choices, Plan
from apps.imports.registry import importer_named
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.publishing import THE_LAW, go_the_way
from tests.factories import GrantFactory, UserFactory
from tests.imports.books import xlsx

HEAD = ("序号", "日期", "凭证号", "摘要", "收入金额", "支出金额", "余额", "经手人", "审批人", "备注")
Line = tuple[datetime.date, str, float | str, float | str, float]
SEPTEMBER = (
    (datetime.date(2026, 9, 3), "支付村道路灯电费", "", 500.5, 9_499.5),
    (datetime.date(2026, 9, 20), "收鱼塘发包款", 3_000, "", 12_499.5),
)
OCTOBER = (
    (datetime.date(2026, 10, 5), "支付村道路灯电费", "", 586.7, 11_912.8),
    (datetime.date(2026, 10, 12), "支付水渠清淤工钱", "", 3_200, 8_712.8),
)


def sheet(
    month: int, opening: float, lines: Sequence[Line], *, village: str = "河口镇东湾村", **wrong: Any
) -> list[list[Any]]:
    """A sheet of one village and month of 2026; `wrong` overrules the totals or the closing."""
    last = 30 if month == 9 else 31
    income = sum(float(line[2] or 0) for line in lines)
    expense = sum(float(line[3] or 0) for line in lines)
    closing = wrong.get("closing", round(opening + income - expense, 2))
    totals = [wrong.get("income", income), wrong.get("expense", expense), closing]
    unit = f"单位:{village}股份经济合作社"
    period = f"期间:2026年{month}月1日至2026年{month}月{last}日"
    return [
        [f"{village}股份经济合作社财务收支明细公开表"],
        [unit, "", "", period, "", "", "上期结余:", opening, "", "单位:元"],
        list(HEAD),
        *(
            [number, on, f"记-{number:03}", summary, into, out, balance, "李某", "王某", ""]
            for number, (on, summary, into, out, balance) in enumerate(lines, 1)
        ),
        ["合计", "", "", "", *totals],
        [f"期末结余:{closing:.2f}"],
        ["理事长:", "", "", "民主理财小组组长:", "", "", "主管会计:", "", "", "公布日期:2026年11月8日"],
    ]


def book(**sheets: list[list[Any]]) -> bytes:
    (first, rows), *others = sheets.items()
    return xlsx(rows, sheet=first, **dict(others))


def imported(by: User, content: bytes, **choices: Any) -> Plan:
    importer = importer_named("statements")
    return carry_out(importer, content, errand_for(importer, by, Choices(**choices)))


@pytest.fixture
def clerk(county: County) -> User:
    user = UserFactory(name="东湾村文书孙某")
    GrantFactory(user=user, role="village_clerk", organization=county.branch)
    return user


@pytest.fixture
def statements(township_officer: User) -> list[Publication]:
    """Drafts of September and October."""
    imported(township_officer, book(九月=sheet(9, 10_000, SEPTEMBER), 十月=sheet(10, 12_499.5, OCTOBER)))
    Village.objects.update(since=THE_LAW)
    return list(Publication.objects.order_by("first_on"))


@pytest.fixture
def publish(clerk: User, supervisor: User) -> Callable[[Publication], Publication]:
    """Takes a publication the whole way."""

    def publishing(publication: Publication) -> Publication:
        return go_the_way(publication, clerk, supervisor)

    return publishing
