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
    """Bring the list up to the day: who is on it, who can be graded, and why others are not."""
    expected = {member.pk: member for member in expected_members(review.organization, day).only("full_on")}
    guests = review.people.exclude(home=None).select_related("member")
    expected |= {row.member_id: row.member for row in guests}
    elsewhere = _reviewed_elsewhere(review)
    wanted = {pk: _standing(member, day, elsewhere) for pk, member in expected.items()}
    review.people.exclude(member__in=wanted).delete()
    stored = {row.member_id: row for row in review.people.all()}
    ReviewedMember.objects.bulk_create(
        ReviewedMember(review=review, member_id=pk, is_full=is_full, no_grade=no_grade)
        for pk, (is_full, no_grade) in wanted.items()
        if pk not in stored
    )
    _follow(stored, wanted)


def _standing(member: Member, day: date, elsewhere: set[int]) -> tuple[bool, str]:
    """Whether somebody is a full member on the day, and why there will be no grade."""
    if not full_on(member, day):
        return False, NoGrade.PROBATIONARY
    return True, NoGrade.ELSEWHERE if member.pk in elsewhere else ""


def full_on(member: Member, day: date) -> bool:
    return member.full_on is not None and member.full_on <= day


def _reviewed_elsewhere(review: MemberReview) -> set[int]:
    """The branch's members who are on the year's list of a mobile branch."""
    rows = ReviewedMember.objects.filter(home=review.organization_id, review__year=review.year)
    return set(rows.values_list("member", flat=True))


def _follow(stored: dict[int, ReviewedMember], wanted: dict[int, tuple[bool, str]]) -> None:
    """Write only rows that differ, so that the history tells what was changed."""
    changed = [row for pk, row in stored.items() if (row.is_full, row.no_grade) != wanted[pk]]
    for row in changed:
        row.is_full, row.no_grade = wanted[row.member_id]
    ReviewedMember.objects.bulk_update(changed, ["is_full", "no_grade"])
