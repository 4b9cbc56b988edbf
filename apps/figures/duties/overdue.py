"""What is overdue in somebody's scope, worst first; the ends of terms as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from apps.core.scope import Reader
from apps.figures import rules, values
from apps.figures.duties.judging import judged, running_and_last
from apps.figures.duties.known import Known
from apps.figures.duties.obligations import Matter, Obligation, Overdue
from apps.figures.queries import tops_for
from apps.figures.rules import Due, DutyState, TermState
from apps.figures.values import Unit
from apps.organizations.models import Organization
from apps.regulations.table import Limit, NotInForce, limit


def _elections(known: Known) -> Iterator[Obligation]:
    try:
        reminder = limit("ELEC-03", on=known.on)
    except NotInForce:
        return
    unit_of = {unit.id: unit for unit in known.units}
    for office in known.offices:
        unit = unit_of[office.organization_id]
        state = rules.term_state(office.due_on, on=known.on, reminder=reminder)
        if state is TermState.RUNNING or unit.is_temporary or unit.dissolved_on:
            continue
        due = _election(office.due_on, state, known.on)
        yield Obligation(_term_rule(unit, known.on), unit, due.state, due.days, due_on=office.due_on)


def _election(due_on: date, state: TermState, on: date) -> Due:
    if state is TermState.OVERDUE:
        return Due(DutyState.OVERDUE, (on - due_on).days)
    return Due(DutyState.DUE, (due_on - on).days)


def _term_rule(unit: Unit, on: date) -> Limit:
    part = "village" if unit.is_village else "branch" if unit.is_branch else unit.kind
    return limit("ELEC-01", "committee" if part == "working_committee" else part, on=on)


def overdue_below(organization: Organization, *, on: date) -> Overdue:
    """What is overdue below the organization, worst first.

    The same thing in several branches of one part of it is one matter.
    """
    known = Known(organization.pk, on, running_and_last(on))
    late = [each for each in (*_elections(known), *judged(known)) if each.state is DutyState.OVERDUE]
    return Overdue(_matters(late, known.units))


def _matters(late: Sequence[Obligation], units: Sequence[Unit]) -> tuple[Matter, ...]:
    root = units[0].path
    unit_at = {unit.path: unit for unit in units}
    grouped: dict[tuple[str, str], list[Obligation]] = {}
    for each in late:
        grouped.setdefault((each.title, values.child_path(root, each.unit.path)), []).append(each)
    matters = (Matter(title, unit_at[path], tuple(rows)) for (title, path), rows in grouped.items())
    return tuple(sorted(matters, key=_longest_first))


def _longest_first(matter: Matter) -> tuple[int, str, str]:
    return -matter.days, matter.place.path, matter.title


def overdue_for(user: Reader, *, on: date) -> Overdue:
    """What is overdue in the user's scope, worst first."""
    matters: list[Matter] = []
    for root in tops_for(user):
        matters.extend(overdue_below(root, on=on).matters)
    return Overdue(tuple(sorted(matters, key=_longest_first)))
