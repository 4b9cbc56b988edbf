"""ELEC: terms of office."""

from datetime import date

from apps.regulations.documents import BRANCH_RULES, ELECTIONS_2020, TERMS_2018
from apps.regulations.rows import Comparison, Limit, Mark, Row, Source

_TERMS = date(2018, 7, 12)


def _term(part: str, who: str, years: int, source: Source) -> Limit:
    return Limit(
        code="ELEC-01",
        part=part,
        title=f"{who}的任期",
        statement=f"{who}每届任期一般为 {years} 年，任期届满应当按期换届。",
        what="任期",
        comparison=Comparison.AT_MOST,
        value=years,
        unit="年",
        source=source,
        mark=Mark.V1,
        since=_TERMS,
    )


ROWS: tuple[Row, ...] = (
    _term("committee", "基层党委", 5, TERMS_2018.at("第一部分")),
    _term("general_branch", "党总支", 3, TERMS_2018.at("第一部分")),
    _term("branch", "党支部", 3, TERMS_2018.at("第一部分")),
    _term("village", "村和社区的党委、党总支、党支部", 5, TERMS_2018.at("第一部分")),
    Limit(
        code="ELEC-02",
        title="延期或提前换届",
        statement="延期或提前换届须报上级党组织批准，延长或提前的期限一般不超过 1 年。",
        what="延长或提前的期限",
        comparison=Comparison.AT_MOST,
        value=1,
        unit="年",
        source=ELECTIONS_2020.at("第三条"),
        mark=Mark.V1,
        since=date(2020, 7, 13),
    ),
    Limit(
        code="ELEC-03",
        title="换届提醒",
        statement="对任期届满的党支部，上级党组织一般提前 6 个月以发函、电话等形式提醒做好换届准备。",
        what="提前提醒",
        comparison=Comparison.AT_LEAST,
        value=6,
        unit="个月",
        source=BRANCH_RULES.at("第二十一条"),
        mark=Mark.V2,
        since=date(2018, 10, 28),
    ),
)
