"""Reads of the public side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from apps.core.periods import Period
from apps.disclosure import chain
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, ITEMS, Item, Rhythm
from apps.disclosure.models import Published, PublishedPosting, PublishedSetting, PublishedVillage
from apps.disclosure.plain import item_key
from apps.disclosure.rhythm import due_on, finance_rhythm, last_period
from apps.disclosure.states import State
from apps.opinions.models import PublishedAskingPlace, PublishedOpinion
from apps.organizations.naming import county_name, short_label
from apps.regulations.counties import county_of as county_path
from apps.regulations.table import Overrides

SHOWN_LINES = 5


@dataclass(frozen=True)
class OwnNumbers:
    """What a county has set for itself, oldest first."""

    rows: tuple[PublishedSetting, ...]

    def on(self, moment: datetime.date | Period) -> Overrides:
        day = moment if isinstance(moment, datetime.date) else moment.first
        return {row.rule: row.value for row in self.rows if row.since <= day}


@dataclass(frozen=True)
class Township:
    """A township with its villages, each with where its statement stands."""

    code: str
    name: str
    villages: tuple[tuple[PublishedVillage, ItemState], ...]


@dataclass(frozen=True)
class ItemState:
    """Where one item of a village stands: published for the last period, or not."""

    item: Item
    rhythm: Rhythm
    publication: Published | None
    period: Period | None
    days: int
    """Until it must be public; negative when that day is over."""

    @property
    def is_overdue(self) -> bool:
        return self.publication is None and self.period is not None and self.days < 0

    @property
    def words(self) -> str:
        """ "已公布", "逾期 7 天", "还有 3 天", "没有新的" """
        if self.publication:
            return "已公布"
        if self.period is None:
            return "没有新的"
        return f"逾期 {-self.days} 天" if self.days < 0 else f"还有 {self.days} 天"


@dataclass(frozen=True)
class Line:
    """A line of a statement as people read it; amounts in yuan, what went out is negative."""

    number: int
    on: datetime.date
    plain: str
    summary: str
    amount: Decimal
    balance: Decimal
    voucher: str
    remark: str
    compared: str
    asked: tuple[int, ...] = ()
    """What was asked about it, by number."""

    @property
    def signed(self) -> str:
        """ "+ 8,420.00", "− 3,200.00" """
        return f"{'+' if self.amount >= 0 else '−'} {abs(self.amount):,.2f}"


def villages() -> list[PublishedVillage]:
    return list(PublishedVillage.objects.all())


def county_of(everywhere: Sequence[PublishedVillage]) -> str:
    return county_name(everywhere[0].county) if everywhere else ""


def townships(on: datetime.date) -> list[Township]:
    """Every township that has a village here, in the county's order; three queries."""
    everywhere = villages()
    states = finance_states(everywhere, on)
    groups: dict[tuple[str, str], list[PublishedVillage]] = {}
    for village in everywhere:
        groups.setdefault((village.township_code, township_name(village)), []).append(village)
    return [
        Township(code, name, tuple((village, states[village.pk]) for village in rows))
        for (code, name), rows in groups.items()
    ]


def township_name(village: PublishedVillage) -> str:
    """How people call it: 东桥镇."""
    return short_label(village.township, county=county_name(village.county), is_township=True)


def finance_states(rows: Sequence[PublishedVillage], on: datetime.date) -> dict[int, ItemState]:
    """Where the statement of each village stands; one query."""
    rhythms = {row.pk: finance_rhythm(monthly=row.finance_monthly) for row in rows}
    periods = {rhythm: last_period(rhythm, on) for rhythm in set(rhythms.values())}
    ends = [period.last for period in periods.values() if period]
    held = {
        (each.village_id, each.last_on): each
        for each in _light(Published.objects.filter(item=INCOME_AND_EXPENSE, last_on__in=ends))
        if each.is_in_force
    }
    own = {county: numbers_of(county) for county in {county_path(row.place) for row in rows}}
    return {row.pk: _state(row, periods[rhythms[row.pk]], held, own, on) for row in rows}


def numbers_of(county: str) -> OwnNumbers:
    """What the county has set for itself; one query."""
    return OwnNumbers(tuple(PublishedSetting.objects.filter(county=county)))


def _state(
    village: PublishedVillage,
    period: Period | None,
    held: dict[tuple[int, datetime.date], Published],
    own: dict[str, OwnNumbers],
    on: datetime.date,
) -> ItemState:
    item, rhythm = ITEMS[INCOME_AND_EXPENSE], finance_rhythm(monthly=village.finance_monthly)
    if period is None:
        return ItemState(item, rhythm, None, None, 0)
    days = (due_on(period, own[county_path(village.place)]) - on).days
    return ItemState(item, rhythm, held.get((village.pk, period.last)), period, days)


def _light(rows: QuerySet[Published]) -> QuerySet[Published]:
    return rows.defer("content")


def village_named(code: str) -> PublishedVillage:
    """Raises PublishedVillage.DoesNotExist."""
    return PublishedVillage.objects.get(code=code)


def publications_of(village: PublishedVillage, *, year: int | None = None) -> list[Published]:
    """Everything that the village published, newest first; without the contents."""
    rows = _light(village.publications.all())
    return list(rows.filter(last_on__year=year) if year else rows)


def latest_statement(village: PublishedVillage) -> Published | None:
    rows = village.publications.filter(item=INCOME_AND_EXPENSE, state=State.PUBLISHED)
    return rows.order_by("-last_on").first()


def publication_named(code: str, number: int) -> Published:
    """Raises Published.DoesNotExist."""
    return Published.objects.select_related("village").get(village__code=code, chain_number=number)


