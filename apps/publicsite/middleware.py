"""The public side is the same for everybody, also where it stands beside the inside."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.publicsite import serving

# No script at all, and nothing from anywhere else.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A browser draws a picture that is opened by itself in a page of its own making, which fits it to the screen.
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether it asks the public side, which is all that there is where that stands alone."""
    return settings.PARTYBUILD_PUBLIC_ONLY or request.path_info.startswith(_root())


@cache  # every request of the inside asks it too
def _root() -> str:
    return reverse("public:index")


class TheSameForEverybody:
    """On the public side no cookie comes in and none goes out, and no page runs a script, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_everybody(request):
            return self.get_response(request)
        request.COOKIES = {}
        answer = self.get_response(request)
        answer.cookies.clear()
        del answer.headers["Vary"]
        is_picture = answer.headers.get("Content-Type", "").startswith("image/")
        answer.headers["Content-Security-Policy"] = PICTURE if is_picture else POLICY
        return answer


class Kept:
    """What was drawn and still holds is answered before anybody asks whose address it is or who reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return serving.kept(request) or self.get_response(request)
