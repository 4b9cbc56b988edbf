"""Pages of the villages' records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import written
from apps.core.posting import carried_out
from apps.organizations.villages import queries, services
from apps.organizations.villages.forms import GroupForm, NewGroupForm, NewVillageForm, VillageForm

ROWS = 50


@require_safe
def villages(request: SignedInRequest) -> HttpResponse:
    demand(request.user, "organizations.view")
    context = {
        "page": Paginator(queries.villages_for(request.user), ROWS).get_page(request.GET.get("page")),
        "may_change": request.user.may(queries.CHANGE),
    }
    return render(request, "organizations/villages/list.html", context)


@require_safe
def village(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _found(queries.village_for, request, pk)
    context = {
        "village": found,
        "facts": [
            ("代码", found.organization.code),
            ("村党组织", found.organization.name),
            ("集体经济组织", found.economic_body or "没有登记"),
            ("理事长", found.chairman or "没有登记"),
            ("人口", "没有登记" if found.population is None else f"{found.population} 人"),
            ("户数", "没有登记" if found.households is None else f"{found.households} 户"),
            ("从哪天起在这里公开", written(found.since)),
            ("财务收支", "每月公开（VAD-03）" if found.finance_monthly else "每季度公开（VAD-03）"),
        ],
        "groups": queries.groups_of(found),
        "may_change": request.user.may(queries.CHANGE, found.organization.path),
        "trail": _trail((str(found), "")),
    }
    return render(request, "organizations/villages/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_village(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.CHANGE)
    form = NewVillageForm(request.POST or None, organizations=queries.without_village(request.user))
    return _form(
        request,
        form,
        lambda: services.register_village(by=request.user, **form.cleaned_data),
        "登记一个村",
        reverse("organizations:villages"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_village(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _changing(request, pk)
    form = VillageForm(request.POST or None, instance=found, initial={"version": found.version})
    stored = queries.village_for(request.user, pk)
    return _form(
        request,
        form,
        lambda: services.change_village(stored, by=request.user, **form.cleaned_data),
        f"改“{stored}”的登记",
        reverse("organizations:village", args=[pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _changing(request, pk)
    form = NewGroupForm(request.POST or None)
    return _form(
        request,
        form,
        lambda: services.add_group(found, by=request.user, **form.cleaned_data),
        f"{found}：登记一个村民小组",
        reverse("organizations:village", args=[pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _found(queries.group_for, request, pk)
    demand(request.user, queries.CHANGE, found.village.organization.path)
    form = GroupForm(request.POST or None, instance=found, initial={"version": found.version})
    stored = queries.group_for(request.user, pk)
    return _form(
        request,
        form,
        lambda: services.change_group(stored, by=request.user, **form.cleaned_data),
        f"改“{stored}”的登记",
        reverse("organizations:village", args=[stored.village_id]),
    )


def _found(read: Callable[..., Any], request: SignedInRequest, pk: int) -> Any:
    try:
        return read(request.user, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _changing(request: SignedInRequest, pk: int) -> Any:
    found = _found(queries.village_for, request, pk)
    demand(request.user, queries.CHANGE, found.organization.path)
    return found


def _form(
    request: SignedInRequest, form: BaseForm, deed: Callable[[], object], title: str, back: str
) -> HttpResponse:
    """The page of a form; once it is carried out, back to where it was opened."""
    if request.method == "POST" and carried_out(form, deed):
        messages.success(request, "已登记。")
        return redirect(back)
    context = {"form": form, "title": title, "back": back, "trail": _trail((title, ""))}
    return render(request, "organizations/villages/form.html", context, status=422 if form.errors else 200)


def _trail(here: tuple[str, str]) -> list[tuple[str, str]]:
    return [("村务公开", reverse("disclosure:list")), ("村", reverse("organizations:villages")), here]
