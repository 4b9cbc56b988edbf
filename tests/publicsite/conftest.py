"""The villages and publications of the disclosure tests."""

from __future__ import annotations

import pytest

from apps.accounts.models import User
from apps.disclosure.models import Publication
from apps.publicsite import queries
from tests.conftest import County
from tests.disclosure.conftest import clerk, publish, statements
from tests.publicsite.whole import People, disclose

__all__ = ["clerk", "publish", "statements"]


@pytest.fixture
def published(statements: list[Publication], publish) -> list[Publication]:
    return [publish(publication) for publication in statements]


@pytest.fixture
def people(clerk: User, supervisor: User, township_officer: User) -> People:
    return People(clerk, supervisor, township_officer)


@pytest.fixture
def whole(
    published: list[Publication], people: People, county: County, monkeypatch: pytest.MonkeyPatch
) -> list[Publication]:
    """Everything that can be public is, in a chain of several parts."""
    monkeypatch.setattr(queries, "PART", 5)
    disclose(published[0].village, county, people)
    return published
