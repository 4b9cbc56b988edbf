"""Sealing every protected value anew with the current key."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from apps.core import crypto
from apps.core.fields import SealedField

BATCH = 2000


def reseal_everything() -> dict[str, int]:
    """How many values of each column were sealed by an older key and now are by the current one."""
    return {f"{model._meta.label}.{field.name}": _reseal(model, field) for model, field in _sealed_columns()}


def _sealed_columns() -> Iterator[tuple[type[models.Model], SealedField]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedField):
                yield model, field


def _reseal(model: type[models.Model], field: SealedField) -> int:
    """Batch by batch, so that no long lock is held; a value is never readable by neither key."""
    done, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(
                model._default_manager.select_for_update()
                .filter(pk__gt=last)
                .exclude(**{field.name: None})
                .order_by("pk")
                .only("pk", field.name)[:BATCH]
            )
            if not rows:
                return done
            stale = [row for row in rows if _is_stale(getattr(row, field.name).sealed)]
            for row in stale:
                setattr(row, field.name, getattr(row, field.name).reveal())
            model._default_manager.bulk_update(stale, [field.name])
        done, last = done + len(stale), rows[-1].pk


def _is_stale(sealed: bytes) -> bool:
    return crypto.key_id_of(sealed) != crypto.current_key_id()
