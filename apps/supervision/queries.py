"""Reads of the inside: committees with what is amiss, their records, opinions and reports."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from apps.core.access import Person
from apps.core.calendar import written
from apps.core.periods import HalfYear, Quarter
from apps.core.scope import Reader, ScopedQuerySet
from apps.disclosure.models import Deed, Publication
from apps.disclosure.rhythm import due_on
from apps.disclosure.states import STEPS, State
from apps.members.queries import secretary_seats
from apps.organizations.models import Village
from apps.regulations.counties import county_of
from apps.regulations.settings import settings_of
from apps.supervision.models import CommitteeMember, SupervisionRecord, SupervisionReport
from apps.supervision.rules import warnings_of
from apps.supervision.wording import Work

if TYPE_CHECKING:
    from django.db.models import QuerySet

VIEW, WRITE, APPOINT = "supervision.view", "supervision.write", "supervision.appoint"
REPORT = "V21"
OPINIONS = ("consent", "object")
OPINION_CHOICES = [(action, STEPS[action].label) for action in OPINIONS]
SHOWN = 20


def villages_for(user: Reader) -> QuerySet[Village]:
    """The villages whose committees the user may see, with those who sit on them now."""
    now = CommitteeMember.objects.current()
    rows: QuerySet[Village] = Village.objects.within(user, VIEW).current()
    return rows.select_related("organization").prefetch_related(
        Prefetch("supervisors", now, to_attr="committee")
    )


@dataclass(frozen=True)
class ReportDue:
    """The report of the last half-year: whether everybody can read it, and until when they must."""

    half: HalfYear
    due_on: datetime.date
    is_public: bool
    days: int
    """Left until the day; negative when it is over."""
    is_asked: bool = True
    """Whether the village was asked to publish here by the end of the half-year."""

    @property
    def is_overdue(self) -> bool:
        return self.is_asked and not self.is_public and self.days < 0

    @property
    def words(self) -> str:
        """ "已公布", "逾期 7 天", "还有 3 天" """
        if self.is_public:
            return "已公布"
        if not self.is_asked:
            return "不用报告"
        return f"逾期 {-self.days} 天" if self.days < 0 else f"还有 {self.days} 天"

    @property
    def sentence(self) -> str:
        """ "报告应在2026年7月15日以前公布，逾期 130 天。" """
        return f"报告应在{written(self.due_on)}以前公布，{self.words}。"


@dataclass(frozen=True)
class Committee:
    """A village's committee with what is amiss, as (state, sentence, article), and its report."""

    village: Village
    members: list[CommitteeMember]
    warnings: list[tuple[str, str, str]]
    report: ReportDue


def committees_of(villages: Iterable[Village], user: Person, *, on: datetime.date) -> list[Committee]:
    """The committees of villages that `villages_for` fetched; a fixed number of queries."""
    villages = list(villages)
    secretaries = _secretaries(user, on)
    half = HalfYear.of(on).previous()
    told = set(
        Publication.objects.filter(
            village__in=villages, item=REPORT, last_on=half.last, state=State.PUBLISHED
        ).values_list("village_id", flat=True)
    )
    own = {county: settings_of(county) for county in {county_of(each.organization.path) for each in villages}}
    found = []
    for village in villages:
        numbers = own[county_of(village.organization.path)]
        day = due_on(Quarter.of(half.last), numbers)
        members: list[CommitteeMember] = village.committee  # type: ignore[attr-defined]
        names = secretaries.get(village.organization_id, set())
        amiss = warnings_of(members, names, on=on, own=numbers.on(on), head=village.chairman)
        is_asked = half.last >= village.since
        report = ReportDue(half, day, village.pk in told, (day - on).days, is_asked)
        found.append(Committee(village, members, amiss, report))
    return found


def reports_overdue(user: Person, *, on: datetime.date) -> list[Committee]:
    """The committees of which the user writes the report and it is overdue (SUPV-05)."""
    if not user.may(WRITE):
        return []
    mine = villages_for(user).filter(user.scope_for(WRITE).q(Village.scope_lookup))
    return [each for each in committees_of(mine, user, on=on) if each.report.is_overdue]


def _secretaries(user: Reader, on: datetime.date) -> dict[int, set[str]]:
    """Names of the secretaries of each organization that the user may see."""
    found: dict[int, set[str]] = {}
    for place, name in secretary_seats(user, on).values_list("term__organization_id", "member__name"):
        found.setdefault(place, set()).add(name)
    return found


def members_for(user: Reader) -> ScopedQuerySet:
    """Everybody who sits or sat on a committee."""
    rows: ScopedQuerySet = CommitteeMember.objects.visible_to(user)
    return rows.select_related("village__organization")


def records_for(user: Reader) -> ScopedQuerySet:
    """What the committees looked at, newest first."""
    rows: ScopedQuerySet = SupervisionRecord.objects.visible_to(user)
    return rows.select_related("village__organization")


def reports_for(user: Reader) -> ScopedQuerySet:
    """What they report for each half-year, newest first."""
    rows: ScopedQuerySet = SupervisionReport.objects.visible_to(user)
    rows = rows.select_related("village__organization", "publication")
    return rows.defer("publication__content", "publication__body")


def opinions_for(user: Reader) -> ScopedQuerySet:
    """What they said of publications, newest first."""
    rows: ScopedQuerySet = Deed.objects.visible_to(user).filter(action__in=OPINIONS)
    rows = rows.select_related("publication__village__organization")
    return rows.defer("publication__content", "publication__body").order_by("-pk")


def village_for(user: Reader, number: int) -> Village:
    """Raises Village.DoesNotExist outside the scope."""
    found: Village = villages_for(user).get(pk=number)
    return found


def member_for(user: Reader, number: int) -> CommitteeMember:
    found: CommitteeMember = members_for(user).get(pk=number)
    return found


def record_for(user: Reader, number: int) -> SupervisionRecord:
    found: SupervisionRecord = records_for(user).get(pk=number)
    return found


def records_of(village: Village) -> QuerySet[SupervisionRecord]:
    """What the committee looked at, newest first. Whoever calls has checked the scope."""
    rows: QuerySet[SupervisionRecord] = village.supervision_records.all()
    return rows


def opinions_of(village: Village) -> list[Deed]:
    """What the committee said of publications, newest first."""
    rows = Deed.objects.filter(publication__village=village, action__in=OPINIONS)
    return list(rows.select_related("publication").defer("publication__content").order_by("-id")[:SHOWN])


def reports_of(village: Village) -> list[SupervisionReport]:
    return list(
        village.supervision_reports.select_related("publication").defer("publication__content")[:SHOWN]
    )


def report_of(village: Village, half: HalfYear) -> SupervisionReport | None:
    rows: QuerySet[SupervisionReport] = village.supervision_reports.select_related("publication")
    return rows.filter(first_on=half.first).first()


def work_of(village: Village, half: HalfYear) -> Work:
    """What goes into the report: who sat on the committee, what it checked and looked at."""
    span = (half.first, half.last)
    sat = village.supervisors.filter(since__lte=half.last).filter(Q(until=None) | Q(until__gt=half.last))
    deeds = Deed.objects.filter(publication__village=village, on__range=span)
    return Work(
        half,
        list(sat),
        list(village.supervision_records.filter(held_on__range=span).order_by("held_on", "id")),
        deeds.filter(action="consent").count(),
        deeds.filter(action="object").count(),
    )
