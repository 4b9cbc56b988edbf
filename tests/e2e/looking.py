"""What the browser tests look with: the sizes, a signed-in browser, axe, and what sticks out at the side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from apps.accounts.models import User
from tests.factories import PASSWORD

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
AXE_RUN = """axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
})"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def cookies_of(client: Client, address: str) -> list[Any]:
    return [{"name": name, "value": morsel.value, "url": address} for name, morsel in client.cookies.items()]


def context_for(browser: Browser, client: Client | None, address: str, **options: Any) -> BrowserContext:
    """A browser of its own at that address; signed in as the client is.

    Service workers only where the test is about them: they go on fetching after the test's last step.
    """
    usual = {"base_url": address, "locale": "zh-CN", "viewport": DESK, "service_workers": "block"}
    context = browser.new_context(**{**usual, **options})
    if client is not None:
        context.add_cookies(cookies_of(client, address))
    return context


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def faults_of(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it stands."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found = page.evaluate(AXE_RUN)["violations"]
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]


EXPECTED = ("Autofocus", "Service Worker registration blocked", "Clear-Site-Data header on")


def listen(page: Page) -> list[str]:
    """Everything that the console will say: what the content policy blocks and what fails is among it.

    The browser also reports answers such as 404 and 422, which are pages that the tests ask for, that a hand
    was quicker than its autofocus, and what a phone forgot when somebody left.
    """
    said: list[str] = []

    def hear(words: str, at: str) -> None:
        is_answer = words.startswith("Failed to load resource") and "status of 4" in words
        if not words.startswith(EXPECTED) and (not is_answer or "/static/" in at):
            said.append(words)

    page.on("console", lambda message: hear(message.text, message.location["url"]))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
