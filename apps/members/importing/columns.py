"""The columns of the roster (ROST-01, ROST-03) and how people fill them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from apps.core import names
from apps.core.identity import IdFault, IdNumber, InvalidIdNumber, mask_id_number
from apps.imports import cells
from apps.imports.cells import Choice, Text
from apps.imports.columns import Column
from apps.imports.problems import CellFault
from apps.imports.sheets import Cell
from apps.members.vocabulary import ETHNIC_GROUPS, Category, Education, Occupation, Sex, Status

_AWAY = re.compile(r"(?:外出务工|外出|流动|流出|在外|务工)(?:[(:：]?(?P<where>[^)]+?)\)?)?")
_HERE = frozenset({"否", "在家", "在村", "在册", "未外出", "未流动", "不外出"})
_NOT_IN_NAMES = re.compile(r"[\d=<>]")
_PHONE_MARKS = re.compile(r"[\s\-—–－()（）]")
_ID_OR_MOBILE = re.compile(r"\d{15}|1[3-9]\d{9}|\d\.\d{4,}E\+?1[4-8]", re.IGNORECASE)
# Of a number cell the spreadsheet keeps this many digits.
_KEPT_DIGITS = 15
_ID_DIGITS = 18
_ALIKE = 0.9

ETHNIC_GROUP = Choice(
    ETHNIC_GROUPS,
    {code: label.removesuffix("族") for code, label in ETHNIC_GROUPS.items()},
    what="民族名称",
)
EDUCATION = Choice(
    dict(Education.choices),
    {
        "doctor": "博士",
        "master": "硕士 硕士生班",
        "bachelor": "大学 本科 大学普通班 全日制本科",
        "college": "大专 专科 高职",
        "vocational": "中等专科 中等专业学校 中师",
        "technical": "中技 技校",
        "vocational_high": "职高",
        "high": "普通高中",
        "middle": "初级中学",
    },
    what="学历",
)
OCCUPATION = Choice(
    dict(Occupation.choices),
    {
        "farmer": "务农 农民 村民 种地 农牧渔业生产人员 其他农牧渔民",
        "migrant": "打工 务工 外出务工 农民工",
        "civil_servant": "参照公务员法管理人员 参公人员 干部",
        "institution_manager": "事业单位管理岗位",
        "institution_specialist": "事业单位专业技术岗位 教师",
        "employee": "企业员工 职工 工人",
        "community_worker": "社区干部",
        "self_employed": "个体户 个体工商户从业人员",
        "retired": "退休 退休人员 离休 离休干部",
    },
    what="工作岗位",
)
CATEGORY = Choice(
    dict(Category.choices),
    {
        "full": "正式 党员 中共党员 中共正式党员",
        "probationary": "预备 中共预备党员",
    },
    what="人员类别",
)
SEX = Choice(
    dict(Sex.choices),
    {
        "male": "男性 1",
        "female": "女性 2",
    },
    what="“男”或“女”",
)
STATUS = Choice(
    dict(Status.choices),
    {
        "active": "在册",
        "deceased": "死亡 去世",
        "ended": "出党",
    },
    what="党籍状态",
)


@dataclass(frozen=True, slots=True)
class BrokenNumber:
    """What can still be read of a faulty identity number; `is_cut` when its last digits are lost."""

    text: str
    is_cut: bool = False

    def may_be(self, number: str) -> bool:
        """Whether a stored number may be the one that was meant."""
        if self.is_cut:
            return number.startswith(self.text)
        return SequenceMatcher(None, self.text, number).ratio() >= _ALIKE


@dataclass(frozen=True, slots=True)
class Mobility:
    """Whether somebody is away, and where if it was said."""

    is_mobile: bool
    destination: str | None = None


def name(cell: Cell) -> str:
    if not isinstance(cell, str):
        raise CellFault("not_a_name", f"“{cells.plain(cell)}”不是姓名。", "请核对。")
    text = names.normalise(cells.plain(cell))
    if len(text) > 50 or _NOT_IN_NAMES.search(text):
        raise CellFault("not_a_name", f"“{text[:30]}”不像姓名。", "请核对。")
    return text


def id_number(cell: Cell) -> IdNumber:
    """The number, checked (ROST-10); a number cell has lost its last digits (ROST-18)."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        raise _digits_lost(f"{cell:.0f}")
    try:
        return IdNumber.parse(cells.plain(cell))
    except InvalidIdNumber as fault:
        if fault.fault is IdFault.DIGITS_LOST:
            raise _digits_lost(cells.narrow(cell)) from None
        broken = BrokenNumber(cells.narrow(cell)[:_ID_DIGITS])
        raise CellFault(
            f"id_{fault.fault.value}", fault.sentence, "请对照身份证改正。", value=broken
        ) from None


