"""How an election is counted, person by person (ELEC-05 to 12); nothing here serves another vote. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.errors import Refused
from apps.meetings.kinds import Matter
from apps.meetings.voting import Ballot, Quorum, Regime, Ruling, quorum, ruling
from apps.regulations.table import Mark, NotInForce, limit


@dataclass(frozen=True, slots=True)
class Nominee:
    """One person and their votes; `on_ballot` is False for a name that voters wrote in (ELEC-10)."""

    name: str
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    on_ballot: bool = True

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Poll:
    """Heads of those who may elect, what is to be filled, the papers, and the votes of each person."""

    expected: int
    present: int
    seats: int
    issued: int
    returned: int
    void: int
    nominees: tuple[Nominee, ...]

    @property
    def good(self) -> int:
        """Papers that count."""
        return self.returned - self.void


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the election holds and who is elected; None for those who tie for the last seat."""

    valid: bool
    complete: bool
    elected: tuple[bool | None, ...]
    sentence: str
    rule: str
    needed_votes: int = 0


def count(poll: Poll, *, on: date) -> Outcome:
    """Judge the election of that day; refused when the numbers cannot be right."""
    _check_papers(poll)
    _check_votes(poll)
    came = quorum(Regime.ELECTION, expected=poll.expected, present=poll.present, on=on)
    if not came.valid:
        return _void(poll, came.sentence, came.rule)
    if poll.returned > poll.issued:
        sentence = f"收回选票 {poll.returned} 张，多于发出的 {poll.issued} 张，选举无效。"
        return _void(poll, sentence, "ELEC-09")
    return _counted(poll, came, on)


def _void(poll: Poll, sentence: str, rule: str) -> Outcome:
    return Outcome(False, False, (False,) * len(poll.nominees), sentence, rule)


def _counted(poll: Poll, came: Quorum, on: date) -> Outcome:
    """Who has more than half of those present, and of these the ones with most votes (ELEC-06, ELEC-11)."""
    votes = [one.in_favour for one in poll.nominees]
    rulings = [_of_one(poll, number, on) for number in votes]
    reached = [number for number, one in zip(votes, rulings, strict=True) if one.passed]
    elected = tuple(
        _elected(number, reached, poll.seats) if one.passed else False
        for number, one in zip(votes, rulings, strict=True)
    )
    sentence = "".join(_sentences(poll, came, elected, rulings[0].needed_votes))
    rule = "ELEC-06" if len(reached) == poll.seats else "ELEC-11"
    complete = elected.count(True) == poll.seats
    return Outcome(True, complete, elected, sentence, rule, rulings[0].needed_votes)


def _of_one(poll: Poll, in_favour: int, on: date) -> Ruling:
    ballot = Ballot(poll.expected, poll.present, in_favour, secret=True)
    return ruling(ballot, regime=Regime.ELECTION, on=on)


def _elected(votes: int, reached: Sequence[int], seats: int) -> bool | None:
    """Whether somebody with more than half is elected: None if others with as many votes leave it open."""
    above, alike = sum(other > votes for other in reached), reached.count(votes)
    if above + alike <= seats:
        return True
    return None if above < seats else False


def _sentences(poll: Poll, came: Quorum, elected: Sequence[bool | None], needed: int) -> Iterator[str]:
    yield came.sentence
    yield f"发出选票 {poll.issued} 张，收回 {poll.returned} 张，有效 {poll.good} 张；至少要 {needed} 票。"
    yield from _winners(poll, elected)
    yield from _open_seats(poll, elected)


def _winners(poll: Poll, elected: Sequence[bool | None]) -> Iterator[str]:
    won = [one for one, has in zip(poll.nominees, elected, strict=True) if has]
    tied = [one.name for one, has in zip(poll.nominees, elected, strict=True) if has is None]
    names = "、".join(f"{one.name}（{one.in_favour} 票）" for one in won)
    yield f"{names}当选。" if won else "没有人当选。"
    if tied:
        yield f"{'、'.join(tied)}得票相等，就这 {len(tied)} 人再投一次。"


def _open_seats(poll: Poll, elected: Sequence[bool | None]) -> Iterator[str]:
    """What ELEC-11 leaves to do where fewer than the seats reached more than half."""
    lacking = poll.seats - elected.count(True)
    if not lacking or None in elected:
        return
    yield f"应选 {poll.seats} 名，还缺 {lacking} 名，另行选举"
    if elected.count(True):
        yield "；接近应选名额的，经半数以上选举人同意，可以减少名额，不再选举"
    yield "。"


def too_few_candidates(
    matter: Matter, seats: int, nominees: Iterable[Nominee], *, on: date
) -> TooFewCandidates | None:
    """What to say where a committee is not elected from more candidates than seats (ELEC-07)."""
    if matter is not Matter.ELECTION or seats <= 1:  # a single secretary stands alone (ELEC-08)
        return None
    try:
        row = limit("ELEC-07", on=on)
    except NotInForce:
        return None
    standing = sum(one.on_ballot for one in nominees)
    wanted = seats + row.count_of(seats)
    if standing >= wanted:
        return None
    more = f"差额不少于{row.amount_in_words}"
    sentence = f"应选 {seats} 名，候选人应有 {wanted} 名以上（{more}），现在是 {standing} 名。"
    return TooFewCandidates(sentence, firm=row.mark is Mark.V1)


class TooFewCandidates(Refused):
    """Fewer candidates than ELEC-07 wants; `firm` where the row's text was verified word by word."""

    def __init__(self, sentence: str, *, firm: bool) -> None:
        super().__init__(sentence, field="seats", rule="ELEC-07")
        self.firm = firm


def _check_papers(poll: Poll) -> None:
    if poll.seats < 1:
        raise Refused("请填写应选几名。", field="seats", rule="ELEC-11")
    if not poll.nominees:
        raise Refused("请写候选人和各人的得票。", field="seats", rule="ELEC-06")
    if poll.issued > poll.present:
        sentence = f"发出选票 {poll.issued} 张，多于到会有选举权的 {poll.present} 人。"
        raise Refused(sentence, field="ballots_issued", rule="ELEC-09")
    if poll.void > poll.returned:
        sentence = f"废票 {poll.void} 张，多于收回的 {poll.returned} 张。"
        raise Refused(sentence, field="ballots_void", rule="ELEC-09")


def _check_votes(poll: Poll) -> None:
    for number, one in enumerate(poll.nominees):
        if one.cast > poll.good:
            sentence = f"{one.name}的票加起来 {one.cast} 张，多于有效的 {poll.good} 张。"
            raise Refused(sentence, field=f"candidate_{number}_in_favour", rule="ELEC-09")
    chosen = sum(one.in_favour for one in poll.nominees)
    if chosen > poll.good * poll.seats:
        sentence = (
            f"赞成票加起来 {chosen} 票；{poll.good} 张有效票每张最多选 {poll.seats} 名，"
            f"不会多于 {poll.good * poll.seats} 票。"
        )
        raise Refused(sentence, field="seats", rule="ELEC-09")
