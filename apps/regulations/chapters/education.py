"""MEM: how much a member studies in a year, and how the hours are counted."""

from datetime import date

from apps.regulations.documents import EDUCATION_PLAN, EDUCATION_RULES, PLATFORM
from apps.regulations.rows import Comparison, Limit, Mark, Row, Standing

ROWS: tuple[Row, ...] = (
    Limit(
        code="MEM-01",
        title="党员学时",
        statement="党员每年集中学习培训一般不少于 32 学时。"
        "从党课、主题党日、党员大会的到会记录自动计算，不用填报。",
        what="一年的集中学习培训",
        comparison=Comparison.AT_LEAST,
        value=32,
        unit="学时",
        source=EDUCATION_RULES.at("第二十条"),
        mark=Mark.V1,
        since=date(2019, 5, 6),
    ),
    Limit(
        code="MEM-01",
        part="minutes",
        title="一学时多长",
        statement="条例没有规定一学时是多少分钟，默认 45 分钟；"
        "按会议记录的开始、结束时间折算，只舍不入到 0.1。",
        what="一学时",
        comparison=Comparison.AT_LEAST,
        value=45,
        between=(30, 60),
        unit="分钟",
        source=PLATFORM,
        mark=Mark.CONVENTION,
        standing=Standing.LOCAL,
    ),
    Limit(
        code="MEM-01",
        part="usual",
        title="没有写结束时间的",
        statement="会议记录没有写结束时间的，默认按 2 学时算；补上结束时间就按实际的算。",
        what="没有写结束时间的一次",
        comparison=Comparison.AT_MOST,
        value=2,
        between=(1, 8),
        unit="学时",
        source=PLATFORM,
        mark=Mark.CONVENTION,
        standing=Standing.LOCAL,
    ),
    Limit(
        code="MEM-01",
        part="most",
        title="一次最多算多少",
        statement="一次活动最多算 8 学时，免得结束时间填错了算出一整夜。",
        what="一次活动",
        comparison=Comparison.AT_MOST,
        value=8,
        between=(2, 12),
        unit="学时",
        source=PLATFORM,
        mark=Mark.CONVENTION,
        standing=Standing.LOCAL,
    ),
    Limit(
        code="MEM-02",
        title="书记和班子成员学时",
        statement="基层党组织书记和班子成员每年不少于 56 学时。出自五年规划，请县里确认后使用。",
        what="书记和班子成员一年的集中学习培训",
        comparison=Comparison.AT_LEAST,
        value=56,
        between=(32, 200),
        unit="学时",
        source=EDUCATION_PLAN,
        mark=Mark.U,
        standing=Standing.LOCAL,
        since=date(2019, 1, 1),
    ),
)
