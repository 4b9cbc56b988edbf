"""A village of which everything is public that can be: one of each kind, in every state that people see."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

from apps.accounts.models import User
from apps.core.calendar import today
from apps.decisions import services as decisions
from apps.decisions.kinds import Stage
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.disclosure.tables import KINDS
from apps.opinions import services as opinions
from apps.organizations.models import Village, VillagersGroup
from tests.attachments.pictures import picture, upload
from tests.conftest import County
from tests.decisions.conftest import DAY, MATTER, SITTINGS
from tests.disclosure.publishing import a_posting, go_the_way
from tests.opinions.hearing import PETITIONER, an_opinion, made_public
from tests.supervision.making import a_supervisor

QUARTER: dict[str, Any] = {"first_on": datetime.date(2026, 7, 1), "last_on": datetime.date(2026, 9, 30)}
LIST = "发放名单如下。\n\n姓名\t项目\t金额\n张某\t耕地补贴\t300\n李某\t耕地补贴\t200"
OWN: dict[str, Any] = {
    "group": "公共",
    "title": "集体用车",
    "points": "谁用、去哪里",
    "rhythm": "quarter",
    "basis": "村民会议决定",
    "publisher": "村民委员会",
    "channels": "公开栏",
    "masked": "车牌号",
    "audience": "public",
}
ADDRESS = {
    "box": "村部门口的绿箱子",
    "hotline": "0990-5550100",
    "hours": "工作日上午",
    "contact": "村务监督员",
}


class People(NamedTuple):
    clerk: User
    supervisor: User
    township: User


def disclose(village: Village, county: County, people: People) -> None:
    """Besides the statements that the village has: words, tables, decisions, opinions, a group, the board."""
    a_supervisor(village, "赵某", position="chair")
    services.add_item(county.branch, kind="V", since=today(), by=people.clerk, **OWN)
    services.register_event(village, item="V07", happened_on=today(), words="征地", by=people.clerk)
    opinions.say_how(county.township, by=people.township, **ADDRESS)
    listed = _words(village, people)
    _asked(village, listed, people)
    _withdrawn(village, people)
    _table(village, people)
    _publish(services.declare_nothing(village, item="V06", by=people.clerk, **QUARTER), people)
    _decided(village, people)
    group = VillagersGroup.objects.create(village=village, name="第三村民小组")
    _publish(_written(group, "V03", "组里决定的事", "修水塘的坝。", people), people)


def _words(village: Village, people: People) -> Publication:
    """A list in words with a file; corrected once; hanging on the board."""
    listed = _written(village, "V10", "农业补贴发放名单", LIST, people)
    file = services.add_file(listed, upload(picture(), "公示照片.jpg"), key=uuid4(), by=people.clerk)
    services.look_at(file, by=people.clerk)
    again = services.correct(_publish(listed, people), reason="漏了一户。", by=people.clerk)
    a_posting(_publish(again, people), by=people.clerk)
    listed.refresh_from_db()
    return listed


def _asked(village: Village, listed: Publication, people: People) -> None:
    """One about a row, one about nothing in particular, one that nobody answered yet."""
    for about in ({"publication": listed, "line": 2}, {}):
        opinion = an_opinion(village, by=people.supervisor, petitioner=PETITIONER, **about)
        made_public(opinion, people.clerk, people.supervisor)
        opinions.ask(opinion, satisfaction="partly", asked_on=today(), by=people.supervisor)
    an_opinion(village, by=people.supervisor, petitioner=PETITIONER)


def _withdrawn(village: Village, people: People) -> None:
    wrong = _publish(_written(village, "V01", "村规民约", "写错的话。", people), people)
    services.withdraw(wrong, reason="写错了村。", by=people.township)


def _table(village: Village, people: People) -> None:
    rows: list[Any] = [{"party": "农机站", "reason": "修渠", "original": Decimal(900)}]
    _publish(services.fill_table(village, KINDS["debts"], rows=rows, by=people.clerk, **QUARTER), people)


def _decided(village: Village, people: People) -> None:
    """One with its result, one that is still a draft."""
    for title in (MATTER["title"], "还没有公布的事"):
        matter = decisions.begin(village, by=people.clerk, **{**MATTER, "title": title})
        for stage in Stage:
            decisions.hold(matter, stage, SITTINGS[stage], by=people.clerk)
        resolution = decisions.draft_resolution(matter, by=people.clerk)
        if title == MATTER["title"]:
            _publish(resolution, people)
            after = DAY + datetime.timedelta(30)
            matter.refresh_from_db()
            decisions.report_result(matter, words="修好了。", on=after, by=people.clerk)
            _publish(decisions.draft_result(matter, by=people.clerk), people)


def _written(
    publisher: Village | VillagersGroup, item: str, title: str, body: str, people: People
) -> Publication:
    return services.write_publication(
        publisher, item=item, title=title, body=body, by=people.clerk, **QUARTER
    )


def _publish(publication: Publication, people: People) -> Publication:
    publication.refresh_from_db()
    return go_the_way(publication, people.clerk, people.supervisor)
