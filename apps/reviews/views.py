"""The year of a scope, a branch's years, one review as it is read and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.core.workflow import open_steps
from apps.reviews import queries, services, sheets
from apps.reviews.excel import XLSX, draw_year
from apps.reviews.filters import YearFilter
from apps.reviews.forms import ReasonForm
from apps.reviews.workflow import OPEN, RECORD, STEPS

if TYPE_CHECKING:
    from apps.organizations.models import Organization
    from apps.reviews.models import MemberReview

ROWS = 50
VIEW = "reviews.view"


@require_safe
def year_list(request: SignedInRequest) -> HttpResponse:
    """Who closed the year's review and who did not; a secretary goes straight to their branch."""
    demand(request.user, VIEW)
    branches = queries.branches_for(request.user)
    own = list(branches[:2])
    if len(own) == 1 and request.user.may(RECORD, own[0].path):
        return redirect("reviews:branch", own[0].pk)
    found = YearFilter(request.GET, branches, request=request)
    rows = found.qs if found.is_valid() else branches.none()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "rows": sheets.year_rows(page.object_list),
        "sums": queries.sums_of(rows, found.year) if found.is_valid() else None,
        "clear": request.path if any(request.GET.values()) else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "reviews/list.html", context, status=200 if found.is_valid() else 422)


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """The list as it is filtered, whole, as a workbook."""
    demand(request.user, VIEW)
    found = YearFilter(request.GET, queries.branches_for(request.user), request=request)
    if not found.is_valid():
        raise Http404
    name = quote(f"{found.year}年组织生活会和民主评议党员.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    content = draw_year(found.year, sheets.year_rows(list(found.qs)))
    return HttpResponse(content, content_type=XLSX, headers=headers)


def branch_or_404(request: SignedInRequest, pk: int) -> Organization:
    return get_object_or_404(queries.branches_for(request.user), pk=pk)


@require_safe
def branch_years(request: SignedInRequest, pk: int) -> HttpResponse:
    """A branch's life meetings and reviews, year by year."""
    branch = branch_or_404(request, pk)
    context = {
        "branch": branch,
        "years": queries.years_of(branch, today()),
        "may_record": request.user.may(RECORD, branch.path),
        "notices": queries.notices_to(branch, request.user),
        "trail": trail((str(branch), "")),
    }
    return render(request, "reviews/branch.html", context)


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("民主评议", reverse("reviews:list")), *more]


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    branch = branch_or_404(request, pk)
    demand(request.user, RECORD, branch.path)
    year = request.POST.get("year", "")
    try:
        review = services.start_review(branch, year=int(year) if year.isdecimal() else 0, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("reviews:branch", pk)
    return redirect("reviews:edit", review.pk)


def review_or_404(request: SignedInRequest, number: int) -> MemberReview:
    """The review; outside the reader's scope, or while its branch still works on it, there is none."""
    try:
        return queries.review_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
def detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _detail(request, review_or_404(request, number), ReasonForm())


def _detail(request: SignedInRequest, review: MemberReview, form: ReasonForm) -> HttpResponse:
    people = queries.people_of(review)
    held = request.user.permissions_on(review.organization.path)
    may_edit = review.state in OPEN and RECORD in held
    branch = reverse("reviews:branch", args=[review.organization_id])
    context = {
        "review": review,
        "people": people,
        "result": sheets.result_of(review, people),
        "steps": sheets.steps_of(review),
        "lacking": services.lacking_of(review, people) if may_edit else [],
        "may_edit": may_edit,
        "may_reopen": "reopen" in open_steps(STEPS, review.state, held),
        "form": form,
        "trail": trail((str(review.organization), branch), (f"{review.year}年", "")),
    }
    return render(request, "reviews/detail.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: SignedInRequest, number: int) -> HttpResponse:
    review = review_or_404(request, number)
    demand(request.user, RECORD, review.organization.path)
    form = ReasonForm(request.POST)
    if carried_out(form, lambda: services.reopen_review(review, **form.cleaned_data, by=request.user)):
        messages.success(request, "已重新打开。改好以后再归档，原来的结果留在操作记录里。")
        return redirect("reviews:edit", number)
    return _detail(request, review, form)


@require_safe
def results(request: SignedInRequest, number: int) -> HttpResponse:
    """The list of results as it is printed and filed."""
    review = review_or_404(request, number)
    people = queries.people_of(review)
    context = {"review": review, "people": people, "result": sheets.result_of(review, people)}
    return render(request, "reviews/results.html", context)


@require_safe
def ballot(request: SignedInRequest, number: int) -> HttpResponse:
    """A blank ballot paper with everybody who is graded, to be printed and copied."""
    review = review_or_404(request, number)
    people = [row for row in queries.people_of(review) if not row.no_grade]
    return render(request, "reviews/ballot.html", {"review": review, "people": people})
