"""How a page for everybody is answered: GET and HEAD, conditional, and drawn once for each change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from apps.core.calendar import today
from apps.publicsite import stamps

MINUTES_FRESH = 5
DAYS_STALE = 7
SECONDS = MINUTES_FRESH * 60
FRESH = f"public, max-age={SECONDS}, stale-while-revalidate={SECONDS}, stale-if-error={DAYS_STALE * 86_400}"
LARGEST_KEPT = 256 * 1024  # bytes; files beyond that are read again
DRAWN_BY = ("apps", "templates", "static", "partybuild")
View = Callable[..., HttpResponse]


@cache
def edition() -> str:
    """Changes with every release: whatever may change how a page is drawn."""
    digest = hashlib.sha256()
    for folder in DRAWN_BY:
        for file in sorted(Path(settings.BASE_DIR, folder).rglob("*.*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def state_of(place: str, *, is_dated: bool) -> str:
    """What a page was drawn from: as long as this stays, so does the page."""
    day = f"{today():%Y%m%d}-" if is_dated else ""
    return f"{day}{stamps.stamp(place)}-{edition()}"


def _served(view: View, *, is_dated: bool) -> View:
    draw = _finding(view)

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        tag = f'"{state_of(named.get("code", ""), is_dated=is_dated)}"'
        answer = get_conditional_response(request, etag=tag) or _kept(draw, request, tag, args, named)
        answer.headers["ETag"] = tag
        answer.headers["Cache-Control"] = FRESH
        return answer

    guarded: View = csrf_exempt(login_not_required(require_safe(answering)))  # nothing here writes
    guarded.is_dated = is_dated  # type: ignore[attr-defined]
    guarded.draw = draw  # type: ignore[attr-defined]
    return guarded


public = partial(_served, is_dated=True)
"""A page that also depends on the day: what is due, what is overdue."""
timeless = partial(_served, is_dated=False)
"""A page that changes only when something is written."""


def _kept(
    draw: View, request: HttpRequest, tag: str, args: tuple[Any, ...], named: dict[str, Any]
) -> HttpResponse:
    """As it was drawn before, unless it answers a question."""
    if request.META["QUERY_STRING"]:
        return draw(request, *args, **named)
    pages, key = caches["pages"], f"{request.path}{tag}"
    if kept := pages.get(key):
        return HttpResponse(kept[0], headers=kept[1])
    answer = draw(request, *args, **named)
    if not answer.streaming and len(answer.content) <= LARGEST_KEPT:
        pages.set(key, (answer.content, dict(answer.headers)))
    return answer


def _finding(view: View) -> View:
    """What is not there is no address."""

    def draw(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    return draw
