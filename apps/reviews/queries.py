"""Reads: a branch's reviews and life meetings, the year of a whole scope, results and notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from apps.core.access import Person
from apps.core.calendar import CHINA
from apps.core.lookups import Ids
from apps.core.periods import Year
from apps.core.scope import Reader
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting
from apps.meetings.models import State as MeetingState
from apps.meetings.queries import held_in, meetings_for
from apps.members.models import Member
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.organizations.queries import branches_within
from apps.reviews import rules
from apps.reviews.entries import GRADES, HEAD, TEXTS, Judged, LifeEntry, Mended, ReviewEntry, Votes
from apps.reviews.models import LifeYear, MemberReview, Rectification, ReviewedMember, ReviewNotice
from apps.reviews.vocabulary import Grade, State

YEARS_SHOWN = 2
VALID_LIFE_MEETING = {"state": MeetingState.SUBMITTED, "counted_kinds__contains": [Kind.LIFE_MEETING]}
# At these gatherings members are reviewed, or grades decided.
REVIEW_KINDS = (Kind.MEMBER_REVIEW, Kind.LIFE_MEETING, Kind.GENERAL_MEETING, Kind.GROUP_MEETING)
DECIDING_KINDS = (Kind.COMMITTEE_MEETING, Kind.GENERAL_MEETING, Kind.MEMBER_REVIEW)


def branches_for(user: Reader) -> OrganizationQuerySet:
    """The current branches whose reviews and life meetings the user may see."""
    return branches_within(user, "reviews.view")


def reviews_for(user: Reader) -> QuerySet[MemberReview]:
    """The reviews that the user may read: closed ones, and those that they record."""
    rows: QuerySet[MemberReview] = MemberReview.objects.visible_to(user)
    return rows.select_related("organization")


def with_grades(rows: QuerySet[MemberReview]) -> QuerySet[MemberReview]:
    """The reviews with how many got each grade, how many none, and how many there are in all."""
    counts = {grade: Count("people", filter=Q(people__grade=grade)) for grade in GRADES}
    ungraded = Count("people", filter=~Q(people__no_grade=""))
    return rows.annotate(
        total=Count("people"),
        ungraded=ungraded,
        **{f"graded_{grade}": count for grade, count in counts.items()},
    ).order_by("-year", "organization__path")


def review_for(user: Reader, number: int) -> MemberReview:
    """One review with its meetings; raises MemberReview.DoesNotExist outside the scope."""
    rows = reviews_for(user).select_related("meeting", "deciding_meeting", "edited_by", "closed_by")
    return rows.get(pk=number)


def with_people(rows: QuerySet[MemberReview]) -> QuerySet[MemberReview]:
    """The reviews with everybody on their lists, by name."""
    people = ReviewedMember.objects.select_related("member", "home").order_by("member__pinyin", "member_id")
    return rows.prefetch_related(Prefetch("people", people))


def people_of(review: MemberReview) -> list[ReviewedMember]:
    """Everybody on the list: the branch's own by name, then its guests."""
    rows = review.people.select_related("member", "home").only(
        *(one.name for one in ReviewedMember._meta.concrete_fields),
        "member__name",
        "home__name",
        "home__short_name",
    )
    return sorted(rows.order_by("member__pinyin", "member_id"), key=lambda row: row.home_id is not None)


def as_rules_see(rows: Iterable[ReviewedMember]) -> tuple[rules.Person, ...]:
    return tuple(rules.Person(row.pk, row.member.name, row.is_full, judged_of(row)) for row in rows)


def judged_of(row: ReviewedMember) -> Judged:
    votes = Votes(**{grade: getattr(row, grade) for grade in GRADES})
    return Judged(votes, row.grade, row.no_grade)


def entry_of(review: MemberReview, rows: Iterable[ReviewedMember]) -> ReviewEntry:
    """A stored review as somebody would have entered it."""
    head = {name: getattr(review, name) for name in HEAD}
    return ReviewEntry(**head, people={row.pk: judged_of(row) for row in rows})


