"""Writes: begin, keep, hold, close and reopen a review; guests and notices; the texts of a life meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import CHINA, today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.core.workflow import lock_for, take
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.reviews import queries, rolls, rules
from apps.reviews.entries import GRADES, HEAD, TEXTS, Judged, LifeEntry, Mended, ReviewEntry
from apps.reviews.models import LifeYear, MemberReview, Rectification, ReviewedMember, ReviewNotice
from apps.reviews.vocabulary import NoGrade, State
from apps.reviews.workflow import OPEN, RECORD, STEPS

FIRST_YEAR = 2018
STEP_FIELDS = ("self_on", "mutual_on", "in_groups", "meeting_id")


class Incomplete(Refused):
    """The review cannot take its next step yet; `missing` has a sentence for each field."""

    def __init__(self, missing: Sequence[rules.Missing]) -> None:
        first = missing[0]
        super().__init__(first.sentence, field=first.field, rule=first.rule)
        self.missing = tuple(missing)


@transaction.atomic
def start_review(branch: Organization, *, year: int, by: Person) -> MemberReview:
    """The branch's review of the year, begun if there is none, with the list of today."""
    demand(by, RECORD, branch.path)
    _check_year(year)
    review, is_new = MemberReview.objects.get_or_create(
        organization=branch, year=year, defaults={"edited_by_id": by.pk}
    )
    if is_new:
        rolls.draw_up(review, today())
        _tell("start", review, by)
    return review


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= today().year:
        raise Refused(f"请核对年度：能记 {FIRST_YEAR} 年到今年的。", field="year")


@transaction.atomic
def save_review(review: MemberReview, entry: ReviewEntry, *, version: int, by: Person) -> MemberReview:
    """Keep what was entered, however incomplete, unless somebody else wrote there in the meantime."""
    row = _open(review, by, version)
    _write(row, entry, by)
    return row


@transaction.atomic
def hold_review(review: MemberReview, entry: ReviewEntry, *, version: int, by: Person) -> MemberReview:
    """Keep the entry and say that self-assessment and mutual assessment were held. Raises Incomplete."""
    row = _open(review, by, version)
    _write(row, entry, by)
    _refuse(rules.lacking_to_hold(entry, now=today()))
    take(STEPS, "hold", row)
    row.ballot_on = row.ballot_on or row.mutual_on
    row.save()
    _tell("hold", row, by)
    return row


@transaction.atomic
def close_review(review: MemberReview, entry: ReviewEntry, *, version: int, by: Person) -> MemberReview:
    """Keep the entry and file it: four steps complete, grades within the rule. Raises Incomplete."""
    row = _open(review, by, version)
    _write(row, entry, by)
    people = queries.people_of(row)
    _refuse(lacking_of(row, people))
    take(STEPS, "close", row)
    row.closed_at, row.closed_by_id, row.reopen_reason = timezone.now(), by.pk, ""
    row.save()
    _send_notices(row, people)
    _tell("close", row, by)
    return row


def lacking_of(review: MemberReview, rows: Sequence[ReviewedMember]) -> list[rules.Missing]:
    """What the review still lacks before it can be closed."""
    people = queries.as_rules_see(rows)
    day = review.day or today()
    return rules.lacking_to_close(
        queries.entry_of(review, rows),
        people,
        may_committee_decide=rules.has_committee(people, on=day),
        now=today(),
    )


@transaction.atomic
def reopen_review(review: MemberReview, *, reason: str, by: Person) -> MemberReview:
    """Open a closed review to correct it; the reason is on record, the old results in its history."""
    demand(by, STEPS["reopen"].permission, review.organization.path)
    if not reason.strip():
        raise Refused("请写明原因。", field="reason")
    row = lock_for(review)
    take(STEPS, "reopen", row)
    row.closed_at, row.closed_by, row.reopen_reason = None, None, reason.strip()
    row.version, row.edited_by_id = row.version + 1, by.pk
    row.save()
    _tell("reopen", row, by, reason.strip())
    return row


def _open(review: MemberReview, by: Person, version: int) -> MemberReview:
    """The review, locked, if it may be written to and is as the writer saw it."""
    demand(by, RECORD, review.organization.path)
    row = lock_for(review)
    if row.state not in OPEN:
        raise Refused("这次评议已经归档，不能再改。要更正，请先“重新打开更正”。")
    if row.version != version:
        at = row.updated_at.astimezone(CHINA)
        raise Refused(
            f"{row.edited_by or '别人'}在 {at:%H:%M} 也改了这次评议，您的内容还没有存进去。"
            "请另开一个页面看过新的内容，再回到这里改好、存一次。"
        )
    return row


def _refuse(missing: Sequence[rules.Missing]) -> None:
    if missing:
        raise Incomplete(missing)


def _write(review: MemberReview, entry: ReviewEntry, by: Person) -> None:
    """Before the meeting was held only its first two steps are written, and the list follows its day."""
    preparing = review.state == State.PREPARING
    _check(review, entry)
    for name in STEP_FIELDS if preparing else HEAD:
        setattr(review, name, getattr(entry, name))
    review.version, review.edited_by_id = review.version + 1, by.pk
    save_checked(review, unchecked={"edited_by"})
    if preparing:
        rolls.draw_up(review, min(review.day or today(), today()))
    else:
        _write_people(review, entry.people)


