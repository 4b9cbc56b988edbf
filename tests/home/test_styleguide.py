"""The guide shows every component to developers, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
# Parts of the frame, and the widget of a form: on every page, or inside {{ form }}.
NOT_SHOWN_BY_NAME = {
    "scripts.html",
    "messages.html",
    "user_menu.html",
    "chips.html",
    "datalist.html",
    "tag.html",
}
PAGES = ["", "phone/", "phone-form/", "public/", "plain/", "job/"]
FORM = {"name": "阿" * 31, "branch": "", "joined_on": "去年", "kinds": ["lesson"], "sex": "male"}


def guide_sources() -> str:
    folder = Path(settings.BASE_DIR) / "templates" / "home" / "styleguide"
    return "".join(path.read_text() for path in sorted(folder.iterdir()))


def test_the_guide_shows_every_component():
    source = guide_sources()
    missing = {path.name for path in COMPONENTS.iterdir() if f"components/{path.name}" not in source}
    assert missing - NOT_SHOWN_BY_NAME == set()


@pytest.mark.parametrize("address", PAGES)
def test_an_administrator_reads_each_page(address, county_administrator, signed_in):
    response = signed_in(county_administrator).get(f"/styleguide/{address}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_other_users_are_refused(address, township_officer, branch_secretary, signed_in):
    answers = [
        signed_in(user).get(f"/styleguide/{address}").status_code
        for user in (township_officer, branch_secretary)
    ]
    assert answers == [403, 403]


def test_a_developer_reads_it_in_whatever_role(branch_secretary, signed_in, settings):
    settings.DEBUG = True
    assert "要您看一下" in signed_in(branch_secretary).get("/styleguide/").content.decode()


def test_a_stranger_is_sent_to_sign_in(villager: Client, db):
    response = villager.get("/styleguide/")
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/styleguide/")


def test_a_faulty_form_answers_422_and_names_each_field(county_administrator, signed_in):
    response = signed_in(county_administrator).post("/styleguide/", FORM)
    form = response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"name", "branch", "joined_on", "agreed"}
    page = response.content.decode()
    for field in form.errors:
        assert page.count(f'id="id_{field}_error"') == 1, field
        assert page.count(f'{form[field].id_for_label}_error"') == 2, field  # and the control points to it


def test_the_job_polls_until_it_is_done(county_administrator, signed_in):
    client = signed_in(county_administrator)
    polling = [
        "hx-trigger" in client.get(f"/styleguide/job/?tick={tick}").content.decode() for tick in (0, 4, 5, 9)
    ]
    assert polling == [True, True, False, False]
