"""What was drawn is kept, and never a moment too long."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import CHINA, today
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.publicsite.management.commands.public_role import OPEN
from apps.publicsite.models import Change, PublishedChange
from apps.regulations.models import RuleOverride
from tests.conftest import County

BENEATH = """
    WITH RECURSIVE used(id) AS (
        SELECT oid FROM pg_class WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace
        UNION
        SELECT depend.refobjid FROM used
        JOIN pg_rewrite rewrite ON rewrite.ev_class = used.id
        JOIN pg_depend depend ON depend.objid = rewrite.oid AND depend.classid = 'pg_rewrite'::regclass
        WHERE depend.refclassid = 'pg_class'::regclass
    )
    SELECT relname, EXISTS (SELECT FROM pg_trigger WHERE tgrelid = used.id AND tgname LIKE 'public_change%%')
    FROM used JOIN pg_class ON pg_class.oid = used.id WHERE relkind = 'r'
"""


@pytest.mark.django_db
def test_every_table_beneath_a_public_view_tells_of_its_changes():
    views = [model._meta.db_table for model in OPEN if model is not PublishedChange]
    with connection.cursor() as cursor:
        cursor.execute(BENEATH, [views])
        found = dict(cursor.fetchall())

    assert {"disclosure_publication", "organizations_village", "organizations_organization"} <= set(found)
    assert [name for name, tells in found.items() if not tells] == []


@pytest.fixture
def tag(villager: Client, county: County) -> Callable[..., str]:
    def asked(name: str = "village", *arguments: object) -> str:
        return villager.get(reverse(f"public:{name}", args=arguments or [county.branch.code])).headers["ETag"]

    return asked


def test_a_page_is_drawn_once(published: list[Publication], villager: Client, county: County):
    address = reverse("public:publication", args=[county.branch.code, 1])
    first = villager.get(address)
    with CaptureQueriesContext(connection) as queries:
        again = villager.get(address)

    for answer in (first, again):
        del answer.headers["X-Request-Id"]
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert [sql for sql in asked if "publicsite_public_change" not in sql] == []


def test_what_is_published_and_withdrawn_shows_at_once(
    statements: list[Publication], publish, villager: Client, county: County, township_officer: User
):
    publish(statements[0])
    address = reverse("public:village", args=[county.branch.code])
    before = villager.get(address).content.decode()
    second = publish(statements[1])
    after = villager.get(address).content.decode()
    services.withdraw(second, reason="写错了村。", by=township_officer)
    withdrawn = villager.get(address).content.decode()

    title = "2026年10月财务收支"
    assert (f"{title}</h2>" in before, f"{title}</h2>" in after, f"{title}</h2>" in withdrawn) == (
        False,
        True,
        False,
    )
    assert ("已撤回" in after, "已撤回" in withdrawn) == (False, True)


def test_another_village_is_not_touched(statements: list[Publication], publish, county: County):
    publish(statements[0])

    assert list(Change.objects.exclude(place="").values_list("place", flat=True)) == [county.branch.code]


def test_a_draft_touches_nothing(statements: list[Publication], county: County):
    assert list(Change.objects.exclude(place="")) == []


def test_the_countys_own_day_holds_at_once(
    published: list[Publication], county: County, county_officer: User, tag
):
    before = tag(), tag("publication", county.branch.code, 1)
    RuleOverride.objects.create(
        county=county.root.path, rule="VAD-03/due_day", value=20, since=today(), author=county_officer
    )

    assert tag() != before[0]
    assert tag("publication", county.branch.code, 1) != before[1]


def test_a_new_name_shows_at_once(published: list[Publication], county: County, villager: Client):
    villager.get(reverse("public:index"))
    county.township.name = "中共清源县河东镇委员会"
    county.township.save()

    assert "河东镇" in villager.get(reverse("public:index")).content.decode()


def test_tomorrow_only_what_depends_on_the_day_is_drawn_anew(
    published: list[Publication], county: County, tag
):
    morning = datetime.datetime(2026, 11, 22, 9, tzinfo=CHINA)
    with time_machine.travel(morning):
        before = tag(), tag("publication", county.branch.code, 1)
    with time_machine.travel(morning + datetime.timedelta(days=1)):
        after = tag(), tag("publication", county.branch.code, 1)

    assert (before[0] == after[0], before[1] == after[1]) == (False, True)
