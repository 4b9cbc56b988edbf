"""The list of publications, one on its way, and the steps that somebody may take with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.attachments.kinds import ACCEPT, Kind
from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.core.workflow import open_steps
from apps.disclosure import ledgers, queries, services
from apps.disclosure.archiving import with_archive
from apps.disclosure.board import rule_on
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, Item
from apps.disclosure.filters import PublicationFilter
from apps.disclosure.forms import PublicationForm, ReasonForm, StepForm, WordsForm, step_form
from apps.disclosure.frozen import period_words, table_of
from apps.disclosure.plain import plain_name
from apps.disclosure.prose import blocks_of
from apps.disclosure.states import OPEN, PARTY_STEPS, State, way_of
from apps.disclosure.tables.shown import shown_table

if TYPE_CHECKING:
    from apps.disclosure.models import Publication
    from apps.disclosure.queries import Receipts
    from apps.organizations.models import Village

ROWS = 50
PREPARE = queries.PREPARE
REGISTER = "opinions.register"
VERBS: dict[str, Callable[..., Publication]] = {
    "propose": services.propose,
    "object": services.object_to,
    "consent": services.consent,
    "clear": services.clear,
    "hold": services.hold,
    "confirm": services.confirm,
    "publish": services.publish,
    "file": services.file,
    "withdraw": services.withdraw,
}
DONE = {
    "propose": "已送村务监督委员会审查。",
    "object": "已提出异议，村里会看到。",
    "consent": "已同意公布。",
    "clear": "保密审查通过，等联席会议确定。",
    "hold": "已退回，村里会看到哪里不能公开。",
    "confirm": "已登记联席会议决定，可以公布了。",
    "publish": "已公布，村民现在就能看到。",
    "file": "已备案。",
    "withdraw": "已撤回，公开页面上写明撤回和原因。",
}


@require_safe
def publication_list(request: SignedInRequest) -> HttpResponse:
    demand(request.user, queries.VIEW)
    filtered = PublicationFilter(request.GET, queries.publications_for(request.user), request=request)
    rows = filtered.qs if filtered.is_valid() else queries.publications_for(request.user).none()
    on = today()
    rows = with_archive(rows, rule_on(on), on)
    context = {
        "filter": filtered,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "clear": request.path if any(request.GET.values()) else "",
        "waiting": queries.waiting_for(request.user),
        "may_prepare": request.user.may(PREPARE),
        "may_import": request.user.may("disclosure.import"),
    }
    return render(request, "disclosure/list.html", context, status=200 if filtered.is_valid() else 422)


def found(request: SignedInRequest, number: int) -> Publication:
    try:
        return queries.publication_for(request.user, number)
    except ObjectDoesNotExist as error:
        raise Http404 from error


@require_safe
def detail(request: SignedInRequest, number: int) -> HttpResponse:
    return _detail(request, found(request, number))


def _detail(
    request: SignedInRequest, publication: Publication, *, action: str = "", form: StepForm | None = None
) -> HttpResponse:
    held = request.user.permissions_on(publication.village.organization.path)
    receipts = queries.receipts_of(publication)
    is_open = publication.state in OPEN
    filing = services.filing_due(publication)
    private = services.private_words(publication) if is_open else []
    answer_due, answer_state = _answer_due(publication)
    context = {
        "publication": publication,
        "period": period_words(publication.first_on, publication.last_on),
        "lines": _lines(publication, receipts),
        "blocks": blocks_of(publication.body),
        "files": services.scanned(queries.files_of(publication)),
        "new_key": uuid4(),
        "accept": ACCEPT[Kind.DISCLOSURE],
        **_table(publication, receipts),
        "unseen": _unseen(receipts) if is_open else "",
        "steps": [
            (name, label, form if name == action and form else _blank(name, publication))
            for name, label in _steps(publication, held)
            if name != "file" or filing
        ],
        "reads_first": publication.state in (State.PROPOSED, State.CLEARING),
        "private": private,
        "may_mask": PREPARE in held and services.maskable(private),
        **_allowed(publication, held),
        "correction": form if form and not action else ReasonForm(auto_id="correct_%s"),
        "answer_due": answer_due,
        "answer_state": answer_state,
        "filing": filing and f"{written(filing)}以前报乡镇备案（VAD-10）。",
        "trail": [("村务公开", reverse("disclosure:list")), (str(publication), "")],
    }
    return render(request, "disclosure/detail.html", context, status=422 if form else 200)


def _steps(publication: Publication, held: frozenset[str]) -> list[tuple[str, str]]:
    """What can be done now on its way, by name and as it is called."""
    way = way_of(is_party=publication.about.is_party)
    return [(name, step.label) for name, step in open_steps(way, publication.state, held).items()]


def _allowed(publication: Publication, held: frozenset[str]) -> dict[str, bool]:
    """What the reader may do with it beside the steps of its way."""
    is_open, is_published = publication.state in OPEN, publication.state == State.PUBLISHED
    may_fill = _may_fill(publication, held)
    return {
        "may_prepare": PREPARE in held,
        "may_write": PREPARE in held and is_open,
        "may_fill": may_fill and is_open,
        "may_refill": may_fill,
        "may_attach": may_attach(publication, held),
        "may_ask": REGISTER in held and is_published,
        "may_correct": PREPARE in held and is_published,
    }


def may_attach(publication: Publication, held: frozenset[str]) -> bool:
    """Whether receipts may be put to its lines: by the village, and of money by whoever keeps the books."""
    by_agent = publication.about.is_finance and queries.PREPARE_FINANCE in held
    return publication.state in OPEN and (PREPARE in held or by_agent)


def _may_fill(publication: Publication, held: frozenset[str]) -> bool:
    """Whether its table may be changed: by the village, and of money by whoever keeps the books."""
    table = publication.filled
    by_agent = table and table.about.is_finance and queries.PREPARE_FINANCE in held
    return PREPARE in held or bool(by_agent)


def _answer_due(publication: Publication) -> tuple[str, str]:
    """Until when the committee or the village is to answer, and the note's state (VAD-11)."""
    if publication.state not in (State.PROPOSED, State.OBJECTED):
        return "", ""
    day = services.objection_due(publication)
    late = (today() - day).days
    who = "监委会要有意见" if publication.state == State.PROPOSED else "村里要有答复"
    over = f"，已经过了 {late} 天" if late > 0 else ""
    return f"{written(day)}以前{who}{over}（VAD-11）。", "bad" if late > 0 else ""


