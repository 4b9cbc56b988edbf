"""Running an import in a test, without the pages."""

from __future__ import annotations

from apps.core.access import Person
from apps.imports.machine import carry_out, errand_for, make_plan
from apps.imports.plans import Choices, Plan
from apps.imports.registry import importer_named


def planned(kind: str, content: bytes, by: Person, choices: Choices | None = None) -> Plan:
    importer = importer_named(kind)
    return make_plan(importer, content, errand_for(importer, by, choices))


def carried_out(kind: str, content: bytes, by: Person, choices: Choices | None = None) -> Plan:
    """What was shown, carried out."""
    importer = importer_named(kind)
    errand = errand_for(importer, by, choices)
    return carry_out(importer, content, errand, shown=make_plan(importer, content, errand).fingerprint)


def outcome(plan: Plan) -> tuple[int, int, int, int]:
    """New, changed, unchanged, faulty rows."""
    return len(plan.new), len(plan.changed), plan.unchanged, plan.bad_rows


def said(plan: Plan) -> list[tuple[int, str, str]]:
    """Row, column and code of every problem."""
    return [(problem.row, problem.column, problem.code) for problem in plan.problems]


def changes(plan: Plan) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [
        (changed.subject, [(each.title, each.old, each.new) for each in changed.fields])
        for changed in plan.changed
    ]
