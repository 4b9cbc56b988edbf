"""The phone's verdict on a vote is the server's: the script beside the Python rules, on many gatherings."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from apps.core.calendar import CHINA
from apps.meetings.entries import CandidateEntry, ExclusionEntry, MeetingEntry, ResolutionEntry
from apps.meetings.forms import FIRST_DAY
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Voting
from apps.meetings.rolls import Expected, Roll, circle_or_none
from apps.meetings.rules import Circle, VoterFacts, why_no_vote
from apps.meetings.sheets import Sheet, Words, sheet_of
from apps.meetings.verdicts import LIMITS, RULES, verdict_data
from apps.meetings.voting import ELECTION_MATTERS
from apps.organizations.models import Organization
from apps.regulations.table import all_rows

CASES = 2500
SEED = 20261129
SCRIPT = Path(__file__).with_name("verdict.js")
NODE = shutil.which("node", path=f"{os.environ['PATH']}:{settings.BASE_DIR}/.venv/bin")
GATHERINGS = [
    (Kind.GENERAL_MEETING,), (Kind.GENERAL_MEETING,), (Kind.THEME_DAY, Kind.GENERAL_MEETING),
    (Kind.COMMITTEE_MEETING,), (Kind.COMMITTEE_MEETING,), (Kind.THEME_DAY,), (Kind.LESSON,),
    (Kind.COMMITTEE_MEETING, Kind.LIFE_MEETING),
]  # fmt: skip
# The days on which a rule begins or ends, those beside them, and ordinary ones.
TURNS = {day for row in all_rows() if row.key in LIMITS for day in (row.since, row.until) if day}
DAYS = [day + timedelta(days=off) for day in sorted(TURNS) for off in (-1, 0, 1) if day > FIRST_DAY]
ORDINARY_DAYS = [FIRST_DAY, date(2023, 5, 9), date(2026, 11, 22)]


@dataclass(frozen=True)
class Case:
    """A gathering with one decision."""

    entry: MeetingEntry
    roll: Roll

    @property
    def decision(self) -> ResolutionEntry:
        return self.entry.resolutions[0]


def somebody(number: int, day: date, dice: random.Random) -> Expected:
    full_on = dice.choice([None, date(1998, 7, 1), day - timedelta(days=1), day, day + timedelta(days=1)])
    full_on = full_on if dice.random() < 0.3 else date(2010, 1, 1)
    facts = VoterFacts(full_on, on_probation_within_party=dice.random() < 0.05)
    is_full = full_on is not None and full_on <= day
    return Expected(number, f"党员{number}", None, False, is_full, why_no_vote(facts, on=day), facts)


def a_case(dice: random.Random) -> Case:
    day = dice.choice([*DAYS, *ORDINARY_DAYS, *ORDINARY_DAYS])
    kinds = dice.choice(GATHERINGS)
    everybody = tuple(somebody(number, day, dice) for number in range(1, dice.choice([1, 4, 8, 9, 13, 37])))
    circle = circle_or_none(MeetingEntry(kinds, datetime.now(CHINA)))
    people = everybody if circle is Circle.ALL_MEMBERS else everybody[: dice.choice([0, 3, 5, 7])]
    share_away = dice.choice([0, 0, 0.1, 0.2, 0.5, 0.6])
    away = [one.id for one in people if dice.random() < share_away]
    papers = {pk: an_exclusion(dice) for pk in [one.id for one in people] if dice.random() < 0.5}
    voters = [one for one in people if one.may_vote or circle is Circle.COMMITTEE]
    entry = MeetingEntry(
        kinds,
        datetime.combine(day, datetime.min.time(), CHINA).replace(hour=15),
        absences=dict.fromkeys(away, "illness"),
        exclusions=papers,
        resolutions=(a_decision(len(voters), len([one for one in voters if one.id not in away]), dice),),
    )
    return Case(entry, Roll(circle, people, everybody))


def an_exclusion(dice: random.Random) -> ExclusionEntry:
    paper, agreed_on = dice.choice(
        [("县组〔2026〕3号", date(2026, 3, 5)), ("县组〔2026〕3号", None), ("", None)]
    )
    return ExclusionEntry("bedridden", paper, agreed_on)


def a_decision(expected: int, present: int, dice: random.Random) -> ResolutionEntry:
    matter = dice.choice([*Matter, *sorted(ELECTION_MATTERS), Matter.ORDINARY, Matter.DISPOSAL])
    against, abstained = dice.choice([0, 0, 1, 3]), dice.choice([0, 0, 2])
    in_favour = dice.choice([None, None, near(expected // 2, dice), near(present // 2, dice), present])
    told = ResolutionEntry(
        "修活动室",
        matter,
        dice.choice([Voting.HANDS, Voting.SECRET, Voting.SECRET]),
        in_favour,
        written_in_favour=dice.choice([0, 0, 0, 1, 2, 30]),
        discussed_in_id=dice.choice([None, 7]),
        against=against,
        abstained=abstained,
    )
    return with_candidates(told, present, dice) if matter in ELECTION_MATTERS else told


def with_candidates(told: ResolutionEntry, present: int, dice: random.Random) -> ResolutionEntry:
    """Most as they should be: in secret, papers handed to all, nobody votes for more than there are seats."""
    seats = dice.choice([1, 2, 3])
    if dice.random() < 0.7:
        votes = plausible_votes(seats, present, dice)
        people = tuple(CandidateEntry(name, number) for name, number in zip("甲乙丙丁", votes, strict=False))
        told = replace(told, voting=Voting.SECRET, written_in_favour=0, seats=seats, candidates=people)
        return replace(told, ballots_returned=present + 1) if dice.random() < 0.1 else told
    return replace(
        told,
        seats=dice.choice([None, seats]),
        ballots_issued=dice.choice([None, present, near(present, dice)]),
        ballots_returned=dice.choice([None, present + 1, near(present, dice)]),
        ballots_void=dice.choice([None, None, None, 0, 1, 30]),
        candidates=tuple(
            a_candidate(name, present, dice) for name in "甲乙丙丁"[: dice.choice([0, 2, 3, 4])]
        ),
    )


def plausible_votes(seats: int, present: int, dice: random.Random) -> list[int]:
    """One person more than there are seats; some alike, some that reach half of the votes just so."""
    if dice.random() < 0.3:
        return [present * seats // (seats + 1)] * (seats + 1)
    most = [dice.choice([present, present, present // 2, near(present // 2 + 1, dice)]) for _ in range(seats)]
    return [*most, dice.choice([0, 0, 1])]


def a_candidate(name: str, present: int, dice: random.Random) -> CandidateEntry:
    votes = dice.choice([near(present // 2 + 1, dice), present, dice.randint(0, max(present, 1))])
    return CandidateEntry(name, votes, dice.choice([0, 0, 1]), 0, dice.random() < 0.9)


def near(number: int, dice: random.Random) -> int:
    return max(0, number + dice.choice([-1, 0, 1]))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    dice = random.Random(SEED)
    return [a_case(dice) for _ in range(CASES)]


# ---- what the server says ----


def drawn(case: Case) -> Sheet:
    """The form as the server draws it; of the decision's own form nothing is needed."""
    form: Any = SimpleNamespace()
    branch = Organization(name="甲村党支部")
    return sheet_of(case.entry, case.roll, branch, handed_in=case.entry.held_on, forms=([form], [form]))


