"""A secretary in the mountains: no signal, or one that comes and goes; nothing is lost or doubled."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.contrib.staticfiles.storage import staticfiles_storage
from PIL import ExifTags, Image
from playwright.sync_api import Page, Route, expect

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.meetings import services
from apps.meetings.attached import attached_to
from apps.meetings.models import Meeting
from tests.conftest import County
from tests.e2e.conftest import PATIENCE
from tests.e2e.looking import OVERFLOW, cookies_of, faults_of, sign_in
from tests.e2e.phones import KEEPS, KEPT, Phone, cut, hand_in, records, restore, waiting, write
from tests.factories import GrantFactory, MeetingFactory, UserFactory

STALE = re.compile(r"没有信号，这是 \d+月\d+日 \d\d:\d\d 的内容。")
ALL_THE_SAME = re.compile("没有信号，照样可以记：写的存在手机上，有信号时自动送出。名单是 .* 的。")
RECORD = services.record_meeting
IS_REPLACED = """async () => {
    const is = async () => String(await caches.keys()) === "partybuild.next";
    while (!(await is())) await new Promise((go) => setTimeout(go, 50));
}"""
LEFT = """async () => [
    await caches.keys(), (await indexedDB.databases()).map((one) => one.name), Object.keys(localStorage),
    (await navigator.serviceWorker.getRegistrations()).length,
]"""
# Bytes, width and height of each photo that waits on the phone.
SIZES = """async () => Promise.all((await phone.all("photos")).map(async ({ blob }) => {
    const picture = await createImageBitmap(blob);
    return [blob.size, picture.width, picture.height];
}))"""


def receive_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server fails whoever sends a record: the page, and the service worker that sends behind it."""

    def fail(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(services, "record_meeting", fail)


@pytest.mark.parametrize(
    ("path", "note", "words"),
    [
        ("/", STALE, "要办的事"),
        ("/members/", STALE, "李长福"),
        ("/meetings/", STALE, "会议"),
        ("/meetings/new/", ALL_THE_SAME, "参加的人"),
        ("/meetings/phone/", "没有信号。下面是存在这部手机上的记录。", "没有等着送出的记录"),
    ],
)
def test_a_branch_s_pages_open_without_a_signal(
    path: str, note: str | re.Pattern[str], words: str, village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    page.goto(path)
    expect(page.locator("[data-stale]")).to_have_text(note)
    expect(page.locator("main").get_by_text(words).first).to_be_visible()
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)


def test_a_page_that_was_not_kept_says_so(village: County, branch_secretary: User, phone: Phone) -> None:
    page = phone(branch_secretary)
    member = village.branch.members.all()[0]
    page.goto(f"/members/{member.pk}/")
    cut(page)
    page.goto(f"/members/{member.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有信号")
    expect(page.get_by_text(member.name)).to_have_count(0)


def test_a_meeting_recorded_with_no_network_at_all_is_sent_once_when_it_is_back(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    page.goto("/")
    page.get_by_role("link", name="记一次会").first.click()
    page.locator("#id_held_on").fill("2026-11-05")
    page.locator("label", has_text="支委会").click()
    page.locator("label", has_text="主题党日").click()
    expect(page.get_by_role("status").filter(has_text="应到 3，实到 3。")).to_be_visible()
    page.locator("label", has_text="支委会").click()
    page.locator("label", has_text="党员大会").click()
    page.get_by_label("王秀英 没有来").check()
    page.get_by_role("dialog").get_by_role("button", name="病假").click()
    expect(page.get_by_role("status").filter(has_text="应到 12，实到 11。")).to_be_visible()
    page.locator("#id_topic").fill("山里开的会")
    page.locator("#id_minutes").fill("一、讨论修缮活动室。")
    page.get_by_role("button", name="加一项决定").click()
    page.get_by_label("决定事项").fill("修缮活动室")
    hand_in(page)

    expect(waiting(page, "山里开的会")).to_contain_text("已存在手机上，有信号时自动送出。")
    assert records() == []
    restore(page)
    expect(waiting(page, "山里开的会")).to_contain_text("已收到")
    (meeting,) = Meeting.objects.all()
    assert (meeting.topic, meeting.state, meeting.kinds) == ("山里开的会", "submitted", ["general_meeting"])
    assert [row.text for row in meeting.resolutions.all()] == ["修缮活动室"]
    assert list(meeting.attendances.exclude(presence="present").values_list("member__name", "reason")) == [
        ("王秀英", "illness")
    ]


def test_headings_phrases_and_an_election_need_no_signal(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    page.goto("/meetings/new/")
    page.locator("#id_held_on").fill("2026-11-05")
    page.locator("label", has_text="主题党日").click()
    page.locator("label", has_text="党员大会").click()
    page.get_by_text("常用的话，点一下加进记录").click()
    page.get_by_role("button", name="主持人宣布表决结果：").click()
    page.locator("#id_topic").fill("听取报告；选举支委会")
    page.get_by_role("button", name="加一项决定").click()
    page.get_by_label("事项类别").select_option("election")
    expect(page.get_by_label("无记名投票")).to_be_checked()
    page.get_by_label("决定事项").fill("选举支部委员会")
    page.get_by_label("应选几名").fill("3")
    for number, (name, votes) in enumerate([("李长福", 12), ("王秀英", 11), ("张建国", 10), ("赵强", 3)], 1):
        person = page.get_by_role("group", name=f"候选人 {number}", exact=True)
        person.get_by_label("姓名").fill(name)
        person.get_by_label("赞成", exact=True).fill(str(votes))
    expect(page.get_by_role("group", name="候选人 5", exact=True)).to_be_visible()
    page.get_by_role("button", name="写好标题").click()
    expect(page.locator("#id_minutes")).to_have_value(
        "主持人宣布表决结果：\n一、听取报告\n二、选举支委会\n三、讨论表决：选举支部委员会"
    )
    hand_in(page)
    expect(waiting(page, "选举支委会")).to_contain_text("已存在手机上")
    restore(page)
    expect(waiting(page, "选举支委会")).to_contain_text("已收到")

    (resolution,) = Meeting.objects.get().resolutions.all()
    assert (resolution.voting, resolution.seats, resolution.ballots_issued) == ("secret", 3, 12)
    assert [(one.name, one.in_favour, one.elected) for one in resolution.candidates.all()] == [
        ("李长福", 12, True), ("王秀英", 11, True), ("张建国", 10, True), ("赵强", 3, False)
    ]  # fmt: skip


def test_cut_while_writing_the_words_are_there_when_the_page_opens_again(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    page.goto("/meetings/new/")
    cut(page)
    page.locator("#id_topic").fill("写到一半")
    expect(page.locator("[data-saved]")).to_contain_text("已存在手机上")
    page.goto("/meetings/phone/")
    waiting(page, "写到一半").get_by_role("button", name="接着写").click()
    expect(page.locator("#id_topic")).to_have_value("写到一半")
    page.locator("form[data-watched]").wait_for()
    page.locator("#id_minutes").fill("一、学习党章。")
    page.locator("#id_held_on").fill("2026-11-05")
    hand_in(page)
    expect(waiting(page, "写到一半")).to_contain_text("已存在手机上")
    restore(page)
    expect(waiting(page, "写到一半")).to_contain_text("已收到")
    assert records() == [("写到一半", "submitted")]


def test_an_answer_that_was_lost_after_the_server_had_saved_makes_no_second_record(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "答复丢了")
    hand_in(page)
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.context.route("**/meetings/send/", lose, times=1)
    restore(page)
    expect(waiting(page, "答复丢了")).to_contain_text("已收到", timeout=2 * PATIENCE)
    assert (lost, records()) == ([200], [("答复丢了", "submitted")])


def test_a_signal_that_comes_and_goes_sends_each_of_three_records_once(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    topics = ["第一次", "第二次", "第三次"]
    for day, topic in enumerate(topics, 3):
        write(page, topic, f"2026-11-{day:02}")
        hand_in(page)
        expect(waiting(page, topic)).to_be_visible()
    for _ in range(5):
        restore(page)
        page.wait_for_timeout(150)
        cut(page)
        page.wait_for_timeout(100)
    restore(page)
    for topic in topics:
        expect(waiting(page, topic)).to_contain_text("已收到", timeout=2 * PATIENCE)
    assert records() == sorted((topic, "submitted") for topic in topics)


def test_what_is_lacking_is_said_when_the_record_arrives(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "没写记录")
    page.locator("#id_minutes").fill("")
    hand_in(page)
    expect(waiting(page, "没写记录")).to_contain_text("已存在手机上")
    restore(page)
    expect(waiting(page, "没写记录")).to_contain_text("请填写会议记录，不同意见也要记上。")
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    waiting(page, "没写记录").get_by_role("button", name="补充").click()
    page.locator("#id_minutes").fill("一、学习党章。")
    hand_in(page)
    expect(page.get_by_text("已交上：主题党日。")).to_be_visible()
    assert records() == [("没写记录", "submitted")]


def end_the_session(page: Page) -> None:
    """What half an hour does."""
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    SessionStore(cookie["value"]).flush()


def test_the_session_ended_meanwhile_and_the_record_is_sent_after_signing_in(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "隔天才有信号")
    hand_in(page)
    expect(waiting(page, "隔天才有信号")).to_be_visible()
    end_the_session(page)
    restore(page)
    page.get_by_role("link", name="请登录，登录后自动送出。").click()
    expect(page.get_by_text("这部手机上有没送出的记录，由记录的人登录以后自动送出。")).to_be_visible()
    assert records() == []
    sign_in(page, branch_secretary)
    expect(waiting(page, "隔天才有信号")).to_contain_text("已收到")
    assert records() == [("隔天才有信号", "submitted")]


def test_a_second_person_on_the_same_phone_neither_sees_nor_sends_it(
    village: County, branch_secretary: User, phone: Phone, signed_in: Any, base_url: str
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "李长福写的")
    hand_in(page)
    expect(waiting(page, "李长福写的")).to_be_visible()
    end_the_session(page)
    other = GrantFactory(
        role="branch_secretary", organization=village.second_branch, user=UserFactory(name="王书记")
    ).user
    page.context.clear_cookies()
    page.context.add_cookies(cookies_of(signed_in(other), base_url))
    restore(page)
    page.goto("/")
    page.evaluate(KEEPS, KEPT)
    page.goto("/meetings/phone/")
    expect(page.get_by_text("这部手机上没有等着送出的记录")).to_be_visible()
    expect(page.get_by_text("李长福写的")).to_have_count(0)
    cut(page)
    page.goto("/members/")
    expect(page.get_by_text("李长福")).to_have_count(0)
    restore(page)
    assert records() == []

    page.goto("/")
    leave(page)
    expect(page).to_have_url(re.compile("/login/$"))
    sign_in(page, branch_secretary)
    page.goto("/meetings/phone/")
    expect(waiting(page, "李长福写的")).to_contain_text("已收到")


def leave(page: Page) -> None:
    page.locator("summary", has_text="更多").click()
    page.get_by_role("button", name="退出").click()


def test_logging_out_leaves_nothing_behind(village: County, branch_secretary: User, phone: Phone) -> None:
    page = phone(branch_secretary)
    page.goto("/meetings/new/")
    page.locator("#id_topic").fill("写了一点")
    expect(page.locator("[data-saved][data-state=kept]")).to_be_visible()
    page.goto("/")
    assert page.evaluate(LEFT) == [["partybuild.unhashed"], ["partybuild"], [], 1]
    leave(page)
    expect(page).to_have_url(re.compile("/login/$"))
    assert page.evaluate(LEFT) == [[], [], [], 0]


def test_logging_out_asks_about_what_has_not_been_sent(
    village: County, branch_secretary: User, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive_nothing(monkeypatch)
    page = phone(branch_secretary)
    cut(page)
    write(page, "还没送出")
    hand_in(page)
    expect(waiting(page, "还没送出")).to_be_visible()
    page.goto("/")
    restore(page)
    leave(page)
    question = page.get_by_role("dialog", name=re.compile("手机上还有 1 份记录没有送出。"))
    question.get_by_role("button", name="不退出").click()
    assert page.url.endswith("/")
    leave(page)
    question.get_by_role("button", name="先送出").click()
    expect(page.get_by_role("dialog", name=re.compile("刚才没有送出去。"))).to_be_visible()
    monkeypatch.setattr(services, "record_meeting", RECORD)
    question.get_by_role("button", name="先送出").click()
    expect(page).to_have_url(re.compile("/login/$"))
    assert (page.evaluate(LEFT), records()) == ([[], [], [], 0], [("还没送出", "submitted")])


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """As a phone takes it: large, and with the place where it was taken."""
    place = Image.Exif()
    place[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (36.0, 1.0, 2.0),
    }
    picture = Image.effect_noise((3200, 2400), 60).convert("RGB")
    picture.save(tmp_path / "会场.jpg", exif=place)
    return tmp_path / "会场.jpg"


def test_a_photo_is_shrunk_on_the_phone_and_follows_its_record(
    village: County, branch_secretary: User, phone: Phone, photograph: Path
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "有照片")
    page.locator("#id_photo").set_input_files(photograph)
    expect(page.get_by_alt_text("还没有送出的照片")).to_be_visible()
    shrunk = page.evaluate(SIZES)
    hand_in(page)
    expect(waiting(page, "有照片")).to_contain_text("还有 1 张照片没有送出。")
    restore(page)
    expect(waiting(page, "有照片")).to_contain_text("已收到")
    expect(waiting(page, "有照片")).not_to_contain_text("照片没有送出")

    (size, width, height), *others = shrunk
    assert (others, max(width, height) <= 1600, size <= 300 * 1024) == ([], True, True)
    (meeting,) = Meeting.objects.all()
    (kept,) = attached_to(meeting.client_key, meeting.organization.path).photos
    assert (kept.width, kept.height) == (width, height)


def test_the_same_meeting_on_another_phone_is_asked_about_and_may_be_joined(
    village: County, branch_secretary: User, phone: Phone
) -> None:
    page = phone(branch_secretary)
    cut(page)
    write(page, "我记的")
    hand_in(page)
    expect(waiting(page, "我记的")).to_be_visible()
    afternoon = datetime.datetime(2026, 11, 5, 15, tzinfo=CHINA)
    theirs = MeetingFactory(
        organization=village.branch,
        held_at=afternoon,
        state="draft",
        submitted_at=None,
        counted_kinds=[],
        minutes="别人记的。",
    )
    restore(page)
    expect(waiting(page, "我记的")).to_contain_text("可能是同一次会：11月5日")
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    page.get_by_role("button", name="是同一次，两份记录接在一起").click()
    expect(page.locator("#id_minutes")).to_have_value("一、学习党章。\n\n别人记的。")
    hand_in(page)
    expect(page.get_by_text("已交上：主题党日。")).to_be_visible()
    (meeting,) = Meeting.objects.all()
    assert (meeting.pk, meeting.state) == (theirs.pk, "submitted")
    assert meeting.minutes.splitlines() == ["一、学习党章。", "", "别人记的。"]
    page.goto("/meetings/phone/")
    for state in ("在手机上", "正在送", "要补充", "是不是同一次会"):
        expect(page.locator("#phone-records .tag", has_text=state)).to_have_count(0)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_new_release_replaces_the_old_cache_and_loses_no_page(
    is_signed_in: bool,
    village: County,
    branch_secretary: User,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = phone(branch_secretary)
    if not is_signed_in:
        end_the_session(page)
    assert page.evaluate("caches.keys()") == ["partybuild.unhashed"]
    monkeypatch.setattr(staticfiles_storage, "manifest_hash", "next", raising=False)
    page.goto("/")
    page.evaluate(IS_REPLACED)
    cut(page)
    for path in KEPT:
        page.goto(path)
        expect(page.locator("[data-stale]")).to_contain_text("没有信号")


def test_logging_out_on_the_password_page_asks_too(
    village: County, branch_secretary: User, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive_nothing(monkeypatch)
    page = phone(branch_secretary)
    cut(page)
    write(page, "还没送出")
    hand_in(page)
    expect(waiting(page, "还没送出")).to_be_visible()
    restore(page)
    page.goto("/password/")
    page.get_by_role("button", name="退出登录").click()
    question = page.get_by_role("dialog", name=re.compile("手机上还有 1 份记录没有送出。"))
    question.get_by_role("button", name="扔掉，退出").click()
    expect(page).to_have_url(re.compile("/login/$"))
    assert (page.evaluate(LEFT), records()) == ([[], [], [], 0], [])
