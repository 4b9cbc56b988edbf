"""What is due: the list with its filters, a village's, the matrix; and that something happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out, errors_of
from apps.disclosure import ledgers, queries, services
from apps.disclosure.catalogue import GROUPS, item_named, place_of
from apps.disclosure.due import Due, Standing, in_groups, latest_of
from apps.disclosure.forms import NothingForm
from apps.disclosure.forms_catalogue import EventForm, ReasonOnlyForm
from apps.organizations.filters import UnderForm

if TYPE_CHECKING:
    from apps.organizations.models import Village

VIEW, ADD, PREPARE = "disclosure.view", "disclosure.add", "disclosure.prepare"
ROWS = 50
STANDINGS = {
    "": (Standing.OVERDUE,),
    "working": (Standing.WORKING,),
    "due": (Standing.DUE,),
    "open": (Standing.OVERDUE, Standing.WORKING, Standing.DUE),
}


class DueForm(UnderForm):
    """Where, what, how late."""

    group = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部"), *((group, group) for group in GROUPS)]
    )
    standing = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "逾期的"), ("working", "在办的"), ("due", "没到期的"), ("open", "全部没有公布的")],
    )
    days = forms.IntegerField(label="逾期至少几天", required=False, min_value=1, max_value=400)

    def kept(self, dues: Iterable[Due]) -> list[Due]:
        told = self.cleaned_data
        standings = STANDINGS[told["standing"]]
        return [
            due
            for due in dues
            if due.standing in standings
            and told["group"] in ("", due.item.group)
            and -due.days >= (told["days"] or -10_000)
        ]

    def villages(self, rows: Iterable[Village]) -> list[Village]:
        under = self.cleaned_data["under"]
        return [row for row in rows if under is None or row.organization.path.startswith(under.path)]


@require_safe
def due_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, VIEW)
    form = DueForm(request)
    is_valid = form.is_valid()
    villages = form.villages(queries.villages_for(request.user)) if is_valid else []
    rows = form.kept(ledgers.dues_of(villages, on=today())) if is_valid else []
    context = {
        "form": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "clear": request.path if any(request.GET.values()) else "",
        "villages": len({due.village.pk for due in rows}),
        "may_register": request.user.may(ADD),
    }
    return render(request, "disclosure/due.html", context, status=200 if is_valid else 422)


@require_safe
def matrix(request: SignedInRequest) -> HttpResponse:
    """Villages down, groups of items across."""
    demand(request.user, VIEW)
    form = DueForm(request)
    villages = form.villages(queries.villages_for(request.user)) if form.is_valid() else []
    dues = ledgers.dues_of(villages, on=today())
    groups = sorted({due.item.group for due in dues}, key=_order)
    context = {
        "form": form,
        "groups": groups,
        "rows": ledgers.matrix_of(villages, dues, groups),
        "clear": request.path if any(request.GET.values()) else "",
    }
    return render(request, "disclosure/matrix.html", context)


def _order(group: str) -> int:
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


@require_safe
def village(request: SignedInRequest, number: int) -> HttpResponse:
    """What one village owes, has done, and need not do now."""
    demand(request.user, VIEW)
    found = get_object_or_404(queries.villages_for(request.user), pk=number)
    dues, idle = ledgers.village_dues(found, on=today())
    shown = latest_of([*dues, *idle])
    rest = [due for due in shown if not due.is_open]
    path = found.organization.path
    context = {
        "village": found,
        "groups": in_groups(due for due in shown if due.is_open),
        "rest": in_groups(rest),
        "rest_count": len(rest),
        "overdue": sum(due.is_overdue for due in dues),
        "open": sum(due.is_open for due in dues),
        "events": ledgers.events_for(request.user).filter(village=found, cancel_reason="")[:20],
        "may_prepare": request.user.may(PREPARE, path),
        "may_order": request.user.may(queries.ORDER, path),
        "may_order_finance": request.user.may(queries.ORDER_FINANCE, path),
        "orders": queries.orders_for(request.user).waiting().filter(village=found),
        "may_register": request.user.may(ADD, path),
        "trail": [("该公开的", reverse("disclosure:due")), (str(found), "")],
    }
    return render(request, "disclosure/village_due.html", context)


@require_POST
def declare_nothing(request: SignedInRequest, number: int) -> HttpResponse:
    """One press of a button: the sentence is the system's, the way is that of every publication."""
    found = get_object_or_404(queries.villages_for(request.user), pk=number)
    demand(request.user, PREPARE, found.organization.path)
    form = NothingForm(request.POST)
    if carried_out(form, lambda: services.declare_nothing(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "已写好“本期无发生”，送村务监督委员会审查；审查、确定以后公布。")
    else:
        messages.error(request, errors_of(form))
    return redirect("disclosure:village_due", number)


@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: SignedInRequest) -> HttpResponse:
    demand(request.user, ADD)
    villages = queries.villages_of(request.user, ADD)
    items = sorted(ledgers.items_below(list(villages), on=today()), key=place_of)
    form = EventForm(request.POST or None, villages=villages, items=items, initial=request.GET.dict())
    if request.method == "POST" and carried_out(
        form, lambda: services.register_event(**form.cleaned_data, by=request.user)
    ):
        messages.success(request, "已登记，到期没有公布会列为逾期。")
        return redirect("disclosure:village_due", form.cleaned_data["village"].pk)
    context = {"form": form, "title": "登记要公开的事", "back": reverse("disclosure:due")}
    return render(request, "disclosure/form.html", context, status=422 if form.errors else 200)


@require_POST
def cancel_event(request: SignedInRequest, number: int) -> HttpResponse:
    event = get_object_or_404(ledgers.events_for(request.user), pk=number)
    form = ReasonOnlyForm(request.POST)
    if carried_out(form, lambda: services.cancel_event(event, by=request.user, **form.cleaned_data)):
        messages.success(request, f"“{item_named(event.item, event.item_title).title}”这件事已作废。")
    else:
        messages.error(request, errors_of(form))
    return redirect("disclosure:village_due", event.village_id)
