"""No page writes while it is read: every GET runs in a read-only transaction, for every role."""

from __future__ import annotations

import pytest
from django.db.utils import InternalError
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.roles import ROLES
from apps.audit.records import record
from tests.architecture.addresses import addresses
from tests.architecture.rows import ROWS
from tests.clients import ReadingClient
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = sorted(set(ROLES) - {"api_client"})
ANSWERS = {200, 302, 400, 403, 404, 405, 422}
PLAIN = [address for address in addresses() if not address.arguments]
READ = [name for name, row in ROWS.items() if row.method == "get"]


@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_writes(role, county, signed_in):
    place = county.branch if role in {"branch_secretary", "supervision_committee"} else county.township
    client = signed_in(GrantFactory(role=role, organization=place, user=UserFactory()).user)
    assert isinstance(client, ReadingClient)

    answers = {address.path: client.get(address.path).status_code for address in PLAIN}

    assert {path: answer for path, answer in answers.items() if answer not in ANSWERS} == {}
    assert answers["/"] == 200


@pytest.mark.parametrize("name", READ)
def test_no_row_s_page_writes(name, county, signed_in):
    row = ROWS[name]
    holder = row.holder(county)

    answer = signed_in(holder).get(reverse(name, kwargs=row.make(county, holder)))

    assert answer.status_code in {200, 302}


def test_the_client_would_notice(county, township_officer, monkeypatch):
    """That the guard guards."""

    def writing(request):
        record("accounts.sign_in", by=township_officer)

    client = ReadingClient()
    monkeypatch.setattr(client, "handler", lambda environ: writing(RequestFactory().get("/")))
    with pytest.raises(InternalError, match="read-only"):
        client.get("/healthz")
