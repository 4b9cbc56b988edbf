"""After the hand-in, on the pages: corrections, two in one record, a meeting recorded twice, remarks."""

import datetime
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine

from apps.audit.sources import sources
from apps.core.calendar import CHINA
from apps.meetings import remarks, services
from apps.meetings.entries import Edit
from apps.meetings.models import CorrectionDraft, Meeting, MeetingRevision, MonthlyCount, Remark
from tests.attachments.pictures import a_photo
from tests.factories import GrantFactory, UserFactory

AFTER = datetime.datetime(2026, 12, 6, 9, 0, tzinfo=CHINA)


@pytest.fixture
def phone(signed_in, branch_secretary):
    return signed_in(branch_secretary)


@pytest.fixture
def deputy(signed_in, county):
    """A second person who records for the branch, with a phone of their own."""
    somebody = UserFactory(name="副书记")
    GrantFactory(role="branch_secretary", organization=county.branch, user=somebody)
    return signed_in(somebody)


@pytest.fixture
def sent(village):
    """A theme day of 5 November as the form sends it."""

    def form(**said):
        return {
            "client_key": str(uuid4()),
            "page": str(uuid4()),
            "resolutions-TOTAL_FORMS": "0",
            "resolutions-INITIAL_FORMS": "0",
            "listed": ",".join(str(one.pk) for one in village.everybody),
            "kinds": "theme_day",
            "held_on": "2026-11-05",
            "begins": "15:00",
            "place": "村党群服务中心",
            "host": village.secretary.pk,
            "recorder": village.people[1].pk,
            "topic": "学习党章",
            "minutes": "一、学习党章第一章。",
            **said,
        }

    return form


def text(answer):
    return answer.content.decode()


NEW = "/meetings/new/"


class TestCorrecting:
    @pytest.fixture
    def locked(self, recorded, theme_day, phone):
        meeting = recorded(theme_day)
        with time_machine.travel(AFTER, tick=False):
            phone.force_login(meeting.submitted_by, backend="apps.accounts.backends.PeopleOnly")
            yield meeting

    def address(self, meeting):
        return f"/meetings/{meeting.pk}/correct/"

    def filled_in(self, meeting, sent, **said):
        return sent(client_key=str(meeting.client_key), version=str(meeting.version), step="submit", **said)

    def test_a_locked_record_says_so_and_offers_a_correction_only(self, phone, locked):
        page = text(phone.get(locked.get_absolute_url()))

        assert ("已锁定" in page, self.address(locked) in page, "收回修改" in page) == (True, True, False)

    def test_before_the_cut_off_it_is_taken_back(self, phone, recorded, theme_day):
        page = text(phone.get(recorded(theme_day).get_absolute_url()))

        assert ("已锁定" in page, "/correct/" in page, "收回修改" in page) == (False, False, True)

    def test_the_form_asks_for_the_reason_first_and_saves_nothing_meanwhile(self, phone, locked):
        page = text(phone.get(self.address(locked)))

        assert page.index("更正的原因") < page.index("这次是（可多选）")
        assert ("保存更正" in page, f'hx-post="{self.address(locked)}keep/"' in page) == (True, True)
        assert CorrectionDraft.objects.count() == 0

    def test_autosave_of_an_open_page_leaves_the_record_alone(self, phone, locked, sent, village):
        data = self.filled_in(locked, sent, topic="写到一半", branch=village.branch.code)

        answer = phone.post("/meetings/autosave/", data)

        locked.refresh_from_db()
        assert ("X-Kept" in answer, locked.topic, locked.state) == (False, "学习党章", "submitted")

    def test_old_and_new_stand_side_by_side(self, phone, locked, sent):
        data = self.filled_in(locked, sent, place="田间地头", reason="地点写错了")

        answer = phone.post(self.address(locked), data, follow=True)

        page = text(answer)
        assert answer.redirect_chain == [(locked.get_absolute_url(), 302)]
        assert "<del>村党群服务中心</del>" in page
        assert "<ins>田间地头</ins>" in page
        assert ("第 2 版" in page, "地点写错了" in page) == (True, True)
        first = text(phone.get(f"/meetings/{locked.pk}/versions/1/"))
        assert ("村党群服务中心" in first, "田间地头" in first) == (True, False)
        assert phone.get(f"/meetings/{locked.pk}/versions/2/").status_code == 404

    def test_without_a_reason_nothing_changes_and_nothing_typed_is_lost(self, phone, locked, sent):
        answer = phone.post(self.address(locked), self.filled_in(locked, sent, place="田间地头"))

        locked.refresh_from_db()
        assert (answer.status_code, locked.place) == (422, "村党群服务中心")
        assert ("请写明更正的原因。" in text(answer), "田间地头" in text(answer)) == (True, True)

    def test_what_is_lacking_is_said_at_its_field_and_the_reason_stays(self, phone, locked, sent):
        answer = phone.post(self.address(locked), self.filled_in(locked, sent, place="", reason="地点写错了"))

        assert (answer.status_code, MeetingRevision.objects.count()) == (422, 0)
        assert 'value="地点写错了"' in text(answer)
        assert "place" in answer.context["form"].errors

    def test_two_who_correct_at_the_same_time_see_each_other(self, phone, locked, deputy, sent):
        mine = self.filled_in(locked, sent, place="田间地头", reason="地点写错了")
        phone.post(self.address(locked), mine)

        theirs = self.filled_in(locked, sent, topic="学习党史", reason="主题写错了")
        answer = deputy.post(self.address(locked), theirs)

        titles = [one.title for one in answer.context["conflict"].differences]
        assert (answer.status_code, titles) == (422, ["地点", "主题"])
        merged = deputy.post(self.address(locked), {**theirs, "step": "merge", "take-place": "theirs"})
        form = merged.context["form"]
        assert (form["place"].value(), form["topic"].value()) == ("田间地头", "学习党史")
        assert 'value="主题写错了"' in text(merged)

    def test_a_draft_has_nothing_to_correct(self, phone, kept, theme_day):
        draft = kept(theme_day)

        assert phone.get(self.address(draft)).headers["Location"] == draft.get_absolute_url()

    def test_the_office_does_not_correct(self, signed_in, township_officer, recorded, theme_day):
        assert signed_in(township_officer).get(self.address(recorded(theme_day))).status_code == 403


