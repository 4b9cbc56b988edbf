"""Rows for whoever needs a matter, a project or a committee without its way."""

from __future__ import annotations

from apps.core.calendar import today
from apps.decisions.models import FourStepDecision, Project
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.publishing import THE_LAW


def a_village(county: County) -> Village:
    village, _ = Village.objects.get_or_create(
        organization=county.branch, defaults={"name": "河口镇东湾村", "since": THE_LAW}
    )
    return village


def a_matter(county: County) -> FourStepDecision:
    return FourStepDecision.objects.create(
        village=a_village(county),
        title="修缮村活动室",
        content="修屋顶。",
        motion="people",
        kind="village",
        matter="public_good",
    )


def a_project(county: County) -> Project:
    matter = a_matter(county)
    return Project.objects.create(
        village=matter.village, decision=matter, title=matter.title, budget=60_000, planned_on=today()
    )
