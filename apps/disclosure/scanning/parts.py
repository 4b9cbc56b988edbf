"""What an Office file holds beside its text and cells: shapes, charts, remarks, stored data, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from zipfile import ZipFile

from lxml import etree  # type: ignore[import-untyped]

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACES = {
    "drawings": "文本框",
    "diagrams": "图示",
    "charts": "图表",
    "threadedComments": "批注",
    "pivotCache": "数据透视表存的数据",
}


def pieces(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if place := _place_of(name):
                root = etree.fromstring(archive.read(name), PARSER)
                yield from ((f"{place}里", text) for text in _texts(root) if text.strip())


def has_pictures(file: IO[bytes]) -> bool:
    """Whether there is anything in it that a machine cannot read."""
    with ZipFile(file) as archive:
        return any("/media/" in name for name in archive.namelist())


def _place_of(name: str) -> str:
    folders = name.split("/")
    is_part = len(folders) == 3 and name.endswith(".xml")
    return _PLACES.get(folders[1], "") if is_part else ""


def _texts(root: etree._Element) -> Iterator[str]:
    """A number may be written in several pieces of one paragraph; stored data stand in attributes."""
    for element in root.iter(etree.Element):
        if element.tag == f"{_A}p":
            yield "".join(element.itertext())
        elif element.tag != f"{_A}t":
            yield element.text or ""
            yield element.get("v", "")
