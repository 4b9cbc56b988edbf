"""Pages of the notice board: what hangs and what does not, one publication's sheets, their photos."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.attachments.answers import file_answer
from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.posting import carried_out, errors_of
from apps.disclosure import posted, queries, services
from apps.disclosure.board import rule_on
from apps.disclosure.board_forms import PutUpForm, StrikeForm, TakeDownForm
from apps.disclosure.catalogue import Audience
from apps.disclosure.states import State

if TYPE_CHECKING:
    from apps.disclosure.models import Posting, Publication

ROWS = 50
PREPARE = "disclosure.prepare"


@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """What is published, and where each stands on the notice board; first only what is not right."""
    demand(request.user, queries.VIEW)
    rule = rule_on(today())
    everything = posted.on_board(request.user, rule)
    wanting = posted.lacking(everything, rule)
    shows_all = request.GET.get("show") == "all"
    page = Paginator(everything if shows_all else wanting, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [posted.boarded(row, rule) for row in page],
        "rule": rule,
        "shows_all": shows_all,
        "tabs": [("要张贴的", request.path, not shows_all), ("全部", "?show=all", shows_all)],
    }
    return render(request, "disclosure/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: SignedInRequest, number: int) -> HttpResponse:
    """Where one publication hangs and hung; print it, write down that it was put up."""
    publication = _publication(request, number)
    path = publication.village.organization.path
    if request.method == "POST":
        demand(request.user, PREPARE, path)
    form = PutUpForm(
        request.POST or None, request.FILES or None, photo_required=services.photo_is_required(path)
    )
    put_up = partial(services.put_up, publication, by=request.user)
    if carried_out(form, lambda: put_up(**form.cleaned_data)):
        messages.success(request, "已登记张贴，公开页面上写明从哪天贴起。")
        return redirect("disclosure:sheets", number)
    rule = rule_on(today())
    context = {
        "publication": publication,
        "sheets": posted.sheets_of(publication, rule),
        "board": posted.boarded(publication, rule).board,
        "rule": rule,
        "form": form,
        "take_down": TakeDownForm(auto_id=False),
        "is_published": publication.state == State.PUBLISHED and publication.audience == Audience.PUBLIC,
        "may_write": request.user.may(PREPARE, path),
        "trail": _trail(publication),
    }
    return render(request, "disclosure/sheets.html", context, status=422 if form.errors else 200)


def _trail(publication: Publication) -> list[tuple[str, str]]:
    detail = reverse("disclosure:detail", args=[publication.pk])
    return [("村务公开", reverse("disclosure:list")), (str(publication), detail), ("张贴", "")]


def _publication(request: SignedInRequest, number: int) -> Publication:
    try:
        return queries.publication_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_POST
def take_down(request: SignedInRequest, posting: int) -> HttpResponse:
    form = TakeDownForm(request.POST)
    return _changed(request, posting, form, services.take_down, "已登记撤下。")


@require_POST
def strike(request: SignedInRequest, posting: int) -> HttpResponse:
    form = StrikeForm(request.POST)
    return _changed(request, posting, form, services.strike, "已删去这一条登记，原因留在操作记录里。")


def _changed(
    request: SignedInRequest, number: int, form: BaseForm, verb: Callable[..., object], done: str
) -> HttpResponse:
    posting = _posting(request, number)
    demand(request.user, PREPARE, posting.publication.village.organization.path)
    if carried_out(form, lambda: verb(posting, **form.cleaned_data, by=request.user)):
        messages.success(request, done)
    else:
        messages.error(request, errors_of(form))
    return redirect("disclosure:sheets", posting.publication_id)


def _posting(request: SignedInRequest, number: int) -> Posting:
    try:
        return posted.posting_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
def photo(request: SignedInRequest, posting: int) -> HttpResponseBase:
    try:
        return file_answer(posted.photo_for(request.user, posting))
    except ObjectDoesNotExist as error:
        raise Http404 from error
