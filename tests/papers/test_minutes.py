"""The minutes as a Word file: everything that the record says, in the customary form."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from docx.oxml.ns import qn

from apps.accounts.models import User
from apps.audit.models import Deed
from apps.meetings.models import Candidate, Cause, FollowUp, Meeting, MeetingRevision, Task
from apps.papers import queries, services
from apps.papers.kinds import Paper
from apps.papers.records import count_ordinals, paragraphs_of
from tests.attachments.pictures import a_photo
from tests.factories import AttendanceFactory, ResolutionFactory
from tests.papers.conftest import Held, Village, lines_of, opened, rows_of

pytestmark = pytest.mark.django_db


def printed(meeting, by: User, paper: Paper = Paper.MINUTES):
    return opened(services.print_record(queries.record_for(by, meeting.pk), paper, by=by))


def test_the_head_says_when_where_and_who(held: Held, village: Village, branch_secretary: User) -> None:
    held("2026-01-05")
    away = {village.people[2]: "away", village.people[3]: "illness"}
    meeting = held(away=away, guests="镇党委组织委员吴晓", late_reason="记录人外出看病")
    meeting.attendances.filter(member=village.people[4]).update(late=True)

    rows = rows_of(printed(meeting, branch_secretary))

    assert rows[:4] == [
        ["会议名称", "2026年第2次主题党日"],
        ["主　　题", "学习党章"],
        ["时　　间", "2026年11月5日 15:00", "地　　点", "村党群服务中心"],
        ["主 持 人", "党员00", "记 录 人", "党员01"],
    ]
    assert rows[4] == ["补录原因", "记录人外出看病"]
    assert rows[5] == ["到会情况", "应到 13 人，实到 11 人，缺席 2 人；有表决权 12 人，到会 10 人。"]
    assert rows[7:] == [
        ["晚到人员", "党员04"],
        ["缺席人员\n及 原 因", "党员02（流动外出）、党员03（病假）"],
        ["列席人员", "镇党委组织委员吴晓"],
    ]


def test_agenda_items_are_headings_and_the_text_follows(held: Held, branch_secretary: User) -> None:
    meeting = held(minutes="一、学习党章\n党员00领学。\n\n二、讨论修路。大家都同意。")

    document = printed(meeting, branch_secretary)

    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["一、学习党章"] == "记录标题"
    assert styles["党员00领学。"] == "记录正文"
    assert styles["二、讨论修路。大家都同意。"] == "记录末段"


def test_a_vote_is_written_with_its_ruling_source_and_dissent(held: Held, branch_secretary: User) -> None:
    meeting = held(kinds=["general_meeting"])
    ResolutionFactory(
        meeting=meeting,
        number=1,
        in_favour=10,
        abstained=2,
        valid=True,
        passed=True,
        ruling="赞成 10 人，超过半数，通过。",
        rule="MEET-11",
        dissent="党员05认为可以再等一年。",
        responsible="党员01",
        due_on=datetime.date(2026, 12, 5),
    )

    source = "《中国共产党支部工作条例（试行）》第十一条"
    assert lines_of(printed(meeting, branch_secretary))[-7:] == [
        "表决和决议",
        "1. 修缮活动室",
        f"一般事项，举手表决，赞成10票，反对0票，弃权2票。赞成 10 人，超过半数，通过。（{source}）",
        "不同意见：党员05认为可以再等一年。",
        "责任人：党员01。完成时限：2026年12月5日。",
        "主持人（签字）：____________　记录人（签字）：____________",
        "　　　　年　　月　　日",
    ]


def test_an_election_names_each_candidate(held: Held, branch_secretary: User) -> None:
    meeting = held(kinds=["general_meeting"])
    election = ResolutionFactory(
        meeting=meeting,
        number=1,
        matter="election",
        text="选举支部委员会",
        voting="secret",
        seats=2,
        ballots_issued=12,
        ballots_returned=12,
        ballots_void=1,
    )
    for number, (name, votes, elected) in enumerate((("甲", 11, True), ("乙", 5, False)), 1):
        Candidate.objects.create(
            resolution=election, number=number, name=name, in_favour=votes, valid=True, elected=elected
        )

    said = lines_of(printed(meeting, branch_secretary))

    assert "选举支部委员会，无记名投票，应选2名，发出选票12张，收回12张，废票1张。" in said
    assert "甲：赞成11票，不赞成0票，弃权0票，当选。" in said
    assert "乙：赞成5票，不赞成0票，弃权0票，未当选。" in said


def test_tasks_and_what_became_of_the_last_ones(held: Held, village: Village, branch_secretary: User) -> None:
    before = held("2026-10-05")
    task = Task.objects.create(meeting=before, number=1, text="清理河道", member=village.people[5])
    meeting = held()
    FollowUp.objects.create(meeting=meeting, task=task, outcome="done", remark="10月20日完工")
    Task.objects.create(
        meeting=meeting, number=1, text="看望党员", responsible="妇女主任", due_on=datetime.date(2026, 11, 30)
    )

    said = lines_of(printed(meeting, branch_secretary))

    assert said[2:4] == ["上次决定的落实", "1. 清理河道（党员05）：已办成，10月20日完工。"]
    assert "1. 看望党员，责任人：妇女主任，完成时限：2026年11月30日。" in said


def test_a_decision_is_not_said_twice_as_a_task(held: Held, branch_secretary: User) -> None:
    meeting = held(kinds=["general_meeting"])
    decision = ResolutionFactory(meeting=meeting, number=1)
    Task.objects.create(meeting=meeting, resolution=decision, number=1, text="修缮活动室")

    assert "会后要办的事" not in lines_of(printed(meeting, branch_secretary))


def test_a_draft_says_that_it_is_one(held: Held, branch_secretary: User) -> None:
    meeting = held(state="draft", submitted_at=None)

    assert lines_of(printed(meeting, branch_secretary))[2] == "（草稿，还没有交上）"


def test_an_empty_record_still_opens(village: Village, held: Held, branch_secretary: User) -> None:
    meeting = held(minutes="", topic="", place="", host=None, recorder=None)
    meeting.attendances.all().delete()

    document = printed(meeting, branch_secretary)

    assert rows_of(document)[1] == ["主　　题", ""]
    assert "{{" not in document.element.xml


def test_long_minutes_flow_and_rows_of_names_may_break(held: Held, branch_secretary: User) -> None:
    meeting = held(minutes="\n".join(f"第{number}段，" + "内容" * 60 for number in range(120)))

    document = printed(meeting, branch_secretary)

    assert len([text for text in lines_of(document) if text.startswith("第")]) == 120
    names = document.tables[0].rows[5]
    assert names.cells[0].text == "到会人员"
    assert names._tr.trPr.find(qn("w:cantSplit")) is None


def test_taking_a_paper_is_a_deed(held: Held, branch_secretary: User) -> None:
    meeting = held()

    printed(meeting, branch_secretary)

    deed = Deed.objects.get(action="papers.print")
    assert (deed.object_id, deed.detail, deed.organization_path) == (
        str(meeting.pk),
        {"paper": "minutes"},
        meeting.organization.path,
    )


def test_the_name_of_the_file_is_safe_and_says_what_it_is(held: Held, branch_secretary: User) -> None:
    meeting = held(topic="学习/讨论：“修路”?" + "长" * 80)

    file = services.print_record(
        queries.record_for(branch_secretary, meeting.pk), Paper.MINUTES, by=branch_secretary
    )

    assert file.name == ("2026-11-05 主题党日 会议记录 学习_讨论：“修路”_" + "长" * 80)[:60] + ".docx"


def test_somebody_left_out_of_the_expected_is_named_with_the_papers(
    held: Held, village: Village, branch_secretary: User
) -> None:
    meeting = held(away={village.people[6]: "frail"})
    meeting.attendances.filter(member=village.people[6]).update(
        excluded=True,
        exclusion="bedridden",
        exclusion_paper="河委〔2026〕12号",
        exclusion_agreed_on=datetime.date(2026, 10, 8),
    )

    rows = dict(row for row in rows_of(printed(meeting, branch_secretary)) if len(row) == 2)

    assert rows["不 计 入\n应　　到"] == (
        "党员06（年老体弱卧床、长期生病生活不能自理，河委〔2026〕12号，党员大会2026年10月8日通过）"
    )


def test_group_meetings_are_counted_by_group() -> None:
    day = datetime.date(2026, 3, 1)
    rows = [(pk, 5, group, ["group_meeting"], day) for pk, group in ((1, 1), (2, 2), (3, 1))]

    assert count_ordinals(rows) == {(1, "group_meeting"): 1, (2, "group_meeting"): 1, (3, "group_meeting"): 2}


def test_each_year_is_counted_anew() -> None:
    rows = [
        (1, 5, None, ["theme_day", "lesson"], datetime.date(2025, 12, 5)),
        (2, 5, None, ["theme_day"], datetime.date(2026, 1, 5)),
    ]

    assert count_ordinals(rows) == {(1, "theme_day"): 1, (1, "lesson"): 1, (2, "theme_day"): 1}


def test_a_long_line_is_text_even_when_it_begins_like_a_heading() -> None:
    assert [line["是标题"] for line in paragraphs_of("一、学习党章\n一、" + "字" * 50 + "\n二、散会。")] == [
        True,
        False,
        False,
    ]


def test_the_sign_in_sheet_afterwards_has_who_was_there(
    held: Held, village: Village, branch_secretary: User
) -> None:
    meeting = held(away={village.people[0]: "personal"}, guests="吴晓、镇长")

    document = printed(meeting, branch_secretary, Paper.SIGN_IN)

    people = rows_of(document, 1)
    assert people[1] == ["1", "党员00", "有", "", "事假", "2", "党员01", "有", "", "到会"]
    assert people[7] == ["13", "预备甲", "无", "", "到会", "", "", "", "", ""]
    assert [row[0] for row in rows_of(document, 2)] == ["列席人员姓名", "吴晓", "镇长", "", ""]


def test_120_people_fit_two_to_a_row(held: Held, village: Village, branch_secretary: User) -> None:
    meeting = held()
    for _ in range(107):
        AttendanceFactory(meeting=meeting)

    people = rows_of(printed(meeting, branch_secretary, Paper.SIGN_IN), 1)

    assert len(people) == 61
    assert [people[-1][0], people[-1][5]] == ["119", "120"]


class TestACorrectedRecord:
    @pytest.fixture
    def corrected(self, held: Held, branch_secretary: User) -> Meeting:
        meeting = held()
        with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
            for number, (cause, reason) in enumerate(
                [(Cause.REOPENED, "地点"), (Cause.CORRECTED, "人数记错了"), (Cause.CORRECTED, "漏了一段")], 1
            ):
                MeetingRevision.objects.create(
                    meeting=meeting, number=number, cause=cause, reason=reason, record={}, by=branch_secretary
                )
        return meeting

    @pytest.mark.parametrize("paper", [Paper.MINUTES, Paper.RECORD_BOOK])
    def test_says_so_on_paper_with_each_reason(
        self, corrected: Meeting, branch_secretary: User, paper: Paper
    ) -> None:
        said = [line for line in lines_of(printed(corrected, branch_secretary, paper)) if "更正" in line]

        assert said == [
            f"（第1次更正，2026年12月20日，{branch_secretary}：人数记错了）",
            f"（第2次更正，2026年12月20日，{branch_secretary}：漏了一段）",
        ]

    def test_and_on_the_page_that_the_browser_prints(
        self, corrected: Meeting, signed_in: Any, branch_secretary: User
    ) -> None:
        page = signed_in(branch_secretary).get(f"/papers/records/{corrected.pk}/").content.decode()

        assert f"（第2次更正，2026年12月20日，{branch_secretary}：漏了一段）" in page


def test_the_record_book_says_how_many_photos_are_kept(held: Held, branch_secretary: User) -> None:
    meeting, without = held(), held("2026-11-06")
    for colour in ("red", "blue"):
        a_photo(meeting, by=branch_secretary, colour=colour)

    def kept(row: Meeting) -> list[str]:
        (table,) = printed(row, branch_secretary, Paper.RECORD_BOOK).tables
        return [row.cells[1].text for row in table.rows if row.cells[0].text == "照　　片"]

    assert (kept(meeting), kept(without)) == (["2 张，存在系统里。"], [])
