"""The drafts for the public, built from the data; they go the way of every publication (VAD-10)."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction

from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.decisions import wording
from apps.decisions.kinds import Stage
from apps.decisions.models import FourStepDecision, Project, ProjectPublication
from apps.decisions.models.projects import Phase
from apps.decisions.queries import DECISIONS, PROJECTS
from apps.decisions.services.projects import project_locked
from apps.decisions.services.steps import locked, tell
from apps.disclosure.models import DisclosureEvent, Publication
from apps.disclosure.services import draft_words, redraft_words, with_group
from apps.disclosure.states import OPEN
from apps.disclosure.states import State as Way
from apps.organizations.models import Village, VillagersGroup

_WIDTH = 80  # of a title, so that its prefix fits too


@transaction.atomic
def draft_resolution(decision: FourStepDecision, *, by: Person) -> Publication:
    """The resolution as a draft; the one that is still being written is written anew."""
    row = locked(decision, by)
    steps = list(row.steps.order_by("id"))
    last = next((step for step in steps if step.passed and step.stage == Stage.DECIDED), None)
    if last is None:
        raise Refused("还没有决定，不能公开决议。", rule="RURAL-01")
    title, body = f"决议公开：{row.title[:_WIDTH]}", wording.resolution_text(row, steps)
    draft = _written(row.resolution, _publisher(row), DECISIONS, title, body, last.held_on, by, row.event)
    if draft.pk != row.resolution_id:
        row.resolution = draft
        save_checked(row)
    tell("decisions.draft", row, by)
    return draft


@transaction.atomic
def draft_result(decision: FourStepDecision, *, by: Person) -> Publication:
    """The result as a draft, once it is written down."""
    row = locked(decision, by)
    if row.resolution is None or not row.resolution.is_in_force:
        raise Refused("先公开决议，再公开实施结果。", rule="RURAL-01")
    if row.result_on is None:
        raise Refused("先登记实施结果。", rule="RURAL-01")
    title = f"实施结果公开：{row.title[:_WIDTH]}"
    body = wording.result_text(row)
    draft = _written(row.result, _publisher(row), DECISIONS, title, body, row.result_on, by)
    if draft.pk != row.result_id:
        row.result = draft
        save_checked(row)
    tell("decisions.draft", row, by)
    return draft


TEXTS: dict[Phase, Callable[[Project], str]] = {
    Phase.PLAN: lambda project: wording.plan_text(project, project.contributions.all()),
    Phase.CONTRACT: wording.contract_text,
    Phase.ACCEPTANCE: wording.acceptance_text,
    Phase.SETTLEMENT: wording.settlement_text,
    Phase.PAYMENT: wording.payment_text,
}


@transaction.atomic
def disclose_phase(project: Project, phase: Phase, *, by: Person) -> Publication:
    """A phase of a project as a draft, built from what was written down of it (FIN-04)."""
    row = project_locked(project, by)
    day = row.day_of(phase)
    if day is None:
        raise Refused(f"还没有登记{phase.label}，不能公开。")
    link = row.publications.filter(phase=phase).first() or ProjectPublication(project=row, phase=phase)
    title = f"{row.title[:_WIDTH]}：{phase.label}"
    existing = link.publication if link.publication_id else None
    draft = _written(existing, _publisher(row.decision), PROJECTS, title, TEXTS[phase](row), day, by)
    if draft.pk != link.publication_id:
        link.publication = draft
        save_checked(link)
    tell("decisions.draft", row.decision, by)
    return draft


def _publisher(decision: FourStepDecision) -> Village | VillagersGroup:
    """A registered group publishes what it decided, in its village's chain (VAD-09)."""
    return decision.group or decision.village


def _written(
    existing: Publication | None,
    publisher: Village | VillagersGroup,
    item: str,
    title: str,
    body: str,
    on: datetime.date,
    by: Person,
    event: DisclosureEvent | None = None,
) -> Publication:
    """A draft; what is still being written is written anew, what is on its way stays."""
    if existing is None or existing.standing.state == Way.WITHDRAWN:
        return draft_words(
            publisher, item=item, first_on=on, last_on=on, title=title, body=body, event=event, by=by
        )
    if existing.state in OPEN:
        return redraft_words(existing, title=with_group(title, existing.group), body=body, by=by)
    raise Refused("公布稿已经送审或公布。已公布的要改，请在那一件上更正。")
