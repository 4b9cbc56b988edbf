"""What the built-in templates are drawn with: their styles, ruled forms of cells, lines for signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from apps.core.documents import official, tables
from apps.core.documents.official import (
    CENTRE,
    HEI_FONT,
    JUSTIFY,
    KAI_FONT,
    LEFT,
    RIGHT,
    TITLE_FONT,
    Look,
    Margins,
)

SIZE_1, SIZE_SMALL_4 = Pt(26), Pt(12)

NAME = Look("单位", TITLE_FONT, Pt(18), CENTRE, Pt(30), keep_with_next=True, on_grid=False)
TITLE = Look("表单标题", TITLE_FONT, official.SIZE_2, CENTRE, Pt(36), keep_with_next=True, on_grid=False)
UNDER = Look("表单副题", KAI_FONT, official.SIZE_4, CENTRE, Pt(24), keep_with_next=True, on_grid=False)
LABEL = Look("栏名", HEI_FONT, SIZE_SMALL_4, CENTRE, Pt(18), on_grid=False)
FIELD = Look("栏文", size=SIZE_SMALL_4, line=Pt(18), on_grid=False)
FIELD_CENTRE = Look("栏文居中", size=SIZE_SMALL_4, align=CENTRE, line=Pt(18), on_grid=False)
FIELD_TEXT = Look("栏内段落", size=SIZE_SMALL_4, align=JUSTIFY, line=Pt(20), first_line=2, on_grid=False)
FIELD_HEAD = Look(
    "栏内标题", HEI_FONT, SIZE_SMALL_4, LEFT, Pt(20), first_line=2, keep_with_next=True, on_grid=False
)
FIELD_HEAD_FLUSH = Look(
    "栏内小标题", HEI_FONT, official.SIZE_5, LEFT, Pt(15), keep_with_next=True, on_grid=False
)
SMALL = Look("小字", size=official.SIZE_5, line=Pt(15), on_grid=False)
SMALL_CENTRE = Look("小字居中", size=official.SIZE_5, align=CENTRE, line=Pt(15), on_grid=False)
SMALL_HEAD = Look("小字栏名", HEI_FONT, official.SIZE_5, CENTRE, Pt(15), on_grid=False)
TEXT = Look("记录正文", size=official.SIZE_4, align=JUSTIFY, line=Pt(26), first_line=2, on_grid=False)
TEXT_END = Look(
    "记录末段",
    size=official.SIZE_4,
    align=JUSTIFY,
    line=Pt(26),
    first_line=2,
    keep_with_next=True,
    on_grid=False,
)
HEADING = Look(
    "记录标题", HEI_FONT, official.SIZE_4, LEFT, Pt(26), first_line=2, keep_with_next=True, on_grid=False
)
PART = Look("部分标题", HEI_FONT, official.SIZE_4, LEFT, Pt(34), keep_with_next=True, on_grid=False)
SIGNATURE = Look("签字", size=official.SIZE_4, line=Pt(32), keep_with_next=True, on_grid=False)
SIGNED_ON = Look("签字日期", size=official.SIZE_4, align=RIGHT, line=Pt(32), right=2, on_grid=False)
SPACE = Look("表前空隙", size=Pt(6), line=Pt(6), keep_with_next=True, on_grid=False)
GAP = Look("空隙", size=SIZE_SMALL_4, line=Pt(12), keep_with_next=True, on_grid=False)
COVER_TITLE = Look("封面标题", TITLE_FONT, Pt(36), CENTRE, Pt(56), on_grid=False)
COVER_LINE = Look("封面栏", size=Pt(18), align=LEFT, line=Pt(40), left=4, on_grid=False)
TAG = Look("标记", size=SIZE_SMALL_4, line=Pt(14), on_grid=False)
LOOKS = (
    NAME, TITLE, UNDER, LABEL, FIELD, FIELD_CENTRE, FIELD_TEXT, FIELD_HEAD, FIELD_HEAD_FLUSH,
    SMALL, SMALL_CENTRE, SMALL_HEAD, TEXT, TEXT_END, HEADING, PART, SIGNATURE, SIGNED_ON,
    SPACE, GAP, COVER_TITLE, COVER_LINE, TAG,
)  # fmt: skip

FILED = Margins(top=25, bottom=24, left=28, right=20, footer=14)  # room for the binding at the left
_SPARE = ("/stylesWithEffects", "/thumbnail")


@dataclass(frozen=True)
class Cell:
    """A cell over `span` columns, with paragraphs in their styles; a tag that docxtpl reads is one too."""

    lines: Sequence[tuple[Look, str]]
    span: int = 1
    top: bool = False


def label(text: str, span: int = 1) -> Cell:
    return Cell([(LABEL, text)], span)


def field(text: str, span: int = 1, look: Look = FIELD) -> Cell:
    return Cell([(look, text)], span)


def new_document() -> WordDocument:
    """A page to be filed, without text."""
    return official.official_document(LOOKS, FILED)


def saved(document: WordDocument, title: str) -> bytes:
    """The template as a file, without what Word 2007 wanted and without a picture of its first page."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(_SPARE)]:
            del relations[key]
    document.core_properties.title = title
    document.core_properties.author = document.core_properties.comments = ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def add(document: WordDocument, look: Look, text: str = "") -> Any:
    return document.add_paragraph(text, style=look.name)


