"""What happens elsewhere while a record waits on a phone: the page is closed, the roster changes."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from apps.accounts.models import User
from tests.conftest import County
from tests.e2e.conftest import PATIENCE
from tests.e2e.looking import OVERFLOW, faults_of
from tests.e2e.phones import Phone, cut, hand_in, records, restore, waiting, write
from tests.factories import MemberFactory


def waker(context: BrowserContext, origin: str) -> Callable[[], None]:
    """What the browser does when the signal is back, again and again: it wakes the service worker."""
    page = context.new_page()
    browser = context.new_cdp_session(page)
    found: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(row["registrationId"] for row in said["registrations"]),
    )
    browser.send("ServiceWorker.enable")
    wait_until(page, lambda: bool(found))
    event = {"origin": origin, "registrationId": found[0], "tag": "records", "lastChance": False}

    def wake() -> None:
        browser.send("ServiceWorker.dispatchSyncEvent", event)

    return wake


def wait_until(page: Page, holds: Callable[[], bool], *, meanwhile: Callable[[], None] | None = None) -> None:
    until = time.monotonic() + 3 * PATIENCE / 1000  # a worker that is woken begins from nothing
    while not holds() and time.monotonic() < until:
        if meanwhile:
            meanwhile()
        page.wait_for_timeout(500)
    assert holds()


def test_a_record_is_sent_in_the_background_when_the_page_is_closed(
    village: County, branch_secretary: User, phone: Phone, base_url: str
) -> None:
    page = phone(branch_secretary)
    context = page.context
    cut(page)
    write(page, "关了页面")
    hand_in(page)
    expect(waiting(page, "关了页面")).to_contain_text("已存在手机上")
    page.goto("about:blank")
    restore(page)
    wake = waker(context, base_url)
    wait_until(page, lambda: records() == [("关了页面", "submitted")], meanwhile=wake)


def test_whoever_joined_the_branch_meanwhile_is_asked_about(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "名册变了")
    MemberFactory(branch=village.branch, name="新来的")
    hand_in(page)
    expect(waiting(page, "名册变了")).to_contain_text("已存在手机上")
    restore(page)
    expect(waiting(page, "名册变了")).to_contain_text("新来的")
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    waiting(page, "名册变了").get_by_role("button", name="补充").click()
    expect(page.locator("#id_minutes")).to_have_value("一、学习党章。")
    hand_in(page)
    expect(page.get_by_text("已交上：主题党日。")).to_be_visible()
    assert records() == [("名册变了", "submitted")]
