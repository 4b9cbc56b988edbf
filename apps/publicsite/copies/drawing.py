"""Pages as the live site answers them, asked of Django itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

OK, NOT_FOUND = 200, 404


class CannotDraw(Exception):
    """An address answers neither 200 nor 404; the text says which."""


@dataclass(frozen=True)
class Answer:
    content: bytes
    is_page: bool
    """Whether it has links, which a copy makes relative."""


def drawn(path: str) -> Answer | None:
    """What the site answers to anybody at a path; None where there is nothing."""
    code, headers, content = _asked(path)
    if code == NOT_FOUND:
        return None
    if code != OK:
        raise CannotDraw(f"{path} 的回答是 {code}，不能导出。")
    return Answer(content, headers["Content-Type"].startswith("text/html"))


def _asked(path: str) -> tuple[int, dict[str, str], bytes]:
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        told.extend((int(status.split(maxsplit=1)[0]), dict(headers)))
        return lambda written: None

    with _one_connection():
        answer = _application()(_request(path), start)
        content = b"".join(answer)
        answer.close()
    return told[0], told[1], content


@contextmanager
def _one_connection() -> Iterator[None]:
    """A request ends here without looking whether its connection is too old: a copy's transaction goes on."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


@cache
def _application() -> WSGIHandler:
    return WSGIHandler()


def _request(path: str) -> dict[str, Any]:
    """As a browser would ask over HTTPS; pages do not depend on the name by which the site is called."""
    environ = {"HTTP_HOST": urlsplit(settings.PARTYBUILD_SITE).netloc, "REMOTE_ADDR": "127.0.0.1"}
    environ |= {"PATH_INFO": path.encode().decode("latin-1"), "wsgi.url_scheme": "https", "QUERY_STRING": ""}
    environ["HTTP_X_FORWARDED_PROTO"] = "https"
    setup_testing_defaults(environ)
    return environ
