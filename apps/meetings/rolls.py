"""Who is expected at a gathering: the branch's people of that day, cut to the circle of its kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from apps.core.errors import Refused
from apps.meetings import rules
from apps.meetings.entries import MeetingEntry
from apps.meetings.rules import Circle, VoterFacts
from apps.members.models import Member
from apps.members.queries import committee_on, expected_members
from apps.organizations.models import Organization
from apps.regulations.settings import NOTHING_SET, CountySettings, settings_of
from apps.regulations.table import limit

# Nothing protected is read for a list of names.
FACTS = ("name", "group_id", "is_mobile", "full_on", "on_probation_within_party")


@dataclass(frozen=True, slots=True)
class Expected:
    """A member who is expected; `without_vote` says why they have none that day, in a word or two."""

    id: int
    name: str
    group_id: int | None
    is_mobile: bool
    is_full: bool
    without_vote: str
    facts: VoterFacts

    @property
    def may_vote(self) -> bool:
        return not self.without_vote


@dataclass(frozen=True, slots=True)
class Roll:
    """The circle of a gathering on its day; None when its kinds clash or are not chosen yet.

    `everybody` are all members of the branch. `must_choose`: somebody has to say who belongs to the
    circle, since it is made up for the occasion or no seats are recorded. `own` is what the county has set.
    """

    circle: Circle | None
    people: tuple[Expected, ...]
    everybody: tuple[Expected, ...]
    must_choose: bool = False
    has_committee: bool = True
    own: CountySettings = NOTHING_SET


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record that was handed in for the day tells: who had a vote (MEET-14), and whose group met.

    What is known of the members today does not change it.
    """

    votes: Mapping[int, bool]
    group_id: int | None = None


NOTHING_RECORDED = Recorded({})


def roll_of(branch: Organization, entry: MeetingEntry, recorded: Recorded = NOTHING_RECORDED) -> Roll:
    """Who is expected at the gathering as entered."""
    roll = _drawn_up(branch, entry, recorded)
    people = tuple(_as_recorded(one, recorded.votes) for one in roll.people)
    return replace(roll, people=people, own=settings_of(branch.path))


def _as_recorded(one: Expected, votes: Mapping[int, bool]) -> Expected:
    if votes.get(one.id, one.may_vote) == one.may_vote:
        return one
    return replace(one, without_vote="" if votes[one.id] else "当天没有表决权")


def _drawn_up(branch: Organization, entry: MeetingEntry, recorded: Recorded) -> Roll:
    everybody = everybody_on(branch, entry.held_on)
    circle = circle_or_none(entry)
    if circle is Circle.COMMITTEE:
        return _committee(branch, entry, everybody)
    if circle is Circle.CHOSEN:
        return Roll(circle, _among(everybody, entry.chosen), everybody, must_choose=True)
    if circle is Circle.GROUP:
        return Roll(circle, _group(everybody, entry, recorded), everybody)
    return Roll(circle, everybody, everybody)


def _group(everybody: tuple[Expected, ...], entry: MeetingEntry, recorded: Recorded) -> tuple[Expected, ...]:
    """The group's members: those of the record of its meeting, which somebody who left it since still is."""
    if entry.group_id and entry.group_id == recorded.group_id:
        return _among(everybody, recorded.votes)
    return tuple(one for one in everybody if entry.group_id and one.group_id == entry.group_id)


def everybody_on(branch: Organization, day: date) -> tuple[Expected, ...]:
    """All members of the branch on the day, by pinyin; one query."""
    members = expected_members(branch, day).only(*FACTS)
    return tuple(_expected(member, day) for member in members)


def circle_or_none(entry: MeetingEntry) -> Circle | None:
    try:
        return rules.circle_of(entry.kinds)
    except Refused:
        return None


def _committee(branch: Organization, entry: MeetingEntry, everybody: tuple[Expected, ...]) -> Roll:
    seated = {seat.member_id: seat.member for seat in committee_on(branch, entry.held_on)}
    if seated:
        people = tuple(_expected(member, entry.held_on) for member in seated.values())
        return Roll(Circle.COMMITTEE, people, everybody)
    full = sum(one.is_full for one in everybody)
    if not limit("ORG-10", "committee", on=entry.held_on).allows(full):
        return Roll(Circle.COMMITTEE, (), everybody, has_committee=False)
    return Roll(Circle.COMMITTEE, _among(everybody, entry.chosen), everybody, must_choose=True)


def _among(everybody: tuple[Expected, ...], ids: Collection[int]) -> tuple[Expected, ...]:
    return tuple(one for one in everybody if one.id in ids)


def _expected(member: Member, day: date) -> Expected:
    facts = VoterFacts(member.full_on, on_probation_within_party=member.on_probation_within_party)
    return Expected(
        id=member.pk,
        name=member.name,
        group_id=member.group_id,
        is_mobile=member.is_mobile,
        is_full=member.full_on is not None and member.full_on <= day,
        without_vote=rules.why_no_vote(facts, on=day),
        facts=facts,
    )
