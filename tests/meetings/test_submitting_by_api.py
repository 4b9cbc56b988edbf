"""Handing a kept record in over the API: by the service of the page, with the question of the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from apps.accounts.models import ApiToken
from apps.core.calendar import today
from apps.core.crypto import digest
from apps.meetings.models import Meeting
from tests.factories import GrantFactory

pytestmark = pytest.mark.django_db

API = "/api/v1/meetings/"


@pytest.fixture
def secretary(signed_in, branch_secretary):
    return signed_in(branch_secretary)


@pytest.fixture
def submit(secretary):
    def post(meeting, body=None):
        return secretary.post(f"{API}{meeting.pk}/submit/", body or {}, content_type="application/json")

    return post


def test_a_kept_record_is_handed_in_and_answered_whole(submit, kept, theme_day):
    answer = submit(kept(theme_day))

    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    assert answer.json()["minutes"] == theme_day.minutes


def test_what_it_lacks_is_said_with_its_field(submit, kept, theme_day):
    answer = submit(kept(replace(theme_day, place="")))

    assert answer.status_code == 422
    assert answer.json() == {
        "code": "refused", "message": "请填写地点。", "field": "place", "rule": "MEET-18"
    }  # fmt: skip


class TestTheSameMeeting:
    @pytest.fixture
    def first(self, recorded, theme_day):
        return recorded(theme_day)

    @pytest.fixture
    def mine(self, first, kept, theme_day):
        return kept(replace(theme_day, topic="又记了一遍"))

    def test_is_answered_409_with_the_others(self, submit, first, mine, branch_secretary):
        answer = submit(mine)
        words = f"11月5日 15:00 主题党日“学习党章”，{branch_secretary}记的"

        assert (answer.status_code, answer.json()["code"]) == (409, "refused")
        assert answer.json()["message"] == f"可能是同一次会：{words}。请看一下，再选怎么办。"
        assert [(one["id"], one["topic"], one["present"]) for one in answer.json()["twins"]] == [
            (first.pk, "学习党章", 13)
        ]
        assert Meeting.objects.get(pk=mine.pk).state == "draft"

    def test_is_handed_in_when_somebody_says_that_it_is_another(self, submit, first, mine):
        answer = submit(mine, {"not_the_same": True})

        assert (answer.status_code, answer.json()["state"]) == (200, "submitted")

    def test_is_not_asked_of_a_record_that_was_handed_in_before(self, submit, first, mine, recorded):
        submit(mine, {"not_the_same": True})

        assert submit(mine).json()["message"].startswith("现在不能“交上”")


@pytest.fixture
def key_of():
    """A program with a key of an account that holds the role in the branch."""

    def make(role, branch):
        account = GrantFactory(role="api_client", organization=branch).user
        GrantFactory(user=account, role=role, organization=branch)
        ApiToken.objects.create(user=account, label="测试", digest=digest("pb_test"), expires_on=today())
        return Client(headers={"Authorization": "Bearer pb_test"})

    return make


@pytest.mark.parametrize(("role", "status"), [("branch_secretary", 200), ("auditor", 404)])
def test_a_key_does_what_its_account_may(key_of, kept, theme_day, village, role, status):
    """A draft is its branch's own: for who records nothing there is none."""
    answer = key_of(role, village.branch).post(f"{API}{kept(theme_day).pk}/submit/")

    assert answer.status_code == status


def test_who_sees_records_and_records_none_may_not(signed_in, recorded, theme_day, township_officer):
    answer = signed_in(township_officer).post(f"{API}{recorded(theme_day).pk}/submit/")

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
