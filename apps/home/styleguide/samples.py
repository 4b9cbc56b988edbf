"""Content for the components: what is usual, and what is hardest to lay out. All people are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from apps.disclosure.prose import blocks_of

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·阿卜力克木·图尔荪江·艾合买提"
LONG_BRANCH = "清源县河口镇东湾村农民专业合作社与沿江蔬菜产业协会联合党支部"

TRAIL = [("党员", "/members/"), (LONG_BRANCH, "/organizations/"), (LONG_NAME, "")]
TABS = [
    ("要您看一下 3", "?tab=problems", True),
    ("有变化 12", "?tab=changed", False),
    ("无变化 14,375", "?tab=same", False),
]
STEPS = ["上传", "看列", "看结果", "写入"]
REASONS = [("away", "外出务工"), ("sick", "病假"), ("leave", "事假"), ("", "没有说明")]
FACTS = [
    ("身份证号", "9901**********1537"),
    ("所在党支部", LONG_BRANCH),
    ("联系电话", ""),
    ("入党日期", "1998年7月（只知道月份）"),
]
TOWNSHIPS = [
    ("云台镇", 47, 49, "", 2),
    ("松岭镇", 29, 29, "", 0),
    ("临河镇", 25, 32, "warn", 7),
    ("双溪乡", 11, 24, "bad", 13),
]
COLUMNS = [("乡镇", ""), ("应开", "num"), ("已开", "num"), ("情况", "")]
TABLE = [
    [
        {"value": "云台镇"},
        {"value": 49, "kind": "num"},
        {"value": 47, "kind": "num", "href": "?"},
        {"value": "还差 2 个", "state": "warn"},
    ],
    [
        {"value": LONG_BRANCH},
        {"value": 1, "kind": "num"},
        {"value": 0, "kind": "num", "href": "?"},
        {"value": "未开", "state": "bad"},
    ],
]


@dataclass(frozen=True)
class Person:
    """One name of the attendance list."""

    id: int
    name: str
    absent: bool = False
    reason: str = "away"


@dataclass(frozen=True)
class Moment:
    """One entry of the timeline."""

    at: str
    who: str
    sentence: str
    changes: tuple[tuple[str, str, str], ...] = ()


PEOPLE = [
    Person(number, name, absent=name in {"陈志强", LONG_NAME}, reason="sick" if name == LONG_NAME else "away")
    for number, name in enumerate(
        ["李长福", "周玉梅", "张卫东", "王建国", "刘桂兰", "陈志强", "杨德才", "欧阳爱华", LONG_NAME, "赵秀"],
        start=1,
    )
]
MOMENTS = [
    Moment(
        "2026年11月22日 19:42",
        "河口镇 刘洋",
        "改了党员资料。",
        (("手机号码", "138****2210", "158****6031"), ("学历", "", "大学专科")),
    ),
    Moment("2026年11月5日 09:00", "系统账号", "从花名册导入。"),
]


PROSE = """三月植树，每户出一个工，名单如下。

组别|户数|出工
第一组|32|32
第二组|28|26"""


def content(page_number: str | None) -> dict[str, Any]:
    """Everything that the pages of the guide show."""
    return {
        "long_name": LONG_NAME,
        "long_branch": LONG_BRANCH,
        "trail": TRAIL,
        "tabs": TABS,
        "steps": STEPS,
        "reasons": REASONS,
        "facts": FACTS,
        "townships": TOWNSHIPS,
        "columns": COLUMNS,
        "table": TABLE,
        "people": PEOPLE,
        "moments": MOMENTS,
        "prose": blocks_of(PROSE),
        "page": Paginator(range(14375), 50).get_page(page_number),
        "no_page": Paginator([], 50).get_page(1),
    }
