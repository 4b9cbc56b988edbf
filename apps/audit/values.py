"""How a field's value reads in the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.encoding import force_str

Related = Mapping[Any, Mapping[Any, models.Model]]  # by model, by key


@dataclass(frozen=True)
class Change:
    """One field of one row: what it was and what it became; "" is nothing."""

    field: str
    before: str
    after: str


def shown_fields(events: type[models.Model], model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that people fill in, as far as the history has them (protected ones it has not)."""
    kept = {field.name for field in events._meta.fields}
    return [
        field
        for field in model._meta.fields
        if field.name in kept and field.editable and not field.primary_key
    ]


def changes_between(
    fields: list[models.Field[Any, Any]],
    before: models.Model | None,
    after: models.Model | None,
    related: Related,
) -> tuple[Change, ...]:
    """What differs, in the order of the form; on one side None, all that is filled in."""
    found = []
    for field in fields:
        old, new = (_text(field, row, related) for row in (before, after))
        if old != new:
            found.append(Change(str(field.verbose_name), old, new))
    return tuple(found)


def _text(field: models.Field[Any, Any], row: models.Model | None, related: Related) -> str:
    value = None if row is None else getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        found = related.get(field.related_model, {}).get(value)
        return str(found) if found is not None else f"编号 {value}"
    if isinstance(field, ArrayField):
        return "、".join(_plain(field.base_field, item) for item in value)
    return _plain(field, value)


def _plain(field: models.Field[Any, Any], value: Any) -> str:
    if field.choices:
        return force_str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return str(value)
