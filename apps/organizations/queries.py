"""Reads: the tree, one organization, and who stood where on any day."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from apps.core.scope import Reader, Scope
from apps.organizations.extensions import headcount
from apps.organizations.kinds import BRANCH_KINDS, Kind
from apps.organizations.models import Organization, OrganizationQuerySet, PartyGroup, Placement, Term
from apps.organizations.naming import county_name
from apps.regulations.counties import County, county_of

CODE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Node:
    """An organization as a line of the tree, with what lies below it (itself included)."""

    id: int
    code: str
    name: str
    kind: str
    sector: str
    path: str
    children: int = 0
    branches: int = 0
    members: int = 0

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCH_KINDS


@dataclass(frozen=True, slots=True)
class Twig:
    """A node of the tree page with the nodes directly below it."""

    node: Node
    below: tuple[Twig, ...]
    is_open: bool = False


def counties_for(user: Reader) -> list[County]:
    """The counties in which somebody's grants lie, by code."""
    scope = user.scope_for("organizations.view")
    roots = Organization.objects.filter(parent=None)
    if not scope.is_everywhere:
        roots = roots.filter(path__in={county_of(root) for root in scope.roots})
    return [County(row.path, county_name(row.name)) for row in roots]


def organizations_for(user: Reader) -> OrganizationQuerySet:
    """Everything that the user may see, dissolved organizations too, depth-first."""
    rows: OrganizationQuerySet = Organization.objects.visible_to(user)
    return rows.select_related("parent")


def changeable_by(user: Reader) -> OrganizationQuerySet:
    """The current organizations that the user may change."""
    rows: OrganizationQuerySet = Organization.objects.within(user, "organizations.change")
    return rows.current()


def branches_within(user: Reader, permission: str) -> OrganizationQuerySet:
    """The current branches on which the user holds the permission."""
    rows: OrganizationQuerySet = Organization.objects.within(user, permission)
    return rows.current().branches()


def nodes_for(user: Reader, day: datetime.date) -> list[Node]:
    """All current organizations of the user's scope, depth-first, with their counts; two queries."""
    scope = user.scope_for(Organization.view_permission)
    rows = Organization.objects.filter(scope.q()).current().order_by("path")
    values = rows.values_list("id", "code", "name", "kind", "sector", "path")
    return counted([Node(*row) for row in values], scope.roots, day)


def counted(nodes: Sequence[Node], roots: Sequence[str], day: datetime.date) -> list[Node]:
    """The nodes with the counts of children, branches and members added; one query."""
    members = headcount(roots, day)
    children: dict[str, int] = {}
    branches: dict[str, int] = {}
    heads: dict[str, int] = {}
    for node in nodes:
        above = ancestors(node.path)
        children[above[0]] = children.get(above[0], 0) + 1
        total = members[node.id].total if node.id in members else 0
        for path in (node.path, *above):
            branches[path] = branches.get(path, 0) + node.is_branch
            heads[path] = heads.get(path, 0) + total
    return [
        replace(
            node, children=children.get(node.path, 0), branches=branches[node.path], members=heads[node.path]
        )
        for node in nodes
    ]


def ancestors(path: str) -> list[str]:
    """The paths above, nearest first, ending with "" above the root."""
    codes = path.split("/")[:-1]
    return ["".join(f"{code}/" for code in codes[:length]) for length in range(len(codes) - 1, -1, -1)]


def tree_of(nodes: Sequence[Node], *, levels: int) -> list[Twig]:
    """The nodes as nested twigs, at most `levels` deep; roots are those whose parent is not among them."""
    paths = {node.path for node in nodes}
    below: dict[str, list[Node]] = {}
    for node in nodes:
        parent = ancestors(node.path)[0]
        below.setdefault(parent if parent in paths else "", []).append(node)
    tops = [_twig(node, below, levels - 1) for node in below.get("", [])]
    return [replace(twig, is_open=bool(twig.below)) for twig in tops]


