"""The page of a year's life meeting: its four parts side by side, what is there and what is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.reviews import queries, rules, services
from apps.reviews.forms import LifeSheet
from apps.reviews.views import branch_or_404, trail
from apps.reviews.workflow import RECORD

if TYPE_CHECKING:
    from apps.organizations.models import Organization


@require_http_methods(["GET", "HEAD", "POST"])
def life(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    branch = branch_or_404(request, pk)
    stored = queries.life_of(branch, year)
    version = stored.version if stored else 1
    if request.method != "POST":
        return _drawn(request, branch, year, LifeSheet(None, queries.life_entry_of(stored), version=version))
    demand(request.user, RECORD, branch.path)
    sheet = LifeSheet(request.POST, queries.life_entry_of(stored), version=version)
    if sheet.is_valid() and _kept(request, branch, year, sheet):
        messages.success(request, "已存好。")
        return redirect("reviews:life", pk, year)
    return _drawn(request, branch, year, sheet, status=422)


def _kept(request: SignedInRequest, branch: Organization, year: int, sheet: LifeSheet) -> bool:
    version = sheet.texts.cleaned_data["version"]
    try:
        services.save_life(branch, sheet.entry(), year=year, version=version, by=request.user)
    except Refused as refused:
        sheet.texts.add_error(None, refused.sentence)
        return False
    return True


def _drawn(
    request: SignedInRequest, branch: Organization, year: int, sheet: LifeSheet, status: int = 200
) -> HttpResponse:
    stored = queries.life_of(branch, year)
    records = queries.life_meetings_of(branch, year, request.user)
    valid = queries.life_records_of(branch).filter(life_year=year).count()
    parts = rules.parts_of(queries.life_facts(stored, valid))
    context = {
        "branch": branch,
        "year": year,
        "life": stored,
        "entry": queries.life_entry_of(stored),
        "sheet": sheet,
        "parts": parts,
        "there": sum(part.is_there for part in parts),
        "records": records,
        "may_record": request.user.may(RECORD, branch.path),
        "today": today(),
        "trail": trail(
            (str(branch), reverse("reviews:branch", args=[branch.pk])), (f"{year}年组织生活会", "")
        ),
        "back": reverse("reviews:branch", args=[branch.pk]),
    }
    return render(request, "reviews/life.html", context, status=status)
