"""To which year a life meeting belongs (MEET-07), and how the year's life meetings are counted."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.db import IntegrityError

from apps.core.calendar import CHINA
from apps.meetings import queries, rules, services
from apps.meetings.entries import MeetingEntry
from apps.meetings.kinds import Kind
from apps.meetings.reading import entry_of
from tests.factories import MeetingFactory

FEBRUARY = datetime.datetime(2026, 2, 10, 15, 0, tzinfo=CHINA)


@pytest.fixture
def life_meeting(theme_day: MeetingEntry) -> MeetingEntry:
    return replace(theme_day, kinds=(Kind.LIFE_MEETING,))


@pytest.fixture
def in_february(life_meeting: MeetingEntry) -> MeetingEntry:
    return replace(life_meeting, held_at=FEBRUARY, late_reason="补记")


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (datetime.date(2025, 12, 31), (2025,)),
        (datetime.date(2026, 1, 1), (2025, 2026)),
        (datetime.date(2026, 3, 31), (2025, 2026)),
        (datetime.date(2026, 4, 1), (2026,)),
    ],
)
def test_until_the_end_of_march_it_may_belong_to_last_year(day, years):
    assert rules.life_years(day) == years


class TestTheYear:
    def test_is_that_of_the_meeting(self, life_meeting, recorded):
        assert recorded(life_meeting).life_year == 2026

    def test_is_last_year_in_february_while_last_year_has_none(self, in_february, recorded):
        assert recorded(in_february).life_year == 2025

    def test_is_this_year_in_february_when_last_year_has_one(self, in_february, recorded):
        assert [recorded(in_february, apart=True).life_year for _ in range(2)] == [2025, 2026]

    def test_is_the_one_that_was_chosen(self, in_february, recorded):
        assert recorded(replace(in_february, life_year=2026)).life_year == 2026

    def test_is_not_one_that_is_impossible(self, life_meeting, recorded):
        assert recorded(replace(life_meeting, life_year=2020)).life_year == 2026

    def test_is_none_for_any_other_gathering(self, theme_day, recorded):
        assert recorded(replace(theme_day, life_year=2026)).life_year is None

    def test_stays_when_the_record_is_corrected(self, in_february, recorded, branch_secretary):
        meeting = recorded(in_february)
        services.reopen(meeting, reason="写错了地点", by=branch_secretary)
        meeting.refresh_from_db()
        again = replace(entry_of(meeting), place="会议室", listed=None)
        corrected = recorded(again, client_key=meeting.client_key, version=meeting.version)
        assert (corrected.place, corrected.life_year) == ("会议室", 2025)


def test_only_a_life_meeting_has_a_year(village):
    with pytest.raises(IntegrityError, match="meeting_life_year_of_life_meetings_only"):
        MeetingFactory(organization=village.branch, kinds=["theme_day"], life_year=2026)


class TestTheForm:
    def test_does_not_ask_where_only_one_year_is_possible(self, signed_in, branch_secretary, village):
        answer = signed_in(branch_secretary).get("/meetings/new/?kind=life_meeting")
        assert answer.context["sheet"].life_years == ((2026, True),)
        assert "life_year" not in answer.context["sheet"].asked

    @time_machine.travel(FEBRUARY, tick=False)
    def test_offers_both_years_in_february_with_last_year_chosen(self, signed_in, branch_secretary, village):
        answer = signed_in(branch_secretary).get("/meetings/new/?kind=life_meeting")
        assert answer.context["sheet"].life_years == ((2025, True), (2026, False))
        assert '<input type="radio" name="life_year" value="2025" checked>' in answer.content.decode()


class TestCounting:
    def test_the_years_submitted_life_meetings_by_organization(
        self, county, in_february, life_meeting, recorded
    ):
        for entry in (in_february, life_meeting, life_meeting):
            recorded(entry, apart=True)
        ids = [county.branch.pk, county.other_branch.pk]
        assert queries.life_meetings(ids, 2025) == {county.branch.pk: 1}
        assert queries.life_meetings(ids, 2026) == {county.branch.pk: 2}
        assert queries.life_meetings(ids, 2024) == {}

    def test_a_draft_or_an_organization_not_asked_for_does_not_count(
        self, county, life_meeting, kept, recorded
    ):
        kept(life_meeting)
        assert queries.life_meetings([county.branch.pk], 2026) == {}
        recorded(life_meeting, apart=True)
        assert queries.life_meetings([county.other_branch.pk], 2026) == {}

    def test_one_query_however_many(self, county, django_assert_num_queries):
        with django_assert_num_queries(1):
            queries.life_meetings([county.branch.pk, county.other_branch.pk], 2026)
