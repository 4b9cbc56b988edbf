"""Upload, watch, look at the result, decide, write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.core.progress import progress_of
from apps.imports import pages, queries, services, workbooks
from apps.imports.forms import ChoiceForm, UploadForm
from apps.imports.registry import Importer, importer_named, importers
from apps.imports.running import content_read
from apps.imports.states import Shelf, State

if TYPE_CHECKING:
    from apps.imports.models import ImportJob

PAGE = 50
DEFAULT_KIND = "roster"


def _importer(name: str) -> Importer:
    try:
        return importer_named(name)
    except KeyError:
        raise Http404 from None


def _job(request: SignedInRequest, job_id: UUID) -> tuple[ImportJob, Importer]:
    """The user's own job, as long as they may import at all."""
    job = get_object_or_404(queries.jobs_for(request.user), pk=job_id)
    importer = importer_named(job.kind)
    demand(request.user, importer.permission)
    return job, importer


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    page = Paginator(queries.jobs_for(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [(job, importer_named(job.kind)) for job in page.object_list]
    return render(request, "imports/index.html", {"page": page, "rows": rows, "importers": _open_to(request)})


def _open_to(request: SignedInRequest) -> list[Importer]:
    """The importers that the user may use, by the page that they fill."""
    found = [importer for importer in importers() if request.user.may(importer.permission)]
    return sorted(found, key=lambda importer: importer.home_title, reverse=True)


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest, kind: str = "") -> HttpResponse:
    importer = _importer(kind or request.GET.get("kind", DEFAULT_KIND))
    demand(request.user, importer.permission)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = services.receive_file(importer, name=file.name, content=file.read(), by=request.user)
            return redirect("imports:detail", job.pk)
        except Refused as refused:
            form.add_error("file", refused.sentence)
    home = reverse(importer.home)
    context = {
        "form": form,
        "importer": importer,
        "columns": list(pages.understood(importer)),
        "steps": pages.STEPS,
        "home": home,
        "trail": pages.trail_of(importer, home),
    }
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


@require_GET
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    importer = _importer(kind)
    demand(request.user, importer.permission)
    return _download(workbooks.template(importer), f"{importer.title}（模板）.xlsx")


@require_GET
def detail(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    job, importer = _job(request, job_id)
    return _result(request, job, importer)


def _result(
    request: SignedInRequest, job: ImportJob, importer: Importer, *, refusal: str = ""
) -> HttpResponse:
    home = reverse(importer.home)
    context: dict[str, Any] = {
        "job": job,
        "importer": importer,
        "steps": pages.STEPS,
        "step": pages.step_of(job),
        "refusal": refusal,
        "home": home,
        "trail": pages.trail_of(importer, home),
        "notice_state": "bad" if job.state == State.FAILED else "warn",
    }
    if job.is_waiting:
        context |= _progress(job)
    elif job.state == State.READY:
        context |= _ready(request, job, importer)
    elif job.state == State.DONE:
        context["sentence"] = pages.done_sentence(job, importer)
    return render(request, "imports/detail.html", context, status=422 if refusal else 200)


def _ready(request: SignedInRequest, job: ImportJob, importer: Importer) -> dict[str, Any]:
    tab = pages.tab_named(request.GET.get("tab"), job)
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": pages.tabs_of(job, tab),
        "write_label": pages.write_label(job, importer),
        "problems": job.errors + job.warnings,
        "page": None,
        "readings": [],
        "subject_title": importer.subject_title,
        "bad_sentence": pages.bad_sentence(job, importer),
        "unchanged_title": f"无变化 {pages.counted(job.unchanged)} {importer.unit}",
    }
    if tab in Shelf.values:
        context["page"] = Paginator(queries.lines_of(job, Shelf(tab)), PAGE).get_page(request.GET.get("page"))
    elif tab == pages.COLUMNS_TAB:
        context["readings"] = pages.readings_of(job)
    return context


def _progress(job: ImportJob) -> dict[str, Any]:
    progress = progress_of(job.pk)
    titles = {State.UPLOADED: "等待读取", State.READING: "正在读表", State.COMMITTING: "正在写入"}
    return {
        "title": titles[State(job.state)],
        "done": progress.done,
        "total": progress.total,
        "href": reverse("imports:progress", args=[job.pk]),
        "running": True,
    }


@require_GET
def progress(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """The moving part alone; when the step is over the page is fetched anew."""
    job, _importer_of_job = _job(request, job_id)
    if not job.is_waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "imports/_progress.html", _progress(job))


@require_GET
def annotated(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """The uploaded table with what is wrong in it."""
    job, importer = _job(request, job_id)
    notes = [
        workbooks.Note(
            line.sheet, line.row, line.position, f"{line.text}{line.advice}", line.severity == "error"
        )
        for line in queries.lines_of(job, Shelf.PROBLEM)
    ]
    try:
        content = workbooks.annotated(importer, content_read(job), notes)
    except Refused as refused:
        return _result(request, job, importer, refusal=refused.sentence)
    return _download(content, f"{job.file_name.rsplit('.', 1)[0]}（已标注）.xlsx")


@require_POST
def choose(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    job, importer = _job(request, job_id)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _result(request, job, importer, refusal="没有看懂要怎样处理，请再点一次。")
    return _done(request, job, importer, services.choose, **form.choice())


@require_POST
def commit(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    job, importer = _job(request, job_id)
    return _done(request, job, importer, services.commit, shown=request.POST.get("shown", ""))


@require_POST
def cancel(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    job, importer = _job(request, job_id)
    return _done(request, job, importer, services.cancel)


def _done(
    request: SignedInRequest, job: ImportJob, importer: Importer, verb: Any, **arguments: Any
) -> HttpResponse:
    try:
        verb(job, by=request.user, **arguments)
    except Refused as refused:
        job.refresh_from_db()
        return _result(request, job, importer, refusal=refused.sentence)
    return redirect("imports:detail", job.pk)


def _download(content: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(
        content,
        content_type=workbooks.XLSX,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )
