"""What makes a record quick: like the last time, ready answers, headings; and who came late."""

import datetime
from dataclasses import replace

import pytest

from apps.core.calendar import CHINA
from apps.meetings.entries import ResolutionEntry
from apps.meetings.models import Meeting
from tests.factories import MemberFactory
from tests.meetings.test_record_pages import NEW, decision, errors_of

PREVIEW = "/meetings/preview/"
DUE = datetime.date(2026, 12, 22)


class TestLikeTheLastTime:
    @pytest.fixture
    def before(self, village, general_meeting, recorded):
        """One ill, one away for long; a decision."""
        ill, away = village.people[4], village.people[5]
        return recorded(
            replace(
                general_meeting,
                held_at=datetime.datetime(2026, 11, 5, 19, 30, tzinfo=CHINA),
                place="东头晒谷场",
                guests="镇组织委员",
                host_id=village.people[2].pk,
                absences={ill.pk: "illness", away.pk: "away"},
                resolutions=(ResolutionEntry("修缮活动室", responsible="党员00", due_on=DUE),),
            )
        )

    def test_people_place_host_and_hour_come_again_and_the_decisions_do_not(self, phone, village, before):
        answer = phone.get(NEW, {"like": before.pk})
        form = answer.context["form"]
        told = [
            form[name].value() for name in ("kinds", "place", "host", "begins", "guests", "topic", "minutes")
        ]
        assert told == [
            ["general_meeting"],
            "东头晒谷场",
            village.people[2].pk,
            datetime.time(19, 30),
            "镇组织委员",
            "",
            "",
        ]
        assert [(one.name, one.reason) for one in answer.context["sheet"].tiles if one.absent] == [
            ("党员05", "away")
        ]
        assert list(answer.context["resolutions"]) == []

    def test_a_draft_begun_since_does_not_stand_in_its_way(self, phone, before, kept, theme_day):
        kept(replace(theme_day, kinds=tuple(before.kinds), held_at=before.held_at + datetime.timedelta(1)))
        page = phone.get(NEW, {"kind": "general_meeting"})
        assert (page.context["last"], page.context["form"]["place"].value()) == (before, "东头晒谷场")

    def test_it_is_offered_where_a_record_is_read(self, phone, before):
        page = phone.get(f"/meetings/{before.pk}/").content.decode()
        assert f"/meetings/new/?branch=8801001&amp;like={before.pk}" in page

    def test_another_branchs_record_is_not_heard_of(self, phone, village, county, before):
        Meeting.objects.filter(pk=before.pk).update(organization=county.other_branch)
        assert phone.get(NEW, {"like": before.pk}).context["form"]["place"].value() != "东头晒谷场"

    def test_what_was_decided_is_the_first_thing_asked(self, phone, before):
        assert [(str(task), said.outcome) for task, said in phone.get(NEW).context["desk"].followups[0]] == [
            ("修缮活动室", "")
        ]

    def test_the_answer_is_kept_with_the_new_record(self, phone, filled_in, before):
        task = before.tasks.get()
        sent = {
            **filled_in,
            "held_on": "2026-11-20",
            f"followup-{task.pk}": "done",
            f"followup_words-{task.pk}": "上周完工",
            "step": "submit",
        }
        phone.post(NEW, sent)
        task.refresh_from_db()
        assert (task.outcome, task.done_on) == ("done", datetime.date(2026, 11, 20))
        page = phone.get(f"/meetings/{Meeting.objects.latest('pk').pk}/").content.decode()
        assert "修缮活动室：<b>已办成</b>，上周完工" in page


class TestReadyAnswers:
    @pytest.mark.parametrize(
        ("step", "field", "value"),
        [
            ("fill:held_on:2026-11-15", "held_on", "2026-11-15"),
            ("fill:late_reason:农忙，没顾上", "late_reason", "农忙，没顾上"),
            ("fill:minutes:学习了《　》。", "minutes", "一、学习党章第一章。\n学习了《　》。"),
        ],
    )
    def test_without_script_a_tap_fills_the_field(self, phone, filled_in, step, field, value):
        assert phone.post(NEW, {**filled_in, "step": step}).context["form"][field].value() == value

    def test_no_other_field_is_filled(self, phone, filled_in):
        answer = phone.post(NEW, {**filled_in, "step": "fill:place:别处"})
        assert answer.context["form"]["place"].value() == "村党群服务中心"

    def test_headings_at_a_tap(self, phone, filled_in):
        sent = {**filled_in, "topic": "", "minutes": "", "kinds": ["general_meeting"], **decision()}
        words = phone.post(PREVIEW, {**sent, "step": "frame"}).content.decode()
        assert "一、学习《　》\n二、讨论表决：修缮活动室</textarea>" in words

    def test_a_new_decision_gets_its_heading_while_a_record_is_written_but_not_in_a_correction(
        self, phone, filled_in, recorded, general_meeting
    ):
        sent = {**filled_in, "kinds": ["general_meeting"], **decision(), "phrased": "general_meeting"}
        words = "一、学习党章第一章。\n二、讨论表决：修缮活动室</textarea>"
        assert words in phone.post(PREVIEW, sent).content.decode()

        recorded(general_meeting, client_key=filled_in["client_key"])
        assert 'id="id_minutes"' not in phone.post(PREVIEW, sent).content.decode()

    def test_what_rarely_happens_is_folded_away(self, phone, village):
        form = phone.get(NEW).context["form"]
        assert [chip.data["value"] for chip in form.common_kinds] == [
            "theme_day",
            "lesson",
            "general_meeting",
            "committee_meeting",
        ]
        assert not form.is_rare
        assert phone.get(NEW, {"kind": "life_meeting"}).context["form"].is_rare


class TestTheDay:
    def test_a_meeting_may_go_on_past_midnight(self, phone, filled_in):
        phone.post(NEW, {**filled_in, "begins": "21:00", "ends": "00:30", "step": "submit"})
        meeting = Meeting.objects.get()
        assert meeting.ended_at == datetime.datetime(2026, 11, 6, 0, 30, tzinfo=CHINA)
        assert "11月5日 21:00 至 次日 00:30" in phone.get(f"/meetings/{meeting.pk}/").content.decode()

    @pytest.mark.parametrize(("ends", "accepted"), [("09:00", True), ("09:01", False)])
    def test_but_not_for_more_than_twelve_hours(self, phone, filled_in, ends, accepted):
        answer = phone.post(NEW, {**filled_in, "begins": "21:00", "ends": ends, "step": "draft"})
        assert (answer.status_code == 302) is accepted

    def test_who_can_host_follows_the_day(self, phone, village, filled_in):
        MemberFactory(branch=village.branch, name="新来的", joined_on=datetime.date(2026, 11, 10))
        early = phone.post(NEW, {**filled_in, "held_on": "2026-11-05", "step": "look"})
        late = phone.post(NEW, {**filled_in, "held_on": "2026-11-20", "step": "look"})
        names = [
            [name for _, name in answer.context["form"].fields["host"].choices] for answer in (early, late)
        ]
        assert [("新来的" in there) for there in names] == [False, True]


class TestWhoCameLate:
    def test_a_tile_says_so(self, phone, village, filled_in):
        late = village.people[3]
        sent = {**filled_in, "absent": [str(late.pk)], f"reason-{late.pk}": "late", "step": "submit"}
        answer = phone.post(NEW, sent, follow=True)
        meeting = Meeting.objects.get()
        assert meeting.attendances.get(member=late).late is True
        assert [str(one) for one in answer.context["messages"]] == [
            "已交上：主题党日。应到 13，实到 13（1 人来晚）。"
        ]
        assert "党员03（来晚）" in answer.content.decode()


def text(answer):
    return answer.content.decode()


