"""Receipts stay with their lines while a draft's table is exchanged for another."""

from __future__ import annotations

from collections.abc import Sequence

from apps.disclosure import lines
from apps.disclosure.lines import Line
from apps.disclosure.models import Publication, PublicationFile, StatementLine, Table


def lines_in(publication: Publication) -> list[Line]:
    """The lines of its statement or table as they are stored now."""
    if publication.statement_id:
        rows = StatementLine.objects.filter(statement=publication.statement_id).order_by("number")
        return lines.of_statement(rows.values())
    table = Table.objects.filter(publication=publication).first()
    return lines.of_table(table.about, table.rows) if table else []


def follow_lines(publication: Publication, before: Sequence[Line]) -> None:
    """Each receipt goes with its line.

    That of a line which is gone stays as a file of the whole, so that nothing is lost and nothing stands at
    a line to which it does not belong.
    """
    receipts = list(publication.files.exclude(line=None))
    if not receipts:
        return
    places = lines.moved(before, lines_in(publication))
    PublicationFile.objects.filter(pk__in=[each.pk for each in receipts]).delete()
    for each in receipts:
        each.pk, each.line = None, places.get(each.line or 0)
    PublicationFile.objects.bulk_create(receipts, ignore_conflicts=True)  # one paper of two lost lines is one
