"""Who sees which records, in the list and one by one, and the steps from there."""

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.calendar import CHINA
from apps.meetings import queries, services
from apps.meetings.entries import ResolutionEntry
from apps.meetings.filters import periods_offered
from apps.meetings.kinds import Kind
from apps.meetings.models import Attendance, Meeting, Resolution
from tests.factories import AttendanceFactory, MeetingFactory, ResolutionFactory

LIST = "/meetings/"


def listed(client, **conditions):
    return [meeting.topic for meeting in client.get(LIST, conditions).context["page"].object_list]


@pytest.fixture
def meetings(county):
    """A record of each branch, and what else a list must tell apart."""

    def at(day, **facts):
        return MeetingFactory(held_at=datetime.datetime(2026, day[0], day[1], 15, 0, tzinfo=CHINA), **facts)

    return [
        at((10, 5), organization=county.branch, topic="东湾十月"),
        at((11, 5), organization=county.branch, topic="东湾十一月", kinds=["theme_day", "lesson"]),
        at(
            (11, 6),
            organization=county.second_branch,
            topic="西湾十一月",
            kinds=["committee_meeting"],
            counted_kinds=[],
        ),
        at((11, 7), organization=county.other_branch, topic="上寨十一月"),
        at(
            (11, 8),
            organization=county.branch,
            topic="东湾草稿",
            state="draft",
            submitted_at=None,
            counted_kinds=[],
        ),
    ]


class TestWhoSeesWhat:
    @pytest.mark.parametrize(
        ("reader", "topics"),
        [
            ("county_officer", ["上寨十一月", "西湾十一月", "东湾十一月", "东湾十月"]),
            ("auditor", ["上寨十一月", "西湾十一月", "东湾十一月", "东湾十月"]),
            ("township_officer", ["西湾十一月", "东湾十一月", "东湾十月"]),
            ("neighbour", ["上寨十一月"]),
            ("branch_secretary", ["东湾草稿", "东湾十一月", "东湾十月"]),
        ],
    )
    def test_the_list_holds_ones_scope_and_only_ones_own_drafts(
        self, request, signed_in, meetings, reader, topics
    ):
        assert listed(signed_in(request.getfixturevalue(reader))) == topics

    def test_the_supervision_committee_sees_none(self, signed_in, supervisor, meetings):
        assert signed_in(supervisor).get(LIST).status_code == 403

    def test_a_villager_is_asked_to_sign_in(self, villager, meetings):
        assert villager.get(LIST).url.startswith("/login/")

    @pytest.mark.parametrize(
        ("reader", "status"),
        [
            ("county_officer", 200),
            ("township_officer", 200),
            ("branch_secretary", 200),
            ("neighbour", 404),
            ("supervisor", 404),
        ],
    )
    def test_one_record(self, request, signed_in, meetings, reader, status):
        client = signed_in(request.getfixturevalue(reader))
        assert client.get(f"/meetings/{meetings[0].pk}/").status_code == status

    def test_a_draft_is_not_found_outside_its_branch(self, signed_in, township_officer, meetings):
        assert signed_in(township_officer).get(f"/meetings/{meetings[-1].pk}/").status_code == 404

    def test_nor_are_its_people_and_decisions(self, township_officer, branch_secretary, meetings):
        for meeting in (meetings[0], meetings[-1]):
            AttendanceFactory(meeting=meeting, member__branch=meeting.organization)
            ResolutionFactory(meeting=meeting)
        for model in (Attendance, Resolution):
            assert model.objects.visible_to(township_officer).count() == 1
            assert model.objects.visible_to(branch_secretary).count() == 2

    def test_what_was_handed_in_once_stays_visible(
        self, signed_in, township_officer, branch_secretary, recorded, theme_day
    ):
        meeting = services.withdraw(recorded(theme_day), reason="和上一条重复", by=branch_secretary)
        page = signed_in(township_officer).get(f"/meetings/{meeting.pk}/").content.decode()
        assert "这条记录已经撤回，不计入统计。" in page
        assert "和上一条重复" in page


