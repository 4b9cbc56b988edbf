"""Filling Word templates that offices write: a small closed language, in a sandbox, always the same bytes.

A template may name placeholders, repeat and leave out parts; docxtpl reads its tags out of Word's XML.
Everything else that Jinja can do is refused before it runs: calls, sums, assignments, inclusions, names
that begin with an underscore.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateSyntaxError, Undefined, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from apps.core.documents.workbook import writable
from apps.core.errors import Refused

Context = Mapping[str, Any]

MAX_XML = 60_000_000  # characters of one filled document
MAX_DEPTH = 3  # loops inside each other
FILTERS = ("length", "join", "first", "last", "default")
SPOKEN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Filter, nodes.Test,
)  # fmt: skip
TESTS = ("defined", "undefined", "none")
EPOCH = (1980, 1, 1, 0, 0, 0)

NOT_WORD = "这个文件打不开。请用 Word 或 WPS 打开，另存为 .docx 再上传。"
NOT_SPOKEN = "模板里只能写占位符、“for”和“if”，请去掉别的写法（{}）。"
NO_SYNTAX = "模板里的占位符没有写对：{}请对照内置模板检查大括号和 for、if、endfor、endif 是否成对。"
TOO_DEEP = f"模板里的 for 最多套 {MAX_DEPTH} 层。"
TOO_LONG = "排出来的文件太大了。请缩短时间，或者分几次打印。"
IN_MARGIN = "页眉、页脚和脚注里不能写占位符，请移到正文里。"
EMPTY = "模板的正文是空的。"


class Gap(ChainableUndefined):
    """A placeholder that has no value is left empty; no chain of attributes makes it fail."""


class WordTemplate:
    """A template, read and compiled once, to be filled as often as needed; refused when it is not one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._document = _opened(content)
        self._source = _source_of(self._document)
        self._environment = _environment(Gap)
        tree = _parsed(self._environment, self._source)
        _refuse_unspoken(tree)
        self.placeholders = frozenset(meta.find_undeclared_variables(tree))
        """The names that stand by themselves, in any branch."""
        self._template = self._environment.from_string(tree)

    def fill(self, contexts: Sequence[Context], *, restart: bool = True) -> bytes:
        """One file: a section on new pages for each context, its pages counted anew if `restart`."""
        root = copy.deepcopy(self._document.element)
        body = root.find(qn("w:body"))
        last = body.find(qn("w:sectPr"))
        for child in [each for each in body if each is not last]:
            body.remove(child)
        for number, context in enumerate(contexts):
            section = copy.deepcopy(last)
            _number_pages(section, restart=restart)
            children = self._filled(context)
            if number + 1 < len(contexts):
                _close(children, section)
            for child in children:
                last.addprevious(child)
        _number_pages(last, restart=restart)
        _mend(body)
        _number_drawings(body)
        return self._packed(serialize_part_xml(root))

    def unknown_in(self, context: Context) -> list[str]:
        """What the template names and the context does not hold; parts of values as far as they are run."""
        missing: dict[str, None] = dict.fromkeys(sorted(self.placeholders - context.keys()))

        class Noted(Gap):
            def __init__(self, *given: Any, **named: Any) -> None:
                super().__init__(*given, **named)
                if self._undefined_name not in (None, "loop"):
                    missing[str(self._undefined_name)] = None

        template = _environment(Noted).from_string(self._source)
        for _ in template.generate(context):
            pass
        return list(missing)

    def _filled(self, context: Context) -> list[Any]:
        """The paragraphs and tables of one context, without the template's own section."""
        body = parse_xml("".join(_limited(self._template.generate(context))))
        return [child for child in body if child.tag != qn("w:sectPr")]

    def _packed(self, xml: bytes) -> bytes:
        """The template's package with another body; always the same bytes for the same text."""
        name = self._document.part.partname.lstrip("/")
        with zipfile.ZipFile(io.BytesIO(self._content)) as source:
            parts = ((each, xml if each == name else source.read(each)) for each in source.namelist())
            return packed(parts)


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive without the hour in which it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def _opened(content: bytes) -> Any:
    try:
        document = DocxTemplate(io.BytesIO(content)).get_docx()
    except Exception as error:  # python-docx raises whatever its parsers and zipfile do
        raise Refused(NOT_WORD) from error
    _refuse_margins(document)
    return document


