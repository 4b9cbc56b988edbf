"""A village with two published statements, its clerk and its committee."""

from __future__ import annotations

import pytest

from apps.disclosure.models import Publication
from apps.organizations.models import Village
from tests.disclosure.conftest import clerk, publish, statements

__all__ = ["clerk", "publish", "statements"]


@pytest.fixture
def published(statements: list[Publication], publish) -> list[Publication]:
    return [publish(publication) for publication in statements]


@pytest.fixture
def village(statements: list[Publication]) -> Village:
    return statements[0].village
