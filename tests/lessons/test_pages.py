"""Lessons, topics, lecturers and what the secretaries gave: who sees what, who keeps what."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.calendar import CHINA
from apps.lessons.models import Lecturer, Topic
from apps.meetings.lecturers import lecturer_of
from tests.factories import (
    GrantFactory,
    LecturerFactory,
    MeetingFactory,
    MemberFactory,
    SeatFactory,
    TermFactory,
    TopicFactory,
    UserFactory,
)

TODAY = datetime.date(2026, 11, 22)


def titles(answer):
    return [row.title for row in answer.context["page"]]


class TestTopics:
    @pytest.fixture
    def topics(self, county):
        places = {"县": county.root, "镇": county.township, "村": county.branch, "乡": county.other_township}
        return {title: TopicFactory(organization=place, title=title) for title, place in places.items()}

    def test_what_is_offered_above_is_there_below(self, topics, signed_in, branch_secretary):
        assert titles(signed_in(branch_secretary).get("/lessons/topics/")) == ["县", "镇", "村"]

    def test_a_neighbour_has_their_own_and_the_county_s(self, topics, signed_in, neighbour):
        client = signed_in(neighbour)

        assert titles(client.get("/lessons/topics/")) == ["县", "乡"]
        assert client.get(f"/lessons/topics/{topics['镇'].pk}/").status_code == 404

    def test_what_is_retired_is_not_offered(self, topics, signed_in, township_officer, branch_secretary):
        signed_in(township_officer).post(f"/lessons/topics/{topics['镇'].pk}/retire/")

        assert titles(signed_in(branch_secretary).get("/lessons/topics/")) == ["县", "村"]

    def test_nobody_changes_what_stands_above_them(self, topics, signed_in, branch_secretary):
        client = signed_in(branch_secretary)
        place = f"/lessons/topics/{topics['县'].pk}/"

        assert client.get(place).context["may_keep"] is False
        assert [client.get(f"{place}edit/").status_code, client.post(f"{place}retire/").status_code] == [
            403,
            403,
        ]

    def test_offering_one(self, county, signed_in, township_officer):
        sent = {"organization": county.township.pk, "year": "2026", "title": "防汛", "text": "", "link": ""}
        signed_in(township_officer).post("/lessons/topics/new/", sent)

        assert list(Topic.objects.values_list("title", "organization")) == [("防汛", county.township.pk)]

    def test_not_for_another_township(self, county, signed_in, township_officer):
        sent = {"organization": county.other_township.pk, "year": "2026", "title": "防汛"}

        assert signed_in(township_officer).post("/lessons/topics/new/", sent).status_code == 422

    def test_once_a_year(self, topics, county, signed_in, township_officer):
        sent = {"organization": county.township.pk, "year": "2026", "title": "镇"}
        answer = signed_in(township_officer).post("/lessons/topics/new/", sent)

        assert (answer.status_code, answer.context["form"].non_field_errors()) == (
            422,
            ["这一年已经有这个题目。"],
        )

    def test_changing_one(self, topics, county, signed_in, township_officer):
        sent = {"organization": county.township.pk, "year": "2026", "title": "镇里的题目"}
        signed_in(township_officer).post(f"/lessons/topics/{topics['镇'].pk}/edit/", sent)

        assert Topic.objects.get(pk=topics["镇"].pk).title == "镇里的题目"


class TestLecturers:
    def sent(self, place, **values):
        return {"organization": place.pk, "name": "苗青山", "post": "上寨村党支部书记", **values}

    def test_anybody_and_nothing_by_which_to_reach_them(self, county, signed_in, township_officer):
        signed_in(township_officer).post(
            "/lessons/lecturers/new/", self.sent(county.township, is_volunteer="on")
        )
        found = Lecturer.objects.get()

        assert (found.name, found.member, found.is_volunteer) == ("苗青山", None, True)
        assert {"phone", "contact", "email"} & {field.name for field in Lecturer._meta.get_fields()} == set()

    def test_a_member_is_found_by_name_and_lessons_are_theirs(self, county, signed_in, county_officer):
        member = MemberFactory(branch=county.other_branch, name="苗青山")
        sent = self.sent(county.root, member_name="苗青山")
        assert lecturer_of("苗青山", county.branch, TODAY) is None
        signed_in(county_officer).post("/lessons/lecturers/new/", sent)

        assert Lecturer.objects.get().member == member
        assert lecturer_of("苗青山", county.branch, TODAY) == member.pk

    def test_a_neighbour_s_lecturer_is_not_ours(self, county):
        member = MemberFactory(branch=county.other_branch, name="苗青山")
        LecturerFactory(organization=county.other_township, member=member)

        assert lecturer_of("苗青山", county.branch, TODAY) is None

    def test_two_of_the_name(self, county, signed_in, county_officer):
        one = MemberFactory(branch=county.branch, name="苗青山")
        MemberFactory(branch=county.other_branch, name="苗青山")
        client = signed_in(county_officer)
        answer = client.post("/lessons/lecturers/new/", self.sent(county.root, member_name="苗青山"))
        assert "请写成苗青山（河口镇东湾村党支部）或苗青山（石桥乡上寨村党支部）" in str(
            answer.context["form"].errors
        )
        client.post(
            "/lessons/lecturers/new/", self.sent(county.root, member_name="苗青山（河口镇东湾村党支部）")
        )

        assert Lecturer.objects.get().member == one

    def test_nobody_of_the_name(self, county, signed_in, township_officer):
        MemberFactory(branch=county.other_branch, name="苗青山")
        sent = self.sent(county.township, member_name="苗青山")
        answer = signed_in(township_officer).post("/lessons/lecturers/new/", sent)

        assert answer.context["form"].errors["member_name"] == [
            "河口镇党委下面的名册里没有“苗青山”。不是党员就不用填。"
        ]

    def test_changing_and_retiring(self, county, signed_in, township_officer, branch_secretary):
        row = LecturerFactory(organization=county.township)
        client = signed_in(township_officer)
        client.post(f"/lessons/lecturers/{row.pk}/edit/", self.sent(county.township, name="苗青"))
        shown = signed_in(branch_secretary).get("/lessons/lecturers/").context["page"]
        assert [each.name for each in shown] == ["苗青"]
        client.post(f"/lessons/lecturers/{row.pk}/retire/")

        assert list(signed_in(branch_secretary).get("/lessons/lecturers/").context["page"]) == []

    def test_a_branch_keeps_no_pool(self, county, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).post("/lessons/lecturers/new/", self.sent(county.branch))

        assert (answer.status_code, Lecturer.objects.count()) == (422, 0)


class TestSecretaries:
    def seated(self, organization, branch, name, position="1_secretary"):
        member = MemberFactory(branch=branch, name=name)
        SeatFactory(term=TermFactory(organization=organization), member=member, position=position)
        return member

    @pytest.fixture
    def secretaries(self, county):
        return {
            "镇": self.seated(county.township, county.branch, "韩立新"),
            "村": self.seated(county.branch, county.branch, "李长福"),
            "另一村": self.seated(county.second_branch, county.second_branch, "王秀英"),
            "乡": self.seated(county.other_township, county.other_branch, "马骏"),
        }

    def gave(self, member, organization, **values):
        day = datetime.datetime(2026, 6, 5, 15, tzinfo=CHINA)
        values = {"kinds": ["lesson"], "held_at": day, "lecturer_member": member, **values}
        return MeetingFactory(organization=organization, **values)

    def rows(self, signed_in, user, wish=""):
        page = signed_in(user).get(f"/lessons/secretaries/?{wish}").context["page"]
        return [(row.seat.member.name, len(row.lessons)) for row in page]

    def test_of_branches_and_committees_in_the_order_of_the_tree(
        self, secretaries, county, signed_in, township_officer
    ):
        self.gave(secretaries["村"], county.branch)
        self.gave(secretaries["镇"], county.second_branch)
        self.gave(secretaries["镇"], county.branch)
        self.gave(secretaries["另一村"], county.second_branch, counted_kinds=[])

        assert self.rows(signed_in, township_officer) == [("韩立新", 2), ("李长福", 1), ("王秀英", 0)]

    @pytest.mark.parametrize(
        ("wish", "names"),
        [
            ("given=yes", ["李长福"]),
            ("given=no", ["韩立新", "王秀英"]),
            ("kind=branch", ["李长福", "王秀英"]),
            ("kind=committee", ["韩立新"]),
            ("year=2025&given=yes", []),
        ],
    )
    def test_filters(self, secretaries, county, signed_in, township_officer, wish, names):
        self.gave(secretaries["村"], county.branch)

        assert [name for name, _ in self.rows(signed_in, township_officer, wish)] == names

    def test_a_lesson_elsewhere_counts_and_is_not_opened(
        self, secretaries, county, signed_in, township_officer
    ):
        meeting = self.gave(secretaries["镇"], county.other_branch)
        answer = signed_in(township_officer).get("/lessons/secretaries/?kind=committee")

        assert [given.may_open for given in answer.context["page"][0].lessons] == [False]
        assert f"/meetings/{meeting.pk}/" not in answer.content.decode()

    def test_as_many_queries_for_one_as_for_three(self, secretaries, county, signed_in, county_officer):
        client = signed_in(county_officer)
        numbers = []
        for member in secretaries.values():
            self.gave(member, county.branch)
            with CaptureQueriesContext(connection) as asked:
                client.get("/lessons/secretaries/")
            numbers.append(len(asked))

        assert len(set(numbers)) == 1


class TestLessons:
    def test_of_the_scope_with_their_evaluation(
        self, evaluation, county, signed_in, township_officer, neighbour
    ):
        MeetingFactory(organization=county.branch, kinds=["theme_day"])

        assert list(signed_in(township_officer).get("/lessons/").context["page"]) == [evaluation.meeting]
        assert list(signed_in(neighbour).get("/lessons/").context["page"]) == []

    def test_by_year_and_place(self, lesson, county, signed_in, county_officer):
        client = signed_in(county_officer)
        wishes = ("year=2025", "year=2026", f"under={county.branch.pk}", f"under={county.other_township.pk}")

        assert [len(client.get(f"/lessons/?{wish}").context["page"]) for wish in wishes] == [0, 1, 1, 0]

    def test_a_supervisor_sees_none(self, lesson, signed_in, supervisor):
        assert signed_in(supervisor).get("/lessons/").status_code == 403


class TestTheApi:
    @pytest.fixture
    def program(self, signed_in, county):
        grant = GrantFactory(role="county_staff", organization=county.township, user=UserFactory())
        return signed_in(grant.user)

    def test_a_lesson_with_its_evaluation(self, program, lesson, county):
        row = program.get("/api/v1/lessons/").json()["results"][0]

        assert (row["id"], row["topic"], row["answers"], row["evaluation"]) == (
            lesson.pk,
            "种好我们的责任田",
            None,
            None,
        )

    def test_too_few_answers_are_not_given_out(self, program, evaluation):
        evaluation.answers.number, evaluation.answers.counts = 4, [4, 0, 0, 0] * 4
        evaluation.answers.save()
        evaluation.closed_at = datetime.datetime(2026, 11, 20, tzinfo=CHINA)
        evaluation.save()

        assert program.get("/api/v1/lessons/").json()["results"][0]["evaluation"] is None
        evaluation.answers.number, evaluation.answers.counts = 5, [5, 0, 0, 0] * 4
        evaluation.answers.save()
        found = program.get("/api/v1/lessons/").json()["results"][0]
        assert (found["answers"], found["evaluation"]["form"]) == (5, [5, 0, 0, 0])


@pytest.mark.parametrize("tab", ["", "topics/", "secretaries/", "hours/"])
def test_only_who_has_several_branches_is_asked_where(tab, signed_in, branch_secretary, township_officer):
    pages = [signed_in(user).get(f"/lessons/{tab}") for user in (branch_secretary, township_officer)]
    assert ["under" in page.context["form"].fields for page in pages] == [False, True]
