"""Pytest plugin: real servers for the tests, beside and independent of those of `make run`.

Each pytest process takes a free slot: a database, two Redis databases and a data folder of its own.
The servers start with the first test that needs a database.
"""

import atexit
import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from typing import IO, Any

import pytest
import redis
from django.db import connection
from pytest_django import DjangoDbBlocker

from partybuild.celery import app
from partybuild.embedded import DATA, Home, Postgres, Redis, use
from partybuild.redis_urls import cache_url
from tests.template import copy_template

Worker = subprocess.Popen[bytes]

TESTS = DATA / "tests"
REDIS_DATABASES = 512
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
WORKER_READY_SECONDS = 30


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

os.environ |= {
    "DATABASE_URL": POSTGRES.url_of(f"slot{SLOT}"),
    "REDIS_URL": f"{REDIS.url}?db={2 * SLOT}",
    "PARTYBUILD_DATA": str(TESTS / f"files-{SLOT}"),
}


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> bool:
    """The servers run and the test database is there, a fresh copy: pytest-django need not make one."""
    use(POSTGRES)
    use(REDIS)
    with django_db_blocker.unblock():
        copy_template(POSTGRES, TESTS / "template.lock")
    return True


@pytest.fixture(autouse=True)
def _empty_redis(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one test left in Redis is not there for the next."""
    yield
    if "django_db_setup" in request.fixturenames:
        for offset in (0, 1):
            with redis.Redis.from_url(cache_url(os.environ["REDIS_URL"], offset)) as client:
                client.flushdb()


@pytest.fixture(autouse=True)
def _local_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails."""
    connect: Callable[[socket.socket, Any], None] = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"a test reaches for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def celery_worker_process(transactional_db: None) -> Iterator[Worker]:
    """A real worker on this test's database; tasks go to it and are not run in place. May be killed."""
    environment = os.environ | {"DATABASE_URL": POSTGRES.url_of(connection.settings_dict["NAME"])}
    command = [sys.executable, "-m", "celery", "-A", "partybuild", "worker", "--concurrency", "1"]
    with (TESTS / f"worker-{SLOT}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    _wait_for_worker(process)
    app.conf.task_always_eager = False
    yield process
    app.conf.task_always_eager = True
    process.kill()
    process.wait()


def _wait_for_worker(process: Worker) -> None:
    for _ in range(WORKER_READY_SECONDS):
        if app.control.ping(timeout=1, limit=1):
            return
        assert process.poll() is None, f"the worker ended, see {TESTS}/worker-{SLOT}.log"
    pytest.fail("the worker does not answer")
