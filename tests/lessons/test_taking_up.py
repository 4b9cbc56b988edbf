"""A topic taken up in a record: picked on its page or on the form, with its lecturer."""

from __future__ import annotations

import pytest

from tests.factories import AttendanceFactory, LecturerFactory, MeetingFactory, MemberFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(county):
    lecturer = LecturerFactory(organization=county.root, name="苗青山")
    return TopicFactory(organization=county.township, title="种好责任田", lecturer=lecturer)


@pytest.fixture
def phone(signed_in, branch_secretary, county):
    MemberFactory(branch=county.branch)
    return signed_in(branch_secretary)


def text(answer) -> str:
    return answer.content.decode()


def test_its_page_leads_to_a_record_filled_in_with_it(phone, topic):
    page = text(phone.get(f"/lessons/topics/{topic.pk}/"))
    assert f'href="/meetings/new/?lesson={topic.pk}"' in page

    form = phone.get(f"/meetings/new/?lesson={topic.pk}").context["form"]

    assert [form[name].value() for name in ("kinds", "topic", "lecturer")] == [
        ["lesson"], "种好责任田", "苗青山"
    ]  # fmt: skip


def test_the_form_of_a_lesson_offers_it_to_tap(phone, topic, county):
    address = f"/meetings/new/?branch={county.branch.code}&kind=lesson"
    assert f'value="fill:lesson:{topic.pk}"' in text(phone.get(address))
    sent = {
        "client_key": "6f1c0c3e-5e55-4b8e-9a5c-000000000001", "kinds": "lesson", "held_on": "2026-11-20",
        "resolutions-TOTAL_FORMS": 0, "resolutions-INITIAL_FORMS": 0, "step": f"fill:lesson:{topic.pk}",
    }  # fmt: skip

    form = phone.post(address, sent).context["form"]

    assert (form["topic"].value(), form["lecturer"].value()) == ("种好责任田", "苗青山")


@pytest.mark.parametrize("change", [{"year": 2025}, {"retired_on": "2026-11-01"}])
def test_one_of_another_year_or_no_longer_offered_is_not(phone, topic, change):
    for name, value in change.items():
        setattr(topic, name, value)
    topic.save()

    page = text(phone.get(f"/lessons/topics/{topic.pk}/"))
    form = phone.get(f"/meetings/new/?lesson={topic.pk}").context["form"]

    assert "记一次党课" not in page
    assert form["topic"].value() == ""


def test_another_township_s_is_not_offered(phone, county):
    theirs = TopicFactory(organization=county.other_township)

    assert phone.get(f"/meetings/new/?lesson={theirs.pk}").context["form"]["topic"].value() == ""


class TestTheEvaluationOnTheRecord:
    def test_a_lesson_handed_in_leads_to_asking_for_it(self, phone, lesson):
        page = text(phone.get(lesson.get_absolute_url()))

        assert f'<a class="button" href="/lessons/{lesson.pk}/evaluation/">请大家评价</a>' in page

    def test_one_that_was_asked_for_says_until_when(self, phone, evaluation):
        page = text(phone.get(evaluation.meeting.get_absolute_url()))

        assert "还在收答卷" in page
        assert f'<a class="button" href="/lessons/{evaluation.meeting_id}/evaluation/">看评价</a>' in page

    def test_what_is_no_lesson_has_none(self, phone, county):
        meeting = MeetingFactory(organization=county.branch, kinds=["theme_day"])
        AttendanceFactory(meeting=meeting, member=MemberFactory(branch=county.branch))

        assert "大家的评价" not in text(phone.get(meeting.get_absolute_url()))


class TestLikeLastTime:
    def test_the_list_offers_it_beside_each_record_of_one_s_own(self, phone, lesson, county):
        address = f"/meetings/new/?branch={county.branch.code}&amp;like={lesson.pk}"

        assert f'href="{address}">照样再记</a>' in text(phone.get("/meetings/"))

    def test_but_not_to_those_who_record_none(self, signed_in, township_officer, lesson):
        assert "照样再记" not in text(signed_in(township_officer).get("/meetings/"))

    def test_the_branch_s_home_leads_to_it(self, phone, lesson, county):
        address = f"/meetings/new/?branch={county.branch.code}&amp;like={lesson.pk}"

        assert f'href="{address}"' in text(phone.get("/"))
