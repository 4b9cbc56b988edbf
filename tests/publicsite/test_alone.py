"""An installation that serves what was published and nothing else: its own process, its own role, no keys."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.db import connection

from apps.publicsite.management.commands.public_role import grant
from apps.publicsite.middleware import POLICY
from tests.bench import disclosed_county
from tests.partybuild.test_nginx import free_port, wait_for
from tests.services import POSTGRES

ROLE, PASSWORD = "partybuild_test_alone", "only-for-the-tests-1"
VILLAGE = f"/public/{disclosed_county.code_of(0)}/"


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str


class Alone(NamedTuple):
    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", None, headers, method=method)
        try:
            with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, answer.headers, answer.read().decode())


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def role(transactional_db: None) -> Iterator[str]:
    """The address under which the role connects."""
    grant(ROLE, PASSWORD)
    address = POSTGRES.url_of(connection.settings_dict["NAME"])
    yield address.replace("partybuild@", f"{ROLE}:{PASSWORD}@")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


@pytest.fixture
def environment(role: str, tmp_path: Path) -> dict[str, str]:
    """What such a host is told: no key of what is sealed, no Redis."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "partybuild.settings",
        "PARTYBUILD_PUBLIC_ONLY": "yes",
        "PARTYBUILD_LOCAL": "no",
        "PARTYBUILD_HTTPS": "no",
        "PARTYBUILD_DATA": str(tmp_path),
        "SECRET_KEY": "for-tests-only-" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": role,
        "WEB_CONCURRENCY": "1",
        "PARTYBUILD_PUBLIC_FOOT": '{"主办单位": "大县民政局", "备案号": ["ICP 0", "https://beian.example/"]}',
    }


@pytest.fixture
def alone(environment: dict[str, str]) -> Iterator[Alone]:
    disclosed_county.fill(1)
    base, port = settings.BASE_DIR, free_port()
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=base, env=environment, check=True, capture_output=True)
    told = environment | {"PARTYBUILD_BIND": f"127.0.0.1:{port}"}
    command = [sys.executable, "-m", "gunicorn"]
    with subprocess.Popen(command, cwd=base, env=told, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield Alone(port)
        finally:
            process.terminate()


def test_it_serves_what_was_published_and_nothing_else(alone: Alone):
    front, page, health = alone.ask("/"), alone.ask(VILLAGE), alone.ask("/healthz")
    inside = [alone.ask(path) for path in ("/login/", "/members/", "/api/v1/", "/static/none.css")]
    refused = [alone.ask(VILLAGE, method) for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")]
    odd = alone.ask(VILLAGE, Host="elsewhere.example")

    assert (front.status, front.headers["Location"]) == (301, "/public/")
    assert (page.status, "第0镇第0村" in page.body, health.status) == (200, True, 200)
    assert ("大县民政局" in page.body, '<a href="https://beian.example/">ICP 0</a>' in page.body) == (
        True,
        True,
    )
    assert [answer.status for answer in inside] == [404] * 4
    assert ["没有这个地址" in answer.body for answer in inside] == [True] * 4
    assert [answer.status for answer in refused] == [405] * 5
    assert (odd.status, "没有看懂这个地址" in odd.body) == (400, True)
    for answer in (front, page, health, *inside, *refused, odd):
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Set-Cookie"]) == ("nosniff", None)


def test_every_page_can_be_drawn_by_its_role(alone: Alone):
    paths = [
        *("/public/", "/public/about/", "/public/villages/", "/public/search/?q=2024"),
        *(
            f"{VILLAGE}{path}"
            for path in ("", "catalogue/", "feed.xml", "search/?q=2024", "verify/", "verify/1/")
        ),
        *(f"{VILLAGE}{path}" for path in ("decisions/", "opinions/", "year/2025/", "296/", "296/print/")),
        *(f"{VILLAGE}{path}" for path in ("296/data.json", "296/lines.csv")),
    ]

    assert [(path, alone.ask(path).status) for path in paths] == [(path, 200) for path in paths]


def test_what_was_drawn_once_is_not_sent_again(alone: Alone):
    tag = alone.ask(VILLAGE).headers["ETag"]

    again = alone.ask(VILLAGE, **{"If-None-Match": tag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, "", tag)


INSUFFICIENT_PRIVILEGE = "42501"  # as Postgres calls it
REFUSED = [
    "SELECT 1 FROM members_member",
    "SELECT 1 FROM accounts_user",
    "SELECT body FROM disclosure_publication",
    "SELECT 1 FROM opinions_opinion",
    "SELECT 1 FROM publicsite_change",
    "DELETE FROM publicsite_public_change",
    "CREATE TABLE mine (id int)",
    "SELECT passwd FROM pg_shadow",
    "SELECT pg_read_file('/etc/passwd')",
]


@pytest.fixture
def asked(role: str) -> Iterator[Any]:
    """A connection of the role itself, which has taken back that it only reads."""
    server = connection.settings_dict
    opened = psycopg2.connect(host=server["HOST"], dbname=server["NAME"], user=ROLE, password=PASSWORD)
    opened.autocommit = True
    with opened.cursor() as cursor:
        yield cursor
    opened.close()


def test_whoever_gets_hold_of_the_role_gets_no_further(asked: Any):
    told = {}
    for setting in ("statement_timeout", "default_transaction_read_only"):
        asked.execute(f"SHOW {setting}")
        (told[setting],) = asked.fetchone() or ("",)
    asked.execute("SET default_transaction_read_only = off")
    for statement in REFUSED:
        with pytest.raises(psycopg2.Error) as refused:
            asked.execute(statement)
        assert (statement, refused.value.pgcode) == (statement, INSUFFICIENT_PRIVILEGE)
    asked.execute("SELECT count(*) FROM disclosure_public_village")

    assert told == {"statement_timeout": "10s", "default_transaction_read_only": "on"}
    assert asked.fetchone() == (0,)
