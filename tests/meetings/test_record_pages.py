"""The form on the phone: filled in, looked at, kept, handed in, refused, without script as with it."""

import datetime
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.meetings import services
from apps.meetings.entries import Edit, ResolutionEntry
from apps.meetings.models import Meeting
from apps.meetings.reading import entry_of
from tests.factories import GrantFactory, MeetingFactory, MemberFactory, PartyGroupFactory

NEW = "/meetings/new/"


def decision(**values):
    """A decision as the form posts it, the numbers left empty."""
    told = {
        "text": "修缮活动室",
        "matter": "ordinary",
        "voting": "hands",
        "responsible": "李长福",
        "due_on": "2026-12-22",
    }
    fields = {f"resolutions-0-{name}": value for name, value in {**told, **values}.items()}
    return {"resolutions-TOTAL_FORMS": "1", **fields}


def errors_of(answer):
    """Field to sentences, of the form and its decisions."""
    found = {name: list(sentences) for name, sentences in answer.context["form"].errors.items()}
    for form in answer.context["resolutions"]:
        found |= {form.add_prefix(name): list(sentences) for name, sentences in form.errors.items()}
    return found


class TestOpening:
    def test_it_comes_filled_in(self, phone, village, seats):
        village.branch.meeting_place = "村党群服务中心"
        village.branch.save()
        answer = phone.get(NEW)
        form = answer.context["form"]
        values = {name: form[name].value() for name in ("kinds", "held_on", "place", "host", "recorder")}
        assert values == {
            "kinds": ["theme_day"],
            "held_on": datetime.date(2026, 11, 22),
            "place": "村党群服务中心",
            "host": village.secretary.pk,
            "recorder": village.secretary.pk,
        }
        sheet = answer.context["sheet"]
        assert [tile.absent for tile in sheet.tiles] == [False] * 13
        assert (sheet.standing.title, sheet.standing.sentence) == (
            "应到 13，实到 13。",
            "有表决权 12 人，到会 12 人。",
        )

    def test_like_the_last_time(self, phone, village):
        MeetingFactory(
            organization=village.branch,
            place="东头晒谷场",
            host=village.people[2],
            recorder=village.people[3],
            held_at=datetime.datetime(
                2026, 10, 5, 19, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
            ),
        )
        form = phone.get(NEW).context["form"]
        assert [form[name].value() for name in ("place", "host", "recorder", "begins")] == [
            "东头晒谷场",
            village.people[2].pk,
            village.people[3].pk,
            datetime.time(19, 30),
        ]

    def test_the_kind_that_is_due_comes_first(self, phone, village, seats, recorded, theme_day):
        recorded(theme_day)
        assert phone.get(NEW).context["form"]["kinds"].value() == ["committee_meeting"]

    def test_a_branch_without_seats_is_asked_for_the_next_duty(self, phone, village, recorded, theme_day):
        recorded(theme_day)
        assert phone.get(NEW).context["form"]["kinds"].value() == ["lesson"]

    def test_a_link_asks_for_a_kind_and_the_month_that_lacks_it(self, phone, village):
        answer = phone.get(NEW, {"kind": "lesson", "month": "2026-10"})
        form = answer.context["form"]
        assert (form["kinds"].value(), form["held_on"].value()) == (["lesson"], datetime.date(2026, 10, 31))
        assert answer.context["sheet"].asked == ("lecturer", "late")

    def test_what_a_link_asks_in_vain_is_not_heard(self, phone, village):
        form = phone.get(NEW, {"kind": "party", "month": "2026-13"}).context["form"]
        assert form["held_on"].value() == datetime.date(2026, 11, 22)

    def test_the_reason_of_members_who_live_elsewhere_is_filled_in(self, phone, village):
        village.people[0].is_mobile = True
        village.people[0].save()
        reasons = {tile.name: tile.reason for tile in phone.get(NEW).context["sheet"].tiles}
        assert (reasons["党员00"], reasons["党员01"]) == ("away", "")

    def test_a_draft_is_offered_to_go_on_with(self, phone, village, kept, theme_day):
        draft = kept(theme_day)
        assert [one.pk for one in phone.get(NEW).context["drafts"]] == [draft.pk]

    def test_with_two_branches_one_is_chosen_first(self, phone, village, county, branch_secretary):
        GrantFactory(user=branch_secretary, role="branch_secretary", organization=county.second_branch)
        answer = phone.get(NEW)
        assert [branch.code for branch in answer.context["branches"]] == ["8801001", "8801002"]
        assert phone.get(NEW, {"branch": "8801002"}).context["branch"] == county.second_branch

    def test_another_branch_is_not_found(self, phone, village, county):
        assert phone.get(NEW, {"branch": county.other_branch.code}).status_code == 404

    @pytest.mark.parametrize(
        "reader", ["county_officer", "township_officer", "auditor", "neighbour", "supervisor"]
    )
    def test_who_only_reads_does_not_record(self, request, signed_in, village, reader):
        client = signed_in(request.getfixturevalue(reader))
        assert client.get(NEW).status_code == 403
        for address in (NEW, reverse("meetings:preview"), reverse("meetings:autosave")):
            assert client.post(address, {"branch": village.branch.code}).status_code == 403

    def test_opening_costs_the_same_for_many_members(self, phone, village, django_assert_max_num_queries):
        with django_assert_max_num_queries(30):
            phone.get(NEW)


