"""What `make run` does before it starts: tables, static files and, the first time, people who can sign in."""

import json
import os
from typing import TypedDict

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections

from partybuild import embedded

DEMO_LOGINS = embedded.CHECKOUT / "fixtures/demo/logins.json"


class Login(TypedDict):
    role: str
    username: str
    password: str


def prepare(*, demo: bool) -> list[Login]:
    """Bring the installation up to date; the demo's logins if its accounts are here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partybuild.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not get_user_model().objects.filter(is_system=False).exists():
        call_command("load_demo" if demo else "create_administrator")
    logins = _demo_logins()
    connections.close_all()
    return logins


def _demo_logins() -> list[Login]:
    logins: list[Login] = json.loads(DEMO_LOGINS.read_text("utf-8"))
    users = get_user_model().objects.filter(username__in=[login["username"] for login in logins])
    here = set(users.values_list("username", flat=True))
    return [login for login in logins if login["username"] in here]
