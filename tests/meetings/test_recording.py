"""Keeping, handing in, returning, withdrawing a record, and what is computed on the way."""

import datetime
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Deed
from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.meetings import services
from apps.meetings.closing import cut_off_of
from apps.meetings.entries import CandidateEntry, Edit, MeetingEntry, ResolutionEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Attendance, Meeting, Voting
from apps.meetings.reading import entry_of
from apps.regulations.settings import NOTHING_SET
from tests.factories import GrantFactory, MemberFactory, PartyGroupFactory

REPAIR = ResolutionEntry("修缮活动室", responsible="党员00", due_on=datetime.date(2026, 12, 22))


def refusals_of(record, entry):
    """What keeps the entry from being handed in: (field, sentence) in the order of the form."""
    with pytest.raises(services.Incomplete) as caught:
        record(entry)
    return [(one.field, one.sentence) for one in caught.value.refusals]


def heads(meeting):
    return sorted(meeting.attendances.values_list("member__name", "presence", "reason", "may_vote"))


class TestHandingIn:
    def test_everybody_expected_is_present_unless_said_otherwise(self, village, theme_day, recorded):
        gone, away = village.people[4], village.people[5]
        meeting = recorded(replace(theme_day, absences={gone.pk: "illness", away.pk: "none"}))
        rows = {name: rest for name, *rest in heads(meeting)}
        assert rows.pop("党员04") == ["excused", "illness", True]
        assert rows.pop("党员05") == ["absent", "none", True]
        assert rows.pop("预备甲") == ["present", "", False]
        assert set(map(tuple, rows.values())) == {("present", "", True)}
        assert len(rows) == 10

    def test_it_counts_and_is_on_record(self, theme_day, recorded, branch_secretary):
        meeting = recorded(theme_day)
        assert (meeting.state, meeting.counted_kinds, meeting.submitted_by) == (
            "submitted",
            ["theme_day"],
            branch_secretary,
        )
        deed = Deed.objects.get()
        assert (deed.action, deed.object_id, deed.organization_path) == (
            "meetings.submit",
            str(meeting.pk),
            meeting.organization.path,
        )

    def test_who_belonged_to_the_branch_on_that_day_is_expected(self, village, theme_day, recorded):
        MemberFactory(
            branch=village.branch,
            name="后来的",
            joined_on=datetime.date(2026, 11, 6),
            full_on=datetime.date(2027, 11, 6),
        )
        meeting = recorded(theme_day)
        assert meeting.attendances.count() == 13

    def test_the_right_to_vote_is_that_of_the_day(self, village, general_meeting, recorded):
        village.probationer.category, village.probationer.full_on = "full", datetime.date(2026, 11, 5)
        village.probationer.save()
        day_before = datetime.datetime(2026, 11, 4, 15, 0, tzinfo=CHINA)
        before, after = recorded(replace(general_meeting, held_at=day_before)), recorded(general_meeting)
        assert before.attendances.filter(may_vote=True).count() == 12
        assert after.attendances.filter(may_vote=True).count() == 13

    def test_sending_the_same_record_twice_gives_one_record(self, theme_day, recorded):
        key = uuid4()
        first, second = recorded(theme_day, client_key=key), recorded(theme_day, client_key=key)
        assert first == second
        assert Meeting.objects.count() == 1
        assert Deed.objects.count() == 1

    def test_other_words_under_the_key_of_a_record_that_was_handed_in_are_not_swallowed(
        self, theme_day, recorded
    ):
        key = uuid4()
        recorded(theme_day, client_key=key)
        with pytest.raises(Refused) as caught:
            recorded(replace(theme_day, topic="别的主题"), client_key=key)
        assert caught.value.sentence == "这条记录现在是“已交”，不能再改。要改正，请在记录页上点“收回修改”。"
        assert Meeting.objects.get().topic == "学习党章"

    def test_everything_that_is_missing_is_said_at_its_field(self, theme_day, recorded):
        empty = MeetingEntry(kinds=(Kind.THEME_DAY, Kind.LESSON), held_at=theme_day.held_at)
        assert refusals_of(recorded, empty) == [
            ("place", "请填写地点。"),
            ("host", "请选择主持人。"),
            ("recorder", "请选择记录人。"),
            ("minutes", "请填写会议记录，不同意见也要记上。"),
            ("lecturer", "上党课要填写讲课人。"),
        ]
        assert not Meeting.objects.exists()

    def test_without_a_topic_it_is_called_as_such_meetings_are(self, general_meeting, recorded):
        kinds = (Kind.THEME_DAY, Kind.GENERAL_MEETING)
        entry = replace(general_meeting, topic="", kinds=kinds)
        assert recorded(entry).topic == "11月主题党日、党员大会"

    def test_an_absence_needs_a_reason(self, village, theme_day, recorded):
        entry = replace(theme_day, absences={village.people[3].pk: ""})
        assert refusals_of(recorded, entry) == [("absences", "有 1 人没有到会，还没选原因。")]

    def test_kinds_with_different_people_are_recorded_apart(self, theme_day, recorded):
        entry = replace(theme_day, kinds=(Kind.THEME_DAY, Kind.COMMITTEE_MEETING))
        assert refusals_of(recorded, entry) == [("kinds", "主题党日和支委会应到的人不一样，请分开记。")]

    def test_a_meeting_still_to_come_can_only_be_kept(self, theme_day, recorded, kept):
        tomorrow = replace(theme_day, held_at=datetime.datetime(2026, 11, 23, 9, 0, tzinfo=CHINA))
        assert refusals_of(recorded, tomorrow) == [
            ("held_on", "还没有到开会的日子，开完再交上；可以先存着。")
        ]
        assert kept(tomorrow).state == "draft"

    def test_somebody_who_was_not_on_the_page_is_not_marked_present_unseen(
        self, village, theme_day, recorded
    ):
        listed = frozenset(one.pk for one in village.everybody[:-1])
        entry = replace(theme_day, listed=listed)
        assert refusals_of(recorded, entry) == [("absences", "参加的人有变化，多了预备甲。请看一遍再交上。")]

    def test_a_neighbours_branch_is_not_theirs_to_record(self, county, theme_day, branch_secretary):
        with pytest.raises(PermissionDenied):
            services.record_meeting(
                theme_day, organization=county.other_branch, edit=Edit(uuid4()), by=branch_secretary
            )

    def test_the_key_of_another_branch_is_refused(
        self, county, theme_day, recorded, branch_secretary, signed_in
    ):
        GrantFactory(user=branch_secretary, role="branch_secretary", organization=county.second_branch)
        key = uuid4()
        recorded(theme_day, client_key=key)
        with pytest.raises(Refused) as caught:
            services.save_draft(
                theme_day, organization=county.second_branch, edit=Edit(key), by=branch_secretary
            )
        assert caught.value.sentence == "这个页面已经用来记过别的会，请重新打开“记一次会”。"