class TestHandingIn:
    def test_a_theme_day_with_two_absent_and_a_decision(self, phone, village, filled_in):
        ill, away = village.people[4], village.people[5]
        sent = {
            **filled_in,
            "kinds": ["theme_day", "general_meeting"],
            "absent": [str(ill.pk), str(away.pk)],
            f"reason-{ill.pk}": "illness",
            f"reason-{away.pk}": "away",
            **decision(against="1"),
            "step": "submit",
        }
        answer = phone.post(NEW, sent, follow=True)
        meeting = Meeting.objects.get()
        assert answer.redirect_chain == [(f"/meetings/{meeting.pk}/", 302)]
        assert [str(message) for message in answer.context["messages"]] == [
            "已交上：主题党日、党员大会。应到 13，实到 11。"
        ]
        resolution = meeting.resolutions.get()
        assert (resolution.in_favour, resolution.against, resolution.passed) == (9, 1, True)

    def test_pressed_twice_it_is_one_record(self, phone, filled_in):
        sent = {**filled_in, "step": "submit"}
        addresses = [phone.post(NEW, sent).url for _ in range(2)]
        assert addresses == [f"/meetings/{Meeting.objects.get().pk}/"] * 2

    def test_a_sentence_stands_at_each_field_and_nothing_is_lost(self, phone, village, filled_in):
        ill = village.people[4]
        sent = {
            **filled_in,
            "kinds": ["theme_day", "lesson"],
            "place": "",
            "minutes": "写了很久的记录",
            "absent": [str(ill.pk)],
            f"reason-{ill.pk}": "",
            "step": "submit",
        }
        answer = phone.post(NEW, sent)
        assert answer.status_code == 422
        assert errors_of(answer) == {
            "place": ["请填写地点。"],
            "lecturer": ["上党课要填写讲课人。"],
            "absences": ["有 1 人没有到会，还没选原因。"],
        }
        assert answer.context["form"]["minutes"].value() == "写了很久的记录"
        assert [tile.name for tile in answer.context["sheet"].tiles if tile.absent] == ["党员04"]
        assert "lecturer" in answer.context["sheet"].asked

    def test_what_could_not_be_handed_in_is_kept_as_a_draft(self, phone, filled_in):
        answer = phone.post(NEW, {**filled_in, "place": "", "step": "submit"})
        draft = Meeting.objects.get()
        assert (draft.state, draft.topic, answer.context["version"]) == ("draft", "学习党章", draft.version)
        done = phone.post(NEW, {**filled_in, "version": str(draft.version), "step": "submit"})
        assert done.url == f"/meetings/{draft.pk}/"

    def test_a_late_record_asks_for_its_reason_and_takes_it(self, phone, filled_in):
        late = {**filled_in, "held_on": "2026-10-05", "step": "submit"}
        answer = phone.post(NEW, late)
        assert (answer.status_code, errors_of(answer)) == (
            422,
            {"late_reason": ["这个月的月报已经截止，请写一句补录原因。"]},
        )
        assert "2026年10月的月报到 11月5日截止，这次算补录：照样收，请写一句原因。" in answer.content.decode()
        sent = {**late, "late_reason": "山里没有信号", "version": str(answer.context["version"])}
        assert phone.post(NEW, sent).status_code == 302
        assert Meeting.objects.get().late_reason == "山里没有信号"

    def test_what_only_the_members_decide_is_said_at_the_decision(self, phone, village, seats, filled_in):
        sent = {
            **filled_in,
            "kinds": ["committee_meeting"],
            **decision(matter="admission", voting="secret"),
            "step": "submit",
        }
        answer = phone.post(NEW, sent)
        assert errors_of(answer) == {
            "resolutions-0-matter": ["“接收预备党员”要由党员大会决定，请在会议类型里选上党员大会。"]
        }

    def test_a_matter_that_was_chosen_is_not_dropped_for_want_of_words(self, phone, filled_in):
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            **decision(text="", matter="admission", voting="secret"),
            "step": "submit",
        }
        assert errors_of(phone.post(NEW, sent)) == {
            "resolutions-0-text": ["第 1 项决议没有写决定事项。"],
            "resolutions-0-about": ["“接收预备党员”请写明讨论的是谁。"],
        }

    def test_a_matter_that_says_everything_needs_no_words(self, phone, filled_in):
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            **decision(text="", matter="committee_report"),
            "step": "submit",
        }
        phone.post(NEW, sent)
        told = Meeting.objects.get().resolutions.values_list("text", "in_favour", "passed")
        assert list(told) == [("审查支委会工作报告", 12, True)]

    def test_a_decision_that_nobody_touched_is_none(self, phone, filled_in):
        phone.post(NEW, {**filled_in, "kinds": ["general_meeting"], **decision(text=""), "step": "submit"})
        assert not Meeting.objects.get().resolutions.exists()

    def test_a_second_decision_is_judged_at_its_own_place(self, phone, filled_in):
        blank = {f"resolutions-0-{name}": "" for name in ("text", "in_favour", "against", "abstained")}
        second = {
            name.replace("-0-", "-1-"): value
            for name, value in decision(in_favour="40").items()
            if "-0-" in name
        }
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            **blank,
            **second,
            "resolutions-TOTAL_FORMS": "2",
            "step": "submit",
        }
        answer = phone.post(NEW, sent)
        assert errors_of(answer) == {
            "resolutions-1-in_favour": ["赞成、反对、弃权加起来 40 票，多于到会能表决的 12 人。"]
        }

    def test_what_cannot_be_read_is_said_too(self, phone, filled_in):
        answer = phone.post(NEW, {**filled_in, "held_on": "五号", "ends": "14:00", "step": "submit"})
        assert answer.status_code == 422
        assert sorted(errors_of(answer)) == ["ends", "held_on"]
        assert not Meeting.objects.exists()

    def test_numbers_of_strangers_are_not_heard(self, phone, county, village, filled_in):
        stranger = MemberFactory(branch=county.other_branch)
        sent = {
            **filled_in,
            "absent": [str(stranger.pk), "x"],
            f"reason-{stranger.pk}": "duty",
            "step": "submit",
        }
        assert phone.post(NEW, sent).status_code == 302
        assert not Meeting.objects.get().attendances.filter(member=stranger).exists()


