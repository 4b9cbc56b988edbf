"""Waivers: an office releases a branch from one duty, for a reason, on record; never the branch itself."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from apps.audit.models import Deed
from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.figures import duties
from apps.figures.models import Waiver
from apps.figures.queries import census_of, measure
from apps.figures.registry import REGISTRY
from apps.figures.services import give_waiver, revoke_waiver
from apps.figures.values import EXEMPT, MISSING
from tests.factories import GrantFactory
from tests.figures.conftest import October

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = date(2026, 11, 22)
OCTOBER = Month(2026, 10)
WHY = "整村搬迁"


@pytest.fixture
def today():
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=CHINA), tick=False):
        yield


def give(october: October, by, rule: str = "MEET-06") -> Waiver:
    return give_waiver(october.county.branch, rule=rule, period=OCTOBER, reason=WHY, by=by)


def words(october: October) -> str:
    return next(
        each.state_words
        for each in duties.duties_below(october.county.branch.pk, on=TODAY)
        if each.rule.key == "MEET-06" and each.period == OCTOBER
    )


def test_what_is_waived_is_exempt_with_its_reason_and_counts_no_more(october: October, township_officer):
    assert words(october) == "逾期22天"
    give(october, township_officer)
    assert words(october) == f"不适用：准许免办：{WHY}"

    (reading,) = measure(census_of(october.county.branch.pk, OCTOBER, on=TODAY), [REGISTRY["M03"]]).readings()
    assert (reading.count(MISSING), reading.count(EXEMPT)) == (0, 1)


def test_what_is_revoked_is_due_again_and_stays_on_record(october: October, township_officer, county_officer):
    waiver = revoke_waiver(give(october, township_officer), reason="已经搬完", by=county_officer)
    assert words(october) == "逾期22天"
    assert (waiver.reason, waiver.revoke_reason, waiver.revoked_by) == (WHY, "已经搬完", county_officer)
    with pytest.raises(Refused, match="已经收回"):
        revoke_waiver(waiver, reason="再收", by=county_officer)
    assert [deed.action for deed in Deed.objects.order_by("id") if deed.action.startswith("figures")] == [
        "figures.waive",
        "figures.revoke_waiver",
    ]


@pytest.mark.parametrize("person", ["branch_secretary", "auditor", "neighbour"])
def test_only_an_office_above_may_give_it(october: October, person, request):
    with pytest.raises(PermissionDenied):
        give(october, request.getfixturevalue(person))


def test_who_records_the_branch_s_meetings_does_not_spare_it(october: October, township_officer):
    GrantFactory(user=township_officer, role="branch_secretary", organization=october.county.branch)
    township_officer.__dict__.pop("granted", None)
    with pytest.raises(Refused, match="不能准许自己免办"):
        give(october, type(township_officer).objects.get(pk=township_officer.pk))


def test_what_is_done_or_not_asked_needs_no_waiver(meetings: October, township_officer):
    with pytest.raises(Refused, match="已经完成，或者本来就不用办"):
        give(meetings, township_officer)
    with pytest.raises(Refused, match="没有这项要办的事"):
        give(meetings, township_officer, rule="MEET-98")


def test_a_second_waiver_of_the_same_is_refused(october: October, township_officer):
    give(october, township_officer)
    with pytest.raises(Refused):
        give(october, township_officer)
    assert Waiver.objects.count() == 1


class TestPages:
    def test_giving_and_revoking_from_the_cell(self, october: October, township_officer, signed_in):
        client, at = signed_in(township_officer), [october.county.branch.pk, "MEET-06", "2026-10"]
        answer = client.post(reverse("duties:waive", args=at), {"reason": WHY})
        assert (answer.status_code, answer.url) == (302, reverse("duties:cell", args=at))
        waiver = Waiver.objects.get()
        listed = client.get(reverse("duties:waivers"))
        assert [row.title for row in listed.context["rows"]] == ["主题党日"]

        client.post(reverse("duties:revoke", args=[waiver.pk]), {"reason": "已经搬完"})
        waiver.refresh_from_db()
        assert waiver.revoke_reason == "已经搬完"

    def test_without_a_reason_nothing_is_given(self, october: October, township_officer, signed_in):
        at = [october.county.branch.pk, "MEET-06", "2026-10"]
        answer = signed_in(township_officer).post(reverse("duties:waive", args=at), {"reason": " "})
        assert answer.status_code == 422
        assert Waiver.objects.count() == 0

    def test_the_secretary_reads_it_and_is_offered_no_form(
        self, october: October, township_officer, branch_secretary, signed_in
    ):
        give(october, township_officer)
        at = [october.county.branch.pk, "MEET-06", "2026-10"]
        client = signed_in(branch_secretary)
        page = client.get(reverse("duties:cell", args=at))
        assert page.context["found"].may_waive is False
        assert WHY in page.content.decode()
        assert (
            signed_in(branch_secretary).post(reverse("duties:waive", args=at), {"reason": "x"}).status_code
            == 403
        )

    def test_the_neighbour_finds_neither(self, october: October, township_officer, neighbour, signed_in):
        waiver = give(october, township_officer)
        client = signed_in(neighbour)
        assert client.post(reverse("duties:revoke", args=[waiver.pk]), {"reason": "x"}).status_code == 404
        assert client.get(reverse("duties:waivers")).context["rows"] == []
