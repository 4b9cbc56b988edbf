"""Who is on the list of a review: the branch's members on the day, and a mobile branch's guests."""

from __future__ import annotations

from datetime import date

from apps.members.models import Member
from apps.members.queries import expected_members
from apps.organizations.kinds import Kind
from apps.organizations.models import Organization
from apps.reviews.models import MemberReview, ReviewedMember
from apps.reviews.vocabulary import NoGrade


def takes_guests(branch: Organization) -> bool:
    """Whether members whose home is another branch are reviewed here (MEET-20)."""
    return branch.kind == Kind.MOBILE_BRANCH


def draw_up(review: MemberReview, day: date) -> None:
    """Bring the list up to the day; what was entered for those who stay on it stays."""
    expected = {member.pk: member for member in expected_members(review.organization, day).only("full_on")}
    guests = review.people.exclude(home=None).select_related("member")
    expected |= {row.member_id: row.member for row in guests}
    stored = {row.member_id: row for row in review.people.all()}
    review.people.exclude(member__in=expected).delete()
    elsewhere = _reviewed_elsewhere(review)
    new = [_row(review, member, day, elsewhere) for pk, member in expected.items() if pk not in stored]
    ReviewedMember.objects.bulk_create(new)
    _follow_the_day(stored, expected, day)


def _row(review: MemberReview, member: Member, day: date, elsewhere: set[int]) -> ReviewedMember:
    is_full = full_on(member, day)
    away = NoGrade.ELSEWHERE if member.pk in elsewhere else ""
    no_grade = away if is_full else NoGrade.PROBATIONARY
    return ReviewedMember(review=review, member=member, is_full=is_full, no_grade=no_grade)


def full_on(member: Member, day: date) -> bool:
    return member.full_on is not None and member.full_on <= day


def _reviewed_elsewhere(review: MemberReview) -> set[int]:
    """The branch's members who are on the year's list of a mobile branch."""
    rows = ReviewedMember.objects.filter(home=review.organization_id, review__year=review.year)
    return set(rows.values_list("member", flat=True))


def _follow_the_day(stored: dict[int, ReviewedMember], expected: dict[int, Member], day: date) -> None:
    """Whoever became a full member by the new day, or is none yet by it."""
    changed = [
        row for pk, row in stored.items() if pk in expected and row.is_full != full_on(expected[pk], day)
    ]
    for row in changed:
        row.is_full = not row.is_full
        row.no_grade, row.grade = ("" if row.is_full else NoGrade.PROBATIONARY), ""
    ReviewedMember.objects.bulk_update(changed, ["is_full", "no_grade", "grade"])