def versions_of(publication: Published) -> list[Published]:
    """Every version of the same item and period, the first one first."""
    same = Published.objects.filter(
        village=publication.village_id,
        item=publication.item,
        kind=publication.kind,
        first_on=publication.first_on,
        last_on=publication.last_on,
    )
    return list(_light(same).order_by("chain_number"))


def postings_of(publication: Published) -> list[PublishedPosting]:
    """Where it hangs and hung on a notice board, the first time first."""
    return list(publication.postings.all())


def item_states(village: PublishedVillage, rows: Iterable[Published], on: datetime.date) -> list[ItemState]:
    """Statement first, then every item that the village has published, each with where it stands."""
    in_force = [row for row in rows if row.is_in_force]
    held = {(row.item, row.last_on): row for row in in_force}
    latest: dict[str, Published] = {}
    for row in in_force:
        latest.setdefault(row.item, row)
    codes = dict.fromkeys([INCOME_AND_EXPENSE, *sorted(latest)])
    own = numbers_of(county_path(village.place))
    return [_item_state(ITEMS[code], village, held, latest, own, on) for code in codes]


def _item_state(
    item: Item,
    village: PublishedVillage,
    held: dict[tuple[str, datetime.date], Published],
    latest: dict[str, Published],
    own: OwnNumbers,
    on: datetime.date,
) -> ItemState:
    is_statement = item.code == INCOME_AND_EXPENSE
    rhythm = finance_rhythm(monthly=village.finance_monthly) if is_statement else item.rhythm
    period = last_period(rhythm, on)
    if period is None:
        return ItemState(item, rhythm, latest.get(item.code), None, 0)
    days = (due_on(period, own) - on).days
    return ItemState(item, rhythm, held.get((item.code, period.last)), period, days)


# --- a statement ----------------------------------------------------------------------------------


def earlier_contents(publication: Published) -> dict[str, dict[str, Any]]:
    """The contents of the same table of the period before and of a year before, by "上期" and "去年"."""
    rows = Published.objects.filter(
        village=publication.village_id, item=publication.item, kind=publication.kind, state=State.PUBLISHED
    )
    before = rows.filter(last_on__lt=publication.first_on).order_by("-last_on").first()
    year_ago = rows.filter(
        first_on__year=publication.first_on.year - 1,
        first_on__month=publication.first_on.month,
        first_on__day=publication.first_on.day,
    ).first()
    found = {"上期": before, "去年": year_ago} if before != year_ago else {"去年": year_ago}
    return {words: row.content for words, row in found.items() if row and row.content}


def lines_of(publication: Published) -> list[Line]:
    """The lines of its statement, each compared with the same thing earlier; at most two queries."""
    statement = (publication.content or {}).get("statement")
    if not statement:
        return []
    earlier = {words: _sums(content["statement"]) for words, content in earlier_contents(publication).items()}
    return [_line(line, earlier) for line in statement["lines"]]


def _sums(statement: dict[str, Any]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in statement["lines"]:
        key = item_key(line["summary"])
        found[key] = found.get(key, Decimal(0)) + _amount(line)
    return found


def _amount(line: dict[str, Any]) -> Decimal:
    return Decimal(line["income"]) - Decimal(line["expense"])


def _line(line: dict[str, Any], earlier: dict[str, dict[str, Decimal]]) -> Line:
    amount = _amount(line)
    key = item_key(line["summary"])
    words = [_difference(name, amount, sums[key]) for name, sums in earlier.items() if key in sums]
    return Line(
        number=line["number"],
        on=datetime.date.fromisoformat(line["on"]),
        plain=line["plain"],
        summary=line["summary"],
        amount=amount,
        balance=Decimal(line["balance"]),
        voucher=line["voucher"],
        remark=line["remark"],
        compared="，".join(words),
    )


def _difference(name: str, now: Decimal, then: Decimal) -> str:
    """ "比上期多 86.20 元" """
    change = abs(now) - abs(then)
    if not change:
        return f"和{name}一样"
    return f"比{name}{'多' if change > 0 else '少'} {abs(change):,.2f} 元"


def chain_of(village: PublishedVillage) -> tuple[list[Published], list[chain.Break]]:
    """The village's publications in the order of the chain, and whatever does not hold."""
    rows = list(village.publications.order_by("chain_number"))
    links = (chain.Link(row.chain_number, row.content, row.checksum, row.previous_checksum) for row in rows)
    return rows, list(chain.breaks(links))


def found(text: str, *, code: str = "", limit: int) -> list[Published]:
    """What holds every word: everywhere in title and village, in one village in the contents too."""
    rows = Published.objects.select_related("village").exclude(state=State.WITHDRAWN)
    if code:
        rows = rows.filter(village__code=code)
    for word in text.split():
        inside = Q(content__icontains=word) if code else Q()
        rows = rows.filter(Q(title__icontains=word) | Q(village__name__icontains=word) | inside)
    return list(_light(rows)[:limit])


def stamp(code: str = "") -> str:
    """What changes whenever something is published, withdrawn, put up or answered, there or anywhere."""
    rows = Published.objects.filter(village__code=code) if code else Published.objects.all()
    withdrawn = Count("id", filter=Q(state=State.WITHDRAWN))
    told = rows.aggregate(all=Count("id"), last=Max("published_at"), withdrawn=withdrawn)
    beside = (PublishedPosting.objects, PublishedOpinion.objects, PublishedAskingPlace.objects)
    more = [each.aggregate(Count("id"), Max("changed_at")) for each in beside]
    return "-".join(str(value) for found in (told, *more) for value in found.values())