class TestLateRecords:
    OCTOBER = datetime.datetime(2026, 10, 12, 15, 0, tzinfo=CHINA)

    def test_after_the_cut_off_it_asks_for_a_reason(self, theme_day, recorded):
        entry = replace(theme_day, held_at=self.OCTOBER)
        assert refusals_of(recorded, entry) == [("late_reason", "这个月的月报已经截止，请写一句补录原因。")]

    def test_with_a_reason_it_is_welcome_and_counts(self, theme_day, recorded):
        meeting = recorded(replace(theme_day, held_at=self.OCTOBER, late_reason="山里没有信号"))
        assert (meeting.state, meeting.counted_kinds) == ("submitted", ["theme_day"])
        assert Deed.objects.get().reason == "山里没有信号"

    @pytest.mark.parametrize(("day", "asks"), [(4, False), (5, False), (6, True)])
    def test_the_cut_off_day_itself_is_in_time(self, theme_day, recorded, day, asks):
        entry = replace(theme_day, held_at=self.OCTOBER)
        with time_machine.travel(datetime.datetime(2026, 11, day, 23, 59, tzinfo=CHINA), tick=False):
            if asks:
                assert refusals_of(recorded, entry)[0][0] == "late_reason"
            else:
                assert recorded(entry).state == "submitted"

    def test_a_record_returned_after_the_cut_off_is_not_late_for_that(
        self, theme_day, recorded, township_officer
    ):
        with time_machine.travel(datetime.datetime(2026, 11, 3, 9, 0, tzinfo=CHINA), tick=False):
            meeting = recorded(replace(theme_day, held_at=self.OCTOBER))
        services.return_meeting(meeting, reason="请补上讨论情况", by=township_officer)
        again = services.submit(meeting, by=meeting.submitted_by)
        assert (again.state, again.late_reason) == ("submitted", "")
        assert again.submitted_at == datetime.datetime(2026, 11, 22, 10, 0, tzinfo=CHINA)

    def test_a_second_correction_is_not_late_either(
        self, theme_day, recorded, branch_secretary, township_officer
    ):
        with time_machine.travel(datetime.datetime(2026, 10, 20, 9, 0, tzinfo=CHINA), tick=False):
            meeting = recorded(replace(theme_day, held_at=self.OCTOBER))
        for _ in range(2):
            meeting = services.return_meeting(meeting, reason="写错了", by=township_officer)
            meeting = services.submit(meeting, by=branch_secretary)
        assert (meeting.state, meeting.late_reason) == ("submitted", "")

    def test_a_record_moved_to_another_month_is_late_for_that_one(
        self, theme_day, recorded, township_officer
    ):
        key = uuid4()
        with time_machine.travel(datetime.datetime(2026, 10, 20, 9, 0, tzinfo=CHINA), tick=False):
            meeting = recorded(replace(theme_day, held_at=self.OCTOBER), client_key=key)
        moved = replace(theme_day, held_at=datetime.datetime(2026, 12, 15, 15, 0, tzinfo=CHINA))
        with time_machine.travel(datetime.datetime(2027, 3, 2, 9, 0, tzinfo=CHINA), tick=False):
            meeting = services.return_meeting(meeting, reason="日期写错了", by=township_officer)
            edit = {"client_key": key, "version": meeting.version}
            with pytest.raises(services.Incomplete) as caught:
                recorded(moved, **edit)
            again = recorded(replace(moved, late_reason="日期写错了"), **edit)
        assert [one.field for one in caught.value.refusals] == ["late_reason"]
        assert (again.state, again.submitted_at.date()) == ("submitted", datetime.date(2027, 3, 2))

    def test_a_record_handed_in_late_without_having_been_in_time_keeps_asking(
        self, theme_day, recorded, branch_secretary
    ):
        key = uuid4()
        entry = replace(theme_day, held_at=self.OCTOBER, late_reason="山里没有信号")
        meeting = services.reopen(recorded(entry, client_key=key), reason="写错了", by=branch_secretary)
        with pytest.raises(services.Incomplete) as caught:
            recorded(replace(entry, late_reason=""), client_key=key, version=meeting.version)
        assert [one.field for one in caught.value.refusals] == ["late_reason"]


