"""The list of an archive box as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.calendar import CHINA
from apps.core.documents.workbook import Column, Kind, Sheet, draw_workbook
from apps.disclosure.archiving import Item
from apps.organizations.models import Village

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("件号", Kind.NUMBER, width=6),
    Column("责任者", width=22),
    Column("题名", width=40),
    Column("公布日期", Kind.DAY, width=12),
    Column("保管期限", width=10),
    Column("里面有什么", width=44),
    Column("校验码", width=16),
    Column("备注", width=16),
)


def draw_box(village: Village, year: int, items: Sequence[Item]) -> bytes:
    """What lies in the box; what is not archived yet says what it waits for."""
    rows = [
        (
            each.number,
            each.publication.publisher,
            each.publication.title,
            each.publication.published_at.astimezone(CHINA).date() if each.publication.published_at else None,
            each.keep,
            each.contents,
            each.publication.checksum[:12],
            "；".join(filter(None, (each.remark, each.waits))),
        )
        for each in items
    ]
    title = f"{village}{year}年村务公开归档文件目录"
    notes = ("保管期限依据 VAD-43、VAD-44；县档案部门另有规定的按规定。",)
    return draw_workbook([Sheet("目录", title, COLUMNS, rows, notes=notes, landscape=True)])
