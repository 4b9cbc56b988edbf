"""How a page for everybody is answered: GET and HEAD, conditional, and drawn once for each change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from apps.core.calendar import today
from apps.publicsite import pages, stamps

MINUTES_FRESH = 5
DAYS_STALE = 7
SECONDS = MINUTES_FRESH * 60
FRESH = f"public, max-age={SECONDS}, stale-while-revalidate={SECONDS}, stale-if-error={DAYS_STALE * 86_400}"
FAILED = 500
DRAWN_BY = ("apps", "templates", "static", "partybuild")
View = Callable[..., HttpResponse]


@cache
def edition() -> str:
    """Changes with every release and setting: whatever may change how a page is drawn."""
    digest = hashlib.sha256(repr((settings.PARTYBUILD_PUBLIC_SITE, settings.PARTYBUILD_PUBLIC_FOOT)).encode())
    for folder in DRAWN_BY:
        for file in sorted(Path(settings.BASE_DIR, folder).rglob("*.*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def state_of(place: str, *, is_dated: bool) -> str:
    """What a page was drawn from: as long as this stays, so does the page."""
    day = f"{today():%Y%m%d}-" if is_dated else ""
    return f"{day}{stamps.stamp(place)}-{edition()}"


def _tag_of(place: str, *, is_dated: bool) -> str:
    return f'"{state_of(place, is_dated=is_dated)}"'


def kept(request: HttpRequest) -> HttpResponse | None:
    """The answer of a page that was drawn before and still holds."""
    page = pages.at(request.path) if _is_plain(request) else None
    if page is None or page.tag != _tag_of(page.place, is_dated=page.is_dated):
        return None
    return _answer(request, page.tag, lambda: HttpResponse(page.content, headers=page.headers))


def _served(view: View, *, is_dated: bool) -> View:
    draw = _finding(view)

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        place = named.get("code", "")
        tag = _tag_of(place, is_dated=is_dated)

        def drawn() -> HttpResponse:
            answer = draw(request, *args, **named)
            if _is_plain(request):
                page = pages.Page(place, is_dated, tag, answer.content, dict(answer.headers))
                pages.keep(request.path, page)
            return answer

        return _answer(request, tag, drawn)

    guarded: View = csrf_exempt(login_not_required(require_safe(answering)))  # nothing here writes
    guarded.is_dated = is_dated  # type: ignore[attr-defined]
    guarded.draw = draw  # type: ignore[attr-defined]
    return guarded


public = partial(_served, is_dated=True)
"""A page that also depends on the day: what is due, what is overdue."""
timeless = partial(_served, is_dated=False)
"""A page that changes only when something is written."""


def _is_plain(request: HttpRequest) -> bool:
    """Whether it reads a page and asks nothing of it, as a search does."""
    return request.method in ("GET", "HEAD") and not request.META["QUERY_STRING"]


def _answer(request: HttpRequest, tag: str, whole: Callable[[], HttpResponse]) -> HttpResponse:
    """That nothing has changed since, or the whole page; nobody keeps what could not be drawn."""
    answer = get_conditional_response(request, etag=tag) or whole()
    if answer.status_code >= FAILED:
        answer.headers["Cache-Control"] = "no-store"
        return answer
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = FRESH
    return answer


def _finding(view: View) -> View:
    """What is not there is no address."""

    def draw(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    return draw
