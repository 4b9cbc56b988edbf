"""What everybody gets is the same for everybody: no cookie, no script, no way to write."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.disclosure.models import Publication
from apps.publicsite.middleware import POLICY
from tests.conftest import County


def test_whoever_is_signed_in_gets_the_same_page(
    published: list[Publication], villager: Client, signed_in, township_officer: User, county: County
):
    address = reverse("public:village", args=[county.branch.code])
    mine, theirs = signed_in(township_officer).get(address), villager.get(address)

    own = {"X-Request-Id"}
    assert mine.content == theirs.content
    assert {k: v for k, v in mine.headers.items() if k not in own} == {
        k: v for k, v in theirs.headers.items() if k not in own
    }
    assert (mine.cookies.output(), mine.headers["Vary"]) == ("", "Accept-Encoding")  # of the compression


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes(
    published: list[Publication], signed_in, township_officer: User, county: County, method
):
    client = signed_in(township_officer)
    client.handler.enforce_csrf_checks = True
    answer = getattr(client, method)(reverse("public:village", args=[county.branch.code]))

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert (answer.cookies.output(), "Vary" in answer.headers) == ("", False)


@pytest.mark.parametrize("code", ["8801001", "no-such-village"])
def test_headers_are_strict(published: list[Publication], villager: Client, code: str):
    headers = villager.get(reverse("public:village", args=[code])).headers

    assert headers["Content-Security-Policy"] == POLICY
    assert "script" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
