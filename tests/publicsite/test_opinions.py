"""Questions with answers on the public side, and nobody's name, number or address anywhere."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.disclosure.models import Publication
from apps.opinions import services
from apps.publicsite import pages
from apps.publicsite.management.commands.public_role import OPEN, grant
from tests.conftest import County
from tests.opinions.hearing import ADDRESS, NAME, PETITIONER, PHONE, TEXT, an_opinion, made_public

CANARIES = (NAME, PHONE, ADDRESS, PHONE[-4:])
ROLE = "partybuild_test_opinions"


@pytest.fixture
def published(statements: list[Publication], publish) -> list[Publication]:
    return [publish(publication) for publication in statements]


def page(villager: Client, name: str, *arguments: object) -> str:
    answer = villager.get(reverse(f"public:{name}", args=arguments))
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    return answer.content.decode()


def asked(published: list[Publication], clerk: User, supervisor: User, line: int = 2) -> None:
    opinion = an_opinion(
        published[0].village, by=supervisor, petitioner=PETITIONER, publication=published[0], line=line
    )
    made_public(opinion, clerk, supervisor)
    services.ask(opinion, satisfaction="partly", asked_on=today(), by=supervisor)


def test_a_question_stands_by_its_line(
    published: list[Publication], villager: Client, clerk: User, supervisor: User, county: County
):
    before = page(villager, "publication", county.branch.code, 1)
    assert ("有人问过" in before, "问第 2 笔" in before) == (False, True)

    asked(published, clerk, supervisor)
    text = page(villager, "publication", county.branch.code, 1)
    for words in ("清淤的工钱怎么算？", "每工日 160 元", "有人问过：", "看答复", "基本满意"):
        assert words in text
    assert "清淤的工钱怎么算？" in page(villager, "village", county.branch.code)
    assert "有人问过" not in page(villager, "publication", county.branch.code, 2)
    address = reverse("public:publication", args=[county.branch.code, 1])
    assert f'<a href="{address}#line-2">2026年9月财务收支第 2 笔</a>' in page(
        villager, "opinions", county.branch.code
    )


def test_nobody_is_named_anywhere(
    published: list[Publication], villager: Client, clerk: User, supervisor: User, county: County
):
    asked(published, clerk, supervisor)
    code = county.branch.code
    drawn = page(villager, "index")
    for name in ("village", "opinions", "feed", "verify"):
        drawn += page(villager, name, code)
    for name in ("publication", "print", "json", "csv"):
        drawn += page(villager, name, code, 1)
    grant(ROLE, "only-for-the-tests-1")
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        for model in OPEN:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 - our own tables
            drawn += str(cursor.fetchall())
        cursor.execute("RESET ROLE")

    assert [canary for canary in CANARIES if canary in drawn] == []
    assert "清淤的工钱怎么算？" in drawn
    assert (TEXT in drawn, "按工日算，一个工日" in drawn) == (False, False)


def test_what_nobody_agreed_to_is_not_shown(
    published: list[Publication], villager: Client, clerk: User, supervisor: User, county: County
):
    opinion = an_opinion(published[0].village, by=clerk, publication=published[0])
    services.answer(opinion, text="按工日算。", by=clerk)
    services.propose(opinion, public_question="工钱怎么算？", public_answer="按工日算。", by=clerk)

    assert "工钱怎么算？" not in page(villager, "opinions", county.branch.code)


def test_what_is_withheld_is_gone_from_the_page_that_was_kept(
    published: list[Publication], villager: Client, clerk: User, supervisor: User, county: County
):
    opinion = an_opinion(published[0].village, by=clerk)
    made_public(opinion, clerk, supervisor)
    address = reverse("public:opinions", args=[county.branch.code])
    tag = villager.get(address).headers["ETag"]
    services.withhold(opinion, reason="涉及家庭隐私。", by=supervisor)

    answer = villager.get(address, headers={"if-none-match": tag})
    assert (answer.status_code, "清淤的工钱" in answer.content.decode()) == (200, False)


def test_from_any_line_one_sees_how_to_ask(
    published: list[Publication], villager: Client, township_officer: User, county: County
):
    code = county.branch.code
    assert "到村委会当面问" in page(villager, "publication", code, 1)

    said = {"box": "镇政府门口", "hotline": "0990-5550100", "hours": "工作日", "contact": "农经站"}
    services.say_how(county.township, by=township_officer, **said)
    text = page(villager, "publication", code, 1)
    assert ("镇政府门口" in text, "0990-5550100" in text, "到村委会当面问" in text) == (True, True, False)


def test_more_questions_cost_no_more_queries(
    published: list[Publication], villager: Client, clerk: User, supervisor: User, county: County
):
    def cost(name: str, *arguments: object) -> int:
        pages.forget()
        with CaptureQueriesContext(connection) as queries:
            page(villager, name, county.branch.code, *arguments)
        return len(queries)

    asked(published, clerk, supervisor)
    one = cost("publication", 1), cost("opinions")
    asked(published, clerk, supervisor, line=1)
    asked(published, clerk, supervisor)

    assert (cost("publication", 1), cost("opinions")) == one
