"""Photos and signature pages of a record; one that arrives before its record waits under the record's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile

from apps.attachments import queries as attachments
from apps.attachments import services
from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.meetings.models import Meeting
from apps.meetings.queries import meetings_for
from apps.organizations.models import Organization

SLIP = "传错了"


@dataclass(frozen=True)
class Attached:
    """What belongs to one record; `withdrawn` is for the audit."""

    photos: tuple[Attachment, ...]
    pages: tuple[Attachment, ...]
    withdrawn: tuple[Attachment, ...]
    organization_path: str

    @property
    def most(self) -> int:
        """How many photos there may be (RPT-03)."""
        return services.most_of(Kind.PHOTO, self.organization_path)


def attached_to(client_key: UUID, organization_path: str) -> Attached:
    """Everything that was sent for the branch's record of that key."""
    rows = list(attachments.attachments_of(str(client_key)))
    valid = [row for row in rows if row.withdrawn_at is None]
    return Attached(
        photos=tuple(row for row in valid if row.kind == Kind.PHOTO),
        pages=tuple(row for row in valid if row.kind == Kind.SIGNATURE_PAGE),
        withdrawn=tuple(row for row in rows if row.withdrawn_at),
        organization_path=organization_path,
    )


def attachment_for(user: Person, key: UUID) -> Attachment:
    """A file of a record that the user may read; raises ObjectDoesNotExist.

    While its record has not arrived it is the branch's own; a withdrawn one is the audit's.
    """
    found = attachments.attachment_for(user, key)
    if found.withdrawn_at and not user.may("audit.view", found.organization_path):
        raise ObjectDoesNotExist
    if not _may_read(user, found):
        raise ObjectDoesNotExist
    return found


def _may_read(user: Person, found: Attachment) -> bool:
    if Meeting.objects.filter(client_key=found.owner).exists():
        return meetings_for(user).filter(client_key=found.owner).exists()
    return user.may("meetings.record", found.organization_path)


def attach(
    file: UploadedFile, *, kind: Kind, branch: Organization, client_key: UUID, key: UUID, by: Person
) -> Attachment:
    """Keep a file for the branch's record of that key, which may still be on its way."""
    demand(by, "meetings.record", branch.path)
    if Meeting.objects.filter(client_key=client_key).exclude(organization=branch).exists():
        raise Refused("这个页面已经用来记过别的会，请重新打开“记一次会”。")
    return services.receive(
        file, kind=kind, owner=str(client_key), organization_path=branch.path, key=key, by=by
    )


def attach_all(
    files: Iterable[tuple[UploadedFile, Kind]], *, branch: Organization, client_key: UUID, by: Person
) -> list[str]:
    """Keep what can be kept; the sentences about the others."""
    said = []
    for file, kind in files:
        try:
            attach(file, kind=kind, branch=branch, client_key=client_key, key=uuid4(), by=by)
        except Refused as refused:
            said.append(f"{file.name}：{refused.sentence}")
    return said


def withdraw(attachment: Attachment, *, reason: str, by: Person) -> Attachment:
    """Take a file from its record's page, with a reason; it stays for the audit."""
    demand(by, "meetings.record", attachment.organization_path)
    return services.withdraw(attachment, reason=reason, by=by)


def withdraw_from(client_key: UUID, key: str, *, by: Person) -> None:
    """Take a photo that was a slip from the form on which it was just put."""
    for row in attachments.attachments_of(str(client_key)):
        if str(row.key) == key:
            withdraw(row, reason=SLIP, by=by)
