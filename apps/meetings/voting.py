"""How a vote is judged. Each regime counts for itself: their denominators differ, none borrows another's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.core.errors import Refused
from apps.meetings.kinds import Kind, Matter
from apps.regulations.table import Comparison, Limit, limit

# What only the members' meeting decides (MEET-01/reserved); an ordinary matter may go to the committee.
RESERVED_MATTERS = frozenset(Matter) - {Matter.ORDINARY}
ADMISSION_MATTERS = frozenset(
    {Matter.ADMISSION, Matter.FULL_MEMBERSHIP, Matter.PROBATION_EXTENDED, Matter.PROBATION_CANCELLED}
)
ELECTION_MATTERS = frozenset({Matter.ELECTION, Matter.DELEGATES})
# Decided by secret ballot (MEET-12, ELEC-10).
SECRET_MATTERS = ADMISSION_MATTERS | ELECTION_MATTERS
_DECIDED_WITHOUT_COUNT = frozenset({Matter.ORDINARY, Matter.COMMITTEE_REPORT})


class Regime(StrEnum):
    """The ways of deciding, each with its own thresholds and denominators."""

    GENERAL = "general"
    COMMITTEE = "committee"
    ADMISSION = "admission"
    ELECTION = "election"


SECRET_REGIMES = frozenset({Regime.ADMISSION, Regime.ELECTION})


def regime_for(kinds: Collection[Kind], matter: Matter) -> Regime:
    """By which rules the matter is decided at such a meeting; refused where it cannot be decided there."""
    if Kind.GENERAL_MEETING in kinds:
        if matter in ADMISSION_MATTERS:
            return Regime.ADMISSION
        return Regime.ELECTION if matter in ELECTION_MATTERS else Regime.GENERAL
    if matter in RESERVED_MATTERS:
        sentence = f"“{matter.label}”要由党员大会决定，请在会议类型里选上党员大会。"
        raise Refused(sentence, field="matter", rule="MEET-01")
    if Kind.COMMITTEE_MEETING in kinds:
        return Regime.COMMITTEE
    raise Refused("表决要在党员大会或支委会上进行，请选上其中一种。", field="kinds", rule="MEET-01")


def needs_count(matter: Matter) -> bool:
    """Whether a resolution on the matter is nothing without counted votes."""
    return matter not in _DECIDED_WITHOUT_COUNT


@dataclass(frozen=True, slots=True)
class Ballot:
    """Heads and votes. `expected` and `present` count those who may vote only; for a committee, its members.

    `written_in_favour` are votes handed in before the meeting by people who are absent from it.
    """

    expected: int
    present: int
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    written_in_favour: int = 0
    secret: bool = False

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough came; `needed` is the least number that is enough."""

    valid: bool
    needed: int
    sentence: str
    rule: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a vote holds and what it decided, with the sentence for the record: computed, never typed."""

    valid: bool
    passed: bool
    sentence: str
    rule: str
    needed_present: int
    needed_votes: int


def quorum(regime: Regime, *, expected: int, present: int, on: date) -> Quorum:
    """Whether enough of those who vote came on that day for the regime's votes to hold."""
    return _QUORUMS[regime](expected, present, on)


def ruling(ballot: Ballot, *, regime: Regime, on: date) -> Ruling:
    """Judge a vote taken on that day; refused when the numbers cannot be right."""
    _check_heads(ballot)
    _check_votes(ballot)
    check_form(ballot, regime)
    return _RULINGS[regime](ballot, on)


def _general_quorum(expected: int, present: int, on: date) -> Quorum:
    """Half of those expected is enough (MEET-11)."""
    row = limit("MEET-11", "present", on=on)
    return _quorum(row, "有表决权", "表决", expected, present, row.count_of(expected))


def _general_ruling(ballot: Ballot, on: date) -> Ruling:
    """In favour must be more than half of those EXPECTED (MEET-11)."""
    row = limit("MEET-11", "in_favour", on=on)
    came = _general_quorum(ballot.expected, ballot.present, on)
    needed = row.count_of(ballot.expected)
    return _ruling(came, row, needed, ballot.in_favour, f"赞成 {ballot.in_favour} 票，", "应到", "通过")


def _committee_quorum(expected: int, present: int, on: date) -> Quorum:
    """Half of the committee's members is enough (MEET-02)."""
    row = limit("MEET-02", "present", on=on)
    return _quorum(row, "委员", "会议", expected, present, row.count_of(expected))


def _committee_ruling(ballot: Ballot, on: date) -> Ruling:
    """In favour must be more than half of the members PRESENT: the regulation leaves the denominator open."""
    row = limit("MEET-02", "in_favour", on=on)
    came = _committee_quorum(ballot.expected, ballot.present, on)
    needed = row.count_of(ballot.present)
    return _ruling(came, row, needed, ballot.in_favour, f"赞成 {ballot.in_favour} 票，", "到会", "通过")


def _admission_quorum(expected: int, present: int, on: date) -> Quorum:
    """Half of those expected is NOT enough; written opinions are not presence (MEET-12)."""
    row = limit("MEET-12", "present", on=on)
    return _quorum(row, "有表决权", "表决", expected, present, row.count_of(expected))


