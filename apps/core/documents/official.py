"""The layout of official documents, GB/T 9704-2012: page, styles, fonts with their fallbacks, page numbers.

python-docx draws what a person would otherwise set in Word by hand; what comes out is an empty document
with named styles, to be filled as a docxtpl template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt, Twips
from docx.styles.style import CharacterStyle, ParagraphStyle

# DOC-14: what comes after the first name stands in where an office has not bought the font.
TITLE_FONT = ("方正小标宋简体", "方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体", "SimSun")
BODY_FONT = ("仿宋_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong")
KAI_FONT = ("楷体_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti")
HEI_FONT = ("黑体", "SimHei", "微软雅黑", "Microsoft YaHei")
SONG_FONT = ("宋体", "SimSun", "NSimSun")
FONTS = (TITLE_FONT, BODY_FONT, KAI_FONT, HEI_FONT, SONG_FONT)

SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
LINE = Pt(28.95)  # 22 lines in 225 mm (DOC-02)
TEXT_WIDTH = Mm(156)
# 28 characters of 16 pt are 448 pt, the text is 442 pt wide: a quarter of a point less between them (DOC-02).
SQUEEZE = -5  # twentieths of a point

LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Look:
    """A paragraph style; indents are in characters of its own size."""

    name: str
    font: tuple[str, ...] = BODY_FONT
    size: Pt = SIZE_3
    align: WD_ALIGN_PARAGRAPH = LEFT
    line: Pt = LINE
    first_line: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    keep_with_next: bool = False
    new_page: bool = False
    on_grid: bool = True


@dataclass(frozen=True)
class Margins:
    """The white around the text, in millimetres, and from the paper's edges to the page number."""

    top: float
    bottom: float
    left: float
    right: float
    footer: float


LETTER = Margins(top=37, bottom=35, left=28, right=26, footer=25)  # DOC-01
TITLE = Look("公文标题", TITLE_FONT, SIZE_2, CENTRE, Pt(34), keep_with_next=True, on_grid=False)
ADDRESSEE = Look("主送机关")
BODY = Look("公文正文", align=JUSTIFY, first_line=2)
# Its last paragraph stays with what follows, so that the signature never stands on a page without text.
BODY_END = Look("公文正文末段", align=JUSTIFY, first_line=2, keep_with_next=True)
HEADING = Look("一级标题", HEI_FONT, first_line=2, keep_with_next=True)
BLANK = Look("空行", keep_with_next=True)
ANNEX_NOTE = Look("附件说明", left=5, hanging=3, keep_with_next=True)
ANNEX_NOTE_MORE = Look("附件说明续", left=5, keep_with_next=True)
# Both lines are centred on the middle of the date, which stands four characters from the right (DOC-10).
SIGNATURE = Look("署名", align=CENTRE, left=13.5, keep_with_next=True)
DATE = Look("成文日期", align=RIGHT, right=4)
ANNEX_NUMBER = Look("附件序号", HEI_FONT, keep_with_next=True, new_page=True)
ANNEX_TITLE = Look("附件标题", TITLE_FONT, SIZE_2, CENTRE, Pt(34), keep_with_next=True, on_grid=False)
CELL_HEAD = Look("表头", HEI_FONT, SIZE_5, CENTRE, Pt(14.5), on_grid=False)
CELL = Look("表文", BODY_FONT, SIZE_5, LEFT, Pt(14.5), on_grid=False)
CELL_NUMBER = Look("表数", BODY_FONT, SIZE_5, CENTRE, Pt(14.5), on_grid=False)
TABLE_TITLE = Look("表题", KAI_FONT, SIZE_4, CENTRE, Pt(28), keep_with_next=True)
TABLE_NOTE = Look("表注", BODY_FONT, SIZE_5, LEFT, Pt(18), first_line=2, on_grid=False)
IMPRINT = Look("版记", BODY_FONT, SIZE_4, LEFT, Pt(24), left=1, right=1)
LAST_LINE = Look("末行", size=Pt(1), line=Pt(1), on_grid=False)
LOOKS = (
    TITLE, ADDRESSEE, BODY, BODY_END, HEADING, BLANK, ANNEX_NOTE, ANNEX_NOTE_MORE, SIGNATURE, DATE,
    ANNEX_NUMBER, ANNEX_TITLE, CELL_HEAD, CELL, CELL_NUMBER, TABLE_TITLE, TABLE_NOTE, IMPRINT, LAST_LINE,
)  # fmt: skip
KAI = "二级标题字"
PAGE_NUMBER = Look("页码", SONG_FONT, SIZE_4, LEFT, Pt(18))


def official_document(looks: Sequence[Look] = LOOKS, margins: Margins = LETTER) -> WordDocument:
    """An empty A4 document in the standard's layout, with the styles above or others."""
    document = Document()
    _set_page(document.sections[0], margins)
    _set_defaults(document)
    for look in (*looks, PAGE_NUMBER):
        _add_style(document, look)
    _add_kai(document)
    _number_pages(document)
    _name_fallbacks(document)
    return document