class TestTwoPeopleInOneRecord:
    """Two sessions, without script: whoever comes second chooses field by field."""

    @pytest.fixture
    def answer(self, phone, deputy, sent, village):
        """The deputy's answer after the secretary saved the same record first."""
        first = sent(step="draft", minutes="书记写的记录", place="礼堂", absent=[village.people[3].pk])
        phone.post(NEW, first)
        self.meeting = Meeting.objects.get()
        phone.post(f"/meetings/{self.meeting.pk}/edit/", {**first, "version": "1", "guests": "镇里老王"})
        self.mine = sent(
            client_key=first["client_key"],
            version="1",
            step="draft",
            minutes="副书记写的记录",
            place="村小学",
            absent=[village.people[4].pk],
        )
        return deputy.post(f"/meetings/{self.meeting.pk}/edit/", self.mine)

    def test_every_difference_can_be_chosen(self, answer):
        page = text(answer)

        assert answer.status_code == 422
        assert [one.name for one in answer.context["conflict"].differences] == [
            "place", "guests", "absences", "minutes",
        ]  # fmt: skip
        assert page.count('name="take-place"') == 2
        assert page.count('name="take-minutes"') == 3

    def test_the_usual_choice_keeps_both_minutes_and_everybody_absent(self, answer, deputy, village):
        address = f"/meetings/{self.meeting.pk}/edit/"

        together = deputy.post(address, {**self.mine, "step": "merge", "take-guests": "theirs"})

        form = together.context["form"]
        assert form["minutes"].value() == "副书记写的记录\n\n书记写的记录"
        assert (form["place"].value(), form["guests"].value()) == ("村小学", "镇里老王")
        absent = {tile.id for tile in together.context["sheet"].tiles if tile.absent}
        assert absent == {village.people[3].pk, village.people[4].pk}

    def test_what_was_put_together_is_saved_and_both_texts_stay_in_the_history(self, answer, deputy, village):
        address = f"/meetings/{self.meeting.pk}/edit/"
        together = deputy.post(address, {**self.mine, "step": "merge", "take-place": "theirs"})
        form = together.context["form"]
        again = {
            **self.mine, "page": str(form["page"].value()), "version": together.context["version"],
            "minutes": form["minutes"].value(), "place": form["place"].value(),
        }  # fmt: skip

        assert deputy.post(address, again).status_code == 302

        self.meeting.refresh_from_db()
        assert (self.meeting.minutes, self.meeting.place) == ("副书记写的记录\n\n书记写的记录", "礼堂")
        assert "书记写的记录" in self.meeting.history.values_list("minutes", flat=True)