def _blank(action: str, publication: Publication) -> StepForm:
    """The form of a step; the collective's head answers for what is published of money (FIN-08)."""
    head = (publication.group or publication.village).chairman
    return step_form(action, publication.state)(auto_id=f"{action}_%s", initial={"director": head})


def _table(publication: Publication, receipts: Mapping[int, Receipts]) -> dict[str, object]:
    """Its table as the public will read it, and what is worth another look."""
    table = publication.filled
    if table is None:
        return {"table": None}
    warnings = services.warnings_of(publication)
    return {
        "table": shown_table(table_of(table)).noted(receipts),
        "kind": table.kind,
        "warnings": [f"第 {each.row + 1} 行：{each.sentence}{each.advice}" for each in warnings],
    }


def _unseen(receipts: Mapping[int, Receipts]) -> str:
    """At which lines somebody must still look at a receipt; "" when there is none."""
    numbers = [str(number) for number, each in sorted(receipts.items()) if each.unseen]
    return f"第 {'、'.join(numbers)} 笔，送审以前要有人打开看过。" if numbers else ""


def _lines(
    publication: Publication, receipts: Mapping[int, Receipts]
) -> list[tuple[object, str, Receipts | None]]:
    lines = publication.statement.lines.all() if publication.statement else ()
    return [(line, plain_name(line.summary), receipts.get(line.number)) for line in lines]


@require_POST
def step(request: SignedInRequest, number: int, action: str) -> HttpResponse:
    publication = found(request, number)
    if action not in VERBS:
        raise Http404
    demand(request.user, PARTY_STEPS[action].permission, publication.village.organization.path)
    form = step_form(action, publication.state)(request.POST, auto_id=f"{action}_%s")
    if not carried_out(form, lambda: VERBS[action](publication, **form.told(), by=request.user)):
        return _detail(request, publication, action=action, form=form)
    messages.success(request, DONE[action])
    return redirect("disclosure:detail", number)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    demand(request.user, PREPARE)
    villages = queries.villages_of(request.user, PREPARE)
    form = PublicationForm(
        request.POST or None,
        villages=villages,
        items=_written_items(list(villages)),
        events=ledgers.events_for(request.user).filter(village__in=villages, cancel_reason=""),
        initial=request.GET.dict(),
    )
    made: list[Publication] = []
    if request.method == "POST" and carried_out(
        form, lambda: made.append(services.write_publication(**form.told(), by=request.user))
    ):
        return redirect("disclosure:detail", made[0].pk)
    context = {"form": form, "title": "写一件公开", "back": reverse("disclosure:list")}
    return render(request, "disclosure/form.html", context, status=422 if form.errors else 200)


def _written_items(villages: Sequence[Village]) -> list[Item]:
    """What is published in words; income and expense are not."""
    items = ledgers.items_below(villages, on=today())
    return [item for item in items if item.code != INCOME_AND_EXPENSE]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, number: int) -> HttpResponse:
    publication = found(request, number)
    demand(request.user, PREPARE, publication.village.organization.path)
    stored = {name: getattr(publication, name) for name in ("version", "title", "body")}
    form = WordsForm(request.POST or None, initial=stored)
    if request.method == "POST" and carried_out(
        form, lambda: services.rewrite(publication, **form.cleaned_data, by=request.user)
    ):
        return redirect("disclosure:detail", number)
    back = reverse("disclosure:detail", args=[number])
    context = {"form": form, "title": f"改“{publication}”", "back": back}
    return render(request, "disclosure/form.html", context, status=422 if form.errors else 200)


@require_POST
def mask(request: SignedInRequest, number: int) -> HttpResponse:
    try:
        services.mask(found(request, number), by=request.user)
        messages.success(request, "已遮盖，请再看一遍。")
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("disclosure:detail", number)


@require_POST
def correct(request: SignedInRequest, number: int) -> HttpResponse:
    publication = found(request, number)
    form = ReasonForm(request.POST, auto_id="correct_%s")
    made: list[Publication] = []
    if carried_out(form, lambda: made.append(services.correct(publication, **form.told(), by=request.user))):
        messages.success(request, "这是新的一版草稿；原来那一版还公布着，等这一版办完才换。")
        return redirect("disclosure:detail", made[0].pk)
    return _detail(request, publication, form=form)
