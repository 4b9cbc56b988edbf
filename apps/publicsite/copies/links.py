"""Addresses of the live site as links between files. Pure."""

from __future__ import annotations

import html
import re
from functools import lru_cache
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
    file, fragment = _target(address)
    link = _way(file_of(at).split("/")[:-1], file.split("/"))
    return html.escape(f"{link}#{fragment}" if fragment else link)


@lru_cache(maxsize=4096)  # the same few addresses stand on every page
def _target(address: str) -> tuple[str, str]:
    """The file and the fragment to which an address leads."""
    parts = urlsplit(html.unescape(address))
    return file_of(parts.path), parts.fragment


def _way(folder: list[str], file: list[str]) -> str:
    """From a folder to a file, both by their names from the root."""
    shared = 0
    while shared < min(len(folder), len(file) - 1) and folder[shared] == file[shared]:
        shared += 1
    return "/".join([".."] * (len(folder) - shared) + file[shared:])


def rewritten(page: str, *, at: str, places: str) -> str:
    """The page at a path as the copy shows it; `places` is the page that stands in for searching."""
    page = FORM.sub(lambda _: INSTEAD.format(list=places), page)
    return LINK.sub(lambda link: f'{link["name"]}{relative(link["address"], at=at)}"', page)


def addresses_below(root: str, page: str) -> set[str]:
    """The addresses that begin with a path of this site and stand on a page."""
    found = (link["address"] for link in LINK.finditer(page))
    return {html.unescape(address) for address in found if address.startswith(root)}
