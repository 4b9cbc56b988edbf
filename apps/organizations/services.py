"""Writes: the tree and its terms. Whoever calls has checked that `by` may change the organizations."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Substr

from apps.attachments.services import relocate
from apps.audit.records import record
from apps.core.access import Person
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.organizations import rules
from apps.organizations.extensions import ties_of
from apps.organizations.models import Organization, PartyGroup, Placement, Term

# Two people who move parts of the tree at the same time could make a circle that neither sees.
_TREE_LOCK = 7_301_001


@transaction.atomic
def found_organization(
    *, code: str, name: str, parent: Organization | None, by: Person, **details: Any
) -> Organization:
    """Add an organization to the tree, where its parent stands and has stood since it was founded."""
    lock_tree()
    if parent is not None:
        parent = _current(parent)
        _check_parent(parent, field="parent")
    path = f"{parent.path if parent else ''}{code}/"
    organization = Organization(code=code, name=name, parent=parent, path=path, **details)
    _check_past(organization.founded_on, "founded_on", "成立日期")
    save_checked(organization)
    Placement.objects.bulk_create(first_placements(organization))
    record("organizations.found", by=by, on=organization, organization_path=path)
    return organization


@transaction.atomic
def change_details(organization: Organization, *, version: int, by: Person, **details: Any) -> Organization:
    """Change what needs no history of its own; refused when somebody else was faster."""
    row = _current(organization)
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    for field, value in details.items():
        setattr(row, field, value)
    _check_kind(row)
    _check_past(row.founded_on, "founded_on", "成立日期")
    row.version = version + 1
    save_checked(row)
    record("organizations.change", by=by, on=row, organization_path=row.path, fields=sorted(details))
    return row


@transaction.atomic
def rename(
    organization: Organization, *, to: tuple[str, str], on: datetime.date, by: Person, reason: str = ""
) -> Organization:
    """Give a new name and short name from a day on; the old name stays in the history."""
    row = _current(organization)
    _check_day_of_change(row, on)
    row.name, row.short_name = to
    _split_placements(Placement.objects.filter(organization=row), on)
    Placement.objects.filter(organization=row, since=on).update(name=row.name, reason=reason)
    row.version += 1
    save_checked(row)
    record("organizations.rename", by=by, on=row, organization_path=row.path, reason=reason, day=str(on))
    return row


@transaction.atomic
def move(
    organization: Organization, *, to: Organization, on: datetime.date, by: Person, reason: str = ""
) -> Organization:
    """Put the organization and all below it under another parent from a day on, keeping the history."""
    lock_tree()
    row, parent = _current(organization), _current(to)
    _check_move(row, parent)
    _check_day_of_change(row, on)
    old, new = row.path, f"{parent.path}{row.code}/"
    moved = Placement.objects.filter(Q(until=None) | Q(until__gt=on), path__startswith=old)
    _split_placements(moved, on)
    Placement.objects.filter(organization=row, since=on).update(reason=reason)
    _repath(Placement.objects.filter(path__startswith=old, since__gte=on), row, parent, old, new)
    _repath(Organization.objects.below(old), row, parent, old, new, version=F("version") + 1)
    relocate(old, new)
    row.refresh_from_db()
    record("organizations.move", by=by, on=row, organization_path=old, reason=reason, day=str(on), to=new)
    return row


@transaction.atomic
def dissolve(organization: Organization, *, on: datetime.date, by: Person, reason: str = "") -> Organization:
    """Close an organization that nothing hangs on any more."""
    row = _current(organization)
    _check_day_of_change(row, on)
    ties = ties_of(row)
    children = Organization.objects.filter(parent=row).current().count()
    if children:
        ties.insert(0, f"下面还有 {children} 个党组织")
    if ties:
        raise Refused(f"还不能撤销：{'，'.join(ties)}。请先移走或办结。", rule="ORG-09")
    Placement.objects.filter(organization=row, until=None).update(until=on)
    Term.objects.filter(organization=row, ended_on=None).update(ended_on=on)
    row.dissolved_on = on
    row.version += 1
    save_checked(row)
    record("organizations.dissolve", by=by, on=row, organization_path=row.path, reason=reason, day=str(on))
    return row


@transaction.atomic
def add_group(branch: Organization, *, name: str, since: datetime.date, by: Person) -> PartyGroup:
    row = _current(branch)
    if not row.is_branch:
        raise Refused("只有党支部可以划分党小组。", rule="ORG-18")
    _check_past(since, "since", "划分日期")
    group = PartyGroup(branch=row, name=name, since=since)
    save_checked(group)
    record("organizations.add_group", by=by, on=group, organization_path=row.path)
    return group


@transaction.atomic
def rename_group(group: PartyGroup, *, name: str, by: Person) -> PartyGroup:
    row = PartyGroup.objects.select_for_update(of=("self",)).select_related("branch").get(pk=group.pk)
    if row.until is not None:
        raise Refused("这个党小组已经撤销，不能改名。")
    row.name = name
    save_checked(row)
    record("organizations.rename_group", by=by, on=row, organization_path=row.branch.path)
    return row


@transaction.atomic
def close_group(group: PartyGroup, *, on: datetime.date, by: Person) -> PartyGroup:
    """Close a group from a day on; who takes its members elsewhere is the roster's business."""
    row = PartyGroup.objects.select_for_update(of=("self",)).select_related("branch").get(pk=group.pk)
    if row.until is not None:
        raise Refused("这个党小组已经撤销。")
    _check_past(on, "on", "撤销日期")
    if on < row.since:
        raise Refused("撤销日期不能早于划分日期。", field="on")
    row.until = on
    save_checked(row)
    record("organizations.close_group", by=by, on=row, organization_path=row.branch.path)
    return row


