"""Pages as this process drew them, by their paths; those that nobody has read for longest go first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

LARGEST = 256 * 1024  # bytes; what is larger is read again


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was drawn, and what tells whether it still holds."""

    place: str
    is_dated: bool
    tag: str
    content: bytes
    headers: dict[str, str]


_pages: OrderedDict[str, Page] = OrderedDict()
_lock = Lock()


def at(path: str) -> Page | None:
    with _lock:
        page = _pages.get(path)
        if page:
            _pages.move_to_end(path)
        return page


def keep(path: str, page: Page) -> None:
    """In place of what was drawn there before."""
    if len(page.content) > LARGEST:
        return
    with _lock:
        _pages[path] = page
        _pages.move_to_end(path)
        if len(_pages) > settings.PARTYBUILD_PAGES_KEPT:
            _pages.popitem(last=False)


def forget() -> None:
    with _lock:
        _pages.clear()
