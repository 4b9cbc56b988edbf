"""The tables that are lists, row by row (handbook 7.6)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from apps.disclosure.catalogue import Rhythm
from apps.disclosure.tables.checks import (
    in_order,
    not_after_period,
    not_run_out,
    once,
    settled_within_contract,
    within_period,
)
from apps.disclosure.tables.kinds import Follows, TableColumn, TableKind, Type, Values, amount, total, yuan

C = TableColumn
_FEN = Decimal("0.01")


def _left(row: Values) -> Decimal | None:
    """What of an amount is still to be paid."""
    original: Decimal | None = row.get("original")
    return None if original is None else original - amount(row, "paid")


def _times(first: str, second: str, row: Values) -> Decimal | None:
    one, other = row.get(first), row.get(second)
    return None if one is None or other is None else (one * other).quantize(_FEN)


def _debt(code: str, title: str, about: str, paid: str, who: str, words: str) -> TableKind:
    """Claims and debts have the same columns."""
    return TableKind(
        code=code,
        title=title,
        item="F06",
        rhythm=Rhythm.QUARTER,
        about=about,
        columns=(
            C("party", "单位或个人", required=True, plain=who,
              aliases="单位或个人名称 姓名 单位名称 名称 债务人 债权人"),
            C("reason", "事由", required=True, plain="为了什么事", aliases="事由/性质 性质 原因 用途",
              limit=100),
            C("began_on", "发生日期", Type.DATE, aliases="日期 发生时间 形成时间"),
            C("original", "原始金额", Type.AMOUNT, required=True, plain="原来多少", aliases="金额",
              is_summed=True),
            C("paid", f"已{paid}", Type.AMOUNT, aliases=f"已{paid}金额", is_summed=True),
            C("balance", "余额", Type.AMOUNT, plain="还有多少", help=f"不填就按原始金额减已{paid}算。",
              aliases="期末余额 结余", is_summed=True),
            C("due_on", "到期日", Type.DATE, aliases="到期日期 到期时间"),
            C("handler", "经办人", aliases="经手人", limit=32),
        ),
        sentence=lambda rows: f"{words} {len(rows)} 笔，还有 {yuan(total(rows, 'balance'))}。",
        subject="party",
        measure="balance",
        key=("party", "reason"),
        follows=(Follows("balance", _left, f"原始金额减已{paid}"),),
        checks=(in_order("began_on", "due_on"), not_after_period("began_on")),
        none=f"这一期没有{title.removesuffix('明细表')}。",
    )  # fmt: skip


CLAIMS = _debt("claims", "债权明细表", "谁欠村集体的钱。", "收", "谁欠的", "别人欠村里的钱有")
DEBTS = _debt("debts", "债务明细表", "村集体欠谁的钱。", "还", "欠谁的", "村里欠别人的钱有")


def _assets_sentence(rows: Sequence[Values]) -> str:
    let = [row for row in rows if row.get("tenant")]
    words = f"村集体有 {len(rows)} 项资产，原值 {yuan(total(rows, 'cost'))}"
    return f"{words}；租出去 {len(let)} 项，一年租金 {yuan(total(let, 'rent'))}。" if let else f"{words}。"


_LEASE = (in_order("lease_from", "lease_until"), not_run_out("lease_until"))


ASSETS = TableKind(
    code="assets",
    title="资产台账公开表",
    item="F04",
    rhythm=Rhythm.QUARTER,
    about="村集体有哪些资产，谁在用，租了多少钱。",
    columns=(
        C("name", "名称", required=True, aliases="资产名称"),
        C("category", "类别", aliases="资产类别", limit=20),
        C("quantity", "数量", Type.NUMBER),
        C("unit", "单位", limit=10, aliases="计量单位"),
        C("cost", "原值", Type.AMOUNT, required=True, plain="买来或建成时花的钱", aliases="资产原值",
          is_summed=True),
        C("acquired", "取得方式", aliases="取得方式/日期 来源", limit=40),
        C("use", "使用状况", aliases="使用情况 现状", limit=40),
        C("tenant", "承租人", plain="租给谁"),
        C("lease_from", "租期自", Type.DATE, aliases="租赁开始日 起租日期"),
        C("lease_until", "租期至", Type.DATE, aliases="租赁到期日 到期日"),
        C("rent", "年租金", Type.AMOUNT, is_summed=True),
        C("received", "已收", Type.AMOUNT, plain="今年已经收的", aliases="已收租金", is_summed=True),
    ),
    sentence=_assets_sentence,
    subject="name",
    measure="rent",
    key=("name", "tenant"),
    checks=_LEASE,
    none="村集体没有资产。",
)  # fmt: skip


def _resources_sentence(rows: Sequence[Values]) -> str:
    let = [row for row in rows if row.get("tenant")]
    return (
        f"村集体有 {len(rows)} 块资源，一共 {total(rows, 'area'):,.2f} 亩；承包出去 {len(let)} 块，"
        f"一年承包费 {yuan(total(let, 'rent'))}。"
    )


RESOURCES = TableKind(
    code="resources",
    title="资源台账公开表",
    item="F05",
    rhythm=Rhythm.QUARTER,
    about="村集体的地、林、水面在哪里，谁承包着，多少钱。",
    columns=(
        C("name", "地块", required=True, aliases="地块名称 资源名称 名称"),
        C("category", "类型", aliases="资源类型 类别", help="耕地、林地、水面这些。", limit=20),
        C("area", "面积", Type.NUMBER, required=True, plain="多少亩", aliases="面积(亩)", is_summed=True),
        C("bounds", "四至", plain="东南西北到哪里", limit=100),
        C("tenant", "承包人", plain="谁承包", aliases="承包人(承租人)"),
        C("lease_from", "期限自", Type.DATE, aliases="承包开始日"),
        C("lease_until", "期限至", Type.DATE, aliases="承包到期日"),
        C("rent", "承包费", Type.AMOUNT, plain="一年多少钱", aliases="年承包费", is_summed=True),
        C("received", "已收", Type.AMOUNT, plain="今年已经收的", is_summed=True),
    ),
    sentence=_resources_sentence,
    subject="name",
    measure="rent",
    key=("name", "tenant"),
    checks=_LEASE,
    none="村集体没有资源。",
)

PROJECTS = TableKind(
    code="projects",
    title="工程项目公开表",
    item="V05",
    rhythm=Rhythm.EVENT,
    about="村里办的工程：钱从哪里来，谁承建，花了多少。",
    columns=(
        C("name", "项目", required=True, aliases="项目名称 工程名称"),
        C("funding", "资金来源", aliases="资金渠道"),
        C("budget", "预算", Type.AMOUNT, aliases="预算金额", is_summed=True),
        C("tender", "招标方式", aliases="发包方式", limit=20),
        C("contractor", "中标单位", plain="谁承建", aliases="承建单位 施工单位"),
        C("contract", "合同价", Type.AMOUNT, aliases="合同金额", is_summed=True),
        C("began_on", "开工日期", Type.DATE, aliases="开工时间"),
        C("finished_on", "竣工日期", Type.DATE, aliases="竣工时间 完工日期"),
        C("settlement", "结算价", Type.AMOUNT, plain="最后花了多少", aliases="结算金额", is_summed=True),
        C("accepted", "验收", plain="验收了没有", aliases="验收情况"),
    ),
    sentence=lambda rows: f"一共 {len(rows)} 个项目，合同价合计 {yuan(total(rows, 'contract'))}。",
    subject="name",
    measure="settlement",
    checks=(in_order("began_on", "finished_on"), settled_within_contract),
    none="这一期没有工程项目。",
    compares_rows=False,
)


def _grants(code: str, title: str, item: str, about: str) -> TableKind:
    """Lists of what was paid out to households; who they are may be shown, what they suffer from may not."""
    return TableKind(
        code=code,
        title=title,
        item=item,
        rhythm=Rhythm.QUARTER,
        about=about,
        columns=(
            C("group", "组别", aliases="村民小组 组", limit=20),
            C("name", "姓名", required=True, aliases="户主 户主姓名 对象姓名 户主/对象姓名 户主(对象)姓名",
              help="不要写身份证号、银行卡号、电话、病情。", limit=20),
            C("project", "项目", required=True, aliases="补贴项目 救助项目", example="耕地地力保护补贴"),
            C("rate", "标准", Type.AMOUNT, plain="每亩或每人多少钱", aliases="补贴标准 发放标准"),
            C("quantity", "数量", Type.NUMBER, plain="几亩或几人", aliases="数量(人口/亩) 人口 亩数 面积"),
            C("amount", "金额", Type.AMOUNT, required=True, plain="发了多少", aliases="发放金额 补贴金额",
              is_summed=True),
            C("paid_on", "发放日期", Type.DATE, aliases="发放时间"),
        ),
        sentence=lambda rows: f"发了 {len(rows)} 笔，一共 {yuan(total(rows, 'amount'))}。",
        subject="name",
        measure="amount",
                follows=(
            Follows("amount", lambda row: _times("rate", "quantity", row), "标准乘数量", is_warning=True),
        ),
        checks=(within_period("paid_on"), once("group", "name", "project", "paid_on")),
        none="这一期没有发放。",
        compares_rows=False,
    )  # fmt: skip


SUBSIDIES = _grants("subsidies", "惠农补贴发放公示表", "V10", "农业补贴发给了谁，发了多少。")
RELIEF = _grants("relief", "救助发放公示表", "V12", "低保、特困供养、临时救助发给了谁，发了多少。")

MISSED_WORK = TableKind(
    code="missed-work",
    title="误工补贴公开表",
    item="V18",
    rhythm=Rhythm.QUARTER,
    about="谁为村里办事误了工，补了多少。",
    columns=(
        C("name", "姓名", required=True, limit=20),
        C("reason", "事由", required=True, plain="办什么事", aliases="误工事由 原因", limit=100),
        C("on", "日期", Type.DATE, aliases="误工日期 时间"),
        C("days", "天数", Type.NUMBER, required=True, aliases="误工天数", is_summed=True),
        C("rate", "标准", Type.AMOUNT, required=True, plain="一天多少钱", aliases="补贴标准 标准(元/天)"),
        C("amount", "金额", Type.AMOUNT, help="不填就按天数乘标准算。", aliases="补贴金额", is_summed=True),
    ),
    sentence=lambda rows: (
        f"{len({row.get('name') for row in rows})} 个人误工 {total(rows, 'days'):,.1f} 天，"
        f"一共补了 {yuan(total(rows, 'amount'))}。"
    ),
    subject="name",
    measure="amount",
    follows=(Follows("amount", lambda row: _times("days", "rate", row), "天数乘标准"),),
    checks=(within_period("on"), once("name", "reason", "on")),
    none="这一期没有误工补贴。",
    compares_rows=False,
)
