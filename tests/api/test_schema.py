"""The schema is complete, and the documentation page shows it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from apps.home.api_docs import operations

pytestmark = pytest.mark.django_db


def test_the_schema_is_made_without_warnings():
    err = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null", stderr=err)

    assert err.getvalue() == ""


def test_every_operation_has_words_and_the_key():
    assert [operation.address for operation in operations() if not operation.summary] == []
    assert "/api/v1/figures/" in {operation.address for operation in operations()}


def test_the_page_shows_every_operation_with_its_parameters_and_fields(signed_in, township_officer):
    page = signed_in(township_officer).get("/api/v1/docs/")

    text = page.content.decode()
    for operation in page.context["operations"]:
        assert f"{operation.method} {operation.address}" in text
    members = next(each for each in page.context["operations"] if each.address == "/api/v1/members/")
    assert {"q", "under", "page"} <= {line.name for line in members.parameters}
    assert "id_number_masked" in {line.name for line in members.fields}


def test_whoever_is_not_signed_in_is_led_to_the_login(client):
    assert client.get("/api/v1/docs/").url == "/login/?next=/api/v1/docs/"


def test_the_schema_is_for_those_with_a_key(client, program):
    assert client.get("/api/v1/schema/").json()["code"] == "not_authenticated"
    assert program.get("/api/v1/schema/").json()["info"]["title"] == "基层党建平台接口"
