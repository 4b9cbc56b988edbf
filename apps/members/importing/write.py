"""Doing what the plan of a roster says, by COPY: members, their entries, and changed values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.utils import timezone

from apps.core import crypto, names
from apps.core.fields import SealedField
from apps.imports import bulk
from apps.imports.machine import Stale
from apps.imports.plans import Changed, Errand, Plan
from apps.members.importing.examine import RECORD
from apps.members.models import Member, MembershipEvent

MEMBERS = Member._meta.db_table
EVENTS = MembershipEvent._meta.db_table
_COMPUTED = [
    *("id_number", "id_digest", "phone", "phone_digest", "pinyin", "initials", "name_grams"),
    *("on_probation_within_party", "version"),
]


def write(plan: Plan, errand: Errand) -> None:
    """Insert the new and update the changed; raises Stale when somebody changed one of them meanwhile."""
    ids = bulk.new_ids(MEMBERS, len(plan.new))
    bulk.copy_rows(MEMBERS, ("id", *RECORD, *_COMPUTED), _members(plan, ids))
    bulk.copy_rows(
        EVENTS, ("member_id", "on", "cause", "to_branch_id", "note", "recorded_at"), _entries(plan, ids)
    )
    _update(plan)


def _sealer(name: str) -> Callable[[bytes], bytes]:
    return crypto.sealer(purpose=cast("SealedField", Member._meta.get_field(name)).purpose)


def _members(plan: Plan, ids: list[int]) -> Iterator[tuple[Any, ...]]:
    seal_number, seal_phone, digest = _sealer("id_number"), _sealer("phone"), crypto.digester()
    for id_, new in zip(ids, plan.new, strict=True):
        *record, number, number_digest, phone, _cause, _on = new.record
        yield (
            id_,
            *record,
            seal_number(number.encode()),
            number_digest,
            seal_phone(phone.encode()) if phone else None,
            digest(phone) if phone else None,
            *_search_keys(record[0]),
            False,
            1,
        )


def _search_keys(name: str) -> tuple[str, str, list[str]]:
    return names.pinyin(name), names.initials(name), names.grams(name)


def _entries(plan: Plan, ids: list[int]) -> Iterator[tuple[Any, ...]]:
    branch_at = RECORD.index("branch_id")
    now = timezone.now()
    for id_, new in zip(ids, plan.new, strict=True):
        *_, cause, on = new.record
        yield id_, on, cause, new.record[branch_at], "花名册导入", now


def _update(plan: Plan) -> None:
    """Members whose same fields change are updated together."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for changed in plan.changed:
        columns, values = _stored_values(changed)
        groups.setdefault(columns, []).append((changed.key, changed.version, *values))
    for columns, rows in groups.items():
        if bulk.update_rows(MEMBERS, columns, rows) != len(rows):
            raise Stale


def _stored_values(changed: Changed) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """The columns behind the changed fields: a sealed value has a digest, a name its search keys."""
    values = dict(changed.record)
    if phone := values.get("phone"):
        values |= {"phone": _sealer("phone")(phone.encode()), "phone_digest": crypto.digest(phone)}
    if name := values.get("name"):
        pinyin, initials, grams = _search_keys(name)
        values |= {"pinyin": pinyin, "initials": initials, "name_grams": grams}
    return tuple(values), tuple(values.values())
