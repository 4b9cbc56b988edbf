"""What the public sees of a publication, as a value that never changes: JSON, amounts as text."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from apps.attachments.kinds import EXTENSIONS
from apps.core.calendar import CHINA, written
from apps.core.periods import Month, Quarter, Year
from apps.disclosure.plain import plain_name
from apps.disclosure.tables.cells import stored, values_of
from apps.disclosure.tables.kinds import Stored, TableKind, Values, total

if TYPE_CHECKING:
    from apps.disclosure.models import Publication, PublicationFile, Statement, Table

SCHEMA = 1


def content_of(publication: Publication) -> dict[str, Any]:
    """Everything that its page, its table and its feed show."""
    item, replaces = publication.about, publication.replaces
    published_at = publication.published_at
    return {
        "schema": SCHEMA,
        "village": publication.village.name,
        "group": publication.group.name if publication.group else "",
        "village_code": publication.village.organization.code,
        "number": publication.chain_number,
        "item": item.code,
        "item_title": item.title,
        "title": publication.title,
        "first_on": publication.first_on.isoformat(),
        "last_on": publication.last_on.isoformat(),
        "body": publication.body,
        "nothing": publication.nothing,
        "statement": _statement(publication.statement) if publication.statement else None,
        "table": table_of(publication.filled) if publication.filled else None,
        "files": [_file(file) for file in publication.files.all()],
        "revision": publication.revision,
        "replaces": replaces.chain_number if replaces else None,
        "reason": publication.reason,
        "signatures": [publication.director, publication.supervisor, publication.accountant],
        "deeds": [_deed(deed) for deed in publication.deeds.all()],
        "published_at": published_at.astimezone(CHINA).isoformat(timespec="seconds")
        if published_at
        else None,
    }


def _file(file: PublicationFile) -> dict[str, Any]:
    """What tells a file from every other: by its checksum it is served, or not at all.

    `address` is beside that of the data; a receipt says of which line it is.
    """
    kept = file.attachment
    told = {
        "key": kept.key.hex,
        "title": file.title,
        "content_type": kept.content_type,
        "size": kept.size,
        "sha256": kept.sha256,
        "address": f"files/{kept.key.hex}.{EXTENSIONS[kept.content_type]}",
    }
    return told | {"line": file.line} if file.line else told


def _statement(statement: Statement) -> dict[str, Any]:
    sums = ("opening", "income", "expense", "closing")
    return {
        "body": statement.body,
        "opening_reason": statement.opening_reason,
        **{name: f"{getattr(statement, name):.2f}" for name in sums},
        "lines": [_line(line) for line in statement.lines.all()],
    }


def table_of(table: Table) -> dict[str, Any]:
    """A table so that it can be read without this program: titles and plain names beside the values."""
    kind, rows = table.about, values_of(table.about, table.rows)
    return {
        "kind": kind.code,
        "title": kind.title,
        "about": kind.about,
        "sentence": kind.sentence(rows) if rows else kind.none,
        "columns": [
            {"name": column.name, "title": column.title, "plain": column.plain, "type": column.type.value}
            for column in kind.columns
        ],
        "rows": [_row(kind, row) for row in table.rows],
        "sums": {
            column.name: _sum(kind, rows, column.name) for column in kind.columns if rows and column.is_summed
        },
    }


def _row(kind: TableKind, row: Stored) -> dict[str, Any]:
    line = kind.line_of(row)
    if line is None:
        return dict(row)
    return {**row, "title": line.title, "plain": line.plain, "is_sum": line.is_sum}


def _sum(kind: TableKind, rows: list[Values], name: str) -> str:
    return stored(kind, [{name: total(rows, name)}])[0][name]


def _line(line: Any) -> dict[str, Any]:
    return {
        "number": line.number,
        "on": line.on.isoformat(),
        "voucher": line.voucher,
        "summary": line.summary,
        "plain": plain_name(line.summary),
        **{name: f"{getattr(line, name):.2f}" for name in ("income", "expense", "balance")},
        "handler": line.handler,
        "approver": line.approver,
        "remark": line.remark,
    }


def _deed(deed: Any) -> dict[str, str]:
    """What the public learns of a step: what, when, and the committee's word; not who typed it in."""
    return {
        "action": deed.get_action_display(),
        "on": deed.on.isoformat(),
        "names": deed.names,
        "note": deed.note,
    }


def period_words(first: datetime.date, last: datetime.date) -> str:
    """ "2026年10月", "2026年第三季度", "2026年"; a day, or both days, when it is nothing whole."""
    for period in (Month.of(first), Quarter.of(first), Year.of(first)):
        if (period.first, period.last) == (first, last):
            return period.label
    return written(first) if first == last else f"{written(first)}至{written(last)}"
