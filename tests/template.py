"""The tests' database is a copy: the migrations run once for as long as they stay the same.

The first process, and the first after a new migration, makes the template; every other copies it in a moment.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from partybuild.embedded import Postgres

ROOT = Path(__file__).parent.parent
# What the schema follows from: our migrations and, by their versions, the libraries'.
SOURCES = (*sorted(ROOT.glob("apps/*/migrations/*.py")), ROOT / "constraints.txt")
UNREADY = "template_unready"


def copy_template(postgres: Postgres, lock: Path) -> None:
    """Make the test database anew, with everything migrated and nothing in it."""
    template, name = f"template_{_digest()}", _creation()._get_test_db_name()
    with _alone(lock), _creation()._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'template_')")
        found = {row for (row,) in cursor.fetchall()}
        if template not in found:
            for old in found:
                cursor.execute(f"DROP DATABASE {old}")
            cursor.execute(f"CREATE DATABASE {UNREADY}")
            _migrate(postgres.url_of(UNREADY))
            cursor.execute(f"ALTER DATABASE {UNREADY} RENAME TO {template}")
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _creation() -> Any:
    return connection.creation  # what Django itself makes test databases by; its types do not say so


def _digest() -> str:
    digest = hashlib.sha256()
    for source in SOURCES:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--settings=tests.settings"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