@transaction.atomic
def begin_term(
    organization: Organization,
    *,
    elected_on: datetime.date,
    years: int,
    by: Person,
    number: int | None = None,
) -> Term:
    """Record an election; the term before ends on that day (ELEC-01)."""
    row = _current(organization)
    if row.is_temporary:
        raise Refused("临时党支部的班子由上级指定，不换届。", rule="ORG-07")
    _check_past(elected_on, "elected_on", "当选日期")
    _check_years(row, elected_on, years)
    _end_term(row, elected_on)
    term = Term(organization=row, elected_on=elected_on, years=years, number=number)
    save_checked(term)
    record("organizations.begin_term", by=by, on=row, organization_path=row.path, elected_on=str(elected_on))
    return term


@transaction.atomic
def extend_term(term: Term, *, to: datetime.date, by: Person, reason: str) -> Term:
    """Record an approved extension, at most one year (ELEC-02)."""
    row = Term.objects.select_for_update(of=("self",)).select_related("organization").get(pk=term.pk)
    if row.ended_on is not None:
        raise Refused("这一届已经卸任，不能延期。")
    regular = rules.latest_extension(row.elected_on, row.years, on=today())
    if to > regular:
        raise Refused(f"延期一般不超过一年，最晚到{written(regular)}。", field="to", rule="ELEC-02")
    if to <= row.due_on:
        raise Refused(f"延期的日期要晚于届满日{written(row.due_on)}。", field="to", rule="ELEC-02")
    row.extended_to = to
    save_checked(row)
    path = row.organization.path
    record("organizations.extend_term", by=by, on=row, organization_path=path, reason=reason, to=str(to))
    return row


