"""After the month's cut-off a record is locked: it changes only by a correction beside the old."""

import datetime
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.db import InternalError, connection, transaction

from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.meetings import services
from apps.meetings.entries import (
    CandidateEntry,
    Edit,
    ExclusionEntry,
    FollowUpEntry,
    ResolutionEntry,
    TaskEntry,
)
from apps.meetings.frozen import freeze, lines_of
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Meeting, MeetingRevision, MonthlyCount, Voting
from apps.meetings.models.guards import CONTENT
from apps.meetings.reading import entry_of
from apps.meetings.revisions import version_of, versions_of
from tests.factories import MemberFactory, PartyGroupFactory
from tests.meetings.conftest import TODAY

CUT_OFF = datetime.datetime(2026, 12, 5, 23, 0, tzinfo=CHINA)
AFTER = CUT_OFF + datetime.timedelta(hours=2)


def decision(**votes):
    due = datetime.date(2026, 12, 31)
    return ResolutionEntry("修活动室", responsible="党员00", due_on=due, **votes)


@pytest.fixture
def corrected(branch_secretary):
    """Correct a record as the branch's secretary."""

    def correct(meeting, entry, *, reason="地点写错了", by=branch_secretary, **edit):
        meeting.refresh_from_db()
        sent = Edit(meeting.client_key, **{"version": meeting.version, "page": uuid4(), **edit})
        return services.correct(entry, meeting=meeting, edit=sent, reason=reason, by=by)

    return correct


@pytest.fixture
def locked(recorded, theme_day):
    """A theme day of November, on the sixth of December."""
    meeting = recorded(theme_day)
    with time_machine.travel(AFTER, tick=False):
        yield meeting


class TestLocking:
    def test_a_record_is_open_until_the_cut_off_and_locked_after_it(self, recorded, theme_day):
        meeting = recorded(theme_day)

        assert (meeting.locks_on, meeting.is_locked) == (datetime.date(2026, 12, 5), False)
        with time_machine.travel(CUT_OFF, tick=False):
            assert meeting.is_locked is False
        with time_machine.travel(AFTER, tick=False):
            assert meeting.is_locked is True

    def test_a_late_record_may_be_taken_back_on_its_own_day(self, recorded, theme_day):
        october = datetime.datetime(2026, 10, 9, 15, 0, tzinfo=CHINA)
        meeting = recorded(replace(theme_day, held_at=october, late_reason="山里没有信号"))

        assert (meeting.locks_on, meeting.is_locked) == (TODAY.date(), False)
        with time_machine.travel(TODAY + datetime.timedelta(days=1), tick=False):
            assert meeting.is_locked is True

    def test_a_later_setting_of_the_cut_off_unlocks_nothing(self, locked, settings):
        settings.PARTYBUILD_MONTHLY_CUTOFF_DAY = 28

        locked.refresh_from_db()
        assert (locked.locks_on, locked.is_locked) == (datetime.date(2026, 12, 5), True)

    def test_a_locked_record_is_not_taken_back(self, locked, branch_secretary):
        with pytest.raises(Refused, match="已经锁定。要改，请点“更正”"):
            services.reopen(locked, reason="改一下", by=branch_secretary)

    def test_the_office_returns_it_with_a_reason_and_the_old_stays(self, locked, township_officer):
        services.return_meeting(locked, reason="人数不对", by=township_officer)

        old = MeetingRevision.objects.get()
        assert (old.number, old.cause, old.reason, old.by) == (1, "returned", "人数不对", township_officer)


