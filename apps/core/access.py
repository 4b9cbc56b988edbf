"""Who asks: outside their scope a page is not found, inside without the permission it is forbidden."""

from __future__ import annotations

from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from apps.core.scope import Reader


class Person(Reader, Protocol):
    """Somebody who is signed in."""

    pk: Any

    @property
    def works_at_branch(self) -> bool: ...

    def __str__(self) -> str: ...

    def permissions_on(self, path: str) -> frozenset[str]: ...

    def may(self, permission: str, path: str | None = None) -> bool: ...


class SignedInRequest(HttpRequest):
    """A request behind the login; the middleware lets no other through."""

    user: Person  # type: ignore[assignment]


def demand(user: Person, permission: str, path: str | None = None) -> None:
    """Forbid (403) unless the permission is held on the organization at `path`, or anywhere at all."""
    if not user.may(permission, path):
        raise PermissionDenied
