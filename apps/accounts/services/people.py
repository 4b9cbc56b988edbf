"""Accounts: one person, one account; passwords given out are shown once."""

from __future__ import annotations

from axes.utils import reset as forget_failures
from django.db import transaction

from apps.accounts.models import Grant, User
from apps.accounts.passwords import initial_password
from apps.accounts.services.grants import (
    ADMINISTRATOR,
    check_administrator_remains,
    check_gives,
    check_manages,
)
from apps.accounts.services.sessions import set_password
from apps.audit.records import record
from apps.core.errors import Refused
from apps.organizations.models import Organization

SYSTEM = "system"


@transaction.atomic
def create_account(
    username: str, *, name: str, role: str, organization: Organization | None, by: User
) -> tuple[User, str]:
    """A new account with its first role, and its initial password ("" for a program, which gets keys)."""
    check_gives(by, role, organization)
    return _create(username, name=name, role=role, organization=organization)


@transaction.atomic
def create_administrator(username: str, *, name: str) -> tuple[User, str]:
    """The first account of an installation, and its initial password; for whoever holds the shell."""
    return _create(username, name=name, role=ADMINISTRATOR, organization=None)


def _create(username: str, *, name: str, role: str, organization: Organization | None) -> tuple[User, str]:
    if User.objects.filter(username=username).exists():
        raise Refused("这个用户名已经有人用了。", field="username")
    user = User(username=username, name=name, must_change_password=role != "api_client")
    password = "" if role == "api_client" else initial_password()
    if password:
        set_password(user, password)
    else:
        user.set_unusable_password()
    user.save()
    Grant.objects.create(user=user, role=role, organization=organization)
    return user, password


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """A new initial password; running sessions of the account end."""
    check_manages(by, user)
    if not user.has_usable_password():
        raise Refused("接口客户端没有密码，只有密钥。")
    password = initial_password()
    set_password(user, password)
    user.must_change_password = True
    user.save()
    forget_failures(username=user.username)
    record("accounts.password_reset", by=by, on=user, organization_path=user.home_path)
    return password


@transaction.atomic
def unlock(user: User, *, by: User) -> None:
    """End a lock-out before its time."""
    check_manages(by, user)
    forget_failures(username=user.username)
    record("accounts.unlock", by=by, on=user, organization_path=user.home_path)


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """The account signs in no more and its keys open nothing; running sessions end at once."""
    check_manages(by, user)
    check_administrator_remains(list(user.grants.select_related("organization")))
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def activate(user: User, *, by: User) -> None:
    check_manages(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def system_user() -> User:
    """The account in whose name commands and the clock act; nobody signs in with it."""
    user, is_new = User.objects.get_or_create(
        username=SYSTEM, defaults={"name": "系统", "is_system": True, "must_change_password": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        Grant.objects.create(user=user, role=ADMINISTRATOR, organization=None)
    return user
