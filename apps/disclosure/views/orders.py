"""Ordering a village to publish, and the list of orders with what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out, errors_of
from apps.core.widgets import DateInput
from apps.disclosure import ledgers, queries, services
from apps.disclosure.catalogue import place_of
from apps.disclosure.forms_catalogue import ReasonOnlyForm
from apps.disclosure.queries import ORDER, ORDERING
from apps.organizations.filters import UnderForm

if TYPE_CHECKING:
    from apps.disclosure.models.orders import OrderQuerySet

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


class OrdersForm(UnderForm):
    """Where, and how far an order is."""

    standing = forms.ChoiceField(
        label="现在",
        required=False,
        choices=[("", "全部"), ("late", "过期没有公布的"), ("waiting", "还没有公布的"), ("over", "办完的")],
    )

    def kept(self, rows: OrderQuerySet) -> OrderQuerySet:
        under, standing = self.cleaned_data["under"], self.cleaned_data["standing"]
        if under:
            rows = rows.filter(village__organization__path__startswith=under.path)
        kinds = {
            "late": lambda: rows.late(today()),
            "waiting": rows.waiting,
            "over": lambda: rows.filter(is_over=True),
        }
        return kinds[standing]() if standing else rows


@require_safe
def order_list(request: SignedInRequest) -> HttpResponse:
    """Orders that wait, the longest first, then what was answered or taken back."""
    demand(request.user, queries.VIEW)
    rows, form = queries.orders_for(request.user), OrdersForm(request)
    is_valid = form.is_valid()
    page = Paginator(form.kept(rows) if is_valid else rows.none(), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, services.may_order(request.user, row.village, row.item)) for row in page],
        "clear": request.path if any(request.GET.values()) else "",
        "today": today(),
        "escalated": rows.late(today()).count(),
        "may_order": _permission(request) != "",
    }
    return render(request, "disclosure/orders.html", context, status=200 if is_valid else 422)


@require_POST
def rescind(request: SignedInRequest, number: int) -> HttpResponse:
    try:
        order = queries.order_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = ReasonOnlyForm(request.POST)
    if carried_out(form, lambda: services.rescind(order, by=request.user, **form.cleaned_data)):
        messages.success(request, "已撤销，原因留着，村里看得到。")
    else:
        messages.error(request, errors_of(form))
    return redirect("disclosure:orders")


def _permission(request: SignedInRequest) -> str:
    return next((each for each in ORDERING if request.user.may(each)), "")


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
