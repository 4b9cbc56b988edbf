"""The import in a browser: upload, look, decide, write; and who may not."""

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from apps.imports import safety
from apps.imports.models import ImportJob
from apps.imports.states import State
from apps.members.models import Member
from tests.factories import invented_id_number
from tests.imports.rosters import people, person, roster

pytestmark = pytest.mark.django_db

NEW = "/imports/new/roster/"


@pytest.fixture
def officer(signed_in, township_officer):
    return signed_in(township_officer)


@pytest.fixture
def upload(django_capture_on_commit_callbacks):
    """Post a file, let it be read, and give the job."""

    def post(client, content: bytes) -> ImportJob:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(NEW, {"file": SimpleUploadedFile("花名册.xlsx", content)})
        assert answer.status_code == 302
        job = ImportJob.objects.latest("created_at")
        assert answer.headers["Location"] == f"/imports/{job.pk}/"
        return job

    return post


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Post to one of a job's addresses, let its task run, and give the page that follows."""

    def post(client, job: ImportJob, verb: str, **data: object) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"/imports/{job.pk}/{verb}/", data)
        assert answer.headers.get("Location") == f"/imports/{job.pk}/"
        return page(client, job)

    return post


def page(client, job: ImportJob, tab: str = "") -> str:
    answer = client.get(f"/imports/{job.pk}/{tab}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_upload_page_tells_what_is_understood(officer):
    text = " ".join(re.sub(r"<[^>]+>", " ", officer.get(NEW).content.decode()).split())
    assert "导入党员花名册" in text
    assert "公民身份号码 必填 18 位，文本格式。按它认人。 身份证号、身份证号码、" in text


def test_roster_goes_all_the_way_through_the_browser(officer, upload, press):
    job = upload(officer, people(3))
    assert "读到 3 人 1 张表 新增 3 有变化 0 无变化 0 要您看一下 0" in page(officer, job)
    job.refresh_from_db()
    text = press(officer, job, "commit", shown=job.fingerprint)
    assert "已写入。 新增 3 人。" in text
    assert Member.objects.count() == 3


def test_file_that_cannot_be_read_is_answered_on_the_form(officer):
    answer = officer.post(NEW, {"file": SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n\x00\x00")})
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [safety.NOT_A_WORKBOOK])
    assert ImportJob.objects.count() == 0


def test_no_file_is_answered_on_the_form(officer):
    answer = officer.post(NEW, {})
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["请先选一个文件。"])


def test_problems_are_shown_where_what_and_what_to_do(officer, upload, press):
    job = upload(officer, roster(person(1), person(2, name="李强", education="太空学院")))
    text = page(officer, job)
    assert "党员花名册 第 3 行 学历 列 李强 要处理 “太空学院”不是学历。 可以填：博士研究生、" in text
    assert "有 1 行要处理，现在一行也不会写入。" in text
    text = press(officer, job, "choose", action="skip", sheet="党员花名册", row=3)
    assert "已跳过 “太空学院”不是学历。" in text
    assert "写入 1 人" in text


def test_all_faulty_rows_are_skipped_with_one_button(officer, upload, press):
    job = upload(officer, roster(person(1), person(2, education="太空学院"), person(3, education="月球学院")))
    assert "跳过有问题的 2 行" in page(officer, job)
    assert "写入 1 人" in press(officer, job, "choose", action="skip_errors")


def test_changes_are_shown_before_and_after(officer, upload, press):
    job = upload(officer, people(1))
    job.refresh_from_db()
    press(officer, job, "commit", shown=job.fingerprint)
    job = upload(officer, roster(person(0, education="小学")))
    assert "王小明 · 河口镇东湾村党支部 党员花名册 第 2 行 学历： 高中 → 小学" in page(
        officer, job, "?tab=changed"
    )
    assert "写入 1 处变化" in page(officer, job)


def test_columns_are_shown_as_they_were_read(officer, upload):
    text = page(officer, upload(officer, people(1)), "?tab=columns")
    assert "“党员花名册”，表头在第 1 行 列 表里写的 读作 A 姓名 姓名 B 民族 民族" in text


def test_file_that_changes_nothing_says_so(officer, upload, press):
    job = upload(officer, people(2))
    job.refresh_from_db()
    press(officer, job, "commit", shown=job.fingerprint)
    assert "表里的内容和系统里的一样，没有要写入的。" in page(officer, upload(officer, people(2)))


def test_stale_page_is_answered_with_a_sentence(officer, upload):
    job = upload(officer, people(1))
    answer = officer.post(f"/imports/{job.pk}/commit/", {"shown": "0" * 64})
    assert (answer.status_code, answer.context["refusal"]) == (
        422,
        "名册在您查看之后有了变化，请重新看一遍结果。",
    )


def test_choice_that_makes_no_sense_is_answered_with_a_sentence(officer, upload):
    job = upload(officer, people(1))
    answer = officer.post(f"/imports/{job.pk}/choose/", {"action": "skip"})
    assert (answer.status_code, answer.context["refusal"]) == (422, "没有看懂要怎样处理，请再点一次。")


def test_page_of_a_running_job_moves_by_itself_and_without_script(officer, upload):
    job = upload(officer, people(1))
    ImportJob.objects.update(state=State.READING)
    assert f'hx-get="/imports/{job.pk}/progress/"' in officer.get(f"/imports/{job.pk}/").content.decode()
    part = officer.get(f"/imports/{job.pk}/progress/")
    assert part.content.decode() in officer.get(f"/imports/{job.pk}/").content.decode()
    ImportJob.objects.update(state=State.READY)
    assert officer.get(f"/imports/{job.pk}/progress/").headers["HX-Refresh"] == "true"


def test_cancelled_import_can_be_begun_again(officer, upload, press):
    text = press(officer, upload(officer, people(1)), "cancel")
    assert "重新上传" in text
    assert Member.objects.count() == 0


def test_list_shows_ones_own_imports(officer, upload, signed_in, county_officer):
    upload(officer, people(1))
    assert "花名册.xlsx" in officer.get("/imports/").content.decode()
    assert "花名册.xlsx" not in signed_in(county_officer).get("/imports/").content.decode()


def test_list_asks_as_much_for_one_as_for_three(officer, upload):
    asked = []
    for _ in range(3):
        upload(officer, people(1))
        with CaptureQueriesContext(connection) as queries:
            officer.get("/imports/")
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]


