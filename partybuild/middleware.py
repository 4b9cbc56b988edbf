"""What every request gets: an id for the logs, the person's own address, and a session that ends."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

Responder = Callable[[HttpRequest], HttpResponse]

SANE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
BEGAN = "began"


class RequestId:
    """`request.id`, the header X-Request-Id and a field of every log line; a proxy's own id is kept."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request.id = given if SANE_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=request.id):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response


class ClientAddress:
    """Behind our own proxies REMOTE_ADDR becomes the address that the outermost of them saw.

    Counted from the right: what stands further left is what the client claims about itself.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        if settings.PROXIES and len(seen) >= settings.PROXIES:
            request.META["REMOTE_ADDR"] = seen[-settings.PROXIES].strip() or request.META["REMOTE_ADDR"]
        return self.get_response(request)


class SessionLifetime:
    """Whoever signed in longer ago than SESSION_LIFETIME signs in again, however busy."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            began = request.session.setdefault(BEGAN, time.time())
            if time.time() - began > settings.SESSION_LIFETIME.total_seconds():
                logout(request)
        return self.get_response(request)
