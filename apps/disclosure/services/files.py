"""Files of a publication: added, taken away, masked, looked at; searched before anybody else sees them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone

from apps.attachments import services as attachments
from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.identity import mask_numbers
from apps.disclosure.models import Publication, PublicationFile
from apps.disclosure.queries import PREPARE_FINANCE
from apps.disclosure.scanning import MASKABLE, Scan, masked, scan
from apps.disclosure.services.receipts import lines_in
from apps.disclosure.services.trail import path_of, tell
from apps.disclosure.services.writing import open_for, opened

NOT_LOOKED = (
    "{}要有人看过：图片和扫描件里的字，系统读不出来。请打开看，点“我看过了，没有不能公开的”，再往下办。"
)


@transaction.atomic
def add_file(publication: Publication, file: UploadedFile, *, key: UUID, by: Person) -> PublicationFile:
    """Keep a file for a draft, without what it tells of its maker; the same file again changes nothing."""
    row = open_for(publication, by)
    attachment = _kept(row, file, Kind.DISCLOSURE, key, by)
    title = mask_numbers(file.name or "附件")[-100:]
    return _belonging(row, attachment, by, line=None, title=title)


@transaction.atomic
def add_receipt(
    publication: Publication,
    file: UploadedFile,
    *,
    line: int,
    key: UUID,
    has_looked: bool = False,
    by: Person,
) -> PublicationFile:
    """Keep a photo or PDF as a receipt of a line of a draft; it is named by its line, not by its sender.

    `has_looked` says that whoever sends it has seen that names and numbers are covered.
    """
    row = _open_for(publication, by, line)
    if not 1 <= line <= len(lines_in(row)):
        raise Refused(f"这一件里没有第 {line} 笔。", field="line")
    attachment = _kept(row, file, Kind.RECEIPT, key, by)
    found = _belonging(row, attachment, by, line=line, title=Kind.RECEIPT.label)
    return look_at(found, by=by) if has_looked and found.looked_at is None else found


def _open_for(publication: Publication, by: Person, line: int | None) -> Publication:
    """The draft, locked; receipts of money may be put by whoever keeps the books too (FIN-07)."""
    is_of_money = line is not None and publication.about.is_finance
    if is_of_money and by.may(PREPARE_FINANCE, path_of(publication)):
        return opened(publication)
    return open_for(publication, by)


def _kept(row: Publication, file: UploadedFile, kind: Kind, key: UUID, by: Person) -> Attachment:
    return attachments.receive(
        file, kind=kind, owner=_owner(row), organization_path=path_of(row), key=key, by=by
    )


def _belonging(
    row: Publication, attachment: Attachment, by: Person, *, line: int | None, title: str
) -> PublicationFile:
    found, is_new = PublicationFile.objects.get_or_create(
        publication=row, attachment=attachment, line=line, defaults={"title": title}
    )
    if is_new:
        scanned([found])
        tell("write", row, by)
    return found


@transaction.atomic
def remove_file(file: PublicationFile, *, by: Person) -> None:
    """Take a file away from a draft; what an earlier version has published stays there."""
    row = _open_for(file.publication, by, file.line)
    attachment = file.attachment
    file.delete()
    if not PublicationFile.objects.filter(attachment=attachment).exists():
        attachments.withdraw(attachment, reason="公开前撤下", by=by)
    tell("write", row, by)


@transaction.atomic
def look_at(file: PublicationFile, *, by: Person) -> PublicationFile:
    """Somebody has looked at what no machine can read, and found nothing that must not be published."""
    row = _open_for(file.publication, by, file.line)
    file.looked_by_id, file.looked_at = by.pk, timezone.now()
    file.save(update_fields=["looked_by", "looked_at"])
    tell("look_at_file", row, by, reason=file.called)
    return file


@transaction.atomic
def mask_file(file: PublicationFile, *, by: Person) -> PublicationFile:
    """Put a masked copy of a workbook or Word file into its place."""
    row = _open_for(file.publication, by, file.line)
    kind = file.attachment.content_type
    if kind not in MASKABLE:
        raise Refused("PDF 和图片不能自动遮盖。请在原来的文件里改好，再传一次。")
    copy = SimpleUploadedFile(file.title, masked(kind, _data_of(file)))
    found = add_file(row, copy, key=uuid4(), by=by)
    if found.pk != file.pk:
        remove_file(file, by=by)
    return found


def scanned(files: Iterable[PublicationFile]) -> list[tuple[PublicationFile, Scan, bool]]:
    """Each file with what was found in it, and whether somebody must still look at it."""
    found = ((file, scan(file.attachment.content_type, _data_of(file))) for file in files)
    return [(file, result, _wants_a_look(file, result)) for file, result in found]


def refuse_private_files(publication: Publication) -> None:
    """Refused with the place when a file holds what must not be published, or nobody has looked (PRIV-06)."""
    for file, result, wants_a_look in scanned(publication.files.select_related("attachment")):
        for place, words in result.hits:
            raise Refused(f"{file.called}{place}有{words}，不能公布。请遮盖后再送审。", rule="PRIV-06")
        if wants_a_look:
            raise Refused(NOT_LOOKED.format(file.called), rule="PRIV-06")


def _wants_a_look(file: PublicationFile, result: Scan) -> bool:
    """At what cannot be read, and at every receipt, where names stand in stamps and by hand."""
    return file.looked_at is None and (file.line is not None or not result.is_readable)


def _owner(publication: Publication) -> str:
    return f"disclosure.publication/{publication.pk}"


def _data_of(file: PublicationFile) -> bytes:
    with file.attachment.content.open("rb") as stream:
        data: bytes = stream.read()
    return data
