"""Scope: a subtree is a prefix, and nobody reaches a row except through it."""

from __future__ import annotations

from apps.accounts.models import User
from apps.core.scope import Scope
from apps.members.models import Member
from apps.organizations.models import Organization
from tests.conftest import County
from tests.factories import GrantFactory, MemberFactory, UserFactory


def test_a_subtree_is_not_another_whose_code_begins_alike() -> None:
    scope = Scope(("88/8801/",))
    assert [scope.covers(path) for path in ("88/8801/", "88/8801/8801001/", "88/88011/", "88/")] == [
        True,
        True,
        False,
        False,
    ]


def test_no_grant_opens_nothing(county: County) -> None:
    assert list(Organization.objects.visible_to(UserFactory())) == []


def test_an_officer_sees_their_township_and_all_below(county: County, township_officer: User) -> None:
    assert list(Organization.objects.visible_to(township_officer)) == [
        county.township,
        county.branch,
        county.second_branch,
    ]


def test_two_grants_open_both_subtrees(county: County, township_officer: User) -> None:
    GrantFactory(user=township_officer, role="auditor", organization=county.other_branch)
    assert county.other_branch in Organization.objects.visible_to(township_officer)


def test_a_permission_holds_only_where_its_role_was_granted(county: County, township_officer: User) -> None:
    """Reading elsewhere does not let anybody import there."""
    GrantFactory(user=township_officer, role="auditor", organization=county.other_branch)
    MemberFactory(branch=county.other_branch)
    assert Member.objects.visible_to(township_officer).count() == 1
    assert Member.objects.within(township_officer, "members.import").count() == 0


def test_a_grant_without_organization_holds_everywhere(county: County) -> None:
    user = GrantFactory(role="county_administrator", organization=None).user
    assert Organization.objects.visible_to(user).count() == Organization.objects.count()


def test_the_supervision_committee_does_not_see_the_roster(county: County, supervisor: User) -> None:
    MemberFactory(branch=county.branch)
    assert list(Organization.objects.visible_to(supervisor)) == [county.branch]
    assert list(Member.objects.visible_to(supervisor)) == []
