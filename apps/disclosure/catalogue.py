"""What a village discloses: the catalogue that comes with the system (handbook 7.4 and 7.5). Pure.

Names of persons may be shown where the law has lists published; `masked` says what never is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rhythm(StrEnum):
    """How often an item is due; an event is due when it happens."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    EVENT = "event"

    @property
    def label(self) -> str:
        return {
            "month": "每月",
            "quarter": "每季度",
            "half_year": "每半年",
            "year": "每年",
            "event": "随时",
        }[self]


_NUMBERS = "身份证号、银行卡号、手机号"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to disclose; `basis` is the document behind it."""

    code: str
    group: str
    title: str
    rhythm: Rhythm
    basis: str
    masked: str = ""

    @property
    def is_finance(self) -> bool:
        return self.code.startswith("F")


def _item(code: str, group: str, title: str, rhythm: Rhythm, basis: str, masked: str = "") -> Item:
    return Item(code, group, title, rhythm, basis, masked)


_LAW = "村委会组织法第三十五条"
_FINANCE = "农村集体经济组织财务公开规定"
M, Q, H, Y, E = Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF_YEAR, Rhythm.YEAR, Rhythm.EVENT

_ITEMS = (
    _item("V01", "基本情况", "自治章程、村规民约、议事规则", E, "省级村务公开法规"),
    _item("V02", "基本情况", "村委会分工、年度计划和工作报告", Y, "省级村务公开法规"),
    _item("V03", "决策", "村民会议、村民代表会议决定的事项和实施情况", Q, _LAW),
    _item("V04", "决策", "民主协商的事项、采纳和落实", Q, _LAW),
    _item("V05", "建设", "村庄规划、建设项目的立项、招标、合同、预决算、验收", E, "村委会组织法第二十八条"),
    _item("V06", "建设", "一事一议筹资筹劳", Q, "村委会组织法第二十八条"),
    _item("V07", "土地", "土地征收征用的面积、补偿和分配", E, "省级村务公开法规", _NUMBERS),
    _item("V08", "土地", "土地承包、租赁、流转、机动地", Q, "省级村务公开法规", _NUMBERS),
    _item("V09", "土地", "宅基地申请和审批结果", E, "省级村务公开法规", _NUMBERS),
    _item("V10", "惠农", "农业补贴发放名单和金额", Q, _LAW, _NUMBERS),
    _item("V11", "惠农", "危房改造、支农项目、扶持资金", E, "省级村务公开法规", _NUMBERS),
    _item("V12", "救助", "低保、特困供养、临时救助", Q, _LAW, f"病情、残疾情况、门牌、未成年人、{_NUMBERS}"),
    _item(
        "V13",
        "救助",
        "残疾人两项补贴、困境儿童、优抚对象",
        Q,
        "省级村务公开法规",
        "困境儿童只公开数量和金额",
    ),
    _item("V14", "救助", "救灾救济、社会捐赠款物的接收和发放", E, _LAW, _NUMBERS),
    _item("V15", "社保", "城乡居民医保、养老保险参保缴费概况", Y, "省级村务公开法规", "只公开汇总"),
    _item("V16", "帮扶", "重点帮扶人员、帮扶方案", E, "村委会组织法第二十八条", _NUMBERS),
    _item("V17", "协助政务", "征兵、防汛、防火、环境整治等协助政府工作", Q, _LAW),
    _item("V18", "人员", "误工补贴和村干部报酬的人员、标准、数额", Q, "村委会组织法第二十八条"),
    _item("V19", "监督", "民主评议结果", Y, "省级村务公开法规", "只公开等次"),
    _item("V20", "监督", "任期和离任经济责任审计、集体财务审计结果", E, "村委会组织法第四十条"),
    _item("V21", "监督", "村务监督委员会组成和监督报告", H, "省级村务公开法规"),
    _item("V22", "公共", "水电费收缴", Q, "省级村务公开法规"),
    _item("V23", "公共", "重大治安案件和民事纠纷处理", Q, "省级村务公开法规", "不公开当事人"),
    _item("V24", "其他", "村民联名要求公开的事项", E, "省级村务公开法规"),
    _item("F01", "财务", "财务计划", Y, _FINANCE),
    _item("F02", "财务", "财务收支", M, _LAW, _NUMBERS),
    _item("F04", "财务", "各项资产", Q, _FINANCE),
    _item("F05", "财务", "各类资源", Q, _FINANCE),
    _item("F06", "财务", "债权债务", Q, _FINANCE, _NUMBERS),
    _item("F07", "财务", "收益分配", Y, _FINANCE),
    _item("F08", "财务", "其他需要公开的财务事项", E, _FINANCE),
)
ITEMS: dict[str, Item] = {item.code: item for item in _ITEMS}
ITEM_CHOICES = [(item.code, item.title) for item in _ITEMS]
# Income and expense (F02 and F03 of the handbook) stand in one statement, line by line (FIN-02).
INCOME_AND_EXPENSE = "F02"
