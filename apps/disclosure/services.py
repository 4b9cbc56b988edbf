"""Writes: drafts, the steps of VAD-10, corrections; each whole or not at all, and on record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import lock_for, take
from apps.disclosure import chain, frozen, privacy, rules
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, ITEMS
from apps.disclosure.models import LINE_FIELDS, Deed, Publication, Statement, StatementLine
from apps.disclosure.states import OPEN, REPLACE, STEPS, State
from apps.organizations.models import Organization, Village
from apps.regulations.settings import settings_of
from apps.regulations.table import limit

NOT_OPEN = "这一件现在是“{}”，不能改。已公布的要改，请另出一版更正。"


@dataclass(frozen=True, slots=True)
class Sums:
    """A checked statement as an import hands it over; `lines` as in `StatementLine`, balances computed."""

    organization_id: int
    village: str
    body: str
    first_on: datetime.date
    last_on: datetime.date
    opening: Decimal
    income: Decimal
    expense: Decimal
    closing: Decimal
    lines: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who answers for a finance disclosure (FIN-06)."""

    director: str = ""
    supervisor: str = ""
    accountant: str = ""

    @property
    def titled(self) -> list[tuple[str, str]]:
        return [
            ("集体经济组织负责人", self.director),
            ("监委会主任", self.supervisor),
            ("主管会计", self.accountant),
        ]


# --- villages and drafts --------------------------------------------------------------------------


def register_village(organization: Organization, *, name: str, body: str = "", by: Person) -> Village:
    """The village of a party organization, registered when it is first spoken of."""
    village, is_new = Village.objects.get_or_create(
        organization=organization, defaults={"name": name, "economic_body": body}
    )
    if is_new:
        record("disclosure.register", by=by, on=village, organization_path=organization.path)
    return village


@transaction.atomic
def draft_statement(sums: Sums, *, by: Person) -> Publication:
    """A draft of the income and expense of a period. Whoever calls has checked the scope."""
    organization = Organization.objects.get(pk=sums.organization_id)
    village = register_village(organization, name=sums.village, body=sums.body, by=by)
    publication = Publication(
        village=village,
        item=INCOME_AND_EXPENSE,
        first_on=sums.first_on,
        last_on=sums.last_on,
        title=f"{frozen.period_words(sums.first_on, sums.last_on)}{ITEMS[INCOME_AND_EXPENSE].title}",
        statement=_write_statement(village, sums),
    )
    save_checked(publication)
    _tell("write", publication, by)
    return publication


@transaction.atomic
def redraft_statement(number: int, version: int, sums: Sums, *, by: Person) -> bool:
    """Put another statement into a draft; False when somebody changed the draft meanwhile."""
    publication = lock_for(Publication(pk=number))
    if publication.version != version or publication.state not in OPEN:
        return False
    _retire(publication.statement)
    publication.statement = _write_statement(publication.village, sums)
    publication.version += 1
    save_checked(publication)
    _tell("write", publication, by)
    return True


def _retire(statement: Statement | None) -> None:
    if statement:
        statement.is_current = False
        statement.save(update_fields=["is_current"])


def _write_statement(village: Village, sums: Sums) -> Statement:
    names = ("first_on", "last_on", "opening", "income", "expense", "closing")
    statement = Statement(
        village=village,
        body=sums.body or village.economic_body or village.name,
        **{name: getattr(sums, name) for name in names},
    )
    save_checked(statement)
    StatementLine.objects.bulk_create(
        _line(statement, number, line) for number, line in enumerate(sums.lines, 1)
    )
    return statement


def _line(statement: Statement, number: int, values: tuple[Any, ...]) -> StatementLine:
    return StatementLine(statement=statement, number=number, **dict(zip(LINE_FIELDS, values, strict=True)))


@transaction.atomic
def write_publication(
    village: Village,
    *,
    item: str,
    first_on: datetime.date,
    last_on: datetime.date,
    title: str,
    body: str,
    by: Person,
) -> Publication:
    """A draft in words."""
    demand(by, "disclosure.prepare", village.organization.path)
    publication = Publication(
        village=village, item=item, first_on=first_on, last_on=last_on, title=title, body=body
    )
    save_checked(publication)
    _tell("write", publication, by)
    return publication


