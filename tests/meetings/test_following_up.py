"""What a meeting gives to do, what later ones hear of it; who came late; who is not counted (MEM-43)."""

import datetime
from dataclasses import replace

import pytest

from apps.core.calendar import CHINA
from apps.meetings import services
from apps.meetings.entries import (
    CandidateEntry,
    ExclusionEntry,
    FollowUpEntry,
    ResolutionEntry,
    TaskEntry,
)
from apps.meetings.followups import open_tasks
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Task, Voting
from apps.meetings.reading import entry_of

DUE = datetime.date(2026, 12, 22)
REPAIR = ResolutionEntry("修缮活动室", responsible="党员00", due_on=DUE)
LAMPS = TaskEntry("问清路灯的价钱", "镇供电所", datetime.date(2026, 11, 10))
PAPERS = ExclusionEntry("abroad", "河口组〔2026〕3 号", datetime.date(2026, 10, 8))


def at(day: int) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, 15, 0, tzinfo=CHINA)


def refusals_of(record, entry):
    with pytest.raises(services.Incomplete) as caught:
        record(entry)
    return [(one.field, one.sentence) for one in caught.value.refusals]


class TestWhatIsToBeDone:
    @pytest.fixture
    def given(self, general_meeting, recorded):
        """A meeting of 5 November that decided on a repair and gave somebody a question to ask."""
        return recorded(replace(general_meeting, resolutions=(REPAIR,), tasks=(LAMPS,)))

    def test_what_passed_and_what_was_given_without_a_vote(self, village, given):
        told = [(one.text, one.member, one.responsible, one.outcome) for one in given.tasks.all()]
        assert told == [
            ("修缮活动室", village.secretary, "党员00", "open"),
            ("问清路灯的价钱", None, "镇供电所", "open"),
        ]

    def test_what_the_vote_itself_settles_is_nothing_to_do(self, general_meeting, recorded):
        report = replace(REPAIR, text="", matter=Matter.COMMITTEE_REPORT)
        meeting = recorded(replace(general_meeting, resolutions=(report,)))
        assert [(one.passed, one.responsible) for one in meeting.resolutions.all()] == [(True, "党员00")]
        assert not meeting.tasks.exists()

    def test_what_did_not_pass_is_nothing_to_do(self, general_meeting, recorded):
        meeting = recorded(replace(general_meeting, resolutions=(replace(REPAIR, against=9),)))
        assert not meeting.tasks.exists()

    def test_the_next_meeting_is_told_the_most_urgent_first(self, village, theme_day, given):
        later = replace(theme_day, held_at=at(20))
        assert [str(one) for one in open_tasks(village.branch, later)] == ["问清路灯的价钱", "修缮活动室"]

    def test_what_the_last_meeting_gave_comes_before_what_is_older(self, village, theme_day, given, recorded):
        recorded(replace(theme_day, held_at=at(12), tasks=(TaskEntry("买灯泡"),)))
        told = [str(one) for one in open_tasks(village.branch, replace(theme_day, held_at=at(20)))]
        assert told == ["买灯泡", "问清路灯的价钱", "修缮活动室"]

    def test_of_many_the_older_are_folded_away_and_none_is_lost(
        self, village, theme_day, given, recorded, phone
    ):
        recorded(replace(theme_day, held_at=at(12), tasks=tuple(TaskEntry(f"第{one}件") for one in range(6))))
        page = phone.get("/meetings/new/")
        first, longer_ago = page.context["desk"].followups
        assert [str(task) for task, _ in first] == [f"第{one}件" for one in range(6)]
        assert [str(task) for task, _ in longer_ago] == ["问清路灯的价钱", "修缮活动室"]
        assert "以前还有 2 件没有办完" in page.content.decode()
        assert page.content.decode().count('value="done"') == 8

    def test_a_meeting_before_it_is_told_nothing(self, village, theme_day, given):
        assert open_tasks(village.branch, replace(theme_day, held_at=at(4))) == []

    def test_a_draft_gives_nothing_to_do(self, village, theme_day, general_meeting, kept):
        kept(replace(general_meeting, tasks=(LAMPS,)))
        assert open_tasks(village.branch, replace(theme_day, held_at=at(20))) == []

    def test_what_was_done_is_asked_for_no_more(self, village, theme_day, given, recorded):
        task = Task.objects.get(text="修缮活动室")
        heard = {task.pk: FollowUpEntry("done", "上周完工")}
        meeting = recorded(replace(theme_day, held_at=at(20), followups=heard))
        task.refresh_from_db()
        assert (task.outcome, task.done_on) == ("done", datetime.date(2026, 11, 20))
        assert entry_of(meeting).followups == heard
        after = replace(theme_day, held_at=at(21))
        assert [str(one) for one in open_tasks(village.branch, after)] == ["问清路灯的价钱"]

    def test_what_is_still_going_on_is_asked_for_again(self, village, theme_day, given, recorded):
        task = Task.objects.get(text="修缮活动室")
        recorded(replace(theme_day, held_at=at(20), followups={task.pk: FollowUpEntry("going")}))
        assert task in open_tasks(village.branch, replace(theme_day, held_at=at(21)))

    def test_the_latest_meeting_has_the_last_word_whatever_came_in_last(self, theme_day, given, recorded):
        task = Task.objects.get(text="修缮活动室")
        recorded(replace(theme_day, held_at=at(20), followups={task.pk: FollowUpEntry("done")}))
        recorded(replace(theme_day, held_at=at(12), followups={task.pk: FollowUpEntry("going")}))
        task.refresh_from_db()
        assert task.outcome == "done"

    def test_a_record_that_is_withdrawn_takes_its_word_back(
        self, theme_day, given, recorded, branch_secretary
    ):
        task = Task.objects.get(text="修缮活动室")
        meeting = recorded(replace(theme_day, held_at=at(20), followups={task.pk: FollowUpEntry("done")}))
        services.withdraw(meeting, reason="记错了", by=branch_secretary)
        task.refresh_from_db()
        assert (task.outcome, task.done_on) == ("open", None)


