"""Reads of the inside: publications on their way, and what is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from apps.core.access import Person
from apps.core.periods import Period
from apps.core.scope import Reader, ScopedQuerySet
from apps.disclosure import chain
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, ITEMS, Item
from apps.disclosure.models import Deed, Publication, StatementLine, Table
from apps.disclosure.rhythm import due_on, finance_rhythm, last_period
from apps.disclosure.states import PUBLIC, State
from apps.disclosure.tables.kinds import Stored, TableKind
from apps.organizations.models import Village
from apps.regulations.counties import county_of
from apps.regulations.settings import CountySettings, settings_of

VIEW = "disclosure.view"


def publications_for(user: Reader) -> ScopedQuerySet:
    """The publications that the user may see, newest period first."""
    rows: ScopedQuerySet = Publication.objects.visible_to(user)
    return rows.select_related("village__organization").defer("content", "body")


def publication_for(user: Reader, number: int) -> Publication:
    """One publication with its steps and its statement; raises Publication.DoesNotExist outside the scope."""
    rows = Publication.objects.visible_to(user).select_related(
        "village__organization", "statement", "table", "replaces", "replaced_by"
    )
    deeds = Deed.objects.select_related("by").order_by("id")
    lines = StatementLine.objects.order_by("number")
    found: Publication = rows.prefetch_related(
        Prefetch("deeds", deeds), Prefetch("statement__lines", lines)
    ).get(pk=number)
    return found


def rows_to_begin_with(user: Reader, kind: TableKind, number: str) -> list[Stored]:
    """The rows of an earlier table that the user may see; of a register they mostly stay as they are."""
    rows: QuerySet[Table] = Table.objects.visible_to(user).filter(kind=kind.code)
    found = rows.filter(publication=int(number)).first() if number.isdecimal() else None
    return list(found.rows) if found else []


def villages_for(user: Reader) -> QuerySet[Village]:
    rows: QuerySet[Village] = Village.objects.visible_to(user).current().select_related("organization")
    return rows


def villages_of(user: Person, permission: str) -> QuerySet[Village]:
    """The villages in which the user may do something."""
    rows: QuerySet[Village] = Village.objects.within(user, permission).current()
    return rows.select_related("organization")


@dataclass(frozen=True)
class Due:
    """An item that a village owes for a period, and what there is of it."""

    village: Village
    item: Item
    period: Period
    due_on: datetime.date
    publication: Publication | None
    days: int
    """Left until the day; negative when it is over."""

    @property
    def is_done(self) -> bool:
        return self.publication is not None and self.publication.state == State.PUBLISHED

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.days < 0

    @property
    def words(self) -> str:
        """ "已公布", "逾期 7 天", "待监委会审查，还有 3 天" """
        if self.is_done:
            return "已公布"
        left = f"逾期 {-self.days} 天" if self.days < 0 else f"还有 {self.days} 天"
        return f"{self.publication.get_state_display()}，{left}" if self.publication else left


def finance_due(villages: Iterable[Village], *, on: datetime.date) -> list[Due]:
    """Who owes which statement of the last period, the longest overdue first; three queries (VAD-03)."""
    villages = list(villages)
    rhythms = {village.pk: finance_rhythm(monthly=village.finance_monthly) for village in villages}
    periods = {rhythm: last_period(rhythm, on) for rhythm in set(rhythms.values())}
    held = _latest(villages, [period for period in periods.values() if period])
    own = _own_numbers(villages)
    found = [
        _due(village, period, held.get((village.pk, period.last)), own, on)
        for village in villages
        if (period := periods[rhythms[village.pk]])
    ]
    return sorted(found, key=lambda due: (due.days, due.village.organization.path))


def _latest(villages: list[Village], periods: list[Period]) -> dict[tuple[int, datetime.date], Publication]:
    """The newest version of the statement of each village that ends with a period."""
    rows = Publication.objects.filter(
        village__in=villages, item=INCOME_AND_EXPENSE, last_on__in=[period.last for period in periods]
    )
    rows = rows.exclude(state=State.WITHDRAWN).defer("content", "body").order_by("revision")
    return {(row.village_id, row.last_on): row for row in rows}


def _own_numbers(villages: list[Village]) -> dict[str, CountySettings]:
    """What each county here has set for itself; mostly there is one."""
    counties = {county_of(village.organization.path) for village in villages}
    return {county: settings_of(county) for county in counties}


def _due(
    village: Village,
    period: Period,
    publication: Publication | None,
    own: dict[str, CountySettings],
    on: datetime.date,
) -> Due:
    day = due_on(period, own[county_of(village.organization.path)])
    return Due(village, ITEMS[INCOME_AND_EXPENSE], period, day, publication, (day - on).days)


def waiting_for(user: Person) -> list[Publication]:
    """What waits for a step of this user: to be checked, to be answered, to be published."""
    to_check = user.scope_for("disclosure.check").q(Publication.scope_lookup)
    to_prepare = user.scope_for("disclosure.prepare").q(Publication.scope_lookup)
    mine = (to_check & Q(state=State.PROPOSED)) | (
        to_prepare & Q(state__in=[State.OBJECTED, State.CHECKED, State.CONFIRMED])
    )
    return list(publications_for(user).filter(mine).order_by("created_at")[:50])


def links_of(villages: Iterable[int] | None = None) -> dict[int, list[chain.Link]]:
    """Each village's chain in order, for `verify_disclosure`; all villages when none is named."""
    rows = Publication.objects.filter(state__in=PUBLIC).order_by("village", "chain_number")
    if villages is not None:
        rows = rows.filter(village__in=villages)
    found: dict[int, list[chain.Link]] = {}
    values = rows.values_list("village", "chain_number", "content", "checksum", "previous_checksum")
    for village, number, content, checksum, previous in values.iterator():
        found.setdefault(village, []).append(chain.Link(number or 0, content or {}, checksum, previous))
    return found


def names_of() -> dict[int, str]:
    """Every village's name."""
    return dict(Village.objects.values_list("id", "name"))
