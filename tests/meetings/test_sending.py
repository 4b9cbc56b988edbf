"""A record that waited on a phone arrives: once, and with an answer that loses nothing."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from apps.meetings import services
from apps.meetings.entries import Edit
from apps.meetings.models import Meeting
from apps.meetings.queries import same_meeting_candidates
from apps.meetings.reading import entry_of
from tests.factories import GrantFactory, MemberFactory

SEND = "/meetings/send/"
DIFFERS = "这条记录系统里已经有了，手机上的这份和它不完全一样。请看一下，没有问题就把手机上的扔掉。"


@pytest.fixture
def waiting(village):
    """A complete theme day with everybody there, as the phone kept it."""
    return {
        "client_key": str(uuid4()),
        "page": str(uuid4()),
        "version": "0",
        "branch": village.branch.code,
        "kinds": ["theme_day"],
        "held_on": "2026-11-05",
        "begins": "15:00",
        "place": "村党群服务中心",
        "host": str(village.secretary.pk),
        "recorder": str(village.people[1].pk),
        "topic": "学习党章",
        "minutes": "一、学习党章第一章。",
        "listed": ",".join(str(one.pk) for one in village.everybody),
        "resolutions-TOTAL_FORMS": "0",
        "resolutions-INITIAL_FORMS": "0",
    }


@pytest.fixture
def send(signed_in, branch_secretary):
    """What the server answers to the phone."""
    client = signed_in(branch_secretary)
    return lambda fields: client.post(SEND, fields).json()


def states():
    return list(Meeting.objects.values_list("topic", "state"))


def test_it_is_received(send, waiting):
    answer = send(waiting)
    (meeting,) = Meeting.objects.all()

    assert answer == {"state": "received", "sentence": "", "href": f"/meetings/{meeting.pk}/", "version": 2}
    assert (meeting.state, str(meeting.client_key)) == ("submitted", waiting["client_key"])


def test_when_the_answer_was_lost_it_is_sent_again_and_is_still_one(send, waiting):
    first, again = send(waiting), send(waiting)

    assert first == again
    assert states() == [("学习党章", "submitted")]


def test_what_is_lacking_is_said_and_the_words_are_kept_as_a_draft(send, waiting):
    answer = send(waiting | {"minutes": "", "place": ""})

    assert (answer["state"], answer["sentence"]) == (
        "incomplete",
        "请填写地点。请填写会议记录，不同意见也要记上。",
    )
    assert states() == [("学习党章", "draft")]
    assert send(waiting | {"version": str(answer["version"])})["state"] == "received"
    assert states() == [("学习党章", "submitted")]


def test_without_a_day_nothing_is_kept_but_the_phone_keeps_it(send, waiting):
    answer = send(waiting | {"held_on": ""})

    assert (answer["state"], answer["sentence"], answer["version"]) == ("incomplete", "请填写日期。", 0)
    assert states() == []


def test_a_member_who_came_meanwhile_is_not_taken_for_present(send, waiting, village):
    MemberFactory(branch=village.branch, name="新来的")
    answer = send(waiting)

    assert answer["state"] == "incomplete"
    assert states() == [("学习党章", "draft")]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    send, waiting, village, kept, county, theme_day
):
    deputy = GrantFactory(role="branch_secretary", organization=village.branch).user
    theirs = replace(theme_day, topic="对方写的")
    kept(theirs, Edit(UUID(waiting["client_key"]), page=uuid4()), by=deputy)
    answer = send(waiting)

    assert (answer["state"], answer["href"]) == ("conflict", f"/meetings/{Meeting.objects.get().pk}/")
    assert answer["sentence"].startswith(f"{deputy}在 10:00 也改了这条记录")
    assert states() == [("对方写的", "draft")]


def test_a_record_handed_in_and_changed_on_the_phone_afterwards_is_not_lost_silently(send, waiting):
    send(waiting)
    answer = send(waiting | {"minutes": "又写了一段。"})

    assert (answer["state"], answer["sentence"]) == ("differs", DIFFERS)
    assert Meeting.objects.get().minutes == waiting["minutes"]


class TestTheSameMeetingOnAnotherPhone:
    """Two people record one gathering: the second is asked, and may keep both."""

    @pytest.fixture
    def theirs(self, recorded, theme_day):
        return recorded(replace(theme_day, minutes="别人记的。"))

    def test_it_is_asked_about(self, send, waiting, theirs, branch_secretary):
        answer = send(waiting)
        words = f"11月5日 15:00 主题党日“学习党章”，{branch_secretary}记的"

        assert (answer["state"], answer["sentence"]) == (
            "twin",
            f"可能是同一次会：{words}。请看一下，再选怎么办。",
        )
        assert answer["twins"] == [
            {
                "words": words,
                "href": f"/meetings/{theirs.pk}/",
                "edit": f"/meetings/{theirs.pk}/edit/",
                "client_key": str(theirs.client_key),
                "version": theirs.version,
            }
        ]
        assert len(states()) == 1

    def test_both_are_kept_when_the_secretary_says_so(self, send, waiting, theirs):
        assert send(waiting | {"not_the_same": "1"})["state"] == "received"
        assert len(states()) == 2

    def test_another_kind_or_day_or_a_withdrawn_record_is_no_twin(
        self, village, theirs, theme_day, branch_secretary
    ):
        def twins(entry):
            return same_meeting_candidates(village.branch, entry, but=uuid4())

        next_day = theme_day.held_at.replace(day=6)
        assert twins(theme_day) == [theirs]
        assert twins(replace(theme_day, held_at=next_day)) == []
        assert twins(replace(theme_day, kinds=("lesson",))) == []
        services.withdraw(theirs, reason="记错了", by=branch_secretary)
        assert twins(theme_day) == []

    def test_a_record_is_not_its_own_twin(self, village, theirs):
        assert same_meeting_candidates(village.branch, entry_of(theirs), but=theirs.client_key) == []


def test_whoever_may_not_record_here_sends_nothing(signed_in, waiting, neighbour, township_officer, county):
    elsewhere = GrantFactory(role="branch_secretary", organization=county.other_branch).user

    assert signed_in(elsewhere).post(SEND, waiting).status_code == 404
    assert signed_in(township_officer).post(SEND, waiting).status_code == 403
    assert states() == []
