"""The columns of the ledger of party organizations (ROST-02, ROST-05)."""

from __future__ import annotations

import re

from apps.core.dates import LooseDate
from apps.imports import cells
from apps.imports.cells import Choice, Text, WholeNumber
from apps.imports.columns import Column
from apps.imports.problems import CellFault, cell_warning
from apps.imports.sheets import Cell
from apps.organizations.kinds import Kind, Sector

_CODE = re.compile(r"[0-9A-Za-z]{1,32}")
_EXACT_DIGITS = 15

KIND = Choice(
    dict(Kind.choices),
    {
        "committee": "党的基层委员会 党委会 基层党委",
        "working_committee": "工委 党的工作委员会",
        "general_branch": "总支 党总支部 总支部 党总支部委员会",
        "branch": "支部 党支部委员会",
        "joint_branch": "联合支部 联合党支部委员会",
        "temporary_branch": "临时支部",
        "mobile_branch": "流动党支部",
    },
    what="党组织类别",
)
SECTOR = Choice(
    dict(Sector.choices),
    {
        "village": "村 建制村 农村",
        "community": "城市社区 居委会",
        "township": "乡 镇",
        "agency": "党政机关",
        "county_organ": "县直机关",
        "state_enterprise": "国企 公有制企业",
        "non_public_enterprise": "非公有制企业 民营企业",
        "social_organization": "社会团体",
    },
    what="所在单位类别",
)


def code(cell: Cell) -> str:
    """A code as text; a long one that lies in a number cell has lost digits (ROST-18)."""
    if isinstance(cell, float) and abs(cell) >= 10**_EXACT_DIGITS:
        raise CellFault(
            "digits_lost", "代码在表里存成了数字，后几位已经丢失。", "请把这一列改成文本格式后重新填写。"
        )
    text = cells.narrow(cell)
    if not _CODE.fullmatch(text):
        raise CellFault("not_a_code", f"代码“{text[:40]}”里有数字和字母以外的字，或者太长。", "请改正。")
    return text


def day(cell: Cell) -> cells.Day | None:
    """A day; one that is known to the month only is taken as its first, which is said."""
    found = cells.day(cell)
    if not isinstance(found, LooseDate):
        return found
    sentence = f"“{cells.plain(cell)}”没有写到日。"
    raise cell_warning("date_not_exact", sentence, f"记为{cells.written(found.first)}。", value=found)


COLUMNS = (
    Column(
        "code",
        "党组织代码",
        code,
        "组织代码 代码 编码 党组织编码",
        required=True,
        is_text=True,
        example="10001",
        about="每个党组织一个，数字和字母，不重复。",
    ),
    Column(
        "name",
        "党组织名称",
        Text(100),
        "名称 党组织全称 全称 组织名称",
        required=True,
        width=30,
        example="中共某县某镇委员会",
    ),
    Column(
        "kind",
        "党组织类别",
        KIND,
        "组织类别 类别 党组织类型",
        required=True,
        choices=KIND.labels,
        example="党委",
    ),
    Column(
        "parent_code",
        "上级党组织代码",
        code,
        "上级代码 上级组织代码 上级编码",
        is_text=True,
        example="10",
        about="全县最上面的一个不填。",
    ),
    Column(
        "parent_name",
        "上级党组织名称",
        Text(100),
        "上级党组织 上级组织 上级名称 隶属党组织",
        width=30,
        about="只用来核对。",
    ),
    Column(
        "sector",
        "所在单位类别",
        SECTOR,
        "单位类别 单位性质类别 所在单位情况",
        choices=SECTOR.labels,
        example="乡镇",
    ),
    Column("short_name", "简称", Text(40), "党组织简称"),
    Column("founded_on", "成立日期", day, "成立时间 建立日期 批准成立日期", example="2014-02-21"),
    Column("contact", "联系人", Text(64), "党组织联系人"),
    Column("phone", "联系电话", Text(32), "电话 办公电话 联系方式"),
    Column(
        "elected_on", "本届当选日期", day, "当选日期 本届当选时间 换届日期 换届时间", example="2022-06-22"
    ),
    Column(
        "years",
        "任期(年)",
        WholeNumber(1, 5, unit="年"),
        "届期 任期年限",
        example="5",
        about="村、社区和党委 5 年，其他党总支、党支部 3 年（ELEC-01）。",
    ),
)
