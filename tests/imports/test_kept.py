"""The plan that was shown is kept, sealed, and carried out only while it still is what would be shown."""

import datetime
import pickle
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection

from apps.core.crypto import CannotOpen, unseal
from apps.imports import kept, machine
from apps.imports.machine import Stale, carry_out, errand_for, make_plan_to_show
from apps.imports.plans import Choices, Plan
from apps.imports.registry import importer_named
from apps.members.models import Member
from tests.imports.rosters import people, person, roster

pytestmark = pytest.mark.django_db
ROSTER = importer_named("roster")
CONTENT = roster(person(0, name="王大明"), person(1), person(2))
ENTRY = """
INSERT INTO members_membershipevent (member_id, "on", cause, to_branch_id, note, recorded_at)
SELECT id, born_on, 'opening', branch_id, '', now() FROM members_member
"""


@pytest.fixture
def errand(county, county_officer):
    """In a county whose roster has one person already."""
    found = errand_for(ROSTER, county_officer)
    carry_out(ROSTER, people(1), found)
    return found


def forbid_reading(monkeypatch) -> None:
    def reading(*_):
        raise AssertionError("the file was read a second time")

    monkeypatch.setattr(machine, "open_sheets", reading)


def names() -> list[str]:
    return sorted(Member.objects.values_list("name", flat=True))


def test_shown_plan_is_carried_out_without_a_second_reading(errand, monkeypatch):
    plan = make_plan_to_show(ROSTER, CONTENT, errand)
    forbid_reading(monkeypatch)
    done = carry_out(ROSTER, CONTENT, errand, shown=plan.fingerprint)
    assert (done, names()) == (plan, ["王大明", "王小明", "王小明"])


def test_what_was_not_shown_is_read(errand, monkeypatch):
    make_plan_to_show(ROSTER, CONTENT, errand)
    forbid_reading(monkeypatch)
    with pytest.raises(AssertionError, match="read a second time"):
        carry_out(ROSTER, CONTENT, errand)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE members_member SET address = '某村'",
        "UPDATE members_member SET id_digest = id_digest",
        "UPDATE organizations_organization SET short_name = '' WHERE code = '8801002'",
        ENTRY,
    ],
)
def test_plan_is_not_kept_beyond_any_change_of_what_it_was_compared_with(errand, statement):
    """Whether the history tells of it or not."""
    make_plan_to_show(ROSTER, CONTENT, errand)
    before = kept.kept(kept.basis_of(ROSTER, CONTENT, errand))
    connection.cursor().execute(statement)
    after = kept.kept(kept.basis_of(ROSTER, CONTENT, errand))
    assert (type(before), after) == (Plan, None)


def test_plan_is_of_one_file_person_day_choice_and_program(errand, township_officer, monkeypatch):
    make_plan_to_show(ROSTER, CONTENT, errand)
    tomorrow = replace(errand, today=errand.today + datetime.timedelta(days=1))
    bases = [
        kept.basis_of(ROSTER, people(3), errand),
        kept.basis_of(ROSTER, CONTENT, errand_for(ROSTER, township_officer)),
        kept.basis_of(ROSTER, CONTENT, tomorrow),
        kept.basis_of(ROSTER, CONTENT, replace(errand, choices=Choices(skip_errors=True))),
        kept.basis_of(importer_named("organizations"), CONTENT, errand),
    ]
    monkeypatch.setattr(kept, "_PROGRAM", "the next")
    bases.append(kept.basis_of(ROSTER, CONTENT, errand))
    assert [kept.kept(basis) for basis in bases] == [None] * 6


def test_roster_that_moved_refuses_what_was_shown(errand):
    plan = make_plan_to_show(ROSTER, CONTENT, errand)
    Member.objects.update(name="王二明", version=2)
    with pytest.raises(Stale):
        carry_out(ROSTER, CONTENT, errand, shown=plan.fingerprint)
    assert names() == ["王二明"]


def test_kept_plan_holds_numbers_only_sealed(errand):
    """In Redis lies what nobody can read: not by itself, and not as another plan."""
    number = str(person(2)[2]).encode()
    plan = make_plan_to_show(ROSTER, CONTENT, errand)
    basis = kept.basis_of(ROSTER, CONTENT, errand)
    sealed = cache.get(kept._key(basis))
    assert (number in pickle.dumps(plan), number in sealed) == (True, False)
    assert kept.kept(basis) == plan
    with pytest.raises(CannotOpen):
        unseal(sealed, purpose=basis.replace("roster", "raster"))


def test_plan_with_faults_is_not_kept(errand):
    content = roster(person(1), person(2, education="太空学院"))
    make_plan_to_show(ROSTER, content, errand)
    assert kept.kept(kept.basis_of(ROSTER, content, errand)) is None
