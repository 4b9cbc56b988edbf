"""Keys of API clients: shown once, kept as a digest, with an end."""

from __future__ import annotations

import datetime
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import ApiToken, User
from apps.accounts.queries import is_client
from apps.accounts.services.grants import check_manages
from apps.core.calendar import add_years, today
from apps.core.crypto import digest
from apps.core.errors import Refused

PREFIX = "pb_"
LONGEST_YEARS = 2
USE_IS_NOTED_EVERY = datetime.timedelta(minutes=5)


@transaction.atomic
def create_token(user: User, *, label: str, expires_on: datetime.date, by: User) -> tuple[ApiToken, str]:
    """A new key and its text, which is nowhere else and never shown again."""
    check_manages(by, user)
    if not is_client(user):
        raise Refused("密钥只发给接口客户端账号。")
    if not today() <= expires_on <= add_years(today(), LONGEST_YEARS):
        raise Refused(f"有效期请填今天到 {LONGEST_YEARS} 年以内的日子。", field="expires_on")
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(user=user, label=label, expires_on=expires_on, digest=digest(key))
    return token, key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> None:
    check_manages(by, token.user)
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])


def note_use(token: ApiToken) -> None:
    """Remember that the key was used; at most once in five minutes, and not in the history."""
    before = timezone.now() - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < before:
        stale = ApiToken.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=before), pk=token.pk)
        stale.update(last_used_at=timezone.now())
