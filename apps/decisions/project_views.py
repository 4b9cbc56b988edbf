"""The page of a project, its plan, and the forms of its phases."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.decisions import phases, queries, services
from apps.decisions.filters import ProjectFilter
from apps.decisions.forms import PHASE_FORMS, PlanForm, ShareFormSet
from apps.decisions.models.projects import Phase

if TYPE_CHECKING:
    from apps.decisions.models import FourStepDecision, Project

ROWS = 50
WRITING = ("GET", "HEAD", "POST")
VERBS: dict[str, Callable[..., Project]] = {
    "contract": services.sign_contract,
    "acceptance": services.accept,
    "settlement": services.settle,
    "payment": services.pay,
}


@require_safe
def project_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    everything = queries.projects_for(request.user)
    found = ProjectFilter(request.GET, everything, request=request)
    rows = found.qs if found.is_valid() else everything.none()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "clear": request.path if any(request.GET.values()) else "",
    }
    return render(request, "decisions/projects.html", context, status=200 if found.is_valid() else 422)


def _found(request: SignedInRequest, number: int) -> Project:
    try:
        return queries.project_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _mine(request: SignedInRequest, number: int) -> Project:
    found = _found(request, number)
    demand(request.user, queries.PREPARE, found.village.organization.path)
    return found


@require_safe
def detail(request: SignedInRequest, number: int) -> HttpResponse:
    project = _found(request, number)
    may_write = request.user.may(queries.PREPARE, project.village.organization.path)
    context = {
        "project": project,
        "cards": phases.cards_of(project, may_write=may_write),
        "remarks": phases.remarks_of(project),
        "may_plan": may_write and project.contract_on is None,
        "may_write": may_write,
        "trail": [
            ("四议两公开", reverse("decisions:list")),
            (str(project.decision), project.decision.get_absolute_url()),
            (str(project), ""),
        ],
    }
    return render(request, "decisions/project.html", context)


@require_http_methods(WRITING)
def plan(request: SignedInRequest, number: int) -> HttpResponse:
    """The plan of the project that a decision is about; `number` is the decision's."""
    decision = _decision(request, number)
    stored, shares = phases.plan_of(decision)
    form = PlanForm(request.POST or None, initial=stored)
    sources = ShareFormSet(request.POST or None, initial=shares, prefix="share")
    if request.method == "POST" and sources.is_valid():
        made: list[Project] = []
        given = [share for each in sources.forms if (share := each.share())]
        if carried_out(
            form,
            lambda: made.append(
                services.plan_project(decision, shares=given, **form.cleaned_data, by=request.user)
            ),
        ):
            return redirect("decisions:project", made[0].pk)
    is_wrong = bool(form.errors) or any(each.errors for each in sources.forms if sources.is_bound)
    context = {"form": form, "sources": sources, "decision": decision, "back": decision.get_absolute_url()}
    return render(request, "decisions/plan.html", context, status=422 if is_wrong else 200)


def _decision(request: SignedInRequest, number: int) -> FourStepDecision:
    try:
        decision = queries.decision_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    demand(request.user, queries.PREPARE, decision.village.organization.path)
    return decision


@require_http_methods(WRITING)
def phase(request: SignedInRequest, number: int, name: str) -> HttpResponse:
    project = _mine(request, number)
    if name not in VERBS:
        raise Http404
    form: Form = PHASE_FORMS[name](request.POST or None, initial=phases.stored_of(project, Phase(name)))
    if request.method == "POST" and carried_out(
        form, lambda: VERBS[name](project, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, f"已登记{Phase(name).label}。")
        return redirect("decisions:project", number)
    context: dict[str, Any] = {
        "form": form,
        "title": f"{project}：{Phase(name).label}",
        "back": project.get_absolute_url(),
        "needs": (),
    }
    return render(request, "decisions/form.html", context, status=422 if form.errors else 200)


@require_POST
def disclose(request: SignedInRequest, number: int, name: str) -> HttpResponse:
    project = _mine(request, number)
    if name not in Phase.values:
        raise Http404
    try:
        publication = services.disclose_phase(project, Phase(name), by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("decisions:project", number)
    messages.success(request, "公布稿写好了，请看一遍，再送监委会审查。")
    return redirect("disclosure:detail", publication.pk)
