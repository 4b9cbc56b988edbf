"""Each row of a ledger against the tree as it is and as the file would make it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.imports import cells
from apps.imports.compare import Compared, changes_between
from apps.imports.plans import Absent, Changed, Errand, New, Plan
from apps.imports.rows import Row
from apps.organizations.kinds import BRANCH_KINDS, Kind, Sector
from apps.organizations.models import Organization, Term
from apps.organizations.rules import term_limit

COMPARED = (
    Compared("name", "党组织名称"),
    Compared("kind", "党组织类别", lambda value: Kind(value).label),
    Compared("parent_code", "上级党组织代码"),
    Compared("sector", "所在单位类别", lambda value: Sector(value).label),
    Compared("short_name", "简称"),
    Compared("founded_on", "成立日期", cells.written),
    Compared("contact", "联系人"),
    Compared("phone", "联系电话"),
    Compared("elected_on", "本届当选日期", cells.written),
    Compared("years", "任期(年)"),
)


def usual_years(kind: str, sector: str, day: date) -> int:
    """For how many years a committee elected on the day serves (ELEC-01)."""
    return int(term_limit(kind, sector, on=day).value)


@dataclass
class Stored:
    """An organization as it is, with its current term."""

    id: int
    version: int
    path: str
    is_dissolved: bool
    values: dict[str, Any]
    term_id: int | None


@dataclass
class _Node:
    """A place in the tree as it will be."""

    code: str
    parent: str | None
    kind: str
    name: str
    row: Row | None = None


@dataclass
class _Examination:
    """All rows of the file against all organizations that they name."""

    plan: Plan
    errand: Errand
    rows: list[Row]
    stored: dict[str, Stored] = field(default_factory=dict)
    nodes: dict[str, _Node] = field(default_factory=dict)

    def run(self) -> None:
        self._note_duplicates()
        self._resolve_parents_by_name()
        self.stored = stored_by_code(self._codes())
        for row in self.rows:
            self._place(row)
        for row in self.rows:
            self._check(row)
            self.plan.take(row, None if row.has_errors else self._outcome(row))
        self.plan.absent.extend(self._absent())

    def _codes(self) -> set[str]:
        pairs = ((row.values.get("code"), row.values.get("parent_code")) for row in self.rows)
        return {each for pair in pairs for each in pair if each}

    def _note_duplicates(self) -> None:
        seen: dict[str, Row] = {}
        for row in self.rows:
            first = seen.setdefault(row.values.get("code") or f"?{id(row)}", row)
            if first is not row:
                row.add(
                    "code", "duplicate", f"这个代码和第 {first.number} 行的一样。", "请核对两行，留下一行。"
                )

    def _resolve_parents_by_name(self) -> None:
        """A table without codes of parents names them."""
        by_name: dict[str, list[str]] = {}
        for row in self.rows:
            by_name.setdefault(row.values.get("name") or "", []).append(row.values.get("code") or "")
        for row in self.rows:
            name = row.values.get("parent_name")
            if name and "parent_code" not in row.values:
                found = by_name.get(name, [])
                row.values["parent_code"] = found[0] if len(found) == 1 else _code_named(name, self.errand)

    def _place(self, row: Row) -> None:
        values = row.values
        if row.has_errors or not values.get("code"):
            return
        old = self.stored.get(values["code"])
        parent = values.get("parent_code") or (old.values["parent_code"] if old else None)
        self.nodes[values["code"]] = _Node(values["code"], parent, values["kind"], values["name"], row)

    def _check(self, row: Row) -> None:
        if row.has_errors:
            return
        old = self.stored.get(row.values["code"])
        if old is not None and not self.errand.scope.covers(old.path):
            row.add("code", "out_of_scope", "这个代码是别处的党组织在用。", "您只能导入自己范围里的党组织。")
        elif old is not None and old.is_dissolved:
            row.add("code", "dissolved", "这个党组织在系统里已经撤销。", "要恢复请在党组织页面办理。")
        else:
            self._check_parent(row, old)
            self._check_days(row)

    def _check_parent(self, row: Row, old: Stored | None) -> None:
        node = self.nodes[row.values["code"]]
        if node.parent is not None:
            self._check_place(row, node, node.parent)
        elif old is None and not self.errand.scope.is_everywhere:
            row.add(
                "parent_code", "no_parent", "没有填上级党组织代码。", "请补上；新建一个县要由系统管理员来做。"
            )

    def _check_place(self, row: Row, node: _Node, above: str) -> None:
        parent = self._node(above)
        fault = self._place_fault(node, above, parent)
        if fault is not None:
            row.add("parent_code", *fault)
        elif parent is not None and row.values.get("parent_name") not in (None, parent.name):
            row.warn(
                "parent_name",
                "parent_name_differs",
                f"上级名称和代码对不上：代码 {parent.code} 是“{parent.name}”。",
                "按代码记。",
            )

    def _place_fault(self, node: _Node, above: str, parent: _Node | None) -> tuple[str, str, str] | None:
        """Code, sentence and advice when the organization cannot stand below the other."""
        check = "请核对上级党组织代码。"
        if parent is None:
            return "parent_unknown", f"没有代码是“{above}”的党组织，表里、系统里都没有。", check
        if parent.kind in BRANCH_KINDS:
            sentence = f"上级“{parent.name}”是党支部，下面不能再设党组织。"
            return "parent_is_branch", sentence, "请核对上级党组织代码或类别。"
        if self._is_circular(node):
            return "circular", "上级关系绕成了圈：它的上级又归它管。", check
        if not self.errand.scope.covers(self._path(above)):
            return "out_of_scope", "上级党组织不在您的范围里。", "您只能导入自己范围里的党组织。"
        return None

    def _node(self, wanted: str) -> _Node | None:
        """The organization as the file makes it, or as it is stored."""
        if wanted not in self.nodes and wanted in self.stored:
            values = self.stored[wanted].values
            self.nodes[wanted] = _Node(wanted, values["parent_code"], values["kind"], values["name"])
        return self.nodes.get(wanted)

    def _is_circular(self, node: _Node) -> bool:
        seen = {node.code}
        above = node.parent
        while above is not None and above in self.nodes:
            if above in seen:
                return True
            seen.add(above)
            above = self.nodes[above].parent
        return False

    def _path(self, wanted: str) -> str:
        """The path as it will be; of what is stored and does not move, the stored one."""
        node = self.nodes.get(wanted)
        if node is None or (node.row is None and wanted in self.stored):
            return self.stored[wanted].path if wanted in self.stored else ""
        return f"{self._path(node.parent) if node.parent else ''}{wanted}/"

    def _check_days(self, row: Row) -> None:
        values, today = row.values, self.errand.today
        for key, title in (("founded_on", "成立日期"), ("elected_on", "本届当选日期")):
            if values.get(key) and cells.first_of(values[key]) > today:
                row.add(key, "in_future", f"{title}还没有到。", "请核对日期。")
        if values["kind"] == Kind.TEMPORARY_BRANCH and values.get("elected_on"):
            row.warn(
                "elected_on", "temporary_has_no_term", "临时党支部不换届（ORG-07）。", "当选日期和任期不记。"
            )
            values["elected_on"] = values["years"] = None
        years, usual = values.get("years"), self._usual_years(values)
        if years and years != usual:
            row.warn(
                "years",
                "unusual_years",
                f"任期填的是 {years} 年，规定一般是 {usual} 年（ELEC-01）。",
                "请核对；照填的记。",
            )

    def _usual_years(self, values: dict[str, Any]) -> int:
        return usual_years(values["kind"], values.get("sector") or "", self.errand.today)

    def _outcome(self, row: Row) -> New | Changed | None:
        old = self.stored.get(row.values["code"])
        return self._new(row) if old is None else self._changed(row, old)

    def _new(self, row: Row) -> New:
        node = self.nodes[row.values["code"]]
        wanted = _wanted(row, None)
        wanted.setdefault("years", self._usual_years(wanted))
        record = tuple(sorted({**wanted, "code": node.code, "path": self._path(node.code)}.items()))
        return New(row.sheet, row.number, node.name, Kind(node.kind).label, record)

    def _changed(self, row: Row, old: Stored) -> Changed | None:
        wanted = _wanted(row, old)
        if (
            wanted.get("elected_on")
            and old.values["elected_on"]
            and wanted["elected_on"] < old.values["elected_on"]
        ):
            row.add(
                "elected_on",
                "earlier_term",
                f"系统里的本届是{cells.written(old.values['elected_on'])}当选的，比表里的晚。",
                "请核对表是不是旧的。",
            )
            return None
        shown, values = changes_between(COMPARED, old.values, wanted)
        if not shown:
            return None
        record = tuple(sorted(values.items()))
        return Changed(
            row.sheet, row.number, old.values["name"], row.values["code"], old.id, old.version, shown, record
        )

    def _absent(self) -> Iterator[Absent]:
        tops = {old.path for node in self.nodes.values() if node.row and (old := self.stored.get(node.code))}
        roots = [path for path in tops if not any(path != other and path.startswith(other) for other in tops)]
        for path in sorted(roots):
            rows = Organization.objects.below(path).current().exclude(code__in=self.nodes)
            yield from (Absent(name, code) for name, code in rows.values_list("name", "code"))


def _wanted(row: Row, old: Stored | None) -> dict[str, Any]:
    """The row's values by field; a date that agrees with the stored one is not a change."""
    names = (each.name for each in COMPARED)
    wanted: dict[str, Any] = {name: value for name in names if (value := row.values.get(name)) is not None}
    for key in {"founded_on", "elected_on"} & wanted.keys():
        stored = old.values[key] if old else None
        wanted[key] = stored if cells.agrees(wanted[key], stored) else cells.first_of(wanted[key])
    return wanted


