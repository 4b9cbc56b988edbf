"""What a villager sees at a line: receipts, what was asked, how it stood before or why nobody can say."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.attachments.kinds import JPEG
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.frozen import table_of
from apps.disclosure.models import Publication, Published, Table
from apps.disclosure.tables import KINDS
from apps.disclosure.tables.cells import stored, values_of
from apps.disclosure.tables.checks import completed
from apps.disclosure.tables.kinds import LINE, Type
from apps.disclosure.tables.shown import shown_table
from apps.organizations.models import Village
from apps.publicsite import pages
from apps.publicsite.files import files_of
from apps.publicsite.middleware import PICTURE
from tests.attachments.pictures import picture, upload
from tests.conftest import County
from tests.disclosure.conftest import OCTOBER, book, imported, sheet
from tests.opinions.hearing import an_opinion, made_public


def text_of(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(f"public:{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig")


def receipt(publication: Publication, clerk: User, *, line: int, colour: str = "red") -> str:
    """The key of a receipt that was put to a line and looked at."""
    kept = services.add_receipt(
        publication, upload(picture(colour=colour)), line=line, key=uuid4(), has_looked=True, by=clerk
    )
    return kept.attachment.key.hex


class TestReceipts:
    @pytest.fixture
    def key(self, statements: list[Publication], clerk: User, publish) -> str:
        """Of the second line of the first statement, which is published."""
        key = receipt(statements[0], clerk, line=2)
        publish(statements[0])
        return key

    def test_a_receipt_is_opened_from_its_line(self, key: str, villager: Client, county: County):
        code = county.branch.code
        address = reverse("public:file", args=[code, 1, f"{key}.jpg"])
        for text in (text_of(villager, "publication", code, 1), text_of(villager, "village", code)):
            line = text.partition('id="line-2"')[2].partition("</li>")[0]
            assert f'<a href="{address}">看票据（照片，1 KB）</a>' in line
            assert text.count(address) == 1
        answer = villager.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, JPEG)
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert (answer.headers["Content-Security-Policy"], answer.headers["X-Content-Type-Options"]) == (
            PICTURE,
            "nosniff",
        )

    def test_the_data_say_where_the_receipts_are(self, key: str, villager: Client, county: County):
        code = county.branch.code
        (file,) = json.loads(text_of(villager, "json", code, 1))["files"]
        assert (file["line"], file["address"]) == (2, f"files/{key}.jpg")
        rows = list(csv.DictReader(io.StringIO(text_of(villager, "csv", code, 1))))
        assert [row["票据"] for row in rows] == ["", f"files/{key}.jpg"]

    def test_the_chain_holds_with_receipts_and_without(
        self, key: str, statements: list[Publication], publish, villager: Client, county: County
    ):
        publish(statements[1])
        call_command("verify_disclosure")
        assert "全部对得上" in text_of(villager, "verify", county.branch.code)

    def test_the_copy_has_them_too(self, key: str, county: County, tmp_path):
        call_command("export_public_site", tmp_path, jobs=1)
        page = tmp_path / "current" / "public" / county.branch.code / "1"
        assert (page / "files" / f"{key}.jpg").read_bytes().startswith(b"\xff\xd8")
        assert f'href="files/{key}.jpg"' in (page / "index.html").read_text()

    def test_what_is_withdrawn_takes_its_receipts_along(
        self,
        key: str,
        statements: list[Publication],
        villager: Client,
        county: County,
        township_officer: User,
    ):
        services.withdraw(statements[0], reason="写错了村。", by=township_officer)
        address = reverse("public:file", args=[county.branch.code, 1, f"{key}.jpg"])
        assert villager.get(address).status_code == 404

    def test_files_published_before_there_were_receipts_are_files_of_the_whole(self):
        told = {"key": "a", "title": "名单", "content_type": JPEG, "size": 9, "sha256": ""}
        (file,) = files_of(Published(content={"files": [told]}))
        assert (file.line, file.name) == (0, "a.jpg")


class TestAsking:
    @pytest.fixture
    def debts(self, county: County, clerk: User, publish) -> Publication:
        village = Village.objects.create(organization=county.branch, name="河口镇东湾村")
        return publish(debts_of(village, clerk, ("农机站", 9), ("水管所", 8)))

    def test_a_question_about_a_row_of_a_table_stands_at_the_row(
        self, debts: Publication, villager: Client, clerk: User, supervisor: User, county: County
    ):
        asked = an_opinion(debts.village, by=supervisor, publication=debts, line=2)
        made_public(asked, clerk, supervisor)
        text = text_of(villager, "publication", county.branch.code, 1)
        first, second = (text.partition(f'id="line-{n}"')[2].partition("</tr>")[0] for n in (1, 2))

        assert ("看答复" in first, f'href="#opinion-{asked.pk}">看答复' in second) == (False, True)
        assert ('<a href="#ask">问第 1 笔</a>' in first, '<a href="#ask">问第 2 笔</a>' in second) == (
            True,
            True,
        )
        assert '关于<a href="#line-2">第 2 笔</a>' in text

    def test_it_stays_at_its_row_when_the_table_is_corrected(
        self, debts: Publication, villager: Client, clerk: User, supervisor: User, publish, county: County
    ):
        asked = an_opinion(debts.village, by=supervisor, publication=debts, line=2)
        made_public(asked, clerk, supervisor)
        again = services.correct(debts, reason="金额写错了。", by=clerk)
        rows = rows_of(("种子站", 7), ("水管所", 6), ("农机站", 9))
        publish(services.refill_table(again, version=again.version, rows=rows, by=clerk))
        text = text_of(villager, "publication", county.branch.code, 2)
        told = [
            f'href="#opinion-{asked.pk}"' in text.partition(f'id="line-{n}"')[2].partition("</tr>")[0]
            for n in (1, 2, 3)
        ]

        assert told == [False, True, False]

    def test_more_questions_about_rows_cost_no_more(
        self, debts: Publication, villager: Client, clerk: User, supervisor: User, county: County
    ):
        costs = []
        for line in (1, 2, 2):
            made_public(an_opinion(debts.village, by=clerk, publication=debts, line=line), clerk, supervisor)
            pages.forget()
            with CaptureQueriesContext(connection) as queries:
                text_of(villager, "publication", county.branch.code, 1)
            costs.append(len(queries))
        assert costs[1:] == costs[:-1]

    def test_a_row_of_a_table_in_words_is_asked_about_like_any_other(
        self, debts: Publication, villager: Client, clerk: User, supervisor: User, publish, county: County
    ):
        words = services.write_publication(
            debts.village, item="V10", first_on=debts.first_on, last_on=debts.last_on,
            title="补贴名单", body="姓名\t金额\n张某\t300\n\n另外：\n\n姓名\t金额\n李某\t200", by=clerk,
        )  # fmt: skip
        publish(words)
        words.refresh_from_db()
        asked = an_opinion(words.village, by=clerk, publication=words, line=2)
        made_public(asked, clerk, supervisor)
        text = text_of(villager, "publication", county.branch.code, 2)
        rows = [text.partition(f'id="line-{n}"')[2].partition("</tr>")[0] for n in (1, 2)]

        assert [f'href="#opinion-{asked.pk}"' in row for row in rows] == [False, True]
        assert ("张某" in rows[0], "李某" in rows[1], '<a href="#ask">问第 1 笔</a>' in rows[0]) == (
            True,
        ) * 3
        with pytest.raises(Refused, match="没有第 3 笔"):
            an_opinion(words.village, by=clerk, publication=words, line=3)

    def test_whoever_writes_a_question_down_begins_at_the_line(
        self, debts: Publication, supervisor: User, neighbour: User, county: County, signed_in
    ):
        client = signed_in(supervisor)
        page = client.get(reverse("disclosure:detail", args=[debts.pk])).content.decode()
        address = f"{reverse('opinions:new')}?village={county.branch.code}&publication={debts.pk}&line=2"
        assert address.replace("&", "&amp;") in page
        assert 'name="line" value="2"' in client.get(address).content.decode()
        assert signed_in(neighbour).get(address).status_code == 404


def rows_of(*debts: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"party": party, "reason": "修渠", "original": Decimal(amount)} for party, amount in debts]


def debts_of(village: Village, clerk: User, *debts: tuple[str, int], quarter: int = 3) -> Publication:
    first = datetime.date(2026, quarter * 3 - 2, 1)
    last = {1: datetime.date(2026, 3, 31), 3: datetime.date(2026, 9, 30)}[quarter]
    return services.fill_table(
        village, KINDS["debts"], first_on=first, last_on=last, rows=rows_of(*debts), by=clerk
    )


class TestComparing:
    def test_a_month_that_was_corrected_is_compared_as_corrected(
        self, statements: list[Publication], publish, clerk: User, villager: Client, county: County
    ):
        publish(statements[0])
        publish(services.correct(statements[0], reason="补一张票据。", by=clerk))
        publish(statements[1])
        text = text_of(villager, "publication", county.branch.code, 3)

        assert "上月（2026年9月）的更正过，和更正以后的比。" in text
        assert "比上月多 86.20 元" in text

    def test_a_month_that_was_withdrawn_gives_no_number(
        self, statements: list[Publication], publish, township_officer: User, villager: Client, county: County
    ):
        published = [publish(each) for each in statements]
        services.withdraw(published[0], reason="写错了村。", by=township_officer)
        text = text_of(villager, "publication", county.branch.code, 2)

        assert ("上月（2026年9月）的已经撤回，不能比。" in text, "比上月" in text) == (True, False)

    def test_a_quarter_that_is_missing_gives_no_number_of_an_older_one(
        self, county: County, clerk: User, publish, villager: Client
    ):
        village = Village.objects.create(organization=county.branch, name="河口镇东湾村")
        for quarter in (1, 3):
            publish(debts_of(village, clerk, ("农机站", 9), quarter=quarter))
        text = text_of(villager, "publication", county.branch.code, 2)

        assert ("上季度（2026年第二季度）的没有公布，不能比。" in text, "比上季度" in text) == (True, False)

    def test_several_lines_of_one_thing_are_compared_together(
        self, statements: list[Publication], publish, township_officer: User, villager: Client, county: County
    ):
        more = (*OCTOBER[:1], (datetime.date(2026, 10, 6), "支付村道路灯电费", "", 100, 11_812.8))
        imported(township_officer, book(十月=sheet(10, 12_499.5, more)))
        for each in statements:
            publish(Publication.objects.get(pk=each.pk))

        assert "几笔加起来比上月多 186.20 元" in text_of(villager, "publication", county.branch.code, 2)

    @pytest.mark.parametrize("code", KINDS)
    def test_every_table_has_plain_names_and_says_what_changed(self, code: str):
        kind = KINDS[code]
        now, before = table_of_one(code, 120), table_of_one(code, 100)
        shown = shown_table(now, {"上季度": before, "去年同期": now})
        row = shown.rows[0]

        assert shown.about == kind.about
        assert bool(row.plain) == bool(kind.lines)
        said = row.compared if kind.compares_rows else shown.compared
        assert ("比上季度多 20.00 元" in said, "和去年同期一样" in said) == (True, True)

    def test_a_register_says_what_is_gone_and_does_not_guess_between_equal_names(self):
        def table(*parties: str) -> dict[str, Any]:
            rows = [{**row_of("debts", 9), "party": party} for party in parties]
            return table_of(Table(kind="debts", rows=rows))

        shown = shown_table(
            table("农机站", "种子站", "种子站"), {"上季度": table("水管所", "农机站", "种子站")}
        )
        assert [row.compared for row in shown.rows] == ["和上季度一样", "", ""]
        assert shown.compared == "余额合计和上季度一样。上季度有、这一期没有的：水管所（修渠）。"


SAMPLES = {Type.DATE: "2026-08-01", Type.NUMBER: "1", Type.TEXT: "修渠"}


def table_of_one(code: str, amount: int) -> dict[str, Any]:
    """A frozen table with one row that amounts to so much; a sheet with its other lines."""
    kind = KINDS[code]
    rows = completed(kind, values_of(kind, [row_of(code, amount)]))
    return table_of(Table(kind=code, rows=stored(kind, rows)))


def row_of(code: str, amount: int) -> dict[str, str]:
    """A row that amounts to so much."""
    kind = KINDS[code]
    row = {column.name: SAMPLES.get(column.type, "1.00") for column in kind.columns}
    return row | {kind.measure: f"{amount}.00"} | ({LINE: kind.lines[0].code} if kind.lines else {})