class TestVotesOfTheDay:
    """What is known of a member today does not change who had a vote at a meeting on record (MEET-14)."""

    def on_probation(self, member, value=True):
        member.on_probation_within_party = value
        member.save()

    def votes(self, meeting):
        return meeting.attendances.filter(may_vote=True).count()

    def test_a_record_that_is_handed_in_again_keeps_them(
        self, village, general_meeting, recorded, branch_secretary
    ):
        meeting = recorded(replace(general_meeting, resolutions=(REPAIR,)))
        self.on_probation(village.people[5])
        again = services.submit(
            services.reopen(meeting, reason="写错了", by=branch_secretary), by=branch_secretary
        )
        assert (self.votes(again), again.resolutions.get().in_favour) == (12, 12)

    def test_so_does_one_that_is_edited(self, village, general_meeting, recorded, branch_secretary):
        self.on_probation(village.people[5])
        key = uuid4()
        meeting = recorded(general_meeting, client_key=key)
        self.on_probation(village.people[5], value=False)
        self.on_probation(village.people[6])
        meeting = services.reopen(meeting, reason="写错了", by=branch_secretary)
        words = replace(general_meeting, topic="选举书记", absences={village.people[5].pk: "duty"})
        again = recorded(words, client_key=key, version=meeting.version)
        without = again.attendances.filter(may_vote=False).values_list("member__name", flat=True)
        assert sorted(without) == ["党员05", "预备甲"]

    def test_on_another_day_they_are_judged_anew(self, village, general_meeting, recorded, branch_secretary):
        key = uuid4()
        meeting = recorded(general_meeting, client_key=key)
        self.on_probation(village.people[5])
        meeting = services.reopen(meeting, reason="写错了", by=branch_secretary)
        moved = replace(general_meeting, held_at=datetime.datetime(2026, 11, 6, 15, 0, tzinfo=CHINA))
        assert self.votes(recorded(moved, client_key=key, version=meeting.version)) == 11

    def test_a_draft_was_never_declared_and_is_judged_by_what_is_known(
        self, village, general_meeting, kept, branch_secretary
    ):
        key = uuid4()
        draft = kept(general_meeting, Edit(key))
        self.on_probation(village.people[5])
        changed = replace(general_meeting, topic="选举书记")
        assert self.votes(kept(changed, Edit(key, version=draft.version))) == 11


