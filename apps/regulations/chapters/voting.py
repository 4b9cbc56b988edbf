"""MEET and ELEC: the thresholds of each way of deciding; no two ways share a row."""

from datetime import date
from fractions import Fraction

from apps.regulations.documents import (
    ADMISSION_2014,
    ADMISSION_2026,
    BRANCH_RULES,
    ELECTIONS_1990,
    ELECTIONS_2020,
)
from apps.regulations.rows import Comparison, Limit, Mark, Provision, Row

_BRANCH_RULES = date(2018, 10, 28)
_ADMISSION_2014 = date(2014, 5, 28)
_ADMISSION_2014_LAST = date(2026, 5, 10)
_ADMISSION_2026 = date(2026, 5, 11)
_ELECTIONS_1990_LAST = date(2020, 7, 12)
_ELECTIONS_2020 = date(2020, 7, 13)

_HALF = Fraction(1, 2)
_VOTERS_PRESENT = "到会有表决权的党员"
_VOTERS = "应到会有表决权党员"
_IN_FAVOUR = "赞成人数"

_COMMITTEE: tuple[Row, ...] = (
    Limit(
        code="MEET-02",
        part="present",
        title="支委会到会人数",
        statement="支部委员会会议须有半数以上委员到会方可进行。",
        what="到会委员",
        comparison=Comparison.AT_LEAST,
        value=_HALF,
        of="委员总数",
        source=BRANCH_RULES.at("第十二条"),
        mark=Mark.V2,
        since=_BRANCH_RULES,
    ),
    Limit(
        code="MEET-02",
        part="in_favour",
        title="支委会表决",
        statement="支部委员会会议少数服从多数。以什么人数为分母没有查到条文，平台按到会委员计。",
        what=_IN_FAVOUR,
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of="到会委员",
        source=BRANCH_RULES.at("第十二条"),
        mark=Mark.U,
        since=_BRANCH_RULES,
    ),
)

_GENERAL: tuple[Row, ...] = (
    Limit(
        code="MEET-11",
        part="present",
        title="党员大会表决到会人数",
        statement="支部党员大会表决，须有半数以上有表决权的党员到会方可进行。",
        what=_VOTERS_PRESENT,
        comparison=Comparison.AT_LEAST,
        value=_HALF,
        of=_VOTERS,
        source=BRANCH_RULES.at("第十一条"),
        mark=Mark.V2,
        since=_BRANCH_RULES,
    ),
    Limit(
        code="MEET-11",
        part="in_favour",
        title="党员大会表决赞成人数",
        statement="赞成人数超过应到会有表决权的党员的半数为通过。分母是应到会人数，不是实到会人数。",
        what=_IN_FAVOUR,
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of=_VOTERS,
        source=BRANCH_RULES.at("第十一条"),
        mark=Mark.V2,
        since=_BRANCH_RULES,
    ),
)

_ADMISSION_PRESENT = "讨论接收预备党员、转正等，实际到会有表决权的党员必须超过应到会的半数，刚好半数不够。"
_ADMISSION_IN_FAVOUR = "赞成人数超过应到会有表决权党员的半数为通过；缺席者会前正式提出的书面意见计入票数。"

_ADMISSION: tuple[Row, ...] = (
    Limit(
        code="MEET-12",
        part="present",
        title="发展党员到会人数",
        statement=_ADMISSION_PRESENT,
        what=_VOTERS_PRESENT,
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of=_VOTERS,
        source=ADMISSION_2014.at("", checked=False),
        mark=Mark.V2,
        since=_ADMISSION_2014,
        until=_ADMISSION_2014_LAST,
    ),
    Limit(
        code="MEET-12",
        part="present",
        title="发展党员到会人数",
        statement=_ADMISSION_PRESENT,
        what=_VOTERS_PRESENT,
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of=_VOTERS,
        source=ADMISSION_2026.at("第十九条、第二十条"),
        mark=Mark.V1,
        since=_ADMISSION_2026,
    ),
    Limit(
        code="MEET-12",
        part="in_favour",
        title="发展党员赞成人数",
        statement=_ADMISSION_IN_FAVOUR,
        what="赞成人数（含书面赞成）",
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of=_VOTERS,
        source=ADMISSION_2014.at("", checked=False),
        mark=Mark.V2,
        since=_ADMISSION_2014,
        until=_ADMISSION_2014_LAST,
    ),
    Limit(
        code="MEET-12",
        part="in_favour",
        title="发展党员赞成人数",
        statement=_ADMISSION_IN_FAVOUR,
        what="赞成人数（含书面赞成）",
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of=_VOTERS,
        source=ADMISSION_2026.at("第二十条、第三十二条"),
        mark=Mark.V1,
        since=_ADMISSION_2026,
    ),
    Provision(
        code="MEET-12",
        part="ballot",
        title="发展党员无记名投票",
        statement="接收预备党员、转正采取无记名投票表决；讨论两人以上的，逐个讨论、逐个表决。",
        source=ADMISSION_2026.at("第二十条"),
        mark=Mark.V1,
        since=_ADMISSION_2026,
    ),
)

_ELECTION: tuple[Row, ...] = (
    Limit(
        code="ELEC-05",
        title="选举到会人数",
        statement="党员大会选举，有选举权的到会人数须超过应到会人数的五分之四。",
        what="到会有选举权的党员",
        comparison=Comparison.MORE_THAN,
        value=Fraction(4, 5),
        of="应到会有选举权党员",
        source=ELECTIONS_1990.at("", checked=False),
        mark=Mark.V2,
        until=_ELECTIONS_1990_LAST,
    ),
    Limit(
        code="ELEC-05",
        title="选举到会人数",
        statement="党员大会选举，有选举权的到会人数不少于应到会人数的五分之四，会议有效。",
        what="到会有选举权的党员",
        comparison=Comparison.AT_LEAST,
        value=Fraction(4, 5),
        of="应到会有选举权党员",
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_ELECTIONS_2020,
    ),
    Limit(
        code="ELEC-06",
        title="当选票数",
        statement="获得的赞成票超过实到会有选举权人数的半数当选。分母是实到会人数；有来源写法不一，请组织部确认。",
        what="赞成票",
        comparison=Comparison.MORE_THAN,
        value=_HALF,
        of="实到会有选举权党员",
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_ELECTIONS_2020,
    ),
)

ROWS: tuple[Row, ...] = (*_COMMITTEE, *_GENERAL, *_ADMISSION, *_ELECTION)
