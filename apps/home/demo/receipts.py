"""Receipts of the demo villages: pictures drawn here, the name on each covered as a clerk covers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from apps.accounts.models import User
from apps.attachments.kinds import Kind
from apps.attachments.services import receive
from apps.disclosure.models import Publication, PublicationFile, StatementLine

PAPER, FRAME, COVER = (600, 380), (30, 30, 570, 350), (60, 250, 330, 300)
LINES = 3  # of each statement the first so many that went out
PICKED = 5  # one village of so many, the first one too


def attach(drafts: Iterable[Publication], by: int) -> None:
    """A receipt for the first lines of these statements, which somebody has looked at."""
    clerk = User.objects.get(pk=by)
    PublicationFile.objects.bulk_create(row for draft in drafts for row in _receipts_of(draft, clerk))


def _receipts_of(draft: Publication, clerk: User) -> Iterator[PublicationFile]:
    lines = StatementLine.objects.filter(statement=draft.statement, expense__gt=0).order_by("number")
    for line in lines[:LINES]:
        attachment = receive(
            SimpleUploadedFile("receipt.png", _drawn(line)),
            kind=Kind.RECEIPT,
            owner=f"disclosure.publication/{draft.pk}",
            organization_path=draft.village.organization.path,
            key=uuid5(NAMESPACE_URL, f"demo receipt {draft.pk} {line.number}"),
            by=clerk,
        )
        yield PublicationFile(
            publication=draft,
            attachment=attachment,
            title=Kind.RECEIPT.label,
            line=line.number,
            looked_by=clerk,
            looked_at=timezone.now(),
        )


def _drawn(line: StatementLine) -> bytes:
    """A slip with number, day and amount; the fonts that Pillow brings have no Chinese."""
    paper = Image.new("RGB", PAPER, "#f6f2e6")
    draw, font = ImageDraw.Draw(paper), ImageFont.load_default(36)
    draw.rectangle(FRAME, outline="#7a6a4f", width=3)
    for place, words in (
        (60, f"No. {line.number:03}"),
        (120, f"{line.on:%Y-%m-%d}"),
        (180, f"CNY {line.expense:,.2f}"),
    ):
        draw.text((60, place), words, fill="#333333", font=font)
    draw.rectangle(COVER, fill="black")
    target = BytesIO()
    paper.save(target, "PNG")
    return target.getvalue()
