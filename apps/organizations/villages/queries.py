"""Reads of villages and villagers' groups."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from apps.core.access import Person
from apps.core.scope import Reader, ScopedQuerySet
from apps.organizations.kinds import VILLAGE_SECTORS
from apps.organizations.models import Organization, Village, VillagersGroup

CHANGE = "organizations.change"


def villages_for(user: Reader) -> ScopedQuerySet:
    """The villages that the user may see, with how many groups disclose for themselves."""
    rows: ScopedQuerySet = Village.objects.visible_to(user).current()
    groups = Count("groups", filter=Q(groups__ended_on=None))
    return rows.select_related("organization").annotate(group_count=groups).order_by("organization__path")


def village_for(user: Reader, pk: int) -> Village:
    """Raises Village.DoesNotExist outside the scope."""
    village: Village = villages_for(user).get(pk=pk)
    return village


def groups_of(village: Village) -> list[VillagersGroup]:
    """Those of today first."""
    return sorted(village.groups.all(), key=lambda group: (group.ended_on is not None, group.pk))


def group_for(user: Reader, pk: int) -> VillagersGroup:
    """Raises VillagersGroup.DoesNotExist outside the scope."""
    rows: QuerySet[VillagersGroup] = VillagersGroup.objects.visible_to(user)
    return rows.select_related("village__organization").get(pk=pk)


def without_village(user: Person) -> QuerySet[Organization]:
    """Party organizations of villages that are not registered yet, where the user may register them."""
    rows: QuerySet[Organization] = Organization.objects.within(user, CHANGE).current()
    inside = rows.filter(sector__in=VILLAGE_SECTORS, village=None)
    return inside.exclude(parent__sector__in=VILLAGE_SECTORS).order_by("path")
