"""What is decided is owed to everybody within days, without anybody's registering it (RURAL-03, VAD-04)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from apps.accounts.models import User
from apps.decisions import services
from apps.decisions.kinds import Body, Stage
from apps.decisions.models import FourStepDecision
from apps.decisions.voting import Count
from apps.disclosure.ledgers import dues_of
from apps.disclosure.models import DisclosureEvent
from apps.organizations.models import Village
from tests.decisions.conftest import DAY, MATTER, SITTINGS


def owed(matter: FourStepDecision) -> list[tuple[str, bool]]:
    """What happened in the village that must be public, and whether something is published of it."""
    dues = dues_of([matter.village], on=SITTINGS[Stage.DECIDED].held_on + datetime.timedelta(3))
    return [(str(due.event), due.publication is not None) for due in dues if due.event]


def test_nothing_is_owed_before_it_is_decided(matter: FourStepDecision, hold: Any, clerk: User):
    for stage in list(Stage)[:3]:
        hold(stage)

    assert owed(matter) == []


def test_what_is_decided_is_owed_and_its_resolution_answers_it(
    decided: FourStepDecision, clerk: User, publish: Any
):
    assert owed(decided) == [("决定了：修缮村活动室", False)]
    draft = services.draft_resolution(decided, by=clerk)
    assert draft.event == DisclosureEvent.objects.get()
    publish(draft)

    assert owed(decided) == [("决定了：修缮村活动室", True)]


def test_taken_back_it_is_owed_no_more_and_decided_again_it_is(decided: FourStepDecision, clerk: User):
    services.take_back(decided, reason="票数记错", by=clerk)
    assert owed(decided) == []
    services.hold(decided, Stage.DECIDED, SITTINGS[Stage.DECIDED], by=clerk)

    assert owed(decided) == [("决定了：修缮村活动室", False)]
    assert DisclosureEvent.objects.count() == 1


def test_a_sitting_that_does_not_carry_it_owes_nothing(matter: FourStepDecision, hold: Any):
    for stage in list(Stage)[:3]:
        hold(stage)
    few = Count(300, 200, 90, 100, 10, counted_by="households", notified_on=DAY)
    step = hold(Stage.DECIDED, replace(SITTINGS[Stage.DECIDED], count=few))

    assert (step.passed, owed(matter)) == (False, [])


def test_what_a_group_decides_its_own_people_are_told(village: Village, clerk: User):
    """The group publishes for itself (VAD-09); the village's ledger does not know of it."""
    matter = services.begin(village, by=clerk, **{**MATTER, "kind": "group", "group_name": "第三村民小组"})
    for stage in list(Stage)[:3]:
        services.hold(matter, stage, SITTINGS[stage], by=clerk)
    services.hold(matter, Stage.DECIDED, replace(SITTINGS[Stage.DECIDED], body=Body.GROUP), by=clerk)

    assert owed(matter) == []
