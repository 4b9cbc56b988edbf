"""What a branch's phone loads, and how long the record form takes on a bad line and a slow phone.

    python -m tests.bench.phone_weight http://127.0.0.1:8000 branch Demo-2026-look

Against a running application with collected static files (`make run`); needs Chromium.
"""

from __future__ import annotations

import sys
import time
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from tests.bench.slow_line import SlowLine

KEPT = "/members/"  # the last page that the worker keeps ahead
KEEPS = """async (path) => {
    const isKept = async () => navigator.serviceWorker.controller && (await caches.match(path));
    while (!(await isKept())) await new Promise((go) => setTimeout(go, 50));
}"""
SLOW_3G = {"kbit": 400, "rtt": 0.4}
CPU = 4


def main(address: str, username: str, password: str) -> None:
    where = urlsplit(address)
    line = SlowLine(where.hostname or "127.0.0.1", where.port or 80)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        cookies = _signed_in(browser.new_context(), line, username, password)
        for title, measure in (("weight", _weigh), ("slow 3G, CPU / 4", _time)):
            context = browser.new_context(
                base_url=f"http://127.0.0.1:{line.port}", viewport={"width": 390, "height": 844}
            )
            context.set_default_timeout(120_000)
            context.add_cookies(cookies)
            print(f"--- {title}")  # noqa: T201
            measure(context, line)
            context.close()
    line.close()


def _signed_in(context: BrowserContext, line: SlowLine, username: str, password: str) -> list[Any]:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{line.port}/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    return context.cookies()


def _weigh(context: BrowserContext, line: SlowLine) -> None:
    """The first screen and the form; the first time with everything that the worker keeps ahead."""
    page = context.new_page()
    line.counted()
    for visit in ("first visit", "next visit"):
        page.goto("/")
        page.evaluate(KEEPS, KEPT)
        page.goto("/meetings/new/")
        page.wait_for_load_state("networkidle")
        size, connections = line.counted()
        print(f"{visit}: {size / 1024:.1f} KB in {connections} connections")  # noqa: T201


def _time(context: BrowserContext, line: SlowLine) -> None:
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    line.shape(**SLOW_3G)
    print(f"form, first visit: {_usable(page):.1f} s")  # noqa: T201
    page.evaluate(KEEPS, KEPT)
    print(f"form, next visit: {_usable(page):.1f} s")  # noqa: T201
    context.set_offline(True)
    print(f"form, no signal: {_usable(page):.1f} s")  # noqa: T201
    context.set_offline(False)
    line.shape()


def _usable(page: Page) -> float:
    """Seconds until the names can be tapped and the scripts have run."""
    began = time.monotonic()
    page.goto("/meetings/new/", wait_until="load")
    page.locator("#people .person").first.wait_for()
    return time.monotonic() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
