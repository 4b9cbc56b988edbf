"""The pages: who has not had a talk yet, tapping names, and the list of an office."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.talks.models import Talk
from tests.factories import GrantFactory, MeetingFactory, OrganizationFactory, UserFactory
from tests.talks.conftest import six_of

NEW = "/talks/new/"


@pytest.fixture
def phone(signed_in, branch_secretary):
    return signed_in(branch_secretary)


def branch_page(county):
    return f"/talks/branches/{county.branch.pk}/"


def posted(people, *others, **values):
    ids = [str(people[number - 1].pk) for number in others]
    return {
        "one": str(people[0].pk), "others": ids, "held_on": "2026-11-20", "occasion": "routine", **values
    }  # fmt: skip


class TestTheForm:
    def test_it_comes_filled_in(self, phone, people):
        form = phone.get(NEW).context["form"]

        assert (form["one"].value(), form["held_on"].value()) == (people[0].pk, datetime.date(2026, 11, 22))
        assert form["occasion"].value() == "routine"

    def test_those_who_wait_stand_first(self, phone, people, talked):
        talked(1, 4)
        names = [name for _, name in phone.get(NEW).context["form"].fields["others"].choices]

        assert names == ["党员5", "党员6", "党员1", "党员2", "党员3", "党员4"]

    def test_a_tapped_name_is_filled_in(self, phone, people):
        form = phone.get(f"{NEW}?who={people[3].pk}&to={people[4].pk}").context["form"]

        assert (form["one"].value(), form["others"].value()) == (people[3].pk, [people[4].pk])

    @pytest.mark.parametrize("wish", ["who=x", "to=987654321", "who=&to=%00"])
    def test_what_cannot_be_read_is_not_asked_for(self, phone, people, wish):
        assert phone.get(f"{NEW}?{wish}").context["form"]["one"].value() == people[0].pk

    def test_one_save(self, phone, people, county):
        answer = phone.post(NEW, posted(people, 2, 4, 5), follow=True)

        assert answer.redirect_chain == [(branch_page(county), 302)]
        assert [str(message) for message in answer.context["messages"]] == ["已记下 3 次谈话。"]

    def test_nobody_tapped(self, phone, people):
        answer = phone.post(NEW, posted(people))

        assert (answer.status_code, answer.context["form"].errors["others"]) == (422, ["请点出和谁谈的。"])

    def test_whoever_keeps_several_branches_chooses(self, signed_in, branch_secretary, county, people):
        GrantFactory(user=branch_secretary, role="branch_secretary", organization=county.second_branch)
        branch_secretary.__dict__.pop("granted", None)

        page = signed_in(branch_secretary).get(NEW)
        assert [branch.code for branch in page.context["branches"]] == ["8801001", "8801002"]
        answer = signed_in(branch_secretary).post(f"{NEW}?branch=8801001", posted(people, 2))
        assert (answer.status_code, Talk.objects.count()) == (302, 1)

    def test_another_s_branch_is_not_found(self, phone, county):
        assert phone.get(f"{NEW}?branch={county.other_branch.code}").status_code == 404

    def test_an_office_writes_none_down(self, signed_in, township_officer):
        assert signed_in(township_officer).get(NEW).status_code == 403


class TestTheBranchPage:
    def test_who_waits_is_a_tap_away(self, phone, people, talked, county):
        talked(1, 2, 4)
        parts = phone.get(branch_page(county)).context["found"].parts

        assert [part.sentence for part in parts] == [
            "每两名委员之间：应谈 3 对，已谈 1 对。",
            "每名党员和一名委员：应谈 3 人，已谈 1 人。",
            "每名党员和另一名党员：应谈 3 人，已谈 0 人。",
        ]
        assert [person.name for person in parts[0].lacking] == ["党员1和党员3", "党员2和党员3"]
        assert parts[1].lacking[0].href == f"{NEW}?branch=8801001&to={people[4].pk}"

    def test_whoever_is_under_discipline_must_be_talked_with_first(self, phone, people, county):
        people[5].on_probation_within_party = True
        people[5].save()
        person = phone.get(branch_page(county)).context["found"].parts[1].lacking[0]

        assert (person.name, person.must) == ("党员6", True)

    def test_another_year(self, phone, people, talked, county):
        talked(1, 2, held_on=datetime.date(2025, 3, 1))
        found = phone.get(f"{branch_page(county)}?year=2025").context["found"]

        assert [(str(talk), talk.relation) for talk in found.talks] == [("党员1和党员2", "committee")]

    def test_a_branch_without_a_committee_is_told(self, phone, county):
        assert "还没有登记本支部的书记、委员" in phone.get(branch_page(county)).content.decode()

    def test_taking_back(self, phone, people, talked, county):
        talked(1, 2)
        answer = phone.post(f"/talks/{Talk.objects.get().pk}/withdraw/", {"reason": "记错了"}, follow=True)

        assert answer.redirect_chain[0][0] == f"{branch_page(county)}?year=2026"
        assert answer.context["found"].talks == []

    def test_an_office_looks_and_does_not_touch(self, signed_in, township_officer, people, talked, county):
        talked(1, 2)
        client = signed_in(township_officer)

        assert "记谈话" not in client.get(branch_page(county)).content.decode()
        assert client.post(f"/talks/{Talk.objects.get().pk}/withdraw/", {"reason": "x"}).status_code == 403

    def test_a_supervisor_sees_none(self, signed_in, supervisor, county):
        assert signed_in(supervisor).get(branch_page(county)).status_code == 404


class TestTheListOfAnOffice:
    def test_every_branch_of_the_scope_in_the_order_of_the_tree(self, signed_in, township_officer, talked):
        talked(1, 2)
        rows = signed_in(township_officer).get("/talks/").context["rows"]

        assert [(row.branch.code, row.coverage.committee.had) for row in rows] == [
            ("8801001", 1),
            ("8801002", 0),
        ]

    @pytest.mark.parametrize(("state", "codes"), [("open", ["8801001"]), ("complete", ["8801002"])])
    def test_by_how_far_they_are(self, signed_in, township_officer, people, state, codes):
        rows = signed_in(township_officer).get(f"/talks/?state={state}").context["rows"]

        assert [row.branch.code for row in rows] == codes

    def test_a_secretary_is_led_to_their_branch(self, phone, county):
        assert phone.get("/talks/").headers["Location"] == branch_page(county)

    @pytest.mark.parametrize("wish", ["year=1999", "year=x", "under=987654321", "state=x"])
    def test_what_cannot_be_asked(self, signed_in, township_officer, wish):
        assert signed_in(township_officer).get(f"/talks/?{wish}").status_code == 422

    def test_as_many_queries_for_one_branch_as_for_three(self, signed_in, county_officer, county):
        client = signed_in(county_officer)

        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get("/talks/")
            return len(queries)

        first = asked()
        six_of(OrganizationFactory(parent=county.township))
        assert asked() == first


class TestTheRecordForm:
    """A talk is written down here and not as a meeting; records of former times stay what they are."""

    def kinds(self, answer):
        return [code for code, _ in answer.context["form"].fields["kinds"].widget.choices]

    def test_it_offers_no_talk(self, phone, people):
        assert "talk" not in self.kinds(phone.get("/meetings/new/?kind=talk"))

    def test_a_former_record_keeps_it(self, phone, people, county):
        meeting = MeetingFactory(organization=county.branch, kinds=["talk"], state="returned")
        answer = phone.get(f"/meetings/{meeting.pk}/edit/")

        assert ("talk" in self.kinds(answer), answer.context["form"]["kinds"].value()) == (True, ["talk"])


class TestTheApi:
    @pytest.fixture
    def program(self, signed_in, county):
        return signed_in(
            GrantFactory(role="county_staff", organization=county.township, user=UserFactory()).user
        )

    def test_that_there_was_one_and_nothing_private(self, program, talked, county):
        talked(1, 4, occasion="must")
        answer = program.get("/api/v1/talks/").json()

        assert answer["results"] == [
            {
                "id": Talk.objects.get().pk,
                "branch": {"id": county.branch.pk, "code": "8801001", "name": "河口镇东湾村党支部"},
                "held_on": "2026-11-20",
                "relation": "with_committee",
            }
        ]

    def test_by_year_and_place(self, program, talked, county):
        talked(1, 4, held_on=datetime.date(2025, 5, 1))
        counts = [
            program.get(f"/api/v1/talks/?{wish}").json()["count"]
            for wish in (
                "year=2025",
                "year=2026",
                f"under={county.branch.pk}",
                f"under={county.second_branch.pk}",
            )
        ]

        assert counts == [1, 0, 1, 0]
