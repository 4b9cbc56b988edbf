"""What a village discloses: the catalogue that comes with the system (handbook 7.4, 7.5 and 7.7). Pure.

Names of persons may be shown where the law has lists published; `masked` says what never is.
"""

from __future__ import annotations

from collections.abc import Iterable
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

    @property
    def often(self) -> int:
        """The greater, the more often; what waits for events comes last."""
        return {"event": 0, "year": 1, "half_year": 2, "quarter": 4, "month": 12}[self]


class Audience(StrEnum):
    """Who may read it (PAO-03); only what is `public` reaches the public side."""

    PUBLIC = "public"
    ALL_PARTY = "all_party"
    BRANCH_MEMBERS = "branch_members"
    SPECIFIC = "specific"

    @property
    def label(self) -> str:
        return {
            "public": "向社会公开",
            "all_party": "向全体党员公开",
            "branch_members": "向本组织党员公开",
            "specific": "向特定党员、群众公开",
        }[self]


RHYTHM_CHOICES = [(each.value, each.label) for each in Rhythm]
AUDIENCE_CHOICES = [(each.value, each.label) for each in Audience]
COMMITTEE, COLLECTIVE, PARTY = "村民委员会", "村集体经济组织", "村党组织"
PUBLISHERS = (COMMITTEE, COLLECTIVE, PARTY)
BOARD = "公开栏"  # the law asks for it; the others come beside it (VAD-05, VAD-06)
CHANNELS = (BOARD, "网络", "会议", "广播")
KINDS = {"V": "村务", "F": "财务", "P": "党务"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to disclose: `points` is what it must say, `basis` the document behind it.

    The first letter of the code says what kind of affairs it is: V, F or P.
    """

    code: str
    group: str
    title: str
    rhythm: Rhythm
    basis: str
    masked: str = ""
    points: str = ""
    publisher: str = COMMITTEE
    channels: str = "公开栏、网络"
    audience: Audience = Audience.PUBLIC

    @property
    def is_finance(self) -> bool:
        return self.code.startswith("F")

    @property
    def is_party(self) -> bool:
        return self.code.startswith("P")

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def may_be_nothing(self) -> bool:
        """Whether a period may pass without it: not money, nor plans and reports that there always are."""
        return self.code.startswith("V") and self.code not in ALWAYS and self.rhythm is not Rhythm.EVENT

    @property
    def codes(self) -> str:
        """As the catalogue numbers it; two of its numbers stand in one statement."""
        return "F02、F03" if self.code == INCOME_AND_EXPENSE else self.code


# Income and expense (F02 and F03 of the handbook) stand in one statement, line by line (FIN-02).
INCOME_AND_EXPENSE = "F02"
# Plans and reports, insurance, the yearly appraisal, the committee: there is always something to say of them.
SAYS_NOTHING = "：本期无发生"
ALWAYS = frozenset({"V02", "V15", "V19", "V21"})
_NUMBERS = "身份证号、银行卡号、手机号"
_LAW = "村委会组织法第三十五条"
_DECIDED = "村委会组织法第二十八条"
_PROVINCES = "省级村务公开法规"
_FINANCE = "农村集体经济组织财务公开规定"
_PARTY = "党务公开条例（试行）"
M, Q, H, Y, E = Rhythm.MONTH, Rhythm.QUARTER, Rhythm.HALF_YEAR, Rhythm.YEAR, Rhythm.EVENT


def _village(
    code: str, group: str, title: str, points: str, rhythm: Rhythm, basis: str, masked: str = ""
) -> Item:
    return Item(code, group, title, rhythm, basis, masked, points)


def _finance(code: str, title: str, points: str, rhythm: Rhythm, masked: str = "") -> Item:
    basis = _LAW if code == INCOME_AND_EXPENSE else _FINANCE
    return Item(code, "财务", title, rhythm, basis, masked, points, COLLECTIVE)


def _party(code: str, title: str, points: str, rhythm: Rhythm) -> Item:
    return Item(
        code, "党务", title, rhythm, _PARTY, _NUMBERS, points, PARTY, "会议、公开栏", Audience.BRANCH_MEMBERS
    )


_ITEMS = (
    _village(
        "V01", "基本情况", "自治章程、村规民约、议事规则", "全文；修改了哪几条、什么时候通过的", E, _PROVINCES
    ),
    _village(
        "V02",
        "基本情况",
        "村委会分工、年度计划和工作报告",
        "成员和分工；年度目标、计划和完成情况；年度工作报告",
        Y,
        _PROVINCES,
    ),
    _village(
        "V03",
        "决策",
        "村民会议、村民代表会议决定的事项和实施情况",
        "会议时间、应到实到、决定的事项、表决结果、办到哪一步",
        Q,
        _LAW,
    ),
    _village(
        "V04", "决策", "民主协商的事项、采纳和落实", "协商了什么、谁参加、采纳了哪些、落实得怎样", Q, _LAW
    ),
    _village(
        "V05",
        "建设",
        "村庄规划、建设项目的立项、招标、合同、预决算、验收",
        "项目、资金来源、预算、招标方式、中标单位、合同价、工期、结算、验收",
        E,
        _DECIDED,
    ),
    _village("V06", "建设", "一事一议筹资筹劳", "项目、范围、标准、收了多少、用了多少", Q, _DECIDED),
    _village(
        "V07",
        "土地",
        "土地征收征用的面积、补偿和分配",
        "面积、补偿标准、安置方案、补偿款的分配和使用",
        E,
        _PROVINCES,
        _NUMBERS,
    ),
    _village(
        "V08",
        "土地",
        "土地承包、租赁、流转、机动地",
        "地块、面积、承包人、期限、价款",
        Q,
        _PROVINCES,
        _NUMBERS,
    ),
    _village("V09", "土地", "宅基地申请和审批结果", "申请人、面积、位置、审批结果", E, _PROVINCES, _NUMBERS),
    _village("V10", "惠农", "农业补贴发放名单和金额", "姓名、项目、标准、面积、金额", Q, _LAW, _NUMBERS),
    _village(
        "V11",
        "惠农",
        "危房改造、支农项目、扶持资金",
        "对象、项目、标准、金额、进度",
        E,
        _PROVINCES,
        _NUMBERS,
    ),
    _village(
        "V12",
        "救助",
        "低保、特困供养、临时救助",
        "姓名、救助类别、人数、金额",
        Q,
        _LAW,
        f"病情、残疾情况、门牌、未成年人、{_NUMBERS}",
    ),
    _village(
        "V13",
        "救助",
        "残疾人两项补贴、困境儿童、优抚对象",
        "人数、标准、金额",
        Q,
        _PROVINCES,
        f"残疾情况、未成年人、{_NUMBERS}；困境儿童只公开数量和金额",
    ),
    _village(
        "V14",
        "救助",
        "救灾救济、社会捐赠款物的接收和发放",
        "来源、数量、发给了谁、发了多少",
        E,
        _LAW,
        _NUMBERS,
    ),
    _village(
        "V15",
        "社保",
        "城乡居民医保、养老保险参保缴费概况",
        "参保人数、缴费标准、缴费总额",
        Y,
        _PROVINCES,
        "只公开汇总",
    ),
    _village("V16", "帮扶", "重点帮扶人员、帮扶方案", "帮扶谁、谁来帮、怎么帮、效果", E, _DECIDED, _NUMBERS),
    _village(
        "V17",
        "协助政务",
        "征兵、防汛、防火、环境整治等协助政府工作",
        "做了什么、怎么安排、用了多少钱",
        Q,
        _LAW,
    ),
    _village(
        "V18", "人员", "误工补贴和村干部报酬的人员、标准、数额", "姓名、事由、天数、标准、金额", Q, _DECIDED
    ),
    _village("V19", "监督", "民主评议结果", "评议时间、对象、等次", Y, _PROVINCES, "只公开等次"),
    _village(
        "V20",
        "监督",
        "任期和离任经济责任审计、集体财务审计结果",
        "审计的单位、期间、结论、整改",
        E,
        "村委会组织法第四十条",
    ),
    _village(
        "V21",
        "监督",
        "村务监督委员会组成和监督报告",
        "成员；监督了什么、发现什么、怎样处理",
        H,
        _PROVINCES,
    ),
    _village("V22", "公共", "水电费收缴", "户、用量、单价、金额、欠缴", Q, _PROVINCES, "户名可以简写"),
    _village("V23", "公共", "重大治安案件和民事纠纷处理", "事由和处理结果", Q, _PROVINCES, "不公开当事人"),
    _village("V24", "其他", "村民联名要求公开的事项", "联名要求公开的内容", E, _PROVINCES),
    _finance(
        "F01", "财务计划", "收支计划、购建计划、公益和筹资筹劳计划、资产经营和投资计划、收益分配计划", Y
    ),
    _finance(
        INCOME_AND_EXPENSE,
        "财务收支",
        "逐项逐笔：日期、凭证号、摘要、收入或支出、余额；期初、合计、期末",
        M,
        _NUMBERS,
    ),
    _finance("F04", "各项资产", "现金和银行存款、产品物资、固定资产、农业资产、对外投资、其他资产", Q),
    _finance("F05", "各类资源", "耕地、林地、草地、园地、滩涂、水面、“四荒地”、集体建设用地等", Q),
    _finance("F06", "债权债务", "应收欠款、银行（信用社）贷款、欠单位和个人款、其他", Q, _NUMBERS),
    _finance("F07", "收益分配", "收益总额、提取公积公益金、外来投资分利、成员分配、其他", Y),
    _finance("F08", "其他需要公开的财务事项", "其他", E),
    _party("P01", "学习贯彻上级决策部署", "学了什么、怎样贯彻、办成了什么", E),
    _party("P02", "任期目标、工作部署和落实", "任期目标、阶段安排、重点任务和落实情况", Y),
    _party("P03", "党员教育和组织生活", "学习教育、教育培训、三会一课", Q),
    _party("P04", "组织建设和党费", "换届、设立、发展党员、民主评议、组织生活会、党费收缴使用", Y),
    _party("P05", "作风建设、联系服务群众", "纠正四风、走访、办的实事", E),
    _party("P06", "管党治党、党风廉政、组织处理和处分", "责任落实、廉政情况；处理处分按批准的范围公开", E),
    _party("P07", "其他应当公开的党务", "其他", E),
    _party("P08", "依申请公开的党务", "申请的内容和答复", E),
)
ITEMS: dict[str, Item] = {item.code: item for item in _ITEMS}
ITEM_CHOICES = [(item.code, item.title) for item in _ITEMS]
GROUPS = tuple(dict.fromkeys(item.group for item in _ITEMS))


def item_named(code: str, title: str) -> Item:
    """The item of a publication; one that a county, township or village added is known by its title."""
    group = KINDS.get(code[:1], "其他")
    return ITEMS.get(code) or Item(code, group, title, Rhythm.EVENT, "")


def own_title(item: Item) -> str:
    """What is kept beside the code of an item that the seed does not know."""
    return "" if item.code in ITEMS else item.title


def place_of(item: Item) -> tuple[int, str]:
    """Where it stands in a list: by groups in the seed's order, then by code."""
    return (GROUPS.index(item.group) if item.group in GROUPS else len(GROUPS), item.code)


def grouped(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """The items in their groups."""
    groups: dict[str, list[Item]] = {}
    for item in sorted(items, key=place_of):
        groups.setdefault(item.group, []).append(item)
    return list(groups.items())
