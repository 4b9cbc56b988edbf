"""Doing what the plan of a workbook of statements says: drafts that still have their whole way to go."""

from __future__ import annotations

from typing import Any

from apps.disclosure import services
from apps.disclosure.services import Sums
from apps.imports.machine import Stale
from apps.imports.plans import Errand, Plan


def write(plan: Plan, errand: Errand) -> None:
    """Make the drafts of new statements and put changed ones in the place of the old."""
    for new in plan.new:
        services.draft_statement(_sums(new.record), by=errand.by)
    for changed in plan.changed:
        if not services.redraft_statement(
            changed.key, changed.version, _sums(dict(changed.record)["statement"]), by=errand.by
        ):
            raise Stale


def _sums(record: tuple[Any, ...]) -> Sums:
    return Sums(*record)