class TestOneMeetingRecordedTwice:
    @pytest.fixture
    def first(self, recorded, theme_day):
        return recorded(replace(theme_day, minutes="书记写的记录"))

    @pytest.fixture
    def asked(self, phone, first, sent):
        self.form = sent(step="submit", minutes="另一部手机写的记录")
        return phone.post(NEW, self.form)

    @property
    def mine(self):
        return Meeting.objects.get(client_key=self.form["client_key"])

    def test_the_page_asks_and_keeps_what_was_written(self, asked, first):
        assert asked.status_code == 422
        assert "是同一次会吗？" in text(asked)
        assert f'value="same {first.pk}"' in text(asked)
        assert (self.mine.state, self.mine.minutes) == ("draft", "另一部手机写的记录")
        assert MonthlyCount.objects.get(kind="theme_day").meetings == 1

    def test_another_meeting_of_the_day_is_recorded_apart(self, asked, phone):
        answer = phone.post(
            f"/meetings/{self.mine.pk}/edit/", {**self.form, "version": self.mine.version, "step": "apart"}
        )

        assert answer.status_code == 302
        assert MonthlyCount.objects.get(kind="theme_day").meetings == 2

    def test_the_same_one_is_put_together_and_counts_once(self, asked, phone, first, branch_secretary):
        a_photo(self.mine, by=branch_secretary)
        form = {**self.form, "version": self.mine.version, "step": f"same {first.pk}"}

        together = phone.post(f"/meetings/{self.mine.pk}/edit/", form)

        assert together.context["action"] == f"/meetings/{first.pk}/correct/"
        assert together.context["form"]["minutes"].value() == "另一部手机写的记录\n\n书记写的记录"
        assert f'name="absorbs" value="{self.mine.pk}"' in text(together)
        saved = phone.post(
            f"/meetings/{first.pk}/correct/",
            {
                **form, "client_key": str(first.client_key), "version": together.context["version"],
                "page": str(uuid4()), "step": "submit", "reason": "一次会记了两份",
                "minutes": together.context["form"]["minutes"].value(), "absorbs": self.mine.pk,
            },
        )  # fmt: skip
        assert saved.status_code == 302
        first.refresh_from_db()
        assert (first.state, first.minutes) == ("submitted", "另一部手机写的记录\n\n书记写的记录")
        assert (self.mine.state, self.mine.withdraw_reason) == (
            "withdrawn", "和另一条记录是同一次会，内容已经并到那一条里。",
        )  # fmt: skip
        assert MonthlyCount.objects.get(kind="theme_day").meetings == 1
        assert text(phone.get(first.get_absolute_url())).count("/small/") == 1

    @pytest.mark.parametrize("other", [{"held_on": "2026-11-06"}, {"kinds": "life_meeting"}])
    def test_another_day_or_another_kind_is_not_asked_about(self, phone, first, sent, other):
        answer = phone.post(NEW, sent(step="submit", **other))

        assert "twins" not in (answer.context or {}) or answer.context["twins"] == []

    def test_a_withdrawn_record_is_not_asked_about(self, phone, first, sent, branch_secretary):
        services.withdraw(first, reason="记错了", by=branch_secretary)

        assert phone.post(NEW, sent(step="submit")).status_code == 302


class TestWithdrawing:
    def test_a_withdrawn_record_is_read_by_branch_office_and_audit_with_its_reason(
        self, signed_in, recorded, theme_day, branch_secretary, township_officer, auditor, neighbour
    ):
        meeting = services.withdraw(recorded(theme_day), reason="记重了", by=branch_secretary)

        for user in (branch_secretary, township_officer, auditor):
            client = signed_in(user)
            assert "记重了" in text(client.get(meeting.get_absolute_url()))
            assert meeting.get_absolute_url() in text(client.get("/meetings/?state=withdrawn"))
        assert signed_in(neighbour).get(meeting.get_absolute_url()).status_code == 404

    def test_the_audit_sees_who_was_taken_off_a_record(
        self, kept, theme_day, committee_meeting, village, branch_secretary
    ):
        draft = kept(theme_day)
        before = draft.attendances.count()
        edit = Edit(draft.client_key, version=draft.version, page=draft.edited_on_page)
        services.save_draft(committee_meeting, organization=village.branch, edit=edit, by=branch_secretary)

        taken_off = sources()["meetings.attendance"].events.objects.filter(pgh_label="delete", meeting=draft)
        assert (before, draft.attendances.count(), taken_off.count()) == (13, 3, 10)