class TestWithoutScript:
    def test_a_changed_kind_is_looked_at_before_it_is_handed_in(self, phone, village, filled_in):
        group = PartyGroupFactory(branch=village.branch)
        village.people[0].group = group
        village.people[0].save()
        answer = phone.post(
            NEW, {**filled_in, "kinds": ["group_meeting"], "group": str(group.pk), "step": "look"}
        )
        assert answer.status_code == 200
        assert [tile.name for tile in answer.context["sheet"].tiles] == ["党员00"]
        assert not Meeting.objects.exists()

    def test_nobody_is_expected_until_a_group_is_chosen(self, phone, village, filled_in):
        asked = {**filled_in, "kinds": ["group_meeting"], "group": "", "step": "look"}
        sheet = phone.post(NEW, asked).context["sheet"]
        assert (sheet.tiles, sheet.nobody) == ((), "本支部没有登记党小组；划分了的，请先在平台里登记。")

        village.people[0].group = PartyGroupFactory(branch=village.branch)
        village.people[0].save()
        sheet = phone.post(NEW, asked).context["sheet"]
        assert (sheet.tiles, sheet.nobody) == ((), "请先选是哪个党小组。")

    def test_one_more_decision_comes_filled_in(self, phone, filled_in):
        answer = phone.post(NEW, {**filled_in, "step": "add"})
        [form] = answer.context["resolutions"]
        assert [form[name].value() for name in ("matter", "voting", "responsible", "due_on")] == [
            "ordinary",
            "hands",
            "党员00",
            "2026-12-05",
        ]

    def test_people_who_were_not_on_the_page_are_shown_before_they_count(self, phone, village, filled_in):
        chosen = [str(one.pk) for one in village.people[:3]]
        sent = {**filled_in, "kinds": ["committee_meeting"], "chosen": chosen, "listed": "", "step": "submit"}
        answer = phone.post(NEW, sent)
        assert errors_of(answer) == {
            "absences": ["参加的人有变化，多了党员00、党员01、党员02。请看一遍再交上。"]
        }
        seen = {**sent, "listed": answer.context["sheet"].listed, "version": str(answer.context["version"])}
        assert phone.post(NEW, seen).status_code == 302

    def test_keeping_leads_back_to_the_form(self, phone, filled_in):
        answer = phone.post(NEW, {**filled_in, "minutes": "", "step": "draft"})
        draft = Meeting.objects.get()
        assert (answer.url, draft.state) == (f"/meetings/{draft.pk}/edit/", "draft")


