"""What the form knows without a signal: the same that the server would say of each kind."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from apps.meetings.kinds import Kind
from apps.meetings.minutes import phrases_for
from apps.meetings.offline import DECISION_PARTS, standby_of
from apps.meetings.rolls import roll_of
from tests.factories import PartyGroupFactory

ASKED = re.compile(r'{% if "(\w+)" in sheet\.asked %}(.*?){% endif %}', re.DOTALL)


@pytest.fixture
def known(village, theme_day):
    """The rules as the script reads them."""
    return lambda: json.loads(standby_of(village.branch, theme_day, theme_day.held_on, {}).rules)


def test_everybody_can_be_tapped(village, theme_day):
    sheet = standby_of(village.branch, theme_day, theme_day.held_on, {}).sheet

    assert sorted(tile.id for tile in sheet.tiles) == sorted(one.pk for one in village.everybody)
    assert {"chosen", "group", "late", "lecturer"} <= set(sheet.asked)


def test_who_belongs_to_the_committee(known, village, seats):
    assert sorted(known()["committee"]) == sorted(one.pk for one in village.people[:3])


def test_a_committee_without_seats_is_to_be_chosen(known):
    assert known()["committee"] is None


def test_who_belongs_to_a_group(known, village):
    group = PartyGroupFactory(branch=village.branch)
    village.people[4].group = group
    village.people[4].save()

    assert known()["groups"] == {str(village.people[4].pk): group.pk}


def test_what_each_kind_asks_for(known):
    asked = known()["asked"]

    assert (asked["group_meeting"], asked["lesson"], asked["general_meeting"]) == (
        ["group"],
        ["lecturer"],
        [],
    )


@pytest.mark.parametrize("kind", [Kind.THEME_DAY, Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING, Kind.TALK])
def test_the_first_circle_of_a_kind_is_the_one_that_the_server_draws(known, village, theme_day, kind):
    roll = roll_of(village.branch, replace(theme_day, kinds=(kind,)))

    assert known()["circles"][kind][0] == roll.circle


def test_every_part_that_depends_on_the_kind_can_be_found_by_the_script():
    """Without `data-part` a new part of the form would be missing where there is no signal."""
    source = (Path(settings.BASE_DIR) / "templates" / "meetings" / "record.html").read_text()
    found = ASKED.findall(source)

    assert found
    assert [name for name, inside in found if f'data-part="{name}"' not in inside] == []


def test_the_phrases_of_each_kind_with_the_county_s_own(village, theme_day):
    own = {"theme_day": ["重温入党誓词：＿＿。"]}
    rules = json.loads(standby_of(village.branch, theme_day, theme_day.held_on, own).rules)

    assert rules["phrases"] == {str(kind): list(phrases_for((kind,), own)) for kind in Kind}
    assert rules["phrases"]["theme_day"][-1] == "重温入党誓词：＿＿。"


def test_what_a_decision_asks_for_and_whether_its_vote_is_secret(known):
    rules = known()

    assert {matter: rules["decisions"][matter] for matter in ("ordinary", "election", "admission")} == {
        "ordinary": ["votes"],
        "election": ["election"],
        "admission": ["about", "votes", "written"],
    }
    assert {"election", "delegates", "admission", "full_membership"} <= set(rules["secret"])
    assert {"ordinary", "disposal", "commendation"}.isdisjoint(rules["secret"])


def test_the_kept_form_has_every_part_of_a_decision(phone, village):
    page = phone.get("/meetings/new/").content.decode()
    standby = page[page.index('<template id="standby"') :]

    drawn = re.findall(r'data-decision="(\w+)"', standby)
    assert drawn == list(DECISION_PARTS)
    assert 'name="resolutions-__prefix__-candidate_0_name"' in standby
