"""The browser of the journeys: Debian's Chromium against a live server of this very process."""

import datetime
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page

from apps.accounts.models import User
from tests.conftest import County
from tests.e2e.looking import PHONE, context_for, listen
from tests.e2e.phones import KEEPS, KEPT, Phone
from tests.factories import MemberFactory, SeatFactory, TermFactory
from tests.figures.conftest import hold

# Playwright's own event loop runs in this thread, and Django would refuse to query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
MORNING = datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
PATIENCE = 10_000  # milliseconds, of a busy machine

NAMES = ["李长福", "王秀英", "赵建国", "孙桂兰", "周玉梅", "吴志强", "郑海涛", "冯文斌", "陈淑珍", "褚永胜"]
NAMES += ["卫春花", "阿卜杜热合曼·麦麦提明"]

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is missing: sh tests/e2e/install-browser.sh")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = {"executable_path": chromium, "args": [*QUIET, *sandbox]}
    return browser_type_launch_args | browser


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Pages are opened by path: page.goto("/login/")."""
    return str(live_server.url)


@pytest.fixture(autouse=True)
def on_a_morning_in_november() -> Iterator[None]:
    """The server's clock goes on from there; browser and worker keep their own."""
    with time_machine.travel(MORNING):
        yield


@pytest.fixture
def visit(browser: Browser, base_url: str, signed_in: Any) -> Iterator[Visit]:
    """A page in a new browser, signed in as the given user; nothing may be said on its console."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def visitor(user: User | None = None, **options: Any) -> Page:
        client = None if user is None else signed_in(user)
        context = context_for(browser, client, base_url, **options)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        opened.append((context, listen(page)))
        return page

    yield visitor
    for context, _ in opened:
        context.close()
    assert [words for _, said in opened for words in said] == []


@pytest.fixture
def village(county: County) -> County:
    """The branch has twelve full members, three of them its committee; the other branches a few."""
    county.branch.meeting_place = "村党群服务中心"
    county.branch.save()
    people = [MemberFactory(branch=county.branch, name=name) for name in NAMES]
    term = TermFactory(organization=county.branch)
    for member, position in zip(people, ("1_secretary", "3_organization", "4_publicity"), strict=False):
        SeatFactory(term=term, member=member, position=position)
    MemberFactory.create_batch(4, branch=county.second_branch)
    MemberFactory(branch=county.second_branch, probationary=True)
    MemberFactory.create_batch(3, branch=county.other_branch)
    return county


@pytest.fixture
def october(village: County) -> County:
    """The branch met twice in October, and once in November; the second branch once; the other never."""
    people = village.branch.members.all()
    roll = [*((member, "present", "") for member in people[2:]), (people[0], "excused", "illness")]
    hold(village.branch, "theme_day", "general_meeting", roll=roll)
    hold(village.branch, "committee_meeting")
    hold(village.branch, "theme_day", on=datetime.date(2026, 11, 5), roll=roll)
    hold(village.second_branch, "theme_day", "lesson")
    return village


@pytest.fixture
def phone(browser: Browser, base_url: str, signed_in: Any) -> Iterator[Phone]:
    """The application on somebody's phone: the service worker has kept the branch's pages."""
    contexts: list[BrowserContext] = []

    def installed(user: User) -> Page:
        context = context_for(browser, signed_in(user), base_url, viewport=PHONE, service_workers="allow")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.evaluate(KEEPS, KEPT)
        return page

    yield installed
    for context in contexts:
        context.close()
