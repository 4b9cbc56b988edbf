"""A project: what it costs, who gives what, and that no phase comes before the one it rests on."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.decisions import phases, services
from apps.decisions.models import FourStepDecision, Project
from apps.decisions.models.projects import Phase
from apps.decisions.rules import settlement_remark
from apps.decisions.services import Share
from apps.disclosure.models import Publication

DAY = datetime.date(2026, 11, 1)
SHARES = (
    Share("money", "per_head", Decimal(20), 1_200),
    Share("labour", "per_household", Decimal(2), 300),
    Share("subsidy", "total", Decimal(30_000)),
)


@pytest.fixture
def project(decided: FourStepDecision, clerk: User) -> Project:
    return services.plan_project(decided, title="修缮活动室", budget=Decimal(60_000), shares=SHARES, by=clerk)


@pytest.fixture
def accepted(project: Project, clerk: User) -> Project:
    services.sign_contract(
        project, tender="compared", party="某建筑队", price=Decimal(50_000), on=DAY, by=clerk
    )
    return services.accept(project, on=DAY.replace(day=10), names="钱某、周某", opinion="合格", by=clerk)


def test_who_gives_what_is_summed_and_disclosed(project: Project, clerk: User):
    draft = services.disclose_phase(project, Phase.PLAN, by=clerk)

    assert (draft.item, draft.title) == ("V06", "修缮活动室：方案和预算")
    assert draft.body.splitlines()[-3:] == [
        "筹资：按人 20.00 元 × 1,200 人，共 24,000.00 元",
        "筹劳：按户 2.00 工日 × 300 户，共 600.00 工日",
        "财政奖补：30,000.00 元",
    ]


def test_no_contract_before_the_villagers_decided(matter: FourStepDecision, clerk: User):
    planned = services.plan_project(matter, title="修缮", budget=Decimal(1), shares=SHARES, by=clerk)
    with pytest.raises(Refused, match="村民还没有决定"):
        services.sign_contract(planned, tender="open", party="某队", price=Decimal(1), on=DAY, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.update(contract_on=DAY, tender="open", party="某队", price=1)

    assert Project.objects.get().phase == Phase.PLAN


def test_each_phase_rests_on_the_one_before(project: Project, clerk: User):
    with pytest.raises(Refused, match="还没有登记合同，不能验收"):
        services.accept(project, on=DAY, names="钱某", opinion="合格", by=clerk)
    with pytest.raises(Refused, match="还没有验收，不能结算"):
        services.settle(project, price=Decimal(1), on=DAY, by=clerk)
    with pytest.raises(Refused, match="还没有登记合同，不能付款"):
        services.pay(project, amount=Decimal(1), on=DAY, by=clerk)
    with pytest.raises(Refused, match="还没有登记招标和合同"):
        services.disclose_phase(project, Phase.CONTRACT, by=clerk)

    assert Publication.objects.filter(item="V06").count() == 0


def test_the_plan_stays_once_it_is_contracted(accepted: Project, clerk: User):
    with pytest.raises(Refused, match="方案不能再改"):
        services.plan_project(accepted.decision, title="别的", budget=Decimal(1), shares=SHARES, by=clerk)
    with pytest.raises(Refused, match="项目已经签了合同"):
        services.take_back(accepted.decision, reason="记错", by=clerk)

    assert accepted.phase == Phase.ACCEPTANCE


@pytest.mark.parametrize(
    ("settled", "is_remarked"), [("50000.00", False), ("55000.00", False), ("55000.01", True)]
)
def test_a_settlement_more_than_a_tenth_above_the_contract_is_amber(settled, is_remarked):
    assert bool(settlement_remark(Decimal(50_000), Decimal(settled), DAY)) is is_remarked


def test_another_price_wants_a_reason_and_no_more_is_paid_than_owed(accepted: Project, clerk: User):
    with pytest.raises(Refused, match="请写明原因"):
        services.settle(accepted, price=Decimal(56_000), on=DAY.replace(day=15), by=clerk)
    settled = services.settle(
        accepted, price=Decimal(56_000), on=DAY.replace(day=15), reason="加了一道防水", by=clerk
    )
    services.pay(settled, amount=Decimal(50_000), on=DAY.replace(day=16), by=clerk)
    with pytest.raises(Refused, match="多于应付的 56,000"):
        services.pay(settled, amount=Decimal("6000.01"), on=DAY.replace(day=17), by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.update(paid=56_001)

    assert Project.objects.get().paid == 50_000


def test_the_pages_of_a_project(decided: FourStepDecision, clerk: User, neighbour: User, signed_in):
    client = signed_in(clerk)
    said = {
        "title": "修缮活动室",
        "budget": "60000",
        "share-TOTAL_FORMS": "2",
        "share-INITIAL_FORMS": "0",
        "share-0-means": "money",
        "share-0-basis": "per_head",
        "share-0-rate": "20",
        "share-0-units": "1200",
        "share-1-means": "",
        "share-1-basis": "total",
        "share-1-rate": "",
        "share-1-units": "1",
    }
    plan = reverse("decisions:plan", args=[decided.pk])
    assert client.post(plan, {**said, "share-0-rate": ""}).status_code == 422
    assert client.post(plan, said).status_code == 302
    project = Project.objects.get()
    phase = reverse("decisions:phase", args=[project.pk, "contract"])
    contract = {"tender": "open", "party": "某建筑队", "price": "50000", "on": "2026-11-01"}
    assert client.post(phase, {**contract, "on": "2026-10-01"}).status_code == 422
    assert client.post(phase, contract).status_code == 302

    page = client.get(project.get_absolute_url()).content.decode()
    assert ("承包方：某建筑队" in page, "登记验收" in page) == (True, True)
    assert client.post(reverse("decisions:disclose", args=[project.pk, "contract"])).status_code == 302
    assert signed_in(neighbour).get(project.get_absolute_url()).status_code == 404
    assert "还没有项目" in signed_in(neighbour).get(reverse("decisions:projects")).content.decode()


def test_a_longer_list_of_projects_asks_no_more_questions(project: Project, clerk: User, signed_in):
    client = signed_in(clerk)
    with CaptureQueriesContext(connection) as of_one:
        client.get(reverse("decisions:projects"))
    for _ in range(2):
        twin = FourStepDecision.objects.create(
            village=project.village, title="路灯", content="装路灯", motion="people", kind="village"
        )
        services.plan_project(twin, title="路灯", budget=Decimal(1), shares=SHARES, by=clerk)
    with CaptureQueriesContext(connection) as of_three:
        client.get(reverse("decisions:projects"))

    assert len(of_one) == len(of_three)


@pytest.mark.parametrize(
    ("budget", "price", "titles"),
    [
        (24_000, None, []),
        (24_001, None, ["资金来源"]),
        (24_000, 24_000, []),
        (24_000, 24_001, ["合同"]),
        (60_000, 60_001, ["资金来源", "合同"]),
    ],
)
def test_what_is_amiss_with_the_money_is_said(decided, clerk: User, budget, price, titles):
    """1,200 people give 20 yuan each, and 300 days of work, which are no money."""
    shares = [Share("money", "per_head", Decimal(20), 1200), Share("labour", "total", Decimal(300))]
    project = services.plan_project(decided, title="修缮", budget=Decimal(budget), shares=shares, by=clerk)
    project.price = price and Decimal(price)

    assert [title for title, _ in phases.remarks_of(project)] == titles


def test_every_project_is_at_one_phase_and_the_list_finds_it_there(decided, clerk: User):
    """An advance carries it no further than its contract."""
    shares = [Share("money", "per_head", Decimal(20), 1200)]
    project = services.plan_project(decided, title="修缮", budget=Decimal(24_000), shares=shares, by=clerk)
    day = DAY + datetime.timedelta(21)
    seen = [project.phase]
    services.sign_contract(project, tender="open", party="某公司", price=Decimal(20_000), on=day, by=clerk)
    for verb, said in (
        (services.pay, {"amount": Decimal(5_000)}),
        (services.accept, {"names": "赵某", "opinion": "合格"}),
        (services.settle, {"price": Decimal(20_000)}),
        (services.pay, {"amount": Decimal(15_000)}),
    ):
        seen.append(Project.objects.get().phase)
        verb(project, on=day, by=clerk, **said)
    seen.append(Project.objects.get().phase)

    assert seen == [
        Phase.PLAN,
        Phase.CONTRACT,
        Phase.CONTRACT,
        Phase.ACCEPTANCE,
        Phase.PAYMENT,
        Phase.PAYMENT,
    ]
    found = [phase for phase in Phase if Project.objects.all().at(phase).exists()]
    assert found == [Project.objects.get().phase]
