"""Coming in: who guesses is locked out, who was signed out comes back to where they were."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from apps.accounts.models import User
from tests.e2e.conftest import Visit
from tests.e2e.looking import PHONE, sign_in
from tests.factories import PASSWORD


def test_five_wrong_passwords_lock_and_the_sentence_says_until_when(
    township_officer: User, visit: Visit
) -> None:
    page = visit()
    page.goto("/login/")
    for _ in range(4):
        sign_in(page, township_officer, "Wrong-password-1")
        expect(page.get_by_text("用户名或密码不对，请再试一次。")).to_be_visible()
    sign_in(page, township_officer, "Wrong-password-1")
    locked = page.get_by_text(
        re.compile("连续输错 5 次，这个用户名在这里暂停登录，到 11月22日 10:3[01] 为止。")
    )
    expect(locked).to_be_visible()
    sign_in(page, township_officer)
    expect(locked).to_be_visible()


def test_who_was_signed_out_signs_in_and_is_back_on_the_page(township_officer: User, visit: Visit) -> None:
    page = visit(township_officer)
    page.goto("/")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(re.compile("/login/$"))

    page.goto("/meetings/?month=2026-10")
    expect(page).to_have_url(re.compile(r"/login/\?next="))
    expect(page.get_by_text("请先登录，再继续刚才要看的页面。")).to_be_visible()
    sign_in(page, township_officer)
    expect(page).to_have_url(re.compile(r"/meetings/\?month=2026-10$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("三会一课")


def test_a_newcomer_changes_the_initial_password_and_goes_on(township_officer: User, visit: Visit) -> None:
    township_officer.must_change_password = True
    township_officer.save()
    page = visit(viewport=PHONE)
    page.goto("/members/")
    sign_in(page, township_officer)
    expect(page.get_by_text("第一次登录要改密码。")).to_be_visible()
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_label(re.compile("^新密码")).fill("Brand-new-2026")
    page.get_by_label("再输一次新密码").fill("Brand-new-2026")
    page.get_by_role("button", name="改密码").click()
    expect(page.get_by_text("密码已改好。下次登录用新密码。")).to_be_visible()
