"""Reads: which accounts somebody manages, and what about them."""

from __future__ import annotations

import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Prefetch, QuerySet, Sum
from django.utils import timezone

from apps.accounts.models import ApiToken, Grant, User
from apps.accounts.roles import ROLES, Role
from apps.core.crypto import digest
from apps.organizations.models import Organization

MANAGE = "accounts.manage"


def accounts_for(user: User) -> QuerySet[User]:
    """The accounts with a grant where `user` manages accounts, with their grants; no system account."""
    within = Grant.objects.visible_to(user).values("user")
    grants = Prefetch("grants", Grant.objects.select_related("organization").order_by("pk"))
    return User.objects.filter(pk__in=within, is_system=False).prefetch_related(grants)


def tokens_for(user: User) -> QuerySet[ApiToken]:
    """The API tokens of the accounts that `user` manages, newest first."""
    return ApiToken.objects.filter(user__in=accounts_for(user)).order_by("-created_at")


def open_token(key: str) -> ApiToken | None:
    """The token of a key that opens something now, with its account."""
    token = ApiToken.objects.select_related("user").filter(digest=digest(key)).first()
    return token if token is not None and token.is_open else None


def grants_for(user: User) -> QuerySet[Grant]:
    return Grant.objects.visible_to(user).filter(user__is_system=False).select_related("user", "organization")


def organizations_to_grant(user: User) -> QuerySet[Organization]:
    """Where `user` may grant roles."""
    return Organization.objects.current().within(user, MANAGE)


def roles_to_grant(user: User, path: str) -> list[Role]:
    """The roles of which `user` holds, or may at least give, every permission at the path."""
    given = permissions_to_give(user, path)
    return [role for role in ROLES.values() if role.permissions | role.gives <= given]


def permissions_to_give(user: User, path: str) -> frozenset[str]:
    """What `user` may pass on at the path; nothing where they do not manage accounts."""
    if not user.may(MANAGE, path):
        return frozenset()
    roles = [ROLES[role] for role, root in user.granted if path.startswith(root)]
    return frozenset().union(*(role.permissions | role.gives for role in roles))


def may_manage(by: User, user: User) -> bool:
    """Whether `by` could have granted all that the account holds; never their own or a stronger one."""
    if by.pk == user.pk or user.is_system:
        return False
    return all(ROLES[role] in roles_to_grant(by, path) for role, path in user.granted)


def is_client(user: User) -> bool:
    """Whether the account belongs to a program: it has API keys and no password."""
    return any(role == "api_client" for role, _ in user.granted)


def lockouts(usernames: list[str]) -> dict[str, datetime.datetime]:
    """Until when each user is locked out, from whichever address it was tried (SEC-02)."""
    failures = (
        AccessAttempt.objects.filter(
            username__in=usernames, attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
        )
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("last")
    )
    return {row["username"]: row["last"] + settings.AXES_COOLOFF_TIME for row in failures}
