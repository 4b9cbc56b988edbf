"""The two sheets with fixed lines: balance sheet, and income with its distribution (FIN-12, handbook 7.6)."""

from __future__ import annotations

from collections.abc import Sequence

from apps.disclosure.catalogue import Rhythm
from apps.disclosure.tables.checks import balanced
from apps.disclosure.tables.kinds import LINE, FixedLine, TableColumn, TableKind, Type, Values, amount, yuan


def _sum(code: str, title: str, plain: str, adds: str, takes: str = "", **more: str) -> FixedLine:
    """A line that is a sum of others; `adds` and `takes` are their codes with spaces between."""
    return FixedLine(
        code, title, plain, tuple(adds.split()), tuple(takes.split()), may_be_negative=True, **more
    )


L = FixedLine
_BALANCE_LINES = (
    L("cash", "货币资金", "现金和银行里的钱", aliases="现金及银行存款 库存现金及银行存款"),
    L("short_investments", "短期投资", "一年内能收回的投资"),
    L("receivables", "应收款项", "别人欠村里的钱", aliases="应收款"),
    L("stock", "存货", "库里的物资", aliases="库存物资 产品物资"),
    L("consumable_biological", "消耗性生物资产", "种着养着准备卖的"),
    _sum("current_assets", "流动资产合计", "随时能用、一年内能变成钱的",
         "cash short_investments receivables stock consumable_biological"),
    L("long_investments", "长期投资", "一年以上的对外投资"),
    L("productive_biological", "生产性生物资产", "果树、种畜这些",
      aliases="生产性生物资产净值 生产性生物资产账面价值"),
    L("fixed_cost", "固定资产原值", "房屋、设备买来和建成时花的钱", aliases="固定资产原价"),
    L("fixed_depreciation", "减：累计折旧", "这些年用旧折掉的", aliases="累计折旧 固定资产累计折旧"),
    _sum("fixed_net", "固定资产净值", "房屋、设备现在还值多少", "fixed_cost", "fixed_depreciation",
         aliases="固定资产账面价值"),
    L("under_construction", "在建工程", "还没有完工的工程"),
    L("intangible", "无形资产", "土地使用权、商标这些", aliases="无形资产净值"),
    L("public_biological", "公益性生物资产", "防护林、风景林这些"),
    L("deferred", "长期待摊费用", "分几年算的大笔花费"),
    _sum("fixed_assets", "非流动资产合计", "不会马上变成钱的",
         "long_investments productive_biological fixed_net under_construction intangible public_biological "
         "deferred"),
    _sum("assets", "资产总计", "村里一共有多少", "current_assets fixed_assets", aliases="资产合计"),
    L("short_loans", "短期借款", "一年内要还的借款"),
    L("payables", "应付款项", "欠别人的钱", aliases="应付款"),
    L("wages", "应付工资", "还没有发的工资"),
    L("labour", "应付劳务费", "还没有付的工钱"),
    L("taxes", "应交税费", "还没有交的税"),
    _sum("current_liabilities", "流动负债合计", "一年内要还的", "short_loans payables wages labour taxes"),
    L("long_loans", "长期借款及应付款", "一年以后才还的"),
    L("levies", "一事一议资金", "村民筹来办事、还没有花的", may_be_negative=True),
    L("special", "专项应付款", "上级拨来专门办事、还没有花的"),
    _sum("long_liabilities", "非流动负债合计", "一年以后才还的和专用的", "long_loans levies special"),
    _sum("liabilities", "负债合计", "村里一共欠多少", "current_liabilities long_liabilities",
         aliases="负债总计"),
    L("capital", "资本", "成立时大家投入的"),
    L("reserves", "公积公益金", "历年积下来、不分的"),
    L("undistributed", "未分配收益", "挣下还没有分的", may_be_negative=True),
    _sum("equity", "所有者权益合计", "净有的，属于全体成员", "capital reserves undistributed",
         aliases="所有者权益总计"),
    _sum("both", "负债和所有者权益总计", "欠的和净有的加起来，应等于资产总计", "liabilities equity",
         aliases="负债及所有者权益总计 负债和所有者权益合计"),
)  # fmt: skip


