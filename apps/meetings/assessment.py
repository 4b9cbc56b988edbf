"""What the rules say to an entry: heads, votes, what counts, what is lacking. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from apps.core.errors import Refused
from apps.core.periods import Month
from apps.meetings import elections, rules, voting
from apps.meetings.closing import cut_off_of
from apps.meetings.entries import MeetingEntry, ResolutionEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.rolls import Expected, Roll
from apps.meetings.rules import Circle
from apps.meetings.voting import ELECTION_MATTERS, Ballot, Quorum, Regime, Ruling
from apps.regulations.settings import CountySettings


@dataclass(frozen=True, slots=True)
class Judged:
    """A resolution with its numbers filled in and what the rules made of it; one of ruling and refusal.

    `elected` has a value for each candidate; `hints` are wishes that keep nothing from being handed in.
    """

    entry: ResolutionEntry
    regime: Regime | None = None
    ruling: Ruling | None = None
    refusal: Refused | None = None
    elected: tuple[bool | None, ...] = ()
    hints: tuple[Refused, ...] = ()

    @property
    def counts_written(self) -> bool:
        return self.regime is Regime.ADMISSION


@dataclass(frozen=True, slots=True)
class Assessment:
    """An entry seen by the rules of its own day."""

    entry: MeetingEntry
    roll: Roll
    absent: dict[int, str]
    excluded: frozenset[int]
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
    def late(self) -> frozenset[int]:
        """Who came after the beginning: they are present."""
        return frozenset(one.id for one in self.roll.people if one.id in self.entry.late) - set(self.absent)

    @property
    def voters(self) -> tuple[int, int]:
        """Expected and present heads of those who may vote."""
        return _heads(voters_of(self.roll), self.absent)


def assess(entry: MeetingEntry, roll: Roll) -> Assessment:
    """Judge the entry; nothing is refused here, a draft may be as wrong as it likes."""
    absent = {one.id: entry.absences[one.id] for one in roll.people if one.id in entry.absences}
    excluded = frozenset(member for member in absent if _is_excluded(entry, member))
    expected = len(roll.people)
    counted = rules.counted_kinds(
        entry.kinds, expected=expected, present=expected - len(absent), on=entry.held_on
    )
    floor = Floor(entry, roll, absent, excluded)
    judged = tuple(_judge(resolution, floor) for resolution in entry.resolutions)
    return Assessment(entry, roll, absent, excluded, _quorum(entry, floor.heads()), judged, tuple(counted))


def _is_excluded(entry: MeetingEntry, member: int) -> bool:
    said = entry.exclusions.get(member)
    return said is not None and said.is_complete


@dataclass(frozen=True, slots=True)
class Floor:
    """Who votes at the gathering; who is not counted is left out only where the rule says so (MEM-43)."""

    entry: MeetingEntry
    roll: Roll
    absent: dict[int, str]
    excluded: frozenset[int]

    def heads(self, matter: Matter = Matter.ORDINARY) -> tuple[int, int]:
        """Expected and present heads for a vote on the matter."""
        out = self.excluded if matter in rules.MATTERS_WITH_EXCLUSIONS else frozenset()
        return _heads([one for one in voters_of(self.roll) if one.id not in out], self.absent)


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


def _judge(resolution: ResolutionEntry, floor: Floor) -> Judged:
    heads = floor.heads(resolution.matter)
    filled = _filled(resolution, heads[1])
    hints = tuple(_hints(filled, floor))
    try:
        regime = voting.regime_for(floor.entry.kinds, filled.matter)
    except Refused as refusal:
        return Judged(filled, refusal=refusal, hints=hints)
    try:
        ruling, elected = _ruled(filled, regime, heads, floor.entry.held_on)
    except Refused as refusal:
        return Judged(filled, regime, refusal=refusal, hints=hints)
    return Judged(filled, regime, ruling, elected=elected, hints=hints)


Ruled = tuple[Ruling, tuple[bool | None, ...]]


def _ruled(entry: ResolutionEntry, regime: Regime, heads: tuple[int, int], on: date) -> Ruled:
    """What the vote decided, and who of the candidates is elected."""
    if regime is not Regime.ELECTION:
        return voting.ruling(_ballot(entry, heads), regime=regime, on=on), ()
    voting.check_form(_ballot(entry, heads), regime)
    outcome = elections.count(_poll(entry, heads), on=on)
    ruling = Ruling(outcome.valid, outcome.complete, outcome.sentence, outcome.rule, 0, outcome.needed_votes)
    return ruling, outcome.elected


def _poll(entry: ResolutionEntry, heads: tuple[int, int]) -> elections.Poll:
    return elections.Poll(
        expected=heads[0],
        present=heads[1],
        seats=entry.seats or 0,
        issued=entry.ballots_issued or 0,
        returned=entry.ballots_returned or 0,
        void=entry.ballots_void or 0,
        nominees=_nominees(entry),
    )


def _nominees(entry: ResolutionEntry) -> tuple[elections.Nominee, ...]:
    return tuple(
        elections.Nominee(one.name, one.in_favour, one.against, one.abstained, one.on_ballot)
        for one in entry.candidates
    )


def _hints(entry: ResolutionEntry, floor: Floor) -> Iterator[Refused]:
    """Wishes of the rules: more candidates than seats, the committee's discussion before."""
    on = floor.entry.held_on
    few = elections.too_few_candidates(entry.matter, entry.seats or 0, _nominees(entry), on=on)
    if few:
        yield few
    full = sum(one.is_full for one in floor.roll.everybody)
    if Kind.GENERAL_MEETING in floor.entry.kinds and not entry.discussed_in_id:
        yield from rules.undiscussed(entry.matter, full_members=full, on=on)