def meetings_to_choose(review: MemberReview) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The records of this and the next year at which members were reviewed, and grades decided."""
    year = Year(review.year)
    when = held_in(year) | held_in(year.next())
    rows = review.organization.meetings.filter(when, state=MeetingState.SUBMITTED)
    return _named(rows, REVIEW_KINDS), _named(rows, DECIDING_KINDS)


def _named(rows: QuerySet[Meeting], kinds: Sequence[Kind]) -> list[tuple[int, str]]:
    found = rows.filter(kinds__overlap=list(kinds)).only("held_at", "kinds", "topic")
    return [(row.pk, _words(row)) for row in found]


def _words(row: Meeting) -> str:
    day = row.held_at.astimezone(CHINA)
    return f"{day:%Y-%m-%d} {row.get_kinds_display()} {row.topic}".strip()


def branch_named(name: str) -> Organization | None:
    """The one current branch of exactly that name, wherever it is."""
    rows = Organization.objects.current().branches().filter(name=name.strip())
    found: list[Organization] = list(rows[:2])
    return found[0] if len(found) == 1 else None


def reviews_closed(ids: Iterable[int], year: int) -> set[int]:
    """Which of the organizations have closed the year's review of members (MEET-08); one query."""
    rows = MemberReview.objects.filter(organization__any=Ids(ids), year=year, state=State.CLOSED)
    return set(rows.values_list("organization", flat=True))


def results_of(member: Member) -> list[ReviewedMember]:
    """What closed reviews said of the member, the last first."""
    rows = member.review_results.filter(review__state=State.CLOSED).select_related("review__organization")
    return list(rows.order_by("-review__year", "-review_id"))


@dataclass(frozen=True)
class BranchYear:
    """A branch's two duties of a year, as its page shows them."""

    year: int
    review: MemberReview | None
    parts: tuple[rules.Part, ...]

    @property
    def parts_there(self) -> int:
        return sum(part.is_there for part in self.parts)

    @property
    def has_life_meeting(self) -> bool:
        return self.parts[2].is_there


def years_of(branch: Organization, day: date) -> list[BranchYear]:
    """This year, the last, and whatever is on record before; the last first."""
    reviews = {review.year: review for review in with_grades(branch.member_reviews.all())}
    lives = {life.year: life for life in _with_rectifications(branch.life_years.all())}
    held = Counter(row.life_year or 0 for row in life_records_of(branch).only("life_year"))
    years = {day.year - back for back in range(YEARS_SHOWN)} | set(reviews) | set(lives) | set(held)
    return [
        BranchYear(year, reviews.get(year), rules.parts_of(life_facts(lives.get(year), held[year])))
        for year in sorted(years, reverse=True)
    ]


def life_records_of(branch: Organization) -> QuerySet[Meeting]:
    """The valid records of the branch's life meetings, the last first."""
    rows: QuerySet[Meeting] = branch.meetings.filter(life_year__isnull=False, **VALID_LIFE_MEETING)
    return rows


def _with_rectifications(rows: QuerySet[LifeYear]) -> QuerySet[LifeYear]:
    return rows.prefetch_related("rectifications")


def life_of(branch: Organization, year: int) -> LifeYear | None:
    """What is written of the year's life meeting, with its list."""
    return _with_rectifications(branch.life_years.filter(year=year)).first()


def life_meetings_of(branch: Organization, year: int, user: Reader) -> list[Meeting]:
    """The records of the year's life meeting that the user may open, drafts of their own too."""
    rows = meetings_for(user).filter(organization=branch, life_year=year)
    return list(rows.exclude(state=MeetingState.WITHDRAWN).defer("minutes"))


