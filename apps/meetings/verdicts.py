"""The rules of votes as data, so that a phone without a signal comes to the same verdict. Pure.

The counting is in static/js/meeting-verdict.js, which tests/meetings/test_verdict.py holds to `voting`,
`elections` and `assessment`; no threshold, day or source is written there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from apps.meetings.forms import FIRST_DAY
from apps.meetings.rolls import Expected
from apps.meetings.rules import MATTERS_WITH_EXCLUSIONS, TALKED_OVER_BEFORE
from apps.meetings.voting import ADMISSION_MATTERS, ELECTION_MATTERS
from apps.regulations.table import Comparison, Limit, Row, rows_of

LIMITS = (
    "MEET-11/present", "MEET-11/in_favour", "MEET-02/present", "MEET-02/in_favour", "MEET-12/present",
    "MEET-12/in_favour", "ELEC-05", "ELEC-06", "ELEC-07", "ORG-10/committee",
)  # fmt: skip
# What a verdict may name.
RULES = (
    "MEET-01", "MEET-02", "MEET-11", "MEET-12", "MEET-15", "ELEC-05", "ELEC-06", "ELEC-07", "ELEC-09",
    "ELEC-10", "ELEC-11",
)  # fmt: skip


def verdict_data(everybody: Iterable[Expected]) -> dict[str, Any]:
    """What the script calls `known`: thresholds and sources with their days, matters, full members."""
    people = [(one.id, one.facts) for one in everybody]
    return {
        "limits": {key: [_limit(row) for row in _rows_of(key)] for key in LIMITS},
        "sources": {code: [_source(row) for row in rows_of(code) if _still_matters(row)] for code in RULES},
        "admissions": _sorted(ADMISSION_MATTERS),
        "elections": _sorted(ELECTION_MATTERS),
        "leavesOut": _sorted(MATTERS_WITH_EXCLUSIONS),
        "talkedOver": _sorted(TALKED_OVER_BEFORE),
        "fullSince": {pk: str(max(facts.full_on, FIRST_DAY)) for pk, facts in people if facts.full_on},
        "silenced": [pk for pk, facts in people if facts.on_probation_within_party],
    }


def _sorted(matters: Collection[str]) -> list[str]:
    return sorted(str(matter) for matter in matters)


def _rows_of(key: str) -> Iterable[Limit]:
    rows = rows_of(key.partition("/")[0])
    return (row for row in rows if row.key == key and isinstance(row, Limit) and _still_matters(row))


def _still_matters(row: Row) -> bool:
    """Whether a meeting that can be recorded may be judged by it."""
    return row.until is None or row.until >= FIRST_DAY


def _limit(row: Limit) -> dict[str, Any]:
    share = Fraction(row.value)
    return {
        **_dates(row),
        "atLeast": row.comparison is Comparison.AT_LEAST,
        "top": share.numerator,
        "of": share.denominator,
        "words": row.amount_in_words,
    }


def _source(row: Row) -> dict[str, str]:
    return {**_dates(row), "where": f"{row.source.document} {row.source.article}".strip()}


def _dates(row: Row) -> dict[str, str]:
    named: dict[str, date | None] = {"since": row.since, "until": row.until}
    return {name: str(day) for name, day in named.items() if day}
