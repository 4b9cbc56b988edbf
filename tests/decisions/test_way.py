"""The way of four deliberations and two publications cannot be shortened, by pages or by hand."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.decisions import services
from apps.decisions.kinds import Body, Stage, State
from apps.decisions.models import DecisionStep, FourStepDecision
from apps.decisions.queries import decision_for
from apps.decisions.services import Sitting
from apps.decisions.voting import Count
from apps.decisions.way import moments_of
from apps.disclosure.models import Publication
from apps.organizations.models import Village
from apps.regulations.models import RuleOverride
from tests.conftest import County
from tests.decisions.conftest import DAY, MATTER, SITTINGS
from tests.factories import AttendanceFactory, MeetingFactory, MemberFactory, ResolutionFactory

Hold = Callable[..., DecisionStep]


def state_of(matter: FourStepDecision, user: User) -> str:
    return decision_for(user, matter.pk).state  # type: ignore[attr-defined]


def test_a_matter_goes_all_the_way(matter: FourStepDecision, hold: Hold, clerk: User, publish):
    seen = [state_of(matter, clerk)]
    for stage in Stage:
        hold(stage)
        seen.append(state_of(matter, clerk))
    publish(services.draft_resolution(matter, by=clerk))
    seen.append(state_of(matter, clerk))
    services.report_result(
        matter, words="屋顶修好了，花了 5.8 万元。", on=DAY + datetime.timedelta(40), by=clerk
    )
    publish(services.draft_result(matter, by=clerk))
    seen.append(state_of(matter, clerk))

    assert seen == [
        *(State.BEGUN, State.PROPOSED, State.DISCUSSED, State.DELIBERATED, State.DECIDED),
        *(State.RESOLVED, State.DONE),
    ]


@pytest.mark.parametrize("stage", [Stage.DISCUSSED, Stage.DELIBERATED, Stage.DECIDED])
def test_no_step_is_left_out(stage: Stage, matter: FourStepDecision, hold: Hold):
    with pytest.raises(Refused, match="还没有办“村党组织提议”"):
        hold(stage)
    hold(Stage.PROPOSED)
    with pytest.raises(Refused, match="已经办过了"):
        hold(Stage.PROPOSED)


def test_a_step_that_did_not_pass_is_held_again_and_says_why(
    hold: Hold, matter: FourStepDecision, clerk: User
):
    hold(Stage.PROPOSED)
    failed = replace(SITTINGS[Stage.DISCUSSED], count=Count(7, 3, 3))
    assert hold(Stage.DISCUSSED, failed).passed is False
    assert state_of(matter, clerk) == State.FAILED
    with pytest.raises(Refused, match="应到两委成员 7 人，实到 3 人，至少要到 4 人") as refused:
        hold(Stage.DELIBERATED)
    assert refused.value.rule == "RURAL-01"

    hold(Stage.DISCUSSED)
    assert state_of(matter, clerk) == State.DISCUSSED


def test_days_run_forward(hold: Hold, matter: FourStepDecision):
    hold(Stage.PROPOSED)
    with pytest.raises(Refused, match="不能早于上一步"):
        hold(Stage.DISCUSSED, replace(SITTINGS[Stage.DISCUSSED], held_on=DAY - datetime.timedelta(1)))
    with pytest.raises(Refused, match="不能晚于今天"):
        hold(Stage.DISCUSSED, replace(SITTINGS[Stage.DISCUSSED], held_on=datetime.date(2999, 1, 1)))
    assert hold(Stage.DISCUSSED, replace(SITTINGS[Stage.DISCUSSED], held_on=DAY)).passed is True


def by_hand(matter: FourStepDecision, stage: Stage, on: datetime.date) -> DecisionStep:
    return DecisionStep(
        decision=matter, stage=stage, body="joint_meeting", held_on=on, place="村部", chair="李某",
        expected=7, present=7, in_favour=7, passed=True, verdict="通过", rule="RURAL-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "day"), [(Stage.DELIBERATED, DAY), (Stage.PROPOSED, DAY), (Stage.DISCUSSED, DAY.replace(day=1))]
)
def test_the_database_holds_the_order(stage: Stage, day: datetime.date, hold: Hold, matter: FourStepDecision):
    hold(Stage.PROPOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand(matter, stage, day).save()
    by_hand(matter, Stage.DISCUSSED, DAY).save()
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        DecisionStep.objects.update(passed=False)

    assert DecisionStep.objects.filter(decision=matter, passed=True).count() == 2


def test_the_database_keeps_what_was_decided(decided: FourStepDecision):
    for change in ({"title": "别的"}, {"content": "别的"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FourStepDecision.objects.filter(pk=decided.pk).update(**change)

    assert FourStepDecision.objects.get(pk=decided.pk).title == MATTER["title"]


def test_nothing_is_published_before_it_is_decided(
    matter: FourStepDecision, hold: Hold, village: Village, clerk: User
):
    with pytest.raises(Refused, match="还没有决定"):
        services.draft_resolution(matter, by=clerk)
    with pytest.raises(Refused, match="先公开决议"):
        services.report_result(matter, words="好了", on=DAY, by=clerk)
    stray = Publication.objects.create(village=village, item="V03", first_on=DAY, last_on=DAY, title="抢先")
    with pytest.raises(IntegrityError), transaction.atomic():
        FourStepDecision.objects.filter(pk=matter.pk).update(resolution=stray)

    assert FourStepDecision.objects.get(pk=matter.pk).resolution is None


def test_the_resolution_says_how_each_body_voted(decided: FourStepDecision, clerk: User):
    draft = services.draft_resolution(decided, by=clerk)

    assert (draft.item, draft.state) == ("V03", "draft")
    assert draft.body.splitlines()[-1] == (
        "4．2026年10月28日，村民会议：应到 300 户，实到 200 户，赞成 180 票，反对 15 票，弃权 5 票，通过。"
    )
    assert "用集体收入 6 万元修缮村活动室屋顶。" in draft.body


def test_a_draft_that_is_still_written_is_written_anew(decided: FourStepDecision, clerk: User, publish):
    first = services.draft_resolution(decided, by=clerk)
    assert services.draft_resolution(decided, by=clerk) == first
    publish(first)
    with pytest.raises(Refused, match="已经送审或公布"):
        services.draft_resolution(decided, by=clerk)


def test_the_last_step_is_taken_back_until_the_resolution_is_on_its_way(
    decided: FourStepDecision, clerk: User, publish
):
    services.take_back(decided, reason="票数记错", by=clerk)
    assert state_of(decided, clerk) == State.DELIBERATED
    services.hold(decided, Stage.DECIDED, SITTINGS[Stage.DECIDED], by=clerk)
    publish(services.draft_resolution(decided, by=clerk))
    with pytest.raises(Refused, match="已经送审或公布"):
        services.take_back(decided, reason="又错", by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        decided.steps.order_by("-id")[0].delete()

    assert decided.steps.count() == 4


@pytest.mark.parametrize(
    ("kind", "body", "rule"),
    [
        ("collective", Body.VILLAGERS, "RURAL-04"),
        ("village", Body.MEMBERS, "RURAL-03"),
        ("group", Body.REPRESENTATIVES, "RURAL-03"),
    ],
)
def test_each_kind_of_matter_has_its_own_body(kind, body, rule, village: Village, clerk: User):
    said = {**MATTER, "kind": kind, "group_name": "第三组"}
    matter = services.begin(village, by=clerk, **said)
    for stage in list(Stage)[:3]:
        services.hold(matter, stage, SITTINGS[stage], by=clerk)
    with pytest.raises(Refused) as refused:
        services.hold(matter, Stage.DECIDED, replace(SITTINGS[Stage.DECIDED], body=body), by=clerk)

    assert refused.value.rule == rule


def test_representatives_decide_the_six_kinds_only_when_authorized(hold: Hold):
    for stage in list(Stage)[:3]:
        hold(stage)
    sitting = Sitting(
        Body.REPRESENTATIVES, DAY + datetime.timedelta(20), "村部", "孙某", Count(30, 25, 20, 5)
    )
    with pytest.raises(Refused, match="写明村民会议哪天授权") as refused:
        hold(Stage.DECIDED, sitting)
    assert (refused.value.field, refused.value.rule) == ("authorization", "RURAL-03")

    assert hold(Stage.DECIDED, replace(sitting, authorization="2026年3月5日村民会议授权")).passed is True


def test_the_first_two_steps_are_one_only_where_the_county_says_so(
    matter: FourStepDecision, hold: Hold, county: County, county_administrator: User
):
    with pytest.raises(Refused, match="没有规定第一、二步可以合并"):
        hold(Stage.PROPOSED, merged=True)
    assert matter.steps.count() == 0
    RuleOverride.objects.create(
        county=county.root.path,
        rule="RURAL-05",
        value=2,
        since=DAY,
        reason="一肩挑",
        author=county_administrator,
    )
    hold(Stage.PROPOSED, merged=True)

    assert [(step.stage, step.merged) for step in matter.steps.order_by("id")] == [(1, False), (2, True)]


def test_the_figures_of_a_party_meeting_come_from_its_record(
    matter: FourStepDecision, clerk: User, branch_secretary: User, county: County
):
    meeting = MeetingFactory(
        organization=county.branch,
        kinds=["committee_meeting"],
        held_at=datetime.datetime(2026, 10, 9, 7, tzinfo=datetime.UTC),
    )
    for presence in ("present", "present", "present", "absent"):
        AttendanceFactory(meeting=meeting, member=MemberFactory(branch=county.branch), presence=presence)
    vote = ResolutionFactory(meeting=meeting, text="提议修缮活动室", in_favour=3, against=0, abstained=0)
    chosen = Sitting(Body.PARTY_COMMITTEE, DAY, "", "李某", Count(99, 99, 99), vote=vote.pk)

    with pytest.raises(Refused, match="没有找到这次会的表决"):
        services.hold(matter, Stage.PROPOSED, chosen, by=clerk)
    step = services.hold(matter, Stage.PROPOSED, chosen, by=branch_secretary)

    assert (step.expected, step.present, step.in_favour, step.meeting) == (4, 3, 3, meeting)
    assert str(step.held_on) == "2026-10-09"
    ours, theirs = (moments_of(matter, reads_meetings=each)[0].href for each in (True, False))
    assert (ours, theirs) == (f"/meetings/{meeting.pk}/", "")


def test_a_dropped_matter_stays_dropped(matter: FourStepDecision, hold: Hold, clerk: User):
    with pytest.raises(Refused, match="为什么不再办"):
        services.drop(matter, reason=" ", by=clerk)
    services.drop(matter, reason="资金没有落实", by=clerk)
    with pytest.raises(Refused, match="已经不再办"):
        hold(Stage.PROPOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand(matter, Stage.PROPOSED, DAY).save()

    assert state_of(matter, clerk) == State.DROPPED


def test_a_decided_matter_is_not_dropped_or_rewritten(decided: FourStepDecision, clerk: User):
    with pytest.raises(Refused, match="不能不办"):
        services.drop(decided, reason="不想办", by=clerk)
    decided.refresh_from_db()
    with pytest.raises(Refused, match="不能再改"):
        services.rewrite(decided, version=decided.version, by=clerk, **MATTER)

    assert decided.steps.count() == 4


def test_a_title_holds_nothing_private(village: Village, clerk: User):
    with pytest.raises(Refused, match="手机号"):
        services.begin(village, by=clerk, **{**MATTER, "title": "联系 13800138000"})

    assert FourStepDecision.objects.count() == 0


def test_whoever_is_from_elsewhere_writes_nothing(
    matter: FourStepDecision, neighbour: User, township_officer: User
):
    for somebody in (neighbour, township_officer):
        with pytest.raises(PermissionDenied):
            services.hold(matter, Stage.PROPOSED, SITTINGS[Stage.PROPOSED], by=somebody)

    assert matter.steps.count() == 0
