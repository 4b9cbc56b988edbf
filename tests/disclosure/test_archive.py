"""What is archived follows from the way, the board and the opinions; a box for each village and year."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.models import User
from apps.core.calendar import today
from apps.disclosure import archiving, services
from apps.disclosure.board import rule_on
from apps.disclosure.models import Publication
from apps.disclosure.queries import publications_for
from apps.disclosure.tables import KINDS
from apps.opinions import services as opinions
from apps.regulations.models import RuleOverride
from tests.conftest import County
from tests.disclosure.publishing import a_posting
from tests.disclosure.test_tables import BALANCE, sheet, values
from tests.opinions.hearing import an_opinion

LEAST = 15


def on(days: int) -> datetime.date:
    return today() + datetime.timedelta(days=days)


def is_archived(publication: Publication, user: User, day: datetime.date) -> bool:
    rows = archiving.with_archive(publications_for(user), rule_on(day), day)
    return bool(rows.get(pk=publication.pk).is_archived)


@pytest.fixture
def hanging(statements: list[Publication], publish, clerk: User) -> Publication:
    """Published and put up today."""
    done = publish(statements[0])
    a_posting(done, by=clerk)
    return done


def test_it_is_archived_when_it_hung_for_the_law_s_days_and_nobody_says_so(hanging: Publication, clerk: User):
    days = [on(LEAST - 1), on(LEAST), on(LEAST + 1)]
    assert [is_archived(hanging, clerk, day) for day in days] == [False, False, True]


def test_what_was_taken_down_too_soon_is_not(hanging: Publication, clerk: User):
    services.take_down(hanging.postings.get(), on=today(), by=clerk)
    assert is_archived(hanging, clerk, on(40)) is False


def test_what_is_not_published_or_hangs_nowhere_is_not(statements: list[Publication], publish, clerk: User):
    done = publish(statements[0])
    assert [is_archived(row, clerk, on(40)) for row in (done, statements[1])] == [False, False]


def test_an_opinion_about_it_holds_it_until_it_is_closed(hanging: Publication, clerk: User):
    opinion = an_opinion(hanging.village, by=clerk, publication=hanging)
    assert is_archived(hanging, clerk, on(20)) is False
    answered = opinions.answer(opinion, text="按工日算。", by=clerk)
    assert is_archived(hanging, clerk, on(20)) is False
    opinions.ask(answered, satisfaction="satisfied", asked_on=today(), by=clerk)
    assert is_archived(hanging, clerk, on(20)) is True


def test_an_opinion_written_down_by_mistake_holds_nothing(hanging: Publication, clerk: User):
    opinion = an_opinion(hanging.village, by=clerk, publication=hanging)
    opinions.void(opinion, reason="登记错了。", by=clerk)
    assert is_archived(hanging, clerk, on(20)) is True


def test_what_was_corrected_or_withdrawn_is_archived_with_it(
    statements: list[Publication], publish, clerk: User, township_officer: User
):
    old = publish(statements[0])
    publish(services.correct(old, reason="漏写了经手人。", by=clerk))
    gone = services.withdraw(publish(statements[1]), reason="公布错了。", by=township_officer)
    assert [is_archived(row, clerk, today()) for row in (old, gone)] == [True, True]


def test_a_box_lists_what_lies_in_it_and_how_long_it_is_kept(hanging: Publication, clerk: User, publish):
    an_opinion(hanging.village, by=clerk, publication=hanging)
    year: dict[str, Any] = {"first_on": datetime.date(2025, 1, 1), "last_on": datetime.date(2025, 12, 31)}
    account = values("balance-sheet", *sheet("balance-sheet", "closing", **BALANCE))
    publish(services.fill_table(hanging.village, KINDS["balance-sheet"], rows=account, by=clerk, **year))
    day = on(1)
    rule = rule_on(day)

    (item,) = archiving.box_of(clerk, hanging.village, 2026, rule, day)
    assert (item.number, item.keep, item.basis, item.waits) == (1, "30 年", "VAD-44", "公开栏上还没有贴满")
    assert item.contents == "公开方案、审查意见、联席会议记录、公布件、照片 1、意见和答复 1"
    (yearly,) = archiving.box_of(clerk, hanging.village, 2025, rule, day)
    assert (yearly.keep, yearly.basis) == ("永久", "VAD-43")
    boxes = archiving.boxes_for(clerk, rule, on(20))
    assert [(box.year, box.count, box.archived) for box in boxes] == [(2026, 1, 0), (2025, 1, 0)]


def test_a_county_keeps_it_as_long_as_its_archive_says(
    hanging: Publication, clerk: User, county: County, county_administrator: User
):
    RuleOverride.objects.create(
        county=county.root.path,
        rule="VAD-44",
        value=50,
        since=today(),
        reason="县档案馆规定。",
        author=county_administrator,
    )
    (item,) = archiving.box_of(clerk, hanging.village, 2026, rule_on(today()), today())
    assert item.keep == "50 年"


def test_the_pages_and_the_workbook(hanging: Publication, clerk: User, neighbour: User, signed_in):
    client = signed_in(clerk)
    address = reverse("disclosure:box", args=[hanging.village_id, 2026])
    boxes = client.get(reverse("disclosure:archive")).content.decode()
    assert (address in boxes, "还有 1 件没有到归档的时候" in boxes) == (True, True)
    page = client.get(address).content.decode()
    assert ("2026年9月财务收支" in page, "VAD-44" in page) == (True, True)
    answer = client.get(reverse("disclosure:box_sheet", args=[hanging.village_id, 2026]))
    page = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in page[3]][:5] == [
        1,
        "河口镇东湾村",
        "2026年9月财务收支",
        datetime.datetime.combine(today(), datetime.time()),
        "30 年",
    ]
    stranger = signed_in(neighbour)
    assert stranger.get(address).status_code == 404
    assert address not in stranger.get(reverse("disclosure:archive")).content.decode()
    assert client.get(reverse("disclosure:box", args=[hanging.village_id, 2020])).status_code == 404


def test_a_fuller_box_asks_no_more_questions(statements: list[Publication], publish, clerk: User, signed_in):
    client = signed_in(clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("disclosure:box", args=[statements[0].village_id, 2026]))
            client.get(reverse("disclosure:archive"))
        return len(queries)

    counts = []
    for row in statements:
        a_posting(publish(row), by=clerk)
        counts.append(asked())
    assert counts[0] == counts[1]
