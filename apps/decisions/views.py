"""The list of matters, one with its way, and the forms of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.decisions import queries, services, way
from apps.decisions.filters import DecisionFilter
from apps.decisions.forms import MatterChangeForm, NewMatterForm, ReasonForm, ResultForm, StepForm
from apps.decisions.kinds import Kind, Stage
from apps.decisions.rules import next_stage

if TYPE_CHECKING:
    from apps.decisions.models import FourStepDecision

ROWS = 50
TITLE = "四议两公开"
WRITING = ("GET", "HEAD", "POST")
DRAFTS = {"resolution": services.draft_resolution, "result": services.draft_result}


@require_safe
def decision_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    everything = queries.decisions_for(request.user)
    found = DecisionFilter(request.GET, everything, request=request)
    rows = found.qs if found.is_valid() else everything.none()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "clear": request.path if any(request.GET.values()) else "",
        "may_prepare": request.user.may(queries.PREPARE),
    }
    return render(request, "decisions/list.html", context, status=200 if found.is_valid() else 422)


def _found(request: SignedInRequest, number: int) -> FourStepDecision:
    try:
        return queries.decision_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _mine(request: SignedInRequest, number: int) -> FourStepDecision:
    """The matter, for whoever may write it down."""
    decision = _found(request, number)
    demand(request.user, queries.PREPARE, decision.village.organization.path)
    return decision


@require_safe
def detail(request: SignedInRequest, number: int) -> HttpResponse:
    decision = _found(request, number)
    path = decision.village.organization.path
    may_write = request.user.may(queries.PREPARE, path)
    context = {
        "decision": decision,
        "moments": way.moments_of(decision, reads_meetings=request.user.may("meetings.view", path)),
        "next": way.next_of(decision) if may_write else None,
        "may_write": may_write,
        "may_change": may_write and way.is_open(decision),
        "may_take_back": may_write and way.may_take_back(decision),
        "project": getattr(decision, "project", None),
        "may_plan": may_write and way.may_plan(decision),
        "trail": [(TITLE, reverse("decisions:list")), (str(decision), "")],
    }
    return render(request, "decisions/detail.html", context)


@require_http_methods(WRITING)
def new(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.PREPARE)
    villages = queries.villages_of(request.user)
    form = NewMatterForm(request.POST or None, villages=villages, groups=queries.groups_of(villages))
    made: list[FourStepDecision] = []
    if request.method == "POST" and carried_out(
        form, lambda: made.append(services.begin(**form.cleaned_data, by=request.user))
    ):
        return redirect("decisions:detail", made[0].pk)
    return _form_page(request, form, "登记要议的事项", reverse("decisions:list"))


@require_http_methods(WRITING)
def edit(request: SignedInRequest, number: int) -> HttpResponse:
    decision = _mine(request, number)
    stored = {name: getattr(decision, name) for name in MatterChangeForm.base_fields}
    groups = queries.groups_of([decision.village])
    form = MatterChangeForm(request.POST or None, initial=stored, groups=groups)
    if request.method == "POST" and carried_out(
        form, lambda: services.rewrite(decision, **form.cleaned_data, by=request.user)
    ):
        return redirect("decisions:detail", number)
    return _form_page(request, form, f"改“{decision}”", reverse("decisions:detail", args=[number]))


@require_http_methods(WRITING)
def step(request: SignedInRequest, number: int) -> HttpResponse:
    decision = _mine(request, number)
    due = next_stage(queries.steps_of(decision))
    if due is None or not way.is_open(decision):
        messages.error(request, "四议都办完了，没有下一步要登记。")
        return redirect("decisions:detail", number)
    votes = queries.party_votes(request.user, decision, due)
    form = StepForm(
        request.POST or None,
        due=due,
        kind=Kind(decision.kind),
        votes=votes,
        may_merge=queries.merging_allowed(decision, today()),
    )
    if request.method == "POST" and carried_out(form, lambda: _hold(request, decision, form)):
        return redirect("decisions:detail", number)
    back = reverse("decisions:detail", args=[number])
    needs = way.needs_of(due, Kind(decision.kind))
    return _form_page(request, form, f"第{'一二三四'[due - 1]}步：{due.label}", back, needs=needs)


def _hold(request: SignedInRequest, decision: FourStepDecision, form: StepForm) -> None:
    stage, merged = form.cleaned_data["stage"], form.cleaned_data.get("merged", False)
    if stage not in Stage.values:
        raise Refused("没有这一步，请刷新页面再看。")
    held = services.hold(decision, Stage(stage), form.sitting(), merged=merged, by=request.user)
    tell = messages.success if held.passed else messages.error
    tell(request, held.verdict)


@require_http_methods(WRITING)
def result(request: SignedInRequest, number: int) -> HttpResponse:
    decision = _mine(request, number)
    stored = {"words": decision.result_words, "on": decision.result_on or today()}
    form = ResultForm(request.POST or None, initial=stored)
    if request.method == "POST" and carried_out(
        form, lambda: services.report_result(decision, **form.cleaned_data, by=request.user)
    ):
        return redirect("decisions:detail", number)
    return _form_page(request, form, "登记实施结果", reverse("decisions:detail", args=[number]))


@require_http_methods(WRITING)
def take_back(request: SignedInRequest, number: int) -> HttpResponse:
    return _for_a_reason(request, number, services.take_back, "撤掉最后一步", "已撤掉，请重新登记。")


@require_http_methods(WRITING)
def drop(request: SignedInRequest, number: int) -> HttpResponse:
    return _for_a_reason(request, number, services.drop, "不再办", "已登记不再办。")


def _for_a_reason(
    request: SignedInRequest, number: int, verb: way.Verb, title: str, done: str
) -> HttpResponse:
    decision = _mine(request, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, lambda: verb(decision, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, done)
        return redirect("decisions:detail", number)
    return _form_page(request, form, f"{title}：{decision}", reverse("decisions:detail", args=[number]))


@require_POST
def draft(request: SignedInRequest, number: int, which: str) -> HttpResponse:
    decision = _mine(request, number)
    if which not in DRAFTS:
        raise Http404
    try:
        publication = DRAFTS[which](decision, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("decisions:detail", number)
    messages.success(request, "公布稿写好了，请看一遍，再送监委会审查。")
    return redirect("disclosure:detail", publication.pk)


def _form_page(
    request: SignedInRequest, form: Form, title: str, back: str, *, needs: tuple[str, ...] = ()
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "needs": needs}
    return render(request, "decisions/form.html", context, status=422 if form.errors else 200)
