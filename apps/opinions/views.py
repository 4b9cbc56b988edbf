"""Pages of opinions: the list by deadline, writing one down, one on its way, how one asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out
from apps.core.workflow import open_steps
from apps.disclosure.queries import villages_of
from apps.opinions import queries, services
from apps.opinions.filters import OpinionFilter
from apps.opinions.forms import STEP_FORMS, OpinionForm, PlaceForm, RevealForm, StepForm
from apps.opinions.states import EVERY_STEP, PUBLISHING

if TYPE_CHECKING:
    from apps.opinions.models import Opinion
    from apps.organizations.models import Village

ROWS = 50
REGISTER, DECIDE = queries.REGISTER, "opinions.decide"
VERBS: dict[str, Callable[..., Opinion]] = {
    "answer": services.answer,
    "decide": services.decide,
    "ask": services.ask,
    "escalate": services.escalate,
    "void": services.void,
    "propose": services.propose,
    "agree": services.agree,
    "withhold": services.withhold,
}
DONE = {
    "answer": "已答复，请回访本人是否满意。",
    "decide": "已答复，请回访本人是否满意。",
    "ask": "已登记回访。",
    "escalate": "已转乡镇。",
    "void": "已作废，原因留着。",
    "propose": "已送审，监委会或者乡镇同意以后公布。",
    "agree": "已公布，村民现在就能看到，没有姓名。",
    "withhold": "定为不公布，原因留着。",
}


@require_safe
def opinion_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    found = OpinionFilter(request.GET, queries.opinions_for(request.user), request=request)
    rows = found.qs if found.is_valid() else queries.opinions_for(request.user).none()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "rows": [queries.deadline_of(row, on=today()) for row in page],
        "waiting": queries.waiting_for(request.user).count(),
        "clear": request.path if any(request.GET.values()) else "",
        "may_register": request.user.may(REGISTER),
        "may_decide": request.user.may(DECIDE),
    }
    return render(request, "opinions/list.html", context, status=200 if found.is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Choose the village where there are several; then one form."""
    demand(request.user, REGISTER)
    village = _village(request)
    if village is None:
        villages = villages_of(request.user, REGISTER)
        return render(request, "opinions/choose.html", {"villages": villages})
    form = OpinionForm(
        request.POST or None,
        publications=queries.publications_to_ask_about(request.user, village),
        initial={"publication": request.GET.get("publication"), "line": request.GET.get("line")},
    )
    made: list[Opinion] = []
    if carried_out(form, lambda: made.append(_registered(request, village, form))):
        messages.success(request, f"已登记，{made[0].due_on:%-m月%-d日}以前答复。")
        return redirect("opinions:detail", made[0].pk)
    context = {"form": form, "village": village, "back": reverse("opinions:list")}
    return render(request, "opinions/new.html", context, status=422 if form.is_bound else 200)


def _village(request: SignedInRequest) -> Village | None:
    """The one that the address names, or the only one; None while there is a choice."""
    if code := request.GET.get("village", ""):
        village = queries.village_to_hear(request.user, code)
        if village is None:
            raise Http404
        return village
    villages = villages_of(request.user, REGISTER)[:2]
    return villages[0] if len(villages) == 1 else None


def _registered(request: SignedInRequest, village: Village, form: OpinionForm) -> Opinion:
    return services.register(village, form.heard, petitioner=form.petitioner, by=request.user)


def _found(request: SignedInRequest, number: int) -> Opinion:
    try:
        return queries.opinion_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
def detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _detail(request, _found(request, number))


def _detail(
    request: SignedInRequest, opinion: Opinion, *, action: str = "", form: StepForm | None = None
) -> HttpResponse:
    held = request.user.permissions_on(opinion.village.organization.path)
    steps = queries.steps_for(request.user, opinion) | open_steps(PUBLISHING, opinion.publicity, held)
    if not queries.is_answered(opinion):
        steps.pop("propose", None)
    context = {
        "opinion": opinion,
        "deadline": queries.deadline_of(opinion, on=today()),
        "petitioner": queries.petitioner_words(request.user, opinion),
        "may_reveal": queries.has_petitioner(opinion) and queries.may_reveal(request.user, opinion),
        "steps": [
            (name, step.label, form if name == action and form else _form(name, opinion))
            for name, step in steps.items()
        ],
        "trail": [("群众意见", reverse("opinions:list")), (str(opinion), "")],
    }
    return render(request, "opinions/detail.html", context, status=422 if form else 200)


def _form(name: str, opinion: Opinion) -> StepForm:
    """An empty form of a step, with what is known already; each on the page with identifiers of its own."""
    return STEP_FORMS[name](auto_id=f"{name}_%s", initial=_known(opinion))


def _known(opinion: Opinion) -> dict[str, Any]:
    return {
        "version": opinion.version,
        "public_question": opinion.public_question or opinion.text[:500],
        "public_answer": opinion.public_answer or queries.last_answer(opinion),
    }


@require_POST
def step(request: SignedInRequest, number: int, action: str) -> HttpResponse:
    opinion = _found(request, number)
    if action not in VERBS:
        raise Http404
    needed = queries.permission_for(opinion, EVERY_STEP[action], request.user)
    demand(request.user, needed, opinion.village.organization.path)
    form = STEP_FORMS[action](request.POST, auto_id=f"{action}_%s")
    if not carried_out(form, lambda: VERBS[action](opinion, **form.cleaned_data, by=request.user)):
        return _detail(request, opinion, action=action, form=form)
    messages.success(request, DONE[action])
    return redirect("opinions:detail", number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: SignedInRequest, number: int) -> HttpResponse:
    """Ask for the reason; who it was is in the answer to the POST only, after the reason is on record."""
    opinion = _found(request, number)
    if not queries.may_reveal(request.user, opinion):
        raise PermissionDenied
    form = RevealForm(request.POST or None)
    shown: list[Any] = []
    if carried_out(form, lambda: shown.append(_revealed(request, opinion, form))):
        context = {"opinion": opinion, "petitioner": shown[0], "reason": form.cleaned_data["reason"]}
        return render(request, "opinions/revealed.html", context)
    context = {"opinion": opinion, "form": form, "back": reverse("opinions:detail", args=[number])}
    return render(request, "opinions/reveal.html", context, status=422 if form.is_bound else 200)


def _revealed(request: SignedInRequest, opinion: Opinion, form: RevealForm) -> object:
    return services.reveal(opinion, reason=form.cleaned_data["reason"], by=request.user)


@require_safe
def places(request: SignedInRequest) -> HttpResponse:
    demand(request.user, DECIDE)
    context = {"places": queries.places_kept_by(request.user)}
    return render(request, "opinions/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.place_kept_by(request.user, pk)
    if found is None:
        raise Http404
    form = PlaceForm(request.POST or None, instance=found.how)
    if carried_out(form, lambda: services.say_how(found.organization, by=request.user, **form.cleaned_data)):
        messages.success(request, "已保存，公开页面上就是这样写。")
        return redirect("opinions:places")
    context = {"form": form, "place": found, "back": reverse("opinions:places")}
    return render(request, "opinions/place.html", context, status=422 if form.is_bound else 200)
