"""The monthly counts equal a live count after every transition."""

import datetime
from collections import Counter
from dataclasses import replace

import pytest

from apps.core.calendar import CHINA
from apps.core.periods import Month, Quarter
from apps.meetings import queries, services, statistics
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting, MonthlyCount
from tests.factories import AttendanceFactory, MeetingFactory, PartyGroupFactory

NOVEMBER = Month(2026, 11)
OCTOBER = Month(2026, 10)


def live_counts():
    """(branch, group, month, kind) to (meetings, expected, present, away), counted row by row."""
    found: dict[tuple, Counter] = {}
    for meeting in Meeting.objects.filter(state="submitted").exclude(counted_kinds=[]):
        month = Month.of(meeting.held_at.astimezone(CHINA).date())
        rows = list(meeting.attendances.all())
        heads = Counter(
            meetings=1,
            expected=len(rows),
            present=sum(row.presence == "present" for row in rows),
            away=sum(row.reason in ("away", "illness", "frail") for row in rows),
        )
        for kind in [*meeting.counted_kinds, statistics.GATHERING]:
            group = meeting.group_id if kind == "group_meeting" else None
            key = (meeting.organization_id, group, month, kind)
            found[key] = found.get(key, Counter()) + heads
    return {
        key: tuple(heads[name] for name in ("meetings", "expected", "present", "away"))
        for key, heads in found.items()
    }


def kept_counts():
    return {
        (row.organization_id, row.group_id, row.month, row.kind): (
            row.meetings,
            row.expected,
            row.present,
            row.away,
        )
        for row in MonthlyCount.objects.all()
    }


class TestAfterEveryTransition:
    @pytest.fixture(autouse=True)
    def equal_at_the_end(self, db):
        yield
        assert kept_counts() == live_counts()

    def test_a_gathering_counts_for_each_of_its_kinds_and_once_as_itself(self, village, theme_day, recorded):
        absences = {village.people[0].pk: "away", village.people[1].pk: "personal"}
        lesson = replace(theme_day, kinds=(Kind.THEME_DAY, Kind.LESSON), lecturer="李长福", absences=absences)
        recorded(lesson)
        branch = village.branch.pk
        assert kept_counts() == {
            (branch, None, NOVEMBER, "theme_day"): (1, 13, 11, 1),
            (branch, None, NOVEMBER, "lesson"): (1, 13, 11, 1),
            (branch, None, NOVEMBER, "gathering"): (1, 13, 11, 1),
        }

    def test_a_draft_counts_for_nothing(self, theme_day, kept):
        kept(theme_day)
        assert kept_counts() == {}

    def test_a_committee_without_its_quorum_counts_for_nothing(self, village, committee_meeting, recorded):
        recorded(replace(committee_meeting, absences={one.pk: "duty" for one in village.people[:2]}))
        assert kept_counts() == {}

    def test_returned_it_counts_no_more(self, theme_day, recorded, township_officer):
        services.return_meeting(recorded(theme_day), reason="缺讨论情况", by=township_officer)
        assert kept_counts() == {}

    def test_corrected_to_another_month_it_moves(self, theme_day, recorded, branch_secretary):
        meeting = services.reopen(recorded(theme_day), reason="日期错了", by=branch_secretary)
        day = datetime.datetime(2026, 10, 30, 15, 0, tzinfo=CHINA)
        again = replace(theme_day, held_at=day, late_reason="日期写错，改正")
        recorded(again, client_key=meeting.client_key, version=meeting.version)
        assert {key[2] for key in kept_counts()} == {OCTOBER}

    def test_withdrawn_it_counts_no_more_and_the_others_stay(self, theme_day, recorded, branch_secretary):
        recorded(theme_day)
        again = recorded(replace(theme_day, topic="又一次"), apart=True)
        services.withdraw(again, reason="重复", by=branch_secretary)
        assert {heads[0] for heads in kept_counts().values()} == {1}

    def test_each_group_is_counted_for_itself(self, village, theme_day, recorded):
        groups = [PartyGroupFactory(branch=village.branch) for _ in range(2)]
        for place, one in enumerate(village.people):
            one.group = groups[place % 2]
            one.save()
        for group in groups:
            recorded(replace(theme_day, kinds=(Kind.GROUP_MEETING,), group_id=group.pk))
        counts = kept_counts()
        assert {key[1]: heads for key, heads in counts.items() if key[3] == "group_meeting"} == {
            group.pk: (1, 6, 6, 0) for group in groups
        }

    def test_midnight_in_china_divides_the_months(self, theme_day, recorded):
        first_minute = datetime.datetime(2026, 11, 1, 0, 0, tzinfo=CHINA)
        recorded(replace(theme_day, held_at=first_minute))
        assert {key[2] for key in kept_counts()} == {NOVEMBER}

    def test_after_a_bulk_load_whole_months_are_counted_at_once(self, county):
        for branch in (county.branch, county.other_branch):
            for day in (30, 31):
                meeting = MeetingFactory(
                    organization=branch, held_at=datetime.datetime(2026, 10, day, 9, 0, tzinfo=CHINA)
                )
                AttendanceFactory(meeting=meeting, member__branch=branch)
        MeetingFactory(organization=county.branch, held_at=datetime.datetime(2026, 11, 1, 9, 0, tzinfo=CHINA))
        statistics.refresh_all([OCTOBER, NOVEMBER])
        assert {heads[0] for heads in kept_counts().values()} == {1, 2}

    def test_counting_again_changes_nothing(self, theme_day, recorded):
        recorded(theme_day)
        before = kept_counts()
        statistics.refresh_all([NOVEMBER])
        assert kept_counts() == before


class TestTheListBehindAFigure:
    def test_it_is_as_long_as_the_count(self, village, county, theme_day, recorded, township_officer):
        recorded(theme_day)
        recorded(replace(theme_day, topic="又一次"), apart=True)
        third = recorded(replace(theme_day, topic="第三次"), apart=True)
        services.return_meeting(third, reason="请改", by=township_officer)
        MeetingFactory(organization=county.other_branch, held_at=theme_day.held_at)
        behind = queries.counting_meetings([village.branch.path], NOVEMBER, "theme_day")
        assert sorted(meeting.topic for meeting in behind) == ["又一次", "学习党章"]
        counted = MonthlyCount.objects.get(organization=village.branch, kind="theme_day")
        assert counted.meetings == behind.count()

    def test_a_quarter_holds_its_three_months(self, county):
        for month, day in ((9, 30), (10, 1), (12, 31)):
            MeetingFactory(
                organization=county.branch, held_at=datetime.datetime(2026, month, day, 0, 0, tzinfo=CHINA)
            )
        assert queries.counting_meetings([county.root.path], Quarter(2026, 4)).count() == 2

    def test_no_paths_no_list(self, county):
        MeetingFactory(organization=county.branch)
        assert queries.counting_meetings([], OCTOBER).count() == 0
