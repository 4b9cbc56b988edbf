"""The matrix and the county's settings, over the API."""

from __future__ import annotations

from datetime import date

import pytest

from apps.regulations.models import RuleOverride
from tests.figures.conftest import hold

pytestmark = pytest.mark.django_db


def test_a_month_s_duties_are_those_of_the_matrix(program, county):
    hold(county.branch, "theme_day", on=date(2026, 10, 5))
    answer = program.get("/api/v1/duties/", {"organization": county.branch.code, "period": "2026-10"})
    rows = {(row["rule"], row["period"]): row for row in answer.json()}

    assert rows["MEET-06", "2026-10"]["state"] == "done"
    assert rows["MEET-06", "2026-10"]["held"] == 1
    assert rows["MEET-03", "2026-10"]["sentence"] == "不适用：没有划分党小组，不计"


def test_another_township_s_duties_are_not_found(foreign_program, county):
    answer = foreign_program.get("/api/v1/duties/", {"organization": county.branch.code})
    assert answer.status_code == 404


def test_the_county_s_settings_say_which_holds(program, county_officer):
    for value in (2, 3):
        RuleOverride.objects.create(
            county="88/",
            rule="MEET-05",
            value=value,
            since=date(2026, 1, 1),
            reason="要点",
            author=county_officer,
        )
    rows = program.get("/api/v1/settings/").json()

    assert [(row["value"], row["holds"]) for row in rows] == [(3, True), (2, False)]
    assert rows[0]["sentence"] == "党支部每季度至少 3 次"
