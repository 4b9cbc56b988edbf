"""RPT: when the month is closed, and how little is asked for."""

from apps.regulations.documents import BURDEN_RULES, COMMON_PRACTICE, PLATFORM
from apps.regulations.rows import Comparison, Limit, Mark, Provision, Row, Standing

ROWS: tuple[Row, ...] = (
    Provision(
        code="RPT-01",
        title="月报自动汇总",
        statement="月报由平台从已录的记录自动汇总，不要求支部另填报表；一次采集，多处使用。",
        source=BURDEN_RULES,
        mark=Mark.V2,
    ),
    Limit(
        code="RPT-01",
        part="cutoff_day",
        title="月报截止日",
        statement="次月几日汇总上月月报。没有全国规定，默认次月 5 日；过后补录的记入下期并注明。",
        what="汇总日",
        comparison=Comparison.AT_MOST,
        value=5,
        of="次月",
        unit="日",
        source=COMMON_PRACTICE,
        mark=Mark.U,
        between=(1, 28),
        standing=Standing.LOCAL,
    ),
    Provision(
        code="RPT-03",
        title="不以留痕代替成效",
        statement="不以工作留痕代替工作成效：会议的照片、材料都可以不加，不规定张数。",
        source=BURDEN_RULES,
        mark=Mark.V2,
    ),
    *(
        Limit(
            code="RPT-03",
            part=part,
            title=f"{what}的{unit}数",
            statement=f"没有全国规定，只为不过度留痕：{what}最多 6 {unit}，可以一{unit}也不加。",
            what=what,
            comparison=Comparison.AT_MOST,
            value=6,
            unit=unit,
            between=(0, 12),
            source=PLATFORM,
            mark=Mark.CONVENTION,
            standing=Standing.LOCAL,
        )
        for part, what, unit in (
            ("photos", "一次会的照片", "张"),
            ("pages", "一次会的签到页", "张"),
            ("materials", "一个党课选题的材料", "份"),
        )
    ),
)
