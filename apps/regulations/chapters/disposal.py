"""MEM: what follows when a member is found wanting. Nothing of it happens by itself."""

from datetime import date

from apps.regulations.documents import DISPOSAL_2024, EDUCATION_2019
from apps.regulations.rows import Mark, Provision, Row

ROWS: tuple[Row, ...] = (
    Provision(
        code="MEM-30",
        title="对不合格党员的组织处置",
        statement="对不合格党员，由党支部研究，按程序给予组织处置；受到党纪处分的，不因同一问题再处置。系统不自动处置。",
        items=("限期改正", "劝其退党", "除名"),
        source=DISPOSAL_2024.at("第三条、第四条"),
        mark=Mark.V2,
        since=date(2024, 6, 16),
    ),
    Provision(
        code="MEM-42",
        title="提醒谈话和批评教育",
        statement="有苗头性问题的，党组织负责人及时提醒谈话；问题轻微的，批评教育，帮助改进。",
        source=EDUCATION_2019.at("第二十八条、第二十九条"),
        mark=Mark.V1,
        since=date(2019, 5, 6),
    ),
)
