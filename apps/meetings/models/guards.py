"""A record that was handed in changes only beside its revision: held by the database, whoever writes.

Until the transaction that began a record ends, its parts may be written: a bulk load writes it in pieces.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def part_guards(
    *, records: str = "SELECT meeting_id FROM {}", content: Sequence[str] = ()
) -> list[pgtrigger.Trigger]:
    """For what belongs to a record: one look for each statement, so that bulk loads stay fast.

    `records` finds the records of some rows; of a change only that of the `content` matters, if there is any:
    how a task stands is what the next meeting says of it.
    """
    old, new = records.format("before"), records.format("after")
    both = f"{old} UNION {new}"
    return [
        _part_guard(pgtrigger.Insert, new, {"new": "after"}),
        _part_guard(
            pgtrigger.Update, _changed(content) if content else both, {"old": "before", "new": "after"}
        ),
        _part_guard(pgtrigger.Delete, old, {"old": "before"}),
    ]


def _changed(content: Sequence[str]) -> str:
    """The records of rows of which people wrote something else."""
    is_, was = (", ".join(f"{row}.{name}" for name in content) for row in ("after", "before"))
    moved = "SELECT unnest(ARRAY[before.meeting_id, after.meeting_id]) FROM after JOIN before USING (id)"
    return f"{moved} WHERE ({is_}) IS DISTINCT FROM ({was})"


def _part_guard(operation: pgtrigger.Operation, records: str, rows: dict[str, str]) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"handed_in_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),
        declare=[("found", "bigint")],
        func=f"""
            SELECT m.id INTO found FROM meetings_meeting m
            WHERE m.id IN ({records}) AND m.state IN {HANDED_IN}
              AND m.begun_in <> txid_current() AND NOT {_REVISED.format("m.id")} LIMIT 1;
            IF found IS NOT NULL THEN {_REFUSAL.format("found")} END IF;
            RETURN NULL;
        """,  # noqa: S608
    )
