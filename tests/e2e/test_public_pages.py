"""What everybody reads: sound at every width and size of text, and whole without a script."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from apps.accounts.models import User
from apps.disclosure.models import Publication
from apps.disclosure.services import add_receipt
from apps.publicsite import queries
from apps.publicsite.addresses import everything
from tests.attachments.pictures import picture, upload
from tests.conftest import County
from tests.disclosure.conftest import clerk, publish, statements
from tests.e2e.conftest import Visit
from tests.e2e.looking import DESK, OVERFLOW, PHONE, faults_of
from tests.e2e.test_every_page import shoot
from tests.publicsite.crawl import body_of
from tests.publicsite.whole import People, disclose

__all__ = ["clerk", "publish", "statements"]
HEAVIEST = 60 * 1024  # bytes, compressed, of a first visit without pictures
SMALL: ViewportSize = {"width": 320, "height": 568}  # also what 1280 px are at 400 % (WCAG 1.4.10)
SIZES = ("text-standard", "text-large", "text-extra")
LARGER = "document.documentElement.style.fontSize = '200%'"
HEADINGS = "Array.from(document.querySelectorAll('h1,h2,h3,h4'), each => Number(each.tagName[1]))"
TABLES = """Array.from(document.querySelectorAll('table')).filter(
    each => !each.caption || !each.querySelector('th[scope]')).length"""


@pytest.fixture
def published(statements: list[Publication], publish, clerk: User) -> list[Publication]:
    """Two months, a receipt at the line for the ditch."""
    add_receipt(statements[1], upload(picture()), line=2, key=uuid4(), has_looked=True, by=clerk)
    return [publish(publication) for publication in statements]


@pytest.fixture
def whole(
    published: list[Publication],
    clerk: User,
    supervisor: User,
    township_officer: User,
    county: County,
    monkeypatch: pytest.MonkeyPatch,
) -> list[Publication]:
    """Besides, one of everything that can be public, in a chain of several parts."""
    monkeypatch.setattr(queries, "PART", 5)
    disclose(published[0].village, county, People(clerk, supervisor, township_officer))
    return published


def is_page(answer: Any) -> bool:
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def pages() -> list[str]:
    """Every public page that is read in a browser, and what is found by a search."""
    answers = ((address.path, Client().get(address.path)) for address in everything())
    found = [path for path, answer in answers if is_page(answer)]
    asked = ("收支", "东湾", "没有")
    return [*found, *(f"/public/search/?q={words}" for words in asked), "/public/no-such-village/"]


def faults(page: Page) -> Iterator[object]:
    for viewport in (DESK, PHONE, SMALL):
        page.set_viewport_size(viewport)
        if viewport != SMALL:
            yield from faults_of(page)
        for size in SIZES:
            if (choice := page.locator(f"#{size}")).count():
                choice.check(force=True)
            if page.evaluate(OVERFLOW) > 0:
                yield f"sticks out at {viewport['width']} px, {size}"
    page.evaluate(LARGER)
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        if page.evaluate(OVERFLOW) > 0:
            yield f"sticks out at {viewport['width']} px, 200 %"
    page.evaluate("document.documentElement.style.fontSize = ''")
    levels = page.evaluate(HEADINGS)
    if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings out of order: {levels}"
    if page.evaluate(TABLES):
        yield "a table without caption or headers"


def test_every_public_page_is_sound(whole: list[Publication], visit: Visit) -> None:
    page = visit(bypass_csp=True)  # axe is a script, which these pages would not run
    wrong = []
    for address in pages():
        page.goto(address)
        wrong += [f"{address}: {fault}" for fault in faults(page)]
        shoot(page, "public", address)

    assert wrong == [], "\n".join(wrong)


def journey(page: Page, start: str) -> None:
    """From the county to one line of a village's account, how to verify it, and the sheet to print."""
    page.goto(start)
    page.get_by_role("navigation", name="乡镇").get_by_role("link", name="河口镇").click()
    assert page.url.endswith("#t8801")
    page.get_by_role("link", name="河口镇东湾村", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("河口镇东湾村村务公开")
    page.get_by_role("link", name=re.compile("全部 2 笔")).click()
    expect(page.get_by_text("水渠清淤的工钱")).to_be_visible()
    expect(page.get_by_text("比上月多 86.20 元")).to_be_visible()
    page.get_by_role("link", name="看票据").click()
    expect(page.get_by_role("img")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="问第 2 笔").click()
    expect(page.get_by_role("heading", name="怎样问")).to_be_in_viewport()
    page.get_by_role("link", name="怎样核对").click()
    expect(page.get_by_text("全部对得上。")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="打印成一张纸").click()
    expect(page.get_by_role("table")).to_be_visible()


def test_a_villager_reads_and_prints_without_a_script_on_a_small_screen(
    published: list[Publication], visit: Visit, base_url: str
) -> None:
    page = visit(java_script_enabled=False, viewport=PHONE)
    journey(page, f"{base_url}/public/")
    page.emulate_media(media="print")

    expect(page.get_by_text("选好纸张")).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()


def test_the_copy_is_read_the_same_way_from_a_folder(
    published: list[Publication], browser: Browser, tmp_path: Path
) -> None:
    call_command("export_public_site", tmp_path, jobs=1)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    journey(page, f"file://{tmp_path}/current/index.html")
    page.goto(f"file://{tmp_path}/current/public/index.html")
    page.get_by_role("link", name="按乡镇、拼音和年份找").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("全部的村")
    context.close()


def test_the_first_thing_that_tab_reaches_leads_to_the_text(
    published: list[Publication], visit: Visit
) -> None:
    page = visit(java_script_enabled=False)
    page.goto("/public/")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.django_db
def test_a_first_visit_is_light(whole: list[Publication], villager: Client, county: County) -> None:
    """Page, stylesheet and pieces of the heaviest page, as they go over the line."""
    heaviest = 0
    for address in pages():
        if "no-such" in address:
            continue
        answer = villager.get(address)
        pieces = set(re.findall(r'"(/static/[^"]+)"', answer.content.decode()))
        bodies = [body_of(answer), *(body_of(villager.get(piece)) for piece in pieces)]
        heaviest = max(heaviest, sum(len(gzip.compress(body)) for body in bodies))

    assert 2_000 < heaviest < HEAVIEST