# --- who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "?tab=new", "progress/", "annotated/"])
def test_nobody_opens_another_ones_import(officer, upload, signed_in, neighbour, county_officer, address):
    job = upload(officer, people(1))
    for user in (neighbour, county_officer):
        assert signed_in(user).get(f"/imports/{job.pk}/{address}").status_code == 404


@pytest.mark.parametrize("verb", ["choose", "commit", "cancel"])
def test_nobody_decides_about_another_ones_import(officer, upload, signed_in, neighbour, verb):
    job = upload(officer, people(1))
    job.refresh_from_db()
    answer = signed_in(neighbour).post(
        f"/imports/{job.pk}/{verb}/", {"shown": job.fingerprint, "action": "skip_errors"}
    )
    assert (answer.status_code, Member.objects.count()) == (404, 0)


@pytest.mark.parametrize("who", ["branch_secretary", "supervisor", "auditor"])
def test_who_may_not_import_is_forbidden(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    assert [client.get(address).status_code for address in (NEW, "/imports/template/roster/")] == [403, 403]
    assert client.post(NEW, {"file": SimpleUploadedFile("a.xlsx", people(1))}).status_code == 403


def test_unknown_kind_is_not_found(officer):
    assert officer.get("/imports/new/dogs/").status_code == 404


def test_rosters_are_offered_one_by_one_and_the_villages_tables_in_a_menu(officer):
    page = officer.get("/imports/").content.decode()
    places = [
        page.index(words)
        for words in ("导入党组织台账", "导入党员花名册", "导入村务公开的表", "村级财务收支公开表")
    ]
    assert places == sorted(places)


def test_unknown_import_is_not_found(officer):
    assert officer.get(f"/imports/{uuid.uuid4()}/").status_code == 404


def test_get_does_not_commit(officer, upload):
    job = upload(officer, people(1))
    assert officer.get(f"/imports/{job.pk}/commit/").status_code == 405


# --- workbooks ----------------------------------------------------------------------------------------


def test_template_has_the_importers_columns_and_reads_as_its_own_table(officer, upload):
    answer = officer.get("/imports/template/roster/")
    book = load_workbook(io.BytesIO(answer.content))
    head = [cell.value for cell in book["党员花名册"][1]]
    assert (head[0], head[3], len(head)) == ("姓名", "公民身份号码", 19)
    assert book["党员花名册"]["D2"].number_format == "@"
    job = upload(officer, answer.content)
    job.refresh_from_db()
    assert (job.state, job.rows, job.errors) == (State.READY, 0, 0)


def test_annotated_table_marks_the_faulty_cell_and_keeps_the_rest(officer, upload):
    odd = person(1, name="李强", education="太空学院")
    job = upload(officer, roster(person(0), odd, [*person(2)[:7], "=1+1"]))
    answer = officer.get(reverse("imports:annotated", args=[job.pk]))
    sheet = load_workbook(io.BytesIO(answer.content))["党员花名册"]
    assert [cell.value for cell in sheet[1]][-2:] == ["学历", "问题"]
    assert [cell.value for cell in sheet[2]][:5] == person(0)[:5]
    assert sheet["F2"].value.date() == person(0)[5]
    assert sheet["H3"].comment.text.startswith("“太空学院”不是学历。")
    assert sheet["I3"].value == sheet["H3"].comment.text
    assert sheet["H3"].fill.fgColor.rgb == "00F6D5D5"
    assert (sheet["C3"].value, sheet["C3"].number_format, sheet["C3"].data_type) == (odd[2], "@", "s")


def test_annotated_table_holds_no_formula(officer, upload):
    content = "姓名,身份证号,民族,党支部,备注\n=HYPERLINK(1),1,汉族,某支部,=1+1\n".encode()
    job = upload(officer, content)
    sheet = load_workbook(io.BytesIO(officer.get(f"/imports/{job.pk}/annotated/").content))["表"]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "inlineStr"}
    assert sheet["A2"].value == "=HYPERLINK(1)"


def test_number_in_a_wrong_column_is_kept_masked(officer, upload):
    number = invented_id_number(31)
    job = upload(officer, roster(person(1, education=number), person(2, education="13912345678")))
    text = page(officer, job)
    assert f"“9900********{number[-4:]}”不是学历。" in text
    assert "“139****5678”不是学历。" in text
    assert not job.lines.filter(text__contains=number).exists()
