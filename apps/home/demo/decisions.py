"""What the demo villages decided: some done, some on their way, one that did not pass, and a project."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.utils import timezone

from apps.core.calendar import CHINA
from apps.decisions import wording
from apps.decisions.kinds import Body, Kind, Matter, Motion, Stage, bodies_of
from apps.decisions.models import (
    Contribution,
    DecisionStep,
    FourStepDecision,
    Project,
    ProjectPublication,
)
from apps.decisions.models.projects import Basis, Means, Phase, Tender
from apps.decisions.voting import Count, verdict
from apps.disclosure import chain, frozen
from apps.disclosure.models import Deed, Publication
from apps.disclosure.states import State
from apps.organizations.models import Village, VillagersGroup

WAY = (("propose", 4), ("consent", 2), ("confirm", 1), ("publish", 0))
GROUP = "第三村民小组"
GAPS = {Stage.PROPOSED: 0, Stage.DISCUSSED: 3, Stage.DELIBERATED: 7, Stage.DECIDED: 18}


@dataclass(frozen=True)
class Plot:
    """A matter of the demo: how long ago it began, how many steps were held, what came of it."""

    title: str
    content: str
    kind: Kind
    matter: Matter
    motion: Motion
    days_ago: int
    steps: int
    result: str = ""
    fails: bool = False
    has_project: bool = False


PLOTS = (
    Plot(
        "修缮村活动室",
        "修缮村活动室屋顶和门窗。预算 6 万元，每人筹资 20 元，其余由财政奖补。",
        *(Kind.VILLAGE, Matter.PUBLIC_GOOD, Motion.PEOPLE, 100, 4),
        result="活动室屋顶和门窗已修好，结算 5.38 万元，监委会和村民代表验收合格。",
        has_project=True,
    ),
    Plot(
        "村东鱼塘续包方案",
        "村东鱼塘 32 亩公开发包，每亩每年不低于 260 元，承包期三年。",
        *(Kind.COLLECTIVE, Matter.OTHER, Motion.CADRES, 60, 4),
    ),
    Plot(
        "调整保洁员误工补贴标准",
        "保洁员误工补贴由每天 60 元调整为每天 75 元。",
        *(Kind.VILLAGE, Matter.ALLOWANCE, Motion.CADRES, 30, 3),
    ),
    Plot(
        "三组机耕路加宽",
        "三组机耕路加宽到 3.5 米，占用的地由本组调剂。",
        *(Kind.GROUP, Matter.OTHER, Motion.PEOPLE, 40, 4),
        fails=True,
    ),
    Plot(
        "明年村庄绿化计划",
        "沿主路补种行道树 400 棵，用集体经济收入 2 万元。",
        *(Kind.VILLAGE, Matter.INCOME, Motion.ABOVE, 8, 1),
    ),
)


def decide(villages: Iterable[Village], rng: Random, today: datetime.date, by: int) -> int:
    """Every village its own choice of the plots, the first village all of them; how many there are."""
    villages = list(villages)
    for village in villages[:1]:
        VillagersGroup.objects.get_or_create(village=village, name=GROUP, defaults={"households": 58})
    groups = {group.village_id: group for group in VillagersGroup.objects.filter(name=GROUP)}
    chosen = [
        (village, plot)
        for number, village in enumerate(villages)
        for plot in (PLOTS if number < 2 else (PLOTS[0], PLOTS[number % 4 + 1]))
    ]
    rows = FourStepDecision.objects.bulk_create(
        _matter(village, plot, groups.get(village.pk)) for village, plot in chosen
    )
    plots = dict(zip((row.pk for row in rows), (plot for _, plot in chosen), strict=True))
    steps = [step for row in rows for step in _steps(row, plots[row.pk], rng, today)]
    steps = DecisionStep.objects.bulk_create(sorted(steps, key=lambda step: step.stage))
    _disclose(rows, plots, steps, by)
    _plan([row for row in rows if plots[row.pk].has_project], today, by)
    return len(rows)


def _matter(village: Village, plot: Plot, group: VillagersGroup | None) -> FourStepDecision:
    is_group = plot.kind is Kind.GROUP
    return FourStepDecision(
        village=village,
        title=plot.title,
        content=plot.content,
        motion=plot.motion,
        kind=plot.kind,
        matter=plot.matter,
        group=group if is_group else None,
        group_name=GROUP if is_group and not group else "",
    )


def _steps(row: FourStepDecision, plot: Plot, rng: Random, today: datetime.date) -> Iterator[DecisionStep]:
    began = today - datetime.timedelta(plot.days_ago)
    for stage in list(Stage)[: plot.steps]:
        on = began + datetime.timedelta(GAPS[stage])
        body = bodies_of(stage, plot.kind)[0]
        count = _count(body, rng, began, fails=plot.fails and stage is Stage.DECIDED)
        judged = verdict(body, count, on=on)
        yield DecisionStep(
            decision=row,
            stage=stage,
            body=body,
            held_on=on,
            place="村文化广场" if stage is Stage.DECIDED else "村党群服务中心",
            chair="李某",
            names="李某、王某、张某、孙某、赵某" if body is Body.PARTY_COMMITTEE else "",
            from_township="镇包村干部周某" if stage is Stage.DECIDED else "",
            passed=judged.passed,
            verdict=judged.sentence,
            rule=judged.rule,
            **{name: getattr(count, name) for name in Count.__dataclass_fields__},
        )


def _count(body: Body, rng: Random, began: datetime.date, *, fails: bool) -> Count:
    """Figures that carry the motion; two thirds and a little more come, or too few."""
    expected = {Body.PARTY_COMMITTEE: 5, Body.JOINT_MEETING: 7, Body.PARTY_MEETING: rng.randrange(24, 40)}
    heads = expected.get(body, rng.randrange(180, 320))
    present = heads // 2 if fails else heads - heads // (5 if heads > 10 else 7)
    no = present // 12
    return Count(
        heads,
        present,
        present - no,
        no,
        whole=heads + heads // 12 if body is Body.MEMBERS else None,
        counted_by="households" if body in (Body.VILLAGERS, Body.GROUP) else "",
        notified_on=began if body in (Body.VILLAGERS, Body.MEMBERS) else None,
    )


def _disclose(
    rows: list[FourStepDecision], plots: dict[int, Plot], steps: list[DecisionStep], by: int
) -> None:
    """The resolutions, and the results of what is done."""
    held: dict[int, list[DecisionStep]] = {}
    for step in steps:
        held.setdefault(step.decision_id, []).append(step)
    decided = [row for row in rows if held[row.pk][-1].stage == Stage.DECIDED and held[row.pk][-1].passed]
    drafts = []
    for row in decided:
        on = held[row.pk][-1].held_on
        row.resolution = _draft(
            row.village, f"决议公开：{row.title}", wording.resolution_text(row, held[row.pk]), on
        )
        drafts.append((row.resolution, on + datetime.timedelta(6)))
    publish(drafts, by)
    FourStepDecision.objects.bulk_update(decided, ["resolution"])
    done = [row for row in decided if plots[row.pk].result]
    results = []
    for row in done:
        row.result_words = plots[row.pk].result
        row.result_on = held[row.pk][-1].held_on + datetime.timedelta(62)
        row.result = _draft(
            row.village, f"实施结果公开：{row.title}", wording.result_text(row), row.result_on
        )
        results.append((row.result, row.result_on + datetime.timedelta(6)))
    publish(results, by)
    FourStepDecision.objects.bulk_update(done, ["result_words", "result_on", "result"])


def _draft(village: Village, title: str, body: str, on: datetime.date, item: str = "V03") -> Publication:
    return Publication.objects.create(
        village=village, item=item, first_on=on, last_on=on, title=title, body=body
    )


def _plan(rows: list[FourStepDecision], today: datetime.date, by: int) -> None:
    """The project behind a decision, from its plan to the payment."""
    began = today - datetime.timedelta(80)
    projects = Project.objects.bulk_create(
        Project(
            village=row.village,
            decision=row,
            title=row.title,
            planned_on=began,
            budget=Decimal(60_000),
            tender=Tender.COMPARED,
            party="某建筑队",
            price=Decimal(48_000),
            contract_on=began + datetime.timedelta(5),
            accepted_on=began + datetime.timedelta(45),
            accepted_by="监委会赵某、村民代表周某",
            acceptance="按方案做完，质量合格。",
            settled=Decimal(53_800),
            settled_on=began + datetime.timedelta(50),
            settled_reason="屋面加做一道防水，村民代表会议同意。",
            paid=Decimal(40_000),
            paid_on=began + datetime.timedelta(52),
        )
        for row in rows
    )
    shares = (
        (Means.MONEY, Basis.PER_HEAD, 20, 1_200),
        (Means.LABOUR, Basis.PER_HOUSEHOLD, 1, 300),
        (Means.SUBSIDY, Basis.TOTAL, 36_000, 1),
    )
    Contribution.objects.bulk_create(
        Contribution(project=project, means=means, basis=basis, rate=Decimal(rate), units=units)
        for project in projects
        for means, basis, rate, units in shares
    )
    plans = [_disclosed_plan(project) for project in projects]
    publish([(link.publication, began + datetime.timedelta(6)) for link in plans], by)


def _disclosed_plan(project: Project) -> ProjectPublication:
    text = wording.plan_text(project, project.contributions.all())
    draft = _draft(project.village, f"{project.title}：{Phase.PLAN.label}", text, project.planned_on, "V06")
    return ProjectPublication.objects.create(project=project, phase=Phase.PLAN, publication=draft)


def publish(drafts: list[tuple[Publication, datetime.date]], by: int) -> None:
    """Take drafts the whole way, each to be public on its day, at the end of its village's chain."""
    Deed.objects.bulk_create(_deeds(drafts, by))
    days = {draft.pk: day for draft, day in drafts}
    Publication.objects.filter(pk__in=days).update(state=State.CONFIRMED)
    rows = list(
        Publication.objects.filter(pk__in=days)
        .select_related("village__organization", "statement", "replaces")
        .prefetch_related("deeds")
    )
    last = _ends({row.village_id for row in rows})
    for row in rows:
        number, previous = last.get(row.village_id, (0, chain.FIRST))
        at = datetime.datetime.combine(days[row.pk], datetime.time(9, 30))
        row.published_at = timezone.make_aware(at, CHINA)
        row.chain_number, row.previous_checksum, row.state = number + 1, previous, State.PUBLISHED
        row.content = frozen.content_of(row)
        row.checksum = chain.checksum(row.content, previous)
        last[row.village_id] = row.chain_number, row.checksum
    names = ["published_at", "chain_number", "previous_checksum", "state", "content", "checksum"]
    Publication.objects.bulk_update(rows, names, batch_size=200)


def _deeds(drafts: list[tuple[Publication, datetime.date]], by: int) -> Iterator[Deed]:
    names = {"consent": "赵某、钱某", "confirm": "村党支部和村委会成员"}
    for draft, day in drafts:
        for action, before in WAY:
            on = day - datetime.timedelta(before)
            yield Deed(publication=draft, action=action, on=on, names=names.get(action, ""), by_id=by)


def _ends(villages: set[int]) -> dict[int, tuple[int, str]]:
    """The last number and checksum of each village's chain."""
    rows = Publication.objects.filter(village__in=villages, chain_number__isnull=False)
    values = rows.order_by("chain_number").values_list("village", "chain_number", "checksum")
    return {village: (number or 0, checksum) for village, number, checksum in values}
