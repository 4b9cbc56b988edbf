"""Where the timeline reads: the history of every tracked model, and the deeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from apps.audit.history import Event
from apps.audit.models import Deed
from apps.core.scope import Scope

DEED = Deed._meta.label_lower
ROW_ACTIONS = {"insert": "新增", "update": "修改", "delete": "删除"}


@dataclass(frozen=True)
class Source:
    """One history table and the model whose rows it remembers."""

    label: str
    title: str
    model: type[models.Model]
    events: Any  # a subclass of Event, with the columns of the model

    @property
    def part_of(self) -> str:
        """The foreign key to the whole whose timeline shows this too, or ""."""
        return getattr(self.model, "part_of", "")

    def within(self, scope: Scope) -> Q:
        """The condition on the events that lie in the scope: by where the row stood at that moment."""
        if scope.is_everywhere:
            return Q()
        lookup = getattr(self.model, "scope_lookup", None)
        if lookup is None:
            return Q(pk__in=[])
        if _crosses_many(self.model, lookup):
            return Q(pgh_obj_id__in=self.model._default_manager.filter(scope.q(lookup)).values("pk"))
        return scope.q(lookup)


@cache
def sources() -> dict[str, Source]:
    """Every tracked model by its label, in the order of the apps."""
    found: dict[str, Source] = {}
    for events in apps.get_models():
        if issubclass(events, Event) and events.pgh_tracked_model is not None:
            model = events.pgh_tracked_model
            label = model._meta.label_lower
            found[label] = Source(label, str(model._meta.verbose_name), model, events)
    return found


@cache
def deed_titles() -> dict[str, str]:
    """What each action is called; each app names its own (`deeds` of its AppConfig)."""
    titles: dict[str, str] = {}
    for config in apps.get_app_configs():
        titles |= getattr(config, "deeds", {})
    return titles


@cache
def detail_titles() -> dict[str, str]:
    """What the details of deeds are called (`deed_details` of each AppConfig)."""
    titles: dict[str, str] = {}
    for config in apps.get_app_configs():
        titles |= getattr(config, "deed_details", {})
    return titles


def _crosses_many(model: Any, lookup: str) -> bool:
    """Whether a hop of the lookup leads to several rows, as from a user to their grants."""
    for name in lookup.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
        if model is None:
            return False
    return False
