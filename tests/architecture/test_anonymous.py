"""Default deny: whoever is not signed in is turned away everywhere, unless listed here with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.publicsite.addresses import patterns
from tests.architecture.addresses import Address, addresses

PUBLIC = {
    "accounts:login": "where one signs in",
    "accounts:session": "a page kept on a phone asks whether it is still signed in",
    "home:manifest": "browsers fetch it without the cookie; it names the application",
    "home:worker": "the service worker's address; nobody's data is in it",
    "home:offline": "the page for a phone without a signal; nobody's data is in it",
    "calendars:ics": "calendar programs cannot sign in; the address itself is the secret, and opens no names",
    "lessons:answer": "those who heard a lesson say what they think; the address is the secret",
    **{f"public:{each.name}": "what was published is everybody's to read" for each in patterns()},
    "healthz": "supervisors and proxies ask it; it says nothing but ok",
}
METHODS = ("get", "post")


def by_name(address: Address) -> str:
    return f"{address.name} {address.path}"


def test_the_walk_finds_the_pages():
    names = {address.name for address in addresses()}

    assert {"accounts:detail", "audit:timeline", "api:schema", *PUBLIC} <= names
    assert len(addresses()) > 20


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", [each for each in addresses() if each.name not in PUBLIC], ids=by_name)
def test_anonymous_visitors_are_turned_away(address, method):
    answer = getattr(Client(), method)(address.path)

    if address.path.startswith("/api/") and address.name != "api:docs":
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    else:
        assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) == (302, "/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_answers(name):
    path = next(address.path for address in addresses() if address.name == name)

    assert Client().get(path).headers.get("Location") is None