def said_by_the_server(case: Case) -> dict[str, Any]:
    sheet = drawn(case)
    (item,) = sheet.resolutions
    assert item.ruling is not None
    return {
        "standing": {"state": sheet.standing.state, "sentence": sheet.standing.sentence},
        "ruling": in_words(item.ruling),
        "hints": [in_words(hint) for hint in item.hints],
        "excludable": [row.id for row in sheet.exclusions],
    }


def in_words(words: Words) -> dict[str, str]:
    return {
        "state": words.state,
        "sentence": words.sentence,
        "rule": words.rule,
        "where": f"{words.document} {words.article}".strip(),
    }


# ---- what the phone says ----


def told_to_the_phone(case: Case) -> dict[str, Any]:
    """The gathering as the script reads it off the form."""
    entry = case.entry
    complete = [pk for pk, said in entry.exclusions.items() if said.is_complete and pk in entry.absences]
    return {
        "known": verdict_data(case.roll.everybody),
        "gathering": {
            "kinds": [*entry.kinds],
            "day": entry.held_on.isoformat(),
            "circle": str(case.roll.circle),
            "expected": [str(one.id) for one in case.roll.people],
            "everybody": [str(one.id) for one in case.roll.everybody],
            "absent": [str(pk) for pk in entry.absences],
            "excluded": [str(pk) for pk in complete],
        },
        "decision": decision_for_the_phone(case.decision),
    }


