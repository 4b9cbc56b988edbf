"""Moving, renaming and dissolving keep what was: who belonged where can be asked for any past day."""

import datetime

import pytest
from django.db import connection

from apps.audit.models import Deed
from apps.core.errors import Refused
from apps.organizations import extensions, queries, services
from apps.organizations.models import Organization, Placement
from tests.factories import OrganizationFactory

FOUNDED = datetime.date(2000, 1, 1)
FIRST_MOVE = datetime.date(2020, 3, 1)
SECOND_MOVE = datetime.date(2024, 9, 1)
DAY = datetime.timedelta(days=1)


def paths_below(path, on):
    return list(queries.organizations_below(path, on=on).values_list("code", flat=True))


def placed(organization, day):
    """Where it stood on a day on which it stood somewhere."""
    placement = queries.placement_on(organization, day)
    assert placement is not None
    return placement


def check_tree():
    """What the database itself says about the tree at the end of a transaction."""
    connection.check_constraints()


@pytest.fixture
def general_branch(county):
    """A general branch in the first township, with two branches below."""
    return OrganizationFactory(
        parent=county.township,
        code="8801009",
        name="河口镇街道党总支",
        kind="general_branch",
        sector="community",
    )


@pytest.fixture
def its_branches(general_branch):
    return [
        OrganizationFactory(parent=general_branch, code=f"880100900{n}", name=f"街道第{n}党支部")
        for n in (1, 2)
    ]


@pytest.fixture
def moved_twice(county, general_branch, its_branches, county_officer):
    """To the other township in 2020 and back in 2024."""
    services.move(
        general_branch, to=county.other_township, on=FIRST_MOVE, by=county_officer, reason="区划调整"
    )
    return services.move(
        general_branch, to=county.township, on=SECOND_MOVE, by=county_officer, reason="又调回来"
    )


def test_a_subtree_that_moved_twice_belonged_where_it_was_on_each_day(county, moved_twice):
    subtree = ["8801009", "8801009001", "8801009002"]
    own = ["8801", "8801001", "8801002"]
    for day, here, there in [
        (FOUNDED, own + subtree, ["8802", "8802001"]),
        (FIRST_MOVE - DAY, own + subtree, ["8802", "8802001"]),
        (FIRST_MOVE, own, ["8802", "8802001", *subtree]),
        (SECOND_MOVE - DAY, own, ["8802", "8802001", *subtree]),
        (SECOND_MOVE, own + subtree, ["8802", "8802001"]),
        (datetime.date(2026, 11, 22), own + subtree, ["8802", "8802001"]),
    ]:
        assert sorted(paths_below("88/8801/", day)) == sorted(here)
        assert sorted(paths_below("88/8802/", day)) == sorted(there)
    check_tree()


def test_nobody_belongs_anywhere_before_it_was_founded(county, moved_twice):
    assert paths_below("88/", FOUNDED - DAY) == []


def test_each_organization_of_the_subtree_has_its_placements(county, moved_twice, its_branches):
    for organization, ending in [(moved_twice, "8801009/"), (its_branches[1], "8801009/8801009002/")]:
        assert list(
            Placement.objects.filter(organization=organization).values_list("path", "since", "until")
        ) == [
            (f"88/8801/{ending}", FOUNDED, FIRST_MOVE),
            (f"88/8802/{ending}", FIRST_MOVE, SECOND_MOVE),
            (f"88/8801/{ending}", SECOND_MOVE, None),
        ]
    parents = [each.parent for each in queries.placements_of(moved_twice)]
    assert parents == [county.township, county.other_township, county.township]
    assert [each.reason for each in queries.placements_of(moved_twice)] == ["又调回来", "区划调整", ""]


def test_placement_on_a_day(county, moved_twice):
    assert queries.placement_on(moved_twice, FOUNDED - DAY) is None
    assert placed(moved_twice, FIRST_MOVE).parent == county.other_township
    assert placed(moved_twice, FIRST_MOVE - DAY).parent == county.township


def test_the_whole_subtree_moves_in_one_statement(
    county, general_branch, its_branches, county_officer, django_assert_num_queries
):
    with django_assert_num_queries(15) as few:
        services.move(general_branch, to=county.other_township, on=FIRST_MOVE, by=county_officer)
    updates = [each["sql"] for each in few if each["sql"].startswith('UPDATE "organizations_organization"')]
    assert len(updates) == 1
    paths = Organization.objects.below("88/8802/8801009/").values_list("path", flat=True)
    assert list(paths) == [
        "88/8802/8801009/", "88/8802/8801009/8801009001/", "88/8802/8801009/8801009002/",
    ]  # fmt: skip
    check_tree()


def test_what_was_founded_after_the_day_of_a_late_entry_was_never_at_the_old_place(
    county, general_branch, its_branches, county_officer
):
    services.rename(its_branches[0], to=("街道第一党支部", ""), on=SECOND_MOVE, by=county_officer)
    services.move(general_branch, to=county.other_township, on=FIRST_MOVE, by=county_officer)
    assert list(its_branches[0].placements.values_list("name", "path", "since")) == [
        ("街道第1党支部", "88/8801/8801009/8801009001/", FOUNDED),
        ("街道第1党支部", "88/8802/8801009/8801009001/", FIRST_MOVE),
        ("街道第一党支部", "88/8802/8801009/8801009001/", SECOND_MOVE),
    ]


