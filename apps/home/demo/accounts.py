"""One login per role for the demo county; they are listed in fixtures/demo/logins.json."""

from __future__ import annotations

import json
from typing import TypedDict

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import Grant, User

LOGINS = settings.BASE_DIR / "fixtures/demo/logins.json"


class Login(TypedDict):
    """A demo user: `grant` is the role's code, `organization` the code of where it holds."""

    username: str
    password: str
    name: str
    grant: str
    organization: str
    role: str


def logins() -> list[Login]:
    """Every demo login, with its password: it is printed for everybody to see."""
    found: list[Login] = json.loads(LOGINS.read_text("utf-8"))
    return found


def save(ids: dict[str, int]) -> dict[str, int]:
    """The demo users with their grants, by role; `ids` are the organizations' keys by code."""
    users = {}
    for login in logins():
        user = User(username=login["username"], name=login["name"], must_change_password=False)
        user.password_changed_at = timezone.now()
        user.set_password(login["password"])
        user.save()
        Grant.objects.create(user=user, role=login["grant"], organization_id=ids[login["organization"]])
        users[login["grant"]] = user.pk
    return users
