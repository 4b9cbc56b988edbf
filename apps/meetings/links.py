"""Addresses that other rooms lead to. Pure but for the addresses themselves."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.core.periods import Month


def new_record(
    branch: str = "",
    *,
    kind: str = "",
    month: Month | None = None,
    day: date | None = None,
    group: int | None = None,
    like: int | None = None,
) -> str:
    """The form of a new record, filled in as asked; `branch` is the code, `group` and `like` are ids."""
    asked = {
        "branch": branch,
        "kind": kind,
        "month": month and str(month),
        "day": day and day.isoformat(),
        "group": group and str(group),
        "like": like and str(like),
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('meetings:new')}?{query}" if query else reverse("meetings:new")
