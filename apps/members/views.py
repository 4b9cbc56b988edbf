"""Pages of the roster and of one member."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.keeping import kept_on_phone
from apps.core.posting import carried_out
from apps.members import queries, rules, services
from apps.members.changes import CHANGES, open_changes
from apps.members.extensions import panels
from apps.members.filters import MemberFilter
from apps.members.forms import ChangeMembershipForm, EditMemberForm, NewMemberForm, RevealForm
from apps.members.rules import Finding
from apps.members.vocabulary import CURRENT
from apps.organizations import queries as organization_queries

if TYPE_CHECKING:
    from apps.members.models import Member

VIEW, CHANGE, REVEAL = "members.view", "members.change", "members.reveal"
PAGE = 50


@require_safe
@kept_on_phone()
def members(request: SignedInRequest) -> HttpResponse:
    demand(request.user, VIEW)
    found = MemberFilter(request.GET, queries.members_for(request.user), request=request)
    page = Paginator(queries.listed(found.qs), PAGE).get_page(request.GET.get("page"))
    day = today()
    context = {
        "filter": found,
        "page": page,
        "rows": [(member, rules.party_age(member.full_on, day)) for member in page],
        "order": request.GET.get("order", ""),
        "clear": reverse("members:list") if found.is_asked else "",
        "count": sum(queries.headcount(request.user.scope_for(VIEW).roots, on=day).values(), queries.NOBODY),
        "may_import": request.user.may("members.import"),
    }
    return render(request, "members/list.html", context)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    day, user, path = today(), request.user, member.branch.path
    may_change = user.may(CHANGE, path)
    context = {
        "member": member,
        "trail": _trail(member),
        "age": rules.age(member.born_on, day),
        "party_age": rules.party_age(member.full_on, day),
        "events": queries.events_of(member),
        "seats": queries.seats_of(member),
        "panels": panels.shown(member, user, day),
        "may_change": may_change and member.status in CURRENT,
        "changes": open_changes(member.status) if may_change else {},
        "may_reveal": user.may(REVEAL, path),
        "may_audit": user.may("audit.view", path),
    }
    return render(request, "members/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, branch_pk: int) -> HttpResponse:
    """A new member of the branch."""
    visible = organization_queries.organizations_for(request.user).current().branches()
    branch = get_object_or_404(visible, pk=branch_pk)
    demand(request.user, CHANGE, branch.path)
    form = NewMemberForm(request.POST or None)
    made: list[tuple[Member, list[Finding]]] = []
    add = partial(services.add_member, branch, by=request.user)
    if carried_out(form, lambda: made.append(add(**form.cleaned_data))):
        member, notes = made[0]
        _tell(request, f"已把{member}记入“{branch}”。", notes)
        return redirect("members:detail", member.pk)
    back = reverse("organizations:detail", args=[branch.pk])
    context = {
        "form": form,
        "trail": [("党员", reverse("members:list")), (str(branch), back), ("新增党员", "")],
        "title": f"“{branch}”新增党员",
        "back": back,
        "action": "记入名册",
    }
    return render(request, "members/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    member = _changeable(request, pk)
    if member.status not in CURRENT:
        raise Http404
    form = EditMemberForm(request.POST or None, instance=member)
    notes: list[Finding] = []
    change = partial(services.edit_member, member, by=request.user)
    if carried_out(form, lambda: notes.extend(change(**form.cleaned_data))):
        _tell(request, "已保存。", notes)
        return redirect("members:detail", pk)
    return _form_page(request, member, form, title=f"修改{member}的资料", action="保存")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int, action: str) -> HttpResponse:
    """One of the ways in which somebody moves, leaves or comes back."""
    member = _changeable(request, pk)
    if action not in CHANGES:
        raise Http404
    chosen = CHANGES[action]
    form = ChangeMembershipForm(request.POST or None, change=chosen)
    form.offer(organization_queries.branches_within(request.user, CHANGE))
    deed = partial(services.change_membership, member, action, by=request.user)
    if carried_out(form, lambda: deed(**form.cleaned_data)):
        messages.success(request, f"已登记：{member}，{chosen.title}。")
        return redirect("members:detail", pk)
    return _form_page(
        request, member, form, title=f"{member}：{chosen.title}", action="登记", note=chosen.warning
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the reason; the number is in the answer to the POST only, after the reason is on record."""
    member = _member(request, pk)
    demand(request.user, REVEAL, member.branch.path)
    form = RevealForm(request.POST or None, initial={"field": request.GET.get("field", "id_number")})
    shown: list[str] = []
    if carried_out(form, lambda: shown.append(_revealed(request, member, form))):
        context = {"member": member, "what": form.what, "value": shown[0], "reason": form.reason}
        return render(request, "members/revealed.html", context)
    back = reverse("members:detail", args=[pk])
    context = {"member": member, "form": form, "back": back}
    return render(request, "members/reveal.html", context, status=422 if form.is_bound else 200)


def _revealed(request: SignedInRequest, member: Member, form: RevealForm) -> str:
    return services.reveal(member, form.cleaned_data["field"], reason=form.reason, by=request.user)


def _member(request: SignedInRequest, pk: int) -> Member:
    rows = queries.members_for(request.user).select_related("branch", "group")
    member: Member = get_object_or_404(rows, pk=pk)
    return member


def _changeable(request: SignedInRequest, pk: int) -> Member:
    member = _member(request, pk)
    demand(request.user, CHANGE, member.branch.path)
    return member


def _form_page(
    request: SignedInRequest, member: Member, form: EditMemberForm | ChangeMembershipForm, **words: str
) -> HttpResponse:
    back = reverse("members:detail", args=[member.pk])
    trail = [*_trail(member)[:-1], (member.name, back), (words["title"], "")]
    context = {"form": form, "trail": trail, "back": back, **words}
    return render(request, "members/form.html", context, status=422 if form.is_bound else 200)


def _trail(member: Member) -> list[tuple[str, str]]:
    address = reverse("members:list")
    branch = (str(member.branch), f"{address}?under={member.branch_id}")
    return [("党员", address), branch, (member.name, "")]


def _tell(request: SignedInRequest, done: str, notes: Iterable[Finding]) -> None:
    messages.success(request, done)
    for note in notes:
        messages.warning(request, f"{note}（{note.rule}）")
