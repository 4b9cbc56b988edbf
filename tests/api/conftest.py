"""API clients and something for them to read."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import ApiToken, User
from apps.core.calendar import add_years, today
from apps.core.crypto import digest
from apps.organizations.models import Organization
from tests.conftest import County
from tests.factories import GrantFactory, UserFactory


@pytest.fixture
def key_for(county: County) -> Callable[..., str]:
    """The text of a new key for a client of the organization."""

    def make(
        organization: Organization | None, *, expires_on: datetime.date | None = None, **fields: Any
    ) -> str:
        user = UserFactory(name="办公系统")
        GrantFactory(user=user, role="api_client", organization=organization)
        key = f"pb_test-{user.pk}"
        expires_on = expires_on or add_years(today(), 1)
        ApiToken.objects.create(user=user, label="测试", digest=digest(key), expires_on=expires_on, **fields)
        return key

    return make


@pytest.fixture
def program(key_for, county: County) -> Client:
    """The township's office system."""
    return Client(headers={"Authorization": f"Bearer {key_for(county.township)}"})


@pytest.fixture
def foreign_program(key_for, county: County) -> Client:
    """The same of the other township."""
    return Client(headers={"Authorization": f"Bearer {key_for(county.other_township)}"})


@pytest.fixture
def client_of_key() -> Callable[[str], Client]:
    return lambda key: Client(headers={"Authorization": f"Bearer {key}"})


def account(key: str) -> User:
    return ApiToken.objects.get(digest=digest(key)).user
