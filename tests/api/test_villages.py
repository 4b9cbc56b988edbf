"""What villages decide, hear and publish in tables, over the API: as the pages show it, for programs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.core.periods import Quarter
from apps.decisions.models import FourStepDecision, Project
from apps.disclosure import services as disclosing
from apps.disclosure.models import Publication, Table
from apps.disclosure.tables import KINDS
from apps.opinions.models import Opinion
from apps.organizations.models import Village
from tests.conftest import County
from tests.decisions.conftest import decided, hold, matter, village
from tests.decisions.making import a_project
from tests.disclosure.conftest import clerk, publish, statements
from tests.opinions.hearing import NAME, PETITIONER, PHONE, an_opinion

__all__ = ["clerk", "decided", "hold", "matter", "publish", "statements", "village"]

API = "/api/v1/"
# An invented number of an area that does not exist.
IDENTITY = "990123199001011234"


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # the key's first use is written down
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def rows(client: Client, address: str) -> list[dict]:
    found: list[dict] = client.get(f"{API}{address}").json()["results"]
    return found


@pytest.fixture
def table(village: Village, clerk: User) -> Table:
    """A draft that holds, from before the scan knew it, what must not be published."""
    row = {"party": "某户", "reason": "借款", "original": Decimal(300)}
    quarter = Quarter(2026, 3)
    publication = disclosing.fill_table(
        village, KINDS["claims"], first_on=quarter.first, last_on=quarter.last, rows=[row], by=clerk
    )
    Table.objects.update(rows=[{**publication.table.rows[0], "party": f"某户 {IDENTITY}"}])
    return publication.table


class TestDecisions:
    ADDRESS = "decisions/"

    def test_the_list_tells_how_far_each_matter_is(self, program: Client, decided: FourStepDecision):
        (row,) = rows(program, self.ADDRESS)

        assert (row["title"], row["state"], row["village"]) == ("修缮村活动室", "decided", "河口镇东湾村")
        assert {"content", "steps"} & set(row) == set()

    def test_one_has_its_sittings_with_figures_and_verdicts(self, program: Client, decided: FourStepDecision):
        answer = program.get(f"{API}{self.ADDRESS}{decided.pk}/").json()

        assert [(step["stage"], step["present"], step["passed"]) for step in answer["steps"]] == [
            (1, 5, True),
            (2, 6, True),
            (3, 24, True),
            (4, 200, True),
        ]
        assert answer["content"] == "用集体收入 6 万元修缮村活动室屋顶。"
        assert answer["project"] is None

    @pytest.mark.parametrize(
        ("query", "count"),
        [("state=decided", 1), ("state=done", 0), ("q=活动室", 1), ("q=上寨", 0), ("kind=collective", 0)],
    )
    def test_the_filters_are_those_of_the_page(
        self, program: Client, decided: FourStepDecision, query: str, count: int
    ):
        assert len(rows(program, f"{self.ADDRESS}?{query}")) == count

    def test_the_neighbour_sees_nothing(self, foreign_program: Client, decided: FourStepDecision):
        assert rows(foreign_program, self.ADDRESS) == []
        assert foreign_program.get(f"{API}{self.ADDRESS}{decided.pk}/").status_code == 404

    def test_a_long_list_takes_no_more_queries(self, program: Client, county: County):
        one = a_project(county) and queries_of(program, f"{API}{self.ADDRESS}")
        for _ in range(3):
            a_project(county)

        assert queries_of(program, f"{API}{self.ADDRESS}") == one


class TestProjects:
    ADDRESS = "projects/"

    @pytest.fixture
    def project(self, county: County) -> Project:
        return a_project(county)

    def test_the_list_tells_how_far_each_project_is(self, program: Client, project: Project):
        (row,) = rows(program, self.ADDRESS)

        assert (row["title"], row["phase"], row["budget"]) == ("修缮村活动室", "plan", "60000.00")

    def test_one_has_what_it_takes(self, program: Client, project: Project):
        project.contributions.create(means="money", basis="per_head", rate=20, units=1200)

        answer = program.get(f"{API}{self.ADDRESS}{project.pk}/").json()

        assert [(each["means"], each["amount"]) for each in answer["contributions"]] == [
            ("money", "24000.00")
        ]

    @pytest.mark.parametrize(("query", "count"), [("phase=plan", 1), ("phase=contract", 0), ("q=东湾", 1)])
    def test_the_filters_are_those_of_the_page(
        self, program: Client, project: Project, query: str, count: int
    ):
        assert len(rows(program, f"{self.ADDRESS}?{query}")) == count

    def test_the_neighbour_sees_nothing(self, foreign_program: Client, project: Project):
        assert rows(foreign_program, self.ADDRESS) == []
        assert foreign_program.get(f"{API}{self.ADDRESS}{project.pk}/").status_code == 404

    def test_a_long_list_takes_no_more_queries(self, program: Client, project: Project, county: County):
        one = queries_of(program, f"{API}{self.ADDRESS}")
        for _ in range(3):
            a_project(county)

        assert queries_of(program, f"{API}{self.ADDRESS}") == one


class TestOpinions:
    ADDRESS = "opinions/"

    @pytest.fixture
    def opinion(self, village: Village, clerk: User) -> Opinion:
        return an_opinion(village, by=clerk, petitioner=PETITIONER, text=f"我的号码 {IDENTITY} 登错了。")

    def test_neither_list_nor_one_tells_who_asked(self, program: Client, opinion: Opinion):
        (row,) = rows(program, self.ADDRESS)
        answer = program.get(f"{API}{self.ADDRESS}{opinion.pk}/")

        assert (row["state"], row["is_anonymous"], row["overdue"]) == ("open", False, False)
        for text in (str(row), answer.content.decode()):
            assert [secret for secret in (NAME, PHONE, IDENTITY) if secret in text] == []
        assert Opinion.objects.get().who == PETITIONER  # there is somebody to be told of

    @pytest.mark.parametrize(
        ("query", "count"), [("state=open", 1), ("category=land", 0), ("late=yes", 0), ("state=closed", 0)]
    )
    def test_the_filters_are_those_of_the_page(
        self, program: Client, opinion: Opinion, query: str, count: int
    ):
        assert len(rows(program, f"{self.ADDRESS}?{query}")) == count

    def test_the_neighbour_sees_nothing(self, foreign_program: Client, opinion: Opinion):
        assert rows(foreign_program, self.ADDRESS) == []
        assert foreign_program.get(f"{API}{self.ADDRESS}{opinion.pk}/").status_code == 404

    def test_a_long_list_takes_no_more_queries(
        self, program: Client, opinion: Opinion, village: Village, clerk: User
    ):
        one = queries_of(program, f"{API}{self.ADDRESS}")
        for _ in range(3):
            an_opinion(village, by=clerk)

        assert queries_of(program, f"{API}{self.ADDRESS}") == one


class TestWritingAnOpinionDown:
    """The county's hotline has a system of its own; what it hears need not be typed again."""

    ADDRESS = f"{API}opinions/"

    @pytest.fixture
    def heard(self, village: Village) -> dict[str, str]:
        return {
            "village": village.organization.code,
            "channel": "hotline",
            "category": "land",
            "text": "鱼塘包给谁了？",
            "name": NAME,
            "contact": PHONE,
        }

    def test_it_is_kept_with_its_day_and_the_answer_names_nobody(
        self, signed_in, township_officer: User, heard: dict[str, str]
    ):
        answer = signed_in(township_officer).post(self.ADDRESS, heard, content_type="application/json")

        kept = Opinion.objects.get()
        assert (answer.status_code, answer.json()["id"]) == (201, kept.pk)
        assert (answer.json()["due_on"], answer.json()["state"]) == (kept.due_on.isoformat(), "open")
        assert [secret for secret in (NAME, PHONE) if secret in answer.content.decode()] == []
        assert (kept.who.name, kept.who.contact) == (NAME, PHONE)

    def test_what_the_service_refuses_is_said_with_its_field(
        self, signed_in, township_officer: User, heard: dict[str, str]
    ):
        heard["text"] = f"我叫{NAME}。"

        answer = signed_in(township_officer).post(self.ADDRESS, heard, content_type="application/json")

        assert (answer.status_code, answer.json()["field"]) == (422, "text")
        assert not Opinion.objects.exists()

    def test_a_key_that_only_reads_writes_nothing(self, program: Client, heard: dict[str, str]):
        answer = program.post(self.ADDRESS, heard, content_type="application/json")

        assert answer.status_code == 404  # there is no village in which it may
        assert not Opinion.objects.exists()

    def test_nor_does_the_neighbouring_township(self, signed_in, neighbour: User, heard: dict[str, str]):
        answer = signed_in(neighbour).post(self.ADDRESS, heard, content_type="application/json")

        assert answer.status_code == 404
        assert not Opinion.objects.exists()

    def test_nobody_asks_about_what_they_may_not_see(
        self, signed_in, neighbour: User, clerk: User, statements: list[Publication], publish, county: County
    ):
        told = publish(statements[0])
        other = Village.objects.create(organization=county.other_branch, name="青山镇上寨村")
        asked = {
            "village": other.organization.code,
            "channel": "box",
            "category": "finance",
            "text": "这笔钱是什么？",
            "publication": told.pk,
        }

        answer = signed_in(neighbour).post(self.ADDRESS, asked, content_type="application/json")

        assert (answer.status_code, answer.json()["field"]) == (422, "publication")


