"""Leases that end soon: whose, until when, and the register in which each stands."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.disclosure import contracts, queries
from apps.organizations.filters import UnderForm

ROWS = 50


@require_safe
def contract_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    form, on = UnderForm(request), today()
    is_valid = form.is_valid()
    found = contracts.endings_for(request.user, on=on, under=form.cleaned_data["under"]) if is_valid else []
    context = {
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "clear": request.path if any(request.GET.values()) else "",
        "rule": contracts.rule_for(request.user, on),
    }
    return render(request, "disclosure/contracts.html", context, status=200 if is_valid else 422)
