"""What is answered again is what was answered first, and refused where the first was."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.publicsite import pages, stamps
from tests.conftest import County

Told = tuple[int, dict[str, str], bytes]


def told(answer: Any) -> Told:
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}
    return answer.status_code, headers, answer.content


@pytest.fixture
def address(published: list[Publication], county: County) -> str:
    return reverse("public:publication", args=[county.branch.code, 1])


@pytest.mark.parametrize(
    ("method", "header", "status"),
    [
        ("get", {}, 200),
        ("head", {}, 200),
        ("get", {"if-none-match": "TAG"}, 304),
        ("head", {"if-none-match": "TAG"}, 304),
        ("get", {"if-none-match": '"another"'}, 200),
        ("get", {"if-match": '"another"'}, 412),
        ("get", {"host": "elsewhere.example"}, 400),
        ("post", {}, 405),
    ],
)
def test_the_second_answer_is_the_first(villager: Client, address: str, method: str, header, status: int):
    tag = villager.get(address).headers["ETag"]
    headers = {name: value.replace("TAG", tag) for name, value in header.items()}
    pages.forget()
    first = told(getattr(villager, method)(address, headers=headers))
    villager.get(address)
    assert pages.at(address) is not None
    again = told(getattr(villager, method)(address, headers=headers))

    assert (again, again[0]) == (first, status)


@pytest.mark.parametrize("name", ["json", "csv", "print"])
def test_nothing_is_kept_of_what_is_withdrawn(
    published: list[Publication], villager: Client, county: County, township_officer: User, name: str
):
    address = reverse(f"public:{name}", args=[county.branch.code, 1])
    before = villager.get(address).status_code
    services.withdraw(published[0], reason="写错了村。", by=township_officer)

    assert (before, villager.get(address).status_code) == (200, 404)


def test_a_question_gets_its_own_answer(published: list[Publication], villager: Client):
    address = reverse("public:search")
    plain, found = villager.get(address), villager.get(address, {"q": "东湾"})

    assert ("2026年9月财务收支" in plain.content.decode(), "2026年9月财务收支" in found.content.decode()) == (
        False,
        True,
    )
    assert told(villager.get(address)) == told(plain)


def test_no_more_is_kept_than_is_set_and_what_was_read_last_stays(
    published: list[Publication], villager: Client, county: County, settings
):
    settings.PARTYBUILD_PAGES_KEPT = 2
    paths = [reverse(f"public:{name}", args=[county.branch.code]) for name in ("village", "verify", "feed")]
    for path in (paths[0], paths[1], paths[0], paths[2]):
        villager.get(path)

    assert [pages.at(path) is not None for path in paths] == [True, False, True]


def test_the_count_is_asked_once_in_the_seconds_that_are_set(
    published: list[Publication],
    villager: Client,
    county: County,
    township_officer: User,
    settings,
    monkeypatch,
):
    settings.PARTYBUILD_STAMP_SECONDS = 10
    address = reverse("public:publication", args=[county.branch.code, 1])
    shown = []
    for moment in (1e9, 1e9 + 9, 1e9 + 10):
        monkeypatch.setattr(stamps, "time", SimpleNamespace(monotonic=lambda moment=moment: moment))
        shown.append("这一件已经撤回。" in villager.get(address).content.decode())
        if moment == 1e9:
            services.withdraw(published[0], reason="写错了村。", by=township_officer)

    assert shown == [False, False, True]
