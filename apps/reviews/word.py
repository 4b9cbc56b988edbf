"""The notice to a home branch as a Word file in the layout of official documents."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from apps.core.calendar import CHINA, written
from apps.core.documents import official
from apps.reviews.models import ReviewedMember, ReviewNotice

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw_notice(notice: ReviewNotice, people: Sequence[ReviewedMember]) -> bytes:
    """Addressee, a sentence, a line for each member, signature and date (MEET-20)."""
    document = official.official_document()
    for text, look in _paragraphs(notice, people):
        document.add_paragraph(text, style=look.name)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraphs(notice: ReviewNotice, people: Sequence[ReviewedMember]) -> list[tuple[str, official.Look]]:
    review = notice.review
    opening = (
        f"下列流动党员参加了本支部{review.year}年度民主评议，现将评议情况通报你支部，请记入党员评议情况。"
    )
    lines = [(f"{row.member.name}：{row.outcome}。", official.BODY) for row in people]
    return [
        ("民主评议情况通报单", official.TITLE),
        ("", official.BLANK),
        (f"{notice.organization.name}：", official.ADDRESSEE),
        (opening, official.BODY),
        *lines,
        ("", official.BLANK),
        (review.organization.name, official.SIGNATURE),
        (written(notice.sent_at.astimezone(CHINA).date()), official.DATE),
    ]
