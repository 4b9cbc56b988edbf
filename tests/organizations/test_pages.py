"""What people see of the tree, and what they may do there."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.organizations.models import Organization, Term
from tests.factories import MemberFactory, OrganizationFactory, TermFactory

TODAY = datetime.date(2026, 11, 22)


def address(name, organization, **query):
    return reverse(f"organizations:{name}", args=[organization.pk], query=query or None)


def page_text(response):
    return response.content.decode()


def named(county, organizations):
    """Which of the cast's organizations the page links to."""
    return {
        name
        for name in ("root", "township", "branch", "second_branch", "other_township", "other_branch")
        if f'href="{address("detail", getattr(county, name))}"' in organizations
    }


LIST = "/organizations/"
CHANGING = ("new", "edit", "rename", "move", "dissolve", "new_term", "extend_term")


def test_the_tree_shows_each_their_own(
    county, signed_in, county_officer, township_officer, neighbour, branch_secretary, supervisor
):
    everything = {"root", "township", "branch", "second_branch", "other_township", "other_branch"}
    for user, expected in [
        (county_officer, everything),
        (township_officer, {"township", "branch", "second_branch"}),
        (neighbour, {"other_township", "other_branch"}),
        (branch_secretary, {"branch"}),
        (supervisor, {"branch"}),
    ]:
        if len(expected) == 1:
            assert signed_in(user).get(LIST).url == address("detail", county.branch)
        else:
            assert named(county, page_text(signed_in(user).get(LIST))) == expected
        table = signed_in(user).get(LIST, {"view": "table"})
        assert named(county, page_text(table)) == expected
        assert table.context["page"].paginator.count == len(expected)


def test_nobody_without_login_sees_the_tree(county, villager):
    for path in (LIST, address("detail", county.branch)):
        assert villager.get(path).url == f"/login/?next={path}"


def test_the_tree_counts_branches_and_members(county, signed_in, county_officer):
    MemberFactory.create_batch(3, branch=county.branch)
    MemberFactory(branch=county.other_branch)
    twigs = signed_in(county_officer).get(LIST).context["twigs"]
    assert [(twig.node.branches, twig.node.members) for twig in twigs] == [(3, 4)]
    assert [(twig.node.code, twig.node.branches, twig.node.members) for twig in twigs[0].below] == [
        ("8801", 2, 3), ("8802", 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "湾村"}, ["8801001", "8801002"]),
        ({"q": "8802"}, ["8802", "8802001"]),
        ({"q": "石桥乡党委"}, ["8802"]),
        ({"kind": "committee"}, ["88", "8801", "8802"]),
        ({"sector": "village", "q": "上寨"}, ["8802001"]),
        ({"q": "没有这个村"}, []),
        ({"state": "dissolved"}, ["8801003"]),
        ({"state": "all", "q": "8801"}, ["8801", "8801001", "8801002", "8801003"]),
    ],
)
def test_finding_organizations(county, signed_in, county_officer, query, codes):
    OrganizationFactory(parent=county.township, code="8801003", dissolved_on=datetime.date(2025, 1, 1))
    page = signed_in(county_officer).get(LIST, query).context["page"]
    assert [row.code for row in page] == codes


def test_what_lies_below_one(county, signed_in, county_officer, township_officer):
    page = signed_in(county_officer).get(LIST, {"under": county.township.pk}).context["page"]
    assert [row.code for row in page] == ["8801", "8801001", "8801002"]
    outside = signed_in(township_officer).get(LIST, {"under": county.other_township.pk})
    assert list(outside.context["page"]) == list(Organization.objects.filter(code__startswith="8801"))


def test_a_large_tree_opens_level_by_level(county, signed_in, county_officer, monkeypatch):
    monkeypatch.setattr("apps.organizations.views.SHOWN_WHOLE", 3)
    client = signed_in(county_officer)
    assert named(county, page_text(client.get(LIST))) == {"root", "township", "other_township"}
    part = client.get(address("below", county.township), headers={"HX-Request": "true"})
    assert named(county, page_text(part)) == {"branch", "second_branch"}
    assert client.get(address("below", county.township)).url == address("detail", county.township)


@pytest.mark.parametrize("query", [{}, {"view": "table"}, {"q": "党支部"}])
def test_the_list_asks_as_much_for_one_row_as_for_three(county, signed_in, neighbour, query):
    def queries_with(client):
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST, query)
        return len(captured)

    client = signed_in(neighbour)
    client.get(LIST)
    few = queries_with(client)
    for number in range(2, 12):
        branch = OrganizationFactory(parent=county.other_township, code=f"88020{number:02d}")
        MemberFactory(branch=branch)
    assert queries_with(client) == few


