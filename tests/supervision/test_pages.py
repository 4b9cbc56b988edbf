"""The pages on a committee member's phone and in the township's office."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.disclosure import services as disclosure
from apps.disclosure.models import Publication
from apps.organizations.models import Village
from apps.supervision.models import CommitteeMember, SupervisionRecord, SupervisionReport
from tests.conftest import County
from tests.factories import MemberFactory, SeatFactory, TermFactory
from tests.supervision.making import SINCE, a_record, a_supervisor


def at(name: str, *arguments: object) -> str:
    return reverse(f"supervision:{name}", args=arguments)


def test_a_member_comes_at_once_to_what_waits(village: Village, supervisor: User, clerk: User, signed_in):
    day = datetime.date(2026, 11, 1)
    publication = Publication.objects.create(
        village=village, item="V02", first_on=day, last_on=day, title="全年计划", body="修路。"
    )
    disclosure.propose(publication, by=clerk)
    client = signed_in(supervisor)
    answer = client.get(at("list"))
    assert answer.headers["Location"] == at("village", village.pk)

    page = client.get(at("village", village.pk)).content.decode()
    for words in ("等您办的", "全年计划", "还没有登记成员", "逾期"):
        assert words in page


def test_a_members_home_says_what_waits(village: Village, supervisor: User, clerk: User, signed_in):
    day = datetime.date(2026, 11, 1)
    publication = Publication.objects.create(
        village=village, item="V02", first_on=day, last_on=day, title="全年计划", body="修路。"
    )
    disclosure.propose(publication, by=clerk)
    page = signed_in(supervisor).get("/").content.decode()

    for words in ("全年计划", "待监委会审查", "监委会半年报告", "监督记录和半年报告"):
        assert words in page
    assert "监委会半年报告" not in signed_in(clerk).get("/").content.decode()


def test_a_member_writes_down_what_was_looked_at(village: Village, supervisor: User, signed_in):
    client = signed_in(supervisor)
    said = {
        "subject": "finance",
        "title": "9 月凭证",
        "held_on": "2026-10-10",
        "names": "赵某",
        "findings": "少一张发票。",
        "asked": "补发票。",
        "due_on": "2026-10-20",
    }
    assert client.post(at("new_record", village.pk), {**said, "asked": ""}).status_code == 422
    assert client.post(at("new_record", village.pk), said).status_code == 302
    record = SupervisionRecord.objects.get()
    assert "等着整改" in client.get(at("village", village.pk)).content.decode()

    client.post(at("edit_record", record.pk), {**said, "title": "9 月的凭证", "version": "1"})
    client.post(at("put_right", record.pk), {"on": "2026-10-15", "words": "补了。"})
    page = client.get(at("village", village.pk)).content.decode()
    assert ("9 月的凭证" in page, "2026年10月15日整改：补了。" in page) == (True, True)


def test_a_member_writes_the_report_and_hands_it_over(village: Village, supervisor: User, signed_in):
    client = signed_in(supervisor)
    address = at("report", village.pk, 2026, 1)
    assert "系统按记录写的" in client.get(address).content.decode()
    assert client.post(address, {"version": "0", "words": ""}).status_code == 422
    client.post(address, {"version": "0", "words": "账目清楚。"})
    client.post(at("hand_over", village.pk, 2026, 1))

    assert SupervisionReport.objects.get().publication.item == "V21"  # type: ignore[union-attr]
    assert client.get(at("report", village.pk, 2026, 3)).status_code == 404


def test_the_township_sees_what_is_amiss_with_the_article(
    village: Village, township_officer: User, county: County, signed_in
):
    secretary = MemberFactory(branch=county.branch, name="李长福")
    SeatFactory(term=TermFactory(organization=county.branch), member=secretary, position="1_secretary")
    a_supervisor(village, "李长福", position="chair", knows_finance=True)
    page = signed_in(township_officer).get(at("village", village.pk)).content.decode()

    for words in ("监委会现有 1 人", "李长福是村党组织书记", "SUPV-01"):
        assert words in page


def test_the_township_registers_who_was_elected(village: Village, township_officer: User, signed_in):
    client = signed_in(township_officer)
    said = {"name": "赵某", "position": "chair", "since": "2026-01-20"}
    assert client.post(at("appoint", village.pk), said).status_code == 422
    client.post(at("appoint", village.pk), {**said, "declared_by": "民政办", "declared_on": "2026-01-20"})
    member = CommitteeMember.objects.get()
    client.post(at("leave", member.pk), {"on": "2026-11-01"})

    assert str(CommitteeMember.objects.get().until) == "2026-11-01"


def test_the_neighbour_finds_nothing(village: Village, neighbour: User, supervisor: User, signed_in):
    record = a_record(village, supervisor)
    client = signed_in(neighbour)

    assert client.get(at("village", village.pk)).status_code == 404
    assert client.get(at("edit_record", record.pk)).status_code == 404
    assert "还没有村" in client.get(at("list")).content.decode()


def test_a_longer_list_asks_no_more_questions(
    village: Village, township_officer: User, county: County, signed_in
):
    Village.objects.create(organization=county.second_branch, name="河口镇西湾村")
    client = signed_in(township_officer)
    with CaptureQueriesContext(connection) as of_none:
        client.get(at("list"))
    for number in range(3):
        a_supervisor(village, f"成员{number}", since=SINCE)
    with CaptureQueriesContext(connection) as of_three:
        page = client.get(at("list")).content.decode()

    assert "成员2（成员）" in page
    assert len(of_none) == len(of_three)


@pytest.mark.parametrize("number", [1, 4])
def test_a_village_asks_the_same_for_any_length(number: int, village: Village, supervisor: User, signed_in):
    client = signed_in(supervisor)
    a_record(village, supervisor)
    with CaptureQueriesContext(connection) as of_one:
        client.get(at("village", village.pk))
    for _ in range(number):
        a_record(village, supervisor)
    with CaptureQueriesContext(connection) as of_more:
        client.get(at("village", village.pk))

    assert len(of_one) == len(of_more)
