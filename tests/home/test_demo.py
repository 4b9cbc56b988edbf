"""The demo county: the same every time, sound in every rule, and only where its password may be known."""

from __future__ import annotations

import datetime
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from apps.accounts.models import User
from apps.accounts.roles import ROLES
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.home import demo
from apps.home.demo import accounts, organizations, words
from apps.meetings import statistics
from apps.meetings.models import Meeting, MonthlyCount
from apps.members.models import Member
from apps.members.queries import headcount
from apps.organizations.models import Organization

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def one_township(django_db_setup, django_db_blocker):
    """One township of the county is enough to see, and loaded once enough for all who look."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(words, "TOWNSHIPS", words.TOWNSHIPS[:1])
        yield demo.load(today=TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(one_township, db):
    return one_township


def counts():
    rows = MonthlyCount.objects.values_list(
        "organization", "group", "month", "kind", "meetings", "expected", "present"
    )
    return set(rows)


def test_the_tree_and_every_deferred_rule_hold(loaded):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Organization.objects.count() == loaded["organizations"]


def test_the_roster_is_the_sum_of_its_events(loaded):
    total = sum(heads.total for heads in headcount([""], on=TODAY).values())
    assert total == Member.objects.active().count() == loaded["members"]


def test_the_monthly_counts_are_those_of_its_meetings(loaded):
    kept = counts()
    statistics.refresh_all([Month(2026, month) for month in range(1, 12)] + [Month(2025, 12)])
    assert counts() == kept
    assert Meeting.objects.count() == loaded["meetings"]


def drawn():
    """What the county would be, without writing it."""
    return [(row.code, row.name, row.founded_on) for row in organizations.plan(Random(2026), TODAY, 1)]


def test_it_is_the_same_every_time(loaded):
    assert drawn() == drawn()
    assert {code for code, _, _ in drawn()} == set(Organization.objects.values_list("code", flat=True))


def test_it_is_loaded_once(loaded):
    with pytest.raises(Refused, match="已经在了"):
        demo.load(today=TODAY)


def test_there_is_a_login_for_each_role_of_people(loaded):
    roles = {login["grant"] for login in accounts.logins()}
    assert roles == set(ROLES) - {"api_client"}
    for login in accounts.logins():
        assert User.objects.get(username=login["username"]).check_password(login["password"])


def test_where_the_password_must_not_be_known_it_is_not_loaded(db, settings):
    settings.PARTYBUILD_DEMO = False
    before = Organization.objects.count()
    with pytest.raises(CommandError, match="PARTYBUILD_DEMO"):
        call_command("load_demo")
    assert Organization.objects.count() == before
