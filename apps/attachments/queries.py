"""Reads: what belongs to an owner, one file."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.core.scope import Reader


def attachments_of(owner: str) -> QuerySet[Attachment]:
    """Everything that belongs to the owner, oldest first, withdrawn ones too."""
    return Attachment.objects.filter(owner=owner).select_related("uploaded_by", "withdrawn_by")


def attachment_for(user: Reader, key: UUID) -> Attachment:
    """One file within the reader's scope; raises Attachment.DoesNotExist."""
    found: Attachment = Attachment.objects.visible_to(user).get(key=key)
    return found


def photos_of(owners: Iterable[str]) -> dict[str, int]:
    """How many photos each owner has; owners without any are not in it."""
    rows = Attachment.objects.filter(owner__in=list(owners), kind=Kind.PHOTO, withdrawn_at=None)
    return dict(rows.order_by().values_list("owner").annotate(Count("pk")))
