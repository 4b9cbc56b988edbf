"""Which pages a phone may keep, to be read without a signal; everything else is not kept (ADR 0011)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

KEPT_FOR = "X-Kept-For"

Page = Callable[..., HttpResponse]


def kept_on_phone(*parameters: str) -> Callable[[Page], Page]:
    """Let the phone of a branch keep the page, as long as it is asked for with no other parameters.

    The header names the account: the service worker throws away what it kept for anybody else.
    Only pages without protected values, masked ones included, may be marked.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = page(request, *args, **kwargs)
            if may_be_kept(request, answer, parameters):
                answer[KEPT_FOR] = str(request.user.pk)
            return answer

        return answered

    return decorate


def may_be_kept(request: HttpRequest, answer: HttpResponse, parameters: tuple[str, ...]) -> bool:
    """Whether the answer is a whole page of somebody at a branch; an office's pages never are."""
    user: Any = request.user
    whole = request.method == "GET" and answer.status_code == 200 and not request.headers.get("HX-Request")
    return whole and user.works_at_branch and set(request.GET) <= set(parameters)
