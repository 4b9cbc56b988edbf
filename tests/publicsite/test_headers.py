"""What everybody gets is the same for everybody: no cookie, no script, no way to write."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.disclosure.models import Publication
from apps.publicsite import queries
from apps.publicsite.addresses import everything
from apps.publicsite.middleware import PICTURE, POLICY
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


STRICT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def strictness(answer: Any) -> dict[str, str | None]:
    """Its headers as far as they should be strict, with what would make it different for somebody."""
    told = {name: answer.headers.get(name) for name in (*STRICT, "Set-Cookie")}
    return {**told, "Content-Security-Policy": answer.headers.get("Content-Security-Policy")}


def expected(answer: Any) -> dict[str, str | None]:
    is_picture = answer.headers["Content-Type"].startswith("image/")
    return {**STRICT, "Set-Cookie": None, "Content-Security-Policy": PICTURE if is_picture else POLICY}


def test_headers_are_strict_on_every_kind_of_answer(whole: list[Publication], villager: Client):
    answers = {each.path: villager.get(each.path) for each in everything()}
    kinds = {answer.headers["Content-Type"].partition(";")[0] for answer in answers.values()}

    assert kinds == {"text/html", "application/atom+xml", "text/csv", "application/json", "image/jpeg"}
    assert {path: strictness(answer) for path, answer in answers.items()} == {
        path: expected(answer) for path, answer in answers.items()
    }
    assert "script" not in POLICY + PICTURE


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("get", "/public/no-such-village/", {}, 404),
        ("get", "/public/8801001/99/", {}, 404),
        ("get", "/public/8801001/no/such/page/", {}, 404),
        ("post", "/public/8801001/", {}, 405),
        ("options", "/public/8801001/", {}, 405),
        ("get", "/public/8801001/", {"host": "elsewhere.example"}, 400),
        ("get", "/public/8801001/", {"if-match": '"another"'}, 412),
    ],
)
def test_headers_are_strict_on_errors(
    published: list[Publication],
    villager: Client,
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
):
    answer = getattr(villager, method)(path, headers=headers)

    assert (answer.status_code, strictness(answer)) == (status, expected(answer))


def test_who_mistypes_is_led_to_the_public_beginning_and_not_to_the_sign_in(villager: Client, db: None):
    text = villager.get("/public/no-such-village/").content.decode()

    assert ("没有这个地址" in text, 'href="/public/"' in text, 'href="/"' in text) == (True, True, False)


def test_what_nobody_expected_is_said_in_plain_words_with_strict_headers(
    db: None, villager: Client, monkeypatch: pytest.MonkeyPatch
):
    def failing(day: datetime.date) -> None:
        raise RuntimeError

    monkeypatch.setattr(queries, "townships", failing)
    villager.raise_request_exception = False
    answer = villager.get("/public/")

    assert (answer.status_code, strictness(answer)) == (500, expected(answer))
    assert "现在打不开" in answer.content.decode()
    assert "ETag" not in answer.headers


def test_without_its_static_files_an_error_still_has_words(
    db: None, villager: Client, monkeypatch: pytest.MonkeyPatch
):
    def missing(storage: StaticFilesStorage, name: str) -> None:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(StaticFilesStorage, "url", missing)
    villager.raise_request_exception = False
    answer = villager.get("/public/")

    assert (answer.status_code, strictness(answer)) == (500, expected(answer))
    assert "现在打不开" in answer.content.decode()
