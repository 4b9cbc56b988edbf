"""The database itself keeps the tree sound, whoever writes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests.conftest import County
from tests.factories import OrganizationFactory


@pytest.fixture(autouse=True)
def checked_now(db: None) -> None:
    """The deferred triggers of this transaction fire at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nothing_hangs_below_a_branch(county: County) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationFactory(parent=county.branch)


def test_a_township_cannot_be_put_below_its_own_branch(county: County) -> None:
    county.township.parent = county.branch
    county.township.path = f"{county.branch.path}8801/"
    with pytest.raises(IntegrityError), transaction.atomic():
        county.township.save()


def test_a_path_that_is_not_the_parents_is_refused(county: County) -> None:
    county.branch.path = f"{county.other_township.path}8801001/"
    with pytest.raises(IntegrityError), transaction.atomic():
        county.branch.save()


def test_children_are_not_left_behind(county: County) -> None:
    county.township.parent = county.other_township
    county.township.path = f"{county.other_township.path}8801/"
    with pytest.raises(IntegrityError), transaction.atomic():
        county.township.save()


def test_a_township_with_branches_does_not_become_a_branch(county: County) -> None:
    county.township.kind = "branch"
    with pytest.raises(IntegrityError), transaction.atomic():
        county.township.save()
