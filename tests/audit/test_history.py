"""Nothing changes without a trace, and the trace cannot be edited (SEC-09, SEC-10, SEC-11)."""

from __future__ import annotations

from typing import Any

import pghistory.models
import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, NotSupportedError

from apps.accounts import services
from apps.accounts.models import User
from apps.audit.context import acting_as
from apps.audit.models import Deed, HistoryContext
from apps.audit.records import record
from apps.audit.sources import sources
from apps.members.models import Member
from tests.factories import PASSWORD, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db

REFUSED = (InternalError, NotSupportedError)


def events_of(row):
    return list(type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"))


def execute(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


class TestEverythingIsKept:
    def test_bulk_writes(self, county):
        members = [MemberFactory(branch=county.branch) for _ in range(2)]
        Member.objects.filter(branch=county.branch).update(occupation="retired")
        for member in members:
            member.occupation = "teacher"
        Member.objects.bulk_update(members, ["occupation"])

        assert [event.occupation for event in events_of(members[0])] == ["farmer", "retired", "teacher"]

    def test_raw_sql(self, county):
        member = MemberFactory(branch=county.branch, address="东湾村一组")

        execute("UPDATE members_member SET address = 'x' WHERE id = %s", member.pk)

        assert [(event.pgh_label, event.address) for event in events_of(member)] == [
            ("insert", "东湾村一组"),
            ("update", "x"),
        ]

    def test_deletes_with_what_was_there(self, township_officer):
        grant = township_officer.grants.get()
        pk = grant.pk
        execute("DELETE FROM accounts_grant WHERE id = %s", pk)

        last = type(grant).pgh_event_model.objects.filter(pgh_obj_id=pk).latest("pgh_id")
        assert (last.pgh_label, last.role) == ("delete", "township_staff")

    def test_an_update_that_changes_nothing_leaves_nothing(self, county):
        member = MemberFactory(branch=county.branch)
        member.save()

        assert [event.pgh_label for event in events_of(member)] == ["insert"]


class TestProtectedValues:
    def test_are_in_no_history_table(self):
        kept = {
            f"{source.label}.{field.name}"
            for source in sources().values()
            for field in source.events._meta.fields
            if field.name in {"password", "digest", "id_number", "id_digest", "phone_digest"}
        }

        assert kept == set()

    def test_a_member_s_numbers_are_nowhere_in_the_history(self, county):
        member = MemberFactory(branch=county.branch)
        number, phone = member.id_number, member.phone

        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(e)::text FROM members_memberevent e")
            rows = "".join(row[0] for row in cursor.fetchall())

        assert member.name in rows
        assert [value for value in (number, number[-4:] + '"', phone) if value in rows] == []


class TestNothingIsEdited:
    @pytest.mark.parametrize("label", sorted(sources()))
    @pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
    def test_no_event(self, label, statement, county, township_officer):
        """The trigger is by row, so a row is put in by hand where the cast leaves none."""
        events = sources()[label].events
        if not events.objects.exists():
            _insert_any(events)
        before = events.objects.count()

        with pytest.raises(REFUSED, match="append_only"):
            execute(statement.format(events._meta.db_table))

        assert events.objects.count() == before > 0

    @pytest.mark.parametrize("statement", ["UPDATE audit_deed SET reason = 'x'", "DELETE FROM audit_deed"])
    def test_no_deed(self, statement, township_officer):
        record("accounts.sign_in", by=township_officer)

        with pytest.raises(REFUSED, match="append_only"):
            execute(statement)

        assert Deed.objects.get().reason == ""

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE pghistory_context SET metadata = '{{\"user\": 1}}'", "DELETE FROM pghistory_context"],
    )
    def test_not_who_it_was(self, statement, township_officer):
        with acting_as(township_officer):
            UserFactory()

        with pytest.raises(REFUSED):
            execute(statement.replace("{{", "{").replace("}}", "}"))

        assert HistoryContext.objects.get().metadata["user"] == township_officer.pk


def _insert_any(events) -> None:
    """A row of the history with whatever the columns demand."""
    values = {
        "char": "x",
        "text": "insert",
        "int": 0,
        "bool": False,
        "date": "2026-01-01",
        "timestamp": "2026-01-01",
        "uuid": "00000000-0000-0000-0000-000000000000",
        "jsonb": "{}",
        "numeric": 0,
        "smallint": 0,
        "double": 0,
    }
    names, given = [], []
    for field in events._meta.fields:
        if field.name == "pgh_id" or field.null:
            continue
        kind = field.db_type(connection) or ""
        names.append(f'"{field.column}"')
        given.append(
            "{}" if kind.endswith("[]") else next(value for name, value in values.items() if name in kind)
        )
    places = ", ".join(["%s"] * len(given))
    execute(f"INSERT INTO {events._meta.db_table} ({', '.join(names)}) VALUES ({places})", *given)  # noqa: S608


class TestWho:
    def test_a_request_signs_with_the_user_the_address_and_its_id(
        self, signed_in, county_administrator, township_officer
    ):
        answer = signed_in(county_administrator).post(f"/accounts/{township_officer.pk}/deactivate/")

        event = events_of(township_officer)[-1]
        assert event.pgh_context.metadata == {
            "user": county_administrator.pk,
            "name": "县管理员",
            "url": f"/accounts/{township_officer.pk}/deactivate/",
            "address": "127.0.0.1",
            "request_id": answer["X-Request-Id"],
        }

    def test_a_task_or_command_signs_with_whom_it_acts_for(self, township_officer):
        with acting_as(township_officer, via="task members.import"):
            user = UserFactory()

        assert events_of(user)[0].pgh_context.metadata == {
            "user": township_officer.pk,
            "name": str(township_officer),
            "url": "task members.import",
        }

    def test_who_began_acts_also_in_what_is_called_from_there(self, township_officer, neighbour):
        with acting_as(township_officer), acting_as(neighbour):
            user = UserFactory()

        assert events_of(user)[0].pgh_context.metadata["user"] == township_officer.pk

    def test_without_anybody_the_history_is_kept_all_the_same(self):
        assert events_of(UserFactory())[0].pgh_context is None

    def test_a_sign_in_is_signed_by_who_signed_in(self, client, township_officer):
        client.post("/login/", {"username": township_officer.username, "password": PASSWORD})

        assert Deed.objects.get().user_name == "河口镇刘洋"
        assert pghistory.models.Context.objects.count() == 0


def test_when_the_history_cannot_be_written_the_change_does_not_happen(
    county_administrator, township_officer
):
    execute("ALTER TABLE accounts_userevent ADD CONSTRAINT broken CHECK (pgh_label <> 'update') NOT VALID")

    with pytest.raises(Exception, match="broken"), transaction.atomic():
        services.deactivate(township_officer, by=county_administrator)

    assert User.objects.get(pk=township_officer.pk).is_active is True


def test_when_the_deed_cannot_be_recorded_it_does_not_happen(
    county_administrator, township_officer, monkeypatch
):
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the audit is down")

    monkeypatch.setattr(Deed.objects, "create", broken)
    old = township_officer.password

    with pytest.raises(RuntimeError):
        services.reset_password(township_officer, by=county_administrator)

    assert User.objects.get(pk=township_officer.pk).password == old
