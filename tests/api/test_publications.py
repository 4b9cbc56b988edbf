"""Village-affairs disclosure over the API: what the pages show, for programs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.disclosure import services
from apps.disclosure.models import Publication
from tests.attachments.pictures import picture, upload
from tests.conftest import County
from tests.disclosure.conftest import clerk, publish, statements

__all__ = ["clerk", "publish", "statements"]
ADDRESS = "/api/v1/publications/"


@pytest.fixture
def told(statements: list[Publication], publish) -> list[Publication]:
    """September is public, October still a draft."""
    return [publish(statements[0]), statements[1]]


def test_the_list_tells_what_is_public_and_what_is_on_its_way(program: Client, told: list[Publication]):
    rows = program.get(ADDRESS).json()["results"]

    assert [(row["title"], row["state"], row["number"]) for row in rows] == [
        ("2026年10月财务收支", "draft", None),
        ("2026年9月财务收支", "published", 1),
    ]
    assert rows[1]["checksum"] == told[0].checksum
    assert {"body", "statement"} & set(rows[0]) == set()


def test_one_has_its_lines_and_its_steps(program: Client, told: list[Publication], county: County):
    answer = program.get(f"{ADDRESS}{told[0].pk}/").json()

    assert answer["organization"]["code"] == county.branch.code
    assert answer["statement"]["closing"] == "12499.50"
    assert [(line["summary"], line["income"]) for line in answer["statement"]["lines"]] == [
        ("支付村道路灯电费", "0.00"),
        ("收鱼塘发包款", "3000.00"),
    ]
    assert [step["action"] for step in answer["steps"]] == ["propose", "consent", "confirm", "publish"]
    assert "东湾村文书孙某" not in str(answer)  # who typed it in is nobody's business


def test_one_has_its_receipts_line_by_line(program: Client, statements: list[Publication], clerk: User):
    services.add_file(statements[0], upload(picture()), key=uuid4(), by=clerk)
    receipt = services.add_receipt(
        statements[0], upload(picture(colour="blue")), line=2, key=uuid4(), has_looked=True, by=clerk
    )
    of_all, of_line = program.get(f"{ADDRESS}{statements[0].pk}/").json()["files"]

    assert (of_all["line"], of_line["line"], of_line["title"]) == (None, 2, "票据")
    assert (of_line["sha256"], of_line["looked_at"] is not None) == (receipt.attachment.sha256, True)


def test_more_receipts_take_no_more_queries(program: Client, statements: list[Publication], clerk: User):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            program.get(f"{ADDRESS}{statements[0].pk}/")
        return len(found)

    asked()  # the key's first use is written down
    for colour in ("red", "blue", "green"):
        services.add_receipt(statements[0], upload(picture(colour=colour)), line=1, key=uuid4(), by=clerk)
    three = asked()
    services.add_receipt(statements[0], upload(picture(colour="white")), line=2, key=uuid4(), by=clerk)
    assert asked() == three


@pytest.mark.parametrize(
    ("query", "count"), [("state=published", 1), ("q=10月", 1), ("item=V01", 0), ("q=上寨", 0)]
)
def test_the_filters_are_those_of_the_page(program: Client, told: list[Publication], query: str, count: int):
    assert program.get(f"{ADDRESS}?{query}").json()["count"] == count


def test_the_neighbour_sees_nothing(foreign_program: Client, told: list[Publication]):
    assert foreign_program.get(ADDRESS).json()["count"] == 0
    assert foreign_program.get(f"{ADDRESS}{told[0].pk}/").status_code == 404


def test_nobody_writes(program: Client, told: list[Publication]):
    assert program.post(ADDRESS, {}).status_code == 405


def test_a_long_list_takes_no_more_queries(program: Client, told: list[Publication]):
    program.get(ADDRESS)  # the key's first use is written down
    with CaptureQueriesContext(connection) as both:
        program.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        program.get(f"{ADDRESS}?state=published")

    assert len(both) == len(one)
