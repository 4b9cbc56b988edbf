"""The year's plan of one organization, and who has planned in an office's scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.periods import Year
from apps.core.posting import carried_out
from apps.meetings.plans import queries, services
from apps.meetings.plans.forms import PlanForm
from apps.meetings.queries import branches_for

if TYPE_CHECKING:
    from apps.organizations.models import Organization

ROWS = 100


@require_safe
def plans(request: SignedInRequest) -> HttpResponse:
    """A secretary's own plan; for an office, which branches have planned the year and which not."""
    demand(request.user, "meetings.view")
    year = _year(request.GET.get("year", ""))
    branches = list(branches_for(request.user)[:2])
    if len(branches) == 1:
        return redirect("meetings:plan", branches[0].pk, year.year)
    progress = queries.progress_below(request.user, year)
    whole = sum(each.is_whole for each in progress)
    unbegun = sum(not each.planned for each in progress)
    context = {
        "year": year,
        "others": [year.previous(), year.next()],
        "page": Paginator(progress, ROWS).get_page(request.GET.get("page")),
        "whole": whole,
        "begun": len(progress) - whole - unbegun,
        "unbegun": unbegun,
        "total": len(progress),
        "offering": queries.offering_organizations(request.user),
    }
    return render(request, "meetings/plans.html", context)


def _year(text: str) -> Year:
    try:
        return Year.parse(text)
    except ValueError:
        return Year.of(today())


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """Twelve lines on one page; saving them files them to the level above."""
    organization, period = _organization(request, pk), _year(str(year))
    may_write = request.user.may(queries.writing_permission(organization), organization.path)
    if request.method == "POST":
        demand(request.user, queries.writing_permission(organization), organization.path)
    form = _form(request, organization, period)
    if request.method == "POST" and carried_out(form, lambda: _save(request, organization, form)):
        return redirect("meetings:plan", pk, period.year)
    offered = queries.offered_to(organization, period.months)
    context = {
        "organization": organization,
        "year": period,
        "others": [period.previous(), period.next()],
        "form": form,
        "months": form.months(offered),
        "offered": offered,
        "planned": sum(line.is_planned for line in form.lines),
        "changes": queries.changes_of(organization, period),
        "may_write": may_write,
        "trail": [("主题党日计划", reverse("meetings:plans")), (f"{organization} {period.label}", "")],
    }
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)


def _organization(request: SignedInRequest, pk: int) -> Organization:
    try:
        return queries.plannable_for(request.user, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _form(request: SignedInRequest, organization: Organization, year: Year) -> PlanForm:
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        lines=queries.lines_of(organization, year),
        suggestions=queries.suggestions_for(organization, year),
        fixed=organization.is_branch,
    )
    if organization.fixed_theme_day:
        form.initial["fixed"] = organization.fixed_theme_day.key
    return form


def _save(request: SignedInRequest, organization: Organization, form: PlanForm) -> None:
    take = request.POST.get("take", "")
    changed = services.save_plan(organization, form.entered(), by=request.user, take=take)
    if "fixed" in form.fields:
        services.fix_theme_day(organization, form.cleaned_data["fixed"], by=request.user)
    words = f"已保存，改了 {len(changed)} 个月。" if changed else "已保存。"
    filed = "上级已经能看到。" if organization.is_branch else "下面的党支部可以照用。"
    messages.success(request, words + filed)
