"""Leases of assets and resources that end soon, read from each village's last registers (handbook 7.6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from apps.core.scope import Reader
from apps.disclosure.models import Publication, Table
from apps.disclosure.states import State
from apps.disclosure.tables import ASSETS, RESOURCES
from apps.disclosure.tables.cells import values_of
from apps.organizations.models import Organization
from apps.regulations.counties import county_of
from apps.regulations.rows import Limit
from apps.regulations.settings import settings_of
from apps.regulations.table import limit

LET = (ASSETS.code, RESOURCES.code)


@dataclass(frozen=True, slots=True)
class Ending:
    """One lease that ends within the county's days, or has ended and still stands in the last register."""

    publication: Publication
    what: str
    tenant: str
    until: datetime.date
    days: int
    """Left until the last day; negative when it is over."""

    @property
    def words(self) -> str:
        """ "还有 12 天", "今天到期", "已到期 3 天" """
        if self.days == 0:
            return "今天到期"
        return f"还有 {self.days} 天" if self.days > 0 else f"已到期 {-self.days} 天"

    @property
    def state(self) -> str:
        return "bad" if self.days < 0 else "warn"


def rule_of(path: str, on: datetime.date) -> Limit:
    """How many days before its end a lease is listed, as the county has set it."""
    return limit("FIN-04", "ending", on=on, overrides=settings_of(county_of(path)).on(on))


def rule_for(user: Reader, on: datetime.date) -> Limit:
    """That of the county in which whoever asks works."""
    return rule_of(next(iter(user.scope_for(Table.view_permission).roots), ""), on)


def endings_for(user: Reader, *, on: datetime.date, under: Organization | None = None) -> list[Ending]:
    """What ends soon or has ended in the user's villages, the soonest first; two queries for one county."""
    days_of = cache(lambda county: int(rule_of(county, on).value))
    found = [
        ending
        for table in _last_registers(user, under)
        for ending in _endings(table, on)
        if ending.days <= days_of(county_of(table.publication.village.organization.path))
    ]
    return sorted(found, key=lambda ending: ending.until)


def _last_registers(user: Reader, under: Organization | None) -> QuerySet[Table]:
    """Of each village and group the last register of each kind, drafts too."""
    rows: QuerySet[Table] = Table.objects.visible_to(user).filter(
        kind__in=LET, publication__village__organization__dissolved_on=None
    )
    if under:
        rows = rows.filter(publication__village__organization__path__startswith=under.path)
    of_whom = ("publication__village_id", "publication__group_id", "kind")
    return (
        rows.exclude(publication__state__in=[State.REPLACED, State.WITHDRAWN])
        .select_related("publication__village__organization", "publication__group")
        .defer("publication__content", "publication__body")
        .order_by(*of_whom, "-publication__last_on", "-pk")
        .distinct(*of_whom)
    )


def _endings(table: Table, on: datetime.date) -> Iterator[Ending]:
    for row in values_of(table.about, table.rows):
        until, tenant = row.get("lease_until"), row.get("tenant")
        if until and tenant:
            yield Ending(table.publication, str(row["name"]), str(tenant), until, (until - on).days)
