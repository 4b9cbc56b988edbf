"""Recording a deed, in the caller's transaction: when the record fails, so does the deed (SEC-11)."""

from __future__ import annotations

from typing import Any, Protocol

import structlog
from django.db import models

from apps.audit.models import Deed


class Actor(Protocol):
    pk: Any

    def __str__(self) -> str: ...


def record(
    action: str,
    *,
    by: Actor | None,
    on: models.Model | None = None,
    organization_path: str | None = None,
    reason: str = "",
    succeeded: bool = True,
    **detail: Any,
) -> Deed:
    """Write down who did what to whom and why; address and request id come from the request's context.

    Who audits the organization at the path reads it; without one, who audits the actor.
    """
    context = structlog.contextvars.get_contextvars()
    return Deed.objects.create(
        action=action,
        succeeded=succeeded,
        user_id=getattr(by, "pk", None),
        user_name=str(by or "")[:64],
        object_type=on._meta.label_lower if on is not None else "",
        object_id=str(on.pk) if on is not None else "",
        object_label=str(on)[:200] if on is not None else "",
        organization_path=getattr(by, "home_path", "") if organization_path is None else organization_path,
        reason=reason,
        detail=detail,
        address=context.get("address"),
        request_id=context.get("request_id", ""),
    )