def _admission_ruling(ballot: Ballot, on: date) -> Ruling:
    """In favour, written votes included, must be more than half of those EXPECTED (MEET-12)."""
    row = limit("MEET-12", "in_favour", on=on)
    came = _admission_quorum(ballot.expected, ballot.present, on)
    in_favour = ballot.in_favour + ballot.written_in_favour
    written = f"（含书面 {ballot.written_in_favour} 票）" if ballot.written_in_favour else ""
    needed = row.count_of(ballot.expected)
    return _ruling(came, row, needed, in_favour, f"赞成 {in_favour} 票{written}，", "应到", "通过")


def _election_quorum(expected: int, present: int, on: date) -> Quorum:
    """Four fifths of those expected must come (ELEC-05)."""
    row = limit("ELEC-05", on=on)
    return _quorum(row, "有选举权", "选举", expected, present, row.count_of(expected))


def _election_ruling(ballot: Ballot, on: date) -> Ruling:
    """Votes must be more than half of those PRESENT (ELEC-06)."""
    row = limit("ELEC-06", on=on)
    came = _election_quorum(ballot.expected, ballot.present, on)
    needed = row.count_of(ballot.present)
    return _ruling(came, row, needed, ballot.in_favour, f"赞成 {ballot.in_favour} 票，", "实到", "当选")


_QUORUMS: dict[Regime, Callable[[int, int, date], Quorum]] = {
    Regime.GENERAL: _general_quorum,
    Regime.COMMITTEE: _committee_quorum,
    Regime.ADMISSION: _admission_quorum,
    Regime.ELECTION: _election_quorum,
}
_RULINGS: dict[Regime, Callable[[Ballot, date], Ruling]] = {
    Regime.GENERAL: _general_ruling,
    Regime.COMMITTEE: _committee_ruling,
    Regime.ADMISSION: _admission_ruling,
    Regime.ELECTION: _election_ruling,
}


def _quorum(row: Limit, who: str, what: str, expected: int, present: int, needed: int) -> Quorum:
    """Put a regime's count into words."""
    if expected == 0:
        return Quorum(False, needed, f"没有应到的{who}人员，{what}无效。", row.code)
    valid = present >= needed
    heads = f"应到{who} {expected} 人，实到 {present} 人，{_reached(row, valid=valid)}"
    outcome = f"{what}有效。" if valid else f"{what}无效（至少要到 {needed} 人）。"
    return Quorum(valid, needed, f"{heads}，{outcome}", row.code)


def _ruling(
    came: Quorum, row: Limit, needed: int, in_favour: int, votes: str, base: str, outcome: str
) -> Ruling:
    """Put a regime's result into words; without a quorum no vote counts."""
    if not came.valid:
        return Ruling(False, False, came.sentence, came.rule, came.needed, needed)
    passed = in_favour >= needed
    reached = _reached(row, valid=passed, base=f"{base}的")
    result = f"{outcome}。" if passed else f"没有{outcome}（至少要 {needed} 票）。"
    return Ruling(
        passed=passed,
        valid=True,
        sentence=f"{came.sentence}{votes}{reached}，{result}",
        rule=row.code,
        needed_present=came.needed,
        needed_votes=needed,
    )


def _reached(row: Limit, *, valid: bool, base: str = "") -> str:
    """Such as 达到半数, 不到五分之四, 超过应到的半数: the words follow the row's comparison."""
    if row.comparison is Comparison.AT_LEAST:
        verb = "达到" if valid else "不到"
    else:
        verb = "超过" if valid else "没有超过"
    return f"{verb}{base}{row.amount_in_words}"


def _check_heads(ballot: Ballot) -> None:
    if ballot.present > ballot.expected:
        raise Refused(f"实到 {ballot.present} 人，多于应到的 {ballot.expected} 人，请核对。", field="present")


def _check_votes(ballot: Ballot) -> None:
    """Every voter who is there votes once; on a secret ballot a paper may stay away (ELEC-09)."""
    if ballot.cast > ballot.present:
        raise Refused(
            f"赞成、反对、弃权加起来 {ballot.cast} 票，多于到会能表决的 {ballot.present} 人。",
            field="in_favour",
        )
    if ballot.cast < ballot.present and not ballot.secret:
        missing = ballot.present - ballot.cast
        raise Refused(f"还差 {missing} 票，没有表态的请记为弃权。", field="abstained")


def check_form(ballot: Ballot, regime: Regime) -> None:
    """Refuse a show of hands where the vote is secret, and written votes where none count."""
    if regime in SECRET_REGIMES and not ballot.secret:
        raise Refused(
            "这一项要用无记名投票，请把表决方式改为无记名投票。",
            field="voting",
            rule="MEET-12" if regime is Regime.ADMISSION else "ELEC-10",
        )
    if ballot.written_in_favour and regime is not Regime.ADMISSION:
        raise Refused(
            "书面意见只在发展党员时计入票数，这里请填 0。", field="written_in_favour", rule="MEET-12"
        )
    if ballot.written_in_favour > ballot.expected - ballot.present:
        raise Refused(
            f"书面赞成 {ballot.written_in_favour} 票，多于没有到会的 {ballot.expected - ballot.present} 人。",
            field="written_in_favour",
            rule="MEET-12",
        )
