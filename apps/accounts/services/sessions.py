"""Signing in and out, and the own password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import PasswordHistory, User
from apps.accounts.passwords import NOT_AGAIN
from apps.accounts.queries import lockouts
from apps.audit.context import now_acting
from apps.audit.records import record
from apps.core.errors import Refused

WRONG = "用户名或密码不对，请再试一次。"
INACTIVE = "这个账号已经停用。要重新启用，请找县级管理员。"


def sign_in(request: HttpRequest, *, username: str, password: str) -> User:
    """Begin a session, or refuse with a sentence; either way it is on record (SEC-02, SEC-08)."""
    user = auth.authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        raise Refused(_failure(username, password), rule="SEC-02")
    with transaction.atomic():
        auth.login(request, user)
        now_acting(user)
        record("accounts.sign_in", by=user, on=user)
    return user


def sign_out(request: HttpRequest) -> None:
    user: Any = request.user
    with transaction.atomic():
        record("accounts.sign_out", by=user, on=user)
        auth.logout(request)


def change_password(user: User, *, password: str) -> None:
    """The own password; the caller keeps the session alive. A weak or former one is refused (SEC-01)."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("".join(error.messages), field="password", rule="SEC-01") from error
    with transaction.atomic():
        set_password(user, password)
        user.must_change_password = False
        user.save()
        record("accounts.password", by=user, on=user)


def set_password(user: User, password: str) -> None:
    """Give the unsaved user the password and remember the one before it."""
    if user.pk and user.has_usable_password():
        PasswordHistory.objects.create(user=user, password=user.password)
        kept = user.former_passwords.values("pk")[: NOT_AGAIN - 1]
        user.former_passwords.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    user.set_password(password)
    user.password_changed_at = timezone.now()


def _failure(username: str, password: str) -> str:
    """Put the failure on record and say what is the matter, giving nothing away to whoever guesses."""
    user = User.objects.filter(username=username).first()
    until = lockouts([username]).get(username)
    record("accounts.sign_in", by=user, on=user, succeeded=False, locked=until is not None)
    if until is not None:
        return locked_out(username)
    if user and not user.is_active and user.check_password(password):
        return INACTIVE
    return WRONG


def locked_out(username: str) -> str:
    """The sentence for whoever is locked out: until when, and who can help."""
    until = lockouts([username]).get(username, timezone.now() + settings.AXES_COOLOFF_TIME)
    at = timezone.localtime(until)
    return (
        f"连续输错 {settings.AXES_FAILURE_LIMIT} 次，这个用户名在这里暂停登录，"
        f"到 {at.month}月{at.day}日 {at:%H:%M} 为止。着急的话，请县级管理员解锁。"
    )
