"""Votes without a signal: the phone counts by the same rules, and the server agrees when the record comes."""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from apps.accounts.models import User
from apps.meetings.models import Meeting
from tests.conftest import County
from tests.e2e.looking import OVERFLOW, faults_of
from tests.e2e.phones import Phone, cut, hand_in, restore, waiting, write
from tests.figures.conftest import hold

ABSENT = {"孙桂兰": "年老体弱", "冯文斌": "流动外出", "郑海涛": "病假"}


@pytest.fixture
def page(village: County, branch_secretary: User, phone: Phone) -> Page:
    """The open form of a members' meeting after the signal was lost; the committee met two days before."""
    hold(village.branch, "committee_meeting", on=datetime.date(2026, 11, 3))
    page = phone(branch_secretary)
    cut(page)
    write(page, "没有信号的表决")
    page.locator("label", has_text="主题党日").click()
    page.locator("label", has_text="党员大会").click()
    return page


def be_away(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label(f"{name} 没有来").check()
        page.get_by_role("dialog").get_by_role("button", name=ABSENT[name]).click()


def decide(page: Page, matter: str, words: str = "") -> Locator:
    """A further decision, by its place on the form."""
    page.get_by_role("button", name="加一项决定").click()
    section = page.locator("[data-resolution]").last
    section.get_by_label("事项类别").select_option(matter)
    if words:
        section.get_by_label("决定事项").fill(words)
    return section


def verdict_of(section: Locator) -> Locator:
    return section.locator("[id$=-ruling] .note").first


def standing_of(page: Page) -> Locator:
    return page.locator("#standing .note p").first


def send(page: Page) -> Meeting:
    """Hand it in and give the signal back; the record that arrived."""
    hand_in(page)
    expect(waiting(page, "没有信号的表决")).to_contain_text("已存在手机上")
    restore(page)
    expect(waiting(page, "没有信号的表决")).to_contain_text("已收到")
    found: Meeting = Meeting.objects.get(topic="没有信号的表决")
    return found


def test_the_phone_says_whether_enough_came_and_what_was_decided(page: Page) -> None:
    be_away(page, "孙桂兰", "冯文斌")
    expect(standing_of(page)).to_have_text(
        "应到 12，实到 10。 应到有表决权 12 人，实到 10 人，达到半数，表决有效。"
    )
    section = decide(page, "ordinary", "修缮活动室")
    expect(verdict_of(section)).to_contain_text("赞成 10 票，超过应到的半数，通过。")
    expect(verdict_of(section)).to_contain_text("第十一条 · MEET-11")
    section.get_by_label("反对").fill("4")
    section.get_by_label("反对").blur()
    expect(verdict_of(section)).to_contain_text("赞成 6 票，没有超过应到的半数，没有通过（至少要 7 票）。")
    expect(section.get_by_label("不同意见")).to_be_visible()
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    said = verdict_of(section).locator("p").first.inner_text()

    (resolution,) = send(page).resolutions.all()
    assert (resolution.ruling, resolution.passed) == (said, False)


def test_an_election_counts_those_with_papers_only_where_both_are_written(page: Page) -> None:
    be_away(page, "孙桂兰", "冯文斌", "郑海涛")
    section = decide(page, "election", "选举支部委员会")
    section.get_by_label("应选几名").fill("3")
    for number, (name, votes) in enumerate([("李长福", 9), ("王秀英", 9), ("赵建国", 5), ("周玉梅", 4)], 1):
        person = section.get_by_role("group", name=f"候选人 {number}", exact=True)
        person.get_by_label("姓名").fill(name)
        person.get_by_label("赞成", exact=True).fill(str(votes))
        person.get_by_label("赞成", exact=True).blur()
    expect(verdict_of(section)).to_contain_text("应到有选举权 12 人，实到 9 人，不到五分之四，选举无效")
    page.get_by_text("有人按规定可以不计入应到").click()
    papers = page.get_by_role("group", name="孙桂兰", exact=True)
    papers.get_by_label("孙桂兰：情形").select_option("bedridden")
    papers.get_by_label("上级同意的文号").fill("县组〔2026〕3号")
    papers.get_by_label("上级同意的文号").blur()
    expect(verdict_of(section)).to_contain_text("应到有选举权 12 人")
    papers.get_by_label("党员大会通过的日子").fill("2026-03-05")
    expect(verdict_of(section)).to_contain_text("应到有选举权 11 人，实到 9 人，达到五分之四，选举有效。")
    expect(verdict_of(section)).to_contain_text("李长福（9 票）、王秀英（9 票）、赵建国（5 票）当选。")
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    said = verdict_of(section).locator("p").first.inner_text()

    meeting = send(page)
    (resolution,) = meeting.resolutions.all()
    assert (resolution.ruling, resolution.passed) == (said, True)
    left_out = meeting.attendances.filter(excluded=True).values_list("member__name", "exclusion_paper")
    assert list(left_out) == [("孙桂兰", "县组〔2026〕3号")]


def test_an_important_matter_asks_for_the_committee_s_meeting_before(page: Page) -> None:
    section = decide(page, "commendation", "表扬冯文斌")
    wish = section.locator("[id$=-ruling] .note").last
    expect(wish).to_contain_text("重要事项一般先经支委会讨论")
    committee = section.get_by_role("option", name=re.compile("11月03日"), include_hidden=True)
    page.locator("#id_held_on").fill("2026-11-02")
    expect(committee).to_be_disabled()
    page.locator("#id_held_on").fill("2026-11-05")
    expect(committee).to_be_enabled()
    section.get_by_label("事先讨论的支委会").select_option(index=1)
    expect(section.get_by_text("重要事项一般先经支委会讨论")).to_have_count(0)

    (resolution,) = send(page).resolutions.all()
    assert str(resolution.discussed_in.held_at.date()) == "2026-11-03"


def test_what_the_committee_may_not_decide_is_said_at_once(page: Page) -> None:
    page.locator("label", has_text="党员大会").click()
    page.locator("label", has_text="支委会").click()
    section = decide(page, "disposal", "限期改正")
    expect(verdict_of(section)).to_contain_text("“组织处置”要由党员大会决定，请在会议类型里选上党员大会。")


def test_a_committee_s_record_opens_again_with_its_own_people(page: Page) -> None:
    page.locator("label", has_text="党员大会").click()
    page.locator("label", has_text="支委会").click()
    page.get_by_label("王秀英 没有来").check()
    page.get_by_role("dialog").get_by_role("button", name="病假").click()
    expect(standing_of(page)).to_contain_text("应到委员 3 人，实到 2 人，达到半数，会议有效。")
    page.goto("/meetings/phone/")
    waiting(page, "没有信号的表决").get_by_role("button", name="接着写").click()
    expect(standing_of(page)).to_contain_text("应到委员 3 人，实到 2 人")
    expect(page.locator("#people .person")).to_have_count(3)
    expect(page.get_by_label("王秀英 没有来")).to_be_checked()
