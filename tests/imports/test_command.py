"""`manage.py import`: the same import at the shell."""

import io
import json
import resource
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from apps.imports import safety
from apps.members.models import Member
from apps.organizations.models import Organization
from tests.factories import invented_id_number
from tests.imports.books import far_apart, xlsx
from tests.imports.rosters import people, person, roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path):
    def write(content: bytes) -> Path:
        path = tmp_path / "花名册.xlsx"
        path.write_bytes(content)
        return path

    return write


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_dry_run_is_the_default(county, file):
    assert run("roster", file(people(2))).splitlines() == [
        "读到 2 人：新增 2，有变化 0，无变化 0，有问题的 0 行。",
        "没有写入。看过没有问题，加 --commit 再运行一次。",
    ]
    assert Member.objects.count() == 0


def test_commit_writes_in_the_name_of_the_system(county, file):
    run("roster", file(people(2)), "--commit")
    event = Member.history.rel.related_model.objects.first()  # type: ignore[attr-defined]
    assert (Member.objects.count(), event.pgh_context.metadata["name"]) == (2, "系统")


def test_json_has_counts_and_problems(county, file):
    answer = json.loads(run("roster", file(roster(person(1), person(2, education="太空学院"))), "--json"))
    assert {key: answer[key] for key in ("rows", "new", "changed", "unchanged")} == {
        "rows": 2, "new": 1, "changed": 0, "unchanged": 0,
    }  # fmt: skip
    (problem,) = answer["problems"]
    assert problem["message"].startswith("“太空学院”不是学历。可以填：")
    assert {key: problem[key] for key in ("sheet", "row", "column", "code", "severity")} == {
        "sheet": "党员花名册", "row": 3, "column": "学历", "code": "unknown_value", "severity": "error",
    }  # fmt: skip


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_number_in_a_wrong_column_is_said_masked(county, file, options):
    number = invented_id_number(31)
    said = run(
        "roster", file(roster(person(1, education=number), person(2, education="13912345678"))), *options
    )
    assert f"“9900********{number[-4:]}”不是学历。" in said
    assert "“139****5678”不是学历。" in said
    assert number not in said
    assert "13912345678" not in said


def test_commit_with_faults_writes_nothing_and_fails(county, file):
    with pytest.raises(CommandError, match="一行也没有写入"):
        run("roster", file(roster(person(1), person(2, education="太空学院"))), "--commit")
    assert Member.objects.count() == 0


def test_same_file_again_is_no_failure(county, file):
    run("roster", file(people(2)), "--commit")
    assert json.loads(run("roster", file(people(2)), "--commit", "--json"))["unchanged"] == 2


def test_annotated_table_is_written(county, file, tmp_path):
    out = tmp_path / "out.xlsx"
    run("roster", file(roster(person(1), person(2, education="太空学院"))), "--annotated", out)
    sheet = load_workbook(out)["党员花名册"]
    assert sheet["I3"].value.startswith("“太空学院”不是学历。")
    widths = [sheet.column_dimensions[letter].width for letter in "CI"]
    assert (widths, sheet.freeze_panes) == ([22, 60], "A2")  # wide enough to be read, the heading in sight


def test_command_in_somebodys_name_reaches_as_far_as_they(county, file, neighbour):
    answer = json.loads(run("roster", file(people(1)), "--json", "--as", neighbour.username))
    assert [problem["code"] for problem in answer["problems"]] == ["another_place"]


def test_unknown_user_is_refused(county, file):
    with pytest.raises(CommandError, match="没有“nobody”这个账号"):
        run("roster", file(people(1)), "--as", "nobody")


def test_file_that_is_none_fails_with_a_sentence_and_valid_json(county, file, capsys):
    out = io.StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("import", "roster", str(file(b"%PDF-1.7 whatever")), "--json", stdout=out)
    assert str(failure.value) == safety.NOT_A_WORKBOOK
    assert json.loads(out.getvalue())["problems"][0]["message"] == safety.NOT_A_WORKBOOK


def test_missing_file_fails_with_a_sentence(county, tmp_path):
    with pytest.raises(CommandError) as failure:
        run("roster", tmp_path / "nothing.xlsx")
    assert str(failure.value) == f"打不开文件 {tmp_path / 'nothing.xlsx'}：没有这个文件。"


def test_problem_of_the_whole_file_is_said_without_a_place(county, file):
    strange = [person(number, branch="某别县某村党支部") for number in range(3)]
    assert run("roster", file(roster(*strange))).splitlines()[1].startswith("  表里 3 行，有 3 行的党支部")


def test_empty_installation_gets_its_county_from_the_ledger(db, file):
    head = ["党组织代码", "党组织名称", "党组织类别", "上级党组织代码"]
    rows = [
        ["10001", "某镇党委", "党委", "10"],
        ["10", "某县委", "党委", ""],
        ["10001001", "某支部", "党支部", "10001"],
    ]
    run("organizations", file(xlsx([head, *rows])), "--commit")
    assert list(Organization.objects.values_list("path", flat=True)) == [
        "10/",
        "10/10001/",
        "10/10001/10001001/",
    ]


def test_file_of_which_the_reader_dies_gets_the_same_sentence(county, file):
    with pytest.raises(CommandError, match="内存不够，什么也没有写入"):
        run("roster", file(far_apart("XFD1048576")))


def test_memory_has_an_end_while_a_file_is_read(county, file, monkeypatch):
    ends = []

    def too_large(*_):
        ends.append(resource.getrlimit(resource.RLIMIT_AS)[0])
        raise MemoryError

    monkeypatch.setattr("apps.imports.machine.open_sheets", too_large)
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(CommandError, match="内存不够，什么也没有写入"):
        run("roster", file(people(1)))
    assert (ends, resource.getrlimit(resource.RLIMIT_AS)) == (
        [settings.PARTYBUILD_WORKER_MEMORY_MB << 20],
        before,
    )
