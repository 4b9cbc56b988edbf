"""MEET: the four parts of a life meeting, the steps and grades of the review of members."""

from datetime import date
from fractions import Fraction

from apps.regulations.documents import BRANCH_RULES, COMMON_PRACTICE, REVIEW_NOTICES
from apps.regulations.rows import Comparison, Limit, Mark, Provision, Row, Standing

_SINCE = date(2018, 10, 28)

ROWS: tuple[Row, ...] = (
    Provision(
        code="MEET-07",
        part="parts",
        title="组织生活会的四个环节",
        statement="会前认真学习，谈心谈话，听取意见；会上查摆问题，开展批评和自我批评；会后制定整改措施，逐一整改落实。",
        items=("会前有方案", "会前学习、谈心谈话、听取意见", "会上批评和自我批评", "会后整改清单"),
        source=BRANCH_RULES.at("第十七条"),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Limit(
        code="MEET-07",
        part="carry_over",
        title="组织生活会归属上一年度",
        statement="次年 1 至 3 月补开的组织生活会，可以归属上一年度。",
        what="补开的月份在次年",
        comparison=Comparison.AT_MOST,
        value=3,
        unit="月",
        source=COMMON_PRACTICE,
        mark=Mark.L,
        between=(0, 6),
        standing=Standing.LOCAL,
        since=_SINCE,
    ),
    Provision(
        code="MEET-08",
        part="steps",
        title="民主评议党员的程序",
        statement="按照下列程序评议，四步齐全才能归档。党员人数较多的，个人自评和党员互评可以在党小组内进行。",
        items=("个人自评", "党员互评", "民主测评", "支委会会议或者支部党员大会评定"),
        source=BRANCH_RULES.at("第十八条"),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Limit(
        code="MEET-09",
        part="excellent",
        title="优秀党员的比例",
        statement="评定为优秀的党员一般不超过本支部党员总数的三分之一，不足 1 人的零头不算。",
        what="优秀人数",
        comparison=Comparison.AT_MOST,
        value=Fraction(1, 3),
        of="党员总数",
        source=REVIEW_NOTICES,
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="MEET-09",
        part="grades",
        title="评议等次",
        statement="评定等次分为优秀、合格、基本合格、不合格。",
        items=("优秀", "合格", "基本合格", "不合格"),
        source=REVIEW_NOTICES,
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="MEET-09",
        part="probationary",
        title="预备党员不评定等次",
        statement="预备党员参加民主评议，但不评定等次。",
        source=REVIEW_NOTICES,
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="MEET-20",
        title="流动党员的评议情况通报原支部",
        statement="流动党员党支部组织的民主评议情况，应当通报党员组织关系所在的党支部。",
        source=BRANCH_RULES.at("第十条", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
)