def _twig(node: Node, below: dict[str, list[Node]], levels: int) -> Twig:
    under = below.get(node.path, []) if levels > 0 else []
    twigs = tuple(_twig(each, below, levels - 1) for each in under)
    return Twig(node, twigs)


def children_of(organization: Organization, day: datetime.date) -> list[Node]:
    """The current organizations directly below, with their counts; two queries."""
    rows = Organization.objects.below(organization.path).current().order_by("path")
    values = rows.values_list("id", "code", "name", "kind", "sector", "path")
    nodes = counted([Node(*row) for row in values], [organization.path], day)
    return [node for node in nodes if ancestors(node.path)[0] == organization.path]


def parents_for(user: Reader, organization: Organization) -> OrganizationQuerySet:
    """Where the user may move the organization."""
    rows = changeable_by(user).exclude(kind__in=BRANCH_KINDS)
    return rows.exclude(path__startswith=organization.path).exclude(pk=organization.parent_id)


def summary_of(nodes: Sequence[Node]) -> str:
    """How many there are of each kind, in words."""
    numbers = Counter(node.kind for node in nodes)
    kinds = "、".join(f"{label} {numbers[kind]}" for kind, label in Kind.choices if numbers[kind])
    return f"共 {len(nodes)} 个：{kinds}" if nodes else ""


def above_for(organization: Organization, user: Reader) -> list[Organization]:
    """What stands above and the user may see, from the top down."""
    paths = ancestors(organization.path)[:-1]
    return list(Organization.objects.visible_to(user).filter(path__in=paths).order_by("path"))


def search(rows: OrganizationQuerySet, text: str) -> OrganizationQuerySet:
    """Names that contain the text, and codes that begin with it."""
    condition = Q(name__contains=text) | Q(short_name__contains=text)
    return rows.filter(condition | Q(code__startswith=text) if text.isascii() else condition)


def placement_on(organization: Organization, day: datetime.date) -> Placement | None:
    """Under which name and parent the organization stood on the day."""
    rows = organization.placements.filter(_covers(day)).select_related("parent")
    found: Placement | None = rows.first()
    return found


def placements_of(organization: Organization) -> list[Placement]:
    """Names and parents of old, newest first."""
    return list(organization.placements.select_related("parent").order_by("-since"))


def organizations_below(path: str, *, on: datetime.date) -> OrganizationQuerySet:
    """The organizations that belonged to the path on the day, its top included; the path is that day's."""
    return Organization.objects.filter(placements__in=placements_below([path], on=on))


def placements_below(paths: Iterable[str], *, on: datetime.date) -> QuerySet[Placement]:
    """Where everything below the paths stood on the day; one placement for each organization."""
    return Placement.objects.filter(_covers(on)).filter(Scope(tuple(paths)).q())


def _covers(day: datetime.date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def current_term(organization: Organization) -> Term | None:
    found: Term | None = organization.terms.filter(ended_on=None).first()
    return found


def terms_of(organization: Organization) -> list[Term]:
    """Newest first."""
    return list(organization.terms.order_by("-elected_on"))


def groups_of(branch: Organization, day: datetime.date) -> list[PartyGroup]:
    """The groups that the branch has on the day, in the order in which they were made."""
    return list(branch.groups.filter(_covers(day)).order_by("since", "id"))


def groups_for(user: Reader) -> QuerySet[PartyGroup]:
    """The groups that the user may see, with their branch."""
    return PartyGroup.objects.visible_to(user).select_related("branch")


def next_code_below(parent: Organization) -> str:
    """A free code for a new organization: the parent's and the next number."""
    taken = Organization.objects.filter(parent=parent, code__startswith=parent.code).values_list(
        "code", flat=True
    )
    endings = [code.removeprefix(parent.code) for code in taken]
    numbers = [int(each) for each in endings if each.isascii() and each.isdigit()]
    digits = max((len(each) for each in endings if each.isdigit()), default=CODE_DIGITS)
    return f"{parent.code}{max(numbers, default=0) + 1:0{digits}d}"
