"""Login, logout, the own password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts import services
from apps.accounts.forms import PasswordForm, SignInForm
from apps.accounts.passwords import has_expired, must_be_changed
from apps.core.errors import Refused


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(own_page(request, request.GET.get("next", "")))
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid():
        try:
            services.sign_in(
                request, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect(own_page(request, form.cleaned_data["next"]))
    return _login_page(request, form, status=422 if form.is_bound else 200)


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """What axes answers instead of the login page's own answer."""
    form = SignInForm(request.POST)
    form.add_error(None, services.locked_out(form.data.get("username", "").strip()))
    return _login_page(request, form, status=429)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets what it kept, unless somebody else's records wait there."""
    services.sign_out(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    answer["Clear-Site-Data"] = '"cache"' if request.POST.get("others") else '"cache", "storage"'
    return answer


@require_safe
@never_cache
@login_not_required
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, "" for nobody, and a token for the next POST: what a page kept on the phone asks."""
    return JsonResponse({"person": str(request.user.pk or ""), "token": get_token(request)})


@sensitive_post_parameters("old", "password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    forced = must_be_changed(user)
    form = PasswordForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            services.change_password(user, password=form.cleaned_data["password"])
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "密码已改好。下次登录用新密码。")
            return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "forced": forced, "expired": forced and has_expired(user)}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


def own_page(request: HttpRequest, wanted: str) -> str:
    """The wanted address when it is one of ours, else the first screen."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else settings.LOGIN_REDIRECT_URL


def _login_page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    idle = settings.SESSION_COOKIE_AGE // 60
    return render(request, "accounts/login.html", {"form": form, "idle_minutes": idle}, status=status)
