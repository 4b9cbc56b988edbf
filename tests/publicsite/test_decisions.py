"""What everybody sees of a village's decisions: those whose resolution is published, with each step."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.decisions import services
from apps.decisions.kinds import Stage
from apps.decisions.models import FourStepDecision
from apps.disclosure import services as disclosure
from apps.disclosure.models import Publication
from apps.organizations.models import Village
from apps.publicsite import pages
from apps.publicsite.management.commands.public_role import grant
from tests.conftest import County
from tests.decisions.conftest import DAY, MATTER, SITTINGS, decided, hold, matter, village
from tests.supervision.making import a_supervisor

__all__ = ["decided", "hold", "matter", "village"]
ROLE = "partybuild_test_public"


@pytest.fixture
def resolved(decided: FourStepDecision, clerk: User, publish) -> FourStepDecision:
    publish(services.draft_resolution(decided, by=clerk))
    decided.refresh_from_db()
    return decided


def read(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(f"public:{name}", args=arguments))
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    return answer.content.decode()


def test_a_villager_reads_how_it_was_decided(resolved: FourStepDecision, villager: Client, county: County):
    code = county.branch.code
    assert "修缮村活动室" in read(villager, "village", code)
    assert "正在办" in read(villager, "decisions", code)
    text = read(villager, "decision", code, resolved.pk)

    for words in (
        "2026年10月28日，村民会议。",
        "应到 300 户，实到 200 户；赞成 180 票，反对 15 票，弃权 5 票。",
        "应到 5 人，实到 5 人；赞成 5 票",
        "还没有，办完以后公开",
    ):
        assert words in text
    assert "李某" not in text  # who chaired is inside


def test_the_result_is_shown_when_it_is_public(
    resolved: FourStepDecision, clerk: User, publish, villager: Client, county: County
):
    services.report_result(resolved, words="修好了。", on=DAY + datetime.timedelta(30), by=clerk)
    publish(services.draft_result(resolved, by=clerk))

    assert "结果已公开" in read(villager, "decisions", county.branch.code)
    text = read(villager, "decision", county.branch.code, resolved.pk)
    assert reverse("public:publication", args=[county.branch.code, 2]) in text


def test_what_is_not_published_is_not_there(
    decided: FourStepDecision,
    clerk: User,
    statements: list[Publication],
    publish,
    villager: Client,
    county: County,
):
    services.draft_resolution(decided, by=clerk)
    publish(statements[0])

    assert "还没有公布的决定" in read(villager, "decisions", county.branch.code)
    address = reverse("public:decision", args=[county.branch.code, decided.pk])
    assert villager.get(address).status_code == 404


def test_a_withdrawn_resolution_takes_it_away_and_a_correction_leads_to_the_new_one(
    resolved: FourStepDecision, clerk: User, publish, township_officer: User, villager: Client, county: County
):
    assert resolved.resolution is not None
    corrected = disclosure.correct(resolved.resolution, reason="写错一个数。", by=clerk)
    publish(corrected)
    text = read(villager, "decision", county.branch.code, resolved.pk)
    assert reverse("public:publication", args=[county.branch.code, 2]) in text

    disclosure.withdraw(corrected, reason="重新公布。", by=township_officer)
    assert "还没有公布的决定" in read(villager, "decisions", county.branch.code)


def test_who_watches_is_everybodys_to_know(
    resolved: FourStepDecision, villager: Client, village: Village, county: County
):
    a_supervisor(village, "赵某", position="chair")
    a_supervisor(village, "旧某", until=datetime.date(2026, 6, 1))
    text = read(villager, "village", county.branch.code)

    assert ("赵某（主任）" in text, "旧某" in text) == (True, False)


def test_these_pages_need_no_more_than_the_public_role(
    resolved: FourStepDecision, villager: Client, county: County
):
    grant(ROLE, "only-for-the-tests-1")
    code = county.branch.code
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        try:
            drawn = [read(villager, "decisions", code), read(villager, "decision", code, resolved.pk)]
        finally:
            cursor.execute("RESET ROLE")

    assert ["修缮村活动室" in text for text in drawn] == [True, True]


def test_a_longer_list_asks_no_more_questions(
    resolved: FourStepDecision, clerk: User, publish, villager: Client, county: County
):
    with CaptureQueriesContext(connection) as of_one:
        read(villager, "decisions", county.branch.code)
    for number in range(2):
        other = services.begin(resolved.village, by=clerk, **{**MATTER, "title": f"第 {number} 件"})
        for stage in Stage:
            services.hold(other, stage, SITTINGS[stage], by=clerk)
        publish(services.draft_resolution(other, by=clerk))
    pages.forget()
    with CaptureQueriesContext(connection) as of_three:
        read(villager, "decisions", county.branch.code)

    assert len(of_one) == len(of_three)
