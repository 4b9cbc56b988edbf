"""A key opens its own scope, as long as it is good."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from rest_framework.throttling import UserRateThrottle

from apps.accounts.models import ApiToken, User
from apps.audit.sources import sources
from apps.core.calendar import today
from tests.api.conftest import account

pytestmark = pytest.mark.django_db

LIST = "/api/v1/organizations/"


def last_use() -> datetime.datetime:
    used = ApiToken.objects.get().last_used_at
    assert used is not None
    return used


def test_a_good_key_opens(program):
    assert program.get(LIST).json()["count"] == 3


def test_none_does_not(county):
    answer = Client().get(LIST)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json() == {
        "code": "not_authenticated",
        "message": "请在请求头里带上密钥：Authorization: Bearer 密钥。",
        "field": None,
        "rule": None,
    }


@pytest.mark.parametrize(("days", "status"), [(0, 200), (-1, 401)])
def test_a_key_is_good_until_its_last_day_inclusive(key_for, client_of_key, county, days, status):
    key = key_for(county.township, expires_on=today() + datetime.timedelta(days=days))

    answer = client_of_key(key).get(LIST)

    assert (answer.status_code, answer.json().get("code")) == (
        status,
        None if status == 200 else "authentication_failed",
    )


def test_a_revoked_key_and_a_wrong_one_do_not_open(key_for, client_of_key, county):
    revoked = client_of_key(key_for(county.township, revoked_at=timezone.now())).get(LIST)
    wrong = client_of_key("pb_wrong").get(LIST)

    assert revoked.status_code == wrong.status_code == 401
    assert revoked.json() == wrong.json()
    assert wrong.json()["message"] == "密钥不对，或者已经过期、停用。"


def test_nor_the_key_of_a_deactivated_account(key_for, client_of_key, county):
    key = key_for(county.township)
    User.objects.filter(pk=account(key).pk).update(is_active=False)

    assert client_of_key(key).get(LIST).json()["code"] == "authentication_failed"


def test_a_key_s_use_is_noted_every_five_minutes_and_nothing_else_is_written(key_for, client_of_key, county):
    key = key_for(county.township)
    client = client_of_key(key)
    client.get(LIST)
    first = last_use()
    assert timezone.now() - first < datetime.timedelta(minutes=1)

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        assert client.get(LIST).json()["count"] == 3
        transaction.set_rollback(True)
    ApiToken.objects.update(last_used_at=first - datetime.timedelta(minutes=6))
    client.get(LIST)

    assert last_use() > first
    assert sources()["accounts.apitoken"].events.objects.filter(pgh_label="update").count() == 0


def test_a_person_who_is_signed_in_reads_too(signed_in, township_officer):
    assert signed_in(township_officer).get(LIST).json()["count"] == 3


def test_nothing_is_written_through_the_api(program, county):
    for address in (LIST, f"{LIST}{county.branch.code}/"):
        for method in (program.post, program.put, program.patch, program.delete):
            assert method(address).json()["code"] == "method_not_allowed"


def test_too_many_requests_are_refused_for_that_account_only(program, foreign_program, monkeypatch):
    cache.clear()
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    program.get(LIST)
    program.get(LIST)

    third = program.get(LIST)

    assert (third.status_code, third.json()["code"]) == (429, "throttled")
    assert int(third["Retry-After"]) > 0
    assert foreign_program.get(LIST).json()["count"] == 2
