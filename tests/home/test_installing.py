"""The site as an application on the phone: what browsers fetch, and which pages a phone may keep."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders

from apps.core.keeping import KEPT_FOR
from apps.home import installing
from tests.architecture.addresses import addresses
from tests.factories import MeetingFactory, MemberFactory

KEPT = ["/", "/meetings/", "/meetings/new/", "/meetings/phone/", "/members/"]
ID_NUMBER, PHONE_NUMBER = "990101196503071534", "13900001234"


def test_the_manifest_names_the_application_and_its_icons_exist(client):
    described = client.get("/manifest.webmanifest").json()
    names = [icon["src"].removeprefix("/static/") for icon in described["icons"]]

    assert (described["name"], described["display"], described["start_url"]) == (
        "基层党建",
        "standalone",
        "/",
    )
    assert [name for name in names if finders.find(name) is None] == []
    assert [icon["purpose"] for icon in described["icons"]] == ["any", "any", "maskable"]


def test_the_worker_is_at_the_root_and_never_cached(client):
    answer = client.get("/service-worker.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert answer.content.decode().startswith('self.release = "unhashed";\nimportScripts("/static/js/')


def test_a_new_release_is_a_new_worker(client, monkeypatch):
    before = client.get("/service-worker.js").content
    monkeypatch.setattr(installing.staticfiles_storage, "manifest_hash", "abc", raising=False)

    assert client.get("/service-worker.js").content != before


@pytest.fixture
def phone(signed_in, branch_secretary, county):
    MemberFactory(branch=county.branch, name="李长福", id_number=ID_NUMBER, phone=PHONE_NUMBER)
    return signed_in(branch_secretary)


@pytest.mark.parametrize("path", KEPT)
def test_a_branch_s_phone_keeps_the_page_for_its_secretary(phone, branch_secretary, path):
    assert phone.get(path)[KEPT_FOR] == str(branch_secretary.pk)


@pytest.mark.parametrize("path", KEPT)
def test_no_part_of_a_number_is_on_a_page_that_is_kept(phone, county, path):
    (member,) = county.branch.members.all()
    page = phone.get(path).content.decode()

    assert [part for part in (ID_NUMBER, PHONE_NUMBER, member.id_number_masked) if part in page] == []
    assert member.phone_masked not in page


def test_nothing_else_is_kept(phone, county):
    """Every page that a secretary opens by its plain address: only those above."""
    opened = {address.path: phone.get(address.path) for address in addresses() if not address.arguments}

    assert sorted(path for path, answer in opened.items() if KEPT_FOR in answer) == sorted(KEPT)


def test_the_last_records_are_kept_but_no_member_s_own_page(phone, county, branch_secretary):
    (member,) = county.branch.members.all()
    meeting = MeetingFactory(organization=county.branch, submitted_by=branch_secretary)

    assert phone.get(f"/meetings/{meeting.pk}/")[KEPT_FOR] == str(branch_secretary.pk)
    assert KEPT_FOR not in phone.get(f"/members/{member.pk}/")


@pytest.mark.parametrize("path", ["/members/?q=李", "/meetings/?month=2026-10", "/meetings/new/?kind=lesson"])
def test_a_search_or_a_filled_in_form_is_not_kept(phone, path):
    assert KEPT_FOR not in phone.get(path)


def test_an_office_s_pages_are_never_kept(signed_in, township_officer):
    office = signed_in(township_officer)

    assert [path for path in ("/", "/members/", "/meetings/") if KEPT_FOR in office.get(path)] == []