class TestRemarks:
    @pytest.fixture
    def meeting(self, recorded, theme_day):
        return recorded(theme_day)

    def test_the_office_says_something_and_the_branch_sees_it_first_thing(
        self, signed_in, phone, township_officer, meeting
    ):
        answer = signed_in(township_officer).post(
            f"/meetings/{meeting.pk}/remarks/", {"text": "请补上讨论情况"}
        )

        assert answer.headers["Location"] == f"/meetings/{meeting.pk}/#remarks"
        assert "请补上讨论情况" in text(phone.get("/"))
        meeting.refresh_from_db()
        assert (meeting.state, meeting.counted_kinds) == ("submitted", ["theme_day"])

    def test_until_it_is_answered(self, signed_in, phone, township_officer, meeting):
        remark = remarks.remark_on(meeting, text="请补上讨论情况", by=township_officer)

        phone.post(f"/meetings/{meeting.pk}/remarks/{remark.pk}/answer/", {"answer": "已经补上"})

        assert "请补上讨论情况" not in text(phone.get("/"))
        assert "已经补上" in text(signed_in(township_officer).get(meeting.get_absolute_url()))

    def test_or_marked_as_read(self, phone, township_officer, meeting):
        remark = remarks.remark_on(meeting, text="记得很好", by=township_officer)

        phone.post(f"/meetings/{meeting.pk}/remarks/{remark.pk}/answer/")

        remark.refresh_from_db()
        assert (remark.answer, remark.closed_at is None) == ("", False)
        assert "记得很好" not in text(phone.get("/"))

    def test_an_answer_is_given_once(self, phone, township_officer, meeting):
        remark = remarks.remark_on(meeting, text="请补上讨论情况", by=township_officer)
        for words in ("已经补上", "别的答复"):
            phone.post(f"/meetings/{meeting.pk}/remarks/{remark.pk}/answer/", {"answer": words})

        remark.refresh_from_db()
        assert remark.answer == "已经补上"

    def test_no_words_are_no_remark(self, signed_in, township_officer, meeting):
        signed_in(township_officer).post(f"/meetings/{meeting.pk}/remarks/", {"text": " "})

        assert Remark.objects.count() == 0

    def test_the_branch_says_none_and_the_office_answers_none(
        self, signed_in, phone, township_officer, meeting
    ):
        remark = remarks.remark_on(meeting, text="请补上讨论情况", by=township_officer)
        answer = signed_in(township_officer).post(f"/meetings/{meeting.pk}/remarks/{remark.pk}/answer/")

        assert phone.post(f"/meetings/{meeting.pk}/remarks/", {"text": "x"}).status_code == 403
        assert answer.status_code == 403

    def test_the_list_finds_them(self, signed_in, township_officer, neighbour, meeting, recorded, theme_day):
        recorded(replace(theme_day, held_at=theme_day.held_at - datetime.timedelta(days=1)))
        remarks.remark_on(meeting, text="请补上讨论情况", by=township_officer)
        client = signed_in(township_officer)

        for wanted in ("open", "any"):
            page = client.get("/meetings/", {"remarks": wanted}).context["page"]
            assert [row.pk for row in page.object_list] == [meeting.pk]
        assert list(signed_in(neighbour).get("/meetings/?remarks=any").context["page"].object_list) == []

    def test_a_returned_record_is_on_the_first_screen_with_its_reason(self, phone, township_officer, meeting):
        services.return_meeting(meeting, reason="缺讨论情况", by=township_officer)

        assert f"<p>{township_officer.name}：缺讨论情况</p>" in text(phone.get("/"))
        assert f"<b>{township_officer.name} 11月22日退回修改：</b> 缺讨论情况" in text(
            phone.get(meeting.get_absolute_url())
        )

    def test_what_the_branch_took_back_itself_is_not_called_returned(self, phone, meeting, branch_secretary):
        services.reopen(meeting, reason="少记一项", by=branch_secretary)
        first = text(phone.get("/"))

        assert ("收回修改</span>" in first, "已退回</span>" in first) == (True, False)


def test_the_api_says_what_came_after(signed_in, recorded, theme_day, township_officer, branch_secretary):
    meeting = recorded(theme_day)
    remarks.remark_on(meeting, text="请补上讨论情况", by=township_officer)
    edit = Edit(meeting.client_key, version=meeting.version, page=uuid4())
    services.correct(
        replace(theme_day, place="礼堂"), meeting=meeting, edit=edit, reason="写错", by=branch_secretary
    )
    client = signed_in(township_officer)

    row = client.get(f"/api/v1/meetings/{meeting.pk}/").json()

    assert (row["locked"], row["revision"], row["remarks"]) == (False, 2, 1)
    assert client.get("/api/v1/meetings/").json()["results"][0]["revision"] == 2
