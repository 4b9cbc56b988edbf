"""The feed is what feed readers understand, and tells of what is withdrawn too."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from lxml import etree  # type: ignore[import-untyped]

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.disclosure import services
from apps.disclosure.models import Publication
from tests.conftest import County

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://gongkai.example.gov.cn"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.PARTYBUILD_PUBLIC_SITE = SITE


def read(client: Client, county: County) -> Any:
    answer = client.get(reverse("public:feed", args=[county.branch.code]))
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def text(element: Any, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def moment(element: Any, name: str = "updated") -> datetime.datetime:
    found = datetime.datetime.fromisoformat(text(element, name))
    assert found.tzinfo
    return found


def test_it_has_what_the_standard_asks_for(whole: list[Publication], villager: Client, county: County):
    """RFC 4287, 4.1: feed and entries have just one id, title and updated each; ids are unique."""
    feed = read(villager, county)
    entries = feed.findall(f"{ATOM}entry")
    told = [feed, *entries]

    assert feed.tag == f"{ATOM}feed"
    assert text(feed.find(f"{ATOM}author"), "name") == "河口镇东湾村"
    assert len({text(each, "id") for each in told}) == len(told) > 10
    assert all(text(each, "id").startswith(f"{SITE}/public/{county.branch.code}/") for each in told)
    assert all(text(each, "title") for each in told)
    assert moment(feed) == max(moment(entry) for entry in entries)
    assert [moment(entry) for entry in entries] == sorted((moment(entry) for entry in entries), reverse=True)
    assert all(moment(entry, "published") <= moment(entry) for entry in entries)
    links = [link.attrib for each in told for link in each.findall(f"{ATOM}link")]
    assert [link for link in links if link.get("rel") == "self"] == [
        {
            "rel": "self",
            "type": "application/atom+xml",
            "href": f"{SITE}/public/{county.branch.code}/feed.xml",
        }
    ]
    assert all(link["href"].startswith(SITE) for link in links)


def test_signs_in_a_title_stay_signs(
    statements: list[Publication], publish, villager: Client, county: County
):
    statements[0].title = "水费 <5 元 & 电费"
    statements[0].save()
    publish(statements[0])

    (entry,) = read(villager, county).findall(f"{ATOM}entry")
    assert text(entry, "title") == "水费 <5 元 & 电费"


def test_what_is_withdrawn_is_news(
    published: list[Publication], villager: Client, county: County, township_officer: User
):
    later = datetime.datetime(2026, 12, 24, 9, tzinfo=CHINA)
    with time_machine.travel(later, tick=False):
        services.withdraw(published[0], reason="写错了村。", by=township_officer)
    feed = read(villager, county)
    first = feed.findall(f"{ATOM}entry")[0]

    assert (moment(feed), moment(first)) == (later, later)
    assert text(first, "title") == "2026年9月财务收支"
    assert text(first, "summary").endswith("已撤回：写错了村。")


def test_a_village_that_never_published_has_an_empty_feed(
    statements: list[Publication], villager: Client, county: County
):
    feed = read(villager, county)

    assert feed.findall(f"{ATOM}entry") == []
    assert moment(feed).year == 2026
