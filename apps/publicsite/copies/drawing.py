"""Pages as the live site draws them, by the same views; static files as they lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

OK = 200


class CannotDraw(Exception):
    """An address answers neither 200 nor 404; the text says which."""


@dataclass(frozen=True)
class Answer:
    content: bytes
    is_page: bool
    """Whether it has links, which a copy makes relative."""


def drawn(path: str) -> Answer | None:
    """What the site answers to anybody at a path; None where there is nothing."""
    try:
        answer = _asked(path)
    except Http404:
        return None
    if answer.status_code != OK:
        raise CannotDraw(f"{path} 的回答是 {answer.status_code}，不能导出。")
    return Answer(answer.content, answer.headers["Content-Type"].startswith("text/html"))


def piece(path: str) -> bytes:
    """A static file by its address: as it was collected, or as it was written where nothing is collected."""
    name = path.removeprefix(settings.STATIC_URL)
    collected = Path(settings.STATIC_ROOT, name)
    found = collected if collected.is_file() else finders.find(name)
    if not found:
        raise CannotDraw(f"{path} 没有，不能导出；先运行 manage.py collectstatic。")
    return Path(found).read_bytes()


def _asked(path: str) -> HttpResponse:
    """The view alone: what stands around it adds headers, which a file has not, and changes no page."""
    view, args, named = resolve(path)
    request = HttpRequest()
    request.method, request.path = "GET", path
    answer: HttpResponse = view.draw(request, *args, **named)
    return answer
