"""The inner pages: who sees what, who may take which step, and that a list costs the same for any length."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import CHINA, today
from apps.core.periods import Month
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.disclosure.queries import waiting_for
from apps.disclosure.rhythm import due_on
from apps.disclosure.states import State
from apps.publicsite import queries as public_queries
from apps.regulations.models import RuleOverride
from apps.regulations.settings import settings_of
from tests.conftest import County
from tests.factories import GrantFactory, UserFactory, invented_id_number


def test_the_list_shows_what_waits_and_the_ledger_what_is_overdue(
    statements: list[Publication], supervisor: User, clerk: User, signed_in
):
    services.propose(statements[1], by=clerk)
    client = signed_in(supervisor)

    assert "等您办的" in client.get(reverse("disclosure:list")).content.decode()
    assert "待监委会审查，逾期" in client.get(reverse("disclosure:due"), {"group": "财务"}).content.decode()


@pytest.mark.parametrize(
    "role",
    [
        "civil_affairs",
        "agriculture",
        "finance_agent",
        "township_staff",
        "village_clerk",
        "supervision_committee",
    ],
)
def test_every_tab_that_is_shown_may_be_opened(
    statements: list[Publication], county: County, signed_in, role: str
):
    client = signed_in(GrantFactory(role=role, organization=county.root, user=UserFactory()).user)
    page = client.get(reverse("disclosure:list")).content.decode()
    tabs = page.partition('aria-label="村务公开"')[2].partition("</nav>")[0]
    addresses = re.findall('href="([^"]+)"', tabs)

    assert len(addresses) >= 9
    assert [each for each in addresses if client.get(each).status_code == 403] == []


def test_the_first_page_names_drafts_that_were_not_sent(
    statements: list[Publication], clerk: User, supervisor: User, signed_in
):
    def told(user: User) -> bool:
        return "草稿还没有送审" in signed_in(user).get(reverse("home:home")).content.decode()

    assert (told(clerk), told(supervisor)) == (True, False)
    for publication in statements:
        services.propose(publication, by=clerk)
    assert told(clerk) is False


def test_a_neighbour_finds_nothing(statements: list[Publication], neighbour: User, signed_in):
    client = signed_in(neighbour)

    assert client.get(reverse("disclosure:detail", args=[statements[0].pk])).status_code == 404
    assert "还没有公开" in client.get(reverse("disclosure:list")).content.decode()


def test_the_way_by_the_pages(statements: list[Publication], clerk: User, supervisor: User, signed_in):
    number = statements[0].pk

    def step(user: User, action: str, **said: str) -> int:
        address = reverse("disclosure:step", args=[number, action])
        return signed_in(user).post(address, said).status_code

    assert step(clerk, "propose") == 302
    assert step(clerk, "consent", names="孙某") == 403
    assert step(supervisor, "object", note="") == 422
    assert step(supervisor, "consent", names="赵某", note="同意。") == 302
    assert step(clerk, "confirm", on=str(today()), names="两委") == 302
    assert step(clerk, "publish", director="王某") == 422
    assert step(clerk, "publish", director="王某", supervisor="赵某", accountant="孙某") == 302
    statements[0].refresh_from_db()
    assert statements[0].state == State.PUBLISHED
    assert step(clerk, "nonsense") == 404


def test_a_draft_says_what_must_not_be_published_and_masks_it_in_one_go(
    statements: list[Publication], clerk: User, signed_in
):
    draft = services.write_publication(
        statements[0].village,
        item="V10",
        first_on=today(),
        last_on=today(),
        title="农业补贴",
        body=f"张某 {invented_id_number(3)} 300 元，电话 13800001111",
        by=clerk,
    )
    client, address = signed_in(clerk), reverse("disclosure:detail", args=[draft.pk])
    masking = reverse("disclosure:mask", args=[draft.pk])
    before = client.get(address)
    assert [place for place, _ in before.context["private"]] == ["正文"]
    assert "手机号（138******111）" in before.content.decode()
    assert masking in before.content.decode()

    assert client.post(masking).status_code == 302
    after = client.get(address)
    assert (after.context["private"], masking in after.content.decode()) == ([], False)


def test_a_clerk_writes_a_publication_in_words(statements: list[Publication], clerk: User, signed_in):
    village = statements[0].village
    said = {
        "village": village.pk,
        "item": "V03",
        "first_on": "2026-10-01",
        "last_on": "2026-10-31",
        "title": "村民代表会议决定事项",
        "body": "决定修缮活动室。",
    }
    answer = signed_in(clerk).post(reverse("disclosure:new"), said)

    written = Publication.objects.get(item="V03")
    assert (answer.status_code, written.body) == (302, "决定修缮活动室。")
    answer = signed_in(clerk).post(
        reverse("disclosure:edit", args=[written.pk]), {"version": 9, "title": "改", "body": "改"}
    )
    assert answer.status_code == 422


@pytest.mark.usefixtures("county")
def test_a_longer_list_asks_no_more_questions(
    statements: list[Publication], township_officer: User, signed_in
):
    client = signed_in(township_officer)
    with CaptureQueriesContext(connection) as of_two:
        client.get(reverse("disclosure:list"))
    for number in range(5):
        Publication.objects.create(
            village=statements[0].village,
            item="V03",
            first_on=statements[0].first_on,
            last_on=statements[0].last_on,
            title=f"第 {number} 件",
        )
    with CaptureQueriesContext(connection) as of_seven:
        client.get(reverse("disclosure:list"))

    assert len(of_two) == len(of_seven)


def test_a_county_may_set_its_own_day(county: County, county_administrator: User):
    month = Month(2026, 9)
    assert str(due_on(month, settings_of(county.root.path))) == "2026-10-15"

    RuleOverride.objects.create(
        county=county.root.path,
        rule="VAD-03/due_day",
        value=10,
        since=month.first,
        reason="县里要求提前。",
        author=county_administrator,
    )
    assert str(due_on(month, settings_of(county.root.path))) == "2026-10-10"
    assert str(due_on(month, public_queries.numbers_of(county.root.path))) == "2026-10-10"


def test_a_correction_without_a_reason_says_so(
    statements: list[Publication], publish, clerk: User, signed_in
):
    published = publish(statements[0])
    answer = signed_in(clerk).post(reverse("disclosure:correct", args=[published.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert 'id="correct_reason_error"' in answer.content.decode()


def test_what_waits_is_what_one_may_do_there(statements: list[Publication], clerk: User, county: County):
    services.propose(statements[0], by=clerk)
    GrantFactory(user=clerk, role="supervision_committee", organization=county.other_branch)

    assert waiting_for(User.objects.get(pk=clerk.pk)) == []


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), CHINA)


def test_whoever_is_to_answer_sees_until_when_and_that_it_is_over(
    statements: list[Publication], clerk: User, supervisor: User, signed_in
):
    """Five days for the committee, five for the village (VAD-11)."""
    address = reverse("disclosure:detail", args=[statements[0].pk])
    began = today()
    services.propose(statements[0], by=clerk)

    def told(days: int) -> str:
        with time_machine.travel(noon(began + datetime.timedelta(days=days)), tick=False):
            return signed_in(supervisor).get(address).content.decode()

    assert ("监委会要有意见（VAD-11）" in told(5), "已经过了 1 天" in told(6)) == (True, True)
    with time_machine.travel(noon(began + datetime.timedelta(days=6)), tick=False):
        services.object_to(statements[0], note="第 2 笔没有合同。", by=supervisor)
    assert ("村里要有答复（VAD-11）" in told(11), "已经过了 1 天" in told(12)) == (True, True)