def _set_page(section: Section, margins: Margins) -> None:
    """A4 with its margins, and a grid of 22 lines (DOC-02)."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(15), Mm(margins.footer)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE.pt * 20)))


def _set_defaults(document: WordDocument) -> None:
    """The base style: what the grid's characters are measured by, and what Word falls back to."""
    normal = cast("ParagraphStyle", document.styles["Normal"])
    _set_font(normal, BODY_FONT)
    normal.font.size = SIZE_3
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    fonts = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    if fonts is not None:
        fonts.attrib.clear()
        _name_font(fonts, BODY_FONT[0])


def _add_style(document: WordDocument, look: Look) -> None:
    style = cast("ParagraphStyle", document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_font(style, look.font)
    style.font.size = look.size
    if look.size == SIZE_3:
        _squeeze(style)
    form = style.paragraph_format
    form.alignment = look.align
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, look.line
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next, form.page_break_before = look.keep_with_next, look.new_page
    form.widow_control = False
    if not look.on_grid:
        _leave_grid(style)
    _indent(style, look)


def _leave_grid(style: ParagraphStyle) -> None:
    """Lines in tables are closer than the page's grid."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _squeeze(style: ParagraphStyle) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(SQUEEZE))
    style.element.get_or_add_rPr().insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs"
    )


def _indent(style: ParagraphStyle, look: Look) -> None:
    """Indents in characters, which Word keeps when the size changes, and in points for other programs."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    for name, chars in (
        ("left", look.left), ("right", look.right), ("firstLine", look.first_line), ("hanging", look.hanging)
    ):  # fmt: skip
        if chars:
            indent.set(qn(f"w:{name}Chars"), str(round(chars * 100)))
            indent.set(qn(f"w:{name}"), str(round(chars * look.size.pt * 20)))


def _add_kai(document: WordDocument) -> None:
    style = cast("CharacterStyle", document.styles.add_style(KAI, WD_STYLE_TYPE.CHARACTER))
    style.quick_style = True
    _set_font(style, KAI_FONT)


def _set_font(style: CharacterStyle, font: tuple[str, ...]) -> None:
    style.font.name = font[0]
    _name_font(style.element.get_or_add_rPr().get_or_add_rFonts(), font[0])


def _name_font(fonts: OxmlElement, name: str) -> None:  # type: ignore[valid-type]
    """Without eastAsia Word draws Chinese in its own default font (DOC-14)."""
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)  # type: ignore[attr-defined]


def _number_pages(document: WordDocument) -> None:
    """— 1 — in 4号 宋体: at the right of odd pages, at the left of even ones, one character in (DOC-11)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _draw_number(section.footer, RIGHT)
    _draw_number(section.even_page_footer, LEFT)


def _draw_number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = PAGE_NUMBER.name
    paragraph.alignment = side
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    edge = "right" if side is RIGHT else "left"
    indent.set(qn(f"w:{edge}Chars"), "100")
    indent.set(qn(f"w:{edge}"), str(round(SIZE_4.pt * 20)))
    paragraph.add_run("— ")
    for kind in ("begin", None, "end"):
        _add_field_part(paragraph.add_run()._r, kind)
    paragraph.add_run(" —")


def _add_field_part(run: OxmlElement, kind: str | None) -> None:  # type: ignore[valid-type]
    if kind is None:
        part = OxmlElement("w:instrText")
        part.text = "PAGE"
    else:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    run.append(part)  # type: ignore[attr-defined]


def add_imprint(document: WordDocument, left: str, right: str) -> None:
    """The imprint at the foot of the last page: between two thick lines, one character in (DOC-13)."""
    paragraph = document.add_paragraph(f"{left}\t{right}", style=IMPRINT.name)
    edge = round((TEXT_WIDTH.pt - SIZE_4.pt) * 20)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(edge), WD_TAB_ALIGNMENT.RIGHT)
    properties = paragraph._p.get_or_add_pPr()
    frame = OxmlElement("w:framePr")
    for name, value in (
        ("w", str(round(TEXT_WIDTH.pt * 20))), ("wrap", "around"), ("vAnchor", "margin"),
        ("hAnchor", "margin"), ("xAlign", "center"), ("yAlign", "bottom"),
    ):  # fmt: skip
        frame.set(qn(f"w:{name}"), value)
    properties.insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:tabs", "w:spacing", "w:ind"
    )
    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    document.add_paragraph(style=LAST_LINE.name)


def _name_fallbacks(document: WordDocument) -> None:
    """The font table tells Word which fonts to take where the first is not installed."""
    rows = "".join(
        f'<w:font w:name="{font[0]}"><w:altName w:val="{",".join(font[1:])}"/><w:charset w:val="86"/>'
        f'<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for font in FONTS
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    table = f'{head}<w:fonts xmlns:w="{space}">{rows}</w:fonts>'
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = table.encode()
