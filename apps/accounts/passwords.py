"""Password rules beyond Django's own (SEC-01), and when a password has to be changed."""

from __future__ import annotations

import re
import secrets
import string
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
NOT_AGAIN = 5
INITIAL_LENGTH = 12
READABLE = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))


class ThreeKindsOfCharacters:
    """At least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if _kinds_in(password) < 3:
            raise ValidationError(self.get_help_text(), code="too_few_kinds")

    def get_help_text(self) -> str:
        return "密码要含小写字母、大写字母、数字、符号中的至少三种。"


class NotOneOfTheLast:
    """Neither the present password nor one of those before it."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        former = user.former_passwords.values_list("password", flat=True)[: NOT_AGAIN - 1]
        if any(check_password(password, used) for used in (user.password, *former)):
            raise ValidationError(self.get_help_text(), code="used_before")

    def get_help_text(self) -> str:
        return f"不能与最近 {NOT_AGAIN} 次用过的密码相同。"


def initial_password() -> str:
    """A random one that obeys the rules and can be read out over the telephone."""
    while True:
        password = "".join(secrets.choice(READABLE) for _ in range(INITIAL_LENGTH))
        if _kinds_in(password) >= 3:
            return password


def has_expired(user: Any) -> bool:
    """Whether the password is older than the county allows (PASSWORD_MAX_AGE; None: never expires)."""
    age = settings.PASSWORD_MAX_AGE
    changed = user.password_changed_at
    return age is not None and changed is not None and timezone.now() - changed > age


def must_be_changed(user: Any) -> bool:
    return bool(user.must_change_password) or has_expired(user)


def _kinds_in(password: str) -> int:
    return sum(bool(re.search(kind, password)) for kind in KINDS)
