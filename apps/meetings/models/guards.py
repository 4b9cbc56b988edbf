"""A record that was handed in changes only beside its revision: held by the database, whoever writes.

Until the transaction that began a record ends, its parts may be written: a bulk load writes it in pieces.
"""

from __future__ import annotations

import pgtrigger

# What people wrote; the rest is states, times and what the rules computed.
CONTENT = (
    "organization_id", "group_id", "kinds", "held_at", "ended_at", "place", "topic", "host_id", "recorder_id",
    "lecturer", "life_year", "guests", "minutes", "late_reason",
)  # fmt: skip
HANDED_IN = "('submitted', 'withdrawn')"
_REFUSAL = "RAISE EXCEPTION 'meeting % was handed in: it changes only beside a revision', {};"
_REVISED = (
    "EXISTS (SELECT 1 FROM meetings_meetingrevision WHERE meeting_id = {} AND made_in = txid_current())"
)


def record_guards() -> list[pgtrigger.Trigger]:
    """For the record itself: no other words, and no step back, without a revision; no deletion at all."""
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in (*CONTENT, "begun_in"))
    unguarded = f"OLD.begun_in = txid_current() OR (OLD.state = 'submitted' AND {_REVISED.format('OLD.id')})"
    return [
        pgtrigger.Trigger(
            name="handed_in",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                f"OLD.state IN {HANDED_IN} AND (NEW.state NOT IN {HANDED_IN}"
                f" OR (OLD.state = 'withdrawn' AND NEW.state = 'submitted') OR {changed})"
            ),
            func=f"IF NOT ({unguarded}) THEN {_REFUSAL.format('OLD.id')} END IF; RETURN NEW;",
        ),
        pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
    ]


def part_guards() -> list[pgtrigger.Trigger]:
    """For people and resolutions: one look for each statement, so that bulk loads stay fast."""
    both = ((pgtrigger.Insert, "new"), (pgtrigger.Update, "new"), (pgtrigger.Delete, "old"))
    return [_part_guard(operation, rows) for operation, rows in both]


def _part_guard(operation: pgtrigger.Operation, rows: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"handed_in_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{rows: "touched"}),
        declare=[("found", "bigint")],
        func=f"""
            SELECT m.id INTO found FROM meetings_meeting m
            WHERE m.id IN (SELECT meeting_id FROM touched) AND m.state IN {HANDED_IN}
              AND m.begun_in <> txid_current() AND NOT {_REVISED.format("m.id")} LIMIT 1;
            IF found IS NOT NULL THEN {_REFUSAL.format("found")} END IF;
            RETURN NULL;
        """,  # noqa: S608
    )
