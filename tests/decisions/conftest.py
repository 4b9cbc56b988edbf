"""A village of the cast with a matter to decide, and the way to take it through its steps."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.models import User
from apps.decisions import services
from apps.decisions.kinds import Body, Stage
from apps.decisions.models import DecisionStep, FourStepDecision
from apps.decisions.services import Sitting
from apps.decisions.voting import Count
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.conftest import clerk, publish

__all__ = ["clerk", "publish"]

DAY = datetime.date(2026, 10, 8)
SITTINGS: dict[Stage, Sitting] = {
    Stage.PROPOSED: Sitting(Body.PARTY_COMMITTEE, DAY, "村部", "李某", Count(5, 5, 5)),
    Stage.DISCUSSED: Sitting(Body.JOINT_MEETING, DAY + datetime.timedelta(2), "村部", "李某", Count(7, 6, 6)),
    Stage.DELIBERATED: Sitting(
        Body.PARTY_MEETING, DAY + datetime.timedelta(5), "活动室", "李某", Count(30, 24, 22, 1, 1)
    ),
    Stage.DECIDED: Sitting(
        Body.VILLAGERS,
        DAY + datetime.timedelta(20),
        "文化广场",
        "孙某",
        Count(300, 200, 180, 15, 5, counted_by="households", notified_on=DAY),
    ),
}
MATTER = {
    "title": "修缮村活动室",
    "content": "用集体收入 6 万元修缮村活动室屋顶。",
    "motion": "people",
    "kind": "village",
    "matter": "public_good",
    "group_name": "",
}


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def matter(village: Village, clerk: User) -> FourStepDecision:
    return services.begin(village, by=clerk, **MATTER)


@pytest.fixture
def hold(matter: FourStepDecision, clerk: User) -> Callable[..., DecisionStep]:
    """Holds a step of the matter as it went in the village, or as told."""

    def holding(stage: Stage, sitting: Sitting | None = None, **more: Any) -> DecisionStep:
        return services.hold(matter, stage, sitting or SITTINGS[stage], by=clerk, **more)

    return holding


@pytest.fixture
def decided(matter: FourStepDecision, hold: Callable[..., DecisionStep]) -> FourStepDecision:
    for stage in Stage:
        hold(stage)
    return matter
