"""Pages of a branch's groups: dividing it, and who is in which."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out, errors_of
from apps.members import queries, services
from apps.members.forms import GroupsForm
from apps.organizations import queries as organization_queries
from apps.organizations import services as organization_services
from apps.organizations.forms import CloseGroupForm, GroupForm, RenameGroupForm

if TYPE_CHECKING:
    from apps.organizations.models import Organization, PartyGroup


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: SignedInRequest, pk: int) -> HttpResponse:
    """The branch's groups and who is in which; a POST puts members into groups."""
    branch = _branch(request, pk)
    form = _assignment(branch, request.POST or None)
    changed: list[int] = []
    assign = partial(services.assign_groups, branch, by=request.user)
    if carried_out(form, lambda: changed.append(assign(form.groups))):
        messages.success(request, f"已改 {changed[0]} 人的党小组。" if changed[0] else "没有变化。")
        return redirect("members:groups", pk)
    return _page(request, branch, form, GroupForm())


@require_POST
def new_group(request: SignedInRequest, pk: int) -> HttpResponse:
    branch = _branch(request, pk)
    form = GroupForm(request.POST)
    add = partial(organization_services.add_group, branch, by=request.user)
    if carried_out(form, lambda: add(**form.cleaned_data)):
        messages.success(request, "已划分。")
        return redirect("members:groups", pk)
    return _page(request, branch, _assignment(branch), form)


@require_POST
def rename_group(request: SignedInRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    return _change(
        request, group, RenameGroupForm(request.POST), organization_services.rename_group, "已改名。"
    )


@require_POST
def close_group(request: SignedInRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    done = "已撤销，组里的党员还在本支部。"
    return _change(request, group, CloseGroupForm(request.POST), services.close_group, done)


def _branch(request: SignedInRequest, pk: int) -> Organization:
    branch = get_object_or_404(organization_queries.organizations_for(request.user), pk=pk)
    if not branch.is_branch or branch.dissolved_on is not None:
        raise Http404
    demand(request.user, "members.change", branch.path)
    return branch


def _group(request: SignedInRequest, pk: int) -> PartyGroup:
    group = get_object_or_404(organization_queries.groups_for(request.user), pk=pk)
    demand(request.user, "members.change", group.branch.path)
    return group


def _change(
    request: SignedInRequest, group: PartyGroup, form: BaseForm, deed: Callable[..., Any], done: str
) -> HttpResponse:
    if carried_out(form, lambda: deed(group, by=request.user, **form.cleaned_data)):
        messages.success(request, done)
    else:
        messages.error(request, errors_of(form))
    return redirect("members:groups", group.branch_id)


def _assignment(branch: Organization, data: Any = None) -> GroupsForm:
    members = list(queries.roster_of(branch))
    return GroupsForm(data, members=members, groups=organization_queries.groups_of(branch, today()))


def _page(request: SignedInRequest, branch: Organization, form: GroupsForm, new: GroupForm) -> HttpResponse:
    here = reverse("organizations:detail", args=[branch.pk])
    context = {
        "branch": branch,
        "trail": [("党组织", reverse("organizations:list")), (str(branch), here), ("党小组", "")],
        "groups": organization_queries.groups_of(branch, today()),
        "form": form,
        "new": new,
        "close": CloseGroupForm(auto_id=False),
    }
    is_wrong = form.is_bound or new.is_bound
    return render(request, "members/groups.html", context, status=422 if is_wrong else 200)