def _by_line(rows: Sequence[Values]) -> dict[str, Values]:
    return {row[LINE]: row for row in rows}


def _balance_sentence(rows: Sequence[Values]) -> str:
    at = _by_line(rows)
    has, owes, net = (yuan(amount(at[code], "closing")) for code in ("assets", "liabilities", "equity"))
    return f"村里一共有 {has}，欠 {owes}，净有 {net}。"


BALANCE_SHEET = TableKind(
    code="balance-sheet",
    title="资产负债表",
    item="F04",
    rhythm=Rhythm.YEAR,
    about="村集体有多少家底：有什么、欠多少、净有多少。",
    columns=(
        TableColumn("closing", "期末余额", Type.BALANCE, required=True, plain="这一期末",
                    aliases="期末数 年末余额 年末数"),
        TableColumn("opening", "年初余额", Type.BALANCE, plain="年初", aliases="年初数 期初余额 期初数"),
    ),
    sentence=_balance_sentence,
    measure="closing",
    lines=_BALANCE_LINES,
    checks=(balanced,),
)  # fmt: skip

_INCOME_LINES = (
    L("business_income", "经营收入", "发包、出租、卖东西的收入", aliases="一、经营收入"),
    L("investment_income", "投资收益", "入股、投资分来的", may_be_negative=True),
    L("subsidy_income", "补助收入", "上级给的补助"),
    L("other_income", "其他收入", "别的收入"),
    L("business_expense", "经营支出", "经营花掉的"),
    L("business_taxes", "税金及附加", "经营交的税"),
    L("management", "管理费用", "办公和人员的花费"),
    L("officials", "其中：干部报酬", "给村干部的报酬", within="management", aliases="干部报酬"),
    L("newspapers", "其中：报刊费", "订报刊的钱", within="management", aliases="报刊费"),
    L("welfare_expense", "公益支出", "办公益事业花的"),
    L("other_expense", "其他支出", "别的支出"),
    _sum("gain", "收益总额", "收入减去支出，挣了多少",
         "business_income investment_income subsidy_income other_income",
         "business_expense business_taxes management welfare_expense other_expense"),
    L("income_tax", "所得税", "交的所得税", aliases="所得税费用 减：所得税费用"),
    _sum("net_gain", "净收益", "交税以后挣了多少", "gain", "income_tax"),
    L("brought_forward", "年初未分配收益", "往年挣下还没有分的", may_be_negative=True),
    L("transferred", "其他转入", "别处转来可以分的"),
    _sum("distributable", "可分配收益", "一共可以分多少", "net_gain brought_forward transferred"),
    L("to_reserves", "提取公积公益金", "留作公积公益金的"),
    L("to_members", "向成员分配", "分给成员的"),
    L("to_others", "其他分配", "别的分配", aliases="其他"),
    _sum("carried_forward", "年末未分配收益", "分完以后还剩多少", "distributable",
         "to_reserves to_members to_others"),
)  # fmt: skip


def _income_sentence(rows: Sequence[Values]) -> str:
    at = _by_line(rows)
    gain, shared, left = (amount(at[code], "amount") for code in ("gain", "to_members", "carried_forward"))
    earned = f"这一年挣了 {yuan(gain)}" if gain >= 0 else f"这一年亏了 {yuan(-gain)}"
    return f"{earned}，分给成员 {yuan(shared)}，年末还没有分的 {yuan(left)}。"


INCOME_DISTRIBUTION = TableKind(
    code="income-distribution",
    title="收益及收益分配表",
    item="F07",
    rhythm=Rhythm.YEAR,
    about="村集体一年挣了多少，怎样分的。",
    columns=(
        TableColumn("amount", "本年数", Type.BALANCE, required=True, plain="这一年",
                    aliases="本年金额 金额 本年累计数"),
        TableColumn("previous", "上年数", Type.BALANCE, plain="上一年", aliases="上年金额"),
    ),
    sentence=_income_sentence,
    measure="amount",
    lines=_INCOME_LINES,
)  # fmt: skip