class TestCommitteesAndGroups:
    def test_the_seats_of_the_day_are_expected_at_a_committee_meeting(self, committee_meeting, recorded):
        meeting = recorded(committee_meeting)
        assert [name for name, *_ in heads(meeting)] == ["党员00", "党员01", "党员02"]
        assert meeting.counted_kinds == ["committee_meeting"]

    @pytest.mark.parametrize(("absent", "counted"), [(1, ["committee_meeting"]), (2, [])])
    def test_without_half_of_the_committee_it_does_not_count(
        self, village, committee_meeting, recorded, absent, counted
    ):
        absences = {one.pk: "duty" for one in village.people[:absent]}
        meeting = recorded(replace(committee_meeting, absences=absences))
        assert (meeting.state, meeting.counted_kinds) == ("submitted", counted)

    def test_without_seats_on_record_the_secretary_says_who_is_on_the_committee(
        self, village, theme_day, recorded
    ):
        entry = replace(theme_day, kinds=(Kind.COMMITTEE_MEETING,))
        assert refusals_of(recorded, entry) == [("chosen", "请点出参加的人。")]
        chosen = frozenset(one.pk for one in village.people[:3])
        meeting = recorded(replace(entry, chosen=chosen))
        assert [name for name, *_ in heads(meeting)] == ["党员00", "党员01", "党员02"]

    @pytest.mark.parametrize(("full_members", "field"), [(6, "kinds"), (7, "chosen")])
    def test_below_seven_full_members_there_is_no_committee(
        self, county, theme_day, branch_secretary, full_members, field
    ):
        GrantFactory(user=branch_secretary, role="branch_secretary", organization=county.second_branch)
        few = MemberFactory.create_batch(full_members, branch=county.second_branch)
        entry = replace(theme_day, kinds=(Kind.COMMITTEE_MEETING,), host_id=few[0].pk, recorder_id=few[0].pk)
        with pytest.raises(services.Incomplete) as caught:
            services.record_meeting(
                entry, organization=county.second_branch, edit=Edit(uuid4()), by=branch_secretary
            )
        assert [one.field for one in caught.value.refusals] == [field]

    def test_a_group_meeting_expects_the_group(self, village, theme_day, recorded):
        group = PartyGroupFactory(branch=village.branch)
        for one in village.people[:4]:
            one.group = group
            one.save()
        entry = replace(theme_day, kinds=(Kind.GROUP_MEETING,))
        assert refusals_of(recorded, entry)[0] == ("group", "党小组会要选择是哪个党小组。")
        meeting = recorded(replace(entry, group_id=group.pk))
        assert meeting.attendances.count() == 4


