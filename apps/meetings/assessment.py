"""What the rules say to an entry: heads, votes, what counts, what is lacking. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from apps.core.errors import Refused
from apps.core.periods import Month
from apps.meetings import rules, voting
from apps.meetings.closing import cut_off_of
from apps.meetings.entries import MeetingEntry, ResolutionEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.rolls import Expected, Roll
from apps.meetings.rules import Circle
from apps.meetings.voting import Ballot, Quorum, Regime, Ruling
from apps.regulations.settings import CountySettings


@dataclass(frozen=True, slots=True)
class Judged:
    """A resolution with its numbers filled in and what the rules made of it; one of ruling and refusal."""

    entry: ResolutionEntry
    regime: Regime | None
    ruling: Ruling | None
    refusal: Refused | None

    @property
    def counts_written(self) -> bool:
        return self.regime is Regime.ADMISSION


@dataclass(frozen=True, slots=True)
class Assessment:
    """An entry seen by the rules of its own day."""

    entry: MeetingEntry
    roll: Roll
    absent: dict[int, str]
    quorum: Quorum | None
    judged: tuple[Judged, ...]
    counted_kinds: tuple[Kind, ...]

    @property
    def expected(self) -> int:
        return len(self.roll.people)

    @property
    def present(self) -> int:
        return self.expected - len(self.absent)

    @property
    def voters(self) -> tuple[int, int]:
        """Expected and present heads of those who may vote."""
        return _heads(voters_of(self.roll), self.absent)


def assess(entry: MeetingEntry, roll: Roll) -> Assessment:
    """Judge the entry; nothing is refused here, a draft may be as wrong as it likes."""
    absent = {one.id: entry.absences[one.id] for one in roll.people if one.id in entry.absences}
    heads = _heads(voters_of(roll), absent)
    expected = len(roll.people)
    counted = rules.counted_kinds(
        entry.kinds, expected=expected, present=expected - len(absent), on=entry.held_on
    )
    judged = tuple(_judge(resolution, entry, heads) for resolution in entry.resolutions)
    return Assessment(entry, roll, absent, _quorum(entry, heads), judged, tuple(counted))


def voters_of(roll: Roll) -> Sequence[Expected]:
    """Whose votes count: in a committee's meeting all of it, otherwise all with a vote (MEET-14)."""
    if roll.circle is Circle.COMMITTEE:
        return roll.people
    return [one for one in roll.people if one.may_vote]


def _heads(voters: Sequence[Expected], absent: dict[int, str]) -> tuple[int, int]:
    return len(voters), sum(one.id not in absent for one in voters)


def _quorum(entry: MeetingEntry, heads: tuple[int, int]) -> Quorum | None:
    """The quorum of ordinary votes at such a gathering; None where nothing can be put to the vote."""
    if not rules.can_resolve(entry.kinds):
        return None
    regime = voting.regime_for(entry.kinds, Matter.ORDINARY)
    return voting.quorum(regime, expected=heads[0], present=heads[1], on=entry.held_on)


def _judge(resolution: ResolutionEntry, entry: MeetingEntry, heads: tuple[int, int]) -> Judged:
    filled = with_the_rest_in_favour(resolution, heads[1])
    try:
        regime = voting.regime_for(entry.kinds, filled.matter)
    except Refused as refusal:
        return Judged(filled, None, None, refusal)
    try:
        return Judged(
            filled, regime, voting.ruling(_ballot(filled, heads), regime=regime, on=entry.held_on), None
        )
    except Refused as refusal:
        return Judged(filled, regime, None, refusal)


def with_the_rest_in_favour(resolution: ResolutionEntry, voters_present: int) -> ResolutionEntry:
    """A number nobody typed: whoever is there and did not vote otherwise was in favour."""
    if resolution.in_favour is not None:
        return resolution
    rest = max(voters_present - resolution.against - resolution.abstained, 0)
    return replace(resolution, in_favour=rest)


def _ballot(resolution: ResolutionEntry, heads: tuple[int, int]) -> Ballot:
    return Ballot(
        expected=heads[0],
        present=heads[1],
        in_favour=resolution.in_favour or 0,
        against=resolution.against,
        abstained=resolution.abstained,
        written_in_favour=resolution.written_in_favour,
        secret=resolution.voting == "secret",
    )