class TestPreview:
    def test_it_says_what_the_rules_say(self, phone, village, filled_in):
        sent = {
            **filled_in,
            "kinds": ["general_meeting"],
            "absent": [str(one.pk) for one in village.people[:7]],
        }
        words = phone.post(reverse("meetings:preview"), sent).content.decode()
        assert (
            "<b>应到 13，实到 6。</b> 应到有表决权 12 人，实到 5 人，不到半数，表决无效（至少要到 6 人）。"
            in words
        )

    def test_the_list_of_people_comes_only_when_it_has_changed(self, phone, village, filled_in):
        preview = reverse("meetings:preview")
        same = phone.post(preview, filled_in).content.decode()
        other = phone.post(preview, {**filled_in, "listed": "1"}).content.decode()
        assert (same.count('id="people"'), other.count('id="people"')) == (0, 1)

    def test_the_ruling_stands_beside_the_decision(self, phone, filled_in):
        sent = {**filled_in, "kinds": ["general_meeting"], **decision(against="7")}
        words = phone.post(reverse("meetings:preview"), sent).content.decode()
        assert "赞成 5 票，没有超过应到的半数，没有通过（至少要 7 票）。" in words
        assert 'href="/regulations/MEET-11/"' in words

    def test_written_opinions_are_asked_for_only_where_they_count(self, phone, filled_in):
        general = {**filled_in, "kinds": ["general_meeting"]}
        preview = reverse("meetings:preview")
        repair = phone.post(preview, {**general, **decision()}).content.decode()
        admission = phone.post(
            preview, {**general, **decision(matter="admission", voting="secret")}
        ).content.decode()
        assert (repair.count("会前书面赞成"), admission.count("会前书面赞成")) == (0, 1)

    def test_nothing_is_written(self, phone, filled_in):
        phone.post(reverse("meetings:preview"), filled_in)
        assert not Meeting.objects.exists()

    def test_another_branchs_people_are_not_shown(self, phone, county, filled_in):
        sent = {**filled_in, "branch": county.other_branch.code}
        assert phone.post(reverse("meetings:preview"), sent).status_code == 404


