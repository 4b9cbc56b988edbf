"""Row history: every insert, update and delete, written by the database itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory
import pghistory.models
from django.db import models


class Event(pghistory.models.Event):
    """What a row was after an insert or update, or before a delete; the timeline reads by time."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        abstract = True


def tracked(**options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    """Keep the history of a model; `exclude` names the protected fields that must not be in it.

    The trackers are made anew for each model: the library copies shared ones in a way that
    statement-level triggers do not survive. Foreign keys in the history have no index of their own
    (each would be paid for with every row written), but for the one by which the timeline asks.
    """

    def track(model: type[models.Model]) -> type[models.Model]:
        trackers = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
        whole = getattr(model, "part_of", "")
        meta = {"indexes": [models.Index(fields=[whole])]} if whole else {}
        return pghistory.track(*trackers, base_model=Event, meta=meta, **options)(model)

    return track
