"""The county's yearly catalogue: begun, changed as a draft, adopted; what is added to it (VAD-15)."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import add_years, today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.core.workflow import lock_for
from apps.disclosure import rules
from apps.disclosure.catalogue import ITEMS, Item, own_title
from apps.disclosure.ledgers import item_for
from apps.disclosure.models import AddedItem, Catalogue, CatalogueItem, DisclosureEvent
from apps.disclosure.shelf import SEED
from apps.organizations.models import Organization, Village
from apps.regulations.counties import county_of
from apps.regulations.settings import settings_of
from apps.regulations.table import Overrides, limit

ADOPT, ADD = "disclosure.catalogue", "disclosure.add"
ADOPTED = "这一版目录已经确定，不能再改；要改，请另出一版。"


@dataclass(frozen=True, slots=True)
class Asked:
    """How many asked for an item together, of how many; None where nobody of them was asked."""

    villagers: int | None = None
    all_villagers: int | None = None
    deputies: int | None = None
    all_deputies: int | None = None

    @property
    def is_given(self) -> bool:
        return bool(self.villagers or self.deputies)


@transaction.atomic
def begin_catalogue(county: Organization, *, year: int, by: Person) -> Catalogue:
    """A draft for a year: of its last version, else of the year before, else of what the system brings."""
    demand(by, ADOPT, county.path)
    row = lock_for(county)
    if row.parent_id is not None:
        raise Refused("公开目录由县里制定。")
    adopted = Catalogue.objects.filter(organization=row, adopted_on__isnull=False)
    last = adopted.filter(year__lte=year).order_by("-year", "-number").first()
    number = (adopted.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    goes_on = number == 1 and last is not None
    catalogue = Catalogue(organization=row, year=year, number=number, since=_proposed(year, goes_on=goes_on))
    save_checked(catalogue)
    items = [each.about for each in last.items.all()] if last else SEED
    CatalogueItem.objects.bulk_create(_items(catalogue, items))
    record("disclosure.begin_catalogue", by=by, on=catalogue, organization_path=row.path)
    return catalogue


def _proposed(year: int, *, goes_on: bool) -> datetime.date:
    """From when a version is proposed to count.

    What goes on from the year before does from the year's first day; a later version, and a county's first
    in mid-year, from today: what lies behind is asked of nobody.
    """
    first_day = datetime.date(year, 1, 1)
    return first_day if goes_on else max(first_day, today())


def _items(catalogue: Catalogue, items: tuple[Item, ...] | list[Item]) -> list[CatalogueItem]:
    return [
        CatalogueItem(catalogue=catalogue, place=place, **asdict(item)) for place, item in enumerate(items, 1)
    ]


@transaction.atomic
def change_item(item: CatalogueItem, *, by: Person, **changes: str) -> CatalogueItem:
    """Change what the county may: never less often, less widely posted or less masked than the law asks."""
    catalogue = _draft_of(item.catalogue, by)
    row = lock_for(item)
    for name, value in changes.items():
        setattr(row, name, value)
    if broken := rules.item_fault(row.about, ITEMS.get(row.code)):
        field, sentence, rule = broken
        raise Refused(sentence, field=field, rule=rule)
    save_checked(row)
    _tell("change_catalogue", catalogue, by, item=row.code)
    return row


@transaction.atomic
def add_to_catalogue(catalogue: Catalogue, *, kind: str, by: Person, **text: str) -> CatalogueItem:
    """An item of the county's own, in the draft."""
    draft = _draft_of(catalogue, by)
    code = _next_code(draft.organization, kind, "X")
    place = (draft.items.aggregate(last=Max("place"))["last"] or 0) + 1
    row = CatalogueItem(catalogue=draft, place=place, code=code, **text)
    _check_own(row.about)
    save_checked(row)
    _tell("change_catalogue", draft, by, item=code)
    return row


@transaction.atomic
def adopt(catalogue: Catalogue, *, since: datetime.date, by: Person) -> Catalogue:
    """From now on the draft counts and never changes."""
    row = _draft_of(catalogue, by)
    before = Catalogue.objects.filter(
        organization=row.organization_id, year=row.year, adopted_on__isnull=False
    ).aggregate(last=Max("since"))["last"]
    if before and not (since > before and since >= today()):
        raise Refused("新的一版要从今天或者以后算起，并且晚于上一版的起算日。", field="since")
    row.since, row.adopted_on, row.adopted_by_id = since, today(), by.pk
    save_checked(row)
    _tell("adopt_catalogue", row, by)
    return row


