"""What `make run` does before it starts: tables, static files and, the first time, people who can sign in."""

import json
import os
from pathlib import Path
from typing import TypedDict

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from partybuild import embedded

DEMO_LOGINS = embedded.CHECKOUT / "fixtures/demo/logins.json"


# What the first start is given.
DEMO = ("load_demo",)
EMPTY = ("create_administrator", "admin")


class Login(TypedDict):
    role: str
    username: str
    password: str


def prepare(*, demo: bool) -> list[Login]:
    """Bring the installation up to date; the demo's logins if its accounts are here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partybuild.settings")
    django.setup()
    if _is_behind():
        call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    if not get_user_model().objects.filter(is_system=False).exists():
        call_command(*(DEMO if demo else EMPTY))
    logins = _demo_logins()
    connections.close_all()
    return logins


def _is_behind() -> bool:
    """Asked first because `migrate` takes seconds even when there is nothing to do."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static() -> None:
    """Only when a file came, went or changed: hashing and compressing take seconds."""
    found = [storage.path(path) for finder in get_finders() for path, storage in finder.list(None)]
    state = "".join(f"{path} {Path(path).stat().st_mtime_ns}\n" for path in sorted(found))
    collected = Path(settings.STATIC_ROOT) / ".collected"
    if not collected.exists() or collected.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write_text(state)


def _demo_logins() -> list[Login]:
    """None where any is missing: an `admin` alone is not the demo's."""
    logins: list[Login] = json.loads(DEMO_LOGINS.read_text("utf-8"))
    names = [login["username"] for login in logins]
    return logins if get_user_model().objects.filter(username__in=names).count() == len(names) else []
