"""Who gave a lesson: found by the name on the record, offered on the form, counted by the year."""

import datetime
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from apps.core.calendar import CHINA
from apps.meetings import extensions, services
from apps.meetings.entries import Edit
from apps.meetings.kinds import Kind
from apps.meetings.queries import lectures_by
from apps.members.models import Member
from tests.factories import MeetingFactory, MemberFactory, SeatFactory, TermFactory


@pytest.fixture
def lesson(theme_day):
    return replace(theme_day, kinds=(Kind.THEME_DAY, Kind.LESSON), lecturer="党员03")


@pytest.fixture
def township_secretary(county):
    """Seated in the committee above the branch; on the roster of another branch."""
    member = MemberFactory(branch=county.second_branch, name="韩立新")
    SeatFactory(term=TermFactory(organization=county.township), member=member, position="1_secretary")
    return member


@pytest.fixture
def namesake(county):
    member = MemberFactory(branch=county.second_branch, name="党员03")
    SeatFactory(term=TermFactory(organization=county.township), member=member)
    return member


@pytest.fixture
def pool(monkeypatch):
    """What the apps above name as lecturers."""
    members: list[Member] = []
    monkeypatch.setattr(extensions, "_pools", [lambda branch, day: [member.pk for member in members]])
    return members


class TestWhoIsMeant:
    @pytest.mark.parametrize("words", ["党员03", " 党员 03 ", "党员03 "])
    def test_a_member_of_the_branch_by_name(self, village, lesson, recorded, words):
        meeting = recorded(replace(lesson, lecturer=words))

        assert meeting.lecturer_member == village.people[3]

    def test_somebody_seated_above(self, lesson, recorded, township_secretary):
        assert recorded(replace(lesson, lecturer="韩立新")).lecturer_member == township_secretary

    def test_somebody_from_the_pool(self, county, lesson, recorded, pool):
        pool.append(MemberFactory(branch=county.other_branch, name="苗青山"))

        assert recorded(replace(lesson, lecturer="苗青山")).lecturer_member == pool[0]

    @pytest.mark.parametrize("words", ["", "县委党校韩老师", "党员03等", "上寨村的人"])
    def test_nobody_else(self, county, lesson, kept, words):
        MemberFactory(branch=county.other_branch, name="上寨村的人")

        assert kept(replace(lesson, lecturer=words)).lecturer_member is None

    def test_not_whoever_left_before_that_day(self, village, lesson, recorded, county):
        gone = village.people[3]
        gone.events.model.objects.create(
            member=gone, on=datetime.date(2026, 11, 4), cause="transferred_out", from_branch=village.branch
        )

        assert recorded(lesson).lecturer_member is None

    def test_only_of_a_lesson(self, lesson, recorded):
        assert recorded(replace(lesson, kinds=(Kind.THEME_DAY,))).lecturer_member is None

    def test_a_correction_names_another(self, village, lesson, recorded, branch_secretary):
        meeting = services.reopen(recorded(lesson), reason="写错了讲课人", by=branch_secretary)
        again = services.record_meeting(
            replace(lesson, lecturer="党员04"),
            organization=village.branch,
            edit=Edit(meeting.client_key, meeting.version),
            by=branch_secretary,
        )

        assert again.lecturer_member == village.people[4]


class TestTwoOfTheSameName:
    def test_nobody_is_guessed_and_the_record_s_page_asks(
        self, lesson, recorded, namesake, signed_in, branch_secretary
    ):
        meeting = recorded(lesson)
        page_text = signed_in(branch_secretary).get(meeting.get_absolute_url()).content.decode()

        assert meeting.lecturer_member is None
        assert (
            "讲课人写成党员03（河口镇东湾村党支部）或党员03（河口镇西湾村党支部），党课就记在他名下。"
            in page_text
        )

    def test_the_name_with_the_branch_says_which(self, lesson, recorded, namesake):
        assert recorded(replace(lesson, lecturer="党员03（河口镇西湾村党支部）")).lecturer_member == namesake

    def test_the_form_offers_both_with_their_branch(self, signed_in, branch_secretary, village, namesake):
        offered = signed_in(branch_secretary).get("/meetings/new/?kind=lesson").context["lecturers"]

        assert [name for name in offered if name.startswith("党员03")] == [
            "党员03（河口镇东湾村党支部）",
            "党员03（河口镇西湾村党支部）",
        ]
        assert "党员04" in offered


def test_a_clear_name_is_not_asked_about(lesson, recorded, signed_in, branch_secretary):
    meeting = recorded(lesson)

    assert signed_in(branch_secretary).get(meeting.get_absolute_url()).context["namesakes"] == ""


class TestLecturesOfTheYear:
    def given(self, member, **values):
        day = datetime.datetime(2026, 5, 5, 15, tzinfo=CHINA)
        values = {"kinds": ["lesson"], "held_at": day, **values}
        return MeetingFactory(organization=member.branch, lecturer_member=member, **values)

    def test_counts_submitted_valid_lessons_of_that_year(self, village, django_assert_num_queries):
        one, other, third = village.people[:3]
        self.given(one)
        self.given(one, kinds=["theme_day", "lesson"])
        self.given(other, state="withdrawn")
        self.given(other, counted_kinds=[])
        self.given(other, held_at=datetime.datetime(2025, 12, 31, 23, 30, tzinfo=CHINA))
        self.given(third)

        year: dict[str, Any] = {"first": datetime.date(2026, 1, 1), "last": datetime.date(2026, 12, 31)}
        with django_assert_num_queries(1):
            assert lectures_by([one.pk, other.pk], **year) == Counter({one.pk: 2})
