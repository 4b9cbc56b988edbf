"""Small rosters for the tests of jobs and pages."""

from __future__ import annotations

import datetime

from tests.factories import invented_id_number
from tests.imports.books import xlsx

HEAD = ["姓名", "民族", "公民身份号码", "人员类别", "所在党支部", "入党日期", "转正日期", "学历"]
BORN = datetime.date(1980, 5, 1)
BRANCH = "河口镇东湾村党支部"
JOINED, FULL = datetime.date(2010, 6, 1), datetime.date(2011, 6, 1)


def person(
    number: int, *, name: str = "王小明", education: str = "高中", branch: str = BRANCH
) -> list[object]:
    id_number = invented_id_number(number, born_on=BORN)
    return [name, "汉族", id_number, "正式党员", branch, JOINED, FULL, education]


def roster(*people: list[object]) -> bytes:
    return xlsx([HEAD, *people], sheet="党员花名册")


def people(count: int) -> bytes:
    return roster(*(person(number) for number in range(count)))
