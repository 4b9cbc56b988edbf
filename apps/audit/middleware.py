"""Signs the changes of a request with its user, address and id."""

from __future__ import annotations

from collections.abc import Callable

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse

from apps.audit.context import signing

Responder = Callable[[HttpRequest], HttpResponse]


class Signed:
    """Comes after the authentication; an API key's user is added by the key's own authentication."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        with signing(
            user=user.pk,
            name=str(user) if user.is_authenticated else "",
            url=request.path,
            request_id=getattr(request, "id", ""),
            address=get_client_ip_address(request),
        ):
            return self.get_response(request)
