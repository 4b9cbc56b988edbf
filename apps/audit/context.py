"""Who acts: what the history and the deeds of a request, a task or a command are signed with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
import structlog

from apps.audit.records import Actor

UNDER_WAY = "acting"


@contextmanager
def acting_as(user: Actor, *, via: str = "") -> Iterator[None]:
    """Sign all changes inside with the user; `via` says by which task or command.

    Within a request (or another `acting_as`) nothing changes: whoever began it acts.
    """
    if UNDER_WAY in structlog.contextvars.get_contextvars():
        yield
        return
    with signing(user=user.pk, name=str(user), url=via):
        yield


@contextmanager
def signing(**signature: Any) -> Iterator[None]:
    """Attach the signature to every change inside; values that are not known yet are left out."""
    known = {key: value for key, value in signature.items() if value not in (None, "")}
    in_logs = {UNDER_WAY: True, "user": known.get("user"), "address": known.get("address")}
    with structlog.contextvars.bound_contextvars(**in_logs), pghistory.context(**known):
        yield


def now_acting(user: Actor) -> None:
    """The request that is under way turns out to be this user's (sign-in, API key)."""
    structlog.contextvars.bind_contextvars(user=user.pk)
    pghistory.context(user=user.pk, name=str(user))
