"""Migrations' verbs: whose rows the public side shows tells of every change, so that no old page is served.

A table beneath a view of the public side needs one of `telling_of_villages` and `telling_of_all`
(tests/publicsite/test_changes.py looks). What a migration has used stays as it is.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

COUNT = "ON CONFLICT (place) DO UPDATE SET number = change.number + 1, at = excluded.at"
FUNCTIONS = RunSQL(
    f"""
    CREATE FUNCTION publicsite_tell_of_villages() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        EXECUTE format(
            'INSERT INTO publicsite_change AS change (place, number, at)
             SELECT party.code, 1, clock_timestamp() FROM organizations_village village
             JOIN organizations_organization party ON party.id = village.organization_id
             WHERE village.id IN (%s) ORDER BY party.code {COUNT}', TG_ARGV[0]);
        RETURN NULL;
    END $$;
    CREATE FUNCTION publicsite_tell_of_all() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO publicsite_change AS change (place, number, at) VALUES ('', 1, clock_timestamp()) {COUNT};
        RETURN NULL;
    END $$
    """,  # noqa: S608 - built from our own constants
    "DROP FUNCTION publicsite_tell_of_villages, publicsite_tell_of_all",
)
_EVENTS = (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))


def telling_of_villages(table: str, villages: str = "SELECT village_id FROM changed") -> RunSQL:
    """Each change of the table counts for the villages that the query names; its rows are in `changed`."""
    make = "; ".join(
        f"CREATE TRIGGER public_change_{event} AFTER {event} ON {table} REFERENCING {rows} TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION publicsite_tell_of_villages($${villages}$$)"
        for event, rows in _EVENTS
    )
    drop = "; ".join(f"DROP TRIGGER public_change_{event} ON {table}" for event, _ in _EVENTS)
    return RunSQL(make, drop)


def telling_of_all(table: str, *, columns: tuple[str, ...] = ()) -> RunSQL:
    """Each change of the table, or of these columns in it, counts for every page."""
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    when = f"UPDATE ON {table} FOR EACH ROW WHEN ({differs})" if columns else ""
    events = when or f"INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT"
    make = f"CREATE TRIGGER public_change AFTER {events} EXECUTE FUNCTION publicsite_tell_of_all()"
    return RunSQL(make, f"DROP TRIGGER public_change ON {table}")
