"""Pages of a committee's seats: what an organization's page leads to."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out, errors_of
from apps.members import queries, seats
from apps.members.forms import SeatForm, UnseatForm
from apps.members.panels import committee_of
from apps.organizations import queries as organization_queries


@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: SignedInRequest, pk: int) -> HttpResponse:
    """The seats of the running term; a POST adds one."""
    organization = get_object_or_404(organization_queries.organizations_for(request.user), pk=pk)
    demand(request.user, "organizations.change", organization.path)
    term = organization_queries.current_term(organization)
    if term is None:
        messages.warning(request, "请先登记本届的当选日期，再登记班子成员。")
        return redirect("organizations:new_term", pk)
    eligible = queries.eligible_below(organization.path)
    form = SeatForm(request.POST or None, initial={"since": term.elected_on}, members=eligible)
    seat = partial(seats.seat_member, term, by=request.user)
    if carried_out(form, lambda: seat(**form.cleaned_data)):
        messages.success(request, "已登记。")
        return redirect("members:committee", pk)
    context = {
        "organization": organization,
        "trail": [
            ("党组织", reverse("organizations:list")),
            (str(organization), reverse("organizations:detail", args=[pk])),
            ("班子", ""),
        ],
        "committee": committee_of(organization, today()),
        "form": form,
        "unseat": UnseatForm(auto_id=False),
    }
    return render(request, "members/committee.html", context, status=422 if form.is_bound else 200)


@require_POST
def unseat(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a position."""
    seat = get_object_or_404(queries.seats_for(request.user), pk=pk)
    organization = seat.term.organization
    demand(request.user, "organizations.change", organization.path)
    form = UnseatForm(request.POST)
    if carried_out(form, lambda: seats.unseat_member(seat, by=request.user, **form.cleaned_data)):
        messages.success(request, f"已登记{seat.member}免职。")
    else:
        messages.error(request, errors_of(form))
    return redirect("members:committee", organization.pk)
