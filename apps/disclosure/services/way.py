"""The steps of VAD-10: each whole or not at all, and on record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q, prefetch_related_objects
from django.utils import timezone

from apps.core.access import Person, demand
from apps.core.calendar import CHINA, today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.core.workflow import lock_for, take
from apps.disclosure import chain, frozen, rules
from apps.disclosure.catalogue import Audience
from apps.disclosure.models import Deed, Publication
from apps.disclosure.services.files import refuse_private_files
from apps.disclosure.services.orders import answer_orders
from apps.disclosure.services.statements import retire
from apps.disclosure.services.trail import path_of, tell
from apps.disclosure.services.writing import refuse_personal_numbers, refuse_private_words
from apps.disclosure.states import PARTY_STEPS, REPLACE, State, way_of
from apps.organizations.models import Village
from apps.regulations.settings import settings_of
from apps.regulations.table import limit

SIGNED = ("director", "supervisor", "accountant")


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


@transaction.atomic
def propose(publication: Publication, *, note: str = "", by: Person) -> Publication:
    """Hand a draft to the supervision committee; refused while it shows what must not be published.

    After an objection `note` answers it (VAD-11).
    """
    row = _at(publication, "propose", by)
    if not (row.body.strip() or row.statement or row.filled or row.files.exists()):
        raise Refused("还没有写内容，不能送审。", field="body")
    if row.state == State.OBJECTED and not note.strip():
        raise Refused("请答复异议：改了哪里，或者为什么不改。", field="note", rule="VAD-11")
    _refuse_private(row)
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
    _refuse_names_missing(names)
    if _has_proposed(row, by):
        raise Refused("送审的人不能自己审查，请监委会的人用自己的账号办。", rule="VAD-10")
    return _step(row, "consent", by, names=names, note=note)


@transaction.atomic
def clear(publication: Publication, *, names: str, note: str = "", by: Person) -> Publication:
    """The party organization has looked for secrets and found none; `names` is who looked (PAO-02)."""
    return _judge_secrets(publication, "clear", names, note, by)


@transaction.atomic
def hold(publication: Publication, *, names: str, note: str, by: Person) -> Publication:
    """There is something in it that must stay inside; it goes back to be written anew (PAO-02)."""
    if not note.strip():
        raise Refused("请写明哪里不能公开。", field="note", rule="PAO-02")
    return _judge_secrets(publication, "hold", names, note, by)


def _judge_secrets(publication: Publication, action: str, names: str, note: str, by: Person) -> Publication:
    row = _at(publication, action, by)
    if not row.about.is_party:
        raise Refused("只有党务公开要保密审查。", rule="PAO-02")
    _refuse_names_missing(names)
    if _has_proposed(row, by):
        raise Refused("送审的人不能自己办保密审查，请换一个人用自己的账号办。", rule="PAO-02")
    return _step(row, action, by, names=names, note=note)


def _refuse_names_missing(names: str) -> None:
    if not names.strip():
        raise Refused("请写明审查的人。", field="names")


def _has_proposed(row: Publication, by: Person) -> bool:
    return row.deeds.filter(action="propose", by_id=by.pk).exists()


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
    _refuse_private(row)
    if row.about.is_finance and (missing := rules.names_missing(signatures.titled)):
        raise Refused(f"财务公开要三个人签字，还差：{'、'.join(missing)}。", rule="FIN-06")
    for field, (title, name) in zip(SIGNED, signatures.titled, strict=True):
        refuse_private_words(title, name, field=field)
        setattr(row, field, name.strip())
    _join_chain(row)
    _step(row, "publish", by)
    if row.replaces:
        _replace(row.replaces, by)
    answer_orders(row, by)
    return row


@transaction.atomic
def file(publication: Publication, *, note: str = "", by: Person) -> Publication:
    """The township acknowledges what was published, where the county wants it filed (VAD-10)."""
    row = _at(publication, "file", by)
    if filing_due(row) is None:
        raise Refused("这一件不用备案，或者已经备案。", rule="VAD-10")
    return _step(row, "file", by, note=note)


def filing_due(publication: Publication) -> datetime.date | None:
    """Until when the township is to acknowledge it; None where nobody asks for it, or it has (VAD-10)."""
    published_at = publication.published_at
    if publication.state != State.PUBLISHED or published_at is None:
        return None
    day = published_at.astimezone(CHINA).date()
    own = settings_of(path_of(publication)).on(day)
    days = int(limit("VAD-10", "filing", on=day, overrides=own).value)
    is_filed = publication.deeds.filter(action="file").exists()
    return day + datetime.timedelta(days=days) if days and not is_filed else None


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: Person) -> Publication:
    """Declare a publication void; it stays visible as withdrawn, with the reason."""
    row = _at(publication, "withdraw", by)
    if not reason.strip():
        raise Refused("请写明撤回的原因。", field="reason")
    refuse_private_words("撤回的原因", reason, field="reason")
    row.withdraw_reason = reason.strip()
    retire(row.statement)
    return _step(row, "withdraw", by, note=reason)


def _refuse_private(row: Publication) -> None:
    """What must not be published stands neither in the words nor in a file (PRIV-06)."""
    refuse_personal_numbers(row)
    refuse_private_files(row)


def _at(publication: Publication, action: str, by: Person) -> Publication:
    """The publication, locked, for whoever may take the step."""
    demand(by, PARTY_STEPS[action].permission, path_of(publication))
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
    refuse_private_words("姓名一栏", names, field="names")
    refuse_private_words("写的话", note, field="note")
    take(way_of(is_party=row.about.is_party), action, row)
    row.version += 1
    Deed.objects.create(
        publication=row, action=action, on=on or today(), names=names.strip(), note=note.strip(), by_id=by.pk
    )
    save_checked(row)
    tell(action, row, by)
    return row


def _join_chain(row: Publication) -> None:
    """The next place in the village's chain; the village is locked, so that nobody else takes it.

    What is not for everybody has a chain of its own, so that the public one has no gaps.
    """
    Village.objects.select_for_update().get(pk=row.village_id)
    is_public = Q(audience=Audience.PUBLIC)
    same = is_public if row.audience == Audience.PUBLIC else ~is_public
    mine = Publication.objects.filter(same, village=row.village_id, chain_number__isnull=False)
    last = mine.order_by("-chain_number").values_list("chain_number", "checksum").first()
    row.published_at = timezone.now()
    number, checksum = last or (0, chain.FIRST)
    row.chain_number, row.previous_checksum = (number or 0) + 1, checksum
    prefetch_related_objects([row], "files__attachment")
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
    own = settings_of(path_of(publication)).on(day)
    return day + datetime.timedelta(days=int(limit("VAD-11", on=day, overrides=own).value))