def _filled(resolution: ResolutionEntry, voters_present: int) -> ResolutionEntry:
    """The decision with what goes without saying: its words, the rest of the votes, the papers."""
    told = replace(resolution, text=resolution.text or rules.words_of(resolution.matter, resolution.about))
    if resolution.matter in ELECTION_MATTERS:
        return _with_papers(told, voters_present)
    return with_the_rest_in_favour(told, voters_present)


def _with_papers(resolution: ResolutionEntry, voters_present: int) -> ResolutionEntry:
    """Papers nobody counted: one for each who is there, and all of them back (ELEC-09)."""
    issued = voters_present if resolution.ballots_issued is None else resolution.ballots_issued
    returned = issued if resolution.ballots_returned is None else resolution.ballots_returned
    void = resolution.ballots_void or 0
    return replace(
        resolution, in_favour=0, ballots_issued=issued, ballots_returned=returned, ballots_void=void
    )


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
        *_of_the_exclusions(assessed),
        *_of_the_votes(assessed),
        *_of_the_minutes(assessed.entry),
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
    votes = (entry.in_favour or 0) + entry.against + entry.abstained + (entry.matter in ELECTION_MATTERS)
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


def _of_the_minutes(entry: MeetingEntry) -> Iterator[Refused]:
    if rules.has_gaps(entry.minutes):
        yield Refused("记录里还有没填的空（《　》或＿＿），请补上或者删掉。", field="minutes", rule="MEET-18")


def _of_the_day(assessed: Assessment, handed_in: date, now: date) -> Iterator[Refused]:
    entry = assessed.entry
    if entry.held_on > now:
        yield Refused("还没有到开会的日子，开完再交上；可以先存着。", field="held_on")
    if is_late(entry, handed_in, assessed.roll.own) and not entry.late_reason:
        yield Refused("这个月的月报已经截止，请写一句补录原因。", field="late_reason", rule="RPT-01")


def _of_the_votes(assessed: Assessment) -> Iterator[Refused]:
    for number, judged in enumerate(assessed.judged):
        for refusal in _refusals(judged):
            field = refusal.field or "text"
            place = _VOTE_FIELDS.get(field, f"resolutions-{number}-{field}")
            yield Refused(refusal.sentence, field=place, rule=refusal.rule)


def _refusals(judged: Judged) -> Iterator[Refused]:
    """The vote itself, who it is about, and those wishes whose text is certain."""
    if judged.refusal is not None:
        yield judged.refusal
    if judged.regime is Regime.ADMISSION:
        yield from rules.not_one_person(judged.entry.matter, judged.entry.about)
    yield from (one for one in judged.hints if isinstance(one, elections.TooFewCandidates) and one.firm)


def _of_the_exclusions(assessed: Assessment) -> Iterator[Refused]:
    """Nobody is left out of those expected without both papers (MEM-43)."""
    if not any(judged.entry.matter in rules.MATTERS_WITH_EXCLUSIONS for judged in assessed.judged):
        return
    for one in assessed.roll.people:
        said = assessed.entry.exclusions.get(one.id)
        if one.id in assessed.absent and said and not said.is_complete:
            sentence = f"{one.name}不计入应到，要写上级同意的文号和党员大会通过的日子。"
            yield Refused(sentence, field="exclusions", rule="MEM-43")


_VOTE_FIELDS = {"kinds": "kinds", "present": "absences"}