@transaction.atomic
def rewrite(publication: Publication, *, version: int, title: str, body: str, by: Person) -> Publication:
    """Change the words of a draft; refused when somebody else was faster."""
    demand(by, "disclosure.prepare", _path(publication))
    row = lock_for(publication)
    if row.state not in OPEN:
        raise Refused(NOT_OPEN.format(row.get_state_display()))
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    row.title, row.body, row.version = title, body, version + 1
    save_checked(row)
    _tell("write", row, by)
    return row


@transaction.atomic
def correct(publication: Publication, *, reason: str, by: Person) -> Publication:
    """Begin another version of what was published; both stay, the new one goes the whole way (VAD-07)."""
    demand(by, "disclosure.prepare", _path(publication))
    row = lock_for(publication)
    if row.state != State.PUBLISHED:
        raise Refused("只有已公布的才能更正。")
    if Publication.objects.filter(replaces=row).exists():
        raise Refused("这一件已经有一版更正在办，请打开那一版。")
    draft = Publication(
        village=row.village,
        item=row.item,
        first_on=row.first_on,
        last_on=row.last_on,
        title=row.title,
        body=row.body,
        statement=_copy_of(row.statement),
        revision=row.revision + 1,
        replaces=row,
        reason=reason.strip(),
    )
    save_checked(draft)
    _tell("write", draft, by, reason=reason.strip())
    return draft


def _copy_of(statement: Statement | None) -> Statement | None:
    """The same statement once more, for a correction to begin with."""
    if statement is None:
        return None
    _retire(statement)
    lines = tuple(tuple(getattr(line, name) for name in LINE_FIELDS) for line in statement.lines.all())
    village = statement.village
    sums = Sums(
        village.organization_id,
        village.name,
        statement.body,
        statement.first_on,
        statement.last_on,
        statement.opening,
        statement.income,
        statement.expense,
        statement.closing,
        lines,
    )
    return _write_statement(village, sums)


# --- the way --------------------------------------------------------------------------------------


@transaction.atomic
def propose(publication: Publication, *, note: str = "", by: Person) -> Publication:
    """Hand a draft to the supervision committee; refused while it shows what must not be published."""
    row = _at(publication, "propose", by)
    if not row.body.strip() and row.statement is None:
        raise Refused("还没有写内容，不能送审。", field="body")
    refuse_personal_numbers(row)
    return _step(row, "propose", by, note=note)


@transaction.atomic
def object_to(publication: Publication, *, note: str, by: Person) -> Publication:
    """Send it back with an objection, which must say what is wrong (VAD-11)."""
    if not note.strip():
        raise Refused("请写明有什么异议。", field="note")
    return _step(_at(publication, "object", by), "object", by, note=note)


@transaction.atomic
def consent(publication: Publication, *, names: str, note: str = "", by: Person) -> Publication:
    """The supervision committee agrees; `names` is who of it looked at it."""
    row = _at(publication, "consent", by)
    if not names.strip():
        raise Refused("请写明审查的人。", field="names")
    if row.deeds.filter(action="propose", by_id=by.pk).exists():
        raise Refused("送审的人不能自己审查，请监委会的人用自己的账号办。", rule="VAD-10")
    return _step(row, "consent", by, names=names, note=note)


@transaction.atomic
def confirm(
    publication: Publication, *, on: datetime.date, names: str, note: str = "", by: Person
) -> Publication:
    """The joint meeting of party organization and village committee has decided."""
    row = _at(publication, "confirm", by)
    checked = row.deeds.filter(action="consent").order_by("-id").values_list("on", flat=True)[0]
    if not checked <= on <= today():
        raise Refused("联席会议的日期要在监委会同意以后，不晚于今天。", field="on")
    if not names.strip():
        raise Refused("请写明参加的人。", field="names")
    return _step(row, "confirm", by, on=on, names=names, note=note)


