"""Doing what the plan of a ledger says: new organizations in bulk, changes by the pages' own services."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from apps.imports.machine import Stale
from apps.imports.plans import Changed, Errand, Plan
from apps.organizations import services
from apps.organizations.importing.examine import usual_years
from apps.organizations.kinds import BRANCH_KINDS
from apps.organizations.models import Organization, Placement, Term

REASON = "党组织台账导入"
_OF_TERM = ("elected_on", "years")
_WITH_HISTORY = ("name", "short_name", "parent_code", *_OF_TERM)

Record = dict[str, Any]


def write(plan: Plan, errand: Errand) -> None:
    """Add what is new, from the top down, and apply each change; raises Stale when one changed meanwhile."""
    changes = [(changed, dict(changed.record)) for changed in plan.changed]
    opening = [pair for pair in changes if pair[1].get("kind") not in (None, *BRANCH_KINDS)]
    for changed, values in opening:  # what shall have organizations below it must be able to
        _change_details(_current(changed), {"kind": values.pop("kind")}, errand)
    _add([dict(new.record) for new in plan.new])
    for changed, values in sorted(changes, key=lambda pair: "parent_code" not in pair[1]):
        _apply(changed, values, errand)


def _current(changed: Changed) -> Organization:
    row = Organization.objects.get(pk=changed.key)
    if row.version != changed.version:
        raise Stale
    return row


def _add(records: list[Record]) -> None:
    """Level by level, so that every parent and its placements are there before its children."""
    above = _parents(records)
    for _depth, level in groupby(sorted(records, key=_depth_of), key=_depth_of):
        _add_level(list(level), above)


def _depth_of(record: Record) -> int:
    return str(record["path"]).count("/")


def _parents(records: Iterable[Record]) -> dict[str, Organization]:
    codes = {record.get("parent_code") for record in records} - {None}
    return {row.code: row for row in Organization.objects.filter(code__in=codes)}


def _add_level(records: list[Record], above: dict[str, Organization]) -> None:
    rows = Organization.objects.bulk_create([_organization(record, above) for record in records])
    above |= {row.code: row for row in rows}
    Placement.objects.bulk_create([each for row in rows for each in services.first_placements(row)])
    Term.objects.bulk_create(
        Term(organization=row, elected_on=record["elected_on"], years=record["years"])
        for row, record in zip(rows, records, strict=True)
        if record.get("elected_on")
    )


def _organization(record: Record, above: dict[str, Organization]) -> Organization:
    values = {name: value for name, value in record.items() if name not in ("parent_code", *_OF_TERM)}
    return Organization(parent=above.get(record.get("parent_code") or ""), **values)


def _apply(changed: Changed, values: Record, errand: Errand) -> None:
    row = Organization.objects.get(pk=changed.key)
    if "parent_code" in values:
        parent = Organization.objects.get(code=values["parent_code"])
        row = services.move(row, to=parent, on=errand.today, by=errand.by, reason=REASON)
    if "name" in values or "short_name" in values:
        name, short_name = values.get("name", row.name), values.get("short_name", row.short_name)
        row = services.rename(row, to=(name, short_name), on=errand.today, by=errand.by, reason=REASON)
    _change_term(row, values)
    _change_details(row, {name: value for name, value in values.items() if name not in _WITH_HISTORY}, errand)


def _change_details(row: Organization, values: Record, errand: Errand) -> None:
    if values:
        services.change_details(row, version=row.version, by=errand.by, **values)


def _change_term(row: Organization, values: Record) -> None:
    """A later election begins a term and ends the one before; other years correct the current one."""
    current = Term.objects.filter(organization=row, ended_on=None)
    if elected_on := values.get("elected_on"):
        last = current.first()
        current.update(ended_on=elected_on)
        years = values.get("years") or (last and last.years) or usual_years(row.kind, row.sector, elected_on)
        Term.objects.create(organization=row, elected_on=elected_on, years=years)
    elif years := values.get("years"):
        current.update(years=years)
