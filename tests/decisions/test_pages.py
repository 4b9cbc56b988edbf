"""The inner pages: a clerk goes the way by them, the township reads, the neighbour finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.decisions import services
from apps.decisions.kinds import Stage
from apps.decisions.models import DecisionStep, FourStepDecision
from apps.disclosure.models import Publication
from apps.organizations.models import Village
from tests.decisions.conftest import MATTER, SITTINGS

SAID = {
    "stage": "1",
    "body": "party_committee",
    "held_on": "2026-10-08",
    "place": "村部",
    "chair": "李某",
    "expected": "5",
    "present": "5",
    "in_favour": "4",
    "against": "1",
    "abstained": "",
    "note": "",
}


def at(name: str, *arguments: object) -> str:
    return reverse(f"decisions:{name}", args=arguments)


def test_a_clerk_goes_the_way_by_the_pages(village: Village, clerk: User, signed_in):
    client: Client = signed_in(clerk)
    answer = client.post(at("new"), {"village": village.pk, **MATTER})
    matter = FourStepDecision.objects.get()
    assert answer.headers["Location"] == at("detail", matter.pk)
    assert "登记“村党组织提议”" in client.get(at("detail", matter.pk)).content.decode()

    assert client.post(at("step", matter.pk), SAID).status_code == 302
    page = client.get(at("detail", matter.pk)).content.decode()
    for words in ("应到 5 人，实到 5 人，赞成 4 票，反对 1 票", "登记“村“两委”会议商议”", "MEET-02"):
        assert words in page


def test_the_form_says_what_is_needed_and_what_is_missing(matter: FourStepDecision, clerk: User, signed_in):
    client = signed_in(clerk)
    page = client.get(at("step", matter.pk)).content.decode()
    assert "到会委员不少于委员总数的半数（含本数）" in page

    answer = client.post(at("step", matter.pk), {**SAID, "expected": ""})
    assert (answer.status_code, "请填这一项。" in answer.content.decode()) == (422, True)
    answer = client.post(at("step", matter.pk), {**SAID, "in_favour": "9"})
    assert (answer.status_code, "赞成、反对、弃权加起来 10 票" in answer.content.decode()) == (422, True)


def test_a_step_that_did_not_pass_is_shown_as_such(
    matter: FourStepDecision, clerk: User, township_officer: User, signed_in
):
    client = signed_in(clerk)
    client.post(at("step", matter.pk), {**SAID, "in_favour": "2", "against": "3"})
    answer = client.post(at("step", matter.pk), {**SAID, "stage": "2"})
    assert (answer.status_code, "“村党组织提议”没有通过" in answer.content.decode()) == (422, True)

    page = signed_in(township_officer).get(at("list")).content.decode()
    assert "没有通过" in page


def test_the_drafts_for_the_public_are_one_tap(decided: FourStepDecision, clerk: User, signed_in, publish):
    client = signed_in(clerk)
    answer = client.post(at("draft", decided.pk, "resolution"))
    draft = Publication.objects.get(item="V03")
    assert answer.headers["Location"] == reverse("disclosure:detail", args=[draft.pk])
    publish(draft)
    assert "登记实施结果" in client.get(at("detail", decided.pk)).content.decode()

    client.post(at("result", decided.pk), {"on": "2026-11-10", "words": "修好了。"})
    client.post(at("draft", decided.pk, "result"))
    assert Publication.objects.filter(item="V03").count() == 2
    assert client.post(at("draft", decided.pk, "nonsense")).status_code == 404


def test_taking_back_and_dropping_want_a_reason(
    matter: FourStepDecision, hold: Callable[..., DecisionStep], clerk: User, signed_in
):
    hold(Stage.PROPOSED)
    client = signed_in(clerk)
    assert client.post(at("take_back", matter.pk), {"reason": ""}).status_code == 422
    client.post(at("take_back", matter.pk), {"reason": "日期写错"})
    assert matter.steps.count() == 0

    client.post(at("drop", matter.pk), {"reason": "不修了"})
    assert "不再办：" in client.get(at("detail", matter.pk)).content.decode()


def test_the_neighbour_finds_nothing_and_the_township_writes_nothing(
    matter: FourStepDecision, neighbour: User, township_officer: User, signed_in
):
    assert matter.title in signed_in(township_officer).get(at("list")).content.decode()
    assert signed_in(township_officer).get(at("step", matter.pk)).status_code == 403
    assert signed_in(neighbour).get(at("detail", matter.pk)).status_code == 404
    assert "还没有事项" in signed_in(neighbour).get(at("list")).content.decode()


@pytest.mark.parametrize(("state", "found"), [("begun", True), ("decided", False)])
def test_the_list_is_filtered_by_how_far_a_matter_is(
    state, found, matter: FourStepDecision, clerk: User, signed_in
):
    page = signed_in(clerk).get(at("list"), {"state": state, "q": "东湾 活动室"}).content.decode()

    assert (f"/decisions/{matter.pk}/" in page) is found


def test_a_longer_list_asks_no_more_questions(matter: FourStepDecision, clerk: User, signed_in):
    client = signed_in(clerk)
    with CaptureQueriesContext(connection) as of_one:
        client.get(at("list"))
    for _ in range(3):
        other = services.begin(matter.village, by=clerk, **MATTER)
        services.hold(other, Stage.PROPOSED, SITTINGS[Stage.PROPOSED], by=clerk)
    with CaptureQueriesContext(connection) as of_four:
        client.get(at("list"))

    assert len(of_one) == len(of_four)
