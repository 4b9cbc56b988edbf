"""The quarter's activity record: what was held, and what is lacking with its rule."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx.document import Document

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.core.periods import Quarter, Year
from apps.papers import services
from apps.papers.kinds import Binding, Paper
from apps.papers.orders import File, Order
from tests.conftest import County
from tests.factories import PartyGroupFactory
from tests.papers.conftest import Held, Village, lines_of, opened, rows_of

pytestmark = pytest.mark.django_db

RULES = "《中国共产党支部工作条例（试行）》"


def made(path: str, by: User, **more: Any) -> File:
    file = services.print_batch(
        Order(**{"paper": Paper.ACTIVITY, "period": Quarter(2026, 4), "path": path, **more}), by=by
    )
    assert isinstance(file, File)
    return file


def activity(county: County, by: User) -> Document:
    return opened(made(county.branch.path, by))


def lacking_in(document: Document) -> list[str]:
    return document.tables[1].cell(1, 1).text.split("\n")


def test_the_meetings_stand_under_their_kinds(
    county: County, held: Held, village: Village, branch_secretary: User
) -> None:
    held("2026-10-05", topic="十月主题", away={village.people[3]: "away"})
    held("2026-10-20", topic="学条例", kinds=["theme_day", "lesson"], lecturer="镇党委书记")
    held("2026-09-30", topic="上季度")

    document = activity(county, branch_secretary)

    assert lines_of(document)[:3] == [
        "河口镇东湾村党支部",
        "组织生活纪实表",
        "（2026年第四季度，记录统计到 2026年11月22日）",
    ]
    rows = rows_of(document)
    assert rows[1:6] == [
        ["主题党日（党支部每月至少 1 次）：已开 2 次"],
        ["10月5日", "十月主题", "党员00", "13", "12"],
        ["10月20日", "学条例", "党员00", "13", "13"],
        ["党课（党支部每季度至少 1 次）：已开 1 次"],
        ["10月20日", "学条例", "镇党委书记", "13", "13"],
    ]
    assert rows[6:8] == [["党员大会（党支部每季度至少 1 次）：已开 0 次"], ["这个季度没有记录"]]
    assert document.tables[1].cell(0, 1).text == "本季度共 2 次：主题党日2次，党课1次。"


def test_what_is_lacking_is_named_with_its_rule(
    county: County, held: Held, village: Village, branch_secretary: User
) -> None:
    PartyGroupFactory(branch=village.branch, name="第一党小组")
    for month in ("10", "11"):
        held(f"2026-{month}-05")
    held("2026-10-08", kinds=["committee_meeting"])
    held("2026-10-08", kinds=["lesson"])

    said = lacking_in(activity(county, branch_secretary))

    group = "第一党小组的党小组会（党小组每月至少 1 次，已开 0 次"
    still = "，到11月30日还可以开）。"
    assert [line.partition("依据：") for line in said] == [
        (
            "1. 本季度缺支部党员大会（党支部每季度至少 1 次，已开 0 次，到12月31日还可以开）。",
            "依据：",
            f"{RULES}第十一条、第十四条。",
        ),
        (f"2. 11月缺支部委员会会议（党支部每月至少 1 次，已开 0 次{still}", "依据：", f"{RULES}第十二条。"),
        (f"3. 10月缺{group}）。", "依据：", f"{RULES}第十三条。"),
        (f"4. 11月缺{group}{still}", "依据：", f"{RULES}第十三条。"),
    ]


def test_a_quarter_without_gaps_says_so(county: County, held: Held, branch_secretary: User) -> None:
    for month in ("10", "11"):
        kinds = ["theme_day", "lesson", "general_meeting"]
        held(f"2026-{month}-05", kinds=kinds)
        held(f"2026-{month}-06", kinds=["committee_meeting"])

    assert lacking_in(activity(county, branch_secretary)) == ["没有欠缺。"]


def test_months_to_come_are_not_lacking(county: County, held: Held, branch_secretary: User) -> None:
    assert [line for line in lacking_in(activity(county, branch_secretary)) if "12月缺" in line] == []


def test_of_a_quarter_that_has_not_begun_there_is_nothing_to_tell(
    county: County, branch_secretary: User
) -> None:
    with pytest.raises(Refused):
        made(county.branch.path, branch_secretary, period=Quarter(2027, 1))


def test_a_year_is_four_sheets_for_each_branch(county: County, held: Held, township_officer: User) -> None:
    held()
    file = made(county.township.path, township_officer, period=Year(2026), binding=Binding.ARCHIVE)

    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        names = archive.namelist()
    assert len(names) == 8
    assert names[0] == "河口镇东湾村党支部 2026年第一季度组织生活纪实表.docx"
