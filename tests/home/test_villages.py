"""The first page of whoever works for a village: what waits, and where to do it."""

from __future__ import annotations

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.calendar import today
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.home.villages import lines_for
from apps.opinions.services import Heard, register
from tests.conftest import County
from tests.disclosure.conftest import clerk, publish, statements
from tests.factories import GrantFactory, UserFactory

__all__ = ["clerk", "publish", "statements"]


def titles(user: User) -> list[tuple[str, str]]:
    return [(line.title, line.text) for line in lines_for(User.objects.get(pk=user.pk), on=today())]


def test_a_village_s_clerk_sees_what_is_late_and_what_hangs_nowhere(
    statements: list[Publication], clerk: User, publish
):
    late, *others = titles(clerk)
    assert (late[0], others) == ("逾期没有公开", [("草稿还没有送审", "2 件")])
    publish(statements[0])
    assert ("要张贴的", "1 件") in titles(clerk)


def test_the_committee_sees_what_it_is_to_check(statements: list[Publication], clerk: User, supervisor: User):
    services.propose(statements[0], by=clerk)
    assert (statements[0].title, "待监委会审查") in titles(supervisor)


def test_an_opinion_waits_for_its_answer(statements: list[Publication], clerk: User, signed_in):
    heard = Heard(
        received_on=today() - datetime.timedelta(days=1),
        channel="box",
        category="finance",
        text="路灯电费怎么这么多？",
        answerer="committee",
    )
    register(statements[0].village, heard, by=clerk)
    assert ("群众意见等您办", "1 件") in titles(clerk)
    assert "群众意见等您办" in signed_in(clerk).get("/").content.decode()


def test_the_secretary_and_the_township_see_what_is_to_be_cleared_and_the_township_what_is_late(
    statements: list[Publication],
    clerk: User,
    supervisor: User,
    township_officer: User,
    neighbour: User,
    county: County,
    signed_in,
):
    secretary = GrantFactory(user=UserFactory(), role="branch_secretary", organization=county.branch).user
    days: dict[str, Any] = {"first_on": statements[0].first_on, "last_on": statements[0].last_on}
    row = services.write_publication(
        statements[0].village, item="P03", title="九月三会一课", body="开会一次。", by=clerk, **days
    )
    services.propose(row, by=clerk)
    services.consent(row, names="赵某", by=supervisor)

    pages = [signed_in(user).get("/").content.decode() for user in (secretary, township_officer, neighbour)]
    assert ["九月三会一课" in page for page in pages] == [True, True, False]
    assert ["逾期没有公开" in page for page in pages] == [False, True, False]


def test_whoever_works_for_another_village_sees_none_of_it(statements: list[Publication], county: County):
    stranger = GrantFactory(user=UserFactory(), role="village_clerk", organization=county.second_branch).user
    assert titles(stranger) == []
