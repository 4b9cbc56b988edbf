"""The size of the text that a reader chose, remembered in a cookie of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "text_size"
SIZES = ("large", "extra")  # standard is no cookie
KEPT_FOR = 365 * 24 * 3600  # seconds


def text_size_of(request: HttpRequest) -> str:
    """ "large", "extra" or "" for the standard size."""
    size = request.COOKIES.get(COOKIE, "")
    return size if size in SIZES else ""


def back_from(request: HttpRequest) -> str:
    """The page that the reader came from, if it is one of ours."""
    address = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else "/"


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the chosen size; what static/js/text-size.js does without asking the server."""
    response = redirect(back_from(request))
    size = request.POST.get("size", "")
    if size in SIZES:
        response.set_cookie(COOKIE, size, max_age=KEPT_FOR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