def _refuse_margins(document: Any) -> None:
    """Headers and footers belong to the whole file, not to one of its records."""
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if any(word in name for word in ("/header", "/footer", "/footnotes", "/endnotes")) and (
            b"{{" in part.blob or b"{%" in part.blob
        ):
            raise Refused(IN_MARGIN)


def _source_of(document: Any) -> str:
    body = document.element.find(qn("w:body"))
    if body is None or body.find(qn("w:sectPr")) is None or len(body) == 1:
        raise Refused(EMPTY)
    reader = DocxTemplate(io.BytesIO())
    source: str = reader.patch_xml(reader.xml_to_string(body))
    return source


def _environment(gap: type[Undefined]) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(autoescape=True, undefined=gap, finalize=_plain, cache_size=0)
    environment.globals.clear()
    for shelf, allowed in ((environment.filters, FILTERS), (environment.tests, TESTS)):
        for name in [each for each in shelf if each not in allowed]:
            del shelf[name]
    return environment


def _plain(value: Any) -> Any:
    """A value as one line that XML can hold; nothing that somebody typed is markup."""
    if isinstance(value, Undefined):
        return value
    return "" if value is None else writable(" ".join(str(value).split("\n")))


def _parsed(environment: SandboxedEnvironment, source: str) -> nodes.Template:
    try:
        return environment.parse(source)
    except TemplateSyntaxError as error:
        near = f"“{error.message}”。" if error.message else ""
        raise Refused(NO_SYNTAX.format(near)) from error


def _refuse_unspoken(tree: nodes.Template) -> None:
    for node, depth in _walk(tree, 0):
        if not _is_spoken(node):
            raise Refused(NOT_SPOKEN.format(type(node).__name__))
        if depth > MAX_DEPTH:
            raise Refused(TOO_DEEP)


def _walk(node: nodes.Node, depth: int) -> Iterator[tuple[nodes.Node, int]]:
    deeper = depth + isinstance(node, nodes.For)
    yield node, deeper
    for child in node.iter_child_nodes():
        yield from _walk(child, deeper)


def _is_spoken(node: nodes.Node) -> bool:
    match node:
        case nodes.Getattr(attr=name) | nodes.Name(name=name):
            return not name.startswith("_")
        case nodes.Getitem():
            return isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)
        case nodes.Filter(name=name) | nodes.Test(name=name):
            return name in (*FILTERS, *TESTS) and not (node.dyn_args or node.dyn_kwargs)
        case nodes.For():
            return not node.recursive
    return isinstance(node, SPOKEN)


def _limited(pieces: Iterable[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_XML:
            raise Refused(TOO_LONG)
        yield piece


def _number_pages(section: Any, *, restart: bool) -> None:
    if not restart or section.find(qn("w:pgNumType")) is not None:
        return
    kind: Any = OxmlElement("w:pgNumType")
    kind.set(qn("w:start"), "1")
    section.append(kind)
    before = [section.find(qn(f"w:{name}")) for name in ("cols", "titlePg", "docGrid")]
    first = next((each for each in before if each is not None), None)
    if first is not None:
        first.addprevious(kind)


def _close(children: list[Any], section: Any) -> None:
    """End the section in the last paragraph; after a table in a paragraph of its own that is hardly there."""
    if children and children[-1].tag == qn("w:p"):
        paragraph = children[-1]
    else:
        paragraph = _thin_paragraph()
        children.append(paragraph)
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = OxmlElement("w:pPr")
        paragraph.insert(0, properties)
    properties.append(section)


def _thin_paragraph() -> Any:
    paragraph: Any = OxmlElement("w:p")
    spacing: Any = OxmlElement("w:spacing")
    paragraph.get_or_add_pPr().append(spacing)
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    return paragraph


def _mend(body: Any) -> None:
    """Word opens no cell without a paragraph, no table without a row; repetitions of nothing leave such."""
    for table in [each for each in body.iter(qn("w:tbl")) if each.find(qn("w:tr")) is None]:
        table.getparent().remove(table)
    for cell in body.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            cell.append(_thin_paragraph())


def _number_drawings(body: Any) -> None:
    """Each picture has a number of its own, however often the template's was repeated."""
    for number, drawing in enumerate(body.iter(qn("wp:docPr")), 1):
        drawing.set("id", str(number))