def is_late(entry: MeetingEntry, handed_in: date, own: CountySettings) -> bool:
    """Whether a record handed in on that day comes after its month was closed: welcome, with a reason."""
    return handed_in > cut_off_of(Month.of(entry.held_on), own)


def problems(assessed: Assessment, *, names: dict[int, str], handed_in: date, now: date) -> list[Refused]:
    """Everything that keeps the record from being handed in, in the order of the form, each once."""
    found = [
        *_lacking(assessed, names),
        *_of_the_roll(assessed),
        *_of_the_day(assessed, handed_in, now),
        *_of_the_votes(assessed),
    ]
    return list({(one.field, one.sentence): one for one in found}.values())


def _lacking(assessed: Assessment, names: dict[int, str]) -> Iterator[Refused]:
    for field, sentence in rules.missing_elements(_record(assessed, names)):
        if field == "attendances":
            if _has_a_list(assessed.roll):
                yield Refused(sentence, field="absences", rule="MEET-18")
        else:
            yield Refused(sentence, field=field.replace("decisions-", "resolutions-"), rule="MEET-18")


def _has_a_list(roll: Roll) -> bool:
    """Whether the people can be asked about; without a circle the kinds are to be mended first."""
    return roll.circle is not None and roll.has_committee and bool(roll.people or not roll.must_choose)


def _record(assessed: Assessment, names: dict[int, str]) -> rules.Record:
    entry = assessed.entry
    return rules.Record(
        kinds=entry.kinds,
        held_at=entry.held_at,
        place=entry.place,
        topic=entry.topic,
        host=names.get(entry.host_id or 0, ""),
        recorder=names.get(entry.recorder_id or 0, ""),
        minutes=entry.minutes,
        lecturer=entry.lecturer,
        group=str(entry.group_id or ""),
        expected=assessed.expected,
        present=assessed.present,
        absent_without_reason=sum(not reason for reason in assessed.absent.values()),
        decisions=tuple(_decision(judged.entry) for judged in assessed.judged),
    )


def _decision(entry: ResolutionEntry) -> rules.Decision:
    votes = (entry.in_favour or 0) + entry.against + entry.abstained
    return rules.Decision(entry.matter, entry.text, votes, entry.responsible, entry.due_on)


def _of_the_roll(assessed: Assessment) -> Iterator[Refused]:
    """The people: no committee at all, nobody chosen yet, or somebody whom the page did not list."""
    roll, listed = assessed.roll, assessed.entry.listed
    if not roll.has_committee:
        sentence = "本支部正式党员不足 7 人，不设支委会；有事请开党员大会。"
        yield Refused(sentence, field="kinds", rule="MEET-04")
    if roll.must_choose and not roll.people:
        yield Refused("请点出参加的人。", field="chosen", rule="MEET-18")
    unseen = [one.name for one in roll.people if listed is not None and one.id not in listed]
    if unseen:
        shown = "、".join(unseen[:5]) + (f"等 {len(unseen)} 人" if len(unseen) > 5 else "")
        yield Refused(f"参加的人有变化，多了{shown}。请看一遍再交上。", field="absences")


def _of_the_day(assessed: Assessment, handed_in: date, now: date) -> Iterator[Refused]:
    entry = assessed.entry
    if entry.held_on > now:
        yield Refused("还没有到开会的日子，开完再交上；可以先存着。", field="held_on")
    if is_late(entry, handed_in, assessed.roll.own) and not entry.late_reason:
        yield Refused("这个月的月报已经截止，请写一句补录原因。", field="late_reason", rule="RPT-01")


def _of_the_votes(assessed: Assessment) -> Iterator[Refused]:
    for number, judged in enumerate(assessed.judged):
        if judged.refusal is not None:
            field = judged.refusal.field or "text"
            place = _VOTE_FIELDS.get(field, f"resolutions-{number}-{field}")
            yield Refused(judged.refusal.sentence, field=place, rule=judged.refusal.rule)


_VOTE_FIELDS = {"kinds": "kinds", "present": "absences"}