def lock_tree() -> None:
    """Let nobody else move or add organizations until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def _current(organization: Organization) -> Organization:
    """The row as it is now, locked; refused when it was dissolved."""
    row: Organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if row.dissolved_on is not None:
        raise Refused(f"“{row}”已经在{written(row.dissolved_on)}撤销，不能再改。")
    return row


def _check_parent(parent: Organization, *, field: str) -> None:
    if not rules.may_have_organizations_below(parent.kind):
        raise Refused(f"“{parent}”是{parent.get_kind_display()}，下面不能再设党组织。", field=field)


def _check_move(row: Organization, parent: Organization) -> None:
    if row.parent_id is None:
        raise Refused("最上面的党组织不能移动。")
    if rules.is_within(parent.path, row.path):
        raise Refused("不能移到自己或自己的下级下面。", field="to")
    if row.parent_id == parent.pk:
        raise Refused(f"它现在就在“{parent}”下面。", field="to")
    _check_parent(parent, field="to")


def _check_kind(row: Organization) -> None:
    if row.is_branch and Organization.objects.filter(parent=row).current().exists():
        raise Refused("它下面还有党组织，不能改成党支部。", field="kind")
    ties = [] if row.is_branch else ties_of(row)
    if ties:
        raise Refused(
            f"不能改成{row.get_kind_display()}：{'，'.join(ties)}，要先编入下面的党支部。", field="kind"
        )


def _check_past(day: datetime.date | None, field: str, title: str) -> None:
    if day is not None and day > today():
        raise Refused(f"{title}还没有到。", field=field)


def _check_day_of_change(row: Organization, day: datetime.date) -> None:
    """A change of place or name may be entered late, but not before the organization's own last one."""
    _check_past(day, "on", "日期")
    last = Placement.objects.filter(organization=row).order_by("-since").first()
    if last is not None and day < last.since:
        raise Refused(f"日期不能早于它上一次调整（{written(last.since)}）。", field="on")


def _check_years(row: Organization, elected_on: datetime.date, years: int) -> None:
    longest = rules.term_limit(row.kind, row.sector, on=max(elected_on, today()))
    if not longest.allows(years):
        raise Refused(f"{longest.title}一般是 {longest.value} 年。", field="years", rule="ELEC-01")


def _end_term(row: Organization, day: datetime.date) -> None:
    last = Term.objects.select_for_update().filter(organization=row, ended_on=None).first()
    if last is None:
        return
    if day <= last.elected_on:
        raise Refused(f"当选日期要晚于本届的当选日期{written(last.elected_on)}。", field="elected_on")
    last.ended_on = day
    save_checked(last)


def first_placements(organization: Organization) -> list[Placement]:
    """Where a new organization has stood since it was founded, following where its parent stood.

    Not saved; one query for the parent's placements unless they were prefetched.
    """
    since = organization.founded_on or rules.FROM_THE_BEGINNING
    if organization.parent is None:
        return [_placement(organization, organization.path, since, None)]
    placements = sorted(organization.parent.placements.all(), key=lambda each: each.since)
    above = [each for each in placements if each.until is None or each.until > since]
    starts = [since, *(max(since, each.since) for each in above[1:])]
    return [
        _placement(organization, f"{each.path}{organization.code}/", start, each.until)
        for start, each in zip(starts, above, strict=True)
    ]


def _placement(
    organization: Organization, path: str, since: datetime.date, until: datetime.date | None
) -> Placement:
    return Placement(
        organization=organization,
        name=organization.name,
        parent=organization.parent,
        path=path,
        since=since,
        until=until,
    )


def _split_placements(rows: QuerySet[Placement], day: datetime.date) -> None:
    """End the placements that cover the day and begin equal ones on it."""
    split = list(rows.filter(Q(until=None) | Q(until__gt=day), since__lt=day))
    Placement.objects.filter(pk__in=[each.pk for each in split]).update(until=day)
    for each in split:
        each.pk, each.since, each.reason = None, day, ""
    Placement.objects.bulk_create(split)


def _repath(rows: Any, row: Organization, parent: Organization, old: str, new: str, **also: Any) -> None:
    """Replace the beginning of the paths, and the parent of the one that moves; one statement."""
    is_moved = Q(code=row.code) if rows.model is Organization else Q(organization=row)
    rows.update(
        path=Concat(Value(new), Substr("path", len(old) + 1)),
        parent=Case(
            When(is_moved, then=Value(parent.pk)), default=F("parent_id"), output_field=BigIntegerField()
        ),
        **also,
    )