def _code_named(name: str, errand: Errand) -> str | None:
    rows = Organization.objects.filter(errand.scope.q()).filter(name=name)
    found = list(rows.values_list("code", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def stored_by_code(codes: Iterable[str]) -> dict[str, Stored]:
    """The organizations with these codes and all that stand above them."""
    found: dict[str, Stored] = {}
    wanted = set(codes)
    while wanted:
        rows = _stored(wanted)
        found |= rows
        wanted = {each for row in rows.values() for each in row.path.split("/")[:-1]} - set(found)
    return found


def _stored(codes: set[str]) -> dict[str, Stored]:
    rows = Organization.objects.filter(code__in=codes).values(
        "id",
        "version",
        "path",
        "dissolved_on",
        "code",
        "name",
        "kind",
        "sector",
        "short_name",
        "founded_on",
        "contact",
        "phone",
        "parent__code",
    )
    terms = {
        term.organization_id: term
        for term in Term.objects.filter(organization__code__in=codes, ended_on=None)
    }
    return {row["code"]: _as_stored(row, terms.get(row["id"])) for row in rows}


def _as_stored(row: dict[str, Any], term: Term | None) -> Stored:
    values = {
        **row,
        "parent_code": row["parent__code"],
        "elected_on": term.elected_on if term else None,
        "years": term.years if term else None,
    }
    return Stored(
        row["id"],
        row["version"],
        row["path"],
        row["dissolved_on"] is not None,
        values,
        term.pk if term else None,
    )


def examine(rows: Iterator[Row], plan: Plan, errand: Errand) -> None:
    """Put every row of the ledger into the plan; parents may come after their children."""
    _Examination(plan, errand, list(rows)).run()
