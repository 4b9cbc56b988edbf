"""Receipts of a line: kept without their data, looked at, seen by the committee, staying with their line."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from apps.accounts.models import User
from apps.attachments.kinds import JPEG, PDF
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Publication, PublicationFile
from apps.disclosure.services.receipts import lines_in
from apps.disclosure.tables import KINDS
from tests.attachments.pictures import picture, scanned, upload, with_location
from tests.conftest import County
from tests.disclosure.conftest import OCTOBER, book, imported, sheet
from tests.disclosure.test_files import PHONE, data_of, pdf, word
from tests.factories import GrantFactory, UserFactory

FINANCE_AGENT = "finance_agent"


@pytest.fixture
def draft(statements: list[Publication]) -> Publication:
    """October, of two lines: 路灯 and 清淤."""
    return statements[1]


@pytest.fixture
def attach(draft: Publication, clerk: User):
    def attaching(
        line: int,
        data: bytes = b"",
        *,
        colour: str = "red",
        name: str = "IMG_1.jpg",
        has_looked: bool = True,
    ) -> PublicationFile:
        file = upload(data or picture(colour=colour), name)
        return services.add_receipt(draft, file, line=line, key=uuid4(), has_looked=has_looked, by=clerk)

    return attaching


def lines_with_receipts(publication: Publication) -> list[int | None]:
    return list(publication.files.order_by("line").values_list("line", flat=True))


class TestKeeping:
    def test_a_photo_is_drawn_anew_and_nobody_is_named(self, attach):
        kept = attach(2, with_location(), name="王某某 13800001111 发票.jpg")

        assert (kept.line, kept.title, kept.attachment.content_type) == (2, "票据", JPEG)
        assert (b"PHONE-MAKER" in data_of(kept), b"COMMENT-OF-THE-PHONE" in data_of(kept)) == (False, False)
        assert "13800001111" not in kept.attachment.name

    def test_a_photo_within_a_pdf_loses_its_place_and_device_too(self, attach):
        assert b"PHONE-MAKER" in scanned(with_location())
        kept = attach(1, scanned(with_location()))
        data = data_of(kept)

        assert kept.attachment.content_type == PDF
        assert [trace in data for trace in (b"PHONE-MAKER", b"COMMENT-OF-THE-PHONE", b"SOMEBODY")] == [
            False
        ] * 3
        (photo,) = PdfReader(kept.attachment.content.open()).pages[0].images
        assert photo.image is not None
        assert photo.image.size == (64, 48)

    def test_only_photos_and_pdf_are_receipts(self, attach):
        for data in (word(), b"MZ\x90", b"%PDF-1.4 /JavaScript %%EOF"):
            with pytest.raises(Refused):
                attach(1, data)

    def test_there_must_be_such_a_line(self, attach):
        for line in (0, 3):
            with pytest.raises(Refused, match=f"这一件里没有第 {line} 笔。"):
                attach(line)

    def test_one_paper_may_be_the_receipt_of_two_lines(self, draft: Publication, attach):
        first, second = attach(1), attach(2)
        assert first.attachment == second.attachment
        attach(2)
        assert lines_with_receipts(draft) == [1, 2]

    def test_of_two_receipts_of_one_paper_one_may_go(self, draft: Publication, attach, clerk: User):
        first, second = attach(1), attach(2)
        services.remove_file(first, by=clerk)
        second.attachment.refresh_from_db()
        assert (lines_with_receipts(draft), second.attachment.withdrawn_at) == ([2], None)


class TestBeforePublishing:
    def test_somebody_must_have_looked_at_every_receipt(self, draft: Publication, attach, clerk: User):
        kept = attach(2, pdf("hello"), has_looked=False)
        with pytest.raises(Refused, match="第 2 笔的票据要有人看过"):
            services.propose(draft, by=clerk)
        services.look_at(kept, by=clerk)
        assert services.propose(draft, by=clerk).state == "proposed"

    def test_a_private_number_in_a_receipt_blocks_with_its_place(
        self, draft: Publication, attach, clerk: User
    ):
        attach(1, pdf(PHONE))
        with pytest.raises(Refused, match="第 1 笔的票据第 1 页有手机号"):
            services.propose(draft, by=clerk)

    def test_receipts_are_frozen_with_the_publication(self, draft: Publication, attach, statements, publish):
        kept = attach(2)
        publish(statements[0])
        published = publish(draft)
        key = kept.attachment.key.hex

        assert published.content["files"] == [
            {
                "key": key,
                "title": "票据",
                "content_type": JPEG,
                "size": kept.attachment.size,
                "sha256": kept.attachment.sha256,
                "address": f"files/{key}.jpg",
                "line": 2,
            }
        ]
        with pytest.raises(Refused, match="不能改"):
            attach(1, colour="blue")

    def test_a_correction_takes_them_along(
        self, draft: Publication, attach, statements, publish, clerk: User
    ):
        kept = attach(2)
        publish(statements[0])
        again = services.correct(publish(draft), reason="漏了一笔。", by=clerk)

        assert [(file.line, file.attachment, file.looked_at) for file in again.files.all()] == [
            (2, kept.attachment, kept.looked_at)
        ]


class TestStayingWithItsLine:
    def test_a_book_imported_again_keeps_them_at_their_lines(
        self, draft: Publication, attach, township_officer: User
    ):
        light, ditch = attach(1, colour="red"), attach(2, colour="blue")
        earlier = (OCTOBER[0][0].replace(day=2), "支付报刊费", "", 200, 12_299.5)
        lines = (earlier, *((*line[:4], line[4] - 200) for line in OCTOBER))
        imported(township_officer, book(十月=sheet(10, 12_499.5, lines)))

        draft.refresh_from_db()
        assert len(lines_in(draft)) == 3
        assert {file.line: file.attachment for file in draft.files.all()} == {
            2: light.attachment,
            3: ditch.attachment,
        }

    def test_the_receipt_of_a_line_that_is_gone_is_not_lost_and_stands_at_no_other(
        self, draft: Publication, attach, township_officer: User
    ):
        attach(1), attach(2)
        imported(township_officer, book(十月=sheet(10, 12_499.5, OCTOBER[:1])))

        draft.refresh_from_db()
        assert lines_with_receipts(draft) == [1, None]

    def test_rows_of_a_table_are_followed_too(self, draft: Publication, clerk: User):
        rows = [{"party": party, "reason": "修渠", "original": Decimal(9)} for party in ("农机站", "水管所")]
        first, last = draft.first_on.replace(month=7), draft.first_on.replace(month=9, day=30)
        debts = services.fill_table(
            draft.village, KINDS["debts"], rows=rows, first_on=first, last_on=last, by=clerk
        )
        services.add_receipt(debts, upload(picture()), line=2, key=uuid4(), by=clerk)
        services.refill_table(debts, version=debts.version, rows=rows[::-1], by=clerk)

        assert lines_with_receipts(debts) == [1]


class TestPages:
    def test_a_clerk_puts_a_receipt_to_a_line_and_the_committee_sees_it(
        self, draft: Publication, clerk: User, supervisor: User, signed_in
    ):
        client, page = signed_in(clerk), reverse("disclosure:receipts", args=[draft.pk, 2])
        assert page in client.get(reverse("disclosure:detail", args=[draft.pk])).content.decode()
        said = {"file": upload(picture()), "key": str(uuid4())}
        assert client.post(page, said).status_code == 302
        (kept,) = draft.files.all()
        text = client.get(page).content.decode()
        assert ("支付水渠清淤工钱，3200.00 元" in text, "我看过了，没有不能公开的" in text) == (True, True)
        detail = client.get(reverse("disclosure:detail", args=[draft.pk])).content.decode()
        assert ("票据 1 张，1 张要看" in detail, "第 2 笔，送审以前要有人打开看过。" in detail) == (
            True,
            True,
        )

        look = client.post(reverse("disclosure:look_at_file", args=[draft.pk, kept.pk]))
        assert look.headers["Location"] == page
        services.propose(draft, by=clerk)
        committee = signed_in(supervisor)
        text = committee.get(reverse("disclosure:detail", args=[draft.pk])).content.decode()
        assert ("票据 1 张" in text, "放票据" in text) == (True, False)
        text = committee.get(page).content.decode()
        address = reverse("disclosure:file", args=[draft.pk, kept.pk])
        assert (f'src="{address}"' in text, "放一张票据" in text) == (True, False)
        assert committee.get(address).headers["Content-Type"] == JPEG

    def test_what_is_no_receipt_is_refused_on_the_page(self, draft: Publication, clerk: User, signed_in):
        page = reverse("disclosure:receipts", args=[draft.pk, 1])
        answer = signed_in(clerk).post(page, {"file": upload(b"MZ", "x.exe"), "key": str(uuid4())})
        assert (answer.status_code, "票据请用照片或者 PDF 文件。" in answer.content.decode()) == (422, True)
        assert signed_in(clerk).get(reverse("disclosure:receipts", args=[draft.pk, 9])).status_code == 404

    def test_nobody_else_puts_one(
        self, draft: Publication, supervisor: User, neighbour: User, county: County, signed_in
    ):
        page = reverse("disclosure:receipts", args=[draft.pk, 1])
        said = lambda: {"file": upload(picture()), "key": str(uuid4())}  # noqa: E731
        assert signed_in(neighbour).post(page, said()).status_code == 404
        assert signed_in(supervisor).post(page, said()).status_code == 403
        agent = UserFactory(name="村级财务代理钱某")
        GrantFactory(user=agent, role=FINANCE_AGENT, organization=county.township)
        assert signed_in(agent).post(page, said()).status_code == 302

    def test_the_page_asks_the_same_for_any_number_of_receipts(
        self, draft: Publication, attach, clerk: User, signed_in
    ):
        client, costs = signed_in(clerk), []
        for colour in ("red", "green", "blue"):
            attach(1, colour=colour)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("disclosure:detail", args=[draft.pk]))
            costs.append(len(queries))
        assert costs[1:] == costs[:-1]
