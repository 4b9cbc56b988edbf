"""Granting and revoking roles: nobody grants what they do not hold."""

from __future__ import annotations

from django.db import transaction

from apps.accounts.models import Grant, User
from apps.accounts.queries import is_client, may_manage, roles_to_grant
from apps.accounts.roles import ROLES
from apps.core.errors import Refused
from apps.core.scope import EVERYWHERE
from apps.organizations.models import Organization

ADMINISTRATOR = "county_administrator"


@transaction.atomic
def grant(user: User, *, role: str, organization: Organization | None, by: User) -> Grant:
    """Give the account a role on a subtree; `organization` None means everywhere."""
    check_manages(by, user)
    check_gives(by, role, organization)
    if is_client(user) or role == "api_client":
        raise Refused("接口客户端账号只有一项授权。要换范围，请另建一个接口客户端。", field="role")
    made, is_new = Grant.objects.get_or_create(user=user, role=role, organization=organization)
    if not is_new:
        raise Refused("这个账号已经有这项授权。", field="role")
    return made


@transaction.atomic
def revoke(granted: Grant, *, by: User) -> None:
    """Take a role away; the last one stays with the account, which is deactivated instead."""
    check_manages(by, granted.user)
    if granted.user.grants.count() == 1:
        raise Refused("这是这个账号仅有的一项授权。人不再用系统了，请停用账号。")
    check_administrator_remains([granted])
    granted.delete()


def check_manages(by: User, user: User) -> None:
    if by.pk == user.pk:
        raise Refused("自己的账号要请另一位管理员来改。", rule="SEC-06")
    if not may_manage(by, user):
        raise Refused("这个账号的授权比您的多，您不能改它。", rule="SEC-06")


def check_gives(by: User, role: str, organization: Organization | None) -> None:
    """Nobody grants what they do not hold."""
    path = organization.path if organization else EVERYWHERE
    if ROLES[role] not in roles_to_grant(by, path):
        raise Refused(
            f"您不能在这个范围授予“{ROLES[role].title}”：只能授予自己也有的权限。",
            field="role",
            rule="SEC-06",
        )


def check_administrator_remains(taken: list[Grant]) -> None:
    """Each subtree that has an administrator keeps one; two at once wait for each other here."""
    taken = [granted for granted in taken if granted.role == ADMINISTRATOR]
    if not taken:
        return
    administrators = Grant.objects.filter(role=ADMINISTRATOR).order_by("pk")
    list(administrators.select_for_update())
    left = [
        path or EVERYWHERE
        for path in administrators.filter(user__is_active=True, user__is_system=False)
        .exclude(user__in=[granted.user_id for granted in taken])
        .values_list("organization__path", flat=True)
    ]
    for granted in taken:
        path = granted.organization.path if granted.organization else EVERYWHERE
        if not any(path.startswith(root) for root in left):
            raise Refused("这是最后一位县级管理员，不能停用，也不能收回授权。请先另设一位。")
