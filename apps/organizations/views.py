"""Pages of the tree and of one organization."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out
from apps.organizations import queries, services
from apps.organizations.extensions import panels
from apps.organizations.filters import OrganizationFilter
from apps.organizations.forms import (
    ChangeForm,
    DetailsForm,
    ExtendForm,
    MoveForm,
    NewOrganizationForm,
    RenameForm,
    TermForm,
)

if TYPE_CHECKING:
    from apps.organizations.models import Organization

CHANGE = "organizations.change"
PAGE = 50
# A tree with no more nodes is shown whole; a larger one opens level by level.
SHOWN_WHOLE = 80


@require_safe
def organizations(request: SignedInRequest) -> HttpResponse:
    """The tree; with a condition, or asked for as a table, the list of what fits."""
    found = OrganizationFilter(request.GET, queries.organizations_for(request.user), request=request)
    nodes = queries.nodes_for(request.user, today())
    as_table = found.is_asked or request.GET.get("view") == "table"
    if len(nodes) == 1 and not as_table:
        return redirect("organizations:detail", nodes[0].id)
    context = {
        "filter": found,
        "clear": reverse("organizations:list") if found.is_asked else "",
        "tabs": _tabs(as_table=as_table),
        "summary": queries.summary_of(nodes),
        "may_import": request.user.may("organizations.import"),
        **(_table(request, found, nodes) if as_table else {"twigs": _tree(nodes)}),
    }
    return render(request, "organizations/list.html", context)


@require_safe
def below(request: SignedInRequest, pk: int) -> HttpResponse:
    """The organizations directly below one, as the tree page shows them when it is opened."""
    organization = _organization(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("organizations:detail", pk)
    twigs = queries.tree_of(queries.children_of(organization, today()), levels=1)
    return render(request, "organizations/_twigs.html", {"twigs": twigs})


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _organization(request, pk)
    day, user = today(), request.user
    above = _trail(request, organization)[:-1]
    context = {
        "organization": organization,
        "trail": [*above, (str(organization), "")],
        "parent_href": above[-1][1] if len(above) > 1 else "",
        "children": [] if organization.is_branch else queries.children_of(organization, day),
        "terms": queries.terms_of(organization),
        "placements": queries.placements_of(organization),
        "panels": panels.shown(organization, user, day),
        "day": day,
        "may_change": organization.dissolved_on is None and user.may(CHANGE, organization.path),
        "may_view_meetings": user.may("meetings.view", organization.path),
        "may_audit": user.may("audit.view", organization.path),
    }
    return render(request, "organizations/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new organization below this one."""
    parent = _changeable(request, pk)
    initial = {"code": queries.next_code_below(parent), "sector": parent.sector}
    form = NewOrganizationForm(request.POST or None, initial=initial)
    made: list[Organization] = []
    if carried_out(form, lambda: made.append(_found(form, parent, request))):
        messages.success(request, f"已新建“{made[0]}”。")
        return redirect("organizations:detail", made[0].pk)
    return _form_page(request, parent, form, title=f"在“{parent}”下面新建党组织", action="新建")


def _found(form: NewOrganizationForm, parent: Organization, request: SignedInRequest) -> Organization:
    return services.found_organization(**form.cleaned_data, parent=parent, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _changeable(request, pk)
    form = DetailsForm(request.POST or None, instance=organization)
    return _change(
        request, organization, form, services.change_details, title="修改资料", action="保存", done="已保存。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _changeable(request, pk)
    initial = {"name": organization.name, "short_name": organization.short_name}
    form = RenameForm(request.POST or None, initial=initial)

    def deed(row: Organization, *, name: str, short_name: str, **when: Any) -> object:
        return services.rename(row, to=(name, short_name), **when)

    return _change(
        request, organization, form, deed, title="改名", action="改名", done="已改名，旧名称留在沿革里。"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _changeable(request, pk)
    form = MoveForm(request.POST or None, parents=queries.parents_for(request.user, organization))
    return _change(
        request,
        organization,
        form,
        services.move,
        title="移动",
        action="移动",
        done="已移动，原来的隶属留在沿革里。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _changeable(request, pk)
    form = ChangeForm(request.POST or None)
    return _change(
        request, organization, form, services.dissolve, title="撤销", action="撤销", done="已撤销。",
        confirm=f"撤销“{organization}”？撤销后不能再改。",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new_term(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _changeable(request, pk)
    form = TermForm(request.POST or None, organization=organization)
    return _change(
        request,
        organization,
        form,
        services.begin_term,
        title="登记换届",
        action="登记",
        done="已登记新的一届。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def extend_term(request: SignedInRequest, pk: int) -> HttpResponse:
    organization = _changeable(request, pk)
    term = queries.current_term(organization)
    if term is None:
        raise Http404
    form = ExtendForm(request.POST or None, term=term)

    def deed(_row: Organization, **values: Any) -> object:
        return services.extend_term(term, **values)

    return _change(
        request, organization, form, deed, title="登记延期换届", action="登记", done="已登记延期。"
    )


def _organization(request: SignedInRequest, pk: int) -> Organization:
    return get_object_or_404(queries.organizations_for(request.user), pk=pk)


def _changeable(request: SignedInRequest, pk: int) -> Organization:
    organization = _organization(request, pk)
    demand(request.user, CHANGE, organization.path)
    return organization


def _change(
    request: SignedInRequest,
    organization: Organization,
    form: BaseForm,
    deed: Callable[..., object],
    *,
    done: str,
    **words: str,
) -> HttpResponse:
    """Carry out the service with what the form holds and go back to the organization, or show the form."""
    if carried_out(form, lambda: deed(organization, by=request.user, **form.cleaned_data)):
        messages.success(request, done)
        return redirect("organizations:detail", organization.pk)
    return _form_page(request, organization, form, **words)


def _form_page(
    request: SignedInRequest, organization: Organization, form: BaseForm, **words: str
) -> HttpResponse:
    context = {
        "form": form,
        "trail": [*_trail(request, organization), (words["title"], "")],
        "back": reverse("organizations:detail", args=[organization.pk]),
        "confirm": "",
        **words,
    }
    return render(request, "organizations/form.html", context, status=422 if form.is_bound else 200)


def _trail(request: SignedInRequest, organization: Organization) -> list[tuple[str, str]]:
    """What leads to the organization, itself included, as far as the user may go."""
    rows = [*queries.above_for(organization, request.user), organization]
    links = [(str(row), reverse("organizations:detail", args=[row.pk])) for row in rows]
    return [("党组织", reverse("organizations:list")), *links]


def _tabs(*, as_table: bool) -> list[tuple[str, str, bool]]:
    address = reverse("organizations:list")
    return [("层级", address, not as_table), ("列表", f"{address}?view=table", as_table)]


def _tree(nodes: list[queries.Node]) -> list[queries.Twig]:
    return queries.tree_of(nodes, levels=2 if len(nodes) > SHOWN_WHOLE else 9)


def _table(request: SignedInRequest, found: OrganizationFilter, nodes: list[queries.Node]) -> dict[str, Any]:
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    counts = {node.id: node for node in nodes}
    return {"page": page, "rows": [(row, counts.get(row.pk)) for row in page]}
