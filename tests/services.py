"""Pytest plugin: real servers for the tests, beside and independent of those of `make run`.

Each pytest process takes a free slot: a database, two Redis databases and a data folder of its own. The servers
start with the first test that needs a database.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator
from itertools import count
from typing import IO

import pytest
import redis

from partybuild.embedded import DATA, Home, Postgres, Redis, use
from partybuild.redis_urls import cache_url

TESTS = DATA / "tests"
REDIS_DATABASES = 512
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def _take_slot() -> tuple[int, IO[str]]:
    """The first slot that no living process holds."""
    TESTS.mkdir(parents=True, exist_ok=True)
    for number in count():
        file = (TESTS / f"slot-{number}.lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return number, file
    raise AssertionError("unreachable")


SLOT, _held = _take_slot()
atexit.register(_held.close)
HOME = Home.at(TESTS)
POSTGRES = Postgres(HOME, UNSAFE_BUT_FAST)
REDIS = Redis(HOME, ("--databases", str(REDIS_DATABASES), "--appendfsync", "no"))

os.environ["DATABASE_URL"] = POSTGRES.url_of(f"slot{SLOT}")
os.environ["REDIS_URL"] = f"{REDIS.url}?db={2 * SLOT}"
os.environ["PARTYBUILD_DATA"] = str(TESTS / f"files-{SLOT}")
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["PARTYBUILD_HTTPS"] = "no"


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> None:
    """pytest-django is about to make the test database."""
    if fixturedef.argname == "django_db_setup":
        use(POSTGRES)
        use(REDIS)


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one test left in Redis is not there for the next."""
    yield
    if "django_db_setup" in request.fixturenames:
        for database in (2 * SLOT, 2 * SLOT + 1):
            with redis.Redis.from_url(cache_url(REDIS.url, database)) as client:
                client.flushdb()
