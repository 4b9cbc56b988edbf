"""Addresses of the live site as links between files. Pure."""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import unquote, urlsplit

LINK = re.compile(r'(?P<name>\b(?:href|src)=")(?P<address>/[^"]*)"')
FORM = re.compile(r'<form\b[^>]*\brole="search".*?</form>', re.DOTALL)
INSTEAD = (
    '<p class="no-print"><a href="{list}">按乡镇、拼音和年份找</a>。'
    "这一份网站只有文件，不能输入文字查找。</p>"
)


def file_of(path: str) -> str:
    """Where the copy keeps what the live site has under this path."""
    relative = unquote(path).lstrip("/")
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative


def relative(address: str, *, at: str) -> str:
    """The link from the page at one path to an address of the site, its fragment kept."""
    parts = urlsplit(html.unescape(address))
    link = posixpath.relpath(file_of(parts.path), posixpath.dirname(file_of(at)) or ".")
    return html.escape(f"{link}#{parts.fragment}" if parts.fragment else link)


def rewritten(page: str, *, at: str, places: str) -> str:
    """The page at a path as the copy shows it; `places` is the page that stands in for searching."""
    page = FORM.sub(lambda _: INSTEAD.format(list=places), page)
    return LINK.sub(lambda link: f'{link["name"]}{relative(link["address"], at=at)}"', page)


def addresses_in(page: str) -> set[str]:
    """The paths on this site to which a page leads."""
    return {urlsplit(html.unescape(link["address"])).path for link in LINK.finditer(page)}
