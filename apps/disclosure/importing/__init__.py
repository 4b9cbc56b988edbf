"""Statements of income and expense as village accounting exports them: a sheet for village and period."""

from apps.disclosure.importing.columns import COLUMNS
from apps.disclosure.importing.examine import examine
from apps.disclosure.importing.write import write
from apps.imports.registry import Importer

STATEMENTS = Importer(
    name="statements",
    title="村级财务收支公开表",
    unit="张",
    permission="disclosure.import",
    home="disclosure:list",
    home_title="村务公开",
    subject_title="村和期间",
    columns=COLUMNS,
    subject="summary",
    examine=examine,
    write=write,
    takes_empty=True,
    above=("单位：", "期间：2026年10月1日至2026年10月31日", "上期结余："),
    notes=(
        "一张工作表是一个村一段时间的收支，表头上面写“单位：”“期间：”“上期结余：”。",
        "这一段时间没有收支的，明细空着，期末结余就是上期结余。",
        "余额、合计、期末结余都会重新算一遍；对不上的写明在哪一格、差多少。",
        "导入以后是草稿，要送村务监督委员会审查，联席会议确定以后才能公布。",
        "摘要和备注里有身份证号、银行卡号、手机号的不能导入，可以点“遮盖后导入”。",
    ),
)
