"""Outside the scope nothing is found: a neighbouring township's officer gets 404 at every row's address."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.architecture.addresses import addresses
from tests.architecture.rows import ELSEWHERE, ROWS


def test_every_address_of_a_row_is_listed():
    """New pages add a line to tests/architecture/rows.py."""
    with_arguments = {address.name for address in addresses() if address.arguments}

    assert with_arguments - ELSEWHERE.keys() == ROWS.keys()
    assert ROWS.keys().isdisjoint(ELSEWHERE)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROWS)
def test_a_neighbour_does_not_find_it_but_whoever_it_concerns_does(name, county, signed_in):
    row = ROWS[name]
    holder, neighbour = row.holder(county), row.neighbour(county)
    path = reverse(name, kwargs=row.make(county, holder))

    theirs = getattr(signed_in(neighbour), row.method)(path)
    ours = getattr(signed_in(holder), row.method)(path)

    assert theirs.status_code == 404
    assert ours.status_code in {200, 302, 422}, "there is something to find"
