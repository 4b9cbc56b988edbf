"""Material of a topic: files that whoever is offered the topic may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile

from apps.attachments import services
from apps.attachments.contents import MOST_BYTES
from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.attachments.queries import attachments_of
from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.lessons.models import Topic
from apps.lessons.queries import KEEP

REASONS = ("传错了", "内容旧了", "重复了", "不宜留存")


@dataclass(frozen=True)
class Material:
    """What a topic has; `withdrawn` is for the audit, `most` how many there may be (RPT-03)."""

    files: tuple[Attachment, ...]
    withdrawn: tuple[Attachment, ...]
    most: int
    heaviest: int = MOST_BYTES


def owner_of(topic: Topic) -> str:
    return f"topic:{topic.pk}"


def material_of(topic: Topic, *, by: Person) -> Material:
    """The files of a topic that the reader may see."""
    rows = list(attachments_of(owner_of(topic)))
    may_audit = by.may("audit.view", topic.organization.path)
    return Material(
        files=tuple(row for row in rows if row.withdrawn_at is None),
        withdrawn=tuple(row for row in rows if row.withdrawn_at and may_audit),
        most=services.most_of(Kind.MATERIAL, topic.organization.path),
    )


def file_of(topic: Topic, key: UUID, *, by: Person) -> Attachment:
    """One file of a topic that the reader may see; raises ObjectDoesNotExist."""
    found = material_of(topic, by=by)
    for row in (*found.files, *found.withdrawn):
        if row.key == key:
            return row
    raise ObjectDoesNotExist


def add_files(topic: Topic, files: Iterable[UploadedFile], *, by: Person) -> list[str]:
    """Keep what can be kept; the sentences about the others."""
    demand(by, KEEP, topic.organization.path)
    said = []
    for file in files:
        try:
            _add(topic, file, by)
        except Refused as refused:
            said.append(f"{file.name}：{refused.sentence}")
    return said


def _add(topic: Topic, file: UploadedFile, by: Person) -> None:
    services.receive(
        file,
        kind=Kind.MATERIAL,
        owner=owner_of(topic),
        organization_path=topic.organization.path,
        key=uuid4(),
        by=by,
    )


def withdraw_file(topic: Topic, key: UUID, *, reason: str, by: Person) -> None:
    """Take a file away, saying why; it stays for the audit. Raises ObjectDoesNotExist, Refused."""
    demand(by, KEEP, topic.organization.path)
    services.withdraw(file_of(topic, key, by=by), reason=reason, by=by)
