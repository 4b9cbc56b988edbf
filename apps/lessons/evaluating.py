"""Pages on which a branch asks for an evaluation, counts papers, and sees what was thought."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.posting import carried_out, errors_of
from apps.lessons import queries, services
from apps.lessons.drawing import SVG, draw_qr
from apps.lessons.forms import OpenForm, PapersForm, papers_initial
from apps.lessons.queries import EVALUATE, VIEW
from apps.lessons.rules import FEWEST_SHOWN, Grade

if TYPE_CHECKING:
    from apps.lessons.models import Evaluation
    from apps.meetings.models import Meeting


def _lesson(request: SignedInRequest, pk: int) -> Meeting:
    found: Meeting = get_object_or_404(queries.lessons_for(request.user), pk=pk)
    return found


def _evaluation(request: SignedInRequest, pk: int) -> Evaluation:
    """The evaluation of the lesson, for its own branch."""
    found: Evaluation = get_object_or_404(queries.evaluations_for(request.user), meeting=pk)
    demand(request.user, EVALUATE, found.meeting.organization.path)
    return found


@require_safe
def evaluation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the evaluation of the lesson stands; before it is asked for, how to ask."""
    lesson = _lesson(request, pk)
    demand(request.user, VIEW, lesson.organization.path)
    return _shown(request, lesson, OpenForm(), None)


def _shown(
    request: SignedInRequest, lesson: Meeting, opening: OpenForm, papers: PapersForm | None, status: int = 200
) -> HttpResponse:
    found: Evaluation | None = getattr(lesson, "evaluation", None)
    may_ask = request.user.may(EVALUATE, lesson.organization.path)
    context = {
        "lesson": lesson,
        "may_ask": may_ask,
        "opening": opening,
        "grades": [grade.label for grade in Grade],
        "fewest": FEWEST_SHOWN,
        "trail": [("党课", reverse("lessons:list")), ("评价", "")],
        "found": found,
        **(_state_of(request, found, papers, may_ask) if found else {}),
    }
    return render(request, "lessons/evaluation.html", context, status=status)


def _state_of(
    request: SignedInRequest, found: Evaluation, papers: PapersForm | None, may_ask: bool
) -> dict[str, object]:
    counted = PapersForm(initial=papers_initial(found.papers, found.paper_counts))
    return {
        "is_open": queries.is_open(found),
        "number": queries.answers_of(found),
        "result": queries.result_of(found),
        "papers": papers or counted,
        "link": _address(request, found) if may_ask else "",
    }


def _address(request: SignedInRequest, found: Evaluation) -> str:
    return request.build_absolute_uri(reverse("lessons:answer", args=[found.token]))


@require_POST
def open_one(request: SignedInRequest, pk: int) -> HttpResponse:
    lesson = _lesson(request, pk)
    demand(request.user, EVALUATE, lesson.organization.path)
    form = OpenForm(request.POST)
    if carried_out(form, lambda: services.open_evaluation(lesson, by=request.user, **form.cleaned_data)):
        messages.success(request, "可以扫码评价了。")
        return redirect("lessons:evaluation", pk)
    return _shown(request, lesson, form, None, 422)


@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    services.close_evaluation(_evaluation(request, pk), by=request.user)
    messages.success(request, "评价已经结束，结果在下面。")
    return redirect("lessons:evaluation", pk)


@require_POST
def papers(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _evaluation(request, pk)
    form = PapersForm(request.POST)
    count = partial(services.count_papers, found, by=request.user)
    if carried_out(form, lambda: count(number=form.cleaned_data["number"], counts=form.counts)):
        messages.success(request, "纸质答卷已经记下。")
        return redirect("lessons:evaluation", pk)
    messages.error(request, errors_of(form))
    return _shown(request, _lesson(request, pk), OpenForm(), form, 422)


@require_safe
def qr(request: SignedInRequest, pk: int) -> HttpResponse:
    """The link as an image to show or print."""
    found = _evaluation(request, pk)
    return HttpResponse(
        draw_qr(_address(request, found)), content_type=SVG, headers={"Cache-Control": "no-store"}
    )
