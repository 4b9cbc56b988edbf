"""The cast: a small county with two townships, and the people who work in it.

`county` is the tree; each fixture below it is a signed-in client's user with one role.
The neighbour holds the same role as the township officer, in the other township: every
test of permission has them in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from apps.accounts.models import User
from apps.organizations.models import Organization
from apps.publicsite import pages
from tests.clients import ReadingClient
from tests.factories import GrantFactory, OrganizationFactory, UserFactory
from tests.services import django_db_keepdb

__all__ = ["django_db_keepdb"]  # here it comes before pytest-django's own


# How long a machine takes says nothing about a rule: a busy one must not turn a property red.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@dataclass(frozen=True)
class County:
    """Two townships; the first has two village branches, the second one."""

    root: Organization
    township: Organization
    branch: Organization
    second_branch: Organization
    other_township: Organization
    other_branch: Organization


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    """No test begins with the pages of another."""
    pages.forget()


@pytest.fixture
def county(db: None) -> County:
    root = OrganizationFactory(
        code="88", name="中国共产党清源县委员会", kind="committee", sector="county_organ"
    )
    township = OrganizationFactory(
        parent=root,
        code="8801",
        name="中共清源县河口镇委员会",
        short_name="河口镇党委",
        kind="committee",
        sector="township",
    )
    other = OrganizationFactory(
        parent=root,
        code="8802",
        name="中共清源县石桥乡委员会",
        short_name="石桥乡党委",
        kind="committee",
        sector="township",
    )
    return County(
        root=root,
        township=township,
        branch=OrganizationFactory(parent=township, code="8801001", name="河口镇东湾村党支部"),
        second_branch=OrganizationFactory(parent=township, code="8801002", name="河口镇西湾村党支部"),
        other_township=other,
        other_branch=OrganizationFactory(parent=other, code="8802001", name="石桥乡上寨村党支部"),
    )


def _user(name: str, role: str, organization: Organization | None) -> User:
    user = UserFactory(name=name)
    GrantFactory(user=user, role=role, organization=organization)
    return user


@pytest.fixture
def county_administrator(county: County) -> User:
    return _user("县管理员", "county_administrator", county.root)


@pytest.fixture
def county_officer(county: County) -> User:
    return _user("县组织部陈静", "county_staff", county.root)


@pytest.fixture
def township_officer(county: County) -> User:
    return _user("河口镇刘洋", "township_staff", county.township)


@pytest.fixture
def neighbour(county: County) -> User:
    return _user("石桥乡马涛", "township_staff", county.other_township)


@pytest.fixture
def branch_secretary(county: County) -> User:
    return _user("东湾村书记李长福", "branch_secretary", county.branch)


@pytest.fixture
def supervisor(county: County) -> User:
    return _user("东湾村监委会赵某", "supervision_committee", county.branch)


@pytest.fixture
def auditor(county: County) -> User:
    return _user("审计员周平", "auditor", county.root)


@pytest.fixture
def villager() -> Client:
    """Anybody at all: no login."""
    return ReadingClient()


@pytest.fixture
def signed_in():
    """A client that is signed in as the given user, and fails when a page writes while it is read."""

    def client_of(user: User) -> Client:
        client = ReadingClient()
        client.force_login(user, backend="apps.accounts.backends.PeopleOnly")
        return client

    return client_of
