"""A visitor who follows every link."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client

LINK = re.compile(r"""(?:href|src|action)="([^"]+)"|<id>([^<]+)</id>""")


def links_of(answer: Any, at: str) -> Iterator[str]:
    """Where a page or a feed leads on this site, without fragment and query."""
    if answer.headers["Content-Type"].startswith(("text/html", "application/atom+xml")):
        for found in LINK.finditer(answer.content.decode()):
            whole = html.unescape(found[1] or found[2]).removeprefix(settings.PARTYBUILD_PUBLIC_SITE)
            parts = urlsplit(urljoin(at, whole))
            if not parts.netloc and not parts.scheme:
                yield parts.path


def body_of(answer: Any) -> bytes:
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content


def walked(client: Client, *beginnings: str) -> dict[str, Any]:
    """Every page that can be reached under /public/ from these, with its answer."""
    found: dict[str, Any] = {}
    waiting = list(beginnings)
    while waiting:
        path = waiting.pop()
        if path not in found and path.startswith("/public/"):
            found[path] = client.get(path)
            waiting += links_of(found[path], path)
    return found
