"""One line of the timeline, in words."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.audit.models import Deed
from apps.audit.sources import ROW_ACTIONS, Source, deed_titles, detail_titles, sources
from apps.audit.values import Change, Related, changes_between, shown_fields

UNSIGNED = "数据库里直接改的"
FIELD_NAMES = ("field", "fields")
NOTHING_TO_SHOW = "只动了受保护的或系统自己算的内容，不在这里显示。"


@dataclass(frozen=True)
class Gathered:
    """The events of one transaction on one table with one action; `first` is one of them."""

    at: datetime.datetime
    label: str
    context: uuid.UUID | None
    source: str
    count: int
    first: int


@dataclass(frozen=True)
class Entry:
    """Who did what when and from where; `changes` are given when it is a single row.

    `object_label` and `object_pk` name the object's own timeline; `at_exactly` the transaction's.
    """

    at: datetime.datetime
    who: str
    address: str
    request_id: str
    action: str
    what: str
    name: str
    succeeded: bool = True
    count: int = 1
    reason: str = ""
    details: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    is_change: bool = False
    note: str = ""
    source: str = ""
    object_label: str = ""
    object_pk: str = ""

    @property
    def at_exactly(self) -> str:
        return self.at.isoformat()


def entry_of_deed(deed: Deed) -> Entry:
    titles = detail_titles()
    known = deed.object_type in sources()
    return Entry(
        at=deed.at,
        who=deed.user_name,
        address=deed.address or "",
        request_id=deed.request_id,
        action=deed_titles().get(deed.action, deed.action),
        what=sources()[deed.object_type].title if known else "",
        name=deed.object_label,
        succeeded=deed.succeeded,
        reason=deed.reason,
        details=tuple((titles[key], _detail(deed, key)) for key in deed.detail if key in titles),
        object_label=deed.object_type if known else "",
        object_pk=deed.object_id,
    )


def _detail(deed: Deed, key: str) -> str:
    """The value in words; `field` and `fields` name fields of the object."""
    value = deed.detail[key]
    if key not in FIELD_NAMES or deed.object_type not in sources():
        return str(value)
    fields = {field.name: str(field.verbose_name) for field in sources()[deed.object_type].model._meta.fields}
    return "、".join(fields.get(name, name) for name in ([value] if isinstance(value, str) else value))


def entry_of_group(
    group: Gathered, context: Any, events: Mapping[int, tuple[Any, Any]], related: Related
) -> Entry:
    source = sources()[group.source]
    row, before = events[group.first]
    signature = context.metadata if context else {}
    single = _single(source, group, row, before, related) if group.count == 1 else {}
    return Entry(
        at=group.at,
        who=signature.get("name") or UNSIGNED,
        address=signature.get("address", ""),
        request_id=signature.get("request_id", ""),
        action=ROW_ACTIONS[group.label],
        what=source.title,
        count=group.count,
        source=source.label,
        is_change=group.label == "update",
        **{"name": "", **single},
    )


def _single(source: Source, group: Gathered, row: Any, before: Any, related: Related) -> dict[str, Any]:
    """What only an entry of one row can say."""
    sides = {"insert": (None, row), "update": (before, row), "delete": (row, None)}
    changes = changes_between(shown_fields(source.events, source.model), *sides[group.label], related)
    return {
        "name": name_of(source, row, related),
        "changes": changes,
        "note": "" if changes else NOTHING_TO_SHOW,
        "object_label": source.label,
        "object_pk": str(row.pgh_obj_id),
    }


def name_of(source: Source, row: Any, related: Related) -> str:
    """What the row called itself at that moment."""
    instance: Any = source.model()
    for field in source.model._meta.fields:
        if not hasattr(row, field.attname):
            continue
        value = getattr(row, field.attname)
        setattr(instance, field.attname, value)
        if field.is_relation and value is not None:
            target = related.get(field.related_model, {}).get(value)
            if target is None:
                return f"编号 {row.pgh_obj_id}"
            setattr(instance, field.name, target)
    return str(instance)
