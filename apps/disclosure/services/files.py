"""Files of a publication: added, taken away, masked, looked at; searched before anybody else sees them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone

from apps.attachments import services as attachments
from apps.attachments.kinds import XLSX, Kind
from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.identity import mask_numbers
from apps.disclosure.models import Publication, PublicationFile
from apps.disclosure.scanning import Scan, scan, sheets
from apps.disclosure.services.trail import path_of, tell
from apps.disclosure.services.writing import open_for

NOT_LOOKED = "“{}”是图片或者扫描件，系统读不出里面的字。请打开看过，点“我看过了，没有不能公开的”，再往下办。"


@transaction.atomic
def add_file(publication: Publication, file: UploadedFile, *, key: UUID, by: Person) -> PublicationFile:
    """Keep a file for a draft, without what it tells of its maker; the same file again changes nothing."""
    row = open_for(publication, by)
    attachment = attachments.receive(
        file,
        kind=Kind.DISCLOSURE,
        owner=_owner(row),
        organization_path=path_of(row),
        key=key,
        by=by,
    )
    title = mask_numbers(file.name or "附件")[-100:]
    found, is_new = PublicationFile.objects.get_or_create(
        publication=row, attachment=attachment, defaults={"title": title}
    )
    if is_new:
        scanned([found])
        tell("write", row, by)
    return found


@transaction.atomic
def remove_file(file: PublicationFile, *, by: Person) -> None:
    """Take a file away from a draft; what an earlier version has published stays there."""
    row = open_for(file.publication, by)
    attachment = file.attachment
    file.delete()
    if not PublicationFile.objects.filter(attachment=attachment).exists():
        attachments.withdraw(attachment, reason="公开前撤下", by=by)
    tell("write", row, by)


@transaction.atomic
def look_at(file: PublicationFile, *, by: Person) -> PublicationFile:
    """Somebody has looked at what no machine can read, and found nothing that must not be published."""
    row = open_for(file.publication, by)
    file.looked_by_id, file.looked_at = by.pk, timezone.now()
    file.save(update_fields=["looked_by", "looked_at"])
    tell("look_at_file", row, by, reason=file.title)
    return file


@transaction.atomic
def mask_file(file: PublicationFile, *, by: Person) -> PublicationFile:
    """Put a masked copy of a workbook into the place of the workbook."""
    row = open_for(file.publication, by)
    if file.attachment.content_type != XLSX:
        raise Refused("只有 Excel 文件能自动遮盖。请在原来的文件里改好，再传一次。")
    copy = SimpleUploadedFile(file.title, sheets.masked(_data_of(file)))
    masked = add_file(row, copy, key=uuid4(), by=by)
    if masked.pk != file.pk:
        remove_file(file, by=by)
    return masked


def scanned(files: Iterable[PublicationFile]) -> list[tuple[PublicationFile, Scan]]:
    """Each file with what was found in it."""
    return [(file, scan(file.attachment.content_type, _data_of(file))) for file in files]


def refuse_private_files(publication: Publication) -> None:
    """Refused with the place when a file holds what must not be published, or nobody has looked (PRIV-06)."""
    for file, result in scanned(publication.files.select_related("attachment")):
        for place, words in result.hits:
            raise Refused(f"附件“{file.title}”{place}有{words}，不能公布。请遮盖后再送审。", rule="PRIV-06")
        if not result.is_readable and file.looked_at is None:
            raise Refused(NOT_LOOKED.format(file.title), rule="PRIV-06")


def _owner(publication: Publication) -> str:
    return f"disclosure.publication/{publication.pk}"


def _data_of(file: PublicationFile) -> bytes:
    with file.attachment.content.open("rb") as stream:
        data: bytes = stream.read()
    return data
