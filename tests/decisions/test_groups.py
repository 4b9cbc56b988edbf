"""A villagers' group's matter names the group's record, and the group publishes what it decided (VAD-09)."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.decisions import services
from apps.decisions.kinds import Body, Stage
from apps.decisions.models import FourStepDecision
from apps.decisions.voting import Count
from apps.organizations.models import Village, VillagersGroup
from tests.conftest import County
from tests.decisions.conftest import DAY, MATTER, SITTINGS

GROUP_MATTER = {**MATTER, "kind": "group"}
MEETING = replace(
    SITTINGS[Stage.DECIDED],
    body=Body.GROUP,
    held_on=DAY + datetime.timedelta(20),
    count=Count(40, 30, 28, 1, 1, counted_by="households"),
)


@pytest.fixture
def group(village: Village) -> VillagersGroup:
    return VillagersGroup.objects.create(village=village, name="第三村民小组")


@pytest.fixture
def elsewhere(county: County) -> VillagersGroup:
    other = Village.objects.create(organization=county.second_branch, name="河口镇西湾村")
    return VillagersGroup.objects.create(village=other, name="第一村民小组")


@pytest.fixture
def decided_by_group(village: Village, group: VillagersGroup, clerk: User) -> FourStepDecision:
    matter = services.begin(village, group=group, by=clerk, **GROUP_MATTER)
    for stage in Stage:
        services.hold(matter, stage, MEETING if stage is Stage.DECIDED else SITTINGS[stage], by=clerk)
    return matter


def test_a_name_that_is_registered_is_the_group_s_record(
    village: Village, group: VillagersGroup, clerk: User
):
    matter = services.begin(village, by=clerk, **{**GROUP_MATTER, "group_name": " 第三村民小组 "})

    assert (matter.group, matter.group_name, matter.whose) == (group, "", "村民小组事项（第三村民小组）")


def test_a_group_that_is_not_registered_stays_a_name(village: Village, group: VillagersGroup, clerk: User):
    matter = services.begin(village, by=clerk, **{**GROUP_MATTER, "group_name": "第五村民小组"})

    assert (matter.group, matter.named_group) == (None, "第五村民小组")


def test_the_village_s_own_matter_has_no_group(village: Village, group: VillagersGroup, clerk: User):
    matter = services.begin(village, group=group, by=clerk, **MATTER)

    assert (matter.group, matter.whose) == (None, "村民事项")


def test_a_group_of_another_village_is_refused_and_the_database_holds_it(
    village: Village, group: VillagersGroup, elsewhere: VillagersGroup, clerk: User
):
    with pytest.raises(Refused, match="没有“第一村民小组”") as refused:
        services.begin(village, group=elsewhere, by=clerk, **GROUP_MATTER)
    assert refused.value.field == "group"
    matter = services.begin(village, group=group, by=clerk, **GROUP_MATTER)

    with pytest.raises(IntegrityError, match="of another village"), transaction.atomic():
        FourStepDecision.objects.filter(pk=matter.pk).update(group=elsewhere)
    with pytest.raises(IntegrityError, match="decision_names_its_group"), transaction.atomic():
        FourStepDecision.objects.filter(pk=matter.pk).update(group=None)


def test_once_decided_it_stays_the_group_s(decided_by_group: FourStepDecision, village: Village):
    other = VillagersGroup.objects.create(village=village, name="第四村民小组")

    with pytest.raises(IntegrityError, match="was decided"), transaction.atomic():
        FourStepDecision.objects.filter(pk=decided_by_group.pk).update(group=other)


def test_the_group_publishes_it_and_everybody_reads_which(
    decided_by_group: FourStepDecision,
    group: VillagersGroup,
    clerk: User,
    publish,
    villager: Client,
    county: County,
):
    draft = services.draft_resolution(decided_by_group, by=clerk)
    services.draft_resolution(decided_by_group, by=clerk)  # written anew it keeps its name
    draft.refresh_from_db()
    assert (draft.group, draft.title) == (group, "决议公开：修缮村活动室（第三村民小组）")
    publish(draft)

    page = villager.get(reverse("public:decision", args=[county.branch.code, decided_by_group.pk]))
    assert "村民小组事项（第三村民小组）" in page.content.decode()


def test_the_form_offers_the_village_s_own_groups_and_no_other_s(
    signed_in, clerk: User, group: VillagersGroup, elsewhere: VillagersGroup
):
    page = signed_in(clerk).get(reverse("decisions:new"))

    assert list(page.context["form"].fields["group"].queryset) == [group]


def test_where_no_group_is_registered_its_name_is_written(signed_in, clerk: User, village: Village):
    page = signed_in(clerk).get(reverse("decisions:new"))

    assert "group" not in page.context["form"].fields
