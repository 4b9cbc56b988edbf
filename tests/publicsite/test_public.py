"""The public side: for anybody, without cookie and script, the same for all; and blind to everything else."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re

import pytest
import time_machine
from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import CHINA, today, written
from apps.disclosure import services
from apps.disclosure.chain import FIRST
from apps.disclosure.models import Publication, Published
from apps.organizations.models import Village
from apps.publicsite import pages, searching
from apps.publicsite.management.commands.public_role import OPEN, grant
from tests.conftest import County

ROLE = "partybuild_test_public"


def page(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(f"public:{name}", args=arguments))
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert "<script" not in answer.content.decode()
    return answer.content.decode()


def test_a_villager_reads_what_was_spent_in_plain_words(
    published: list[Publication], villager: Client, county: County
):
    code = county.branch.code

    assert "清源县村务公开" in page(villager, "index")
    text = page(villager, "village", code)
    for words in ("2026年10月财务收支", "8,712.80 元", "水渠清淤的工钱", "账上写作：支付水渠清淤工钱"):
        assert words in text
    text = page(villager, "publication", code, 2)
    for words in (
        "比上月多 86.20 元",
        "去年同期（2025年10月）的没有公布，不能比。",
        "监委会主任 赵某",
        "同意公布：赵某。账目清楚。",
    ):
        assert words in text
    assert "第 2 件" in page(villager, "verify", code)
    assert "2026年9月财务收支" in page(villager, "archive", code, 2026)


def test_nothing_is_public_before_it_is_published_but_what_is_owed(
    statements: list[Publication], villager: Client, county: County
):
    code = county.branch.code
    address = reverse("public:village", args=[code])
    assert f'<a href="{address}">河口镇东湾村</a>' in page(villager, "index")
    assert address in page(villager, "villages")
    text = page(villager, "village", code)
    for words in ("这个村还没有公布过。", "财务收支（每月）", "逾期没有公开的"):
        assert words in text
    assert ("清淤" in text, "8,712.80" in text, "最近公布的" in text) == (False, False, False)
    for name in ("catalogue", "verify", "opinions", "decisions"):
        assert "河口镇东湾村" in page(villager, name, code)
    assert "<entry>" not in page(villager, "feed", code)
    assert villager.get(reverse("public:publication", args=[code, 1])).status_code == 404


def test_the_worst_of_what_is_overdue_is_said_first_and_not_everything_twice(
    statements: list[Publication], villager: Client, county: County
):
    with time_machine.travel(datetime.datetime(2026, 11, 22, 9, tzinfo=CHINA)):
        text = page(villager, "village", county.branch.code)
    said, _, listed = text.partition("note-bad")[2].partition("</div>")
    days = [int(number) for number in re.findall(r"逾期 (\d+) 天</li>", said)]

    assert len(days) == 5
    assert days == sorted(map(int, re.findall(r"逾期 (\d+) 天", listed)), reverse=True)[:5]
    assert "全部在下面，标着“逾期”。" in said


def test_a_village_that_is_gone_stays_with_what_it_published_and_else_not(
    published: list[Publication], villager: Client, county: County
):
    Village.objects.create(organization=county.other_branch, name="石桥乡上寨村")
    assert "石桥乡上寨村" in page(villager, "index")
    for branch in (county.branch, county.other_branch):
        branch.dissolved_on = today()
        branch.save()

    text = page(villager, "index")
    assert ("河口镇东湾村" in text, "石桥乡上寨村" in text) == (True, False)
    gone = page(villager, "village", county.branch.code)
    assert f"{written(today())}已经撤销" in gone


def test_what_is_withdrawn_is_shown_as_withdrawn_without_its_content(
    published: list[Publication], villager: Client, county: County, township_officer: User
):
    services.withdraw(published[0], reason="写错了村。", by=township_officer)
    text = page(villager, "publication", county.branch.code, 1)

    assert ("这一件已经撤回。" in text, "写错了村。" in text, "鱼塘承包费" in text) == (True, True, False)
    assert villager.get(reverse("public:json", args=[county.branch.code, 1])).status_code == 404
    assert "全部对得上" in page(villager, "verify", county.branch.code)


def test_anybody_can_compute_the_checksum(published: list[Publication], villager: Client, county: County):
    content = villager.get(reverse("public:json", args=[county.branch.code, 1])).content

    assert hashlib.sha256(FIRST.encode() + b"\n" + content).hexdigest() == published[0].checksum


def test_the_table_can_be_opened_in_a_spreadsheet(
    published: list[Publication], villager: Client, county: County
):
    text = villager.get(reverse("public:csv", args=[county.branch.code, 2])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [(row["摘要"], row["支出"], row["余额"]) for row in rows] == [
        ("支付村道路灯电费", "586.70", "11912.80"),
        ("支付水渠清淤工钱", "3200.00", "8712.80"),
    ]


def test_a_page_that_has_not_changed_is_not_sent_again(
    published: list[Publication], villager: Client, county: County
):
    address = reverse("public:village", args=[county.branch.code])
    tag = villager.get(address).headers["ETag"]

    assert villager.get(address, headers={"if-none-match": tag}).status_code == 304
    assert villager.post(address).status_code == 405


def test_a_word_is_found(published: list[Publication], villager: Client):
    assert (
        "东湾村：2026年9月财务收支"
        in villager.get(reverse("public:search"), {"q": "东湾 9月"}).content.decode()
    )
    assert "没有找到" in villager.get(reverse("public:search"), {"q": "没有这个村"}).content.decode()


def test_what_was_published_last_stands_first_whatever_it_is_about(
    statements: list[Publication], publish, villager: Client, county: County
):
    for october_first in reversed(statements):
        publish(october_first)
    text = page(villager, "village", county.branch.code).partition("最近公布的")[2]

    assert text.index("2026年9月财务收支") < text.index("2026年10月财务收支")


def test_words_can_be_downloaded_and_computed_too(whole: list[Publication], villager: Client, county: County):
    code = county.branch.code
    words = Published.objects.get(village__code=code, title="农业补贴发放名单", revision=2)
    text = page(villager, "publication", code, words.chain_number)
    content = villager.get(reverse("public:json", args=[code, words.chain_number])).content

    assert reverse("public:json", args=[code, words.chain_number]) in text
    assert hashlib.sha256(words.previous_checksum.encode() + b"\n" + content).hexdigest() == words.checksum


def test_the_page_to_which_the_code_leads_says_whether_it_is_still_what_was_published(
    published: list[Publication], villager: Client, county: County
):
    code = county.branch.code
    assert "和内容对得上，" in page(villager, "publication", code, 1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE disclosure_publication SET content = jsonb_set(content, '{title}', '\"改了\"')"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    pages.forget()

    assert "和内容对不上" in page(villager, "publication", code, 1)
    assert "有 2 处对不上。" in page(villager, "verify", code)


def test_it_is_said_when_something_was_withdrawn(
    published: list[Publication], villager: Client, county: County, township_officer: User
):
    with time_machine.travel(datetime.datetime(2026, 12, 24, 9, tzinfo=CHINA)):
        services.withdraw(published[0], reason="写错了村。", by=township_officer)

    text = page(villager, "publication", county.branch.code, 1)
    assert "2026年12月24日。写错了村。" in text
    assert "<li>2026年12月24日 撤回。写错了村。</li>" in text


def test_a_village_that_never_published_is_found_by_its_name(
    statements: list[Publication], villager: Client, county: County
):
    text = villager.get(reverse("public:search"), {"q": "河口 东湾"}).content.decode()

    address = reverse("public:village", args=[county.branch.code])
    assert (f'<a href="{address}">河口镇东湾村</a>' in text, "还没有公布过带" in text) == (True, True)


def test_what_is_withdrawn_is_found_as_withdrawn(
    published: list[Publication], villager: Client, county: County, township_officer: User
):
    services.withdraw(published[0], reason="写错了村。", by=township_officer)
    text = villager.get(reverse("public:search"), {"q": "9月财务"}).content.decode()
    inside = reverse("public:search_village", args=[county.branch.code])

    assert "2026年9月财务收支" in text
    assert "已撤回" in text
    assert "一共" not in villager.get(inside, {"q": "鱼塘"}).content.decode()


def test_a_search_that_takes_too_long_is_given_up_and_kept_by_nobody(
    published: list[Publication], villager: Client, county: County, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(searching, "SECONDS", 0.05)
    slow = RawSQL("SELECT pg_sleep(2) IS NULL", (), output_field=BooleanField())
    monkeypatch.setattr(
        searching.Published.objects, "select_related", lambda *_: Published.objects.filter(slow)
    )
    for address in (reverse("public:search"), reverse("public:search_village", args=[county.branch.code])):
        answer = villager.get(address, {"q": "收支"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
        assert "ETag" not in answer.headers
        assert "找得太久，停下了。" in answer.content.decode()


def test_a_page_asks_one_question_for_each_period_beside_it(
    published: list[Publication], villager: Client, county: County
):
    with CaptureQueriesContext(connection) as queries:
        page(villager, "publication", county.branch.code, 1)
    with CaptureQueriesContext(connection) as later:
        page(villager, "publication", county.branch.code, 2)

    assert len(later) == len(queries) + 1  # what the first one says, to compare


def test_the_public_role_reads_the_views_and_nothing_else(published: list[Publication]):
    grant(ROLE, "only-for-the-tests-1")
    open_tables = {model._meta.db_table for model in OPEN}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'S') AND "
            "relnamespace = 'public'::regnamespace"
        )
        everything = {name for (name,) in cursor.fetchall()}
        readable = {name for name in everything if _may(cursor, name, "SELECT")}
        writable = {
            name
            for name in everything
            for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
            if _may(cursor, name, right)
        }

    assert {"members_member", "accounts_user", "django_session"} <= everything
    assert (readable, writable) == (open_tables, set())


def _may(cursor, name: str, right: str) -> bool:
    kind = "table" if right in ("DELETE", "TRUNCATE") else "any_column"
    cursor.execute(f"SELECT has_{kind}_privilege(%s, %s, %s)", [ROLE, name, right])
    return bool(cursor.fetchone()[0])


def test_the_pages_need_no_more_than_that_role(
    published: list[Publication], villager: Client, county: County
):
    grant(ROLE, "only-for-the-tests-1")
    code = county.branch.code
    pages: list[tuple[str, list[object]]] = [
        ("index", []),
        ("village", [code]),
        ("publication", [code, 2]),
        ("verify", [code]),
        ("feed", [code]),
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            drawn = [page(villager, name, *arguments) for name, arguments in pages]
        finally:
            cursor.execute("RESET ROLE")
    assert ["河口镇东湾村" in text for text in drawn] == [True] * len(pages)
