"""Filling in the tables of handbook 7.6 by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.access import Person, SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out
from apps.disclosure import contracts, queries, services
from apps.disclosure.grid import NewTableForm, RowsForm, TableForm, posted
from apps.disclosure.rhythm import last_period
from apps.disclosure.tables import KINDS
from apps.disclosure.tables.kinds import Stored, TableKind
from apps.disclosure.views.publications import found
from apps.imports.registry import importer_named

if TYPE_CHECKING:
    from apps.disclosure.models import Publication


@require_safe
def tables(request: SignedInRequest) -> HttpResponse:
    """Every kind of table, to fill in or to import."""
    demand(request.user, queries.VIEW)
    context = {
        "ending": len(contracts.endings_for(request.user, on=today())),
        "kinds": [
            (kind, _may_fill(request.user, kind), request.user.may(importer_named(kind.code).permission))
            for kind in KINDS.values()
        ],
    }
    return render(request, "disclosure/tables.html", context)


def _may_fill(user: Person, kind: TableKind) -> bool:
    return user.may(queries.PREPARE) or (kind.is_finance and user.may(queries.PREPARE_FINANCE))


@require_http_methods(["GET", "HEAD", "POST"])
def new_table(request: SignedInRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    about = KINDS[kind]
    if not _may_fill(request.user, about):
        raise PermissionDenied
    form = NewTableForm(
        request.POST if _is_sent(request) else None,
        kind=about,
        rows=_rows_so_far(request, about),
        villages=queries.villages_to_fill(request.user, about),
        initial=request.POST.dict() or _last_period(about) | request.GET.dict(),
    )
    made: list[Publication] = []
    if _is_sent(request) and carried_out(
        form,
        lambda: made.append(
            services.fill_table(kind=about, rows=form.values, by=request.user, **form.cleaned_data)
        ),
    ):
        return redirect("disclosure:detail", made[0].pk)
    return _page(request, form, f"填{about.title}", reverse("disclosure:tables"))


def _last_period(kind: TableKind) -> dict[str, object]:
    period = last_period(kind.rhythm, today())
    return {"first_on": period.first, "last_on": period.last} if period else {}


def _is_sent(request: SignedInRequest) -> bool:
    """Whether the table is to be saved; "再加几行" only draws the page again."""
    return request.method == "POST" and "more" not in request.POST


def _rows_so_far(request: SignedInRequest, kind: TableKind) -> list[Stored]:
    """What was typed before more rows were asked for, or the rows of an earlier table."""
    if request.method == "POST":
        return posted(kind, request.POST)
    return queries.rows_to_begin_with(request.user, kind, request.GET.get("from", ""))


def _trail() -> list[tuple[str, str]]:
    return [("村务公开", reverse("disclosure:list")), ("填表", reverse("disclosure:tables"))]


def _page(request: SignedInRequest, form: RowsForm, title: str, back: str) -> HttpResponse:
    context = {
        "form": form,
        "kind": form.kind,
        "grid": form.grid(),
        "title": title,
        "back": back,
        "trail": [*_trail(), (title, "")],
    }
    return render(request, "disclosure/table_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_table(request: SignedInRequest, number: int) -> HttpResponse:
    publication = found(request, number)
    if publication.filled is None:
        raise Http404
    kind = publication.filled.about
    services.demand_filling(request.user, publication.village, kind)
    form = TableForm(
        request.POST if _is_sent(request) else None,
        publication=publication,
        kind=kind,
        rows=posted(kind, request.POST) if request.method == "POST" else publication.filled.rows,
        initial={"version": request.POST.get("version", publication.version)},
    )
    if _is_sent(request) and carried_out(
        form,
        lambda: services.refill_table(publication, rows=form.values, by=request.user, **form.cleaned_data),
    ):
        return redirect("disclosure:detail", number)
    return _page(request, form, f"改“{publication}”", reverse("disclosure:detail", args=[number]))
