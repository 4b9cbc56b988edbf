"""Writes: opening, renewing and revoking a secret address."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.calendars.models import Feed
from apps.calendars.queries import VIEW
from apps.core.access import Person, demand
from apps.core.crypto import digest
from apps.core.saving import save_checked
from apps.organizations.models import Organization

SECRET_BYTES = 32


@transaction.atomic
def open_feed(branch: Organization, *, by: Person) -> str:
    """A new secret, which is nowhere else and never shown again; the one before stops working."""
    demand(by, VIEW, branch.path)
    _revoke(branch, by)
    token = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed(user_id=by.pk, branch=branch, digest=digest(token))
    save_checked(feed)
    record("calendars.open_feed", by=by, on=feed, organization_path=branch.path)
    return token


@transaction.atomic
def revoke_feed(branch: Organization, *, by: Person) -> bool:
    """Whether there was an address to be stopped."""
    return _revoke(branch, by)


def _revoke(branch: Organization, by: Person) -> bool:
    feed = Feed.objects.select_for_update().filter(user_id=by.pk, branch=branch, revoked_at=None).first()
    if feed is None:
        return False
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    record("calendars.revoke_feed", by=by, on=feed, organization_path=branch.path)
    return True