def test_an_organization_s_page(county, signed_in, township_officer):
    MemberFactory.create_batch(2, branch=county.branch)
    TermFactory(organization=county.township, elected_on=datetime.date(2022, 6, 22), years=5)
    response = signed_in(township_officer).get(address("detail", county.township))
    text = page_text(response)
    assert [(node.name, node.members) for node in response.context["children"]] == [
        ("河口镇东湾村党支部", 2), ("河口镇西湾村党支部", 0),
    ]  # fmt: skip
    assert "2027年6月22日届满" in text
    assert '<span class="tag">2027年6月22日届满</span>' in text
    assert f'href="/members/?under={county.township.pk}"' in text


def test_what_stands_above_is_named_but_opens_only_within_the_scope(
    county, signed_in, branch_secretary, township_officer
):
    page = signed_in(branch_secretary).get(address("detail", county.branch))
    assert page.context["trail"] == [("党组织", LIST), ("河口镇东湾村党支部", "")]
    assert "<dt>上级</dt><dd>河口镇党委</dd>" in page_text(page)
    page = signed_in(township_officer).get(address("detail", county.branch))
    above = address("detail", county.township)
    assert page.context["trail"] == [("党组织", LIST), ("河口镇党委", above), ("河口镇东湾村党支部", "")]
    assert f'<dt>上级</dt><dd><a href="{above}">河口镇党委</a></dd>' in page_text(page)


def test_the_supervisor_sees_numbers_but_no_way_to_the_roster(county, signed_in, supervisor):
    MemberFactory(branch=county.branch, name="欧阳某某")
    text = page_text(signed_in(supervisor).get(address("detail", county.branch)))
    assert '<span class="value">1</span>' in text
    assert "/members/" not in text
    assert "欧阳某某" not in text


@pytest.mark.parametrize("page", ["detail", "below", *CHANGING])
def test_the_neighbour_finds_nothing(county, signed_in, neighbour, page):
    for organization in (county.branch, county.township, county.root):
        assert signed_in(neighbour).get(address(page, organization)).status_code == 404
        assert signed_in(neighbour).post(address(page, organization)).status_code in (404, 405)


@pytest.mark.parametrize("page", CHANGING)
def test_a_secretary_and_a_supervisor_change_nothing(county, signed_in, branch_secretary, supervisor, page):
    for user in (branch_secretary, supervisor):
        assert signed_in(user).get(address(page, county.branch)).status_code == 403
        assert signed_in(user).post(address(page, county.branch)).status_code == 403


def test_a_township_founds_a_branch(county, signed_in, township_officer):
    client = signed_in(township_officer)
    form = client.get(address("new", county.township)).context["form"]
    assert form.initial["code"] == "8801003"
    answer = client.post(
        address("new", county.township),
        {"code": "8801003", "name": "河口镇老街党支部", "kind": "branch", "founded_on": "2026-10-01"},
    )
    branch = Organization.objects.get(code="8801003")
    assert answer.url == address("detail", branch)
    assert branch.path == "88/8801/8801003/"


def test_what_is_wrong_stands_at_its_field(county, signed_in, township_officer):
    answer = signed_in(township_officer).post(
        address("new", county.township),
        {"code": "8801001", "name": "", "kind": "branch", "founded_on": "2027-01-01"},
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"code", "name"}


def test_the_page_says_what_a_service_refuses(county, signed_in, township_officer):
    answer = signed_in(township_officer).post(
        address("new", county.township),
        {"code": "8801009", "name": "河口镇老街党支部", "kind": "branch", "founded_on": "2027-01-01"},
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"founded_on": ["成立日期还没有到。"]}


def test_editing_on_top_of_somebody_else_s_change(county, signed_in, township_officer):
    client = signed_in(township_officer)
    given = {"kind": "branch", "sector": "village", "contact": "李长福", "version": 1}
    assert client.post(address("edit", county.branch), given).url == address("detail", county.branch)
    second = client.post(address("edit", county.branch), given | {"contact": "周玉梅"})
    assert second.status_code == 422
    county.branch.refresh_from_db()
    assert county.branch.contact == "李长福"


def test_a_move_is_found_by_code_or_name_within_the_scope(
    county, signed_in, county_officer, township_officer
):
    moved = {"on": "2026-11-01", "reason": "区划调整"}
    inside = signed_in(township_officer).post(address("move", county.branch), moved | {"to": "8802"})
    assert inside.status_code == 422
    assert inside.context["form"].errors == {"to": ["您的范围里没有这个党组织。请写代码，或从提示中选。"]}
    done = signed_in(county_officer).post(address("move", county.branch), moved | {"to": "石桥乡"})
    assert done.url == address("detail", county.branch)
    county.branch.refresh_from_db()
    assert county.branch.path == "88/8802/8801001/"
    text = page_text(signed_in(county_officer).get(address("detail", county.branch)))
    assert "区划调整" in text


def test_a_name_that_several_have_is_asked_again(county, signed_in, county_officer):
    for name in ("甲", "乙"):
        OrganizationFactory(parent=county.root, name=f"县直机关{name}党总支", kind="general_branch")
    answer = signed_in(county_officer).post(
        address("move", county.branch), {"to": "县直机关", "on": "2026-11-01"}
    )
    assert answer.context["form"].errors == {
        "to": ["有好几个都像：县直机关甲党总支、县直机关乙党总支。请写全，或写代码。"]
    }