class TestCorrecting:
    def test_the_old_stays_beside_the_new_with_reason_and_name(
        self, locked, corrected, theme_day, branch_secretary
    ):
        corrected(locked, replace(theme_day, place="田间地头"))

        locked.refresh_from_db()
        (version,) = versions_of(locked)
        assert (locked.place, locked.state, locked.is_locked) == ("田间地头", "submitted", True)
        assert (version.number, version.cause, version.reason) == (2, "更正", "地点写错了")
        assert version.who == str(branch_secretary)
        assert [(one.title, one.before, one.after) for one in version.changes] == [
            ("地点", "村党群服务中心", "田间地头")
        ]

    def test_it_counts_all_the_while_and_as_in_time(self, locked, corrected, theme_day):
        came = locked.submitted_at

        corrected(locked, replace(theme_day, place="田间地头"))

        locked.refresh_from_db()
        assert (locked.submitted_at, locked.counted_kinds) == (came, ["theme_day"])
        assert MonthlyCount.objects.get(kind="theme_day").meetings == 1

    def test_who_was_there_is_corrected_and_counted_anew(self, locked, corrected, theme_day, village):
        absent = village.people[4]

        corrected(locked, replace(theme_day, absences={absent.pk: "illness"}))

        (version,) = versions_of(locked)
        assert [(one.title, one.before, one.after) for one in version.changes] == [
            (
                "人数",
                "应到 13，实到 13；有表决权 12 人，到会 12 人",
                "应到 13，实到 12；有表决权 12 人，到会 11 人",
            ),
            ("到会", absent.name, ""),
            ("没有到会", "", f"{absent.name}（病假）"),
        ]
        assert MonthlyCount.objects.get(kind="theme_day").present == 12

    def test_each_old_version_is_readable_whole(self, locked, corrected, theme_day):
        corrected(locked, replace(theme_day, place="田间地头"))
        corrected(locked, replace(theme_day, place="村小学"), reason="又写错了")

        said = [(one.number, one.reason) for one in versions_of(locked)]
        assert said == [(3, "又写错了"), (2, "地点写错了")]
        first, lines = version_of(locked, 1)
        assert dict(lines)["地点"] == "村党群服务中心"
        assert dict(lines)["记录"] == theme_day.minutes
        assert dict(version_of(locked, 2)[1])["地点"] == "田间地头"
        assert first.number == 1

    def test_resolutions_are_in_the_old_version_with_their_votes(self, recorded, corrected, general_meeting):
        before = replace(general_meeting, resolutions=(decision(against=1),))
        meeting = recorded(before)

        corrected(meeting, replace(before, resolutions=(decision(against=2),)))

        (change,) = versions_of(meeting)[0].changes
        assert (change.title, change.before.count("反对 1"), change.after.count("反对 2")) == ("决定 1", 1, 1)

    def test_every_vote_of_an_election_is_compared(self, recorded, corrected, general_meeting):
        def ballot(**more):
            people = (CandidateEntry("党员01", 11, 1), CandidateEntry("党员02", **{"against": 12, **more}))
            return ResolutionEntry("选举代表", Matter.DELEGATES, Voting.SECRET, seats=1, candidates=people)

        before = replace(general_meeting, resolutions=(ballot(),))
        meeting = recorded(before)

        corrected(meeting, replace(before, resolutions=(ballot(against=11, abstained=1),)))

        (change,) = versions_of(meeting)[0].changes
        assert change.title == "决定 1"
        assert "党员02 赞成 0，不赞成 12，弃权 0" in change.before.splitlines()
        assert "党员02 赞成 0，不赞成 11，弃权 1" in change.after.splitlines()

    def test_who_is_not_counted_is_told_with_the_papers_and_still_expected(
        self, recorded, corrected, general_meeting, village
    ):
        away = village.people[8]
        papers = ExclusionEntry("abroad", "河口组〔2026〕3 号", datetime.date(2026, 10, 8))
        vote = ResolutionEntry("给予处置", matter=Matter.DISPOSAL)
        before = replace(
            general_meeting,
            absences={away.pk: "away"},
            exclusions={away.pk: papers},
            resolutions=(vote,),
        )
        meeting = recorded(before)

        corrected(meeting, replace(before, exclusions={away.pk: replace(papers, paper="河口组〔2026〕4 号")}))

        (change,) = versions_of(meeting)[0].changes
        said = "流动外出；不计入应到：自费出国半年以上，河口组〔2026〕{} 号，2026-10-08"
        assert (change.title, change.before, change.after) == (
            "没有到会",
            f"{away.name}（{said.format(3)}）",
            f"{away.name}（{said.format(4)}）",
        )
        assert dict(version_of(meeting, 1)[1])["人数"].startswith("应到 13，实到 12；")

    def test_who_left_the_group_since_stays_in_its_old_record(
        self, recorded, corrected, theme_day, village, locked
    ):
        group = PartyGroupFactory(branch=village.branch)
        for one in village.people[:4]:
            one.group = group
            one.save()
        entry = replace(theme_day, kinds=(Kind.GROUP_MEETING,), group_id=group.pk)
        meeting = recorded(replace(entry, late_reason="农忙，没顾上"))
        moved, newcomer = village.people[3], village.people[5]
        moved.group, newcomer.group = None, group
        moved.save()
        newcomer.save()

        corrected(meeting, replace(entry, late_reason="农忙，没顾上", place="田间地头"))

        expected = meeting.attendances.values_list("member_id", flat=True)
        assert set(expected) == {one.pk for one in village.people[:4]}

    def test_another_month_counts_there_and_no_more_here(self, locked, corrected, theme_day):
        december = datetime.datetime(2026, 12, 3, 15, 0, tzinfo=CHINA)

        corrected(locked, replace(theme_day, held_at=december))

        locked.refresh_from_db()
        counts = MonthlyCount.objects.filter(kind="theme_day").values_list("month", "meetings")
        assert [(str(month), meetings) for month, meetings in counts] == [("2026-12", 1)]
        assert (locked.locks_on, locked.is_locked) == (datetime.date(2027, 1, 5), False)

    def test_a_reason_is_asked_for_and_something_to_correct(self, locked, corrected, theme_day):
        with pytest.raises(Refused, match="请写明更正的原因"):
            corrected(locked, replace(theme_day, place="田间地头"), reason=" ")
        with pytest.raises(Refused, match="没有要更正的"):
            corrected(locked, theme_day)
        assert MeetingRevision.objects.count() == 0

    def test_what_may_not_be_handed_in_may_not_be_corrected_to(self, locked, corrected, theme_day):
        with pytest.raises(services.Incomplete):
            corrected(locked, replace(theme_day, place=""))
        locked.refresh_from_db()
        assert (locked.place, MeetingRevision.objects.count()) == ("村党群服务中心", 0)

    def test_two_corrections_from_the_same_version_lose_nothing(self, locked, corrected, theme_day):
        version = locked.version
        corrected(locked, replace(theme_day, place="田间地头"), version=version)

        with pytest.raises(services.Overwritten):
            corrected(locked, replace(theme_day, topic="另一个主题"), version=version)

    def test_the_same_page_sent_twice_is_one_correction(self, locked, corrected, theme_day):
        page = uuid4()
        for _ in range(2):
            corrected(locked, replace(theme_day, place="田间地头"), page=page)

        assert MeetingRevision.objects.count() == 1

    def test_a_draft_is_not_corrected_but_written_on(self, kept, corrected, theme_day):
        draft = kept(theme_day)

        with pytest.raises(Refused, match="不用更正，可以直接改"):
            corrected(draft, replace(theme_day, place="田间地头"))

    def test_a_version_says_the_same_for_ever(self, locked, corrected, theme_day):
        corrected(locked, replace(theme_day, place="田间地头"))

        with pytest.raises(InternalError, match="append_only"), transaction.atomic():
            MeetingRevision.objects.update(reason="别的原因")
        with pytest.raises(InternalError, match="append_only"), transaction.atomic():
            MeetingRevision.objects.all().delete()


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


