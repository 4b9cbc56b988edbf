"""Reads of the notice board: what is published and hangs, or does not (VAD-05, VAD-06)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from apps.attachments.models import Attachment
from apps.attachments.queries import attachments_of
from apps.core.scope import Reader, ScopedQuerySet
from apps.disclosure.board import Board, Hanging, Rule, stands
from apps.disclosure.catalogue import Audience
from apps.disclosure.models import Posting, Publication
from apps.disclosure.queries import publications_for
from apps.disclosure.states import State


@dataclass(frozen=True)
class Sheet:
    """A posting as its page shows it."""

    posting: Posting
    rule: Rule
    photo: Attachment | None = None

    @property
    def hanging(self) -> Hanging:
        return Hanging(self.posting.put_up_on, self.posting.taken_down_on)

    @property
    def words(self) -> str:
        return self.hanging.words(self.rule)

    @property
    def is_enough(self) -> bool:
        return self.hanging.is_enough(self.rule)


@dataclass(frozen=True)
class OnBoard:
    """A publication and where it stands on the notice board."""

    publication: Publication
    board: Board


def on_board(user: Reader, rule: Rule) -> ScopedQuerySet:
    """What is for everybody and must hang or have hung by the rule, the latest first."""
    rows = publications_for(user).filter(
        state=State.PUBLISHED, audience=Audience.PUBLIC, published_at__date__gte=rule.since
    )
    found: ScopedQuerySet = rows.prefetch_related(Prefetch("postings", Posting.objects.order_by("put_up_on")))
    return found.order_by("-published_at", "pk")


def lacking(rows: ScopedQuerySet, rule: Rule) -> ScopedQuerySet:
    """Those of them that no sheet makes whole: never put up, or taken down too soon."""
    found: ScopedQuerySet = rows.filter(~hangs(rule))
    return found


def hangs(rule: Rule) -> Exists:
    """Whether one of a publication's sheets is enough."""
    return Exists(Posting.objects.filter(publication=OuterRef("pk")).counting(rule))


def boarded(publication: Publication, rule: Rule) -> OnBoard:
    """Where one stands; its postings should be fetched with it."""
    sheets = [Hanging(each.put_up_on, each.taken_down_on) for each in publication.postings.all()]
    return OnBoard(publication, stands(sheets, rule))


def sheets_of(publication: Publication, rule: Rule) -> list[Sheet]:
    """Every posting of a publication, the first one first, each with its photo."""
    rows = Posting.objects.filter(publication=publication).select_related("by")
    return [Sheet(row, rule, _photo_of(row)) for row in rows]


def _photo_of(posting: Posting) -> Attachment | None:
    return attachments_of(str(posting.key)).filter(withdrawn_at=None).first()


def posting_for(user: Reader, number: int) -> Posting:
    """Raises Posting.DoesNotExist outside the scope."""
    rows = Posting.objects.visible_to(user).select_related("publication__village__organization")
    found: Posting = rows.get(pk=number)
    return found


def photo_for(user: Reader, number: int) -> Attachment:
    """The photo of a posting; raises ObjectDoesNotExist."""
    found = _photo_of(posting_for(user, number))
    if found is None:
        raise Attachment.DoesNotExist
    return found