def test_renamed_and_dissolved_from_the_page(county, signed_in, township_officer):
    client = signed_in(township_officer)
    renamed = client.post(
        address("rename", county.branch), {"name": "河口镇东湾社区党支部", "on": "2026-11-01"}
    )
    assert renamed.url == address("detail", county.branch)
    MemberFactory(branch=county.branch)
    refused = client.post(address("dissolve", county.branch), {"on": "2026-11-02"})
    assert refused.context["form"].non_field_errors() == ["还不能撤销：名册里还有 1 名党员。请先移走或办结。"]
    gone = client.post(address("dissolve", county.second_branch), {"on": "2026-11-02", "reason": "并入东湾"})
    assert gone.url == address("detail", county.second_branch)
    page = client.get(address("detail", county.second_branch))
    assert page.context["may_change"] is False
    assert "2026年11月2日撤销" in page_text(page)


@pytest.mark.parametrize(
    ("kind", "sector", "years"),
    [
        ("committee", "township", 5),
        ("working_committee", "county_organ", 5),
        ("general_branch", "agency", 3),
        ("branch", "agency", 3),
        ("joint_branch", "non_public_enterprise", 3),
        ("branch", "village", 5),
        ("general_branch", "community", 5),
        ("committee", "village", 5),
    ],
)
def test_years_of_a_term_are_filled_in_by_kind_and_sector(
    county, signed_in, county_officer, kind, sector, years
):
    organization = OrganizationFactory(parent=county.root, kind=kind, sector=sector)
    page = signed_in(county_officer).get(address("new_term", organization))
    assert page.context["form"].fields["years"].initial == years


def test_a_new_term_ends_the_one_before(county, signed_in, township_officer):
    old = TermFactory(organization=county.branch, elected_on=datetime.date(2021, 3, 1))
    client = signed_in(township_officer)
    answer = client.post(address("new_term", county.branch), {"elected_on": "2026-03-01", "years": 5})
    assert answer.url == address("detail", county.branch)
    old.refresh_from_db()
    assert old.ended_on == datetime.date(2026, 3, 1)
    assert list(Term.objects.values_list("elected_on", "years", "ended_on")) == [
        (datetime.date(2026, 3, 1), 5, None),
        (datetime.date(2021, 3, 1), 5, datetime.date(2026, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"elected_on": "2026-03-01", "years": 5}, {}),
        ({"elected_on": "2026-03-01", "years": 6}, {"years": ["任期请填 1 到 5 年。"]}),
        (
            {"elected_on": "2021-03-01", "years": 5},
            {"elected_on": ["当选日期要晚于本届的当选日期2021年3月1日。"]},
        ),
        ({"elected_on": "2026-11-23", "years": 5}, {"elected_on": ["当选日期还没有到。"]}),
    ],
)
def test_what_a_new_term_must_keep(county, signed_in, township_officer, given, errors):
    TermFactory(organization=county.branch, elected_on=datetime.date(2021, 3, 1))
    answer = signed_in(township_officer).post(address("new_term", county.branch), given)
    assert answer.status_code == (422 if errors else 302)
    found = dict(answer.context["form"].errors) if errors else {}
    assert [*found.values()] == [*errors.values()]


def test_years_beyond_the_regulation_are_refused_with_its_code(county, signed_in, county_officer):
    branch = OrganizationFactory(parent=county.root, kind="branch", sector="agency")
    answer = signed_in(county_officer).post(
        address("new_term", branch), {"elected_on": "2026-03-01", "years": 4}
    )
    assert answer.context["form"].errors == {"years": ["党支部的任期一般是 3 年。"]}


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ("2026-03-01", "延期的日期要晚于届满日2026年3月1日。"),
        ("2026-03-02", None),
        ("2027-03-01", None),
        ("2027-03-02", "延期一般不超过一年，最晚到2027年3月1日。"),
    ],
)
def test_an_extension_is_at_most_a_year(county, signed_in, township_officer, to, error):
    TermFactory(organization=county.branch, elected_on=datetime.date(2021, 3, 1), years=5)
    answer = signed_in(township_officer).post(
        address("extend_term", county.branch), {"to": to, "reason": "县委组织部批复"}
    )
    if error is None:
        assert Term.objects.get().due_on == datetime.date.fromisoformat(to)
    else:
        assert answer.context["form"].errors == {"to": [error]}


def test_without_a_term_there_is_nothing_to_extend(county, signed_in, township_officer):
    assert signed_in(township_officer).get(address("extend_term", county.branch)).status_code == 404


def test_a_temporary_branch_is_not_elected(county, signed_in, county_officer):
    branch = OrganizationFactory(parent=county.root, kind="temporary_branch", sector="agency")
    answer = signed_in(county_officer).post(
        address("new_term", branch), {"elected_on": "2026-03-01", "years": 3}
    )
    assert answer.context["form"].non_field_errors() == ["临时党支部的班子由上级指定，不换届。"]
