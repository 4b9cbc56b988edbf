"""The villages and publications of the disclosure tests."""

from __future__ import annotations

import pytest

from apps.disclosure.models import Publication
from tests.disclosure.conftest import clerk, publish, statements

__all__ = ["clerk", "publish", "statements"]


@pytest.fixture
def published(statements: list[Publication], publish) -> list[Publication]:
    return [publish(publication) for publication in statements]
