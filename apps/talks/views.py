"""Pages of talks: how far the branches are, one branch's year, and writing talks down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out, errors_of
from apps.organizations.years import YearForm, years_offered
from apps.talks import pages, queries, services
from apps.talks.forms import CoverageForm, TalkForm, WithdrawForm

if TYPE_CHECKING:
    from apps.organizations.models import Organization

VIEW, RECORD = "talks.view", "talks.record"
RULE_HREF = reverse_lazy("regulations:detail", args=[queries.RULE])
ROWS = 50


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """The branches and how far each is; whoever has a single one is led to it."""
    demand(request.user, VIEW)
    form = CoverageForm(request)
    branches = queries.branches_for(request.user)
    if not form.is_asked and len(one := branches[:2]) == 1:
        return redirect("talks:branch", one[0].pk)
    if not form.is_valid():
        return render(request, "talks/list.html", {"form": form, "page": None, "clear": ""}, status=422)
    state = form.cleaned_data["state"]
    found = form.below(branches)
    rows = _in_state(found, form.asked_year, state) if state else found
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": pages.rows_of(list(page), form.asked_year),
        "year": form.asked_year,
        "rule": queries.rule_of(form.asked_year),
        "rule_href": RULE_HREF,
        "clear": request.path if form.is_asked else "",
    }
    return render(request, "talks/list.html", context)


def _in_state(branches: queries.OrganizationQuerySet, year: int, state: str) -> list[Organization]:
    rows = pages.rows_of(list(branches), year)
    return [row.branch for row in rows if row.coverage.complete is (state == "complete")]


@require_safe
def branch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has not had a talk yet in the year, and what was written down."""
    place = get_object_or_404(queries.branches_for(request.user), pk=pk)
    form = YearForm(request)
    year = form.asked_year if form.is_valid() else today().year
    found = pages.branch_year(place, year)
    context = {
        "found": found,
        "total": f"{len(found.talks)} 次",
        "rule_href": RULE_HREF,
        "years": years_offered(),
        "may_record": request.user.may(RECORD, place.path),
        "trail": [("谈心谈话", reverse("talks:list")), (str(place), "")],
    }
    return render(request, "talks/branch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Tap the names, one save; the day and the secretary are filled in."""
    demand(request.user, RECORD)
    branches = queries.recording_branches(request.user)
    code = request.GET.get("branch", "").replace("\0", "")
    if not code and len(branches[:2]) != 1:
        return render(request, "talks/choose.html", {"branches": branches})
    place = get_object_or_404(branches, code=code) if code else branches[0]
    people = pages.names_to_tap(place, today())
    form = TalkForm(request.POST or None, people=people, initial=_wish(request, place, people))
    record = partial(services.record_talks, place, by=request.user)
    if carried_out(form, lambda: _told(request, record(**form.cleaned_data))):
        return redirect("talks:branch", place.pk)
    context = {"form": form, "branch": place, "back": reverse("talks:branch", args=[place.pk])}
    return render(request, "talks/new.html", context, status=422 if form.is_bound else 200)


def _told(request: SignedInRequest, count: int) -> None:
    messages.success(request, f"已记下 {count} 次谈话。" if count else "这几次谈话已经登记过了。")


def _wish(request: SignedInRequest, place: Organization, people: list[tuple[int, str]]) -> dict[str, object]:
    """Whom a link names; without one, the branch's secretary is who talks."""
    known = {str(pk): pk for pk, _ in people}
    who = known.get(request.GET.get("who", ""))
    to = known.get(request.GET.get("to", ""))
    return {
        "one": who or queries.secretary_on(place, today()),
        "others": [to] if to else [],
        "held_on": today(),
    }


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    talk = get_object_or_404(queries.talks_for(request.user), pk=pk)
    demand(request.user, RECORD, talk.branch.path)
    form = WithdrawForm(request.POST)
    if carried_out(form, lambda: services.withdraw_talk(talk, by=request.user, **form.cleaned_data)):
        messages.success(request, "已撤回，原因留在操作记录里。")
    else:
        messages.error(request, errors_of(form))
    return redirect(reverse("talks:branch", args=[talk.branch_id]) + f"?year={talk.held_on.year}")
