# ruff: noqa: T201 (what a bench is for)
"""A roster of 55,000 rows: our import against the floor, and against django-import-export, in one run.

The floor is what must be done at least: read the sheet, check each value, make the search keys, COPY into a
table with the same indexes as to identity; no encryption, no history, no comparison, no preview.
"""

from __future__ import annotations

import datetime
import io
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tablib
from django.conf import settings
from django.db import connection, transaction
from import_export import resources
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from apps.accounts.services.people import system_user
from apps.core import names
from apps.core.calendar import add_years
from apps.core.crypto import digest
from apps.core.identity import check_digit
from apps.imports.machine import carry_out, errand_for, make_plan, make_plan_to_show
from apps.imports.registry import importer_named
from apps.members.models import Member
from apps.members.vocabulary import Education, Occupation
from apps.organizations.models import Organization
from tests.services import POSTGRES

ROWS = int(os.environ.get("BENCH_ROWS", "55000"))
PEER_SHARE = 10  # the peer takes minutes: it gets a tenth of the rows, and its time is counted ten times
TOWNSHIPS, BRANCHES = 25, 1_250
AIM, AT_MOST = 3.0, 5.0  # times the floor: of a commit, and of a first look and a commit at once
MEMORY_MIB = 400
HEAD = [
    *(
        "姓名",
        "性别",
        "民族",
        "公民身份号码",
        "出生日期",
        "学历",
        "人员类别",
        "所在党支部",
        "入党日期",
        "转正日期",
    ),
    *("工作岗位", "手机号码", "家庭住址", "党籍状态", "是否失联", "失联日期", "是否流动", "外出流向"),
]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国"
LEVELS = ("高中", "初中", "小学", "中专", "大学专科", "大学本科", "硕士研究生")
WORKS = ("农牧渔民", "公务员", "企业职工", "离退休人员", "学生")

pytestmark = pytest.mark.django_db(transaction=True)


def branch_name(number: int) -> str:
    return f"第{number % TOWNSHIPS}镇第{number}村党支部"


