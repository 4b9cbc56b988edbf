"""Writes: receive a file, withdraw one, follow an organization that moved."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from apps.attachments.contents import Content, read_content
from apps.attachments.kinds import FULL, PARTS, Kind
from apps.attachments.models import Attachment
from apps.core.access import Person
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.identity import mask_numbers
from apps.regulations.settings import settings_of
from apps.regulations.table import limit

# Of one publication: no rule, a bound for the disk.
MOST_FOR_EVERYBODY = {Kind.DISCLOSURE: 20, Kind.RECEIPT: 300}


def receive(
    file: UploadedFile, *, kind: Kind, owner: str, organization_path: str, key: UUID, by: Person
) -> Attachment:
    """Keep a file for its owner; sent again it is the one that is there. Raises Refused (RPT-03)."""
    known = _known(key, owner, organization_path)
    if known:
        return known
    content = read_content(file, size=file.size or 0, kind=kind)
    with transaction.atomic():
        _lock(owner)
        there = Attachment.objects.filter(owner=owner, withdrawn_at=None)
        same = _known(key, owner, organization_path) or there.filter(sha256=content.sha256).first()
        if same:
            return same
        _check_room(kind, organization_path, there.filter(kind=kind).count())
        row = Attachment(
            kind=kind, owner=owner, organization_path=organization_path, key=key, uploaded_by_id=by.pk
        )
        return _kept(row, content, file.name or "")


@transaction.atomic
def withdraw(attachment: Attachment, *, reason: str, by: Person) -> Attachment:
    """Take a file away from its owner's page, saying why; withdrawing it again changes nothing."""
    if not reason.strip():
        raise Refused("请写明撤下的原因。", field="reason")
    row: Attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by_id = timezone.now(), by.pk
        row.withdraw_reason = reason.strip()[:100]
        row.save()
    return row


def relocate(old: str, new: str) -> None:
    """Follow an organization from one path to another; in the caller's transaction."""
    below = Attachment.objects.filter(organization_path__startswith=old)
    below.update(organization_path=Concat(Value(new), Substr("organization_path", len(old) + 1)))


def move_to(owner: str, organization_path: str) -> None:
    """Follow an owner that another organization keeps from now on; in the caller's transaction."""
    Attachment.objects.filter(owner=owner).update(organization_path=organization_path)


def hand_over(owner: str, to: str) -> None:
    """Give the files of one owner to another, beyond any limit; in the caller's transaction."""
    there = Attachment.objects.filter(owner=to, withdrawn_at=None).values("sha256")
    Attachment.objects.filter(owner=owner, withdrawn_at=None).exclude(sha256__in=there).update(owner=to)


def most_of(kind: Kind, organization_path: str) -> int:
    """How many files of the kind one owner may have: RPT-03, or what the county has set."""
    if kind in MOST_FOR_EVERYBODY:
        return MOST_FOR_EVERYBODY[kind]
    own = settings_of(organization_path).on(today())
    return int(limit("RPT-03", PARTS[kind], on=today(), overrides=own).value)


def _known(key: UUID, owner: str, organization_path: str) -> Attachment | None:
    found: Attachment | None = Attachment.objects.filter(key=key).first()
    if found and (found.owner, found.organization_path) != (owner, organization_path):
        raise Refused("这个文件已经用在别的地方，请重新选一次。", field="file")
    return found


def _lock(owner: str) -> None:
    """Two senders for the same owner wait for each other, so that no limit is passed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"attachments {owner}"])


def _check_room(kind: Kind, organization_path: str, there: int) -> None:
    most = most_of(kind, organization_path)
    if there >= most:
        raise Refused(FULL[kind].format(most), field="file", rule="RPT-03" if kind in PARTS else None)


def _kept(row: Attachment, content: Content, name: str) -> Attachment:
    row.name = mask_numbers(name)[-200:]
    row.content_type, row.sha256, row.size = content.content_type, content.sha256, len(content.data)
    row.width, row.height = content.width, content.height
    row.content.save("", ContentFile(content.data), save=False)
    if content.small:
        row.small.save("", ContentFile(content.small), save=False)
    row.save()
    return row
