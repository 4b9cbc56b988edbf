import time

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from apps.accounts.models import User
from partybuild.middleware import BEGAN, ClientAddress


@pytest.mark.django_db
def test_a_proxys_request_id_is_kept(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "abcd-1234"})["X-Request-Id"] == "abcd-1234"


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["short", "x" * 65, "line\nbreak-1", "<b>bold</b>"])
def test_a_strange_request_id_is_replaced(client: Client, given: str) -> None:
    made = client.get("/healthz", headers={"X-Request-Id": given})["X-Request-Id"]
    assert made != given
    assert len(made) == 32


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_what_our_proxies_saw(
    settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    ClientAddress(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "is_in"), [(7.9, True), (8.1, False)])
def test_a_session_ends_after_eight_hours(client: Client, hours: float, is_in: bool) -> None:
    client.force_login(User.objects.create(username="long-sitter", name="久坐", must_change_password=False))
    session = client.session
    session[BEGAN] = time.time() - hours * 3600
    session.save()
    client.get("/healthz")
    assert (settings.SESSION_COOKIE_NAME in client.cookies and "_auth_user_id" in client.session) == is_in