class TestAnElection:
    def test_its_candidates_are_asked_for_one_by_one(self, phone, village, filled_in):
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            **decision(text="选举支部委员会", matter="election", voting="secret", seats="2"),
            "resolutions-0-candidate_0_name": "党员03",
            "resolutions-0-candidate_0_in_favour": "12",
            "resolutions-0-candidate_1_name": "党员04",
            "resolutions-0-candidate_1_in_favour": "7",
            "step": "submit",
        }
        phone.post(NEW, sent)
        [resolution] = Meeting.objects.get().resolutions.all()
        assert [(one.name, one.elected) for one in resolution.candidates.all()] == [
            ("党员03", True),
            ("党员04", True),
        ]

    def test_what_is_wrong_stands_at_the_candidate(self, phone, filled_in):
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            **decision(matter="election", voting="secret", seats="1"),
            "resolutions-0-candidate_0_name": "党员03",
            "resolutions-0-candidate_0_in_favour": "13",
            "step": "submit",
        }
        assert errors_of(phone.post(NEW, sent)) == {
            "resolutions-0-candidate_0_in_favour": ["党员03的票加起来 13 张，多于有效的 12 张。"]
        }

    def test_too_few_candidates_are_a_wish_with_its_source(self, phone, filled_in):
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            **decision(matter="election", voting="secret", seats="3"),
            "resolutions-0-candidate_0_name": "党员03",
        }
        words = phone.post(PREVIEW, sent).content.decode()
        assert "应选 3 名，候选人应有 4 名以上（差额不少于五分之一），现在是 1 名。" in words
        assert 'href="/regulations/ELEC-07/"' in words

    def test_the_absent_can_be_left_out_with_their_papers(self, phone, village, filled_in):
        away = [str(one.pk) for one in village.people[8:]]
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            "absent": away,
            **{f"reason-{pk}": "away" for pk in away},
            **decision(matter="election", voting="secret", seats="1"),
            "resolutions-0-candidate_0_name": "党员03",
            "resolutions-0-candidate_0_in_favour": "8",
            f"exclusion-{away[0]}": "abroad",
            f"exclusion_paper-{away[0]}": "河口组〔2026〕3 号",
            f"exclusion_on-{away[0]}": "2026-10-08",
            f"exclusion-{away[1]}": "abroad",
        }
        sheet = phone.post(NEW, {**sent, "step": "look"}).context["sheet"]
        assert [row.name for row in sheet.exclusions] == ["党员08", "党员09", "党员10", "党员11"]
        answer = phone.post(NEW, {**sent, "step": "submit"})
        assert errors_of(answer)["exclusions"] == [
            "党员09不计入应到，要写上级同意的文号和党员大会通过的日子。"
        ]


class TestASecretVote:
    """MEET-12, ELEC-10: chosen by itself when the matter is chosen, and never behind somebody's back."""

    @pytest.fixture
    def general(self, filled_in):
        return {**filled_in, "kinds": ["general_meeting"]}

    @pytest.mark.parametrize("matter", ["election", "delegates", "admission", "full_membership"])
    def test_comes_with_the_matter_when_the_page_is_drawn_again(self, phone, general, matter):
        sent = {**general, **decision(matter=matter, voted_on="ordinary"), "step": "look"}

        (form,) = phone.post(NEW, sent).context["resolutions"]

        assert [form[name].value() for name in ("voting", "voted_on")] == ["secret", matter]

    def test_comes_without_script_when_the_record_is_handed_in_at_once(self, phone, general):
        sent = {
            **general,
            **decision(matter="admission", voted_on="ordinary", about="王五"),
            "step": "submit",
        }

        phone.post(NEW, sent)

        assert [row.voting for row in Meeting.objects.get().resolutions.all()] == ["secret"]

    def test_is_swapped_in_while_the_form_is_open(self, phone, general):
        changed = phone.post(PREVIEW, {**general, **decision(matter="election", voted_on="ordinary")})
        same = phone.post(
            PREVIEW, {**general, **decision(matter="election", voting="secret", voted_on="election")}
        )

        assert (text(changed).count('-way"'), text(same).count('-way"')) == (1, 0)
        assert 'value="secret" id="id_resolutions-0-voting_1" checked' in text(changed)

    def test_a_show_of_hands_that_somebody_insists_on_is_refused_with_the_rule(self, phone, general):
        sent = {
            **general,
            **decision(matter="admission", voted_on="admission", about="王五"),
            "step": "submit",
        }

        assert errors_of(phone.post(NEW, sent)) == {
            "resolutions-0-voting": ["这一项要用无记名投票，请把表决方式改为无记名投票。"]
        }

    def test_an_ordinary_matter_is_left_as_it_was_chosen(self, phone, general):
        for voting in ("hands", "secret"):
            sent = decision(matter="commendation", voting=voting, voted_on="ordinary")

            (form,) = phone.post(NEW, {**general, **sent, "step": "look"}).context["resolutions"]

            assert form["voting"].value() == voting

    def test_choosing_an_election_shows_its_candidates_before_anything_is_written(self, phone, general):
        sent = decision(text="", matter="election", voted_on="ordinary", responsible="", due_on="")

        page = text(phone.post(NEW, {**general, **sent, "step": "look"}))

        assert 'name="resolutions-0-candidate_0_name"' in page
