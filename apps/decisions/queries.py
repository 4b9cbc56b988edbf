"""Reads of the inside: decisions in scope, their steps, and the party meetings that a step may rest on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from apps.core.access import Person
from apps.core.calendar import CHINA, written
from apps.core.scope import Reader
from apps.decisions.kinds import PARTY_BODIES, Body, Kind, Stage, bodies_of
from apps.decisions.models import FourStepDecision, Project
from apps.decisions.models.decisions import DecisionQuerySet
from apps.decisions.rules import may_merge, next_stage
from apps.decisions.voting import Count as Heads
from apps.meetings.kinds import Kind as Gathering
from apps.meetings.models import Resolution
from apps.meetings.models.meetings import State as Record
from apps.organizations.models import Village, VillagersGroup
from apps.regulations.settings import settings_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from apps.core.scope import ScopedQuerySet
    from apps.decisions.models import DecisionStep

VIEW, PREPARE = "decisions.view", "decisions.prepare"
# The catalogue's items of what was decided, and of what villagers fund.
DECISIONS, PROJECTS = "V03", "V06"
_GATHERINGS = {
    Body.PARTY_COMMITTEE: Gathering.COMMITTEE_MEETING,
    Body.PARTY_MEETING: Gathering.GENERAL_MEETING,
}
SHOWN_VOTES = 20


def decisions_for(user: Reader) -> DecisionQuerySet:
    """The matters that the user may see, newest first, each with how far it is."""
    rows: DecisionQuerySet = FourStepDecision.objects.visible_to(user)
    rows = rows.with_state().select_related("village__organization", "group")
    return rows.defer("content", "result_words")


def whole_decisions_for(user: Reader) -> DecisionQuerySet:
    """The same with their contents, their steps, their publications and projects."""
    rows: DecisionQuerySet = FourStepDecision.objects.visible_to(user).with_state()
    rows = rows.select_related("village__organization", "group", "resolution", "result", "project")
    return rows.prefetch_related("steps__meeting")


def decision_for(user: Reader, number: int) -> FourStepDecision:
    """One matter with its steps; raises FourStepDecision.DoesNotExist outside the scope."""
    found: FourStepDecision = whole_decisions_for(user).get(pk=number)
    return found


def villages_of(user: Person) -> QuerySet[Village]:
    """The villages whose decisions the user writes down."""
    rows: QuerySet[Village] = Village.objects.within(user, PREPARE).current()
    return rows.select_related("organization")


def groups_of(villages: Iterable[Village]) -> QuerySet[VillagersGroup]:
    """The registered villagers' groups of today."""
    rows: QuerySet[VillagersGroup] = VillagersGroup.objects.filter(village__in=villages).current()
    return rows.select_related("village")


@dataclass(frozen=True)
class PartyVote:
    """A counted vote in a party meeting's record, on which a step may rest."""

    pk: int
    meeting: int
    body: Body
    text: str
    held_on: datetime.date
    place: str
    chair: str
    heads: Heads

    @property
    def label(self) -> str:
        """ "2026年9月3日 党员大会：修缮活动室（应到 30，实到 27，赞成 25）" """
        figures = f"应到 {self.heads.expected}，实到 {self.heads.present}，赞成 {self.heads.in_favour}"
        return f"{written(self.held_on)} {self.body.label}：{self.text}（{figures}）"


def party_votes(user: Reader, decision: FourStepDecision, stage: Stage) -> list[PartyVote]:
    """Counted votes of submitted party meetings of the village that the user may see, newest first."""
    bodies = [body for body in bodies_of(stage, Kind(decision.kind)) if body in PARTY_BODIES]
    return [vote for body in bodies for vote in _votes_of(user, decision, body)]


def _votes_of(user: Reader, decision: FourStepDecision, body: Body) -> list[PartyVote]:
    voting = Q(meeting__attendances__may_vote=True, meeting__attendances__excluded=False)
    here = voting & Q(meeting__attendances__presence="present")
    rows: ScopedQuerySet = Resolution.objects.visible_to(user).filter(
        meeting__organization__path__startswith=decision.village.organization.path,
        meeting__state=Record.SUBMITTED,
        meeting__kinds__contains=[_GATHERINGS[body]],
        in_favour__gt=0,
    )
    rows = rows.select_related("meeting__host").annotate(
        expected=Count("meeting__attendances", filter=voting),
        present=Count("meeting__attendances", filter=here),
    )
    counted = rows.filter(present=F("in_favour") + F("against") + F("abstained"))
    return [_vote(row, body) for row in counted.order_by("-meeting__held_at", "number")[:SHOWN_VOTES]]


def _vote(row: Resolution, body: Body) -> PartyVote:
    heads = Heads(row.expected, row.present, row.in_favour, row.against, row.abstained)  # type: ignore[attr-defined]
    meeting = row.meeting
    held_on = meeting.held_at.astimezone(CHINA).date()
    chair = str(meeting.host or "")
    return PartyVote(row.pk, meeting.pk, body, row.text, held_on, meeting.place, chair, heads)


def steps_of(decision: FourStepDecision) -> list[DecisionStep]:
    return list(decision.steps.all())


def merging_allowed(decision: FourStepDecision, on: datetime.date) -> bool:
    """Whether the first two steps may be one here."""
    own = settings_of(decision.village.organization.path).on(on)
    return next_stage(steps_of(decision)) is Stage.PROPOSED and may_merge(on, own)


def projects_for(user: Reader) -> QuerySet[Project]:
    rows: QuerySet[Project] = Project.objects.visible_to(user)
    return rows.select_related("village__organization", "decision")


def whole_projects_for(user: Reader) -> QuerySet[Project]:
    """The same with what they take and what was disclosed of them."""
    return projects_for(user).prefetch_related("contributions", "publications__publication")


def project_for(user: Reader, number: int) -> Project:
    """One whole project; raises Project.DoesNotExist outside the scope."""
    found: Project = whole_projects_for(user).get(pk=number)
    return found
