"""The ledger of party organizations as a table."""

import datetime
from typing import Any

import pytest
import time_machine

from apps.core.errors import Refused
from apps.imports.machine import Stale, carry_out, errand_for
from apps.imports.registry import importer_named
from apps.organizations.models import Organization, Placement, Term
from tests.factories import GrantFactory, TermFactory, UserFactory
from tests.imports.books import xlsx
from tests.imports.errands import carried_out, changes, outcome, planned, said

HEAD = [
    *("党组织代码", "党组织名称", "党组织类别", "上级党组织代码", "上级党组织名称", "所在单位类别"),
    *("成立日期", "联系电话", "本届当选日期", "任期(年)"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-11-22 10:00+08:00", tick=False):
        yield


@pytest.fixture
def administrator(db):
    """Holds everything everywhere: the only one who may begin a county."""
    return GrantFactory(user=UserFactory(), role="county_administrator", organization=None).user


def line(
    code: str, name: str = "某村党支部", kind: str = "党支部", parent: str = "8801", **facts: Any
) -> list[object]:
    values = {
        "党组织代码": code,
        "党组织名称": name,
        "党组织类别": kind,
        "上级党组织代码": parent,
        "上级党组织名称": "",
        "所在单位类别": "行政村",
        "成立日期": datetime.date(2003, 7, 23),
        "联系电话": "0931-6607066",
        "本届当选日期": datetime.date(2024, 1, 6),
        "任期(年)": 5,
    }
    return [(values | facts)[title] for title in HEAD]


def ledger(*lines: list[object]) -> bytes:
    return xlsx([HEAD, *lines], sheet="党组织台账")


def _history(model: Any) -> Any:
    return model.history.rel.related_model.objects


# --- a new county ---------------------------------------------------------------------------------


def test_county_comes_from_one_file_with_children_before_parents(administrator):
    content = ledger(
        line("10005003", parent="10005"),
        line("10005", "中共某县某镇委员会", "党委", "10", 所在单位类别="乡镇"),
        line("10", "中国共产党某县委员会", "党委", "", 所在单位类别="机关"),
    )
    assert outcome(carried_out("organizations", content, administrator)) == (3, 0, 0, 0)
    assert list(Organization.objects.values_list("path", "kind", "sector")) == [
        ("10/", "committee", "agency"),
        ("10/10005/", "committee", "township"),
        ("10/10005/10005003/", "branch", "village"),
    ]
    assert set(Placement.objects.values_list("path", "since", "until")) == {
        (path, datetime.date(2003, 7, 23), None) for path in ("10/", "10/10005/", "10/10005/10005003/")
    }
    assert set(Term.objects.values_list("organization__code", "elected_on", "years")) == {
        (code, datetime.date(2024, 1, 6), 5) for code in ("10", "10005", "10005003")
    }


def test_same_file_again_changes_nothing_and_writes_nothing(county, county_officer):
    content = ledger(line("8801003"), line("8801004"))
    carried_out("organizations", content, county_officer)
    before = (_history(Organization).count(), _history(Placement).count(), _history(Term).count())
    plan = planned("organizations", content, county_officer)
    assert (outcome(plan), plan.problems) == ((0, 0, 2, 0), [])
    with pytest.raises(Refused, match="没有要写入的"):
        carried_out("organizations", content, county_officer)
    assert (_history(Organization).count(), _history(Placement).count(), _history(Term).count()) == before


def test_history_names_who_imported(county, county_officer):
    carried_out("organizations", ledger(line("8801003")), county_officer)
    event = _history(Organization).get(code="8801003")
    assert (event.pgh_label, event.pgh_context.metadata["user"]) == ("insert", county_officer.pk)


def test_parents_may_be_told_by_name(county, county_officer):
    content = xlsx(
        [["代码", "名称", "类别", "上级党组织"], ["8801003", "某村党支部", "支部", county.township.name]]
    )
    carried_out("organizations", content, county_officer)
    assert Organization.objects.get(code="8801003").parent == county.township


def test_years_follow_the_rule_when_they_are_not_given(county, county_officer):
    content = ledger(
        line("8801003", **{"任期(年)": ""}), line("8801004", 所在单位类别="学校", **{"任期(年)": ""})
    )
    carried_out("organizations", content, county_officer)
    assert dict(Term.objects.values_list("organization__code", "years")) == {"8801003": 5, "8801004": 3}


def test_unusual_years_are_a_warning(county, county_officer):
    plan = carried_out("organizations", ledger(line("8801003", **{"任期(年)": 3})), county_officer)  # type: ignore[arg-type]
    assert said(plan) == [(2, "任期(年)", "unusual_years")]
    assert plan.problems[0].message == "任期填的是 3 年，规定一般是 5 年（ELEC-01）。"


# --- changes --------------------------------------------------------------------------------------


@pytest.fixture
def stored(county, county_officer):
    carried_out("organizations", ledger(line("8801003")), county_officer)
    return Organization.objects.get(code="8801003")


def test_new_name_keeps_the_old_one_in_the_history(stored, county_officer):
    plan = carried_out(
        "organizations", ledger(line("8801003", "新村党支部", 联系电话="0931-1")), county_officer
    )
    assert changes(plan) == [
        ("某村党支部", [("党组织名称", "某村党支部", "新村党支部"), ("联系电话", "0931-6607066", "0931-1")])
    ]
    assert list(stored.placements.order_by("since").values_list("name", "since", "until")) == [
        ("某村党支部", datetime.date(2003, 7, 23), datetime.date(2026, 11, 22)),
        ("新村党支部", datetime.date(2026, 11, 22), None),
    ]
    stored.refresh_from_db()
    assert stored.phone == "0931-1"


def test_move_keeps_where_it_stood(stored, county, county_officer):
    carried_out("organizations", ledger(line("8801003", parent="8802")), county_officer)
    stored.refresh_from_db()
    assert (stored.path, stored.parent) == ("88/8802/8801003/", county.other_township)
    assert list(stored.placements.order_by("since").values_list("path", flat=True)) == [
        "88/8801/8801003/", "88/8802/8801003/",
    ]  # fmt: skip


def test_later_election_begins_a_term(stored, county_officer):
    content = ledger(line("8801003", 本届当选日期=datetime.date(2026, 3, 1)))
    carried_out("organizations", content, county_officer)
    assert list(stored.terms.order_by("elected_on").values_list("elected_on", "ended_on", "years")) == [
        (datetime.date(2024, 1, 6), datetime.date(2026, 3, 1), 5),
        (datetime.date(2026, 3, 1), None, 5),
    ]


def test_earlier_election_is_a_fault(stored, county_officer):
    content = ledger(line("8801003", 本届当选日期=datetime.date(2020, 3, 1)))
    assert said(planned("organizations", content, county_officer)) == [(2, "本届当选日期", "earlier_term")]


def test_corrected_years_stay_in_the_term(stored, county_officer):
    carried_out("organizations", ledger(line("8801003", **{"任期(年)": 3})), county_officer)  # type: ignore[arg-type]
    assert stored.terms.get().years == 3


def test_branch_that_becomes_a_general_branch_takes_branches_from_the_same_file(stored, county_officer):
    content = ledger(line("8801003001", parent="8801003"), line("8801003", "某村党总支", "党总支"))
    assert outcome(carried_out("organizations", content, county_officer)) == (1, 1, 0, 0)
    assert Organization.objects.get(code="8801003001").path == "88/8801/8801003/8801003001/"


def test_empty_cells_change_nothing(stored, county_officer):
    empty = {
        "所在单位类别": "",
        "成立日期": "",
        "联系电话": "",
        "本届当选日期": "",
        "任期(年)": "",
        "上级党组织代码": "",
    }
    assert outcome(planned("organizations", ledger(line("8801003", **empty)), county_officer)) == (0, 0, 1, 0)


def test_day_known_to_the_month_agrees_with_the_stored_one(stored, county_officer):
    plan = planned("organizations", ledger(line("8801003", 成立日期="2003年7月")), county_officer)
    assert (outcome(plan), plan.problems) == ((0, 0, 1, 0), [])


def test_what_the_table_does_not_name_is_listed_and_stays(county, county_officer):
    content = ledger(line("8801", county.township.name, "党委", "88", 所在单位类别="乡镇"))
    plan = planned("organizations", content, county_officer)
    assert [(absent.subject, absent.detail) for absent in plan.absent] == [
        (county.branch.name, "8801001"), (county.second_branch.name, "8801002"),
    ]  # fmt: skip


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faulty", "column", "code"),
    [
        (line(""), "党组织代码", "missing"),
        (line("88-01"), "党组织代码", "not_a_code"),
        (line(88010030000000000001.0), "党组织代码", "digits_lost"),  # type: ignore[arg-type]
        (line("8801003", ""), "党组织名称", "missing"),
        (line("8801003", kind="俱乐部"), "党组织类别", "unknown_value"),
        (line("8801003", parent="9999"), "上级党组织代码", "parent_unknown"),
        (line("8801003", parent="8801001"), "上级党组织代码", "parent_is_branch"),
        (line("8801003", parent=""), "上级党组织代码", "no_parent"),
        (line("8801003", parent="8801003"), "上级党组织代码", "parent_is_branch"),
        (line("8801003", 所在单位类别="月球"), "所在单位类别", "unknown_value"),
        (line("8801003", 成立日期=datetime.date(2030, 1, 1)), "成立日期", "in_future"),
        (line("8801003", 本届当选日期="不详"), "本届当选日期", "not_a_date"),
        (line("8801003", **{"任期(年)": 9}), "任期(年)", "not_a_number"),  # type: ignore[arg-type]
    ],
)
def test_fault_is_found_in_its_column(county, county_officer, faulty, column, code):
    plan = planned("organizations", ledger(line("8801009"), faulty), county_officer)
    assert (said(plan), outcome(plan)) == ([(3, column, code)], (1, 0, 0, 1))


def test_code_twice_in_a_file_is_a_fault_of_the_second(county, county_officer):
    plan = planned("organizations", ledger(line("8801003"), line("8801003")), county_officer)
    assert said(plan) == [(3, "党组织代码", "duplicate")]


def test_circle_of_parents_is_found(county, county_officer):
    content = ledger(
        line("8805", "甲党委", "党委", "8806"),
        line("8806", "乙党委", "党委", "8807"),
        line("8807", "丙党委", "党委", "8805"),
    )
    assert {code for _, _, code in said(planned("organizations", content, county_officer))} == {"circular"}


def test_name_of_the_parent_that_disagrees_is_a_warning(county, county_officer):
    plan = planned("organizations", ledger(line("8801003", 上级党组织名称="别的党委")), county_officer)
    assert said(plan) == [(2, "上级党组织名称", "parent_name_differs")]


def test_dissolved_organization_is_not_brought_back(stored, county_officer):
    Organization.objects.filter(pk=stored.pk).update(dissolved_on=datetime.date(2026, 1, 1))
    assert said(planned("organizations", ledger(line("8801003")), county_officer)) == [
        (2, "党组织代码", "dissolved")
    ]


def test_temporary_branch_has_no_term(county, county_officer):
    plan = carried_out("organizations", ledger(line("8801003", kind="临时党支部")), county_officer)
    assert (said(plan), Term.objects.count()) == ([(2, "本届当选日期", "temporary_has_no_term")], 0)


# --- scope ----------------------------------------------------------------------------------------


def test_officer_of_a_county_begins_no_other_county(county, county_officer):
    content = ledger(line("10", "中国共产党某县委员会", "党委", "", 所在单位类别="机关"))
    assert said(planned("organizations", content, county_officer)) == [(2, "上级党组织代码", "no_parent")]


def test_township_imports_only_below_itself(county, township_officer):
    content = ledger(
        line("8801003"),
        line("8802002", parent="8802"),
        line("8802001", county.other_branch.name, parent="8802"),
    )
    plan = planned("organizations", content, township_officer)
    assert said(plan) == [(3, "上级党组织代码", "out_of_scope"), (4, "党组织代码", "out_of_scope")]


def test_township_does_not_pull_a_branch_over_from_its_neighbour(county, township_officer):
    content = ledger(line("8802001", county.other_branch.name, parent="8801"))
    assert said(planned("organizations", content, township_officer)) == [(2, "党组织代码", "out_of_scope")]


def test_organization_that_somebody_changed_meanwhile_is_not_overwritten(stored, county_officer):
    importer = importer_named("organizations")
    content = ledger(line("8801003", 联系电话="0931-1"))
    shown = planned("organizations", content, county_officer).fingerprint
    Organization.objects.filter(pk=stored.pk).update(version=9)
    with pytest.raises(Stale):
        carry_out(importer, content, errand_for(importer, county_officer), shown=shown)


def test_stored_term_is_compared(county, county_officer):
    TermFactory(organization=county.branch, elected_on=datetime.date(2024, 1, 6), years=5)
    founded = line("8801001", county.branch.name, 成立日期=datetime.date(2000, 1, 1), 联系电话="")
    assert outcome(planned("organizations", ledger(founded), county_officer)) == (0, 0, 1, 0)
