"""What the address of the matrix asks for, and what is shown of it: the same for the page and the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.periods import Month
from apps.figures import queries
from apps.figures.asking import organization_asked_for
from apps.figures.duties.links import duty_address
from apps.figures.duties.matrix import Cell, Line, Matrix, matrix_of
from apps.figures.forms import MatrixForm
from apps.figures.rules import DutyState
from apps.figures.values import Unit
from apps.organizations.models import Organization
from apps.regulations.table import duties

UNITS, BRANCHES = "unit", "branch"


@dataclass(frozen=True)
class Asked:
    """An organization, a month, and the filters; without a word, the reader's own top and this month."""

    organization: Organization
    form: MatrixForm
    month: Month
    by: str
    rule: str = ""
    state: DutyState | None = None

    @property
    def by_branch(self) -> bool:
        return self.by == BRANCHES

    def matrix(self) -> Matrix:
        return matrix_of(
            self.organization.pk, self.month, on=today(), by_branch=self.by_branch, rule=self.rule
        )

    def address(self, **changes: object) -> str:
        """The same with some of it changed."""
        query = {
            "organization": self.organization.pk,
            "period": str(self.month),
            "by": self.by,
            "rule": self.rule,
            "state": self.state.value if self.state else "",
        }
        asked = {name: value for name, value in {**query, **changes}.items() if value}
        return f"{reverse('duties:matrix')}?{urlencode(asked)}"

    def down_to(self, unit: Unit) -> str:
        """The matrix of a part: by its own parts, or by branch where these stand right below it."""
        return self.address(organization=unit.id, by="")

    @property
    def export_address(self) -> str:
        return self.address().replace(reverse("duties:matrix"), reverse("duties:export"), 1)


def asked_of(request: SignedInRequest) -> Asked:
    demand(request.user, queries.VIEW)
    organization = organization_asked_for(request)
    form = _form(request, organization)
    given = form.cleaned_data if form.is_valid() else {}
    return Asked(
        organization=organization,
        form=form,
        month=given.get("period") or Month.of(today()),
        by=given.get("by") or form.data["by"],
        rule=given.get("rule", ""),
        state=DutyState(given["state"]) if given.get("state") else None,
    )


def _form(request: SignedInRequest, organization: Organization) -> MatrixForm:
    given = {
        "organization": str(organization.pk),
        "period": request.GET.get("period") or str(Month.of(today())),
        "by": request.GET.get("by") or _usual(organization),
        "rule": request.GET.get("rule", ""),
        "state": request.GET.get("state", ""),
    }
    rules = [(row.key, row.title) for row in duties(on=today())]
    offered = queries.organizations_offered(request.user, organization)
    return MatrixForm(given, offered=offered, rules=rules)


def _usual(organization: Organization) -> str:
    """A county by its parts; a township, whose branches stand right below it, by branch."""
    return UNITS if organization.depth == 0 and not organization.is_branch else BRANCHES


@dataclass(frozen=True)
class CellShown:
    """One cell with where it leads: a branch's own duty, or the matrix of what stands behind the numbers."""

    heading: str
    words: str
    state: DutyState
    tag: str
    href: str
    note: str = ""
    is_late: bool = False


TAGS = {DutyState.OVERDUE: "bad", DutyState.DUE: "warn", DutyState.DONE: "good", DutyState.EXEMPT: ""}


class RowShown(NamedTuple):
    """One line of the matrix with where its unit leads."""

    unit: Unit
    href: str
    cells: list[CellShown]

    @property
    def exempt(self) -> list[CellShown]:
        """What does not apply here, which a phone folds away."""
        return [cell for cell in self.cells if cell.state is DutyState.EXEMPT]


def row_of(line: Line, asked: Asked) -> RowShown:
    return RowShown(line.unit, asked.down_to(line.unit), cells_of(line, asked))


def cells_of(line: Line, asked: Asked) -> list[CellShown]:
    show = _of_branch if asked.by_branch else _of_part
    return [show(cell, line, asked) for cell in line.cells]


def _of_branch(cell: Cell, line: Line, asked: Asked) -> CellShown:
    href = cell_address(line.unit.id, cell) if cell.obligations else ""
    return CellShown(cell.column.heading, cell.words, cell.state, TAGS[cell.state], href, cell.reason)


def _of_part(cell: Cell, line: Line, asked: Asked) -> CellShown:
    """The numbers of a part; the committee's own duty where it is the only one."""
    if len(cell.obligations) == 1 and not cell.obligations[0].unit.is_branch:
        return CellShown(
            cell.column.heading,
            cell.words,
            cell.state,
            TAGS[cell.state],
            cell_address(cell.obligations[0].unit.id, cell),
            cell.reason,
        )
    href = asked.address(organization=line.unit.id, by=BRANCHES, rule=cell.column.rule.key)
    note = f"逾期 {cell.overdue}" if cell.overdue else ""
    href = href if cell.asked else ""
    return CellShown(cell.column.heading, cell.share, cell.state, "", href, note, is_late=bool(cell.overdue))


def cell_address(organization_id: int, cell: Cell) -> str:
    """The page of one duty of one organization."""
    return duty_address(
        organization_id, cell.column.rule.code, cell.column.rule.part, str(cell.column.period)
    )


def lines_of(matrix: Matrix, asked: Asked) -> Sequence[Line]:
    return matrix.only(asked.state)