class TestWhoCameLate:
    def test_they_are_present(self, village, general_meeting, recorded):
        late = village.people[3]
        meeting = recorded(replace(general_meeting, late=frozenset({late.pk})))
        row = meeting.attendances.get(member=late)
        assert (row.presence, row.reason, row.late) == ("present", "", True)
        assert entry_of(meeting).late == {late.pk}

    def test_who_did_not_come_did_not_come_late(self, village, theme_day, recorded):
        away = village.people[3]
        meeting = recorded(replace(theme_day, late=frozenset({away.pk}), absences={away.pk: "duty"}))
        assert meeting.attendances.get(member=away).late is False


class TestWhoIsNotCounted:
    """Twelve voters: four fifths are ten; with two left out by their papers, of ten eight are enough."""

    @pytest.fixture
    def election(self, village, general_meeting):
        vote = ResolutionEntry(
            "选举书记",
            matter=Matter.ELECTION,
            voting=Voting.SECRET,
            seats=1,
            candidates=(CandidateEntry("党员00", 7, 1),),
        )
        away = {one.pk: "away" for one in village.people[8:]}
        return replace(general_meeting, absences=away, resolutions=(vote,))

    def out(self, village, papers=PAPERS):
        return {one.pk: papers for one in village.people[8:10]}

    def test_without_papers_too_few_came(self, election, recorded):
        assert recorded(election).resolutions.get().valid is False

    def test_with_papers_the_others_are_enough(self, village, election, recorded):
        meeting = recorded(replace(election, exclusions=self.out(village)))
        resolution = meeting.resolutions.get()
        assert (resolution.valid, resolution.passed) == (True, True)
        assert resolution.ruling.startswith("应到有选举权 10 人，实到 8 人，达到五分之四，选举有效。")
        assert meeting.attendances.filter(excluded=True).count() == 2
        assert entry_of(meeting).exclusions == self.out(village)

    @pytest.mark.parametrize("lacking", [{"paper": ""}, {"agreed_on": None}])
    def test_one_paper_is_not_enough(self, village, election, recorded, lacking):
        exclusions = self.out(village, replace(PAPERS, **lacking))
        sentences = [
            sentence for _, sentence in refusals_of(recorded, replace(election, exclusions=exclusions))
        ]
        assert sentences == [
            "党员08不计入应到，要写上级同意的文号和党员大会通过的日子。",
            "党员09不计入应到，要写上级同意的文号和党员大会通过的日子。",
        ]

    def test_who_comes_is_counted(self, village, election, recorded):
        came = {pk: reason for pk, reason in election.absences.items() if pk != village.people[8].pk}
        vote = replace(election.resolutions[0], candidates=(CandidateEntry("党员00", 8, 1),))
        entry = replace(election, absences=came, resolutions=(vote,), exclusions=self.out(village))
        assert recorded(entry).resolutions.get().ruling.startswith("应到有选举权 11 人，实到 9 人，")

    @pytest.mark.parametrize(
        ("matter", "expected"), [(Matter.DISPOSAL, 10), (Matter.DISCIPLINE, 12), (Matter.COMMENDATION, 12)]
    )
    def test_only_elections_and_disposals_leave_anybody_out(
        self, village, election, recorded, matter, expected
    ):
        vote = ResolutionEntry("作出决定", matter=matter)
        entry = replace(election, resolutions=(vote,), exclusions=self.out(village))
        ruling = recorded(entry).resolutions.get().ruling
        assert ruling.startswith(f"应到有表决权 {expected} 人，实到 8 人，")


