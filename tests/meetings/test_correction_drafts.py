"""A correction that was begun survives a closed browser; until it is handed in the record counts as it is."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction

from apps.audit.models import Deed
from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.meetings import services
from apps.meetings.corrections import MOST_CHARACTERS, keep_correction
from apps.meetings.models import CorrectionDraft, Meeting, MeetingRevision, MonthlyCount
from tests.factories import GrantFactory, UserFactory

AFTER = datetime.datetime(2026, 12, 6, 9, 0, tzinfo=CHINA)


@pytest.fixture
def locked(recorded, theme_day):
    """A theme day of November, on the sixth of December."""
    meeting = recorded(theme_day)
    with time_machine.travel(AFTER, tick=False):
        yield meeting


@pytest.fixture
def me(signed_in, branch_secretary, locked):
    return signed_in(branch_secretary)


@pytest.fixture
def deputy(county):
    """A second person who records for the branch."""
    somebody = UserFactory(name="副书记")
    GrantFactory(role="branch_secretary", organization=county.branch, user=somebody)
    return somebody


@pytest.fixture
def typed(locked, filled_in):
    """What the open form of a correction sends while somebody writes."""

    def form(**said):
        key = {"client_key": str(locked.client_key), "version": str(locked.version), "page": str(uuid4())}
        return {**filled_in, **key, **said}

    return form


def text(answer):
    return answer.content.decode()


def address(meeting, step=""):
    return f"/meetings/{meeting.pk}/correct/{step}"


def content(meeting):
    row = Meeting.objects.get(pk=meeting.pk)
    return row.place, row.topic, row.state, row.version, row.updated_at


class TestWriting:
    def test_what_is_typed_is_kept_and_the_record_stays_and_counts_as_it_is(self, me, locked, typed):
        before = content(locked)

        answer = me.post(address(locked, "keep/"), typed(place="田间地头", reason="地点写错"))

        draft = CorrectionDraft.objects.get()
        assert (answer["X-Kept"], "已存好 09:00，还没有更正" in text(answer)) == ("1", True)
        assert (draft.said["place"], draft.version) == (["田间地头"], locked.version)
        assert (content(locked), MeetingRevision.objects.count()) == (before, 0)
        assert MonthlyCount.objects.get(kind="theme_day").meetings == 1

    def test_it_is_there_when_the_browser_opens_again(self, me, locked, typed, village):
        absent = village.people[4]
        said = {"absent": [str(absent.pk)], f"reason-{absent.pk}": "illness"}
        me.post(address(locked, "keep/"), typed(place="田间地头", reason="地点写错", held_on="31月", **said))

        page = me.get(address(locked))

        form = page.context["form"]
        assert (form["place"].value(), form["held_on"].value()) == ("田间地头", "31月")
        assert ('value="地点写错"' in text(page), "data-answered" in text(page)) == (True, False)
        assert f'value="{absent.pk}" id="absent-{absent.pk}" checked' in text(page)
        assert "接着写 12月6日 09:00 开始的更正，还没有交上。" in text(page)

    def test_writing_on_is_the_same_draft(self, me, locked, typed):
        for place in ("田间", "田间地头"):
            me.post(address(locked, "keep/"), typed(place=place))

        assert [one.said["place"] for one in CorrectionDraft.objects.all()] == [["田间地头"]]

    def test_the_record_and_the_list_say_so(self, me, locked, typed):
        me.post(address(locked, "keep/"), typed(place="田间地头"))

        page = text(me.get(locked.get_absolute_url()))
        assert "更正还没有交上。</b>您从 12月6日 09:00 开始更正" in page
        assert ("接着更正" in page, "不要了" in page) == (True, True)
        assert "更正没交" in text(me.get("/meetings/"))

    def test_without_script_it_is_put_aside_by_a_button(self, me, locked, typed):
        answer = me.post(address(locked), typed(place="田间地头", step="keep"), follow=True)

        assert answer.redirect_chain == [(address(locked), 302)]
        assert "已先存着，还没有更正；记录照旧计入" in text(answer)
        assert answer.context["form"]["place"].value() == "田间地头"

    def test_what_was_refused_is_kept_too(self, me, locked, typed):
        answer = me.post(address(locked), typed(place="", reason="地点写错", step="correct"))

        assert answer.status_code == 422
        assert CorrectionDraft.objects.get().said["reason"] == ["地点写错"]


class TestEnding:
    def test_handing_it_in_leaves_no_draft(self, me, locked, typed):
        me.post(address(locked, "keep/"), typed(place="田间"))

        me.post(address(locked), typed(place="田间地头", reason="地点写错", step="correct"))

        assert (content(locked)[0], CorrectionDraft.objects.count()) == ("田间地头", 0)

    def test_giving_it_up_leaves_the_record_as_it_was(self, me, locked, typed, branch_secretary):
        before = content(locked)
        me.post(address(locked, "keep/"), typed(place="田间地头"))

        page = me.post(address(locked, "discard/"), follow=True)

        assert "写到一半的更正不要了，记录没有变。" in text(page)
        assert "更正还没有交上" not in text(page)
        assert (content(locked), CorrectionDraft.objects.count()) == (before, 0)
        deeds = Deed.objects.filter(action__contains="correction").order_by("pk")
        assert [(one.action, one.user_id) for one in deeds] == [
            ("meetings.begin_correction", branch_secretary.pk),
            ("meetings.discard_correction", branch_secretary.pk),
        ]

    def test_a_record_returned_meanwhile_is_gone_on_with_in_its_form_and_nothing_is_lost(
        self, me, locked, typed, township_officer
    ):
        me.post(address(locked, "keep/"), typed(topic="学习党史"))
        services.return_meeting(locked, reason="缺地点", by=township_officer)

        page = me.get(f"/meetings/{locked.pk}/edit/")
        assert page.context["form"]["topic"].value() == "学习党史"
        again = me.post(f"/meetings/{locked.pk}/edit/", typed(topic="学习党史", step="draft"))
        assert [one.title for one in again.context["conflict"].differences] == ["主题"]
        version = Meeting.objects.get(pk=locked.pk).version
        me.post(f"/meetings/{locked.pk}/edit/", typed(topic="学习党史", step="draft", version=version))

        assert (content(locked)[1], CorrectionDraft.objects.count()) == ("学习党史", 0)


class TestTwoPeople:
    def test_each_writes_their_own_and_sees_that_the_other_began(self, me, locked, typed, deputy, signed_in):
        me.post(address(locked, "keep/"), typed(place="田间地头"))
        other = signed_in(deputy)

        assert other.get(address(locked)).context["form"]["place"].value() == "村党群服务中心"
        other.post(address(locked, "keep/"), typed(topic="学习党史"))

        page = text(me.get(locked.get_absolute_url()))
        assert ("更正还没有交上。</b>您从" in page, "更正还没有交上。</b>副书记从" in page) == (True, True)
        assert page.count("接着更正") == 1
        assert me.get(address(locked)).context["form"]["topic"].value() == "学习党章"

    def test_whoever_hands_in_second_is_shown_both(self, me, locked, typed, deputy, signed_in):
        me.post(address(locked, "keep/"), typed(place="田间地头", reason="地点写错"))
        other = signed_in(deputy)
        other.post(address(locked), typed(topic="学习党史", reason="主题写错", step="correct"))

        page = me.get(address(locked))
        assert "这条记录后来又改过，保存时会把两份放在一起请您看。" in text(page)
        answer = me.post(address(locked), typed(place="田间地头", reason="地点写错", step="correct"))

        titles = [one.title for one in answer.context["conflict"].differences]
        assert (answer.status_code, titles) == (422, ["地点", "主题"])
        assert CorrectionDraft.objects.get().said["place"] == ["田间地头"]

    def test_nobody_gives_up_what_another_wrote(self, me, locked, typed, deputy, signed_in):
        me.post(address(locked, "keep/"), typed(place="田间地头"))

        signed_in(deputy).post(address(locked, "discard/"))

        assert CorrectionDraft.objects.count() == 1

    @pytest.mark.parametrize("reader", ["township_officer", "county_officer"])
    def test_the_office_neither_sees_nor_begins_one(self, reader, me, locked, typed, signed_in, request):
        me.post(address(locked, "keep/"), typed(place="田间地头"))
        office = signed_in(request.getfixturevalue(reader))

        assert "更正还没有交上" not in text(office.get(locked.get_absolute_url()))
        assert "更正没交" not in text(office.get("/meetings/"))
        assert office.post(address(locked, "keep/"), typed(place="别处")).status_code == 403
        assert office.post(address(locked, "discard/")).status_code == 403
        assert CorrectionDraft.objects.count() == 1

    def test_the_neighbour_finds_no_such_record(self, locked, typed, neighbour, signed_in):
        stranger = signed_in(neighbour)

        assert stranger.post(address(locked, "keep/"), typed(place="别处")).status_code == 404
        assert stranger.post(address(locked, "discard/")).status_code == 404
        assert (CorrectionDraft.objects.count(), CorrectionDraft.objects.visible_to(neighbour).count()) == (
            0,
            0,
        )


class TestBounds:
    def test_only_a_record_that_was_handed_in_is_corrected(self, kept, theme_day, branch_secretary):
        draft = kept(theme_day)

        with pytest.raises(Refused, match="不用更正"):
            keep_correction(draft, said={"place": ["x"]}, version=1, by=branch_secretary)

    def test_nobody_stores_a_book(self, locked, branch_secretary):
        said = {"minutes": ["字" * MOST_CHARACTERS, "字"]}

        with pytest.raises(Refused, match="写得太长"):
            keep_correction(locked, said=said, version=1, by=branch_secretary)

    def test_that_the_database_holds_whose_it_is_and_of_what(
        self, locked, kept, theme_day, branch_secretary, deputy
    ):
        keep_correction(locked, said={}, version=1, by=branch_secretary)
        draft = kept(theme_day)

        with pytest.raises(InternalError, match="nothing to correct"), transaction.atomic():
            CorrectionDraft.objects.create(meeting=draft, by=deputy, said={}, version=1)
        with pytest.raises(InternalError, match="Cannot update rows"), transaction.atomic():
            CorrectionDraft.objects.update(by=deputy)
        with pytest.raises(IntegrityError, match="correction_once_a_person"), transaction.atomic():
            CorrectionDraft.objects.create(meeting=locked, by=branch_secretary, said={}, version=1)

    def test_that_nul_is_kept_by_no_database(self, me, locked, typed):
        me.post(address(locked, "keep/"), typed(place="田间\0地头"))

        assert CorrectionDraft.objects.get().said["place"] == ["田间地头"]
