"""API clients show their key: `Authorization: Bearer ...`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts import queries, services
from apps.accounts.models import ApiToken, User
from apps.audit.context import now_acting

SCHEME = "Bearer"


class KeyAuthentication(BaseAuthentication):
    """The key's account, whose grants are the client's scope."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = queries.open_token(key.strip())
        if token is None:
            raise AuthenticationFailed("密钥不对，或者已经过期、停用。")
        now_acting(token.user)
        services.note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class KeyScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = "apps.accounts.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