def decision_for_the_phone(said: ResolutionEntry) -> dict[str, Any]:
    return {
        "matter": said.matter,
        "label": said.matter.label,
        "secret": said.voting == Voting.SECRET,
        "inFavour": said.in_favour,
        "against": said.against,
        "abstained": said.abstained,
        "written": said.written_in_favour,
        "discussedIn": said.discussed_in_id,
        "seats": said.seats or 0,
        "issued": said.ballots_issued,
        "returned": said.ballots_returned,
        "spoilt": said.ballots_void or 0,
        "people": [
            {
                "name": one.name, "inFavour": one.in_favour, "against": one.against,
                "abstained": one.abstained, "onBallot": one.on_ballot,
            }
            for one in said.candidates
        ],
    }  # fmt: skip


def said_by_the_phone(cases: list[Case]) -> list[dict[str, Any]]:
    assert NODE, "Node is missing: make install brings it"
    told = json.dumps([told_to_the_phone(case) for case in cases])
    run = subprocess.run([NODE, str(SCRIPT)], input=told, capture_output=True, text=True, check=True)
    said: list[dict[str, Any]] = json.loads(run.stdout)
    return [{**one, "excludable": [int(pk) for pk in one["excludable"]]} for one in said]


@pytest.fixture(scope="module")
def server(cases: list[Case]) -> list[dict[str, Any]]:
    return [said_by_the_server(case) for case in cases]


def test_the_phone_says_of_every_vote_what_the_server_says(
    cases: list[Case], server: list[dict[str, Any]]
) -> None:
    both = zip(cases, said_by_the_phone(cases), server, strict=True)

    assert [(phone, said, case) for case, phone, said in both if phone != said][:1] == []


def test_that_the_cases_reach_every_regime_outcome_and_wish(server: list[dict[str, Any]]) -> None:
    """Else two that never speak would agree."""
    outcomes = Counter((one["ruling"]["rule"], one["ruling"]["state"]) for one in server)
    sentences = [one["ruling"]["sentence"] for one in server]

    passed = [(rule, "good") for rule in ("MEET-11", "MEET-02", "MEET-12", "ELEC-06")]
    failed = [(rule, "bad") for rule in ("MEET-11", "MEET-02", "MEET-12", "ELEC-05", "ELEC-09", "ELEC-11")]
    refused = [(rule, "warn") for rule in ("MEET-01", "MEET-12", "ELEC-09", "ELEC-10", "ELEC-11", "")]
    assert [one for one in (*passed, *failed, *refused) if not outcomes[one]] == []
    assert {hint["rule"] for one in server for hint in one["hints"]} == {"ELEC-07", "MEET-15"}
    assert sum(bool(one["excludable"]) for one in server) > 100
    assert [
        words for words in ("得票相等", "含书面", "另行选举") if sum(words in one for one in sentences) < 3
    ] == []


def test_that_papers_change_a_verdict(cases: list[Case], server: list[dict[str, Any]]) -> None:
    without = [replace(case, entry=replace(case.entry, exclusions={})) for case in cases]
    moved = [
        case.decision.matter
        for case, said in zip(without, server, strict=True)
        if said_by_the_server(case)["ruling"] != said["ruling"]
    ]

    assert set(moved) == {Matter.ELECTION, Matter.DELEGATES, Matter.DISPOSAL}


def test_every_rule_that_a_verdict_names_has_its_source_on_the_phone(server: list[dict[str, Any]]) -> None:
    named = {one["ruling"]["rule"] for one in server} - {""}

    assert named <= set(RULES)
