"""Writes: a village's record and its groups."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import lock_for
from apps.organizations.models import Organization, Village, VillagersGroup
from apps.organizations.villages.queries import CHANGE

Row = TypeVar("Row", Village, VillagersGroup)


@transaction.atomic
def register_village(organization: Organization, *, by: Person, **details: Any) -> Village:
    """The record of a village that has none yet."""
    demand(by, CHANGE, organization.path)
    if Village.objects.filter(organization=organization).exists():
        raise Refused("这个党组织的村已经登记过了。", field="organization")
    village = Village(organization=organization, **details)
    save_checked(village)
    _tell("register_village", village, organization.path, by)
    return village


@transaction.atomic
def change_village(village: Village, *, version: int, by: Person, **details: Any) -> Village:
    """Change the record; refused when somebody else was faster."""
    demand(by, CHANGE, village.organization.path)
    return _change(lock_for(village), version, details, by, village.organization.path)


@transaction.atomic
def add_group(village: Village, *, by: Person, **details: Any) -> VillagersGroup:
    """A villagers' group that discloses for itself (VAD-09)."""
    demand(by, CHANGE, village.organization.path)
    group = VillagersGroup(village=village, **details)
    save_checked(group)
    _tell("change_village", village, village.organization.path, by)
    return group


@transaction.atomic
def change_group(group: VillagersGroup, *, version: int, by: Person, **details: Any) -> VillagersGroup:
    """Change the record, or end it; what it published stays."""
    path = group.village.organization.path
    demand(by, CHANGE, path)
    return _change(lock_for(group), version, details, by, path)


def _change(row: Row, version: int, details: dict[str, Any], by: Person, path: str) -> Row:
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    for name, value in details.items():
        setattr(row, name, value)
    row.version = version + 1
    save_checked(row)
    _tell("change_village", row, path, by)
    return row


def _tell(deed: str, row: Village | VillagersGroup, path: str, by: Person) -> None:
    record(f"organizations.{deed}", by=by, on=row, organization_path=path)