SOMEBODY_MORE = """
    INSERT INTO meetings_attendance
        (meeting_id, member_id, presence, reason, may_vote, late, excluded, exclusion, exclusion_paper)
    SELECT %s, id, 'present', '', true, false, false, '', '' FROM members_member WHERE name = '外人'
"""
REFUSED = "was handed in: it changes only beside a revision"
OTHER_VOTES = """
    UPDATE meetings_candidate SET in_favour = 0
    WHERE resolution_id IN (SELECT id FROM meetings_resolution WHERE meeting_id = %s)
"""
NO_CANDIDATE = """
    DELETE FROM meetings_candidate
    WHERE resolution_id IN (SELECT id FROM meetings_resolution WHERE meeting_id = %s)
"""
SOMETHING_MORE = """
    INSERT INTO meetings_task (meeting_id, number, text, responsible, outcome)
    VALUES (%s, 150, 'x', '', 'open')
"""


@pytest.mark.django_db(transaction=True)
class TestTheDatabaseHolds:
    """Whoever writes, past all services: raw SQL, in transactions of its own."""

    @pytest.fixture
    def election(self, general_meeting, recorded):
        """Handed in, with an election of one and something to do."""
        ballot = ResolutionEntry(
            "选举代表", Matter.DELEGATES, Voting.SECRET, seats=1,
            candidates=(CandidateEntry("党员01", 12), CandidateEntry("党员02", 0, 12)),
        )  # fmt: skip
        return recorded(replace(general_meeting, resolutions=(ballot,), tasks=(TaskEntry("问价钱", "王五"),)))

    @pytest.fixture
    def heard(self, election, theme_day, recorded):
        """The next meeting, which heard that it is done."""
        (task,) = election.tasks.all()
        later = datetime.datetime(2026, 11, 20, 15, tzinfo=CHINA)
        return recorded(replace(theme_day, held_at=later, followups={task.pk: FollowUpEntry("done")}))

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE meetings_meeting SET minutes = 'x' WHERE id = %s",
            "UPDATE meetings_meeting SET held_at = held_at - interval '1 day' WHERE id = %s",
            "UPDATE meetings_meeting SET state = 'returned' WHERE id = %s",
            "UPDATE meetings_meeting SET begun_in = txid_current() WHERE id = %s",
            "UPDATE meetings_meeting SET state = 'draft', minutes = 'x' WHERE id = %s",
            "UPDATE meetings_attendance SET may_vote = false WHERE meeting_id = %s",
            "DELETE FROM meetings_attendance WHERE meeting_id = %s",
            "DELETE FROM meetings_resolution WHERE meeting_id = %s",
            "UPDATE meetings_resolution SET in_favour = 1 WHERE meeting_id = %s",
            SOMEBODY_MORE,
        ],
    )
    def test_that_a_handed_in_record_does_not_change_without_a_revision(
        self, statement, recorded, general_meeting, county
    ):
        meeting = recorded(replace(general_meeting, resolutions=(decision(),)))
        MemberFactory(branch=county.branch, name="外人")

        with pytest.raises(InternalError, match=REFUSED):
            sql(statement, meeting.pk)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE meetings_task SET text = 'x' WHERE meeting_id = %s",
            "UPDATE meetings_task SET due_on = '2030-01-01' WHERE meeting_id = %s",
            "DELETE FROM meetings_task WHERE meeting_id = %s",
            SOMETHING_MORE,
            OTHER_VOTES,
            NO_CANDIDATE,
        ],
    )
    def test_that_neither_do_its_tasks_and_candidates(self, statement, election):
        with pytest.raises(InternalError, match=REFUSED):
            sql(statement, election.pk)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE meetings_followup SET remark = 'x' WHERE meeting_id = %s",
            "DELETE FROM meetings_followup WHERE meeting_id = %s",
        ],
    )
    def test_that_what_a_record_heard_stays_as_it_was_heard(self, statement, heard):
        with pytest.raises(InternalError, match=REFUSED):
            sql(statement, heard.pk)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE meetings_task SET meeting_id = %s WHERE meeting_id = %s",
            "UPDATE meetings_resolution SET meeting_id = %s WHERE meeting_id = %s",
        ],
    )
    def test_that_nothing_is_moved_out_of_a_record(self, election, kept, theme_day, statement):
        draft = kept(replace(theme_day, topic="另一次"))

        with pytest.raises(InternalError, match=REFUSED):
            sql(statement, draft.pk, election.pk)

    def test_that_the_next_meeting_says_how_its_tasks_stand(
        self, election, heard, corrected, branch_secretary
    ):
        (task,) = election.tasks.all()
        assert (task.outcome, str(task.done_on)) == ("done", "2026-11-20")

        corrected(heard, replace(entry_of(heard), followups={task.pk: FollowUpEntry("going")}))
        services.withdraw(heard, reason="记重了", by=branch_secretary)

        task.refresh_from_db()
        assert (task.outcome, task.done_on) == ("open", None)

    def test_that_a_correction_still_changes_them(self, election, corrected):
        (task,) = election.tasks.all()

        corrected(election, replace(entry_of(election), tasks=(TaskEntry("问清价钱", "李四"),)))

        task.refresh_from_db()
        assert (task.text, task.responsible) == ("问清价钱", "李四")

    def test_that_a_withdrawn_record_stays_as_it_was(self, recorded, theme_day, branch_secretary):
        meeting = services.withdraw(recorded(theme_day), reason="记重了", by=branch_secretary)

        with pytest.raises(InternalError, match=REFUSED):
            sql("UPDATE meetings_meeting SET minutes = 'x' WHERE id = %s", meeting.pk)
        for state in ("submitted", "draft", "returned"):
            with pytest.raises(InternalError, match=REFUSED):
                sql("UPDATE meetings_meeting SET state = %s WHERE id = %s", state, meeting.pk)

    def test_that_no_record_is_deleted(self, kept, theme_day):
        with pytest.raises(InternalError, match="Cannot delete"):
            sql("DELETE FROM meetings_meeting WHERE id = %s", kept(theme_day).pk)

    def test_that_a_revision_opens_its_own_record_only_and_only_in_its_transaction(
        self, recorded, theme_day, branch_secretary, corrected
    ):
        meeting = recorded(theme_day)
        other = recorded(replace(theme_day, topic="另一次"), apart=True)
        corrected(meeting, replace(theme_day, place="田间地头"))

        for one in (meeting, other):
            with pytest.raises(InternalError, match=REFUSED):
                sql("UPDATE meetings_meeting SET minutes = 'x' WHERE id = %s", one.pk)

    def test_that_every_step_of_the_services_passes(
        self, recorded, theme_day, corrected, branch_secretary, township_officer
    ):
        meeting = recorded(theme_day)
        services.return_meeting(meeting, reason="缺地点", by=township_officer)
        again = Edit(meeting.client_key, version=Meeting.objects.get(pk=meeting.pk).version, page=uuid4())
        services.record_meeting(
            replace(theme_day, place="礼堂"),
            organization=meeting.organization,
            edit=again,
            by=branch_secretary,
        )
        services.reopen(meeting, reason="再改", by=branch_secretary)
        services.submit(meeting, by=branch_secretary)
        corrected(meeting, replace(theme_day, place="田间地头"))
        services.withdraw(meeting, reason="记重了", by=branch_secretary)

        assert [row.cause for row in meeting.revisions.all()] == ["returned", "reopened", "corrected"]


