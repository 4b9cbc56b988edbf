"""A secretary records a meeting on a phone: counted taps, no signal, no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.accounts.models import User
from apps.meetings.models import Meeting
from tests.conftest import County
from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.looking import OVERFLOW, PHONE, context_for, faults_of
from tests.factories import MemberFactory, SeatFactory, TermFactory

MOST_TAPS = 10
KEPT = "[data-saved][data-state='kept']"


@pytest.fixture
def branch_of_thirty(county: County) -> list[Any]:
    """Thirty members, one of them living elsewhere; the first is the secretary."""
    county.branch.meeting_place = "村党群服务中心"
    county.branch.save()
    people: list[Any] = [
        MemberFactory(branch=county.branch, name=f"党员{number:02d}") for number in range(29)
    ]
    people.append(MemberFactory(branch=county.branch, name="外出的人", is_mobile=True))
    SeatFactory(term=TermFactory(organization=county.branch), member=people[0], position="1_secretary")
    return people


class Thumb:
    """Taps and types as a person would, and counts both."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.typed = page, 0, 0

    def tap(self, selector: str) -> None:
        self.page.locator(selector).click()
        self.taps += 1

    def type(self, selector: str, words: str) -> None:
        self.tap(selector)
        self.page.keyboard.type(words)
        self.typed += 1


def person(name: str) -> str:
    return f".person:has-text('{name}') input"


def test_a_theme_day_with_two_absent_and_a_decision(
    branch_of_thirty: list[Any], branch_secretary: User, visit: Visit
) -> None:
    page = visit(branch_secretary, viewport=PHONE)
    page.goto("/meetings/new/")
    thumb = Thumb(page)
    thumb.tap(".chips label:has-text('党员大会')")
    thumb.tap(person("党员03"))
    thumb.tap("dialog button:has-text('病假')")
    thumb.tap(person("外出的人"))
    thumb.type("#id_topic", "学习党章")
    thumb.type("#id_minutes", "一、学习党章第一章。二、讨论修缮活动室，没有不同意见。")
    thumb.tap("button:has-text('加一项决定')")
    thumb.type("#id_resolutions-0-text", "修缮活动室")
    page.locator("#id_topic").focus()
    standing = "应到 30，实到 28。 应到有表决权 30 人，实到 28 人，达到半数，表决有效。"
    expect(page.locator("#standing")).to_have_text(standing)
    expect(page.locator("#resolutions-0-ruling")).to_contain_text("赞成 28 票，超过应到的半数，通过。")
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    thumb.tap("button:has-text('保存并交上')")

    expect(page.get_by_text("已交上：主题党日、党员大会。应到 30，实到 28。")).to_be_visible()
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    meeting = Meeting.objects.get()
    absent = meeting.attendances.exclude(presence="present").values_list("member__name", "reason")
    assert (meeting.state, sorted(absent)) == ("submitted", [("党员03", "illness"), ("外出的人", "away")])
    assert thumb.taps <= MOST_TAPS
    assert thumb.typed == 3


@pytest.fixture
def unheard(browser: Browser, base_url: str, signed_in: Any, branch_secretary: User) -> Iterator[Page]:
    """A phone on whose console failed requests may be said."""
    context = context_for(browser, signed_in(branch_secretary), base_url, viewport=PHONE)
    yield context.new_page()
    context.close()


def test_without_a_signal_the_words_stay_on_the_phone_and_are_sent_once(
    branch_of_thirty: list[Any], branch_secretary: User, unheard: Page
) -> None:
    page = unheard
    page.goto("/meetings/new/")
    page.route("**/meetings/autosave/", lambda route: route.abort())
    page.locator("#id_topic").fill("山里开的会")
    expect(page.locator("[data-saved]")).to_contain_text("没有信号，已存在手机上", timeout=PATIENCE)
    assert Meeting.objects.count() == 0

    page.unroute("**/meetings/autosave/")
    page.goto("/meetings/new/")
    expect(page.locator("[data-copy-words]")).to_contain_text("手机上有一份没有送出的记录：山里开的会")
    page.get_by_role("button", name="接着写").click()
    expect(page.locator("#id_topic")).to_have_value("山里开的会")
    page.locator("#id_minutes").fill("一、学习。")
    expect(page.locator(KEPT)).to_contain_text("已存好", timeout=PATIENCE)
    page.get_by_role("button", name="保存并交上").last.click()
    expect(page.get_by_text("已交上：主题党日。应到 30，实到 30。")).to_be_visible()

    page.goto("/meetings/new/")
    expect(page.locator("[data-copies]")).to_be_hidden()
    assert list(Meeting.objects.values_list("topic", "state")) == [("山里开的会", "submitted")]


def test_it_works_without_script(branch_of_thirty: list[Any], branch_secretary: User, visit: Visit) -> None:
    page = visit(branch_secretary, viewport=PHONE, java_script_enabled=False)
    page.goto("/meetings/new/")
    page.locator(person("党员03")).click()
    page.locator(".person:has-text('党员03') select").select_option("病假")
    page.get_by_label("主题", exact=True).fill("学习党章")
    page.get_by_role("button", name="保存并交上").last.click()
    expect(page.get_by_role("link", name="请填写会议记录，不同意见也要记上。")).to_be_visible()
    page.locator("#id_minutes").fill("一、学习。")
    page.get_by_role("button", name="保存并交上").last.click()
    expect(page.get_by_text("已交上：主题党日。应到 30，实到 29。")).to_be_visible()
    assert Meeting.objects.get().attendances.get(presence="excused").reason == "illness"
