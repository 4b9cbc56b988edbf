"""Reads of the inside: opinions in scope, who may see the petitioner, how one asks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.identity import mask_phone
from apps.core.scope import Reader
from apps.core.workflow import Step, open_steps
from apps.disclosure import lines
from apps.disclosure.catalogue import Audience
from apps.disclosure.models import Publication
from apps.disclosure.queries import publications_for, villages_of
from apps.disclosure.states import State as PublicationState
from apps.opinions.models import AskingPlace, Opinion, OpinionStep
from apps.opinions.models.opinions import OpinionQuerySet
from apps.opinions.rules import Petitioner
from apps.opinions.states import ANSWERS, STEPS, WAITING, WITH_VILLAGE, Answerer, Publicity, State
from apps.organizations.models import Organization, Village
from apps.organizations.queries import organizations_for

VIEW, REGISTER = "opinions.view", "opinions.register"
# Whoever works for the supervision committee.
COMMITTEE = "supervision.write"
ASKED_ABOUT = 60
HIDDEN = "已登记，您看不到"


def opinions_for(user: Reader) -> OpinionQuerySet:
    """The opinions that the user may see, what waits for an answer first."""
    rows: OpinionQuerySet = Opinion.objects.visible_to(user)
    return rows.select_related("village__organization").waiting_first()


def unsigned_opinions_for(user: Reader) -> OpinionQuerySet:
    """The same; whoever had them is not even read."""
    return opinions_for(user).defer("petitioner", "contact")


def whole_opinions_for(user: Reader) -> OpinionQuerySet:
    """The same with their steps and what they ask about."""
    steps = OpinionStep.objects.select_related("by").order_by("id")
    rows: OpinionQuerySet = opinions_for(user).select_related("registered_by")
    return rows.prefetch_related(
        Prefetch("steps", steps), Prefetch("publication", Publication.objects.defer("content", "body"))
    )


def opinion_for(user: Reader, number: int) -> Opinion:
    """One whole opinion; raises Opinion.DoesNotExist outside the scope."""
    found: Opinion = whole_opinions_for(user).get(pk=number)
    return found


def waiting_for(user: Person) -> OpinionQuerySet:
    """What waits for a step of this user: an answer, a word to the petitioner, consent to publish."""
    lookup = Opinion.scope_lookup

    def where(permission: str) -> Q:
        return user.scope_for(permission).q(lookup)

    mine = (
        (where("opinions.answer") & Q(state__in=WITH_VILLAGE))
        | (where(COMMITTEE) & Q(state__in=WITH_VILLAGE, answerer=Answerer.SUPERVISION))
        | (where("opinions.decide") & Q(state=State.ESCALATED))
        | (where("opinions.agree") & Q(publicity=Publicity.PROPOSED))
    )
    return opinions_for(user).filter(mine)


@dataclass(frozen=True)
class Deadline:
    """How an opinion stands to its day."""

    opinion: Opinion
    days: int
    """Left until the day; negative when it is over."""

    @property
    def is_overdue(self) -> bool:
        return self.opinion.state in WAITING and self.days < 0

    @property
    def words(self) -> str:
        """ "逾期 3 天", "还有 5 天", "今天到期", "" """
        if self.opinion.state not in WAITING:
            return ""
        if self.days == 0:
            return "今天到期"
        return f"逾期 {-self.days} 天" if self.days < 0 else f"还有 {self.days} 天"


def deadline_of(opinion: Opinion, *, on: datetime.date) -> Deadline:
    return Deadline(opinion, (opinion.due_on - on).days)


def permission_for(opinion: Opinion, step: Step, by: Person) -> str:
    """What the step asks for; the committee itself answers what it is asked (VAD-12)."""
    path = opinion.village.organization.path
    is_its_own = opinion.answerer == Answerer.SUPERVISION and by.may(COMMITTEE, path)
    return COMMITTEE if is_its_own and step is STEPS["answer"] else step.permission


def may_void(user: Person, opinion: Opinion) -> bool:
    """Whoever wrote it down, or who stands beside the village; no clerk makes away with others' words."""
    path = opinion.village.organization.path
    return opinion.registered_by_id == user.pk or user.may("opinions.agree", path)


