"""What is archived: nobody says so, it follows from the way, the board and the opinions (VAD-10, VAD-44).

A publication is archived once everybody could read it for the law's days on the board and nothing about it
is open any more. What it belongs together with in apps above, they say themselves (`belongs`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, ExtractYear

from apps.attachments.queries import photos_of
from apps.core.scope import Reader, ScopedQuerySet
from apps.disclosure.board import Rule
from apps.disclosure.catalogue import Audience, Rhythm
from apps.disclosure.models import Posting, Publication
from apps.disclosure.queries import publications_for
from apps.disclosure.states import PUBLIC, State
from apps.organizations.models import Organization, Village
from apps.regulations.settings import settings_of
from apps.regulations.table import limit, provision


@dataclass(frozen=True)
class Belonging:
    """What an app above keeps of the publication OuterRef("pk"); `is_open` is what still waits of it."""

    title: str
    rows: Callable[[], QuerySet[Any]]
    is_open: Q


BELONGINGS: list[Belonging] = []


def belongs(title: str, rows: Callable[[], QuerySet[Any]], is_open: Q) -> None:
    """Apps above say in AppConfig.ready() what of theirs is archived with a publication."""
    BELONGINGS.append(Belonging(title, rows, is_open))


# --- whether --------------------------------------------------------------------------------------


def with_archive(rows: ScopedQuerySet, rule: Rule, on: datetime.date) -> ScopedQuerySet:
    """Each with `has_hung`, `is_discussed` and `is_archived`."""
    found: ScopedQuerySet = rows.annotate(has_hung=_has_hung(rule, on), is_discussed=_is_discussed())
    return found.annotate(is_archived=Q(state__in=PUBLIC) & Q(has_hung=True) & Q(is_discussed=False))


def _has_hung(rule: Rule, on: datetime.date) -> Q:
    """Whether the days of the board are over; what is not for everybody or no longer in force has none."""
    span = datetime.timedelta(days=rule.least)
    over = Posting.objects.filter(publication=OuterRef("pk"), put_up_on__lt=on - span).counting(rule)
    needs_none = Q(published_at__date__lt=rule.since) | ~Q(audience=Audience.PUBLIC)
    return needs_none | Q(state__in=[State.REPLACED, State.WITHDRAWN]) | Q(Exists(over))


def _is_discussed() -> Q:
    """Whether something about it is still being dealt with."""
    found = Q(Value(False))
    for each in BELONGINGS:
        found |= Q(Exists(each.rows().filter(each.is_open)))
    return found


# --- boxes ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A village's year: how many were published, and how many of them are archived."""

    village: int
    name: str
    year: int
    count: int
    archived: int

    @property
    def waiting(self) -> int:
        return self.count - self.archived

    @property
    def is_whole(self) -> bool:
        return self.count == self.archived


def boxes_for(user: Reader, rule: Rule, on: datetime.date, *, under: Organization | None = None) -> list[Box]:
    """Every village and year in which something was published, the latest year first; one query."""
    rows = publications_for(user).filter(state__in=PUBLIC)
    if under:
        rows = rows.filter(village__organization__path__startswith=under.path)
    counted = (
        with_archive(rows, rule, on)
        .annotate(year=ExtractYear("last_on"))
        .values("village", "village__name", "year")
        .annotate(count=Count("pk"), archived=Count("pk", filter=Q(is_archived=True)))
        .order_by("-year", "village__organization__path")
    )
    values = counted.values_list("village", "village__name", "year", "count", "archived")
    return [Box(*each) for each in values]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a box's list: what lies in it, for how long it is kept, and what still holds it."""

    number: int
    publication: Publication
    contents: str
    keep: str
    basis: str
    waits: str

    @property
    def remark(self) -> str:
        """ "第 2 版", "已撤回" """
        words = [f"第 {self.publication.revision} 版"] if self.publication.revision > 1 else []
        if self.publication.state != State.PUBLISHED:
            words.append(self.publication.get_state_display())
        return "，".join(words)


def box_of(user: Reader, village: Village, year: int, rule: Rule, on: datetime.date) -> list[Item]:
    """The list of a box in the order of publishing: the same number of queries for any length."""
    rows = with_archive(publications_for(user), rule, on).filter(
        village=village, last_on__year=year, state__in=PUBLIC
    )
    for at, each in enumerate(BELONGINGS):
        rows = rows.annotate(**{f"belongs_{at}": _count_of(each)})
    rows = rows.select_related("village__organization", "group", "table")
    rows = rows.prefetch_related("deeds", "postings").annotate(file_count=Count("files"))
    publications = list(rows.order_by("published_at", "pk"))
    photos = photos_of(str(posting.key) for row in publications for posting in row.postings.all())
    own = settings_of(village.organization.path).on(on)
    years = limit("VAD-44", on=on, overrides=own)
    forever = provision("VAD-43", on=on)
    return [
        Item(
            number,
            row,
            _contents(row, photos),
            *(("永久", forever.code) if _is_yearly_account(row) else (f"{years.value} 年", years.code)),
            waits=_waits(row),
        )
        for number, row in enumerate(publications, 1)
    ]


def sources(on: datetime.date) -> list[Any]:
    """The rules behind how long it is kept."""
    found: list[Any] = [provision("VAD-40", on=on), provision("VAD-43", on=on), limit("VAD-44", on=on)]
    return found


def _count_of(belonging: Belonging) -> Coalesce:
    counts = belonging.rows().order_by().values("publication").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def _is_yearly_account(row: Publication) -> bool:
    """A year's balance sheet or income with its distribution, which is kept for ever (VAD-43)."""
    table = row.filled
    return bool(table and table.about.is_finance and table.about.rhythm is Rhythm.YEAR)


PAPERS = {
    "propose": "公开方案",
    "consent": "审查意见",
    "clear": "保密审查",
    "confirm": "联席会议记录",
    "publish": "公布件",
    "file": "备案",
}


def _contents(row: Any, photos: dict[str, int]) -> str:
    """ "公开方案、审查意见、联席会议记录、公布件、附件 2、照片 1、意见和答复 1" """
    taken = {deed.action for deed in row.deeds.all()}
    words = [title for action, title in PAPERS.items() if action in taken]
    counts = {
        "附件": row.file_count,
        "照片": sum(photos.get(str(posting.key), 0) for posting in row.postings.all()),
        **{each.title: getattr(row, f"belongs_{at}") for at, each in enumerate(BELONGINGS)},
    }
    return "、".join([*words, *(f"{title} {count}" for title, count in counts.items() if count)])


def _waits(row: Any) -> str:
    """Why it is not archived yet; "" when it is."""
    if row.is_archived:
        return ""
    return "还有意见没有办结" if row.has_hung else "公开栏上还没有贴满"