class TestResolutions:
    def test_whoever_did_not_vote_otherwise_was_in_favour(self, village, general_meeting, recorded):
        entry = replace(
            general_meeting,
            absences={village.people[5].pk: "duty"},
            resolutions=(replace(REPAIR, against=2, abstained=1),),
        )
        resolution = recorded(entry).resolutions.get()
        assert (resolution.in_favour, resolution.against, resolution.abstained) == (8, 2, 1)
        assert (resolution.valid, resolution.passed, resolution.rule) == (True, True, "MEET-11")

    def test_the_result_is_computed_against_all_expected(self, general_meeting, recorded):
        entry = replace(general_meeting, resolutions=(replace(REPAIR, against=6),))
        resolution = recorded(entry).resolutions.get()
        assert (resolution.in_favour, resolution.valid, resolution.passed) == (6, True, False)

    def test_what_only_the_members_decide_is_not_passed_in_the_committee(self, committee_meeting, recorded):
        admission = ResolutionEntry("接收预备党员", matter=Matter.ADMISSION, voting=Voting.SECRET)
        assert refusals_of(recorded, replace(committee_meeting, resolutions=(admission,))) == [
            ("resolutions-0-matter", "“接收预备党员”要由党员大会决定，请在会议类型里选上党员大会。")
        ]

    def test_written_opinions_count_where_members_are_admitted(self, village, general_meeting, recorded):
        absences = {one.pk: "away" for one in village.people[:5]}
        admission = ResolutionEntry(
            "接收王芳为预备党员",
            matter=Matter.ADMISSION,
            about="王芳",
            voting=Voting.SECRET,
            in_favour=6,
            against=1,
            written_in_favour=3,
        )
        resolution = recorded(
            replace(general_meeting, absences=absences, resolutions=(admission,))
        ).resolutions.get()
        assert (resolution.valid, resolution.passed, resolution.rule) == (True, True, "MEET-12")

    def test_an_election_is_judged_by_those_present(self, village, general_meeting, recorded):
        absences = {one.pk: "away" for one in village.people[:2]}
        election = ResolutionEntry(
            "选举支部委员会",
            matter=Matter.ELECTION,
            voting=Voting.SECRET,
            seats=1,
            candidates=(CandidateEntry("党员03", 6, 4), CandidateEntry("党员04", 4, 6)),
        )
        resolution = recorded(
            replace(general_meeting, absences=absences, resolutions=(election,))
        ).resolutions.get()
        assert (resolution.valid, resolution.passed, resolution.rule) == (True, True, "ELEC-06")
        papers = (resolution.ballots_issued, resolution.ballots_returned, resolution.ballots_void)
        assert papers == (10, 10, 0)
        assert [(one.member, one.elected) for one in resolution.candidates.all()] == [
            (village.people[3], True),
            (village.people[4], False),
        ]

    def test_more_votes_than_voters_are_refused(self, general_meeting, recorded):
        entry = replace(general_meeting, resolutions=(replace(REPAIR, in_favour=13),))
        assert refusals_of(recorded, entry) == [
            ("resolutions-0-in_favour", "赞成、反对、弃权加起来 13 票，多于到会能表决的 12 人。")
        ]

    def test_a_theme_day_alone_votes_on_nothing(self, theme_day, recorded):
        entry = replace(theme_day, resolutions=(REPAIR,))
        assert refusals_of(recorded, entry) == [("kinds", "表决要在党员大会或支委会上进行，请选上其中一种。")]

    def test_a_decision_that_was_dropped_goes(self, general_meeting, kept):
        edit = Edit(uuid4(), page=uuid4())
        other = replace(REPAIR, text="安装路灯")
        kept(replace(general_meeting, resolutions=(REPAIR, other)), edit)
        meeting = kept(replace(general_meeting, resolutions=(other,)), edit)
        assert list(meeting.resolutions.values_list("number", "text")) == [(1, "安装路灯")]


class TestDrafts:
    def test_anything_may_be_lacking(self, theme_day, kept, village):
        draft = kept(
            MeetingEntry(kinds=(), held_at=theme_day.held_at, absences={village.people[0].pk: ""}, topic="学")
        )
        assert (draft.state, draft.kinds, draft.counted_kinds) == ("draft", [], [])
        assert draft.attendances.get(member=village.people[0]).presence == "absent"

    def test_what_was_kept_is_read_back_as_it_was(self, village, general_meeting, kept):
        entry = replace(
            general_meeting,
            ended_at=datetime.datetime(2026, 11, 5, 16, 30, tzinfo=CHINA),
            absences={village.people[2].pk: "personal"},
            guests="镇组织委员",
            resolutions=(replace(REPAIR, in_favour=10, against=1),),
        )
        draft = kept(entry)
        everybody = frozenset(one.pk for one in village.everybody)
        assert entry_of(draft) == replace(entry, chosen=everybody)

    def test_keeping_the_same_again_writes_nothing(self, theme_day, kept, village):
        edit = Edit(uuid4(), page=uuid4())
        first = kept(theme_day, edit)
        written = first.history.count()
        second = kept(theme_day, replace(edit, version=first.version))
        assert (second.version, second.history.count()) == (first.version, written)

    def test_only_the_rows_that_differ_are_touched(self, village, theme_day, kept):
        edit = Edit(uuid4(), page=uuid4())
        first = kept(theme_day, edit)
        kept(
            replace(theme_day, absences={village.people[0].pk: "duty"}), replace(edit, version=first.version)
        )
        history = Attendance._meta.get_field("history").related_model._default_manager
        assert list(history.filter(pgh_label="update").values_list("member", flat=True)) == [
            village.people[0].pk
        ]

    def test_one_page_saves_again_and_again(self, theme_day, kept):
        edit = Edit(uuid4(), version=0, page=uuid4())
        kept(theme_day, edit)
        late_autosave = kept(replace(theme_day, topic="学习党章党规"), edit)
        assert late_autosave.topic == "学习党章党规"

    def test_somebody_elses_words_are_not_overwritten(self, theme_day, kept):
        mine = Edit(uuid4(), page=uuid4())
        first = kept(theme_day, mine)
        kept(replace(theme_day, topic="别人的主题"), replace(mine, version=first.version, page=uuid4()))
        with pytest.raises(services.Overwritten) as caught:
            kept(replace(theme_day, topic="我的主题"), replace(mine, version=first.version))
        assert caught.value.meeting.topic == "别人的主题"

    def test_a_draft_takes_the_same_number_of_queries_for_one_member_and_for_many(
        self, county, village, theme_day, kept
    ):
        kept(theme_day)
        with CaptureQueriesContext(connection) as few:
            kept(theme_day)
        MemberFactory.create_batch(20, branch=county.branch)
        with CaptureQueriesContext(connection) as many:
            kept(theme_day)
        assert len(many) == len(few)