def steps_for(user: Person, opinion: Opinion) -> dict[str, Step]:
    """What the user may do with an opinion now, by action."""
    held = user.permissions_on(opinion.village.organization.path)
    if permission_for(opinion, STEPS["answer"], user) == COMMITTEE:
        held |= {STEPS["answer"].permission}
    found = open_steps(STEPS, opinion.state, held)
    if not may_void(user, opinion):
        found.pop("void", None)
    return found


def may_reveal(user: Person, opinion: Opinion) -> bool:
    """Whoever registered it knows; else the committee and the offices, never a clerk who is complained of."""
    path = opinion.village.organization.path
    if opinion.registered_by_id == user.pk and user.may("opinions.register", path):
        return True
    return user.may("opinions.reveal", path)


def petitioner_words(user: Person, opinion: Opinion) -> str:
    """What of the petitioner a page shows without a reason: "王某，138****1234", "匿名"."""
    if opinion.is_anonymous:
        return "匿名"
    if opinion.forgotten_on:
        return "已按期限删除"
    return masked(opinion.who) if may_reveal(user, opinion) else HIDDEN


def masked(petitioner: Petitioner) -> str:
    name = f"{petitioner.name[:1]}某" if petitioner.name else ""
    return "，".join(part for part in (name, mask_phone(petitioner.contact)) if part)


def has_petitioner(opinion: Opinion) -> bool:
    return not opinion.is_anonymous and opinion.forgotten_on is None


def last_answer(opinion: Opinion) -> str:
    """The words of the latest answer; its steps should be fetched with it."""
    return next((step.text for step in reversed(opinion.steps.all()) if step.action in ANSWERS), "")


def is_answered(opinion: Opinion) -> bool:
    return last_answer(opinion) != ""


def numbers_in(publication: Publication) -> range:
    """The numbers by which one asks about the lines of a published table."""
    return range(1, len(lines.of_content(publication.content)) + 1)


def publications_to_ask_about(user: Reader, village: Village) -> QuerySet[Publication]:
    """What the village has published of late, the latest first."""
    rows = publications_for(user).filter(
        village=village, state=PublicationState.PUBLISHED, audience=Audience.PUBLIC
    )
    latest = rows.order_by("-published_at")
    found: QuerySet[Publication] = latest.filter(
        pk__in=list(latest.values_list("pk", flat=True)[:ASKED_ABOUT])
    )
    return found


def village_to_hear(user: Person, code: str) -> Village | None:
    """The village of that code, if the user writes opinions down there."""
    return villages_of(user, REGISTER).filter(organization__code=code.replace("\0", "")).first()


def asked_about(user: Reader, village: Village, number: int | None) -> Publication | None:
    """What an opinion is about; refused when that is nothing that the village has published."""
    if number is None:
        return None
    found = publications_to_ask_about(user, village).filter(pk=number).first()
    if found is None:
        raise Refused("请选本村已公布的一件。", field="publication")
    return found


# --- how one asks -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A township or village and how one asks there; None where nothing is written down."""

    organization: Organization
    name: str
    how: AskingPlace | None


def places_kept_by(user: Person) -> list[Place]:
    """Townships and villages whose asking place the user keeps, in the tree's order; three queries."""
    scope = user.scope_for("opinions.decide")
    villages = Village.objects.filter(scope.q("organization__path")).current().select_related("organization")
    names = {village.organization: village.name for village in villages}
    for above in organizations_for(user).current().filter(scope.q(), kind="committee", sector="township"):
        names[above] = str(above)
    rows = AskingPlace.objects.filter(organization__in=names)
    how = {row.organization_id: row for row in rows}
    ordered: Sequence[Organization] = sorted(names, key=lambda each: each.path)
    return [Place(each, names[each], how.get(each.pk)) for each in ordered]


def place_kept_by(user: Person, number: int) -> Place | None:
    """One of them; None where the user keeps none of that number."""
    return next((place for place in places_kept_by(user) if place.organization.pk == number), None)
