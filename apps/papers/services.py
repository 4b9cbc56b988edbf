"""Verbs: hand out a paper or a batch, order a long one, replace a template and take it back."""

from __future__ import annotations

import hashlib

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.documents.filling import Context
from apps.core.errors import Refused
from apps.core.scope import ScopedQuerySet
from apps.decisions.models import FourStepDecision
from apps.meetings.models import Meeting
from apps.organizations.models import Organization
from apps.papers import making, queries, villages
from apps.papers.checking import check_template
from apps.papers.kinds import Paper, permission_for
from apps.papers.models import PaperJob, PaperTemplate
from apps.papers.orders import AT_ONCE, File, Order
from apps.papers.sheets import Sheet, sheet_of
from apps.papers.tasks import make_papers
from apps.supervision.models import SupervisionReport

NOT_READY = "文件还没有做好，或者已经过期删除。请重新打印。"


@transaction.atomic
def print_record(meeting: Meeting, paper: Paper, *, by: Person) -> File:
    """One paper of one record."""
    path = meeting.organization.path
    demand(by, queries.PRINT, path)
    file = making.made(making.paper_of(meeting, paper), paper, path=path, name=making.name_of(meeting, paper))
    record("papers.print", by=by, on=meeting, organization_path=path, paper=paper.value)
    return file


@transaction.atomic
def print_sheet(sheet: Sheet, *, by: Person) -> File:
    """The sign-in sheet of a meeting that is still to come."""
    demand(by, queries.PRINT, sheet.branch.path)
    context: Context = sheet_of(sheet)
    name = f"{sheet.entry.held_on} {Paper.SIGN_IN.label} {sheet.branch.name}"
    file = making.made(context, Paper.SIGN_IN, path=sheet.branch.path, name=name)
    path = sheet.branch.path
    record("papers.print", by=by, on=sheet.branch, organization_path=path, paper=Paper.SIGN_IN.value)
    return file


@transaction.atomic
def print_ledger(decision: FourStepDecision, *, by: Person) -> File:
    """The ledger of one matter (RURAL-08)."""
    path = decision.village.organization.path
    demand(by, permission_for(Paper.LEDGER), path)
    name = villages.name_of_ledger(decision)
    file = making.made(villages.ledger_words(decision), Paper.LEDGER, path=path, name=name)
    record("papers.print", by=by, on=decision, organization_path=path, paper=Paper.LEDGER.value)
    return file


@transaction.atomic
def print_report(report: SupervisionReport, *, by: Person) -> File:
    """A committee's report of half a year (SUPV-05)."""
    path = report.village.organization.path
    demand(by, permission_for(Paper.SUPERVISION), path)
    name = villages.name_of_report(report)
    file = making.made(villages.report_words(report), Paper.SUPERVISION, path=path, name=name)
    record("papers.print", by=by, on=report, organization_path=path, paper=Paper.SUPERVISION.value)
    return file


@transaction.atomic
def print_batch(order: Order, *, by: Person) -> File | PaperJob:
    """All papers of the order: at once when they are few, otherwise put in hand of a worker."""
    demand(by, permission_for(order.paper), order.path)
    if making.count_of(order, by) > AT_ONCE:
        return _put_in_hand(order, by)
    file = making.carry_out(order, by)
    record("papers.print", by=by, organization_path=order.path, **order.as_json())
    return file


def _put_in_hand(order: Order, by: Person) -> PaperJob:
    """Sent after the transaction, when the worker can find the row; if the broker is down, `tend` does."""
    job = PaperJob.objects.create(owner_id=by.pk, title=order.title, order=order.as_json())
    record("papers.order", by=by, on=job, organization_path=order.path, **order.as_json())
    transaction.on_commit(lambda: make_papers.delay(str(job.pk)), robust=True)
    return job


@transaction.atomic
def hand_out(job: PaperJob, *, by: Person) -> File:
    """The finished batch; refused once the owner may no longer see what is in it."""
    order = Order.from_json(job.order)
    demand(by, permission_for(order.paper), order.path)
    if not job.is_ready or not hasattr(job, "file"):
        raise Refused(NOT_READY)
    record("papers.download", by=by, on=job, organization_path=order.path)
    return File(job.file.name, bytes(job.file.content))


@transaction.atomic
def upload_template(
    county: Organization, paper: Paper, *, name: str, content: bytes, by: Person
) -> PaperTemplate:
    """Check a county's own template and use it from now on; the former ones are kept."""
    demand(by, queries.REPLACE, county.path)
    check_template(paper, content)
    rows = _locked(county, paper)
    rows.filter(in_use=True).update(in_use=False)
    return PaperTemplate.objects.create(
        organization=county,
        paper=paper,
        version=max(rows.values_list("version", flat=True), default=0) + 1,
        file_name=name[-200:],
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        in_use=True,
        uploaded_by_id=by.pk,
    )


@transaction.atomic
def use_template(template: PaperTemplate, *, by: Person) -> PaperTemplate:
    """Go back (or on) to a version that was uploaded before; it is checked by what holds today."""
    demand(by, queries.REPLACE, template.organization.path)
    paper = Paper(template.paper)
    check_template(paper, bytes(template.content))
    _locked(template.organization, paper).filter(in_use=True).update(in_use=False)
    template.in_use = True
    template.save(update_fields=["in_use"])
    return template


@transaction.atomic
def use_built_in(county: Organization, paper: Paper, *, by: Person) -> None:
    """Back to the template that comes with the system."""
    demand(by, queries.REPLACE, county.path)
    _locked(county, paper).filter(in_use=True).update(in_use=False)


def _locked(county: Organization, paper: Paper) -> ScopedQuerySet:
    """The county's versions; whoever replaces one at the same time waits."""
    Organization.objects.select_for_update().get(pk=county.pk)
    return PaperTemplate.objects.filter(organization=county, paper=paper)
