"""What hangs on the demo villages' boards, what villagers asked, and how one asks; everybody is invented."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from apps.core.calendar import CHINA
from apps.disclosure.board import USUAL_PLACE
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, Audience
from apps.disclosure.models import Posting, Publication, StatementLine
from apps.disclosure.states import State as PublicationState
from apps.home.demo import accounts
from apps.opinions.models import AskingPlace, Opinion, OpinionStep
from apps.opinions.states import ANSWERS, EVERY_STEP, PUBLISHING, State
from apps.organizations.models import Organization, Village

HUNG, SHORT_HUNG = 18, 9  # days between putting up and taking down
NOT_POSTED, TOO_SHORT = 11, 13  # one publication of so many
REPLY, DECIDE = 10, 20  # days, as the regulations' table has them
VILLAGES = 3  # one village of so many has opinions of every kind, and those with logins
BATCH = 500
CHANGED = (
    *("state", "publicity", "due_on", "satisfaction", "closed_on"),
    *("public_question", "public_answer"),
)
SURNAMES, GIVEN = "贺康秦邵温祁柴晏", ("青禾", "满仓", "守田", "月梅", "兰花", "有根", "秋生", "春妮")
Move = tuple[str, int, str]
"""An action, how many days after receipt, and what was said."""

ANSWERED: tuple[Move, ...] = (("answer", 4, ""),)
PLEASED: tuple[Move, ...] = (*ANSWERED, ("ask", 6, "satisfied"), ("close", 6, ""))
PROPOSED: tuple[Move, ...] = (*PLEASED, ("propose", 7, ""))
NOT_PLEASED: tuple[Move, ...] = (*ANSWERED, ("ask", 6, "not"), ("return", 6, ""))
LATE: tuple[Move, ...] = (("escalate", 11, "村里到期没有答复，系统自动转乡镇。"),)
DECIDED: tuple[Move, ...] = (*LATE, ("decide", 22, ""), ("ask", 24, "partly"), ("close", 24, ""))


@dataclass(frozen=True)
class Story:
    """An opinion of some days ago, what was answered and what became of it.

    `about` is the summary of a line in the statement of the month before last, where there is one.
    """

    days_ago: int
    category: str
    text: str
    moves: tuple[Move, ...] = ()
    reply: str = ""
    about: str = ""


STORIES = (
    Story(3, "finance", "办公用品买了些什么，怎么这么多钱？", about="购办公用品"),
    Story(13, "project", "水渠清淤只清了半截，什么时候接着清？"),
    Story(5, "decision", "路灯装在哪里，是谁定的？", ANSWERED, "村民代表会议定的，装在村口到学校这一段。"),
    Story(
        25,
        "finance",
        "清淤的工钱是怎么算的？",
        (*PROPOSED, ("agree", 8, "")),
        "按工日结算，一个工日 160 元，签工单和账上一致，可以来看。",
        "支付水渠清淤工钱",
    ),
    Story(12, "land", "鱼塘为什么是这个价包出去的？", NOT_PLEASED, "三家报价，价高的得。"),
    Story(15, "project", "村口的桥栏杆坏了没人管。", LATE),
    Story(
        29,
        "finance",
        "防汛物资买了多少，现在放在哪里？",
        (*DECIDED, ("propose", 25, ""), ("agree", 26, "")),
        "镇里查了账：沙袋 400 条，铁锹 20 把，放在村委会仓库，可以去看。",
        "支付防汛物资款",
    ),
    Story(
        50,
        "subsidy",
        "我家的补助为什么停了？",
        (*PLEASED, ("withhold", 7, "涉及家庭情况。")),
        "已当面说明，并告诉怎样重新申请。",
    ),
    Story(30, "other", "广场晚上太吵，能不能早点关？", PROPOSED, "从本月起晚上九点关音响。"),
    Story(20, "other", "和上一条说的是一件事。", (("void", 1, "重复登记。"),)),
)


def listen(rows: Sequence[Organization], rng: Random, today: datetime.date, users: Mapping[str, int]) -> int:
    """Postings of what was published, how to ask, and opinions in every state; how many opinions."""
    Posting.objects.bulk_create(_postings(today, users["village_clerk"]), batch_size=BATCH)
    villages = list(Village.objects.select_related("organization").order_by("organization__path"))
    townships = [row for row in rows if row.sector == "township"]
    AskingPlace.objects.bulk_create(_places(villages, townships))
    homes = {login["organization"] for login in accounts.logins()}
    told = [
        (village, story)
        for number, village in enumerate(villages)
        for story in STORIES
        if number % VILLAGES == 0 or village.organization.code in homes
    ]
    lines = _lines_of_statements_before(today - datetime.timedelta(days=30))
    opinions = Opinion.objects.bulk_create(
        [
            _opinion(village, story, lines.get((village.pk, story.about)), rng, today, users)
            for village, story in told
        ],
        batch_size=BATCH,
    )
    moved = [(opinion, story) for opinion, (_, story) in zip(opinions, told, strict=True)]
    for turn in range(max(len(story.moves) for story in STORIES)):
        _take([(opinion, story) for opinion, story in moved if len(story.moves) > turn], turn, users)
    return len(opinions)


# --- the notice board ---------------------------------------------------------------------------


def _postings(today: datetime.date, by: int) -> Iterator[Posting]:
    """Most hang or hung long enough; a few too short, a few not at all."""
    rows = Publication.objects.filter(state=PublicationState.PUBLISHED, audience=Audience.PUBLIC).order_by(
        "pk"
    )
    for number, (pk, published_at) in enumerate(rows.values_list("pk", "published_at")):
        if number % NOT_POSTED == NOT_POSTED - 1 or published_at is None:
            continue
        up = published_at.astimezone(CHINA).date()
        span = SHORT_HUNG if number % TOO_SHORT == TOO_SHORT - 1 else HUNG
        down = up + datetime.timedelta(days=span)
        yield Posting(
            publication_id=pk,
            place=USUAL_PLACE,
            put_up_on=up,
            taken_down_on=down if down <= today else None,
            by_id=by,
        )


def _places(villages: Sequence[Village], townships: Sequence[Organization]) -> Iterator[AskingPlace]:
    for number, township in enumerate(townships):
        yield AskingPlace(
            organization=township,
            contact="镇政府便民服务中心",
            hotline=f"0000-555{number:04}",
            hours="工作日上午 8:30 至 12:00，下午 2:30 至 5:30",
        )
    for village in villages[::2]:
        yield AskingPlace(
            organization=village.organization,
            contact="村文书，村务监督委员会主任",
            box="村委会大门左边，每周五开箱",
            hours="周一至周五上午",
        )


# --- opinions -----------------------------------------------------------------------------------


def _lines_of_statements_before(day: datetime.date) -> dict[tuple[int, str], tuple[int, int]]:
    """The publication and number of each line of the statements published last by then."""
    rows = Publication.objects.filter(
        state=PublicationState.PUBLISHED, item=INCOME_AND_EXPENSE, published_at__date__lt=day
    )
    latest = dict(rows.order_by("last_on").values_list("village_id", "pk"))
    lines = StatementLine.objects.filter(statement__publication__in=latest.values())
    values = lines.values_list("statement__village_id", "summary", "statement__publication", "number")
    return {(village, summary): (pk, number) for village, summary, pk, number in values}


def _opinion(
    village: Village,
    story: Story,
    line: tuple[int, int] | None,
    rng: Random,
    today: datetime.date,
    users: Mapping[str, int],
) -> Opinion:
    received = today - datetime.timedelta(days=story.days_ago)
    is_anonymous = rng.random() < 0.4
    publication, number = line or (None, None)
    return Opinion(
        village=village,
        channel=rng.choice(("box", "hotline", "visit", "letter")),
        category=story.category,
        text=story.text,
        received_on=received,
        publication_id=publication,
        line=number,
        is_anonymous=is_anonymous,
        petitioner=None if is_anonymous else rng.choice(SURNAMES) + rng.choice(GIVEN),
        contact=None if is_anonymous else f"{rng.randrange(1, 9)} 组 {rng.randrange(1, 60)} 号",
        answerer="committee",
        due_on=received + datetime.timedelta(days=REPLY),
        registered_by_id=users["supervision_committee"],
    )


def _take(moved: Sequence[tuple[Opinion, Story]], turn: int, users: Mapping[str, int]) -> None:
    """One step of each, the step before the state: the database looks for it."""
    steps = [_step(opinion, story, story.moves[turn], users) for opinion, story in moved]
    OpinionStep.objects.bulk_create(steps, batch_size=BATCH)
    for step, (opinion, story) in zip(steps, moved, strict=True):
        _follow(opinion, step, story)
    Opinion.objects.bulk_update([opinion for opinion, _ in moved], CHANGED, batch_size=BATCH)


def _step(opinion: Opinion, story: Story, move: Move, users: Mapping[str, int]) -> OpinionStep:
    action, days, said = move
    on = opinion.received_on + datetime.timedelta(days=days)
    who = {"decide": "township_staff", "answer": "village_clerk", "propose": "village_clerk"}
    by = None if action == "escalate" else users[who.get(action, "supervision_committee")]
    due = {"return": REPLY, "escalate": DECIDE}.get(action)
    return OpinionStep(
        opinion=opinion,
        action=action,
        on=on,
        text=_words(story, action, said),
        satisfaction=said if action == "ask" else "",
        due_on=on + datetime.timedelta(days=due) if due else None,
        by_id=by,
    )


def _words(story: Story, action: str, said: str) -> str:
    if action == "ask":
        return "没有说清是怎么定的。" if said == "not" else ""
    return story.reply if action in ANSWERS else said


def _follow(opinion: Opinion, step: OpinionStep, story: Story) -> None:
    if step.action in PUBLISHING:
        opinion.publicity = PUBLISHING[step.action].target
    elif step.action != "ask":
        opinion.state = EVERY_STEP[step.action].target
    opinion.due_on = step.due_on or opinion.due_on
    opinion.satisfaction = step.satisfaction or opinion.satisfaction
    if opinion.state in (State.CLOSED, State.VOID):
        opinion.closed_on = opinion.closed_on or step.on
    if step.action == "propose":
        opinion.public_question = story.text
        opinion.public_answer = story.reply
