"""The notice board: at least fifteen whole days, once at a place, only what is public (VAD-05, VAD-06)."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.disclosure import posted, services
from apps.disclosure.board import Board, Hanging, rule_on, stands
from apps.disclosure.ledgers import village_dues
from apps.disclosure.models import Posting, Publication
from apps.regulations.models import RuleOverride
from tests.attachments.pictures import picture, upload
from tests.conftest import County
from tests.disclosure.publishing import a_posting

OCTOBER_1 = datetime.date(2026, 10, 1)
RULE = rule_on(OCTOBER_1)


def october(day: int) -> datetime.date:
    return OCTOBER_1.replace(day=day)


@pytest.mark.parametrize(
    ("down", "days", "enough"), [(1, 0, False), (16, 14, False), (17, 15, True), (18, 16, True)]
)
def test_fifteen_whole_days_between_up_and_down(down: int, days: int, enough: bool):
    sheet = Hanging(OCTOBER_1, october(down))

    assert (sheet.days, sheet.is_enough(RULE)) == (days, enough)


def test_the_first_day_to_take_it_down():
    assert Hanging(OCTOBER_1, None).free_on(RULE) == october(17)


def test_of_what_hung_before_the_law_said_so_nothing_is_asked():
    before = RULE.since - datetime.timedelta(days=1)

    assert Hanging(before, before).is_enough(RULE)


@pytest.mark.parametrize(
    ("sheets", "board"),
    [
        ([], Board.MISSING),
        ([(1, 16)], Board.SHORT),
        ([(1, 16), (20, None)], Board.HANGING),
        ([(1, 16), (1, 17)], Board.HUNG),
    ],
)
def test_one_sheet_that_hangs_long_enough_is_enough(sheets: list[tuple[int, int | None]], board: Board):
    hanging = [Hanging(october(up), october(down) if down else None) for up, down in sheets]

    assert stands(hanging, RULE) is board


@pytest.fixture
def published(statements: list[Publication], publish) -> Publication:
    return publish(statements[0])


@pytest.mark.parametrize("down", [16, 17])
def test_the_database_counts_as_the_rule_does(published: Publication, clerk: User, down: int):
    Posting.objects.create(
        publication=published, place="村口", put_up_on=OCTOBER_1, taken_down_on=october(down), by=clerk
    )
    enough = Hanging(OCTOBER_1, october(down)).is_enough(RULE)

    assert Posting.objects.counting(RULE).exists() is enough
    assert posted.lacking(posted.on_board(clerk, RULE), RULE).exists() is not enough


def test_what_is_published_and_does_not_hang_is_asked_for(
    published: Publication, clerk: User, neighbour: User, signed_in
):
    address = reverse("disclosure:board")
    assert "还没有张贴" in signed_in(clerk).get(address).content.decode()
    assert "该张贴的都贴了" in signed_in(neighbour).get(address).content.decode()

    a_posting(published, by=clerk)
    assert "该张贴的都贴了" in signed_in(clerk).get(address).content.decode()
    assert "正在张贴" in signed_in(clerk).get(address, {"show": "all"}).content.decode()


def test_too_few_days_are_red_with_the_article(published: Publication, clerk: User, signed_in):
    posting = a_posting(published, by=clerk)
    services.take_down(posting, on=today(), by=clerk)
    text = signed_in(clerk).get(reverse("disclosure:sheets", args=[published.pk])).content.decode()

    assert "只贴了 0 天，少于 15 天，请重新张贴。" in text
    assert "公布期限不得少于 15 日" in text
    assert "第三十五条" in text


def test_by_the_pages(published: Publication, clerk: User, supervisor: User, signed_in):
    address = reverse("disclosure:sheets", args=[published.pk])
    said = {"place": "村务公开栏", "put_up_on": str(today()), "photo": upload(picture())}

    assert signed_in(supervisor).post(address, said).status_code == 403
    assert signed_in(clerk).post(address, {**said, "put_up_on": "2020-01-01"}).status_code == 422
    assert signed_in(clerk).post(address, {**said, "photo": upload(picture())}).status_code == 302
    posting = Posting.objects.get()
    photo = signed_in(supervisor).get(reverse("disclosure:posting_photo", args=[posting.pk]))
    assert (photo.status_code, photo.headers["Content-Type"]) == (200, "image/jpeg")
    down = reverse("disclosure:take_down", args=[posting.pk])
    assert signed_in(clerk).post(down, {"on": str(today())}).status_code == 302
    posting.refresh_from_db()
    assert posting.taken_down_on == today()
    strike = reverse("disclosure:strike", args=[posting.pk])
    signed_in(clerk).post(strike, {"reason": "没有贴，登记错了。"})
    assert Posting.objects.count() == 0


def test_only_what_is_published_hangs(statements: list[Publication], clerk: User):
    with pytest.raises(Refused, match="只有向村民公布"):
        a_posting(statements[0], by=clerk)
    with pytest.raises(IntegrityError, match="is not public yet"), transaction.atomic():
        Posting.objects.create(publication=statements[0], place="村口", put_up_on=today(), by=clerk)


def test_not_twice_at_one_place_and_not_down_before_it_was_up(published: Publication, clerk: User):
    a_posting(published, by=clerk)
    with pytest.raises(Refused, match="已经贴在这个地方了"):
        a_posting(published, by=clerk)
    a_posting(published, by=clerk, place="三组路口")

    assert Posting.objects.count() == 2
    with pytest.raises(IntegrityError, match="posting_days_in_order"), transaction.atomic():
        Posting.objects.update(taken_down_on=today() - datetime.timedelta(days=1))


def test_a_county_may_ask_for_a_photo(
    published: Publication, clerk: User, county: County, county_administrator: User
):
    a_posting(published, by=clerk, photo=None, place="村口")
    RuleOverride.objects.create(
        county=county.root.path,
        rule="VAD-06/photo",
        value=1,
        since=Month.of(today()).first,
        reason="县里要求。",
        author=county_administrator,
    )

    with pytest.raises(Refused, match="要求每次张贴拍一张照片"):
        a_posting(published, by=clerk, photo=None)
    assert a_posting(published, by=clerk).place == "村务公开栏"


def test_a_longer_board_asks_no_more_questions(
    statements: list[Publication], publish, township_officer: User, clerk: User, signed_in
):
    client, address = signed_in(township_officer), reverse("disclosure:board") + "?show=all"
    a_posting(publish(statements[0]), by=clerk)
    with CaptureQueriesContext(connection) as of_one:
        client.get(address)
    second = publish(statements[1])
    a_posting(second, by=clerk)
    a_posting(second, by=clerk, place="村口")
    with CaptureQueriesContext(connection) as of_two:
        client.get(address)

    assert len(of_one) == len(of_two)


def test_without_the_board_an_item_is_not_wholly_public(published: Publication, clerk: User, county: County):
    def words() -> list[str]:
        dues, _ = village_dues(published.village, on=today())
        return [due.words for due in dues if due.publication == published]

    assert words() == ["已公布，还没有张贴"]
    a_posting(published, by=clerk)
    assert words() == ["已公布"]
