"""Words with tables, files, and what is found in them before anybody else sees it."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter

from apps.accounts.models import User
from apps.attachments.kinds import DOCX, PDF, XLSX
from apps.attachments.models import private_storage
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Publication, PublicationFile, Published
from apps.disclosure.prose import Paragraph, Table, blocks_of
from apps.disclosure.scanning import scan
from apps.organizations.models import Village
from apps.publicsite.files import file_answer
from tests.attachments.pictures import with_location
from tests.conftest import County

IDENTITY = "99010119800101123X"
PHONE = "13800001111"


def workbook(**hidden: str) -> bytes:
    book = Workbook()
    book.properties.creator = "某某会计"
    sheet: Any = book.active
    sheet.title = "名单"
    sheet.append(["姓名", "金额"])
    sheet.append(["张某", 300])
    if "cell" in hidden:
        sheet["C2"] = int(hidden["cell"])
    if "comment" in hidden:
        sheet["A2"].comment = Comment(hidden["comment"], "某某会计")
    if "sheet" in hidden:
        other = book.create_sheet("底稿")
        other.sheet_state = "hidden"
        other["B3"] = hidden["sheet"]
    return saved(book)


def saved(document) -> bytes:
    target = BytesIO()
    (document.write if isinstance(document, PdfWriter) else document.save)(target)
    return target.getvalue()


def word(*, table: str = "", footer: str = "") -> bytes:
    document = Document()
    document.core_properties.author = "某某文书"
    document.add_paragraph("本季度发放名单")
    if table:
        document.add_table(1, 1).cell(0, 0).text = table
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    return saved(document)


def pdf(text: str = "") -> bytes:
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    whole = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    target = BytesIO()
    writer = PdfWriter(clone_from=BytesIO(whole + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF\n"))
    writer.add_metadata({"/Author": "SOMEBODY"})
    writer.write(target)
    return target.getvalue()


SHAPE = '<s xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r>{}</a:r></a:p></s>'


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """The same Office file with more parts in it."""
    target = BytesIO(data)
    with ZipFile(target, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


class TestProse:
    def test_what_is_pasted_from_a_spreadsheet_is_a_table(self):
        assert blocks_of("名单如下：\n\n姓名\t金额\n张某\t300\n李某\t\n\n完。") == [
            Paragraph("名单如下："),
            Table(("姓名", "金额"), ((("姓名", "张某"), ("金额", "300")), (("姓名", "李某"), ("金额", "")))),
            Paragraph("完。"),
        ]

    def test_strokes_make_a_table_too_and_its_rule_is_left_out(self):
        (table,) = blocks_of("|姓名|金额|\n|---|---|\n|张某|300|")
        assert table == Table(("姓名", "金额"), ((("姓名", "张某"), ("金额", "300")),))

    def test_nothing_else_is_markup(self):
        assert blocks_of("<b>粗</b>") == [Paragraph("<b>粗</b>")]


class TestScan:
    @pytest.mark.parametrize(
        ("data", "place"),
        [
            (workbook(cell=PHONE), "表“名单”第 2 行 C 列"),
            (workbook(comment=f"证号{IDENTITY}"), "表“名单”第 2 行 A 列的批注"),
            (workbook(sheet=IDENTITY), "表“底稿”（隐藏的）第 3 行 B 列"),
        ],
    )
    def test_every_corner_of_a_workbook_is_searched(self, data: bytes, place: str):
        assert [where for where, _ in scan(XLSX, data).hits] == [place]

    def test_every_corner_of_a_word_file_is_searched(self):
        found = scan(DOCX, word(table=IDENTITY, footer=f"联系{PHONE}"))
        assert sorted(where for where, _ in found.hits) == ["正文第 2 段", "页脚第 1 段"]

    def test_shapes_charts_and_stored_data_are_searched_too(self):
        """What stands beside cells and paragraphs, and in the cache of a pivot table that was taken away."""
        parts = {
            "xl/drawings/drawing9.xml": SHAPE.format(f"<a:t>{IDENTITY[:9]}</a:t><a:t>{IDENTITY[9:]}</a:t>"),
            "xl/pivotCache/pivotCacheRecords9.xml": f'<r><s v="{PHONE}"/></r>',
            "xl/threadedComments/threadedComment9.xml": f"<c><text>{PHONE}</text></c>",
        }
        found = scan(XLSX, with_parts(workbook(), parts))
        assert [where for where, _ in found.hits] == ["文本框里", "数据透视表存的数据里", "批注里"]
        drawn = with_parts(word(), {"word/diagrams/data9.xml": SHAPE.format(f"<a:t>{PHONE}</a:t>")})
        assert [where for where, _ in scan(DOCX, drawn).hits] == ["图示里"]

    @pytest.mark.parametrize(("kind", "data"), [(XLSX, workbook()), (DOCX, word())])
    def test_a_picture_in_a_file_wants_somebody_to_look(self, kind: str, data: bytes):
        folder = "xl" if kind == XLSX else "word"
        assert scan(kind, data).is_readable
        assert not scan(kind, with_parts(data, {f"{folder}/media/image1.png": "picture"})).is_readable

    def test_one_scanned_page_of_a_pdf_wants_somebody_to_look(self):
        writer = PdfWriter()
        for page in (pdf("hello"), pdf()):
            writer.append(BytesIO(page))
        assert scan(PDF, pdf("hello")).is_readable
        assert not scan(PDF, saved(writer)).is_readable

    def test_the_page_of_a_pdf_is_named(self):
        assert scan(PDF, pdf(PHONE)).hits == (("第 1 页", "手机号（138******111）"),)
        assert scan(PDF, pdf()).is_readable is False

    def test_what_is_harmless_is_not_found(self):
        assert (scan(XLSX, workbook()).hits, scan(DOCX, word()).hits) == ((), ())


@pytest.fixture
def draft(county: County, clerk: User) -> Publication:
    village = Village.objects.create(organization=county.branch, name="河口镇东湾村")
    return services.write_publication(
        village,
        item="V10",
        first_on=datetime.date(2026, 7, 1),
        last_on=datetime.date(2026, 9, 30),
        title="农业补贴发放名单",
        body="姓名\t金额\n张某\t300",
        by=clerk,
    )


def added(draft: Publication, data: bytes, name: str, by: User) -> PublicationFile:
    return services.add_file(draft, SimpleUploadedFile(name, data), key=uuid4(), by=by)


def data_of(file: PublicationFile) -> bytes:
    with file.attachment.content.open() as stream:
        return stream.read()


class TestBeforePublishing:
    def test_a_private_number_in_a_workbook_blocks_and_is_masked_in_one_go(
        self, draft: Publication, clerk: User
    ):
        file = added(draft, workbook(cell=PHONE, comment=IDENTITY), "名单.xlsx", clerk)
        with pytest.raises(Refused, match="附件“名单.xlsx”".replace(".", "[.]")):
            services.propose(draft, by=clerk)
        masked = services.mask_file(file, by=clerk)

        assert load_workbook(BytesIO(data_of(masked)))["名单"]["C2"].value == "****"
        assert draft.files.get() == masked
        assert services.propose(draft, by=clerk).state == "proposed"

    def test_a_word_file_is_masked_in_one_go_wherever_it_stands(self, draft: Publication, clerk: User):
        document = Document()
        paragraph = document.add_paragraph("张某的证号")
        for piece in (IDENTITY[:5], IDENTITY[5:14], f"{IDENTITY[14:]}，电话{PHONE[:4]}", f"{PHONE[4:]}。"):
            paragraph.add_run(piece)
        document.add_table(1, 1).cell(0, 0).text = f"李某 {IDENTITY}"
        document.sections[0].footer.paragraphs[0].text = f"联系{PHONE}"
        file = added(draft, saved(document), "名单.docx", clerk)
        with pytest.raises(Refused, match="正文第 1 段有身份证号"):
            services.propose(draft, by=clerk)
        masked = Document(BytesIO(data_of(services.mask_file(file, by=clerk))))

        assert masked.paragraphs[0].text == "张某的证号****，电话****。"
        assert masked.tables[0].cell(0, 0).text == "李某 ****"
        assert masked.sections[0].footer.paragraphs[0].text == "联系****"
        assert services.propose(draft, by=clerk).state == "proposed"

    def test_a_workbook_is_masked_in_its_margins_and_names_too(self, draft: Publication, clerk: User):
        book: Any = load_workbook(BytesIO(workbook()))
        book["名单"].oddFooter.center.text = f"联系{PHONE}"
        book["名单"].title = f"张某{PHONE}"
        file = added(draft, saved(book), "名单.xlsx", clerk)
        masked: Any = load_workbook(BytesIO(data_of(services.mask_file(file, by=clerk))))

        assert (masked.sheetnames, masked.worksheets[0].oddFooter.center.text) == (["张某××××"], "联系****")
        assert services.propose(draft, by=clerk).state == "proposed"

    def test_a_pdf_cannot_be_masked_and_says_so(self, draft: Publication, clerk: User):
        file = added(draft, pdf(PHONE), "说明.pdf", clerk)
        with pytest.raises(Refused, match="PDF 和图片不能自动遮盖"):
            services.mask_file(file, by=clerk)

    def test_what_no_machine_can_read_somebody_must_look_at(self, draft: Publication, clerk: User):
        file = added(draft, pdf(), "扫描.pdf", clerk)
        with pytest.raises(Refused, match="图片和扫描件里的字"):
            services.propose(draft, by=clerk)
        services.look_at(file, by=clerk)
        assert services.propose(draft, by=clerk).state == "proposed"

    def test_nobody_is_named_in_what_is_kept(self, draft: Publication, clerk: User):
        book = added(draft, workbook(comment="好"), "名单.xlsx", clerk)
        text = added(draft, word(), "说明.docx", clerk)
        scanned = added(draft, pdf("hello"), "说明.pdf", clerk)
        photo = added(draft, with_location(), "照片.jpg", clerk)

        opened = load_workbook(BytesIO(data_of(book)))
        assert (opened.properties.creator or "").replace("openpyxl", "") == ""
        assert opened["名单"]["A2"].comment.author in ("", None, "None")
        assert Document(BytesIO(data_of(text))).core_properties.author == ""
        assert "SOMEBODY" not in str(PdfReader(BytesIO(data_of(scanned))).metadata)
        assert b"PHONE-MAKER" not in data_of(photo)

    def test_a_file_that_hides_something_is_refused(self, draft: Publication, clerk: User):
        for data in (b"PK\x03\x04broken", b"MZ\x90", b"%PDF-1.4 /JavaScript %%EOF"):
            with pytest.raises(Refused):
                added(draft, data, "x.docx", clerk)

    def test_a_file_taken_away_is_gone(self, draft: Publication, clerk: User, signed_in):
        file = added(draft, word(), "说明.docx", clerk)
        address = reverse("disclosure:remove_file", args=[draft.pk, file.pk])
        assert signed_in(clerk).post(address).status_code == 302
        assert not draft.files.exists()


class TestPublic:
    def test_the_public_gets_what_was_frozen_and_only_that(
        self, draft: Publication, clerk: User, publish, villager: Client, county: County, signed_in
    ):
        upload = {"file": SimpleUploadedFile("说明.docx", word()), "key": str(uuid4())}
        client = signed_in(clerk)
        client.post(reverse("disclosure:add_file", args=[draft.pk]), upload)
        assert "说明.docx" in client.get(reverse("disclosure:detail", args=[draft.pk])).content.decode()
        key = f"{draft.files.get().attachment.key.hex}.docx"
        address = reverse("public:file", args=[county.branch.code, 1, key])
        assert villager.get(address).status_code == 404

        published = publish(draft)
        page = villager.get(reverse("public:publication", args=[county.branch.code, 1])).content.decode()
        assert ('<th scope="col">姓名</th>' in page, address in page) == (True, True)
        answer = villager.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, DOCX)
        assert villager.get(reverse("public:file", args=[county.branch.code, 1, "0" * 32])).status_code == 404

        place = published.files.get().attachment.content.name
        private_storage().delete(place)
        private_storage().save(place, ContentFile(b"something else"))
        assert file_answer(Published.objects.get(chain_number=1), key) is None

    def test_party_affairs_never_reach_the_public_side(
        self, draft: Publication, clerk: User, publish, villager: Client, county: County
    ):
        publish(draft)
        inner = services.write_publication(
            draft.village,
            item="P04",
            first_on=datetime.date(2026, 1, 1),
            last_on=datetime.date(2026, 10, 31),
            title="党费收缴情况",
            body="党费已经收齐。",
            by=clerk,
        )
        done = publish(inner)
        assert (done.audience, done.chain_number) == ("branch_members", 1)
        page = villager.get(reverse("public:village", args=[county.branch.code])).content.decode()
        assert "党费" not in page
        assert villager.get(reverse("public:publication", args=[county.branch.code, 2])).status_code == 404
        assert (
            "党费"
            not in villager.get(reverse("public:publication", args=[county.branch.code, 1])).content.decode()
        )
