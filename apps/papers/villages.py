"""Papers of villages: which an order asks for, and how they are gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.core.periods import HalfYear
from apps.core.scope import Reader
from apps.decisions.models import DecisionStep, FourStepDecision
from apps.decisions.queries import whole_decisions_for
from apps.disclosure.models import Deed, Posting, Publication
from apps.papers.kinds import Paper
from apps.papers.ledgers import keys_of, ledger_of, report_of
from apps.papers.orders import Bundle, Order, file_name
from apps.papers.records import Words
from apps.supervision.models import SupervisionReport
from apps.supervision.queries import work_of

CHUNK = 100


def decision_for(user: Reader, number: int) -> FourStepDecision:
    """One matter with all that its ledger says; raises FourStepDecision.DoesNotExist outside the scope."""
    found: FourStepDecision = _with_everything(whole_decisions_for(user)).get(pk=number)
    return found


def report_for(user: Reader, number: int) -> SupervisionReport:
    """One written report; raises SupervisionReport.DoesNotExist outside the scope."""
    found: SupervisionReport = _reports(user).get(pk=number)
    return found


def ledger_words(decision: FourStepDecision) -> Words:
    return ledger_of(decision, _photographed(keys_of([decision])))


def report_words(report: SupervisionReport) -> Words:
    return report_of(report, work_of(report.village, report.half))


def name_of_ledger(decision: FourStepDecision) -> str:
    """ "河口镇东湾村 四议两公开台账 修缮村活动室" """
    return file_name(f"{decision.village} {Paper.LEDGER.label} {decision.title}")


def name_of_report(report: SupervisionReport) -> str:
    return file_name(f"{report.village} {report.half.label}{Paper.SUPERVISION.label}")


def count_of(order: Order, user: Reader) -> int:
    return ORDERED[order.paper](order, user).count()


def bundles_of(order: Order, user: Reader) -> Iterator[Bundle]:
    return _ledgers(order, user) if order.paper is Paper.LEDGER else _reports_of(order, user)


def decisions_ordered(order: Order, user: Reader) -> QuerySet[FourStepDecision]:
    """The matters of which a step was held in the order's time and place, village by village."""
    span = (order.period.first, order.period.last)
    held = DecisionStep.objects.filter(decision=OuterRef("pk"), held_on__range=span)
    rows: QuerySet[FourStepDecision] = whole_decisions_for(user).filter(
        Exists(held), village__organization__path__startswith=order.path
    )
    return rows.order_by("village__organization__path", "id")


def reports_ordered(order: Order, user: Reader) -> QuerySet[SupervisionReport]:
    """The written reports of the half-years that the order's period touches."""
    halves = {HalfYear.of(month.first).first for month in order.period.months}
    rows = _reports(user).filter(first_on__in=halves, village__organization__path__startswith=order.path)
    return rows.order_by("village__organization__path", "first_on")


ORDERED: dict[Paper, Callable[[Order, Reader], QuerySet]] = {
    Paper.LEDGER: decisions_ordered,
    Paper.SUPERVISION: reports_ordered,
}


def _ledgers(order: Order, user: Reader) -> Iterator[Bundle]:
    """Some at a time, so that memory has an end."""
    rows = decisions_ordered(order, user)
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = list(_with_everything(rows.filter(pk__in=keys[start : start + CHUNK])))
        photographed = _photographed(keys_of(chunk))
        for row in chunk:
            yield Bundle(name_of_ledger(row), (ledger_of(row, photographed),))


def _reports_of(order: Order, user: Reader) -> Iterator[Bundle]:
    for report in reports_ordered(order, user):
        yield Bundle(name_of_report(report), (report_words(report),))


def _reports(user: Reader) -> QuerySet[SupervisionReport]:
    rows: QuerySet[SupervisionReport] = SupervisionReport.objects.visible_to(user)
    return rows.select_related("village__organization")


def _with_everything(rows: QuerySet[FourStepDecision]) -> QuerySet[FourStepDecision]:
    """The rows with what the committee said of both publications, and where they hung; five queries more."""
    deeds, postings = Deed.objects.order_by("id"), Posting.objects.order_by("put_up_on", "id")
    told = Publication.objects.defer("content", "body").prefetch_related(
        Prefetch("deeds", deeds), Prefetch("postings", postings)
    )
    rows = rows.select_related(None).select_related("village__organization", "group")
    return rows.prefetch_related(Prefetch("resolution", told), Prefetch("result", told))


def _photographed(keys: set[str]) -> set[str]:
    rows = Attachment.objects.filter(owner__in=keys, kind=Kind.PHOTO, withdrawn_at=None)
    return set(rows.values_list("owner", flat=True))
