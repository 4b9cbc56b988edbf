"""Nothing opens before the initial (or expired) password has been changed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.passwords import must_be_changed

Responder = Callable[[HttpRequest], HttpResponse]
OPEN = ("accounts:password", "accounts:logout", "accounts:session", "healthz")


class PasswordFirst:
    """Sends whoever must change their password to that page; programs are told so."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or request.path in map(reverse, OPEN) or not must_be_changed(user):
            return self.get_response(request)
        return _to_the_password(request)


def _to_the_password(request: HttpRequest) -> HttpResponse:
    where = reverse("accounts:password")
    if request.path.startswith("/api/"):
        refusal = {
            "code": "password_change_required",
            "message": "请先登录网页修改密码。",
            "field": None,
            "rule": "SEC-01",
        }
        return JsonResponse(refusal, status=403)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(where)
    return redirect(where)
