"""Signing in on a phone, and the pages of accounts and of the audit trail in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from apps.accounts.models import User
from tests.conftest import County
from tests.e2e.conftest import Visit
from tests.e2e.looking import DESK, OVERFLOW, PHONE, faults_of
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, user: User, password: str) -> None:
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_a_newcomer_changes_the_initial_password_and_goes_on(
    page: Page, county: County, township_officer: User
) -> None:
    township_officer.must_change_password = True
    township_officer.save()
    page.set_viewport_size(PHONE)
    page.goto("/members/")

    sign_in(page, township_officer, "Wrong-1-password")
    expect(page.get_by_text("用户名或密码不对，请再试一次。")).to_be_visible()
    sign_in(page, township_officer, PASSWORD)
    expect(page.get_by_text("第一次登录要改密码。")).to_be_visible()
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=False).nth(0).fill("Brand-new-2026")
    page.get_by_label("再输一次新密码").fill("Brand-new-2026")
    page.get_by_role("button", name="改密码").click()

    expect(page.get_by_text("密码已改好。下次登录用新密码。")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_are_accessible_at_both_widths(
    visit: Visit, county_administrator: User, township_officer: User, viewport: ViewportSize
) -> None:
    page = visit(county_administrator, viewport=viewport)
    account = f"/accounts/{township_officer.pk}/"
    found = {}
    for path in ("/password/", "/accounts/", "/accounts/new/", account, "/audit/", "/api/v1/docs/"):
        page.goto(path)
        found[path] = (faults_of(page), page.evaluate(OVERFLOW))

    assert found == dict.fromkeys(found, ([], 0))