@transaction.atomic
def publish(publication: Publication, *, signatures: Signatures, by: Person) -> Publication:
    """Freeze it, put it at the end of the village's chain, and show it to everybody."""
    row = _at(publication, "publish", by)
    refuse_personal_numbers(row)
    if row.about.is_finance and (missing := rules.names_missing(signatures.titled)):
        raise Refused(f"财务公开要三个人签字，还差：{'、'.join(missing)}。", rule="FIN-06")
    row.director, row.supervisor, row.accountant = (name.strip() for _, name in signatures.titled)
    _join_chain(row)
    _step(row, "publish", by)
    if row.replaces:
        _replace(row.replaces, by)
    return row


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: Person) -> Publication:
    """Declare a publication void; it stays visible as withdrawn, with the reason."""
    row = _at(publication, "withdraw", by)
    if not reason.strip():
        raise Refused("请写明撤回的原因。", field="reason")
    row.withdraw_reason = reason.strip()
    _retire(row.statement)
    return _step(row, "withdraw", by, note=reason)


def refuse_personal_numbers(publication: Publication) -> None:
    """Refused with the place when the words hold what must not be published (PRIV-06)."""
    for place, text in _words_of(publication):
        if found := privacy.hits(text):
            raise Refused(f"{place}里有{privacy.sentence(found)}，不能公布。请遮盖后再送审。", rule="PRIV-06")


@transaction.atomic
def mask(publication: Publication, *, by: Person) -> Publication:
    """Mask in one go everything that must not be published."""
    demand(by, "disclosure.prepare", _path(publication))
    row = lock_for(publication)
    if row.state not in OPEN:
        raise Refused(NOT_OPEN.format(row.get_state_display()))
    row.title, row.body, row.version = privacy.masked(row.title), privacy.masked(row.body), row.version + 1
    save_checked(row)
    _tell("write", row, by)
    return row


def _words_of(publication: Publication) -> list[tuple[str, str]]:
    words = [("标题", publication.title), ("正文", publication.body)]
    if publication.statement:
        for line in publication.statement.lines.all():
            words += [
                (f"第 {line.number} 笔的摘要", line.summary),
                (f"第 {line.number} 笔的备注", line.remark),
            ]
    return words


def _at(publication: Publication, action: str, by: Person) -> Publication:
    """The publication, locked, for whoever may take the step."""
    demand(by, STEPS[action].permission, _path(publication))
    return lock_for(publication)


def _step(
    row: Publication,
    action: str,
    by: Person,
    *,
    on: datetime.date | None = None,
    names: str = "",
    note: str = "",
) -> Publication:
    take(STEPS, action, row)
    row.version += 1
    Deed.objects.create(
        publication=row, action=action, on=on or today(), names=names.strip(), note=note.strip(), by_id=by.pk
    )
    save_checked(row)
    _tell(action, row, by)
    return row


def _join_chain(row: Publication) -> None:
    """The next place in the village's chain; the village is locked, so that nobody else takes it."""
    Village.objects.select_for_update().get(pk=row.village_id)
    mine = Publication.objects.filter(village=row.village_id, chain_number__isnull=False)
    last = mine.order_by("-chain_number").values_list("chain_number", "checksum").first()
    row.published_at = timezone.now()
    number, checksum = last or (0, chain.FIRST)
    row.chain_number, row.previous_checksum = (number or 0) + 1, checksum
    row.content = frozen.content_of(row)
    row.checksum = chain.checksum(row.content, row.previous_checksum)


def _replace(old: Publication, by: Person) -> None:
    row = lock_for(old)
    take(REPLACE, "replace", row)
    Deed.objects.create(publication=row, action="replace", on=today(), by_id=by.pk)
    row.save()


def objection_due(publication: Publication) -> datetime.date:
    """Until when the supervision committee objects, or the village answers (VAD-11)."""
    since: datetime.date | None = publication.deeds.aggregate(last=Max("on"))["last"]
    day = since or today()
    own = settings_of(_path(publication)).on(day)
    return day + datetime.timedelta(days=int(limit("VAD-11", on=day, overrides=own).value))


def _path(publication: Publication) -> str:
    return publication.village.organization.path


def _tell(action: str, publication: Publication, by: Person, *, reason: str = "") -> None:
    path = _path(publication)
    record(f"disclosure.{action}", by=by, on=publication, organization_path=path, reason=reason)