class TestFinding:
    @pytest.mark.parametrize(
        ("conditions", "topics"),
        [
            ({"period": "2026-10"}, ["东湾十月"]),
            ({"period": "2026-Q4"}, ["上寨十一月", "西湾十一月", "东湾十一月", "东湾十月"]),
            ({"period": "2025"}, []),
            ({"kind": "lesson"}, ["东湾十一月"]),
            ({"q": "西湾"}, ["西湾十一月"]),
            ({"q": "十月"}, ["东湾十月"]),
            ({"state": "returned"}, []),
            ({"counted": "no"}, ["西湾十一月"]),
            ({"counted": "yes", "kind": "theme_day"}, ["上寨十一月", "东湾十一月", "东湾十月"]),
        ],
    )
    def test_each_condition(self, signed_in, county_officer, meetings, conditions, topics):
        assert listed(signed_in(county_officer), **conditions) == topics

    def test_below_an_organization(self, signed_in, county_officer, county, meetings):
        client = signed_in(county_officer)
        assert listed(client, under=county.township.pk) == ["西湾十一月", "东湾十一月", "东湾十月"]
        assert listed(client, under=county.second_branch.pk) == ["西湾十一月"]

    def test_a_neighbouring_township_cannot_be_asked_for(self, signed_in, township_officer, county, meetings):
        answer = signed_in(township_officer).get(LIST, {"under": county.other_township.pk})
        assert (answer.status_code, list(answer.context["page"].object_list)) == (422, [])

    def test_a_period_that_is_none(self, signed_in, county_officer, meetings):
        answer = signed_in(county_officer).get(LIST, {"period": "十月"})
        assert answer.status_code == 422
        assert answer.context["filter"].form.errors["period"] == ["请选一个月、季度或年份。"]

    def test_the_heads_are_counted(self, signed_in, county_officer, meetings):
        for presence in ("present", "present", "excused"):
            reason = "" if presence == "present" else "duty"
            AttendanceFactory(meeting=meetings[0], presence=presence, reason=reason)
        [row] = signed_in(county_officer).get(LIST, {"period": "2026-10"}).context["page"].object_list
        assert (row.present, row.expected) == (2, 3)

    def test_only_the_heads_of_the_shown_rows_are_counted(self, county_officer, meetings):
        """Grouping would count everybody of a county's records before the first fifty are shown."""
        rows = queries.listed(queries.meetings_for(county_officer))
        assert 'GROUP BY "meetings_meeting"' not in str(rows.query)

    def test_a_year_back_is_offered_by_month_and_by_quarter(self):
        offered = [label for _, label in periods_offered()]
        assert (offered[0], offered[11]) == ("2026年11月", "2025年12月")
        assert offered[12:] == [
            *("2026年第四季度", "2026年第三季度", "2026年第二季度", "2026年第一季度"),
            *("2026年", "2025年"),
        ]

    def test_the_same_number_of_queries_for_one_row_and_for_many(
        self, signed_in, county_officer, county, meetings
    ):
        client = signed_in(county_officer)
        client.get(LIST)
        with CaptureQueriesContext(connection) as few:
            client.get(LIST, {"period": "2026-10"})
        for _ in range(5):
            AttendanceFactory(meeting=MeetingFactory(organization=county.branch))
        with CaptureQueriesContext(connection) as many:
            client.get(LIST, {"period": "2026-10"})
        assert len(many) == len(few)

    def test_fifty_a_page(self, signed_in, county_officer, county):
        MeetingFactory.create_batch(51, organization=county.branch)
        page = signed_in(county_officer).get(LIST).context["page"]
        assert (len(page.object_list), page.paginator.count) == (50, 51)


class TestOneRecord:
    @pytest.fixture
    def meeting(self, village, general_meeting, recorded):
        absences = {village.people[3].pk: "illness", village.people[4].pk: "none"}
        repair = ResolutionEntry(
            "修缮活动室", against=1, responsible="党员00", due_on=datetime.date(2026, 12, 22)
        )
        return recorded(
            replace(general_meeting, absences=absences, guests="镇组织委员", resolutions=(repair,))
        )

    def test_it_reads_as_a_record(self, signed_in, township_officer, meeting):
        answer = signed_in(township_officer).get(f"/meetings/{meeting.pk}/")
        assert answer.context["facts"] == [
            ("党支部", "河口镇东湾村党支部"),
            ("类型", "党员大会"),
            ("时间", "2026年11月5日 15:00"),
            ("地点", "村党群服务中心"),
            ("主持人", "党员00"),
            ("记录人", "党员01"),
        ]
        page = answer.content.decode()
        assert "<b>应到 13，实到 11。</b>有表决权 12 人，到会 10 人。" in page
        assert "党员03（病假）、党员04（无故）" in page
        assert "举手：赞成 9，反对 1，弃权 0。" in page

    def test_the_ruling_leads_to_its_rule(self, signed_in, township_officer, meeting):
        [(resolution, ruling)] = (
            signed_in(township_officer).get(f"/meetings/{meeting.pk}/").context["decisions"]
        )
        assert (ruling.state, ruling.rule, ruling.href) == ("good", "MEET-11", "/regulations/MEET-11/")
        assert ruling.sentence == resolution.ruling

    def test_a_committee_without_its_quorum_says_so(
        self, signed_in, township_officer, village, committee_meeting, recorded
    ):
        meeting = recorded(
            replace(committee_meeting, absences={one.pk: "duty" for one in village.people[:2]})
        )
        answer = signed_in(township_officer).get(f"/meetings/{meeting.pk}/")
        assert answer.context["uncounted"] == "支委会没有计入。"

    @pytest.mark.parametrize(
        ("reader", "steps", "edits"),
        [
            ("branch_secretary", ["reopen", "withdraw"], False),
            ("township_officer", ["return"], False),
            ("county_officer", ["return"], False),
            ("auditor", [], False),
        ],
    )
    def test_each_sees_the_steps_that_are_theirs(self, request, signed_in, meeting, reader, steps, edits):
        context = signed_in(request.getfixturevalue(reader)).get(f"/meetings/{meeting.pk}/").context
        assert ([name for name, *_ in context["steps"]], context["may_edit"]) == (steps, edits)

    def test_the_number_of_queries_does_not_grow_with_the_people(self, signed_in, township_officer, county):
        client = signed_in(township_officer)
        small, large = MeetingFactory.create_batch(2, organization=county.branch)
        for meeting, people in ((small, 1), (large, 8)):
            AttendanceFactory.create_batch(people, meeting=meeting, member__branch=county.branch)
        client.get(f"/meetings/{small.pk}/")
        with CaptureQueriesContext(connection) as few:
            client.get(f"/meetings/{small.pk}/")
        with CaptureQueriesContext(connection) as many:
            client.get(f"/meetings/{large.pk}/")
        assert len(many) == len(few)


