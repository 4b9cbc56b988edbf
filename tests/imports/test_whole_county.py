"""The tables of an invented county, laid out as offices do, with faults planted in one of them."""

import datetime
from pathlib import Path

import pytest
import time_machine

from apps.accounts.services.people import system_user
from apps.imports.plans import Choices
from apps.members.models import Member, MembershipEvent
from apps.organizations.models import Organization
from tests.imports.errands import carried_out, outcome, planned, said

DATA = Path(__file__).parent / "data"
LEDGER, FAULTY = DATA / "党组织台账.xlsx", DATA / "党员花名册(含错误).xlsx"
TOWNSHIP, BY_HAND = DATA / "临河镇党员花名册.xlsx", DATA / "临河镇党员花名册(手工).xlsx"
PLANTED = [
    (5, "公民身份号码", "id_check_digit"),
    (13, "公民身份号码", "id_length"),
    (27, "公民身份号码", "missing"),
    (42, "公民身份号码", "id_digits_lost"),
    (60, "姓名", "missing"),
    (79, "所在党支部", "branch_unknown"),
    (92, "入党日期", "joined_in_future"),
    (106, "入党日期", "joined_too_young"),
    (135, "转正日期", "full_before_joined"),
    (152, "出生日期", "born_on_differs"),
    (173, "性别", "sex_differs"),
    (201, "公民身份号码", "duplicate"),
    (222, "入党日期", "not_a_date"),
    (253, "学历", "unknown_value"),
    (282, "民族", "unknown_value"),
    (303, "手机号码", "phone_malformed"),
    (332, "姓名", "formula"),
    (357, "人员类别", "unknown_value"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db):
    with time_machine.travel(datetime.datetime(2026, 11, 22, 2, tzinfo=datetime.UTC), tick=False):
        user = system_user()
        carried_out("organizations", LEDGER.read_bytes(), user)
        yield user


def test_ledger_makes_the_tree(administrator):
    assert outcome(planned("organizations", LEDGER.read_bytes(), administrator)) == (0, 0, 600, 0)
    kinds = [
        Organization.objects.filter(kind=kind).count() for kind in ("committee", "branch", "joint_branch")
    ]
    assert (Organization.objects.count(), kinds) == (600, [27, 524, 12])


def test_every_planted_fault_is_found_in_its_row_and_column(administrator):
    plan = planned("roster", FAULTY.read_bytes(), administrator)
    assert said(plan) == PLANTED
    assert outcome(plan) == (383, 0, 0, 17)


def test_the_rest_of_the_faulty_roster_can_be_written(administrator):
    carried_out("roster", FAULTY.read_bytes(), administrator, Choices(skip_errors=True))
    assert Member.objects.count() == 383


def test_roster_made_by_hand_is_understood_as_it_is(administrator):
    carried_out("roster", TOWNSHIP.read_bytes(), administrator)
    plan = planned("roster", BY_HAND.read_bytes(), administrator)
    assert (outcome(plan), plan.problems, plan.absent, len(plan.readings)) == ((0, 0, 670, 0), [], [], 22)


def test_roster_made_by_hand_can_be_the_first_one(administrator):
    plan = carried_out("roster", BY_HAND.read_bytes(), administrator)
    assert outcome(plan) == (670, 0, 0, 0)
    assert {problem.code for problem in plan.problems} == {"date_not_exact"}
    exact = planned("roster", TOWNSHIP.read_bytes(), administrator)
    assert (len(exact.new), exact.bad_rows) == (0, 0)
    assert {each.title for changed in exact.changed for each in changed.fields} <= {
        "入党日期",
        "转正日期",
        "学历",
    }


def test_heads_of_a_branch_equal_the_sum_of_its_events(administrator):
    carried_out("roster", TOWNSHIP.read_bytes(), administrator)
    for branch in Organization.objects.branches().filter(members__isnull=False).distinct():
        entries = MembershipEvent.objects.filter(to_branch=branch).count()
        assert entries == Member.objects.filter(branch=branch).count()
