"""ELEC and MEM: the ballot of an election, and who is not counted among those expected."""

from datetime import date
from fractions import Fraction

from apps.regulations.documents import ADDRESSED_REPLIES, ELECTIONS_2020
from apps.regulations.rows import Comparison, Limit, Mark, Provision, Row

_SINCE = date(2020, 7, 13)

ROWS: tuple[Row, ...] = (
    Limit(
        code="ELEC-07",
        title="差额选举支部委员",
        statement="支部委员实行差额选举，差额不少于应选人数的 20%（应选 3 名，候选人至少 4 名）。",
        what="候选人多出的人数",
        comparison=Comparison.AT_LEAST,
        value=Fraction(1, 5),
        of="应选人数",
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="ELEC-08",
        title="等额选举书记、副书记",
        statement="书记、副书记由新一届委员会第一次会议等额选举产生；不设委员会的，由党员大会选举。",
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="ELEC-09",
        title="选票是否有效",
        statement="选票的张数和每张选票所选的人数，决定选举和选票是否有效。",
        items=(
            "收回的选票不多于发出的选票，选举有效；多于发出的选票，选举无效",
            "一张选票所选的人数不多于应选人数的，为有效票；多于应选人数的，为废票",
        ),
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="ELEC-10",
        title="监票和无记名投票",
        statement="选举采用无记名投票，监票人从不是候选人的党员中推选，并经大会通过。",
        items=(
            "监票人不能是候选人",
            "候选人按姓氏笔画排列",
            "对候选人可以赞成、不赞成或者弃权；不赞成的可以另选他人，弃权的不能另选他人",
        ),
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="ELEC-11",
        title="过半数的人多于或少于应选名额",
        statement="得票超过半数的人数与应选名额不一致时，按下列办法办理。",
        items=(
            "过半数的人多于应选名额的，按得票多少取足名额；票数相等不能确定的，就相等的人再投一次",
            "过半数的人少于应选名额的，不足的名额另行选举",
            "接近应选名额的，经半数以上选举人同意，可以减少名额，不再选举",
        ),
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Limit(
        code="ELEC-11",
        part="fewer_seats",
        title="减少名额，不再选举",
        statement="过半数的人数接近应选名额时，经半数以上选举人同意，可以减少名额，不再选举。",
        what="同意减少名额的选举人",
        comparison=Comparison.AT_LEAST,
        value=Fraction(1, 2),
        of="到会有选举权的党员",
        source=ELECTIONS_2020.at("", checked=False),
        mark=Mark.V2,
        since=_SINCE,
    ),
    Provision(
        code="ELEC-12",
        title="没有选举权的党员",
        statement="预备党员和留党察看期内的党员没有表决权、选举权、被选举权；被留置、逮捕的中止行使。",
        source=ELECTIONS_2020.at("第五条"),
        mark=Mark.V1,
        since=_SINCE,
    ),
    Provision(
        code="MEM-43",
        title="可以不计入应到的人",
        statement="选举和讨论处置时，经上级党组织同意并经支部党员大会通过，下列五类人可以不计入应到会人数。",
        items=(
            "患有精神病或因其他疾病不能表达本人意志的",
            "自费出国半年以上的",
            "虽未受到留党察看以上处分，但正在服刑的",
            "年老体弱卧床不起、长期生病、生活不能自理的",
            "外出半年以上，按规定应转走组织关系而没有转走的",
        ),
        source=ADDRESSED_REPLIES.at("", checked=False),
        mark=Mark.V2,
        since=date(2018, 10, 28),
    ),
)