def _check(review: MemberReview, entry: ReviewEntry) -> None:
    """What no stored review may say: more valid ballots than were handed out, another branch's record."""
    _refuse(list(rules.too_many_valid(entry)))
    known = {pk for choices in queries.meetings_to_choose(review) for pk, _ in choices}
    known |= {review.meeting_id or 0, review.deciding_meeting_id or 0}
    for name in ("meeting_id", "deciding_meeting_id"):
        if getattr(entry, name) and getattr(entry, name) not in known:
            raise Refused("请选本支部的会议记录。", field=name.removesuffix("_id"))


def _write_people(review: MemberReview, said: Mapping[int, Judged]) -> None:
    """Only rows that differ are written, so that the history tells what was changed."""
    changed = []
    for row in review.people.all():
        judged = said.get(row.pk, queries.judged_of(row))
        wanted = rules.settled(judged, is_full=row.is_full, ballots_valid=review.ballots_valid)
        if wanted != queries.judged_of(row):
            changed.append(_set(row, wanted))
    ReviewedMember.objects.bulk_update(changed, ["no_grade", "grade", *GRADES])


def _set(row: ReviewedMember, judged: Judged) -> ReviewedMember:
    row.no_grade, row.grade = judged.no_grade, judged.grade
    for grade in GRADES:
        setattr(row, grade, getattr(judged.votes, grade))
    return row


@transaction.atomic
def add_guest(review: MemberReview, *, name: str, home: Organization, by: Person) -> ReviewedMember:
    """Put a mobile member of another branch on a mobile branch's list (MEET-20).

    Named exactly, with the home branch: a mobile branch does not look through other branches' rosters.
    """
    row = _open(review, by, review.version)
    if not rolls.takes_guests(row.organization):
        raise Refused("只有流动党员党支部评议组织关系在别处的党员。", rule="MEET-20")
    member = _mobile_member(name, home)
    guest, is_new = ReviewedMember.objects.get_or_create(
        review=row, member=member, defaults=_guest(row, member)
    )
    if not is_new:
        raise Refused(f"{guest.member.name}已经在名单里。", field="name")
    return guest


def _mobile_member(name: str, home: Organization) -> Member:
    found = Member.objects.active().in_branch(home).filter(name=name.strip(), is_mobile=True)
    members = list(found.only("name", "full_on", "branch_id")[:2])
    if len(members) != 1:
        raise Refused(
            "在这个党支部没有找到这名流动党员。请核对姓名；也可能那边还没有登记为流动党员。", field="name"
        )
    member: Member = members[0]
    return member


def _guest(review: MemberReview, member: Member) -> dict[str, object]:
    is_full = rolls.full_on(member, review.day or today())
    no_grade = "" if is_full else NoGrade.PROBATIONARY
    return {"home_id": member.branch_id, "is_full": is_full, "no_grade": no_grade}


@transaction.atomic
def remove_guest(review: MemberReview, *, row: int, by: Person) -> None:
    """Take a guest off the list again."""
    _open(review, by, review.version).people.exclude(home=None).filter(pk=row).delete()


def _send_notices(review: MemberReview, people: Sequence[ReviewedMember]) -> None:
    """One notice to each home branch of a guest; corrected results have to be acknowledged anew."""
    for home in {row.home_id for row in people if row.home_id}:
        ReviewNotice.objects.update_or_create(
            review=review,
            organization_id=home,
            defaults={"sent_at": timezone.now(), "acknowledged_at": None, "acknowledged_by": None},
        )


@transaction.atomic
def acknowledge(notice: ReviewNotice, *, by: Person) -> ReviewNotice:
    """Say that the home branch has taken note."""
    demand(by, RECORD, notice.organization.path)
    row = lock_for(notice)
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by_id = timezone.now(), by.pk
        row.save()
        path = row.organization.path
        record("reviews.acknowledge", by=by, on=row, organization_path=path)
    return row


def _tell(action: str, review: MemberReview, by: Person, reason: str = "") -> None:
    path = review.organization.path
    record(f"reviews.{action}", by=by, on=review, organization_path=path, reason=reason)


@transaction.atomic
def save_life(branch: Organization, entry: LifeEntry, *, year: int, version: int, by: Person) -> LifeYear:
    """Keep the texts around the year's life meeting and the list of things to mend."""
    demand(by, RECORD, branch.path)
    _check_year(year)
    life, _ = LifeYear.objects.get_or_create(organization=branch, year=year)
    row = lock_for(life)
    if row.version != version:
        raise Refused(
            "刚才有人也改了这一页，您的内容还没有存进去。请另开一个页面看过新的内容，再回到这里存一次。"
        )
    for name in TEXTS:
        setattr(row, name, getattr(entry, name).strip())
    row.version += 1
    row.save()
    _write_rectifications(row, entry.rectifications)
    return row


def _write_rectifications(life: LifeYear, wanted: Sequence[Mended]) -> None:
    kept = {one.id: one for one in wanted if one.id}
    for row in life.rectifications.all():
        if row.pk in kept:
            _mend(row, kept[row.pk])
        else:
            row.delete()
    for one in wanted:
        if one.id is None:
            _mend(Rectification(life=life), one)


def _mend(row: Rectification, said: Mended) -> None:
    _check_mended(said)
    before = replace(
        said,
        text=row.text,
        responsible=row.responsible,
        due_on=row.due_on,
        done_on=row.done_on,
        outcome=row.outcome,
    )
    if row.pk and before == said:
        return
    row.text, row.responsible, row.due_on = said.text, said.responsible, said.due_on
    row.done_on, row.outcome = said.done_on, said.outcome
    save_checked(row)


def _check_mended(said: Mended) -> None:
    if said.done_on and said.done_on > today():
        raise Refused(f"“{said.text}”的完成日期还没有到。")
