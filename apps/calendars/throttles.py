"""How often a secret address may be asked for: calendar programs come a few times a day."""

from __future__ import annotations

from typing import Any, cast

from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from apps.core.crypto import digest


class PerFeed(SimpleRateThrottle):
    """One address, wherever it is asked from."""

    scope = "feed"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"feed-{digest(request.path).hex()}"


class PerGuesser(SimpleRateThrottle):
    """One network address, whatever it asks for: nobody tries secrets at leisure."""

    scope = "feeds"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"feeds-{request.META['REMOTE_ADDR']}"


def too_often(request: Any) -> bool:
    """Whether this request is one too many; counts it."""
    no_view = cast("APIView", None)  # the throttles do not look at it
    return not all(throttle().allow_request(request, no_view) for throttle in (PerFeed, PerGuesser))
