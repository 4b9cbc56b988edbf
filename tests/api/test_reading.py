"""What the API answers, to whom, and in how many queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.core.periods import Month
from apps.meetings import statistics
from apps.reports.models import MonthlyReport
from apps.reports.running import make_report
from apps.reports.services import ask_for_report
from tests.factories import (
    AttendanceFactory,
    MeetingFactory,
    MemberFactory,
    OrganizationFactory,
    ResolutionFactory,
    ThemePlanFactory,
)

pytestmark = pytest.mark.django_db

API = "/api/v1/"


def meet(branch) -> None:
    """A theme day in October 2026, in the statistics too."""
    MeetingFactory(organization=branch)
    statistics.refresh(branch.pk, Month(2026, 10))


def names(answer) -> list[str]:
    return [row["name"] for row in answer.json()["results"]]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


class TestOrganizations:
    def test_those_of_the_scope_in_the_order_of_the_tree(self, program, county):
        assert names(program.get(f"{API}organizations/")) == [
            "中共清源县河口镇委员会",
            "河口镇东湾村党支部",
            "河口镇西湾村党支部",
        ]

    def test_one(self, program, county):
        answer = program.get(f"{API}organizations/{county.branch.code}/").json()

        assert answer == {
            "id": county.branch.pk,
            "code": "8801001",
            "name": "河口镇东湾村党支部",
            "short_name": "",
            "kind": "branch",
            "sector": "village",
            "parent": "8801",
            "path": "88/8801/8801001/",
            "founded_on": "2000-01-01",
            "dissolved_on": None,
            "meeting_place": "",
            "theme_day": None,
            "longitude": None,
            "latitude": None,
        }

    def test_another_township_s_is_not_found(self, foreign_program, county):
        answer = foreign_program.get(f"{API}organizations/{county.branch.code}/")

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_the_same_filters_as_the_page(self, program, county):
        assert names(program.get(f"{API}organizations/?q=东湾")) == ["河口镇东湾村党支部"]
        assert names(program.get(f"{API}organizations/?kind=committee")) == ["中共清源县河口镇委员会"]

    def test_a_filter_s_mistake_is_said_with_its_field(self, program, county):
        answer = program.get(f"{API}organizations/?under={county.other_township.pk}")

        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
            400,
            "invalid",
            "under",
        )


class TestMembers:
    def test_their_numbers_are_masked(self, program, county):
        member = MemberFactory(branch=county.branch, name="张伟", phone="13912345678")

        answer = program.get(f"{API}members/{member.pk}/")

        assert answer.json()["id_number_masked"] == f"{member.id_number[:4]}********{member.id_number[-4:]}"
        assert answer.json()["phone_masked"] == "139****5678"
        assert answer.json()["branch"] == {
            "id": county.branch.pk,
            "code": "8801001",
            "name": "河口镇东湾村党支部",
        }
        assert member.id_number not in answer.content.decode()
        assert "13912345678" not in answer.content.decode()

    def test_another_township_s_are_not_found(self, program, foreign_program, county):
        ours = MemberFactory(branch=county.branch, name="张伟")
        theirs = MemberFactory(branch=county.other_branch, name="李芳")

        assert names(program.get(f"{API}members/")) == ["张伟"]
        assert names(foreign_program.get(f"{API}members/")) == ["李芳"]
        assert program.get(f"{API}members/{theirs.pk}/").json()["code"] == "not_found"
        assert foreign_program.get(f"{API}members/{ours.pk}/").json()["code"] == "not_found"

    def test_whoever_may_not_see_members_is_refused(self, signed_in, supervisor, county):
        MemberFactory(branch=county.branch)

        answer = signed_in(supervisor).get(f"{API}members/")

        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")

    def test_the_same_filters_as_the_page(self, program, county):
        MemberFactory(branch=county.branch, name="张伟")
        MemberFactory(branch=county.second_branch, name="李芳", sex="female")

        assert names(program.get(f"{API}members/?q=zw")) == ["张伟"]
        assert names(program.get(f"{API}members/?sex=female")) == ["李芳"]
        assert names(program.get(f"{API}members/?under={county.branch.pk}")) == ["张伟"]

    def test_pages_are_capped(self, program, county):
        MemberFactory.create_batch(3, branch=county.branch)

        answer = program.get(f"{API}members/?page_size=2").json()

        assert (answer["count"], len(answer["results"])) == (3, 2)
        assert answer["next"].endswith("page=2&page_size=2")
        assert program.get(f"{API}members/?page=9").json()["code"] == "not_found"


class TestMeetings:
    @pytest.fixture
    def meeting(self, county):
        meeting = MeetingFactory(organization=county.branch, topic="学习党章")
        AttendanceFactory(meeting=meeting, member=MemberFactory(branch=county.branch, name="张伟"))
        AttendanceFactory(
            meeting=meeting,
            member=MemberFactory(branch=county.branch, name="李芳"),
            presence="excused",
            reason="illness",
        )
        ResolutionFactory(meeting=meeting, number=1, in_favour=1)
        return meeting

    def test_the_list_counts_heads_and_leaves_the_minutes_out(self, program, meeting):
        (row,) = program.get(f"{API}meetings/").json()["results"]

        assert (row["topic"], row["expected"], row["present"]) == ("学习党章", 2, 1)
        assert "minutes" not in row

    def test_one_with_everybody_and_every_resolution(self, program, meeting):
        answer = program.get(f"{API}meetings/{meeting.pk}/").json()

        assert [(row["name"], row["presence"], row["reason"]) for row in answer["attendances"]] == [
            ("李芳", "excused", "illness"),
            ("张伟", "present", ""),
        ]
        assert [row["text"] for row in answer["resolutions"]] == ["修缮活动室"]
        assert (answer["minutes"], answer["expected"]) == ("一、学习党章。", 2)

    def test_another_township_s_is_not_found(self, foreign_program, meeting):
        assert foreign_program.get(f"{API}meetings/").json()["count"] == 0
        assert foreign_program.get(f"{API}meetings/{meeting.pk}/").json()["code"] == "not_found"

    def test_the_same_filters_as_the_page(self, program, meeting):
        assert program.get(f"{API}meetings/?period=2026-10").json()["count"] == 1
        assert program.get(f"{API}meetings/?period=2026-09").json()["count"] == 0
        assert program.get(f"{API}meetings/?period=gestern").json()["field"] == "period"


class TestFigures:
    def test_numerator_denominator_and_state(self, program, county):
        meet(county.branch)

        answer = program.get(f"{API}figures/?organization=8801&period=2026-10&code=M03").json()

        (figure,) = answer
        assert (figure["code"], figure["period"], figure["organization"]["code"]) == (
            "M03",
            "2026-10",
            "8801",
        )
        assert [(each["numerator"], each["denominator"], each["state"]) for each in figure["values"]] == [
            (1, 2, "incomplete")
        ]

    def test_those_of_the_parts_when_asked_for(self, program, county):
        answer = program.get(f"{API}figures/?organization=8801&period=2026-10&code=M03&parts=true").json()

        assert [figure["organization"]["code"] for figure in answer] == ["8801", "8801001", "8801002"]

    def test_another_township_s_are_not_found(self, program, county):
        assert program.get(f"{API}figures/?organization=8802&period=2026-10").json()["code"] == "not_found"
        assert program.get(f"{API}figures/?organization=88&period=2026-10").json()["code"] == "not_found"
        assert program.get(f"{API}figures/?organization=%00").json()["code"] == "not_found"

    @pytest.mark.parametrize(("query", "field"), [("period=10月", "period"), ("code=M99", "code")])
    def test_mistakes_are_said_with_their_field(self, program, county, query, field):
        answer = program.get(f"{API}figures/?organization=8801&{query}")

        assert (answer.status_code, answer.json()["field"]) == (400, field)


class TestReports:
    @pytest.fixture
    def report(self, county, township_officer, settings):
        meet(county.branch)
        report = ask_for_report(county.township, Month(2026, 10), by=township_officer)
        make_report(report.pk)
        return MonthlyReport.objects.get(pk=report.pk)

    def test_the_frozen_figures_and_words(self, program, report):
        answer = program.get(f"{API}reports/{report.pk}/").json()

        assert (answer["month"], answer["revision"], answer["state"]) == ("2026-10", 1, "ready")
        figures = {
            (figure["code"], figure["organization"]["code"]): figure["values"]
            for figure in answer["content"]["figures"]
        }
        assert [figures["M03", "8801"][0][name] for name in ("numerator", "denominator")] == [1, 2]
        assert figures["M03", "8801001"][0]["state"] == "complete"
        assert answer["content"]["bulletin"]["paragraphs"] != []

    @pytest.mark.parametrize(("ending", "begins"), [("docx", b"PK"), ("xlsx", b"PK")])
    def test_the_files(self, program, report, ending, begins):
        answer = program.get(f"{API}reports/{report.pk}/{ending}/")

        assert answer["Content-Disposition"] == f'attachment; filename="8801-2026-10-1.{ending}"'
        assert answer.content[:2] == begins

    def test_another_township_s_is_not_found(self, foreign_program, report):
        assert foreign_program.get(f"{API}reports/").json()["count"] == 0
        for ending in ("", "docx/", "xlsx/"):
            assert foreign_program.get(f"{API}reports/{report.pk}/{ending}").json()["code"] == "not_found"


def test_as_many_queries_for_three_rows_as_for_one(signed_in, township_officer, county):
    client = signed_in(township_officer)
    addresses = [f"{API}{name}/" for name in ("organizations", "members", "meetings")]
    addresses.append(f"{API}figures/?organization=8801&period=2026-10&parts=true")

    def fill(branch) -> None:
        meeting = MeetingFactory(organization=branch)
        AttendanceFactory(meeting=meeting, member=MemberFactory(branch=branch))

    fill(county.branch)
    client.get(addresses[0])
    one = [queries(client, address) for address in addresses]
    for number in range(2):
        fill(OrganizationFactory(parent=county.township, code=f"88010{number}9"))

    assert [queries(client, address) for address in addresses] == one


class TestPlans:
    def test_the_themes_of_the_scope_without_notes(self, program, county):
        county.branch.theme_day = 5
        county.branch.save()
        plan = ThemePlanFactory(organization=county.branch, theme="植树", note="李某带队")
        ThemePlanFactory(organization=county.other_branch)

        assert program.get(f"{API}plans/").json()["results"] == [
            {
                "id": plan.pk,
                "organization": {
                    "id": county.branch.pk, "code": "8801001", "name": "河口镇东湾村党支部"
                },
                "month": "2026-11",
                "theme": "植树",
                "day": "2026-11-05",
                "place": "",
            }
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("asked", "found"), [("year=2026", 1), ("year=2027", 0), ("organization=8801002", 0)]
    )
    def test_by_year_and_organization(self, program, county, asked, found):
        ThemePlanFactory(organization=county.branch)

        assert program.get(f"{API}plans/?{asked}").json()["count"] == found

    def test_what_is_no_year_is_said(self, program):
        assert program.get(f"{API}plans/?year=x").json()["message"] == "年份请写成 2026 这样。"
