"""Party affairs are asked for their secrets before anybody reads them (PAO-02); there is no way round."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.disclosure.queries import waiting_for
from apps.disclosure.services import Signatures
from apps.disclosure.states import State
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.test_way import refused_by_the_database
from tests.factories import GrantFactory, UserFactory

DAYS: dict[str, Any] = {"first_on": datetime.date(2026, 7, 1), "last_on": datetime.date(2026, 9, 30)}
PUBLISHING = (
    "UPDATE disclosure_publication SET state = 'published', chain_number = 1, checksum = 'x', "
    "published_at = now(), content = '{}' WHERE id = %s"
)


@pytest.fixture
def secretary(county: County) -> User:
    return GrantFactory(user=UserFactory(), role="branch_secretary", organization=county.branch).user


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def checked(village: Village, clerk: User, supervisor: User) -> Publication:
    """Of the party's education, with the committee's consent."""
    row = services.write_publication(
        village, item="P03", title="第三季度三会一课", body="党员大会一次。", by=clerk, **DAYS
    )
    services.propose(row, by=clerk)
    return services.consent(row, names="赵某", by=supervisor)


def test_the_review_comes_between_the_committee_and_the_joint_meeting(
    checked: Publication, clerk: User, secretary: User
):
    assert checked.state == State.CLEARING
    with pytest.raises(Refused, match="现在不能“登记联席会议决定”"):
        services.confirm(checked, on=today(), names="两委", by=clerk)
    services.clear(checked, names="李某", note="没有涉密的。", by=secretary)
    services.confirm(checked, on=today(), names="两委", by=clerk)
    done = services.publish(checked, signatures=Signatures(), by=clerk)

    told = [(deed.action, deed.by_id, deed.on, deed.names) for deed in done.deeds.order_by("id")]
    assert told[2] == ("clear", secretary.pk, today(), "李某")
    assert done.content is not None
    assert done.content["deeds"][2]["action"] == "保密审查：可以公开"


def test_what_must_stay_inside_goes_back_with_the_reason_and_comes_the_whole_way_again(
    checked: Publication, clerk: User, supervisor: User, secretary: User
):
    with pytest.raises(Refused, match="哪里不能公开"):
        services.hold(checked, names="李某", note=" ", by=secretary)
    held = services.hold(checked, names="李某", note="第二段是内部文件。", by=secretary)
    assert (held.state, held.deeds.latest("id").note) == (State.OBJECTED, "第二段是内部文件。")

    services.propose(held, note="删去了名单。", by=clerk)
    services.consent(held, names="赵某", by=supervisor)
    held.refresh_from_db()
    assert held.state == State.CLEARING


def test_whoever_sent_it_in_or_works_elsewhere_does_not_review_it(
    checked: Publication, clerk: User, supervisor: User, county: County
):
    stranger = GrantFactory(
        user=UserFactory(), role="branch_secretary", organization=county.other_branch
    ).user
    for person in (clerk, supervisor, stranger):
        with pytest.raises(PermissionDenied):
            services.clear(checked, names="某人", by=person)
    GrantFactory(user=clerk, role="branch_secretary", organization=county.branch)
    with pytest.raises(Refused, match="送审的人不能自己办保密审查"):
        services.clear(checked, names="孙某", by=User.objects.get(pk=clerk.pk))


def test_only_party_affairs_are_reviewed(
    statements: list[Publication], clerk: User, supervisor: User, secretary: User
):
    services.propose(statements[0], by=clerk)
    row = services.consent(statements[0], names="赵某", by=supervisor)
    assert row.state == State.CHECKED
    with pytest.raises(Refused, match="只有党务公开"):
        services.clear(row, names="李某", by=secretary)


def test_the_database_knows_no_shortcut(checked: Publication, clerk: User, supervisor: User, secretary: User):
    Publication.objects.filter(pk=checked.pk).update(state="confirmed")
    assert refused_by_the_database(PUBLISHING, checked.pk)
    assert refused_by_the_database("UPDATE disclosure_publication SET item = 'V03' WHERE id = %s", checked.pk)

    Publication.objects.filter(pk=checked.pk).update(state="clearing")
    services.clear(checked, names="李某", by=secretary)
    Publication.objects.filter(pk=checked.pk).update(state="proposed")
    again = services.object_to(checked, note="改一句。", by=supervisor)
    services.propose(again, note="删去了名单。", by=clerk)
    Publication.objects.filter(pk=checked.pk).update(state="confirmed")
    assert refused_by_the_database(PUBLISHING, checked.pk)  # what was proposed last nobody has seen


def test_the_page_shows_the_review_to_whoever_may_do_it(
    checked: Publication, secretary: User, clerk: User, township_officer: User, neighbour: User, signed_in
):
    address = reverse("disclosure:detail", args=[checked.pk])
    pages = [signed_in(user).get(address).content.decode() for user in (secretary, township_officer, clerk)]
    assert ["保密审查：可以公开" in page for page in pages] == [True, True, False]
    assert [len(waiting_for(user)) for user in (secretary, township_officer, clerk, neighbour)] == [
        1,
        1,
        0,
        0,
    ]

    client = signed_in(secretary)
    held = reverse("disclosure:step", args=[checked.pk, "hold"])
    assert client.post(held, {"names": "李某", "note": ""}).status_code == 422
    cleared = reverse("disclosure:step", args=[checked.pk, "clear"])
    assert client.post(cleared, {"names": "李某", "note": ""}).status_code == 302
    checked.refresh_from_db()
    assert checked.state == State.CHECKED
    assert signed_in(neighbour).post(cleared, {"names": "某"}).status_code == 404