def test_a_branch_founded_later_stands_where_its_parent_stood(county, moved_twice, county_officer):
    branch = services.found_organization(
        code="8801009003", name="街道第3党支部", kind="branch", parent=moved_twice, by=county_officer,
        founded_on=datetime.date(2022, 1, 1),
    )  # fmt: skip
    assert list(branch.placements.values_list("path", "since", "until")) == [
        ("88/8802/8801009/8801009003/", datetime.date(2022, 1, 1), SECOND_MOVE),
        ("88/8801/8801009/8801009003/", SECOND_MOVE, None),
    ]
    check_tree()


def test_a_founding_day_that_nobody_knows_is_long_ago(county, county_officer):
    branch = services.found_organization(
        code="8801007", name="老街党支部", kind="branch", parent=county.township, by=county_officer
    )
    assert placed(branch, datetime.date(1949, 10, 1)).path == "88/8801/8801007/"


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("itself", "不能移到自己或自己的下级下面。"),
        ("its branch", "不能移到自己或自己的下级下面。"),
        ("another branch", "“河口镇东湾村党支部”是党支部，下面不能再设党组织。"),
        ("its parent", "它现在就在“河口镇党委”下面。"),
    ],
)
def test_where_nothing_can_move(county, general_branch, its_branches, county_officer, target, sentence):
    to = {
        "itself": general_branch,
        "its branch": its_branches[0],
        "another branch": county.branch,
        "its parent": county.township,
    }[target]
    with pytest.raises(Refused) as refused:
        services.move(general_branch, to=to, on=FIRST_MOVE, by=county_officer)
    assert (refused.value.sentence, refused.value.field) == (sentence, "to")


def test_the_root_does_not_move(county, county_officer):
    with pytest.raises(Refused, match="最上面的党组织不能移动"):
        services.move(county.root, to=county.township, on=FIRST_MOVE, by=county_officer)


def test_a_move_is_not_before_the_last_one_nor_after_today(county, moved_twice, county_officer):
    for day, sentence in [
        (SECOND_MOVE - DAY, "日期不能早于它上一次调整（2024年9月1日）。"),
        (datetime.date(2999, 1, 1), "日期还没有到。"),
    ]:
        with pytest.raises(Refused) as refused:
            services.move(moved_twice, to=county.other_township, on=day, by=county_officer)
        assert (refused.value.sentence, refused.value.field) == (sentence, "on")


def test_a_new_name_keeps_the_old(county, county_officer):
    day = datetime.date(2025, 7, 1)
    services.rename(
        county.branch, to=("河口镇东湾社区党支部", "东湾社区"), on=day, by=county_officer, reason="村改居"
    )
    county.branch.refresh_from_db()
    assert (county.branch.name, county.branch.short_name) == ("河口镇东湾社区党支部", "东湾社区")
    assert placed(county.branch, day - DAY).name == "河口镇东湾村党支部"
    assert placed(county.branch, day).name == "河口镇东湾社区党支部"
    deed = Deed.objects.get(action="organizations.rename")
    assert (deed.user_name, deed.reason, deed.organization_path) == (
        "县组织部陈静",
        "村改居",
        "88/8801/8801001/",
    )


def test_renaming_twice_on_one_day_leaves_one_name(county, county_officer):
    day = datetime.date(2025, 7, 1)
    for name in ("甲党支部", "乙党支部"):
        services.rename(county.branch, to=(name, ""), on=day, by=county_officer)
    assert list(county.branch.placements.values_list("name", flat=True)) == ["河口镇东湾村党支部", "乙党支部"]


def test_only_an_empty_organization_is_dissolved(county, county_officer):
    day = datetime.date(2026, 6, 1)
    with pytest.raises(Refused) as refused:
        services.dissolve(county.other_township, on=day, by=county_officer)
    assert refused.value.sentence == "还不能撤销：下面还有 1 个党组织。请先移走或办结。"
    services.dissolve(county.other_branch, on=day, by=county_officer, reason="并入南坪村")
    services.dissolve(county.other_township, on=day, by=county_officer)
    assert paths_below("88/8802/", day - DAY) == ["8802", "8802001"]
    assert paths_below("88/8802/", day) == []
    with pytest.raises(Refused, match=r"已经在2026年6月1日撤销，不能再改。"):
        services.dissolve(county.other_branch, on=day, by=county_officer)


def test_what_an_app_above_says_keeps_an_organization_open(county, county_officer, monkeypatch):
    monkeypatch.setattr(extensions, "_ties", [lambda organization: "还有 2 本账"])
    with pytest.raises(Refused, match="还不能撤销：还有 2 本账。请先移走或办结。"):
        services.dissolve(county.branch, on=datetime.date(2026, 6, 1), by=county_officer)


def test_a_code_is_taken_once_and_plain(county, county_officer):
    for code, sentence in [("8801001", "已存在"), ("88 01", "党组织代码只能用数字和字母。")]:
        with pytest.raises(Refused, match=sentence):
            services.found_organization(
                code=code, name="某党支部", kind="branch", parent=county.township, by=county_officer
            )


def test_two_people_change_one_organization(county, county_officer, township_officer):
    services.change_details(county.branch, version=1, by=county_officer, contact="李长福")
    with pytest.raises(Refused, match="刚才已经有别的改动"):
        services.change_details(county.branch, version=1, by=township_officer, contact="周玉梅")
    county.branch.refresh_from_db()
    assert (county.branch.contact, county.branch.version) == ("李长福", 2)


def test_an_organization_with_others_below_is_no_branch(county, county_officer):
    with pytest.raises(Refused, match="它下面还有党组织，不能改成党支部。"):
        services.change_details(county.township, version=1, by=county_officer, kind="branch")


def test_the_next_code(county):
    assert queries.next_code_below(county.township) == "8801003"
    assert queries.next_code_below(county.branch) == "8801001001"
    assert queries.next_code_below(county.root) == "8803"
