# ruff: noqa: E501 (SQL beside its numbers: what a bench is for)
"""A county that has disclosed for five years: 350 villages, 60 publications a village and year.

Of five publications a month one is a statement of twelve lines, four are words. PARTYBUILD_BENCH_VILLAGES makes
the county smaller.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.disclosure import chain
from apps.disclosure.catalogue import INCOME_AND_EXPENSE
from apps.disclosure.plain import plain_name

VILLAGES = int(os.environ.get("PARTYBUILD_BENCH_VILLAGES", "350"))
YEARS = range(2021, 2026)
MONTHS = [Month(year, month) for year in YEARS for month in range(1, 13)]
WORDS = ("V03", "V05", "V10", "V17")
SUMMARIES = (
    "支付村道路灯电费",
    "收鱼塘发包款",
    "支付水渠清淤工钱",
    "购办公用品",
    "支付防汛物资款",
    "收集体林地承包费",
)
LINES = 12
COLUMNS = [
    "id",
    "village_id",
    "item",
    "item_title",
    "audience",
    "first_on",
    "last_on",
    "title",
    "body",
    "state",
    "revision",
    "reason",
    "director",
    "supervisor",
    "accountant",
    "withdraw_reason",
    "published_at",
    "content",
    "chain_number",
    "checksum",
    "previous_checksum",
    "version",
    "created_at",
    "nothing",
]
PLACES = """
    INSERT INTO organizations_organization (id, code, name, short_name, kind, sector, parent_id, path, founded_on, contact,
        phone, meeting_place, version)
    SELECT 1, '66', '中国共产党大县委员会', '', 'committee', 'county_organ', NULL::bigint, '66/', '1949-01-01'::date, '', '', '', 1
    UNION ALL
    SELECT 100 + t, format('66%s', lpad(t::text, 3, '0')), format('中共大县第%s镇委员会', t), '', 'committee', 'township', 1,
        format('66/66%s/', lpad(t::text, 3, '0')), '1990-01-01', '', '', '', 1
    FROM generate_series(0, {last} / 25) t
    UNION ALL
    SELECT 1000 + v, format('66%s%s', lpad((v / 25)::text, 3, '0'), lpad((v % 25)::text, 3, '0')),
        format('第%s镇第%s村党支部', v / 25, v), '', 'branch', 'village', 100 + v / 25,
        format('66/66%1$s/66%1$s%2$s/', lpad((v / 25)::text, 3, '0'), lpad((v % 25)::text, 3, '0')), '1990-01-01', '', '', '', 1
    FROM generate_series(0, {last}) v;
    INSERT INTO organizations_village (id, organization_id, name, economic_body, finance_monthly, version, chairman,
        since)
    SELECT id, id, replace(name, '党支部', ''), replace(name, '党支部', '股份经济合作社'), true, 1, '',
        '2026-01-01'
    FROM organizations_organization WHERE id >= 1000;
    INSERT INTO publicsite_change (place, number, at)
    SELECT code, 1, now() FROM organizations_organization WHERE id >= 1000 UNION ALL SELECT '', 1, now()
    ON CONFLICT (place) DO UPDATE SET number = publicsite_change.number + 1;
"""


def code_of(village: int) -> str:
    return f"66{village // 25:03}{village % 25:03}"


def fill(villages: int = VILLAGES) -> int:
    """Make the county; how many publications it has. Triggers are off: the rows are as they would leave them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PLACES.replace("{last}", str(villages - 1)))
        for village in range(villages):
            _copy(cursor, _publications(village))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('disclosure_publication', 'id'), max(id)) FROM disclosure_publication"
        )
        cursor.execute("ANALYZE")
    return villages * len(MONTHS) * (1 + len(WORDS))


def _copy(cursor: Any, rows: Iterator[list[Any]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    stream.seek(0)
    cursor.copy_expert(
        f"COPY disclosure_publication ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (item_title, body, reason, withdraw_reason))",
        stream,
    )


def _publications(village: int) -> Iterator[list[Any]]:
    previous, number = chain.FIRST, 0
    for month in MONTHS:
        for item in (INCOME_AND_EXPENSE, *WORDS):
            number += 1
            content = _content(village, number, item, month)
            checksum = chain.checksum(content, previous)
            told, on = chain.canonical(content).decode(), content["published_at"]
            row = [village * 1000 + number, 1000 + village, item, "", "public", month.first, month.last]
            row += [content["title"], "", "published", 1, "", "王某", "赵某", "孙某", "", on]
            yield [*row, told, number, checksum, previous, 1, on, False]
            previous = checksum


def _content(village: int, number: int, item: str, month: Month) -> dict[str, Any]:
    following = month.next().first
    is_statement = item == INCOME_AND_EXPENSE
    return {
        "schema": 1,
        "village": f"第{village // 25}镇第{village}村",
        "village_code": code_of(village),
        "number": number,
        "item": item,
        "item_title": "公开",
        "title": f"{month.label}财务收支" if is_statement else f"{month.label}公开的事项{item}",
        "first_on": month.first.isoformat(),
        "last_on": month.last.isoformat(),
        "body": "" if is_statement else f"第{village}村{month.label}的情况，" * 8,
        "nothing": False,
        "statement": _statement(village, month.first) if is_statement else None,
        "table": None,
        "files": [],
        "revision": 1,
        "replaces": None,
        "reason": "",
        "signatures": ["王某", "赵某", "孙某"],
        "deeds": [
            {
                "action": "同意公布",
                "on": following.replace(day=6).isoformat(),
                "names": "赵某",
                "note": "账目清楚。",
            }
        ],
        "published_at": datetime.combine(following.replace(day=8), time(10), CHINA).isoformat(),
    }


def _statement(village: int, first: date) -> dict[str, Any]:
    amounts = [100 + (village * 7 + number * 13) % 900 for number in range(LINES)]
    lines = [
        {
            "number": number + 1,
            "on": first.replace(day=number + 1).isoformat(),
            "voucher": f"记-{number + 1:03}",
            "summary": (summary := SUMMARIES[number % len(SUMMARIES)]),
            "plain": plain_name(summary),
            "income": f"{0:.2f}",
            "expense": f"{amount:.2f}",
            "balance": f"{90_000 - sum(amounts[: number + 1]):.2f}",
            "handler": "李某",
            "approver": "王某",
            "remark": "",
        }
        for number, amount in enumerate(amounts)
    ]
    sums = {
        "opening": "90000.00",
        "income": "0.00",
        "expense": f"{sum(amounts):.2f}",
        "closing": lines[-1]["balance"],
    }
    return {"body": f"第{village}村股份经济合作社", "opening_reason": "", **sums, "lines": lines}
