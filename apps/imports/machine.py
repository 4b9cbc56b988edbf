"""Reading a file into a plan, and carrying a plan out: whole or not at all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from apps.audit.context import acting_as
from apps.core import calendar
from apps.core.access import Person
from apps.core.errors import Refused
from apps.imports.kept import basis_of, keep, kept
from apps.imports.plans import Choices, Errand, Plan
from apps.imports.problems import Problem
from apps.imports.registry import Importer
from apps.imports.rows import Row, TableReader
from apps.imports.sheets import open_sheets

Progress = Callable[[int, int], None]
PROGRESS_EVERY = 500
UNIQUE_VIOLATION = "23505"
STALE = "名册在您查看之后有了变化，请重新看一遍结果。"
NOT_PERMITTED = "您没有导入{}的权限。"


class Stale(Refused):
    """Carrying the file out now would do something else than what was shown."""

    def __init__(self) -> None:
        super().__init__(STALE)


def unheard(done: int, total: int) -> None:
    """Progress that nobody watches."""


def unseen(plan: Plan) -> None:
    """A plan that was looked at before."""


def errand_for(importer: Importer, by: Person, choices: Choices | None = None) -> Errand:
    """What the user may import today; refused when that is nothing."""
    scope = by.scope_for(importer.permission)
    if scope.is_empty:
        raise Refused(NOT_PERMITTED.format(importer.title))
    return Errand(by, scope, calendar.today(), choices or Choices())


def make_plan(importer: Importer, content: bytes, errand: Errand, progress: Progress = unheard) -> Plan:
    """Read the file and say what it would do; changes nothing."""
    sheets = open_sheets(content)
    reader = TableReader(importer.layout, importer.subject, importer.takes_empty)
    plan = Plan(errand.choices)
    total = sum(sheet.height for sheet in sheets)
    with uncollected():
        importer.examine(_watched(reader.rows(sheets), total, progress), plan, errand)
    plan.readings = reader.readings
    plan.problems = sorted([*reader.problems, *plan.problems], key=_order(plan))
    return plan


def make_plan_to_show(
    importer: Importer, content: bytes, errand: Errand, progress: Progress = unheard
) -> Plan:
    """The same, and kept for the moment when the user has seen it and wants it done."""
    basis = basis_of(importer, content, errand)
    plan = make_plan(importer, content, errand, progress)
    if plan.is_open and importer.reads:
        keep(plan, basis)
    return plan


def _plan_again(importer: Importer, content: bytes, errand: Errand, progress: Progress) -> Plan:
    """What was shown, when nothing that it follows from has changed since, else what would be shown now."""
    with uncollected():
        plan = kept(basis_of(importer, content, errand))
    return plan or make_plan(importer, content, errand, progress)


@contextmanager
def uncollected() -> Iterator[None]:
    """A million small values and no circles among them: looking for some takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _watched(rows: Iterator[Row], total: int, progress: Progress) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if not count % PROGRESS_EVERY:
            progress(count, total)
        yield row


def _order(plan: Plan) -> Callable[[Problem], tuple[int, int, int]]:
    """Problems as they stand in the file: sheet by sheet, row by row, column by column."""
    sheets = {reading.sheet: at for at, reading in enumerate(plan.readings)}
    return lambda problem: (sheets.get(problem.sheet, -1), problem.row, problem.position)


def carry_out(
    importer: Importer,
    content: bytes,
    errand: Errand,
    *,
    shown: str | None = None,
    progress: Progress = unheard,
    look: Callable[[Plan], None] = unseen,
) -> Plan:
    """Make the plan again and do it, in one transaction; `shown` is the fingerprint of what the user saw.

    Raises Stale when that is not what would be done now. `look` sees the plan before anything is refused.
    """
    with transaction.atomic(), acting_as(errand.by, via=f"imports.{importer.name}"):
        lock(f"imports.{importer.name}")
        planning = make_plan if shown is None else _plan_again
        plan = planning(importer, content, errand, progress)
        look(plan)
        if shown is not None and plan.fingerprint != shown:
            raise Stale
        plan.refuse_unless_open()
        try:
            with uncollected():
                importer.write(plan, errand)
        except IntegrityError as error:  # perhaps somebody else entered the same person a moment ago
            if getattr(error.__cause__, "pgcode", "") == UNIQUE_VIOLATION:
                raise Stale from error
            raise
    return plan


def lock(name: str) -> None:
    """Let one transaction at a time through; the lock ends with the transaction, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def try_lock(name: str) -> bool:
    """The same without waiting: whether nobody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])
