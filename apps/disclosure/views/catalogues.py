"""The yearly catalogue: read by all, begun, changed and adopted by the county, added to below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today, written
from apps.core.posting import carried_out, errors_of
from apps.disclosure import ledgers, services
from apps.disclosure.catalogue import ITEMS, Item, Rhythm, grouped
from apps.disclosure.forms_catalogue import AddedItemForm, AdoptForm, OwnItemForm, TextForm, YearForm
from apps.disclosure.shelf import SEED, counting_on
from apps.regulations.settings import settings_of
from apps.regulations.table import Overrides, limit

if TYPE_CHECKING:
    from apps.disclosure.models import Catalogue

VIEW, ADOPT, ADD = "disclosure.view", "disclosure.catalogue", "disclosure.add"
TEXTS = {
    "points": "内容要点",
    "rhythm": "时限",
    "channels": "渠道",
    "masked": "不能公开的",
    "audience": "公开范围",
}


@require_safe
def catalogue(request: SignedInRequest) -> HttpResponse:
    """The version that the address names, else the one that counts today, else the seed."""
    demand(request.user, VIEW)
    versions = list(ledgers.catalogues_for(request.user).filter(adopted_on__isnull=False))
    shown = _shown(versions, request.GET.get("version", ""))
    items = [each.about for each in shown.items.all()] if shown else list(SEED)
    context = {
        "shown": shown,
        "groups": _with_days(items, request),
        "versions": versions,
        "drafts": ledgers.drafts_for(request.user),
        "added": ledgers.added_for(request.user),
        "begin": YearForm() if ledgers.counties_of(request.user, ADOPT) else None,
        "may_add": request.user.may(ADD),
        "posted": int(limit("VAD-05", on=today()).value),
    }
    return render(request, "disclosure/catalogue.html", context)


def _shown(versions: list[Catalogue], number: str) -> Catalogue | None:
    if number:
        return next((each for each in versions if str(each.pk) == number), None)
    return counting_on(versions, today())


def _with_days(items: list[Item], request: SignedInRequest) -> list[tuple[str, list[tuple[Item, str]]]]:
    """The items in their groups, each with until when, as the county's numbers say."""
    roots = request.user.scope_for(VIEW).roots
    own = settings_of(roots[0]).on(today()) if roots else {}
    return [(group, [(item, _by_when(item, own)) for item in rows]) for group, rows in grouped(items)]


def _by_when(item: Item, own: Overrides) -> str:
    if item.rhythm is Rhythm.EVENT:
        return f"发生后 {limit('VAD-04', on=today(), overrides=own).value} 日内"
    code = "VAD-03" if item.rhythm is Rhythm.MONTH else "VAD-02"
    return f"期满后下个月 {limit(code, 'due_day', on=today(), overrides=own).value} 日以前"


@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    counties = ledgers.counties_of(request.user, ADOPT)
    demand(request.user, ADOPT, counties[0].path if counties else None)
    form = YearForm(request.POST)
    made: list[Catalogue] = []
    if carried_out(
        form,
        lambda: made.append(services.begin_catalogue(counties[0], by=request.user, **form.cleaned_data)),
    ):
        return redirect("disclosure:draft", made[0].pk)
    messages.error(request, errors_of(form))
    return redirect("disclosure:catalogue")


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, number: int) -> HttpResponse:
    """A draft of the county's: its items, and adopting it."""
    found = _draft(request, number)
    form = AdoptForm(request.POST or None, initial={"since": found.since})
    if request.method == "POST" and carried_out(
        form, lambda: services.adopt(found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{found}已经确定，各村从{written(form.cleaned_data['since'])}起照它公开。")
        return redirect("disclosure:catalogue")
    rows = [(row, _changes(row.about)) for row in found.items.all()]
    trail = [("公开目录", reverse("disclosure:catalogue")), (str(found), "")]
    context = {"catalogue": found, "rows": rows, "form": form, "trail": trail}
    return render(request, "disclosure/draft.html", context, status=422 if form.errors else 200)


def _draft(request: SignedInRequest, number: int) -> Catalogue:
    demand(request.user, ADOPT)
    return get_object_or_404(ledgers.drafts_for(request.user), pk=number)


def _changes(item: Item) -> str:
    """What the county has made different from what the system brings."""
    seed = ITEMS.get(item.code)
    if seed is None:
        return "县里增加的"
    changed = [words for name, words in TEXTS.items() if getattr(item, name) != getattr(seed, name)]
    return f"改了{'、'.join(changed)}" if changed else ""


@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: SignedInRequest, number: int) -> HttpResponse:
    demand(request.user, ADOPT)
    try:
        row = ledgers.draft_item_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = TextForm(request.POST or None, item=row.about, initial=TextForm.initial_of(row.about))
    back = reverse("disclosure:draft", args=[row.catalogue_id])
    if request.method == "POST" and carried_out(
        form, lambda: services.change_item(row, by=request.user, **form.cleaned_data)
    ):
        return redirect(back)
    return _form(request, form, f"{row.about.codes} {row.title}", back)


@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: SignedInRequest, number: int) -> HttpResponse:
    found = _draft(request, number)
    form = OwnItemForm(request.POST or None)
    back = reverse("disclosure:draft", args=[number])
    if request.method == "POST" and carried_out(
        form, lambda: services.add_to_catalogue(found, by=request.user, **form.cleaned_data)
    ):
        return redirect(back)
    return _form(request, form, f"在{found}里增加一项", back)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """A township or a village adds an item."""
    demand(request.user, ADD)
    form = AddedItemForm(request.POST or None, places=ledgers.places_of(request.user, ADD))
    back = reverse("disclosure:catalogue")
    if request.method == "POST" and carried_out(
        form, lambda: services.add_item(by=request.user, **form.told())
    ):
        messages.success(request, "已增加，从那一天起照它公开。增加的事项不能再去掉。")
        return redirect(back)
    return _form(request, form, "增加公开事项", back)


def _form(request: SignedInRequest, form: Any, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "disclosure/form.html", context, status=422 if form.errors else 200)
