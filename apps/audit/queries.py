"""The timeline: what changed and what was done, by whom, in a reader's scope, newest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from apps.audit.entries import Entry, Gathered, entry_of_deed, entry_of_group
from apps.audit.models import Deed
from apps.audit.sources import DEED, ROW_ACTIONS, Source, sources
from apps.core.scope import Reader, Scope

VIEW = "audit.view"
PER_PAGE = 50
LAST_PAGE = 40
COLUMNS = ("t_at", "t_label", "t_context", "t_source", "t_count", "t_first")  # no model has such fields


@dataclass(frozen=True)
class Wanted:
    """Which part of the timeline; empty fields do not narrow it.

    `what` is a model's label or "audit.deed"; `at` is the exact moment of one transaction, whose
    rows are then listed singly.
    """

    who: str = ""
    what: str = ""
    action: str = ""
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    at: datetime.datetime | None = None


@dataclass(frozen=True)
class Timeline:
    entries: list[Entry]
    has_more: bool


def timeline_for(user: Reader, wanted: Wanted, *, page: int = 1) -> Timeline:
    """A page of everything in the scope in which the user sees the audit trail."""
    scope = user.scope_for(VIEW)
    rows = [
        _rows(source, source.within(scope), wanted)
        for source in sources().values()
        if wanted.what in ("", source.label) and (not wanted.action or wanted.action in ROW_ACTIONS)
    ]
    deeds = [_deeds(Deed.objects.visible_to(_At(scope)), wanted)]
    wants_deeds = wanted.what in ("", DEED) and wanted.action not in ROW_ACTIONS
    return _page([*rows, *(deeds if wants_deeds else [])], min(page, LAST_PAGE))


def timeline_of(user: Reader, label: str, pk: int, *, page: int = 1) -> Timeline:
    """A page of the life of one object, with its parts and what was done to it."""
    scope = user.scope_for(VIEW)
    whole = sources()[label]
    parts = [
        (source, Q(**{f"{source.part_of}_id": pk}))
        for source in sources().values()
        if source.part_of and source.model._meta.get_field(source.part_of).related_model is whole.model
    ]
    wanted = Wanted()
    found = [_rows(source, source.within(scope) & own, wanted) for source, own in parts]
    own_rows = _rows(whole, whole.within(scope) & Q(pgh_obj_id=pk), wanted)
    deeds = _deeds(Deed.objects.visible_to(_At(scope)).filter(object_type=label, object_id=str(pk)), wanted)
    return _page([own_rows, *found, deeds], min(page, LAST_PAGE))


@dataclass(frozen=True)
class _At:
    """A reader who sees exactly one scope."""

    scope: Scope

    def scope_for(self, permission: str) -> Scope:
        return self.scope


def _rows(source: Source, condition: Q, wanted: Wanted) -> QuerySet[Any]:
    """The source's events as COLUMNS, one line for each transaction and action."""
    events = source.events.objects.filter(condition, _time("pgh_created_at", wanted))
    if wanted.who:
        events = events.filter(pgh_context__metadata__name__icontains=wanted.who)
    if wanted.action:
        events = events.filter(pgh_label=wanted.action)
    groups = events.order_by().values(
        t_at=F("pgh_created_at"),
        t_label=Cast("pgh_label", CharField()),
        t_context=F("pgh_context_id"),
        t_source=Value(source.label, CharField()),
    )
    if wanted.at:
        groups = groups.annotate(t_count=Value(1, BigIntegerField()), t_first=F("pgh_id"))
    else:
        groups = groups.annotate(t_count=Cast(Count("pgh_id"), BigIntegerField()), t_first=Min("pgh_id"))
    return groups.values_list(*COLUMNS)


def _deeds(deeds: QuerySet[Deed], wanted: Wanted) -> QuerySet[Any]:
    deeds = deeds.filter(_time("at", wanted))
    if wanted.who:
        deeds = deeds.filter(user_name__icontains=wanted.who)
    if wanted.action:
        deeds = deeds.filter(action=wanted.action)
    named = deeds.order_by().annotate(
        t_at=F("at"),
        t_label=Cast("action", CharField()),
        t_context=Value(None, UUIDField(null=True)),
        t_source=Value(DEED, CharField()),
        t_count=Value(1, BigIntegerField()),
        t_first=F("pk"),
    )
    return named.values_list(*COLUMNS)


def _time(field: str, wanted: Wanted) -> Q:
    bounds = {"gte": wanted.since, "lt": wanted.until, "exact": wanted.at}
    return Q(**{f"{field}__{name}": bound for name, bound in bounds.items() if bound is not None})


def _page(found: list[QuerySet[Any]], page: int) -> Timeline:
    """Each source gives no more than the page can need; the newest of them all make it up."""
    if not found:
        return Timeline([], has_more=False)
    start = max(page - 1, 0) * PER_PAGE
    enough = start + PER_PAGE + 1
    merged, *others = [rows.order_by("-t_at", "-t_first")[:enough] for rows in found]
    if others:
        merged = merged.union(*others, all=True).order_by("-t_at", "t_source", "-t_first")
    lines = list(merged[start:enough])
    groups = [Gathered(*line) for line in lines[:PER_PAGE]]
    return Timeline(_entries(groups), has_more=len(lines) > PER_PAGE)


def _entries(groups: list[Gathered]) -> list[Entry]:
    contexts = pghistory.models.Context.objects.in_bulk([group.context for group in groups if group.context])
    deeds = Deed.objects.in_bulk([group.first for group in groups if group.source == DEED])
    events = {label: _with_previous(sources()[label], ids) for label, ids in _single(groups).items()}
    related = _related(events)
    return [
        entry_of_deed(deeds[group.first])
        if group.source == DEED
        else entry_of_group(group, contexts.get(group.context), events[group.source], related)
        for group in groups
    ]


def _single(groups: Iterable[Gathered]) -> dict[str, list[int]]:
    """The first event of each group by source."""
    wanted: dict[str, list[int]] = {}
    for group in groups:
        if group.source != DEED:
            wanted.setdefault(group.source, []).append(group.first)
    return wanted


def _with_previous(source: Source, ids: list[int]) -> dict[int, tuple[Any, Any]]:
    """Each event with the one before it of the same row (None for the first); two queries."""
    before = source.events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    latest = Subquery(before.order_by("-pgh_id").values("pgh_id")[:1])
    rows = source.events.objects.filter(pk__in=ids).annotate(previous_id=latest).in_bulk()
    earlier = source.events.objects.in_bulk([row.previous_id for row in rows.values() if row.previous_id])
    return {pk: (row, earlier.get(row.previous_id)) for pk, row in rows.items()}


def _related(events: Mapping[str, Mapping[int, tuple[Any, Any]]]) -> dict[Any, dict[Any, Any]]:
    """What the foreign keys of these events point to, as far as it still exists; one query a model."""
    wanted: dict[Any, set[Any]] = {}
    for label, pairs in events.items():
        keys = [field for field in sources()[label].model._meta.fields if field.is_relation]
        for row in (row for pair in pairs.values() for row in pair if row is not None):
            for key in keys:
                value = getattr(row, key.attname, None)
                if value is not None:
                    wanted.setdefault(key.related_model, set()).add(value)
    return {model: model._default_manager.in_bulk(ids) for model, ids in wanted.items()}
