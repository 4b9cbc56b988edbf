"""A branch's phone with the application installed: losing the signal, writing a record, where it waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from apps.accounts.models import User
from apps.meetings.models import Meeting

KEEPS = """async (paths) => {
    const isKept = async (path) => navigator.serviceWorker.controller && (await caches.match(path));
    for (const path of paths) while (!(await isKept(path))) await new Promise((go) => setTimeout(go, 50));
}"""
KEPT = ["/", "/meetings/new/", "/meetings/phone/", "/meetings/", "/members/"]

Phone = Callable[[User], Page]


def cut(page: Page) -> None:
    page.context.set_offline(True)


def restore(page: Page) -> None:
    page.context.set_offline(False)


def write(page: Page, topic: str, day: str = "2026-11-05") -> None:
    """A complete theme day; without a signal too."""
    page.goto("/meetings/new/")
    page.locator("#id_held_on").fill(day)
    page.locator("#id_topic").fill(topic)
    page.locator("#id_minutes").fill("一、学习党章。")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="保存并交上").last.click()


def waiting(page: Page, topic: str) -> Any:
    return page.locator("#phone-records .item").filter(has_text=topic)


def records() -> list[tuple[str, str]]:
    return sorted(Meeting.objects.values_list("topic", "state"))
