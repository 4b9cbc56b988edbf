"""The county's own templates: see them, take the built-in one, upload, go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.papers import queries, services
from apps.papers.forms import TemplateForm
from apps.papers.kinds import ABOUT, Paper
from apps.papers.layouts import built_in
from apps.papers.orders import File
from apps.papers.placeholders import PLACEHOLDERS
from apps.papers.views import attachment, paper_or_404

if TYPE_CHECKING:
    from apps.organizations.models import Organization
    from apps.papers.models import PaperTemplate


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Each kind of paper with the template that is in use, county by county."""
    demand(request.user, queries.REPLACE)
    counties = []
    for county in queries.counties_for(request.user):
        own = queries.in_use(county.code, list(Paper))
        counties.append((county, [(paper, ABOUT[paper], own.get(paper)) for paper in Paper]))
    return render(request, "papers/templates.html", {"counties": counties, "trail": _trail()})


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("打印归档", reverse("papers:index")),
        ("打印模板", reverse("papers:templates") if more else ""),
        *more,
    ]


@require_safe
def built_in_file(request: SignedInRequest, paper: str) -> HttpResponse:
    """The template that comes with the system, to be changed in Word."""
    demand(request.user, queries.REPLACE)
    kind = paper_or_404(paper)
    return attachment(File(f"{kind.label}（内置模板）.docx", built_in(kind)))


def _county(request: SignedInRequest, code: str) -> Organization:
    county = queries.counties_for(request.user).filter(code=code.replace("\0", "")).first()
    if county is None:
        raise Http404
    found: Organization = county
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: SignedInRequest, code: str, paper: str) -> HttpResponse:
    """One kind's template: upload another, see the former ones and what may be written in it."""
    county, kind = _county(request, code), paper_or_404(paper)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if carried_out(form, lambda: _upload(county, kind, form, request)):
        messages.success(request, "模板已经换上，以后打印都用它。")
        return redirect("papers:template", code, paper)
    context = {
        "county": county,
        "paper": kind,
        "form": form,
        "versions": queries.versions_of(county, kind),
        "placeholders": PLACEHOLDERS[kind],
        "trail": _trail((kind.label, "")),
    }
    return render(request, "papers/template.html", context, status=422 if form.errors else 200)


def _upload(county: Organization, kind: Paper, form: TemplateForm, request: SignedInRequest) -> PaperTemplate:
    file = form.cleaned_data["file"]
    return services.upload_template(county, kind, name=file.name, content=file.read(), by=request.user)


@require_POST
def reset(request: SignedInRequest, code: str, paper: str) -> HttpResponse:
    services.use_built_in(_county(request, code), paper_or_404(paper), by=request.user)
    messages.success(request, "已经改回内置模板。上传过的都还留着。")
    return redirect("papers:template", code, paper)


def _version(request: SignedInRequest, pk: int) -> PaperTemplate:
    found = queries.version_for(request.user, pk)
    if found is None:
        raise Http404
    return found


@require_safe
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """A template as it was uploaded."""
    found = _version(request, pk)
    name = f"{Paper(found.paper).label}（第{found.version}版）.docx"
    return attachment(File(name, bytes(found.content)))


@require_POST
def use(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _version(request, pk)
    try:
        services.use_template(found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"已经换成第{found.version}版。")
    return redirect("papers:template", found.organization.code, found.paper)
