"""A branch secretary at a phone records a meeting: how much bother it is, and who sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from apps.accounts.models import User
from apps.meetings.models import Meeting
from tests.conftest import County
from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.looking import OVERFLOW, PHONE, context_for, faults_of, sign_in
from tests.factories import MemberFactory

KEPT = "[data-saved][data-state='kept']"
TELEPHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TOPIC, MINUTES, DECISION = (
    "学习党章，讨论修缮活动室",
    "一、学习党章第一章。\n二、讨论修缮活动室。",
    "用村集体收入修缮活动室",
)
SUBJECT, SAID = "党章", "大家同意先修屋顶，王建国提出账目要公开。"
CALLED = "11月主题党日、党员大会"
MEMBERS = 30
# A thumb at human pace.
SECONDS_A_TAP, CHARACTERS_A_SECOND = 0.4, 4
ABSENT = {"王秀英": "病假", "郑海涛": "流动外出"}
RULING = re.compile("赞成 28 票，[^，]+，通过。")


@dataclass
class Thumb:
    """Somebody at a telephone who counts what it takes."""

    page: Page
    taps: int = 0
    typed: int = 0
    characters: int = 0

    @property
    def seconds(self) -> float:
        return self.taps * SECONDS_A_TAP + self.characters / CHARACTERS_A_SECOND

    def tap(self, what: Locator) -> None:
        what.tap()
        self.taps += 1

    def type(self, what: Locator, words: str) -> None:
        what.fill(words)
        what.blur()
        self.typed += 1
        self.characters += len(words)

    def write_on(self, what: Locator, subject: str, words: str) -> None:
        """Fill the gap that a heading left, and write on below."""
        what.fill(what.input_value().replace("《　》", f"《{subject}》") + f"\n{words}")
        what.blur()
        self.typed += 1
        self.characters += len(subject + words)


def test_a_secretary_records_a_meeting_with_a_thumb(
    village: County, branch_secretary: User, township_officer: User, neighbour: User, visit: Visit
) -> None:
    for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未":
        MemberFactory(branch=village.branch, name=f"赵大{name}")
    page = visit(**TELEPHONE)
    page.goto("/")
    sign_in(page, branch_secretary)
    expect(page.get_by_role("heading", name="要办的事")).to_be_visible()
    expect(page.get_by_text("10月没有主题党日记录。每月一次，补记也可以。")).to_be_visible()

    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="记一次会"))
    expect(page.get_by_label("主题党日")).to_be_checked()
    thumb.tap(page.locator("label", has_text="党员大会"))
    for name, reason in ABSENT.items():
        thumb.tap(page.get_by_label(f"{name} 没有来"))
        thumb.tap(page.get_by_role("dialog", name=f"{name}为什么没有来？").get_by_role("button", name=reason))
    expect(page.get_by_role("status").filter(has_text="应到 30，实到 28。")).to_be_visible()
    thumb.tap(page.get_by_role("button", name="加一项决定（表决）"))
    thumb.type(page.get_by_label("决定事项"), DECISION)
    expect(page.get_by_role("status").filter(has_text=RULING)).to_be_visible()
    minutes = page.get_by_label(re.compile("^记录 可用手机"))
    thumb.tap(page.get_by_role("button", name="写好标题"))
    expect(minutes).to_have_value(f"一、学习《　》\n二、讨论表决：{DECISION}")
    thumb.write_on(minutes, SUBJECT, SAID)
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    thumb.tap(page.get_by_role("button", name="保存并交上"))

    expect(page.get_by_text("已交上：主题党日、党员大会。")).to_be_visible()
    told = f"{thumb.taps} taps, {thumb.typed} fields typed, {thumb.seconds:.0f} s at human pace"
    print(f"\na theme day of {MEMBERS} with a decision: {told}")  # noqa: T201 - a figure we watch
    assert (thumb.taps, thumb.typed) == (9, 2)
    assert thumb.seconds < 60
    expect(page.get_by_text("应到 30，实到 28。", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(CALLED)
    expect(page.locator(".card", has_text=RULING)).to_contain_text("赞成 28，反对 0，弃权 0。")
    record = page.url
    page.get_by_role("link", name="会议", exact=True).tap()
    expect(page.get_by_role("row").filter(has_text=CALLED)).to_contain_text("28 / 30")

    officer = visit(township_officer)
    officer.goto("/meetings/")
    officer.get_by_role("row").filter(has_text=CALLED).get_by_role("link").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text(CALLED)

    stranger = visit(neighbour)
    stranger.goto("/meetings/")
    expect(stranger.get_by_text("还没有会议记录")).to_be_visible()
    answer = stranger.goto(record)
    assert answer is not None
    assert answer.status == 404


def test_a_secretary_records_a_meeting_without_script(
    village: County, branch_secretary: User, visit: Visit
) -> None:
    page = visit(**TELEPHONE, java_script_enabled=False)
    page.goto("/")
    sign_in(page, branch_secretary)
    page.get_by_role("link", name="记一次会").tap()
    page.locator("label", has_text="党员大会").tap()
    page.get_by_role("button", name="换了类型或日期，更新下面的人").tap()
    for name, reason in ABSENT.items():
        page.get_by_label(f"{name} 没有来").tap()
        page.get_by_label(f"{name}为什么没有来").select_option(reason)
    page.get_by_label("主题", exact=True).fill(TOPIC)
    page.get_by_role("button", name="加一项决定（表决）").tap()
    page.get_by_label("决定事项").fill(DECISION)
    page.get_by_role("button", name="保存并交上").tap()
    expect(page.get_by_role("link", name="请填写会议记录，不同意见也要记上。")).to_be_visible()
    page.get_by_label(re.compile("^记录 可用手机")).fill(MINUTES)
    page.get_by_role("button", name="保存并交上").tap()

    expect(page.get_by_text("已交上：主题党日、党员大会。")).to_be_visible()
    expect(page.get_by_text("应到 12，实到 10。", exact=True)).to_be_visible()
    expect(page.locator(".card", has_text="举手：")).to_contain_text("赞成 10，反对 0，弃权 0。")
    (record,) = Meeting.objects.all()
    assert (record.state, record.counted_kinds) == ("submitted", ["theme_day", "general_meeting"])


@pytest.fixture
def unheard(browser: Browser, base_url: str, signed_in: Any, branch_secretary: User) -> Iterator[Page]:
    """A phone on whose console failed requests may be said."""
    context = context_for(browser, signed_in(branch_secretary), base_url, viewport=PHONE)
    yield context.new_page()
    context.close()


def test_without_a_signal_the_words_stay_on_the_phone_and_are_sent_once(
    village: County, unheard: Page
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
    page.locator("form[data-watched]").wait_for()
    page.locator("#id_minutes").fill("一、学习。")
    expect(page.locator(KEPT)).to_contain_text("已存好", timeout=PATIENCE)
    page.get_by_role("button", name="保存并交上").last.click()
    expect(page.get_by_text("已交上：主题党日。应到 12，实到 12。")).to_be_visible()

    page.goto("/meetings/new/")
    expect(page.locator("[data-copies]")).to_be_hidden()
    assert list(Meeting.objects.values_list("topic", "state")) == [("山里开的会", "submitted")]