class TestGoingBack:
    def test_the_township_returns_a_record_with_a_reason(self, theme_day, recorded, township_officer):
        meeting = services.return_meeting(recorded(theme_day), reason="缺讨论情况", by=township_officer)
        assert (meeting.state, meeting.return_reason, meeting.counted_kinds) == ("returned", "缺讨论情况", [])
        assert Deed.objects.filter(action="meetings.return", reason="缺讨论情况").count() == 1

    def test_the_branch_corrects_it_and_hands_it_in_again(self, theme_day, recorded, township_officer):
        key = uuid4()
        meeting = services.return_meeting(
            recorded(theme_day, client_key=key), reason="缺讨论情况", by=township_officer
        )
        again = recorded(
            replace(theme_day, minutes="一、学习。二、讨论。"), client_key=key, version=meeting.version
        )
        assert (again.pk, again.state, again.return_reason) == (meeting.pk, "submitted", "")

    def test_a_reason_is_needed(self, theme_day, recorded, township_officer):
        with pytest.raises(Refused) as caught:
            services.return_meeting(recorded(theme_day), reason="  ", by=township_officer)
        assert caught.value.sentence == "请写明原因。"

    def test_neither_the_neighbour_nor_the_branch_returns_records(
        self, theme_day, recorded, neighbour, branch_secretary
    ):
        meeting = recorded(theme_day)
        for somebody in (neighbour, branch_secretary):
            with pytest.raises(PermissionDenied):
                services.return_meeting(meeting, reason="不行", by=somebody)

    def test_the_branch_takes_its_own_record_back(self, theme_day, recorded, branch_secretary):
        meeting = services.reopen(recorded(theme_day), reason="人数点错了", by=branch_secretary)
        assert (meeting.state, meeting.counted_kinds) == ("returned", [])

    def test_withdrawing_keeps_the_record_with_its_reason(self, theme_day, recorded, branch_secretary):
        meeting = services.withdraw(recorded(theme_day), reason="和上一条重复", by=branch_secretary)
        assert (meeting.state, meeting.withdraw_reason) == ("withdrawn", "和上一条重复")
        assert Meeting.objects.get().topic == "学习党章"

    def test_what_is_withdrawn_stays_so(self, theme_day, recorded, branch_secretary, township_officer):
        meeting = services.withdraw(recorded(theme_day), reason="重复", by=branch_secretary)
        with pytest.raises(Refused):
            services.return_meeting(meeting, reason="请改", by=township_officer)

    def test_a_draft_cannot_be_returned(self, theme_day, kept, township_officer):
        with pytest.raises(Refused):
            services.return_meeting(kept(theme_day), reason="请改", by=township_officer)


def test_the_county_s_own_cut_off_day_holds_for_the_recording_page_too(settings):
    settings.PARTYBUILD_MONTHLY_CUTOFF_DAY = 8
    assert cut_off_of(Month(2026, 10), NOTHING_SET) == datetime.date(2026, 11, 8)
    settings.PARTYBUILD_MONTHLY_CUTOFF_DAY = 0
    assert cut_off_of(Month(2026, 10), NOTHING_SET) == datetime.date(2026, 11, 5)