class TestAutosave:
    ADDRESS = "/meetings/autosave/"

    def test_it_keeps_one_draft_and_says_so(self, phone, filled_in):
        first = phone.post(self.ADDRESS, filled_in)
        second = phone.post(self.ADDRESS, {**filled_in, "minutes": "一、学习。二、讨论。"})
        draft = Meeting.objects.get()
        assert (draft.minutes, draft.state) == ("一、学习。二、讨论。", "draft")
        assert (first.headers["X-Kept"], second.headers["HX-Replace-Url"]) == (
            "1",
            f"/meetings/{draft.pk}/edit/",
        )
        assert "已存好 10:00" in second.content.decode()

    def test_a_form_without_a_word_is_not_kept(self, phone, filled_in):
        answer = phone.post(self.ADDRESS, {**filled_in, "topic": "", "minutes": ""})
        assert (answer.status_code, Meeting.objects.count()) == (204, 0)

    def test_handing_in_after_it_is_no_conflict_with_oneself(self, phone, filled_in):
        phone.post(self.ADDRESS, filled_in)
        answer = phone.post(NEW, {**filled_in, "topic": "学习党章党规", "step": "submit"})
        assert answer.status_code == 302

    def test_what_cannot_be_read_stays_on_the_phone(self, phone, filled_in):
        answer = phone.post(self.ADDRESS, {**filled_in, "held_on": "五号"})
        assert "X-Kept" not in answer.headers
        assert "有一处填得不对，先存在手机上" in answer.content.decode()

    def test_it_does_not_overwrite_somebody_else(self, phone, filled_in, kept, theme_day):
        key = filled_in["client_key"]
        kept(replace(theme_day, topic="别人的主题"), Edit(key, page=uuid4()))
        answer = phone.post(self.ADDRESS, filled_in)
        assert "X-Kept" not in answer.headers
        assert Meeting.objects.get().topic == "别人的主题"


class TestTwoPeopleInOneRecord:
    @pytest.fixture
    def overtaken(self, phone, filled_in, kept, theme_day, village, branch_secretary):
        """Somebody else saved the draft while our form was open."""
        draft = kept(theme_day, Edit(filled_in["client_key"], page=uuid4()))
        kept(replace(theme_day, minutes="别人写的记录"), Edit(draft.client_key, draft.version, uuid4()))
        return draft

    def test_both_are_shown_and_ours_is_in_the_form(self, phone, filled_in, overtaken):
        sent = {**filled_in, "version": "1", "minutes": "我写的记录", "step": "draft"}
        answer = phone.post(f"/meetings/{overtaken.pk}/edit/", sent)
        [difference] = answer.context["conflict"].differences
        assert answer.status_code == 422
        assert (difference.title, difference.theirs, difference.mine) == (
            "记录",
            "别人写的记录",
            "我写的记录",
        )
        assert answer.context["form"]["minutes"].value() == "我写的记录"
        assert Meeting.objects.get().minutes == "别人写的记录"

    def test_they_saved_while_ours_was_refused(self, phone, filled_in, kept, theme_day, monkeypatch):
        """Something was lacking; before ours could be put aside, theirs was in."""
        draft = kept(theme_day, Edit(filled_in["client_key"], page=uuid4()))
        hand_in = services.record_meeting

        def overtake(*args, **values):
            try:
                return hand_in(*args, **values)
            finally:
                theirs = Edit(draft.client_key, draft.version, uuid4())
                kept(replace(theme_day, minutes="别人写的记录"), theirs)

        monkeypatch.setattr(services, "record_meeting", overtake)
        sent = {**filled_in, "version": "1", "minutes": "", "step": "submit"}
        answer = phone.post(f"/meetings/{draft.pk}/edit/", sent)

        assert answer.status_code == 422
        assert answer.context["conflict"].differences[0].theirs == "别人写的记录"
        assert Meeting.objects.get().minutes == "别人写的记录"

    def test_both_texts_can_be_put_together(self, phone, filled_in, overtaken):
        sent = {**filled_in, "version": "1", "minutes": "我写的记录", "step": "merge"}
        answer = phone.post(f"/meetings/{overtaken.pk}/edit/", sent)
        assert answer.context["form"]["minutes"].value() == "我写的记录\n\n别人写的记录"
        assert "data-answered" in answer.content.decode()  # no older copy on the phone is offered beside it

    def test_having_seen_both_one_decides(self, phone, filled_in, overtaken):
        address = f"/meetings/{overtaken.pk}/edit/"
        sent = {**filled_in, "version": "1", "minutes": "我写的记录", "step": "draft"}
        version = phone.post(address, sent).context["version"]
        assert phone.post(address, {**sent, "version": str(version)}).status_code == 302
        assert Meeting.objects.get().minutes == "我写的记录"


