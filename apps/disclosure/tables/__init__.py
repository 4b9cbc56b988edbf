"""The tables that villages disclose besides income and expense, each declared once (handbook 7.6). Pure."""

from __future__ import annotations

from apps.disclosure.tables.kinds import TableKind
from apps.disclosure.tables.lists import (
    ASSETS,
    CLAIMS,
    DEBTS,
    MISSED_WORK,
    PROJECTS,
    RELIEF,
    RESOURCES,
    SUBSIDIES,
)
from apps.disclosure.tables.sheets import BALANCE_SHEET, INCOME_DISTRIBUTION

KINDS: dict[str, TableKind] = {
    kind.code: kind
    for kind in (
        BALANCE_SHEET,
        INCOME_DISTRIBUTION,
        CLAIMS,
        DEBTS,
        ASSETS,
        RESOURCES,
        PROJECTS,
        SUBSIDIES,
        RELIEF,
        MISSED_WORK,
    )
}
KIND_CHOICES = [(kind.code, kind.title) for kind in KINDS.values()]


def kinds_of(item: str) -> list[TableKind]:
    """The tables that show an item of the catalogue."""
    return [kind for kind in KINDS.values() if kind.item == item]