def _digits_lost(text: str) -> CellFault:
    kept = text[:_KEPT_DIGITS]
    shown = mask_id_number(kept.ljust(_ID_DIGITS, "0"))
    return CellFault(
        "id_digits_lost",
        f"身份证号在表里存成了数字，后三位已经丢失：{shown}。",
        "请把这一列改成文本格式，重新填写。",
        value=BrokenNumber(kept, is_cut=True),
    )


def phone(cell: Cell) -> str:
    """Digits as written, without the marks between them."""
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return cell
    text = _PHONE_MARKS.sub("", cells.narrow(cell))
    if text.startswith("0") and len(text) > 10:  # a landline keeps its area code apart
        text = cells.narrow(cell)
    if len(text) > 32:
        raise CellFault("too_long", "电话号码太长。", "只填一个号码。")
    return text


class Place(Text):
    """Where somebody lives or went: what is of another column would lie there unsealed (PRIV-16)."""

    def __call__(self, cell: Cell) -> str:
        _refuse_number(cell)
        return super().__call__(cell)


def _refuse_number(cell: Cell) -> None:
    if _ID_OR_MOBILE.search(_PHONE_MARKS.sub("", cells.narrow(cell))):
        raise CellFault("number_in_place", "这一格像是身份证号或手机号。", "请核对是否串列。")


def mobility(cell: Cell) -> Mobility:
    """ "是", "否", "在家", "外出（浙江省杭州市）"."""
    text = cells.narrow(cell)
    if text in _HERE:
        return Mobility(False)
    match = _AWAY.fullmatch(text)
    if match:
        _refuse_number(match["where"] or "")
        return Mobility(True, match["where"])
    return Mobility(cells.yes_no(cell))


COLUMNS = (
    Column("name", "姓名", name, "党员姓名 名字", required=True, example="王小明"),
    Column("sex", "性别", SEX, choices=SEX.labels, example="男", about="不填就按身份证号。"),
    Column("ethnic_group", "民族", ETHNIC_GROUP, "族别", example="汉族"),
    Column(
        "id_number",
        "公民身份号码",
        id_number,
        "身份证号 身份证号码 公民身份证号码 公民身份证号 居民身份证号 居民身份证号码 身份证 证件号码 证件号",
        required=True,
        is_text=True,
        width=22,
        about="18 位，文本格式。按它认人。",
    ),
    Column(
        "born_on",
        "出生日期",
        cells.day,
        "出生年月 出生年月日 出生时间 生日",
        example="1980-05-01",
        about="不填就按身份证号。",
    ),
    Column(
        "education", "学历", EDUCATION, "文化程度 文化 最高学历", choices=EDUCATION.labels, example="高中"
    ),
    Column(
        "category",
        "人员类别",
        CATEGORY,
        "政治面貌 党员类别 党员类型 类别 正式/预备",
        choices=CATEGORY.labels,
        example="正式党员",
    ),
    Column(
        "branch",
        "所在党支部",
        Text(100),
        "党支部 所在支部 支部 支部名称 党支部名称 所属党支部 所属支部 所在党组织 所属党组织 党组织名称",
        width=30,
        example="某镇某村党支部",
        about="写全称；一张表只有一个支部的，也可以在表上面写“填报单位：……”。",
    ),
    Column(
        "joined_on",
        "入党日期",
        cells.day,
        "入党时间 入党年月 加入党组织日期 加入中国共产党日期 加入党组织时间",
        example="2010-06-01",
    ),
    Column(
        "full_on",
        "转正日期",
        cells.day,
        "转正时间 转正年月 转为正式党员日期",
        example="2011-06-01",
        about="预备党员不填。",
    ),
    Column(
        "occupation",
        "工作岗位",
        OCCUPATION,
        "职业 岗位 从事职业",
        choices=OCCUPATION.labels,
        example="农牧渔民",
    ),
    Column(
        "phone",
        "手机号码",
        phone,
        "联系方式 联系电话 手机 手机号 电话 电话号码",
        width=16,
        is_text=True,
        about="文本格式。",
    ),
    Column("address", "家庭住址", Place(100), "住址 家庭地址 现居住地 现住址 居住地址 居住地", width=30),
    Column("status", "党籍状态", STATUS, choices=("正常",), example="正常"),
    Column(
        "is_out_of_contact",
        "是否失联",
        cells.yes_no,
        "失联 是否失联党员 是否为失联党员",
        choices=("是", "否"),
        example="否",
    ),
    Column("out_of_contact_since", "失联日期", cells.day, "失去联系日期 失联时间"),
    Column(
        "is_mobile",
        "是否流动",
        mobility,
        "流动情况 是否流动党员 是否为流动党员 外出情况 流动党员",
        choices=("是", "否"),
        example="否",
    ),
    Column("mobile_destination", "外出流向", Place(60), "流向 外出地点 外出地 流出地点", width=20),
    Column("mobile_since", "外出日期", cells.day, "外出时间 流出时间 流出日期"),
)
