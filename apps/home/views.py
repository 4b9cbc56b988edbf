"""The first screens: what is due in the user's scope, worst first; and the search over everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from apps.core.access import SignedInRequest
from apps.core.calendar import today
from apps.core.keeping import kept_on_phone
from apps.figures.duties import overdue_for
from apps.figures.queries import tops_for
from apps.home import queries
from apps.home.lines import first_of, line_of, matter_lines
from apps.home.search import search
from apps.home.villages import lines_for, office_lines_for, secretary_lines_for

if TYPE_CHECKING:
    from apps.organizations.models import Organization

FIRST_MATTERS = 8
FIRST_ORGANIZATIONS = 5
MATTERS_A_PAGE = 50


@kept_on_phone("branch")
def home(request: SignedInRequest) -> HttpResponse:
    """Each role's own: a branch's on a phone, an office's on a desk, else a word on why there is nothing."""
    if branches := queries.recording_branches(request.user):
        return _branch_home(request, branches)
    if roots := tops_for(request.user):
        return _office_home(request, roots)
    return _quiet_home(request)


def _branch_home(request: SignedInRequest, branches: Sequence[Organization]) -> HttpResponse:
    branch = first_of(branches, request.GET.get("branch"))
    desk = queries.desk_of_branch(branch, request.user, others=branches, on=today())
    lines = [line_of(each) for each in desk.duties]
    context = {
        "desk": desk,
        "lines": lines,
        "of_village": secretary_lines_for(request.user),
        "today": today(),
    }
    return render(request, "home/branch.html", context)


def _office_home(request: SignedInRequest, roots: Sequence[Organization]) -> HttpResponse:
    organization = first_of(roots, request.GET.get("organization"))
    desk = queries.desk_of_office(organization, request.user, on=today())
    context = {
        "desk": desk,
        "others": [root for root in roots if root != organization],
        "matters": matter_lines(desk.overdue.matters)[:FIRST_MATTERS],
        "tiles": {reading.figure.code: reading for reading in desk.tiles.readings()},
        "of_villages": office_lines_for(request.user, on=today()),
        "today": today(),
    }
    return render(request, "home/office.html", context)


def _quiet_home(request: SignedInRequest) -> HttpResponse:
    """A village's clerk and supervision committee; or nothing is organized yet."""
    user = request.user
    organizations = queries.organizations_for(user).current()
    context = {
        "lines": lines_for(user, on=today()),
        "may_watch": user.may("supervision.write"),
        "may_decide": user.may("decisions.prepare"),
        "may_import": user.may("organizations.import"),
        "organizations": organizations[:FIRST_ORGANIZATIONS],
        "all_organizations": organizations.count(),
    }
    return render(request, "home/quiet.html", context)


def overdue(request: SignedInRequest) -> HttpResponse:
    """Everything that is overdue in the user's scope."""
    found = overdue_for(request.user, on=today())
    page = Paginator(matter_lines(found.matters), MATTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/overdue.html", {"count": found.count, "page": page})


def search_page(request: SignedInRequest) -> HttpResponse:
    """Organizations, members and meetings in which the words are found."""
    text = request.GET.get("q", "")
    return render(request, "home/search.html", {"text": text, "found": search(request.user, text)})
