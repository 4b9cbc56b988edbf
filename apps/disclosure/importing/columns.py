"""The columns of a statement (handbook 7.6)."""

from __future__ import annotations

from apps.imports import cells
from apps.imports.cells import Text
from apps.imports.columns import Column

COLUMNS = (
    Column("number", "序号", cells.plain, "编号", width=6, example="1"),
    Column("on", "日期", cells.day, "记账日期 发生日期 时间", required=True, example="2026-10-12"),
    Column("voucher", "凭证号", Text(32), "凭证编号 凭证字号", example="记-003"),
    Column(
        "summary", "摘要", Text(200), "事由 内容 收支内容", required=True, width=36, example="支付路灯电费"
    ),
    Column("income", "收入金额", cells.money, "收入 本期收入 借方金额 收入(元)"),
    Column("expense", "支出金额", cells.money, "支出 本期支出 贷方金额 支出(元)", example="588.62"),
    Column("balance", "余额", cells.money, "结余 余额(元)", about="不填就由系统算。"),
    Column("handler", "经手人", Text(32)),
    Column("approver", "审批人", Text(32), "批准人 审核人"),
    Column("remark", "备注", Text(200), "说明", width=20),
)
TITLES = {column.key: column.title for column in COLUMNS}
