"""How far a matter is when one of its two publications was withdrawn or corrected."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.decisions import services
from apps.decisions.kinds import Stage, State
from apps.decisions.models import FourStepDecision
from apps.decisions.models.projects import Phase
from apps.decisions.queries import decision_for, decisions_for
from apps.decisions.way import moments_of, next_of
from apps.disclosure import services as disclosure
from apps.disclosure.models import Publication
from apps.disclosure.states import State as Way
from tests.conftest import County
from tests.decisions.conftest import DAY, SITTINGS

Publish = Callable[[Publication], Publication]
AFTERWARDS = DAY + datetime.timedelta(40)


@pytest.fixture
def resolved(decided: FourStepDecision, clerk: User, publish: Publish) -> FourStepDecision:
    publish(services.draft_resolution(decided, by=clerk))
    return again(decided, clerk)


@pytest.fixture
def done(resolved: FourStepDecision, clerk: User, publish: Publish) -> FourStepDecision:
    services.report_result(resolved, words="修好了。", on=AFTERWARDS, by=clerk)
    publish(services.draft_result(resolved, by=clerk))
    return again(resolved, clerk)


@pytest.fixture
def correct(clerk: User, publish: Publish) -> Callable[[Publication], Publication]:
    return lambda publication: publish(disclosure.correct(publication, reason="写错一个数。", by=clerk))


@pytest.fixture
def withdraw(township_officer: User) -> Callable[[Publication], Publication]:
    return lambda publication: disclosure.withdraw(publication, reason="重新公布。", by=township_officer)


def again(matter: FourStepDecision, user: User) -> Any:
    """As it is read anew, with how far it is."""
    return decision_for(user, matter.pk)


def how_far(matter: FourStepDecision, user: User) -> str:
    """As the list says and as the page says: always the same."""
    (listed,) = decisions_for(user)
    assert listed.state == again(matter, user).state
    return listed.state


def next_title(matter: FourStepDecision, user: User) -> str:
    found = next_of(again(matter, user))
    return found.title if found else ""


class TestTheResolution:
    def test_a_correction_on_its_way_and_one_that_is_public_change_nothing(
        self, resolved: FourStepDecision, clerk: User, publish: Publish
    ):
        assert resolved.resolution is not None
        draft = disclosure.correct(resolved.resolution, reason="写错一个数。", by=clerk)
        seen = [how_far(resolved, clerk)]
        publish(draft)
        seen.append(how_far(resolved, clerk))

        assert seen == [State.RESOLVED, State.RESOLVED]
        assert moments_of(again(resolved, clerk), reads_meetings=False)[4].href == f"/disclosure/{draft.pk}/"

    @pytest.mark.parametrize("corrections", [0, 1, 2])
    def test_withdrawn_it_is_to_be_disclosed_again_however_often_it_was_corrected(
        self, resolved: FourStepDecision, clerk: User, publish: Publish, correct, withdraw, corrections: int
    ):
        last = resolved.resolution
        for _ in range(corrections):
            last = correct(last)
        withdraw(last)

        assert how_far(resolved, clerk) == State.DECIDED
        assert next_title(resolved, clerk) == "写决议公布稿"
        assert moments_of(again(resolved, clerk), reads_meetings=False)[4].word == "已撤回"
        publish(services.draft_resolution(resolved, by=clerk))
        assert how_far(resolved, clerk) == State.RESOLVED

    def test_withdrawn_it_lets_no_result_be_told(
        self, resolved: FourStepDecision, clerk: User, correct, withdraw
    ):
        withdraw(correct(resolved.resolution))

        with pytest.raises(Refused, match="先公开决议"):
            services.report_result(resolved, words="修好了。", on=AFTERWARDS, by=clerk)
        FourStepDecision.objects.filter(pk=resolved.pk).update(result_words="修好了。", result_on=AFTERWARDS)
        with pytest.raises(Refused, match="先公开决议"):
            services.draft_result(resolved, by=clerk)
        with pytest.raises(IntegrityError, match="is not public"), transaction.atomic():
            FourStepDecision.objects.filter(pk=resolved.pk).update(result=resolved.resolution)

    def test_withdrawn_after_the_result_it_is_missing_until_it_is_public_again(
        self, done: FourStepDecision, clerk: User, publish: Publish, withdraw
    ):
        withdraw(done.resolution)
        seen = [how_far(done, clerk)]
        publish(services.draft_resolution(done, by=clerk))
        seen.append(how_far(done, clerk))

        assert seen == [State.DECIDED, State.DONE]


class TestTheResult:
    @pytest.mark.parametrize("corrections", [0, 1, 2])
    def test_withdrawn_it_is_to_be_disclosed_again_however_often_it_was_corrected(
        self, done: FourStepDecision, clerk: User, publish: Publish, correct, withdraw, corrections: int
    ):
        last = done.result
        for _ in range(corrections):
            last = correct(last)
        assert how_far(done, clerk) == State.DONE
        withdraw(last)

        assert how_far(done, clerk) == State.RESOLVED
        assert next_title(done, clerk) == "写实施结果公布稿"
        services.report_result(done, words="修好了，验收合格。", on=AFTERWARDS, by=clerk)
        publish(services.draft_result(done, by=clerk))
        assert how_far(done, clerk) == State.DONE

    def test_while_it_is_public_nothing_before_it_is_taken_back(
        self, done: FourStepDecision, clerk: User, withdraw
    ):
        withdraw(done.resolution)

        with pytest.raises(Refused, match="已经送审或公布"):
            services.take_back(done, reason="票数记错", by=clerk)
        with pytest.raises(IntegrityError, match="is on its way"), transaction.atomic():
            done.steps.order_by("-id")[0].delete()


class TestTakingBack:
    def test_what_was_withdrawn_holds_no_step_but_a_correction_in_force_does(
        self, resolved: FourStepDecision, clerk: User, correct, withdraw
    ):
        corrected = correct(resolved.resolution)
        with pytest.raises(Refused, match="已经送审或公布"):
            services.take_back(resolved, reason="票数记错", by=clerk)
        withdraw(corrected)
        services.take_back(resolved, reason="票数记错", by=clerk)

        assert how_far(resolved, clerk) == State.DELIBERATED

    def test_it_empties_the_draft_that_rested_on_the_step(
        self, decided: FourStepDecision, clerk: User, supervisor: User
    ):
        draft = services.draft_resolution(decided, by=clerk)
        services.take_back(decided, reason="票数记错", by=clerk)

        with pytest.raises(Refused, match="还没有写内容"):
            disclosure.propose(draft, by=clerk)
        services.hold(decided, Stage.DECIDED, SITTINGS[Stage.DECIDED], by=clerk)
        assert services.draft_resolution(decided, by=clerk).pk == draft.pk
        assert disclosure.propose(draft, by=clerk).state == Way.PROPOSED

    def test_what_was_reported_of_it_goes_with_it(self, done: FourStepDecision, clerk: User, withdraw):
        result = done.result
        assert result is not None
        withdraw(done.result)
        withdraw(done.resolution)
        services.take_back(done, reason="票数记错", by=clerk)
        done.refresh_from_db()

        assert (done.result, done.result_words, done.result_on) == (None, "", None)
        assert Publication.objects.get(pk=result.pk).state == Way.WITHDRAWN


def test_a_project_s_phase_is_disclosed_again_when_its_correction_was_withdrawn(
    decided: FourStepDecision, clerk: User, publish: Publish, correct, withdraw, county: County
):
    project = services.plan_project(
        decided,
        title="修缮村活动室",
        budget=Decimal(60_000),
        shares=[services.Share("money", "per_head", Decimal(20), 1200)],
        by=clerk,
    )
    told = publish(services.disclose_phase(project, Phase.PLAN, by=clerk))
    withdraw(correct(told))

    assert services.disclose_phase(project, Phase.PLAN, by=clerk).state == Way.DRAFT