class TestOneByOne:
    """Whoever is admitted is discussed and voted on alone (MEET-12)."""

    ADMISSION = ResolutionEntry("", matter=Matter.ADMISSION, voting=Voting.SECRET)

    @pytest.mark.parametrize(
        ("about", "sentence"),
        [
            ("", "“接收预备党员”请写明讨论的是谁。"),
            ("王芳、李强", "要逐个讨论、逐个表决：一项只写一个人，其他人另加一项。"),
            ("王芳,李强", "要逐个讨论、逐个表决：一项只写一个人，其他人另加一项。"),
        ],
    )
    def test_nobody_and_two_are_refused(self, general_meeting, recorded, about, sentence):
        vote = replace(self.ADMISSION, text="接收预备党员", about=about)
        entry = replace(general_meeting, resolutions=(vote,))
        assert refusals_of(recorded, entry) == [("resolutions-0-about", sentence)]

    def test_each_has_a_resolution_of_their_own(self, general_meeting, recorded):
        votes = tuple(replace(self.ADMISSION, about=name) for name in ("王芳", "李和平"))
        meeting = recorded(replace(general_meeting, resolutions=votes))
        told = [(one.text, one.passed) for one in meeting.resolutions.all()]
        assert told == [("接收预备党员：王芳", True), ("接收预备党员：李和平", True)]


class TestWhatWasLeftOpen:
    @pytest.mark.parametrize("minutes", ["学习了《　》。", "学习了《》。", "参加 ＿＿ 人"])
    def test_a_gap_of_a_ready_phrase_is_asked_for(self, theme_day, recorded, minutes):
        assert refusals_of(recorded, replace(theme_day, minutes=minutes)) == [
            ("minutes", "记录里还有没填的空（《　》或＿＿），请补上或者删掉。")
        ]

    def test_dissent_and_an_earlier_discussion_are_kept(self, general_meeting, committee_meeting, recorded):
        before = recorded(replace(committee_meeting, held_at=at(3)))
        vote = replace(REPAIR, against=2, dissent="两人觉得太贵。", discussed_in_id=before.pk)
        meeting = recorded(replace(general_meeting, kinds=(Kind.GENERAL_MEETING,), resolutions=(vote,)))
        row = meeting.resolutions.get()
        assert (row.dissent, row.discussed_in) == ("两人觉得太贵。", before)
