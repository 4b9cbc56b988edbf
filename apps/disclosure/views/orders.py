"""Ordering a village to publish, and the list of orders with what became of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out
from apps.core.widgets import DateInput
from apps.disclosure import ledgers, queries, services
from apps.disclosure.catalogue import place_of
from apps.disclosure.services.orders import ORDER, ORDER_FINANCE

ROWS = 50
NONE = "不是为某一件事"


class OrderForm(forms.Form):
    """What a village is ordered to publish, why, and until when."""

    village: forms.ModelChoiceField = forms.ModelChoiceField(None, label="村")
    item = forms.ChoiceField(label="公开事项")
    first_on = forms.DateField(label="期间自", widget=DateInput())
    last_on = forms.DateField(label="至", widget=DateInput())
    event: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label="哪一件事", required=False, empty_label=NONE
    )
    reason = forms.CharField(label="为什么责令", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label="期限", widget=DateInput(), help_text="过了这一天还没有公布的，转到县里。")

    def __init__(self, *args: Any, request: SignedInRequest, permission: str, **options: Any) -> None:
        super().__init__(*args, **options)
        villages = queries.villages_of(request.user, permission)
        items = ledgers.items_below(list(villages), on=today())
        kept = [item for item in items if permission == ORDER or item.is_finance]
        choices = [(each.code, f"{each.codes} {each.title}") for each in sorted(kept, key=place_of)]
        events = ledgers.events_for(request.user).filter(village__in=villages, cancel_reason="")
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]
        self.fields["event"].queryset = events  # type: ignore[attr-defined]


@require_safe
def order_list(request: SignedInRequest) -> HttpResponse:
    """Orders that wait, the latest first among those past their day, then what was answered."""
    demand(request.user, queries.VIEW)
    rows = queries.orders_for(request.user)
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "today": today(),
        "escalated": rows.filter(answered_by=None, due_on__lt=today()).count(),
        "may_order": _permission(request) != "",
    }
    return render(request, "disclosure/orders.html", context)


def _permission(request: SignedInRequest) -> str:
    return next((each for each in (ORDER, ORDER_FINANCE) if request.user.may(each)), "")


@require_http_methods(["GET", "HEAD", "POST"])
def new_order(request: SignedInRequest) -> HttpResponse:
    permission = _permission(request) or ORDER
    demand(request.user, permission)
    form = OrderForm(request.POST or None, request=request, permission=permission, initial=request.GET.dict())
    if request.method == "POST" and carried_out(
        form, lambda: services.order(**form.cleaned_data, by=request.user)
    ):
        messages.success(request, "已责令公布，村里现在就能看到；公布以后自动销号。")
        return redirect("disclosure:orders")
    context = {"form": form, "title": "责令公布", "back": reverse("disclosure:due")}
    return render(request, "disclosure/form.html", context, status=422 if form.errors else 200)