def add_tag(document: WordDocument, tag: str) -> None:
    """A paragraph that is only a tag: docxtpl takes it out again."""
    add(document, TAG, f"{{%p {tag} %}}")


def add_repeated(document: WordDocument, look: Look, text: str, loop: str) -> None:
    """A paragraph for each entry of a list."""
    add_tag(document, f"for {loop}")
    add(document, look, text)
    add_tag(document, "endfor")


def add_break(document: WordDocument) -> None:
    """What follows begins a page."""
    add(document, TAG).add_run().add_break(WD_BREAK.PAGE)


def add_form(document: WordDocument, widths: Sequence[float]) -> Table:
    """A ruled form without rows; the widths of its columns in millimetres."""
    table = document.add_table(0, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    tables.rule(table)
    return table


def add_row(table: Table, *cells: Cell, height: float = 0, whole: bool = True) -> _Row:
    """A row of cells at least `height` mm high, on one page if it is to stay `whole`."""
    row = table.add_row()
    if height:
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height)
    if whole:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    widths = [column.width for column in table.columns]
    places = list(row.cells)
    start = 0
    for cell in cells:
        place = places[start]
        if cell.span > 1:
            place = place.merge(places[start + cell.span - 1])
        place.width = sum(width or 0 for width in widths[start : start + cell.span])
        _fill(place, cell)
        start += cell.span
    return row


def keep_together(table: Table) -> None:
    """Draw the table on one page, if it fits there."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def repeat_row(row: _Row) -> None:
    """Draw a row of headings on each page."""
    tables.repeat(row)


def add_row_tag(table: Table, tag: str) -> None:
    """A row that is only a tag."""
    add_row(table, Cell([(TAG, f"{{%tr {tag} %}}")], len(table.columns)))


def add_rows(table: Table, loop: str, *cells: Cell, height: float = 0) -> None:
    """A row for each entry of a list."""
    add_row_tag(table, f"for {loop}")
    add_row(table, *cells, height=height)
    add_row_tag(table, "endfor")


def _fill(place: _Cell, cell: Cell) -> None:
    look, text = cell.lines[0]
    tables.write(place, text, look)
    for look, text in cell.lines[1:]:
        place.add_paragraph(text, style=look.name)
    if cell.top:
        tables.lie_at_top(place)


def add_signatures(document: WordDocument) -> None:
    """Who chaired and who wrote sign below."""
    add(document, GAP)
    add(document, SIGNATURE, "主持人（签字）：____________　记录人（签字）：____________")
    add(document, SIGNED_ON, "　　　　年　　月　　日")