class TestStatements:
    ADDRESS = "statements/"

    def test_the_list_has_the_sums_and_one_has_the_lines(
        self, program: Client, statements: list[Publication]
    ):
        latest, first = rows(program, self.ADDRESS)
        whole = program.get(f"{API}{self.ADDRESS}{first['id']}/").json()

        assert (latest["first_on"], latest["opening"], first["closing"]) == (
            "2026-10-01",
            "12499.50",
            "12499.50",
        )
        assert (first["publication"], first["state"], "lines" in first) == (statements[0].pk, "draft", False)
        assert [line["summary"] for line in whole["lines"]] == ["支付村道路灯电费", "收鱼塘发包款"]

    @pytest.mark.parametrize(
        ("query", "count"),
        [("since=2026-10-01", 1), ("until=2026-09-30", 1), ("state=published", 0), ("q=10月", 1)],
    )
    def test_it_is_looked_for_by_days_state_and_words(
        self, program: Client, statements: list[Publication], query: str, count: int
    ):
        assert len(rows(program, f"{self.ADDRESS}?{query}")) == count

    def test_the_neighbour_sees_nothing(self, foreign_program: Client, statements: list[Publication]):
        assert rows(foreign_program, self.ADDRESS) == []
        number = statements[0].statement_id
        assert foreign_program.get(f"{API}{self.ADDRESS}{number}/").status_code == 404

    def test_a_long_list_takes_no_more_queries(self, program: Client, statements: list[Publication]):
        both = queries_of(program, f"{API}{self.ADDRESS}")

        assert queries_of(program, f"{API}{self.ADDRESS}?q=10月") == both


class TestTables:
    ADDRESS = "tables/"

    def test_one_has_its_columns_and_rows_and_a_draft_s_numbers_are_masked(
        self, program: Client, table: Table
    ):
        (row,) = rows(program, self.ADDRESS)
        whole = program.get(f"{API}{self.ADDRESS}{row['id']}/").json()

        assert (row["kind"], row["publication"], "rows" in row) == ("claims", table.publication_id, False)
        assert [column["title"] for column in whole["columns"]] == [
            column.title for column in KINDS["claims"].columns
        ]
        assert (whole["rows"][0]["party"], whole["rows"][0]["balance"]) == ("某户 ****", "300.00")

    def test_the_neighbour_sees_nothing(self, foreign_program: Client, table: Table):
        assert rows(foreign_program, self.ADDRESS) == []
        assert foreign_program.get(f"{API}{self.ADDRESS}{table.pk}/").status_code == 404
