"""Whether an uploaded file may become a template: looked through, then tried with invented papers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from apps.core.documents.filling import WordTemplate
from apps.core.errors import Refused
from apps.papers.kinds import Paper
from apps.papers.placeholders import samples_of

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_BODY = 2 * 1024 * 1024
# Text, relations, pictures and fonts; what is anything else can run or embeds another file.
KNOWN_PARTS = re.compile(
    r"(?:\[Content_Types\]\.xml|.+/|.*\.(?:xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|odttf))", re.IGNORECASE
)
_FOREIGN = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
# Field codes by which Word fetches, starts or inserts something when it opens the file.
_ACTIVE = re.compile(
    rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON|DATABASE|EMBED)\b[^<]*</w:instrText"
)
_MACRO = b"macroEnabled"

NOT_DOCX = "这个文件不是 Word 文件（.docx）。请用 Word 或 WPS 打开，另存为 .docx 再上传。"
TOO_LARGE = f"模板最大 {MAX_BYTES // 1024 // 1024} MB，请把里面的图片缩小或者删去。"
BOMB = "这个文件解压后大得不正常，没有收下。请重新另存一份再上传。"
NOT_KNOWN = "模板里嵌了别的文件或者宏（{}），不能用。请删去后另存为 .docx 再上传。"
MACROS = "模板里带宏，不能用。请另存为不带宏的 .docx 再上传。"
LINKED = "模板引用了外面的文件或网址，不能用。请把图片插进模板里，再上传。"
ACTIVE = "模板里有会自动取外部内容的域，不能用。请把它删去，再上传。"
UNKNOWN = "模板里有系统不认得的占位符：{}。请照下面的表改正，再上传。"


def check_template(paper: Paper, content: bytes) -> None:
    """Refused with a sentence unless the file is a harmless Word template that fills without a gap."""
    _refuse_unfit(content)
    template = WordTemplate(content)
    if unknown := _unknown_in(template, paper):
        raise Refused(UNKNOWN.format("、".join(f"“{name}”" for name in unknown)), field="file")
    template.fill(samples_of(paper))


def _unknown_in(template: WordTemplate, paper: Paper) -> list[str]:
    return list(dict.fromkeys(name for sample in samples_of(paper) for name in template.unknown_in(sample)))


def _refuse_unfit(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE, field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_names(archive.infolist())
            for entry in archive.infolist():
                _refuse_part(entry.filename, archive.read(entry))
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise Refused(NOT_DOCX, field="file") from error


def _refuse_names(entries: Iterable[zipfile.ZipInfo]) -> None:
    rows = list(entries)
    if sum(entry.file_size for entry in rows) > MAX_UNPACKED:
        raise Refused(BOMB, field="file")
    names = [entry.filename for entry in rows]
    if "word/document.xml" not in names:
        raise Refused(NOT_DOCX, field="file")
    strange = next((name for name in names if not KNOWN_PARTS.fullmatch(name)), None)
    if strange:
        raise Refused(NOT_KNOWN.format(strange.rsplit("/", 1)[-1]), field="file")


def _refuse_part(name: str, content: bytes) -> None:
    if name == "word/document.xml" and len(content) > MAX_BODY:
        raise Refused(BOMB, field="file")
    if name == "[Content_Types].xml" and _MACRO in content:
        raise Refused(MACROS, field="file")
    if name.endswith(".rels") and any(not _HYPERLINK.search(each) for each in _FOREIGN.findall(content)):
        raise Refused(LINKED, field="file")
    if name.endswith(".xml") and _ACTIVE.search(content):
        raise Refused(ACTIVE, field="file")