class TestSteps:
    def test_the_township_returns_it_and_the_branch_reads_why(
        self, signed_in, township_officer, recorded, theme_day
    ):
        meeting = recorded(theme_day)
        answer = signed_in(township_officer).post(f"/meetings/{meeting.pk}/return/", {"reason": "缺讨论情况"})
        assert answer.url == f"/meetings/{meeting.pk}/"
        assert Meeting.objects.get().return_reason == "缺讨论情况"

    def test_without_a_reason_it_is_asked_for(self, signed_in, township_officer, recorded, theme_day):
        meeting = recorded(theme_day)
        answer = signed_in(township_officer).post(f"/meetings/{meeting.pk}/return/", {"reason": " "})
        assert answer.status_code == 422
        assert Meeting.objects.get().state == "submitted"

    @pytest.mark.parametrize(
        ("reader", "step", "status"),
        [
            ("neighbour", "return", 404),
            ("auditor", "return", 403),
            ("branch_secretary", "return", 403),
            ("township_officer", "withdraw", 403),
            ("township_officer", "reopen", 403),
            ("supervisor", "withdraw", 404),
        ],
    )
    def test_who_may_not(self, request, signed_in, recorded, theme_day, reader, step, status):
        meeting = recorded(theme_day)
        client = signed_in(request.getfixturevalue(reader))
        assert client.post(f"/meetings/{meeting.pk}/{step}/", {"reason": "不行"}).status_code == status
        assert Meeting.objects.get().state == "submitted"

    @pytest.mark.parametrize(("step", "state"), [("reopen", "returned"), ("withdraw", "withdrawn")])
    def test_the_branchs_own_steps(self, signed_in, branch_secretary, recorded, theme_day, step, state):
        meeting = recorded(theme_day)
        signed_in(branch_secretary).post(f"/meetings/{meeting.pk}/{step}/", {"reason": "人数点错了"})
        assert Meeting.objects.get().state == state

    def test_too_late_for_the_step_is_said(
        self, signed_in, branch_secretary, township_officer, recorded, theme_day
    ):
        meeting = services.withdraw(recorded(theme_day), reason="重复", by=branch_secretary)
        answer = signed_in(township_officer).post(f"/meetings/{meeting.pk}/return/", {"reason": "请改"})
        assert answer.status_code == 422
        assert [str(message) for message in answer.context["messages"]] == [
            "现在不能“退回”：这条记录的状态已经是“已撤回”。请刷新页面再看。"
        ]

    def test_nothing_happens_by_looking(self, signed_in, township_officer, recorded, theme_day):
        meeting = recorded(theme_day)
        assert signed_in(township_officer).get(f"/meetings/{meeting.pk}/return/").status_code == 405


def test_the_last_record_for_the_first_screen(village, recorded, theme_day, kept):
    recorded(theme_day)
    kept(replace(theme_day, topic="草稿", kinds=(Kind.LESSON,)))
    found = queries.last_meeting_of(village.branch)
    assert found is not None
    assert found.topic == "学习党章"


class TestOnTheBranchsPage:
    def test_its_last_records(self, signed_in, township_officer, county, meetings):
        page = signed_in(township_officer).get(f"/organizations/{county.branch.pk}/").content.decode()
        assert page.index("东湾十一月") < page.index("东湾十月")
        assert ("西湾十一月" in page, "东湾草稿" in page) == (False, False)

    def test_the_supervision_committee_sees_none(self, signed_in, supervisor, county, meetings):
        page = signed_in(supervisor).get(f"/organizations/{county.branch.pk}/").content.decode()
        assert ("最近的会议" in page, "东湾十一月" in page) == (False, False)