@transaction.atomic
def add_item(
    organization: Organization,
    *,
    kind: str,
    since: datetime.date,
    asked: Asked | None = None,
    by: Person,
    **text: str,
) -> AddedItem:
    """What a township or village publishes besides; of villagers who ask, enough must (VAD-14)."""
    demand(by, ADD, organization.path)
    if organization.parent_id is None:
        raise Refused("县里要增加事项，请另出一版目录。")
    asked = asked or Asked()
    if asked.is_given:
        _check_asked(asked, settings_of(organization.path).on(since), since)
    level = "C" if Village.objects.filter(organization=organization).exists() else "Z"
    row = AddedItem(
        organization=organization,
        county=county_of(organization.path),
        code=_next_code(organization, kind, level),
        since=since,
        villagers=asked.villagers,
        all_villagers=asked.all_villagers,
        deputies=asked.deputies,
        all_deputies=asked.all_deputies,
        by_id=by.pk,
        **text,
    )
    _check_own(row.about)
    save_checked(row)
    record("disclosure.add_item", by=by, on=row, organization_path=organization.path, item=row.code)
    return row


@transaction.atomic
def register_event(
    village: Village, *, item: str, happened_on: datetime.date, words: str, by: Person
) -> DisclosureEvent:
    """Something happened that must be public within days (VAD-04)."""
    demand(by, ADD, village.organization.path)
    if not add_years(today(), -1) <= happened_on <= today():
        raise Refused("日期不能晚于今天，也不能早于一年以前。", field="happened_on")
    row = DisclosureEvent(
        village=village,
        item=item,
        item_title=own_title(item_for(village, item)),
        happened_on=happened_on,
        words=words.strip(),
        by_id=by.pk,
    )
    save_checked(row)
    record("disclosure.register_event", by=by, on=row, organization_path=village.organization.path)
    return row


@transaction.atomic
def cancel_event(event: DisclosureEvent, *, reason: str, by: Person) -> DisclosureEvent:
    """What was registered by mistake is owed no longer; it stays, with the reason."""
    path = event.village.organization.path
    demand(by, ADD, path)
    row = lock_for(event)
    if not reason.strip():
        raise Refused("请写明作废的原因。", field="reason")
    if row.cancel_reason or row.publications.exists():
        raise Refused("这件事已经作废，或者已经在公开，不能作废。")
    row.cancel_reason = reason.strip()
    save_checked(row)
    record("disclosure.cancel_event", by=by, on=row, organization_path=path, reason=row.cancel_reason)
    return row


@transaction.atomic
def owe(
    village: Village,
    *,
    item: str,
    happened_on: datetime.date,
    words: str,
    event: DisclosureEvent | None = None,
    by: Person,
) -> DisclosureEvent:
    """What an app above knows to have happened is to be made public; `event` again, where it was owed before.

    Whoever calls has checked the permission.
    """
    row = lock_for(event) if event else DisclosureEvent(village=village, item=item, by_id=by.pk)
    row.happened_on, row.words, row.cancel_reason = happened_on, words, ""
    save_checked(row)
    record("disclosure.register_event", by=by, on=row, organization_path=village.organization.path)
    return row


@transaction.atomic
def release(event: DisclosureEvent, *, reason: str, by: Person) -> None:
    """It did not happen after all. Whoever calls has checked the permission."""
    row = lock_for(event)
    row.cancel_reason = reason
    save_checked(row)
    path = row.village.organization.path
    record("disclosure.cancel_event", by=by, on=row, organization_path=path, reason=reason)


def _draft_of(catalogue: Catalogue, by: Person) -> Catalogue:
    demand(by, ADOPT, catalogue.organization.path)
    row = lock_for(catalogue)
    if row.adopted_on:
        raise Refused(ADOPTED, rule="VAD-15")
    return row


def _next_code(organization: Organization, kind: str, level: str) -> str:
    """ "V-C3": the kind of affairs, who added it, and the next number of the county; locked until the end."""
    county = county_of(organization.path)
    Organization.objects.select_for_update().get(path=county)
    beginning = f"{kind}-{level}"
    own = CatalogueItem.objects.filter(catalogue__organization__path=county, code__startswith=beginning)
    added = AddedItem.objects.filter(county=county, code__startswith=beginning)
    taken = {*own.values_list("code", flat=True), *added.values_list("code", flat=True)}
    return f"{beginning}{len(taken) + 1}"


def _check_own(item: Item) -> None:
    if broken := rules.item_fault(item, None):
        field, sentence, rule = broken
        raise Refused(sentence, field=field, rule=rule)


def _check_asked(asked: Asked, own: Overrides, on: datetime.date) -> None:
    villagers = limit("VAD-14", on=on, overrides=own)
    deputies = limit("VAD-14", "deputies", on=on, overrides=own)
    if not (
        rules.asked_by_enough(villagers, asked.villagers, asked.all_villagers)
        or rules.asked_by_enough(deputies, asked.deputies, asked.all_deputies)
    ):
        words = f"全村村民的 1/{villagers.value}，或者全体村民代表的 1/{deputies.value}"
        raise Refused(f"联名的人还不够：至少要有{words}。", field="villagers", rule="VAD-14")


def _tell(action: str, catalogue: Catalogue, by: Person, **details: Any) -> None:
    path = catalogue.organization.path
    record(f"disclosure.{action}", by=by, on=catalogue, organization_path=path, **details)
