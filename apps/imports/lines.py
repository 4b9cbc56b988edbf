"""The plan as the lines that the result page shows, stored by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import UUID

from apps.core.identity import mask_numbers
from apps.imports import bulk
from apps.imports.models import ImportLine
from apps.imports.plans import Plan
from apps.imports.problems import Problem
from apps.imports.states import Shelf

COLUMNS = [
    *("job_id", "place", "shelf", "sheet", "row", "column", "position", "code", "severity", "subject"),
    *("text", "advice", "offer", "changes", "is_skipped"),
]
Line = tuple[Any, ...]


def store_lines(job: UUID, plan: Plan) -> None:
    """Replace what was shown before."""
    ImportLine.objects.filter(job=job).delete()
    places = count()
    rows = ((str(job), next(places), *line) for line in _lines(plan))
    bulk.copy_rows(ImportLine._meta.db_table, COLUMNS, rows)


def _lines(plan: Plan) -> Iterator[Line]:
    for problem in sorted(plan.problems, key=lambda each: not each.is_error):
        yield _problem(problem.masked, plan)
    for changed in plan.changed:
        changes = json.dumps(
            [[each.title, each.old, each.new] for each in changed.fields], ensure_ascii=False
        )
        yield _line(
            Shelf.CHANGED, changed.sheet, changed.row, changed.subject, changed.detail, mask_numbers(changes)
        )
    for new in plan.new:
        yield _line(Shelf.NEW, new.sheet, new.row, new.subject, new.detail)
    for absent in plan.absent:
        yield _line(Shelf.ABSENT, "", 0, absent.subject, absent.detail)


def _problem(problem: Problem, plan: Plan) -> Line:
    is_skipped = problem.is_error and (problem.sheet, problem.row) in plan.skipped_places
    return (
        Shelf.PROBLEM.value,
        problem.sheet,
        problem.row,
        problem.column[:100],
        problem.position,
        problem.code,
        problem.severity.value,
        problem.subject,
        problem.message,
        problem.advice,
        problem.offer,
        "[]",
        is_skipped,
    )


def _line(shelf: Shelf, sheet: str, row: int, subject: str, detail: str, changes: str = "[]") -> Line:
    return (shelf.value, sheet, row, "", -1, "", "", subject, detail, "", "", changes, False)
