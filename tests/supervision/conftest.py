"""The village of the cast with its clerk."""

from __future__ import annotations

import pytest

from apps.organizations.models import Village
from tests.conftest import County
from tests.decisions.making import a_village
from tests.disclosure.conftest import clerk, publish

__all__ = ["clerk", "publish"]


@pytest.fixture
def village(county: County) -> Village:
    return a_village(county)
