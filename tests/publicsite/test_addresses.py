"""One list has every public address; who adds a page cannot forget it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from apps.disclosure.models import Publication
from apps.publicsite.addresses import FOR_EACH, FOR_EACH_NAMED, arguments_of, everything, patterns, urls
from tests.publicsite.crawl import walked


def test_every_pattern_is_enumerated():
    enumerable = [p for p in patterns() if not arguments_of(p) or arguments_of(p) in FOR_EACH]
    named = [p for p in patterns() if p.name in FOR_EACH_NAMED]

    assert {str(p.pattern) for p in urls.urlpatterns} == {str(p.pattern) for p in [*enumerable, *named]}


def test_every_link_leads_to_an_address_of_the_list(whole: list[Publication], villager: Client):
    everywhere = {address.path for address in everything()}
    reached = walked(villager, reverse("public:index"))

    assert {path: answer.status_code for path, answer in reached.items() if answer.status_code != 200} == {}
    assert set(reached) - everywhere == set()


def test_every_address_of_the_list_can_be_reached(whole: list[Publication], villager: Client):
    reached = walked(villager, reverse("public:index"))
    answering = {address.path for address in everything() if villager.get(address.path).status_code == 200}

    assert answering - set(reached) == set()


def test_every_kind_of_address_has_something_to_show(whole: list[Publication], villager: Client):
    """So that whoever walks through this county has seen every kind of page."""
    answering = {each.name for each in everything() if villager.get(each.path).status_code == 200}

    assert answering == {str(pattern.name) for pattern in patterns()}
