"""Printing: one record's papers, a sheet for a meeting to come, batches and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import Year
from apps.core.posting import carried_out
from apps.core.progress import progress_of
from apps.papers import making, queries, services, villages
from apps.papers.forms import OrderForm, SheetForm
from apps.papers.kinds import OF_A_RECORD, OF_A_VILLAGE, Paper
from apps.papers.orders import File
from apps.papers.running import name_of
from apps.papers.sheets import sheet_of

if TYPE_CHECKING:
    from apps.meetings.models import Meeting
    from apps.organizations.models import Organization
    from apps.papers.models import PaperJob

ROWS = 20
PAGES = ((Paper.MINUTES, "minutes"), (Paper.SIGN_IN, "sign_in"))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attachment(file: File) -> HttpResponse:
    """A file to be saved; no cache keeps it."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Cache-Control": "no-store",
    }
    kind = "application/zip" if file.is_archive else DOCX
    return HttpResponse(file.content, content_type=kind, headers=headers)


def paper_or_404(name: str) -> Paper:
    try:
        return Paper(name)
    except ValueError as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """Choose what to print; a few papers come at once, many as a job."""
    papers = queries.papers_for(request.user)
    if not papers:
        raise PermissionDenied
    places = queries.places_of(request.user)
    form = OrderForm(request.POST or None, papers=papers, places=places, initial=_asked(request, papers))
    made: list[File | PaperJob] = []
    if carried_out(form, lambda: made.append(services.print_batch(form.order(), by=request.user))):
        found = made[0]
        return attachment(found) if isinstance(found, File) else redirect("papers:batch", found.pk)
    context = {
        "form": form,
        "page": Paginator(queries.jobs_for(request.user), ROWS).get_page(request.GET.get("page")),
        "branch": queries.places_for(request.user).branches().first() if _at_branch(request) else None,
        "may_replace": request.user.may(queries.REPLACE),
    }
    return render(request, "papers/index.html", context, status=422 if form.errors else 200)


def _asked(request: SignedInRequest, papers: list[Paper]) -> dict[str, Any]:
    """What a link names already: the paper, the place by its number."""
    named = request.GET.get("under", "")
    found = queries.places_of(request.user).filter(pk=int(named)).first() if _is_key(named) else None
    place = {"place": f"{found.code} {found.name}"} if found else {}
    paper = request.GET.get("paper", papers[0].value)
    year = {"period": str(Year.of(today()))} if paper in OF_A_VILLAGE else {}
    return {"paper": paper, **year, **place}


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _at_branch(request: SignedInRequest) -> bool:
    return request.user.may("meetings.record")


def _record(request: SignedInRequest, number: int) -> Meeting:
    try:
        return queries.record_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
def minutes(request: SignedInRequest, number: int) -> HttpResponse:
    """The minutes to be printed by the browser, with what else can be made of the record."""
    return _printed(request, number, Paper.MINUTES, "papers/minutes.html")


@require_safe
def sign_in(request: SignedInRequest, number: int) -> HttpResponse:
    """The sign-in sheet of a meeting that was held."""
    return _printed(request, number, Paper.SIGN_IN, "papers/sign_in.html")


def _printed(request: SignedInRequest, number: int, paper: Paper, template: str) -> HttpResponse:
    meeting = _record(request, number)
    here = (str(meeting), meeting.get_absolute_url())
    context = {
        "meeting": meeting,
        "paper": making.paper_of(meeting, paper),
        "papers": [(each.value, each.label) for each in OF_A_RECORD],
        "tabs": [
            (each.label, reverse(f"papers:{name}", args=[number]), each is paper) for each, name in PAGES
        ],
        "trail": [("三会一课", reverse("meetings:list")), here, (paper.label, "")],
    }
    return render(request, template, context)


@require_POST
def word(request: SignedInRequest, number: int, paper: str) -> HttpResponse:
    """A paper of a record as a Word file; that it was taken is recorded."""
    kind = paper_or_404(paper)
    if kind not in OF_A_RECORD:
        raise Http404
    return attachment(services.print_record(_record(request, number), kind, by=request.user))


@require_POST
def ledger(request: SignedInRequest, number: int) -> HttpResponse:
    """A decision's ledger as a Word file; that it was taken is recorded."""
    try:
        decision = villages.decision_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return attachment(services.print_ledger(decision, by=request.user))


@require_POST
def report(request: SignedInRequest, number: int) -> HttpResponse:
    """A supervision committee's report as a Word file; that it was taken is recorded."""
    try:
        found = villages.report_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return attachment(services.print_report(found, by=request.user))


def _branch(request: SignedInRequest, code: str) -> Organization:
    try:
        return queries.branch_for(request.user, code)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """The sheet of a meeting to come: looked at with GET, taken as a Word file with POST."""
    branch = _branch(request, code)
    asked = request.POST or request.GET
    form = SheetForm(asked or None, branch=branch, initial=SheetForm.initial_for(branch))
    files: list[File] = []
    if request.method == "POST" and carried_out(
        form, lambda: files.append(services.print_sheet(form.sheet(), by=request.user))
    ):
        return attachment(files[0])
    context = {
        "form": form,
        "branch": branch,
        "paper": sheet_of(form.sheet()) if form.is_valid() else None,
        "trail": [("打印归档", reverse("papers:index")), ("会前签到表", "")],
    }
    return render(request, "papers/sheet.html", context, status=422 if form.errors else 200)


def _job(request: SignedInRequest, job_id: UUID) -> PaperJob:
    return get_object_or_404(queries.jobs_for(request.user), pk=job_id)


@require_safe
def batch(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    job = _job(request, job_id)
    context = {"job": job, "trail": [("打印归档", reverse("papers:index")), (job.title, "")]}
    return render(request, "papers/batch.html", {**context, **_progress(job)})


def _progress(job: PaperJob) -> dict[str, object]:
    progress = progress_of(name_of(job.pk))
    return {
        "title": f"{job.title}：{job.get_state_display()}",
        "done": progress.done,
        "total": progress.total,
        "href": reverse("papers:progress", args=[job.pk]),
        "running": job.is_running,
    }


@require_safe
def progress(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """The moving part alone; when the batch is there the page is fetched anew."""
    job = _job(request, job_id)
    if not job.is_running:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "papers/_progress.html", _progress(job))


@require_POST
def download(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    job = _job(request, job_id)
    try:
        return attachment(services.hand_out(job, by=request.user))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("papers:batch", job.pk)