class TestTheMoment:
    """When the meeting was: slips are said at their field, and nothing is made up."""

    @pytest.mark.parametrize("day", ["0202-11-05", "1900-01-01", "2018-10-27", "2027-11-23", "9999-12-31"])
    @pytest.mark.parametrize("step", ["draft", "submit", "look"])
    def test_a_day_that_cannot_be(self, phone, filled_in, day, step):
        answer = phone.post(NEW, {**filled_in, "held_on": day, "step": step})
        assert errors_of(answer) == {"held_on": ["请核对日期：能记2018年10月28日以后、今后一年以内的会。"]}
        assert Meeting.objects.count() == 0

    def test_a_year_that_is_still_being_typed_does_not_break_the_preview(self, phone, filled_in):
        assert phone.post("/meetings/preview/", {**filled_in, "held_on": "0020-11-05"}).status_code == 200

    @pytest.mark.parametrize("day", ["2018-10-28", "2027-11-22"])
    def test_the_first_and_the_last_day_can_be_kept(self, phone, filled_in, day):
        assert phone.post(NEW, {**filled_in, "held_on": day, "step": "draft"}).status_code == 302

    def test_an_end_needs_a_beginning(self, phone, filled_in):
        answer = phone.post(NEW, {**filled_in, "begins": "", "ends": "10:00", "step": "draft"})
        assert errors_of(answer) == {"begins": ["填了结束时间，也请填开始时间。"]}

    @pytest.mark.parametrize(
        ("field", "sentence"), [("held_on", "请填写日期。"), ("begins", "请填写开始时间。")]
    )
    def test_a_record_handed_in_says_when(self, phone, filled_in, field, sentence):
        answer = phone.post(NEW, {**filled_in, field: "", "step": "submit"})
        assert errors_of(answer) == {field: [sentence]}
        assert not Meeting.objects.filter(state="submitted").exists()

    def test_an_address_with_a_nul_finds_no_branch(self, phone, village):
        assert phone.get(f"{NEW}?branch=%00").status_code == 404


class TestEditing:
    def test_what_was_kept_comes_back(self, phone, village, kept, general_meeting):
        absent = village.people[3]
        draft = kept(
            replace(
                general_meeting,
                absences={absent.pk: "duty"},
                resolutions=(
                    ResolutionEntry("修缮活动室", against=1),
                    ResolutionEntry("安装路灯", in_favour=8),
                ),
            )
        )
        answer = phone.get(f"/meetings/{draft.pk}/edit/")
        tiles = [(tile.name, tile.reason) for tile in answer.context["sheet"].tiles if tile.absent]
        decisions = [
            (form["text"].value(), form["in_favour"].value()) for form in answer.context["resolutions"]
        ]
        assert tiles == [("党员03", "duty")]
        assert decisions == [("修缮活动室", None), ("安装路灯", 8)]

    def test_a_returned_record_shows_why(self, phone, recorded, theme_day, township_officer):
        meeting = services.return_meeting(recorded(theme_day), reason="缺讨论情况", by=township_officer)
        assert "缺讨论情况" in phone.get(f"/meetings/{meeting.pk}/edit/").content.decode()

    def test_a_record_that_was_handed_in_is_not_edited(self, phone, recorded, theme_day):
        meeting = recorded(theme_day)
        assert phone.get(f"/meetings/{meeting.pk}/edit/").url == f"/meetings/{meeting.pk}/"

    def test_the_township_reads_but_does_not_write(self, signed_in, township_officer, recorded, theme_day):
        meeting = recorded(theme_day)
        assert signed_in(township_officer).get(f"/meetings/{meeting.pk}/edit/").status_code == 403

    def test_the_neighbour_finds_nothing(self, signed_in, neighbour, recorded, theme_day):
        meeting = recorded(theme_day)
        assert signed_in(neighbour).get(f"/meetings/{meeting.pk}/edit/").status_code == 404

    def test_handing_in_a_kept_draft_as_it_stands(self, phone, kept, theme_day):
        draft = kept(theme_day)
        assert phone.post(f"/meetings/{draft.pk}/submit/").url == f"/meetings/{draft.pk}/"
        assert Meeting.objects.get().state == "submitted"

    def test_an_incomplete_draft_is_sent_back_to_its_form(self, phone, kept, theme_day):
        draft = kept(replace(theme_day, place=""))
        assert phone.post(f"/meetings/{draft.pk}/submit/").url == f"/meetings/{draft.pk}/edit/"
        assert entry_of(Meeting.objects.get()).place == ""