def person(number: int, dice: random.Random) -> list[Any]:
    born = datetime.date(1945, 1, 1) + datetime.timedelta(days=dice.randrange(20_000))
    male = dice.random() < 0.7
    area, sequence = divmod(number, 499)
    body = f"{990000 + area % 1000}{born:%Y%m%d}{sequence * 2 + male:03d}"
    joined = add_years(born, 20) + datetime.timedelta(days=dice.randrange(2_000))
    name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2))))
    return [
        name, "男" if male else "女", "汉族", body + check_digit(body), born, dice.choice(LEVELS), "正式党员",
        branch_name(number % BRANCHES), joined, add_years(joined, 1), dice.choice(WORKS), f"139{number:08d}",
        f"某县第{number % TOWNSHIPS}镇第{number % BRANCHES}村", "正常", "否", None, "否", None,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def people() -> list[list[Any]]:
    dice = random.Random(2026)
    return [person(number, dice) for number in range(ROWS)]


@pytest.fixture(scope="module")
def content(people: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("党员花名册")
    sheet.append(HEAD)
    for row in people:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def tree() -> None:
    def add(code: str, name: str, kind: str, parent: Organization | None) -> Organization:
        path = f"{parent.path if parent else ''}{code}/"
        return Organization(code=code, name=name, kind=kind, parent=parent, path=path, sector="village")

    with transaction.atomic():
        (root,) = Organization.objects.bulk_create([add("90", "某县委", "committee", None)])
        towns = Organization.objects.bulk_create(
            add(f"90{n:03d}", f"第{n}镇党委", "committee", root) for n in range(TOWNSHIPS)
        )
        Organization.objects.bulk_create(
            add(f"91{n:05d}", branch_name(n), "branch", towns[n % TOWNSHIPS]) for n in range(BRANCHES)
        )


# --- the floor ----------------------------------------------------------------------------------------

_ID = re.compile(r"[1-9]\d{16}[\dX]")
_PHONE = re.compile(r"1[3-9]\d{9}")
EDUCATION = {label: value for value, label in Education.choices}
OCCUPATION = {label: value for value, label in Occupation.choices}


def floor(content: bytes, branches: dict[str, int]) -> None:
    """Read, check, make search keys, COPY: nothing more."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    lines = [_floor_line(row, branches) for row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (LIKE members_member INCLUDING DEFAULTS)")
        cursor.execute("ALTER TABLE bench_floor ADD PRIMARY KEY (id), ADD COLUMN number text UNIQUE")
        for column in ("id_number", "id_digest"):
            cursor.execute(f"ALTER TABLE bench_floor ALTER {column} DROP NOT NULL")
        columns = (
            "id, name, pinyin, initials, name_grams, sex, ethnic_group, number, born_on, education, "
            "occupation, category, joined_on, joined_precision, full_on, full_precision, branch_id, status, "
            "address, is_mobile, mobile_destination, is_out_of_contact, on_probation_within_party, version"
        )
        numbered = "".join(f"{number}\t{line}\n" for number, line in enumerate(lines, 1))
        cursor.copy_expert(f"COPY bench_floor ({columns}) FROM STDIN", io.StringIO(numbered), 1 << 19)


def _floor_line(row: list[Any], branches: dict[str, int]) -> str:
    name, sex, group, number, born, level, category, branch, joined, full, work, phone, address = row[:13]
    assert _ID.fullmatch(number)
    assert check_digit(number[:17]) == number[17]
    assert number[6:14] == f"{born:%Y%m%d}"
    assert (int(number[16]) % 2 == 1) == (sex == "男")
    assert joined <= full
    assert add_years(born, 18) <= joined
    education, occupation = EDUCATION[level], OCCUPATION[work]
    assert _PHONE.fullmatch(phone)
    assert [group, category, *row[13:]] == ["汉族", "正式党员", "正常", "否", "", "否", ""]
    grams = "{" + ",".join(names.grams(name)) + "}"
    search = f"{names.pinyin(name)}\t{names.initials(name)}\t{grams}"
    dates = f"{joined}\tday\t{full}\tday"
    return (
        f"{name}\t{search}\tmale\t01\t{number}\t{born}\t{education}\t{occupation}\tfull\t{dates}\t"
        f"{branches[branch]}\tactive\t{address}\tf\t\tf\tf\t1"
    )


# --- the peer -----------------------------------------------------------------------------------------


class PeerResource(resources.ModelResource):
    """The same fields as their library is used; the sealed values are given to it ready-made."""

    class Meta:
        model = Member
        use_bulk = True
        batch_size = 1_000
        skip_diff = True  # its own advice for large tables
        use_transactions = True
        fields = (
            "name", "sex", "ethnic_group", "born_on", "education", "occupation", "category", "joined_on",
            "full_on", "branch", "status", "address", "pinyin", "initials",
        )  # fmt: skip

    def get_instance(self, instance_loader: Any, row: Any) -> Member | None:
        return Member.objects.filter(id_digest=row["id_digest"]).first()

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance.id_number, instance.id_digest = row["number"], row["id_digest"]
        instance.name_grams = names.grams(instance.name)
        instance.phone = row["phone"]


def peer_dataset(people: list[list[Any]], branches: dict[str, int]) -> tablib.Dataset:
    data = tablib.Dataset(headers=[*PeerResource.Meta.fields, "id_digest", "number", "phone"])
    for row in people:
        name, _sex, _group, number, born, _level, _category, branch, joined, full, _work, phone, address = (
            row[:13]
        )
        data.append(
            [
                name, "male", "01", born, "high", "farmer", "full", joined, full, branches[branch], "active",
                address, names.pinyin(name), names.initials(name), digest(number), number,
                phone,
            ]
        )  # fmt: skip
    return data


# The most memory that a process of its own had (VmHWM), told as the last line.
COMMIT_AND_TELL = """
import sys, django
from django.core.management import call_command
django.setup()
call_command("import", "roster", sys.argv[1], "--commit")
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


# --- the measurements ---------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Cost:
    """What a step took: processor time of ours and of the database's, which other people's work on the
    machine does not change, and time on the clock, which it does."""

    work: float
    clock: float

    def __str__(self) -> str:
        return f"{self.work:.1f} s of work, {self.clock:.1f} s on the clock"


def _worked(server: int) -> float:
    used = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def cost(step: Callable[[], object], *, times: int = 3) -> Cost:
    """The cheapest of several runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    found = []
    for _ in range(times):
        work, clock = _worked(server), time.perf_counter()
        step()
        found.append(Cost(_worked(server) - work, time.perf_counter() - clock))
    return min(found)


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is rolled back, its constraints checked as if it were committed."""
    with transaction.atomic():
        yield
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def in_vain(step: Callable[[], object]) -> Callable[[], None]:
    def stepping() -> None:
        with undone():
            step()

    return stepping


def test_roster_import_against_floor_and_peer(tree: None, people: list[list[Any]], content: bytes):
    importer, errand = importer_named("roster"), errand_for(importer_named("roster"), system_user())
    branches = dict(Organization.objects.values_list("name", "id"))
    at_least = cost(in_vain(lambda: floor(content, branches)))
    dry = cost(lambda: make_plan_to_show(importer, content, errand))
    shown = make_plan_to_show(importer, content, errand).fingerprint
    commit = cost(in_vain(lambda: carry_out(importer, content, errand, shown=shown)))
    at_once = cost(in_vain(lambda: carry_out(importer, content, errand)))
    carry_out(importer, content, errand)
    again = cost(lambda: make_plan(importer, content, errand))
    print(f"\nroster of {ROWS:,} x {len(HEAD)}: floor {at_least}")
    for what, took in (
        ("dry run", dry),
        ("commit of what was shown", commit),
        ("read and committed at once, as by the command", at_once),
        ("again, unchanged", again),
    ):
        print(f"  {what} {took}, {took.work / at_least.work:.1f} x the floor's work")
    part = peer_dataset(people[: ROWS // PEER_SHARE], branches)
    with undone():
        connection.cursor().execute("TRUNCATE members_member CASCADE")
        peer = cost(lambda: PeerResource().import_data(part, raise_errors=True), times=1)
    times = PEER_SHARE * peer.work / commit.work
    print(f"  django-import-export {PEER_SHARE * peer.clock:.0f} s, {times:.1f} x our commit's work")
    assert commit.work <= AIM * at_least.work
    assert at_once.work < AT_MOST * at_least.work


def test_roster_import_keeps_within_its_memory(tree: None, content: bytes, tmp_path: Path):
    system_user()
    file = tmp_path / "roster.xlsx"
    file.write_bytes(content)
    environment = os.environ | {
        "DATABASE_URL": POSTGRES.url_of(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
    }
    command = [sys.executable, "-c", COMMIT_AND_TELL, str(file)]
    told = subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, check=True, capture_output=True, text=True
    )
    used = int(told.stdout.split()[-2]) / 1024
    print(f"\nroster of {ROWS:,}, committed by the command: at most {used:.0f} MiB")
    assert Member.objects.count() == ROWS
    assert used < MEMORY_MIB
