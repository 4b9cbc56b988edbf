"""Study hours flow from who was there and how long it lasted."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from apps.core.calendar import CHINA
from apps.lessons.study import Measure, gatherings_of, hours_of
from apps.meetings.models import Meeting
from apps.regulations.models import RuleOverride
from tests.factories import (
    AttendanceFactory,
    MeetingFactory,
    MemberFactory,
    SeatFactory,
    TermFactory,
)

AT_THREE = datetime.datetime(2026, 5, 5, 15, tzinfo=CHINA)


@pytest.fixture
def member(county):
    return MemberFactory(branch=county.branch, name="党员甲")


@pytest.fixture
def heard(member):
    """The member was at a gathering that lasted so many minutes."""

    def hear(minutes=90, presence="present", who=member, **values):
        held_at = values.pop("held_at", AT_THREE)
        ended_at = held_at + datetime.timedelta(minutes=minutes) if minutes is not None else None
        values = {"kinds": ["lesson"], "organization": who.branch, **values}
        meeting = MeetingFactory(held_at=held_at, ended_at=ended_at, **values)
        AttendanceFactory(
            meeting=meeting, member=who, presence=presence, reason="" if presence == "present" else "personal"
        )
        return meeting

    return hear


def hours(member, year=2026):
    return hours_of([member], Measure(year, member.branch.path))[0].hours


class TestWhatCounts:
    @pytest.mark.parametrize(
        "kinds", [["lesson"], ["theme_day"], ["general_meeting"], ["theme_day", "lesson"]]
    )
    def test_lessons_theme_days_and_general_meetings_once_each(self, heard, member, kinds):
        heard(kinds=kinds)

        assert hours(member) == Decimal("2.0")

    @pytest.mark.parametrize(
        "values",
        [
            {"kinds": ["committee_meeting"]},
            {"presence": "excused"},
            {"state": "withdrawn"},
            {"state": "returned", "counted_kinds": []},
            {"counted_kinds": []},
            {"held_at": datetime.datetime(2025, 12, 31, 23, 59, tzinfo=CHINA)},
            {"held_at": datetime.datetime(2027, 1, 1, 0, 0, tzinfo=CHINA)},
        ],
    )
    def test_nothing_else(self, heard, member, values):
        heard(**values)

        assert hours(member) == 0

    @pytest.mark.parametrize(("minutes", "found"), [(45, "1.0"), (None, "2.0"), (0, "2.0"), (600, "8.0")])
    def test_by_its_length_with_a_default_and_an_end(self, heard, member, minutes, found):
        heard(minutes)

        assert hours(member) == Decimal(found)

    def test_a_correction_flows_by_itself(self, heard, member):
        heard(90)
        Meeting.objects.update(ended_at=AT_THREE + datetime.timedelta(minutes=45))

        assert hours(member) == Decimal("1.0")

    def test_the_county_s_own_measure(self, heard, member, county, county_administrator):
        heard(None)
        RuleOverride.objects.create(
            county=county.root.path, rule="MEM-01/usual", value=3, since=datetime.date(2026, 1, 1),
            reason="本县半天按 3 学时", author=county_administrator,
        )  # fmt: skip

        assert hours(member) == Decimal("3.0")


class TestWhatIsWanted:
    def test_of_a_member(self, member):
        found = hours_of([member], Measure(2026, member.branch.path))[0]

        assert (found.rule.code, found.rule.value, found.reached) == ("MEM-01", 32, False)

    def test_of_somebody_seated(self, member):
        SeatFactory(term=TermFactory(organization=member.branch), member=member)

        assert hours_of([member], Measure(2026, member.branch.path))[0].rule.value == 56

    @pytest.mark.parametrize(("minutes", "reached"), [(45 * 32 - 1, False), (45 * 32, True)])
    def test_at_32_and_below(self, heard, member, minutes, reached):
        for number in range(4):
            heard(min(minutes - 360 * number, 360), held_at=AT_THREE + datetime.timedelta(days=number))

        assert hours_of([member], Measure(2026, member.branch.path))[0].reached is reached


def test_the_hours_are_those_of_the_records_behind_them(heard, member):
    for minutes in (45, 90, None):
        heard(minutes)
    rows = gatherings_of(member, Measure(2026, member.branch.path))

    assert sum(row.hours for row in rows) == hours(member)


def test_as_many_queries_for_one_as_for_many(heard, member, county, django_assert_num_queries):
    others = [MemberFactory(branch=county.branch) for _ in range(5)]
    for other in others:
        heard(who=other)
    for members in ([member], [member, *others]):
        with django_assert_num_queries(3):
            hours_of(members, Measure(2026, county.root.path))


class TestPages:
    def test_the_panel_on_the_member_s_page(self, heard, member, signed_in, branch_secretary):
        meeting = heard()
        text = signed_in(branch_secretary).get(f"/members/{member.pk}/").content.decode()

        assert "2026年学时" in text
        assert "2 / 32" in text
        assert f'href="/meetings/{meeting.pk}/"' in text

    def test_a_record_of_a_former_branch_elsewhere_counts_and_is_not_opened(
        self, heard, member, county, signed_in, branch_secretary
    ):
        meeting = heard(organization=county.other_branch)
        text = signed_in(branch_secretary).get(f"/members/{member.pk}/").content.decode()

        assert "2 / 32" in text
        assert f'href="/meetings/{meeting.pk}/"' not in text

    def test_the_list(self, heard, member, county, signed_in, township_officer):
        heard()
        MemberFactory(branch=county.other_branch, name="别处的")
        rows = signed_in(township_officer).get("/lessons/hours/").context["rows"]

        assert [(row.member.name, row.hours) for row in rows] == [("党员甲", Decimal("2.0"))]

    @pytest.mark.parametrize(("reached", "names"), [("yes", []), ("no", ["党员甲"])])
    def test_who_has_enough(self, member, signed_in, township_officer, reached, names):
        rows = signed_in(township_officer).get(f"/lessons/hours/?reached={reached}").context["rows"]

        assert [row.member.name for row in rows] == names

    def test_the_database_finds_those_whose_hours_say_so(
        self, heard, member, county, signed_in, township_officer, django_assert_max_num_queries
    ):
        client = signed_in(township_officer)
        below, at, more, seated = (MemberFactory(branch=county.branch) for _ in range(4))
        SeatFactory(term=TermFactory(organization=county.branch), member=seated)
        for who, minutes in ((below, 359), (at, 360), (more, 360), (seated, 360)):
            for number, longer in enumerate((360, 360, 360, minutes)):
                heard(longer, who=who, held_at=AT_THREE + datetime.timedelta(days=number))
        heard(who=more)

        shown = {}
        with django_assert_max_num_queries(60) as few:
            for reached in ("yes", "no"):
                page = client.get(f"/lessons/hours/?reached={reached}").context
                assert {row.reached for row in page["rows"]} == {reached == "yes"}
                shown[reached] = {row.member for row in page["rows"]}
        assert shown == {"yes": {at, more}, "no": {member, below, seated}}
        for _ in range(5):
            MemberFactory(branch=county.branch)
        with django_assert_max_num_queries(len(few)):
            for reached in ("yes", "no"):
                client.get(f"/lessons/hours/?reached={reached}")

    def test_the_workbook_is_the_list(self, heard, member, county, signed_in, township_officer):
        heard()
        answer = signed_in(township_officer).get(f"/lessons/hours/file/?under={county.branch.pk}")
        sheet = load_workbook(BytesIO(answer.content)).worksheets[0]

        assert [cell.value for cell in sheet[3]] == ["河口镇东湾村党支部", "党员甲", "2.0", 32, "还差 30.0"]

    @pytest.mark.parametrize("address", ["hours/", "hours/file/"])
    def test_what_cannot_be_asked(self, signed_in, township_officer, address):
        assert signed_in(township_officer).get(f"/lessons/{address}?year=1").status_code == 422
