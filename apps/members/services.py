"""Writes: the roster. Whoever calls has checked that `by` may change the members of the branch."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.audit.records import record
from apps.core import names
from apps.core.access import Person
from apps.core.calendar import today, written
from apps.core.crypto import digest
from apps.core.errors import Refused
from apps.core.fields import Sealed
from apps.core.identity import IdNumber, InvalidIdNumber
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.members import rules
from apps.members.changes import CHANGES, Change
from apps.members.models import Member, MembershipEvent
from apps.members.rules import Facts, Finding
from apps.members.vocabulary import CURRENT, Category, Cause, Precision, Status
from apps.organizations import services as organization_services
from apps.organizations.models import Organization, PartyGroup

# A BinaryField reads text as base64; these are checked by the rules, never by the field.
_UNCHECKED = ("id_number", "id_digest", "phone", "phone_digest")
PROTECTED = {"id_number": "身份证号", "phone": "手机号码"}


@transaction.atomic
def add_member(
    branch: Organization, *, on: datetime.date, by: Person, **values: Any
) -> tuple[Member, list[Finding]]:
    """Put somebody on the branch's roster as of a day; what the rules found and let pass comes with them.

    Who was on a roster of this county before is taken up again, so that one person stays one row.
    """
    _check_branch(branch, field="branch")
    row = _former(values["id_number"], by) or Member()
    if row.status == Status.ENDED or values["category"] == Category.PROBATIONARY:
        row.on_probation_within_party = False  # it ended with the membership; who transferred keeps it
    row.branch, row.group, row.status = branch, None, Status.ACTIVE
    notes = _fill(row, values)
    _check_day(row, on)
    save_checked(row, unchecked=_UNCHECKED)
    cause = Cause.ADMITTED if row.category == Category.PROBATIONARY else Cause.TRANSFERRED_IN
    MembershipEvent.objects.create(member=row, on=on, cause=cause, to_branch=branch)
    record("members.add", by=by, on=row, organization_path=branch.path, day=str(on))
    return row, notes


@transaction.atomic
def edit_member(member: Member, *, version: int, by: Person, **values: Any) -> list[Finding]:
    """Correct facts; refused when somebody else was faster. Returns what the rules found and let pass."""
    row = _locked(member)
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    if values.get("id_number"):
        _check_unused(values["id_number"], by, besides=row)
    notes = _fill(row, values)
    row.version = version + 1
    save_checked(row, unchecked=_UNCHECKED)
    record("members.change", by=by, on=row, organization_path=row.branch.path)
    return notes


@transaction.atomic
def change_membership(
    member: Member,
    action: str,
    *,
    on: datetime.date,
    by: Person,
    note: str = "",
    to: Organization | None = None,
) -> Member:
    """Record that somebody moved, left, came back or died; the roster and its history change together."""
    row, change = _locked(member), CHANGES[action]
    if row.status not in change.sources:
        raise Refused(
            f"现在不能办“{change.title}”：{row}的党籍状态是“{row.get_status_display()}”。请刷新页面再看。"
        )
    _check_day(row, on)
    event = MembershipEvent(member=row, on=on, cause=change.cause, note=note)
    event.from_branch, event.to_branch = _way(row, change, to)
    event.save()
    _settle(row, change, to)
    path = (event.from_branch or row.branch).path
    record(f"members.{action}", by=by, on=row, organization_path=path, reason=note, day=str(on))
    return row


@transaction.atomic
def reveal(member: Member, field: str, *, reason: str, by: Person) -> str:
    """The whole identity or phone number, written down with the reason before anybody sees it (PRIV-16)."""
    if not reason.strip():
        raise Refused("请写明为什么要看。", field="reason")
    record(
        "members.reveal", by=by, on=member, organization_path=member.branch.path, reason=reason, field=field
    )
    return _plain(getattr(member, field))


@transaction.atomic
def assign_groups(branch: Organization, groups: Mapping[int, int | None], *, by: Person) -> int:
    """Put members of the branch into its groups, by number; returns how many changed."""
    known = set(PartyGroup.objects.filter(branch=branch, until=None).values_list("pk", flat=True))
    if set(groups.values()) - known - {None}:
        raise Refused("党小组已经变了。请刷新页面再选。")
    roster = Member.objects.select_for_update().in_branch(branch).filter(status__in=CURRENT)
    changed = 0
    for pk, group in roster.filter(pk__in=groups).values_list("pk", "group_id"):
        if groups[pk] != group:
            Member.objects.filter(pk=pk).update(group=groups[pk], version=F("version") + 1)
            changed += 1
    if changed:
        record("members.assign_groups", by=by, on=branch, organization_path=branch.path, members=changed)
    return changed


@transaction.atomic
def close_group(group: PartyGroup, *, on: datetime.date, by: Person) -> None:
    """Close a group; its members stay in the branch without one."""
    closed = organization_services.close_group(group, on=on, by=by)
    Member.objects.filter(group=closed).update(group=None, version=F("version") + 1)


def _locked(member: Member) -> Member:
    rows = Member.objects.select_for_update(of=("self",)).select_related("branch")
    row: Member = rows.get(pk=member.pk)
    return row


def _check_branch(branch: Organization, *, field: str) -> None:
    if not branch.is_branch:
        raise Refused(f"“{branch}”不是党支部，党员要编入党支部（MEM-04）。", field=field, rule="MEM-04")
    if branch.dissolved_on is not None:
        raise Refused(f"“{branch}”已经撤销。", field=field)
    if branch.is_temporary:
        raise Refused("临时党支部不转接组织关系（ORG-06）。", field=field, rule="ORG-06")


def _check_day(row: Member, on: datetime.date) -> None:
    """Entries and exits come in their order, and none before somebody joined."""
    if on > today():
        raise Refused("日期还没有到。", field="on")
    if on < row.joined_on:
        raise Refused("日期早于入党日期。", field="on")
    last = row.events.order_by("-on").values_list("on", flat=True).first() if row.pk else None
    if last is not None and on < last:
        raise Refused(f"日期早于上一次变动（{written(last)}）。", field="on")


def _former(id_number: str, by: Person) -> Member | None:
    """The row of somebody who left; refused when they are on a roster or died."""
    _check_unused(id_number, by)
    rows = Member.objects.select_for_update().filter(id_digest=digest(id_number))
    row: Member | None = rows.order_by("-pk").first()
    if row is not None and row.status == Status.DECEASED:
        raise Refused("名册里记着这个身份证号的人已经去世。请核对号码。", field="id_number", rule="ROST-11")
    if row is not None:
        row.version += 1
    return row


def _check_unused(id_number: str, by: Person, besides: Member | None = None) -> None:
    rows = Member.objects.filter(id_digest=digest(id_number), status__in=CURRENT).select_related("branch")
    other = rows.exclude(pk=besides.pk if besides else None).first()
    if other is None:
        return
    place = f"“{other.branch}”" if by.may("members.view", other.branch.path) else "本县另一个支部"
    raise Refused(
        f"这个身份证号现在在{place}的名册里。不会变成两个人：请办组织关系转接。",
        field="id_number",
        rule="ROST-11",
    )


def _fill(row: Member, values: dict[str, Any]) -> list[Finding]:
    """Set the values and what follows from them; refused by the first rule that blocks."""
    number = _number(values.pop("id_number", "") or _plain(row.id_number))
    for field, precision in (("joined_on", "joined_precision"), ("full_on", "full_precision")):
        if field in values and values[field] != getattr(row, field):
            setattr(row, precision, Precision.DAY)
    for field, value in values.items():
        setattr(row, field, value)
    row.id_number, row.id_digest = number.text, digest(number.text)
    row.born_on, row.sex = number.born_on, number.sex.value
    _set_name(row)
    _set_phone(row)
    return _check(row, number)


def _number(text: str) -> IdNumber:
    try:
        return IdNumber.parse(text)
    except InvalidIdNumber as error:
        raise Refused(error.sentence, field="id_number", rule="ROST-10") from error


def _set_name(row: Member) -> None:
    row.name = names.normalise(row.name)
    row.pinyin, row.initials = names.pinyin(row.name), names.initials(row.name)
    row.name_grams = list(names.grams(row.name))


def _set_phone(row: Member) -> None:
    phone = _plain(row.phone)
    row.phone, row.phone_digest = phone or None, digest(phone) if phone else None


def _check(row: Member, number: IdNumber) -> list[Finding]:
    found = rules.findings(facts_of(row, number), today=today())
    for each in found:
        if each.blocks:
            raise Refused(str(each), field=each.field, rule=each.rule)
    return found


def facts_of(row: Member, number: IdNumber) -> Facts:
    return Facts(
        id_number=number,
        sex=row.sex,
        born_on=row.born_on,
        category=row.category,
        joined_on=row.joined_on,
        joined_precision=row.joined_precision,
        full_on=row.full_on,
        full_precision=row.full_precision,
        phone=_plain(row.phone),
        is_out_of_contact=row.is_out_of_contact,
        out_of_contact_since=row.out_of_contact_since,
        is_mobile=row.is_mobile,
        mobile_destination=row.mobile_destination,
        mobile_since=row.mobile_since,
    )


def _plain(value: Any) -> str:
    """The text of a protected value, sealed or just assigned; "" when there is none."""
    return value.reveal() if isinstance(value, Sealed) else value or ""


def _way(
    row: Member, change: Change, to: Organization | None
) -> tuple[Organization | None, Organization | None]:
    """From and to; who no longer counts goes from the branch to itself, which changes no sum."""
    if change.asks_branch:
        if to is None:
            raise Refused("请选择党支部。", field="to")
        _check_branch(to, field="to")
        if to == row.branch and row.status == Status.ACTIVE:
            raise Refused(f"{row}现在就在“{to}”。", field="to")
        return (row.branch if row.status == Status.ACTIVE else None), to
    if change.target == Status.ACTIVE:
        return None, row.branch
    return row.branch, (row.branch if row.status == Status.SUSPENDED else None)


def _settle(row: Member, change: Change, to: Organization | None) -> None:
    if to is not None and to != row.branch:
        row.branch, row.group = to, None
    if change.target not in CURRENT:
        row.group = None
        row.is_mobile = row.is_out_of_contact = False
        row.mobile_destination, row.mobile_since, row.out_of_contact_since = "", None, None
    if change.target == Status.ENDED:
        row.on_probation_within_party = False  # it ends with the membership
    row.status = change.target
    row.version += 1
    save_checked(row, unchecked=_UNCHECKED)
