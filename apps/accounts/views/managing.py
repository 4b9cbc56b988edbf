"""Accounts of others, for those who manage them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts import queries, services
from apps.accounts.filters import AccountFilter
from apps.accounts.forms import AccountForm, GrantForm, TokenForm
from apps.core.errors import Refused

View = Callable[..., HttpResponse]
PAGE = 50


def for_managers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.may(queries.MANAGE):  # type: ignore[union-attr]
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_managers
@require_GET
def accounts(request: Any) -> HttpResponse:
    found = AccountFilter(request.GET, queries.accounts_for(request.user))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    locked = queries.lockouts([user.username for user in page])
    rows = [
        {"user": user, "grants": list(user.grants.all()), "locked_until": locked.get(user.username)}
        for user in page
    ]
    context = {
        "filter": found,
        "page": page,
        "rows": rows,
        "clear": reverse("accounts:list") if request.GET else "",
    }
    return render(request, "accounts/list.html", context)


@for_managers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    form = AccountForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            user, password = services.create_account(**form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return _shown_once(request, user, password=password)
    return render(request, "accounts/new.html", {"form": form}, status=422 if form.is_bound else 200)


@for_managers
@require_GET
def detail(request: Any, pk: int) -> HttpResponse:
    user = get_object_or_404(queries.accounts_for(request.user), pk=pk)
    return _detail_page(request, user)


@for_managers
@require_POST
def grant(request: Any, pk: int) -> HttpResponse:
    user = get_object_or_404(queries.accounts_for(request.user), pk=pk)
    form = GrantForm(request.POST, by=request.user)
    if form.is_valid():
        try:
            services.grant(user, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, f"已给{user}授权。")
            return redirect("accounts:detail", pk)
    return _detail_page(request, user, grant_form=form)


@for_managers
@never_cache
@require_POST
def new_token(request: Any, pk: int) -> HttpResponse:
    user = get_object_or_404(queries.accounts_for(request.user), pk=pk)
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            _, key = services.create_token(user, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return _shown_once(request, user, key=key)
    return _detail_page(request, user, token_form=form)


@for_managers
@never_cache
@require_POST
def reset_password(request: Any, pk: int) -> HttpResponse:
    user = get_object_or_404(queries.accounts_for(request.user), pk=pk)
    try:
        password = services.reset_password(user, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("accounts:detail", pk)
    return _shown_once(request, user, password=password)


@for_managers
@require_POST
def unlock(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, services.unlock, "已解锁，可以马上登录。")


@for_managers
@require_POST
def deactivate(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, services.deactivate, "已停用，这个账号不能再登录。")


@for_managers
@require_POST
def activate(request: Any, pk: int) -> HttpResponse:
    return _do(request, pk, services.activate, "已重新启用。")


@for_managers
@require_POST
def revoke(request: Any, pk: int) -> HttpResponse:
    granted = get_object_or_404(queries.grants_for(request.user), pk=pk)
    return _tried(
        request, granted.user_id, lambda: services.revoke(granted, by=request.user), "已收回这项授权。"
    )


@for_managers
@require_POST
def revoke_token(request: Any, pk: int) -> HttpResponse:
    token = get_object_or_404(queries.tokens_for(request.user), pk=pk)
    return _tried(
        request, token.user_id, lambda: services.revoke_token(token, by=request.user), "这把密钥已停用。"
    )


def _do(request: Any, pk: int, verb: Callable[..., object], done: str) -> HttpResponse:
    user = get_object_or_404(queries.accounts_for(request.user), pk=pk)
    return _tried(request, pk, lambda: verb(user, by=request.user), done)


def _tried(request: Any, pk: int, deed: Callable[[], object], done: str) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
    return redirect("accounts:detail", pk)


def _shown_once(request: Any, user: Any, *, password: str = "", key: str = "") -> HttpResponse:
    """The answer to the POST itself: a secret is neither put into a session nor shown again."""
    return render(request, "accounts/shown_once.html", {"account": user, "password": password, "key": key})


def _detail_page(request: Any, user: Any, **forms: Any) -> HttpResponse:
    is_client = queries.is_client(user)
    context = {
        "account": user,
        "grants": user.grants.all(),
        "is_client": is_client,
        "tokens": user.tokens.order_by("-created_at") if is_client else [],
        "may_manage": (may_manage := queries.may_manage(request.user, user)),
        "may_revoke": may_manage and len(user.grants.all()) > 1,
        "locked_until": queries.lockouts([user.username]).get(user.username),
        "grant_form": forms.get("grant_form") or GrantForm(by=request.user),
        "token_form": forms.get("token_form") or TokenForm(),
        "audit": request.user.may("audit.view"),
    }
    return render(request, "accounts/detail.html", context, status=422 if forms else 200)