def life_facts(life: LifeYear | None, meetings: int) -> rules.LifeFacts:
    if life is None:
        return rules.LifeFacts(meetings=meetings)
    texts = {name: getattr(life, name) for name in TEXTS}
    return rules.LifeFacts(**texts, meetings=meetings, rectifications=len(life.rectifications.all()))


def life_entry_of(life: LifeYear | None) -> LifeEntry:
    if life is None:
        return LifeEntry()
    texts = {name: getattr(life, name) for name in TEXTS}
    return LifeEntry(**texts, rectifications=tuple(_mended(row) for row in life.rectifications.all()))


def _mended(row: Rectification) -> Mended:
    return Mended(row.text, row.responsible, row.due_on, row.done_on, row.outcome, row.pk)


def with_year(branches: OrganizationQuerySet, year: int) -> OrganizationQuerySet:
    """The branches with the state of the year's review (None: not begun) and their life meetings."""
    review = MemberReview.objects.filter(organization=OuterRef("pk"), year=year)
    records = Meeting.objects.filter(organization=OuterRef("pk"), life_year=year, **VALID_LIFE_MEETING)
    held = records.order_by().values("organization").annotate(held=Count("pk")).values("held")
    rows: OrganizationQuerySet = branches.annotate(
        review_id=Subquery(review.values("pk")),
        review_state=Subquery(review.values("state")),
        life_meetings=Subquery(held),
    )
    return rows.order_by("path")


@dataclass(frozen=True)
class YearSums:
    """A scope's year: how many branches there are, how many closed, and the grades in those."""

    branches: int
    closed: int
    life_meetings: int
    grades: dict[str, int]
    ungraded: int

    @property
    def graded(self) -> int:
        return sum(self.grades.values())

    @property
    def lines(self) -> list[tuple[str, int]]:
        return [(str(grade.label), self.grades.get(grade, 0)) for grade in Grade]


def sums_of(branches: OrganizationQuerySet, year: int) -> YearSums:
    """The sums over these branches; four queries."""
    ids = branches.order_by().values("pk")
    closed = MemberReview.objects.filter(organization__in=ids, year=year, state=State.CLOSED)
    lives = Meeting.objects.filter(organization__in=ids, life_year=year, **VALID_LIFE_MEETING)
    people = ReviewedMember.objects.filter(review__in=closed.order_by().values("pk"))
    grades = dict(people.values_list("grade").annotate(heads=Count("pk")).order_by())
    return YearSums(
        branches=branches.count(),
        closed=closed.count(),
        life_meetings=lives.aggregate(held=Count("organization", distinct=True))["held"],
        ungraded=grades.pop("", 0),
        grades=grades,
    )


def grades_by_review(ids: Iterable[int]) -> dict[int, Counter[str]]:
    """How many got each grade ("" for none) in those of the reviews that are closed; one query."""
    rows = ReviewedMember.objects.filter(review__in=list(ids), review__state=State.CLOSED)
    found: dict[int, Counter[str]] = {}
    for review, grade, heads in rows.values_list("review", "grade").annotate(heads=Count("pk")).order_by():
        found.setdefault(review, Counter())[grade] = heads
    return found


def notices_for(user: Reader) -> QuerySet[ReviewNotice]:
    """The notices to branches of the user's scope, the last first."""
    rows: QuerySet[ReviewNotice] = ReviewNotice.objects.visible_to(user)
    return rows.select_related("review__organization", "organization", "acknowledged_by")


def notices_to(branch: Organization, user: Person) -> list[ReviewNotice]:
    """What the branch has been told and nobody there has acknowledged."""
    rows = notices_for(user).filter(organization=branch, acknowledged_at=None)
    return list(rows.filter(review__state=State.CLOSED))


def results_in(notice: ReviewNotice) -> list[ReviewedMember]:
    """Whom the notice is about, with what they got; none while the review is open again for correction."""
    rows = notice.review.people.filter(home=notice.organization, review__state=State.CLOSED)
    return list(rows.select_related("member").order_by("member__pinyin", "member_id"))
