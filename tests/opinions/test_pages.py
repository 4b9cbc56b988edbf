"""The inner pages: late ones first, nobody's name without a reason, the neighbour finds nothing."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import Deed
from apps.core.calendar import today
from apps.disclosure.models import Publication
from apps.opinions.models import AskingPlace, Opinion
from apps.opinions.states import Publicity
from apps.organizations.models import Village
from tests.conftest import County
from tests.opinions.hearing import ADDRESS, NAME, PETITIONER, PHONE, an_opinion

LIST = "/opinions/"
DAY = datetime.timedelta(days=1)


def detail(opinion: Opinion) -> str:
    return reverse("opinions:detail", args=[opinion.pk])


def test_what_is_late_comes_first(village: Village, clerk: User, signed_in):
    an_opinion(village, by=clerk, text="刚收到的")
    an_opinion(village, by=clerk, text="早就收到的", received_on=today() - 11 * DAY)
    an_opinion(village, by=clerk, text="今天到期的", received_on=today() - 10 * DAY)
    text = signed_in(clerk).get(LIST).content.decode()

    assert text.index("早就收到的") < text.index("今天到期的") < text.index("刚收到的")
    assert ("逾期 1 天" in text, "今天到期" in text, "还有 10 天" in text) == (True, True, True)
    late = signed_in(clerk).get(LIST, {"late": "yes"}).content.decode()
    assert ("早就收到的" in late, "今天到期的" in late) == (True, False)


def test_a_neighbour_finds_nothing(village: Village, clerk: User, neighbour: User, signed_in):
    opinion = an_opinion(village, by=clerk)

    assert signed_in(neighbour).get(detail(opinion)).status_code == 404
    assert "还没有登记意见" in signed_in(neighbour).get(LIST).content.decode()


@pytest.mark.usefixtures("published")
def test_the_committee_writes_one_down_about_a_line(
    village: Village, supervisor: User, published: list[Publication], signed_in
):
    said = {
        "channel": "visit",
        "category": "finance",
        "text": "鱼塘为什么是这个价？",
        "received_on": str(today()),
        "publication": published[0].pk,
        "line": 2,
        "answerer": "collective",
        "name": NAME,
        "contact": PHONE,
    }
    client, address = signed_in(supervisor), reverse("opinions:new")
    assert client.post(address, {**said, "line": 9}).status_code == 422
    answer = client.post(address, said)

    opinion = Opinion.objects.get()
    assert (answer.status_code, opinion.line, opinion.who.name) == (302, 2, NAME)


def test_nobodys_name_is_on_a_page(village: Village, supervisor: User, clerk: User, auditor: User, signed_in):
    opinion = an_opinion(village, by=supervisor, petitioner=PETITIONER)
    told = {
        user: signed_in(user).get(detail(opinion)).content.decode() for user in (supervisor, clerk, auditor)
    }

    for text in told.values():
        assert (NAME in text, PHONE in text, ADDRESS in text) == (False, False, False)
    assert "贺某，139****" in told[supervisor]
    assert ("已登记，您看不到" in told[clerk], "贺某" in told[clerk]) == (True, False)


def test_a_reason_is_on_record_before_anybody_sees_who_it_was(
    village: Village, supervisor: User, clerk: User, signed_in
):
    opinion = an_opinion(village, by=supervisor, petitioner=PETITIONER)
    address = reverse("opinions:reveal", args=[opinion.pk])

    assert signed_in(clerk).get(address).status_code == 403
    assert signed_in(supervisor).post(address, {"reason": ""}).status_code == 422
    assert not Deed.objects.filter(action="opinions.reveal").exists()
    answer = signed_in(supervisor).post(address, {"reason": "回访。"})
    assert (NAME in answer.content.decode(), "no-store" in answer.headers["Cache-Control"]) == (True, True)
    assert Deed.objects.get(action="opinions.reveal").reason == "回访。"


def test_who_registered_it_may_look(village: Village, clerk: User, signed_in):
    opinion = an_opinion(village, by=clerk, petitioner=PETITIONER)

    assert signed_in(clerk).get(reverse("opinions:reveal", args=[opinion.pk])).status_code == 200


def test_the_way_by_the_pages(village: Village, clerk: User, supervisor: User, auditor: User, signed_in):
    opinion = an_opinion(village, by=supervisor)

    def step(user: User, action: str, **said: object) -> int:
        address = reverse("opinions:step", args=[opinion.pk, action])
        return signed_in(user).post(address, said).status_code

    assert step(auditor, "answer", text="按工日算。") == 403
    assert step(supervisor, "answer", text="按工日算。") == 403
    assert step(clerk, "answer", text="") == 422
    assert step(clerk, "answer", text="按工日算。") == 302
    assert step(clerk, "propose", public_question="他是13900001234", public_answer="按工日算。") == 422
    assert step(clerk, "propose", public_question="工钱怎么算？", public_answer="按工日算。") == 302
    assert "等您办的 1 件" in signed_in(supervisor).get(LIST).content.decode()
    version = Opinion.objects.get().version
    assert step(supervisor, "agree", version=version) == 302
    assert step(supervisor, "ask", satisfaction="satisfied", asked_on=today()) == 302
    assert step(clerk, "nonsense") == 404
    assert Opinion.objects.get().publicity == Publicity.PUBLIC


def test_a_longer_list_asks_no_more_questions(
    village: Village, clerk: User, township_officer: User, signed_in
):
    client = signed_in(township_officer)
    an_opinion(village, by=clerk)
    with CaptureQueriesContext(connection) as of_one:
        client.get(LIST)
    for _ in range(2):
        an_opinion(village, by=clerk, petitioner=PETITIONER)
    with CaptureQueriesContext(connection) as of_three:
        client.get(LIST)

    assert len(of_one) == len(of_three)


def test_the_township_says_how_to_ask(
    village: Village, township_officer: User, clerk: User, county: County, signed_in
):
    address = reverse("opinions:place", args=[village.organization_id])
    said = {"box": "村委会门口", "hotline": "0990-5550100", "hours": "周一至周五上午", "contact": "村文书"}

    assert signed_in(clerk).get(address).status_code == 404
    client = signed_in(township_officer)
    assert client.post(address, {**said, "hotline": "13900001234"}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert AskingPlace.objects.get().hotline == "0990-5550100"
    text = client.get(reverse("opinions:places")).content.decode()
    assert "河口镇党委" in text
    assert "村委会门口" in text