def test_every_field_of_a_record_is_content_or_known_not_to_be():
    """A new field of words must be guarded; what the rules compute or the system notes need not be."""
    noted = {
        "id", "counted_kinds", "lecturer_member_id", "state", "submitted_at", "submitted_by_id", "locks_on",
        "return_reason", "withdraw_reason", "client_key", "edited_by_id", "edited_on_page", "version",
        "begun_in", "created_at", "updated_at",
    }  # fmt: skip
    assert {field.attname for field in Meeting._meta.concrete_fields} - noted == set(CONTENT)


# Keys, and what the rules computed of the rest or later meetings heard.
NOT_TYPED = {
    "id", "meeting_id", "member_id", "resolution_id", "number", "candidates", "discussed_in_id", "valid",
    "passed", "rule", "elected", "outcome", "done_on",
}  # fmt: skip
# Where a choice is stored: another one.
CHOICES = {
    "presence": "absent", "reason": "illness", "exclusion": "bedridden", "matter": "ordinary",
    "voting": "hands",
}  # fmt: skip


def other_than(name, value):
    """Something else that might have been typed there."""
    if name in CHOICES:
        return CHOICES[name]
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"别的{value}"


def test_no_version_keeps_quiet_about_what_was_typed_otherwise(
    recorded, general_meeting, committee_meeting, village
):
    """A new field of a person, a decision, a candidate or a task must be told in the words of a version."""
    away = village.people[8].pk
    ballot = ResolutionEntry(
        "选举代表", Matter.DELEGATES, Voting.SECRET, seats=1, candidates=(CandidateEntry("党员01", 11),)
    )
    talked_over = recorded(committee_meeting)
    votes = (decision(discussed_in_id=talked_over.pk), ballot)
    papers = ExclusionEntry("abroad", "河口组〔2026〕3 号", datetime.date(2026, 10, 8))
    meeting = recorded(
        replace(
            general_meeting, absences={away: "away"}, exclusions={away: papers}, resolutions=votes,
            tasks=(TaskEntry("问价钱"),),
        )
    )  # fmt: skip
    record = freeze(meeting)
    tables = {
        "people": record["attendances"],
        "decisions": record["resolutions"],
        "candidates": record["resolutions"][1]["candidates"],
        "tasks": [row for row in record["tasks"] if row["resolution_id"] is None],
    }
    before, quiet = lines_of(record), []
    for table, rows in tables.items():
        for name in sorted(set(rows[0]) - NOT_TYPED):
            kept = [row[name] for row in rows]
            for row in rows:
                row[name] = other_than(name, row[name])
            if lines_of(record) == before:
                quiet.append((table, name))
            for row, value in zip(rows, kept, strict=True):
                row[name] = value

    assert quiet == []
