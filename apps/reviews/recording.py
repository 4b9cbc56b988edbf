"""Recording a review: the steps, the ballot's totals, the grades; who is added to a mobile branch's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.posting import carried_out
from apps.reviews import queries, rolls, services, sheets
from apps.reviews.forms import GuestForm, ReviewSheet
from apps.reviews.views import review_or_404
from apps.reviews.vocabulary import State
from apps.reviews.workflow import OPEN, RECORD

if TYPE_CHECKING:
    from apps.reviews.models import MemberReview, ReviewedMember

Deed = Callable[..., "MemberReview"]
DEEDS: dict[str, tuple[Deed, str]] = {
    "hold": (services.hold_review, "记下了。现在填测评票数和等次。"),
    "close": (services.close_review, "已归档。结果在每名党员的页面上也看得到。"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, number: int) -> HttpResponse:
    review = review_or_404(request, number)
    demand(request.user, RECORD, review.organization.path)
    if review.state not in OPEN:
        if request.method == "POST":
            messages.error(request, "这次评议已经归档，不能再改。要更正，请先“重新打开更正”。")
        return redirect("reviews:detail", number)
    people = queries.people_of(review)
    sheet = _sheet(request, review, people)
    if request.method == "POST":
        return _sent(request, review, people, sheet)
    return _drawn(request, review, people, sheet)


def _sheet(request: SignedInRequest, review: MemberReview, people: list[ReviewedMember]) -> ReviewSheet:
    held = review.state == State.HELD
    return ReviewSheet(
        request.POST if request.method == "POST" else None,
        queries.entry_of(review, people),
        [(row.pk, row.member.name, row.is_full) for row in people if held],
        version=review.version,
        choices=queries.meetings_to_choose(review),
    )


def _sent(
    request: SignedInRequest, review: MemberReview, people: list[ReviewedMember], sheet: ReviewSheet
) -> HttpResponse:
    if not sheet.is_valid():
        return _drawn(request, review, people, sheet, "标红的地方填得不对，请改一下。")
    step = request.POST.get("step", "save")
    deed, done = DEEDS.get(step, (services.save_review, "已存好，随时可以接着填。"))
    try:
        deed(review, sheet.entry(), version=sheet.version, by=request.user)
    except services.Incomplete as incomplete:
        return _incomplete(request, review, people, sheet, incomplete)
    except Refused as refused:
        return _drawn(request, review, people, sheet, refused.sentence)
    messages.success(request, done)
    return redirect("reviews:detail" if step == "close" else "reviews:edit", review.pk)


def _incomplete(
    request: SignedInRequest,
    review: MemberReview,
    people: list[ReviewedMember],
    sheet: ReviewSheet,
    incomplete: services.Incomplete,
) -> HttpResponse:
    """The same form with a sentence at each field; what was written is kept meanwhile, where it can be."""
    wrong = f"有 {len(incomplete.missing)} 处还要填"
    try:
        kept = services.save_review(review, sheet.entry(), version=sheet.version, by=request.user)
    except Refused:
        sentence = f"{wrong}，还没有存。"
    else:
        review.version = kept.version
        sentence = f"{wrong}，写的内容已经先存着。"
    sheet.refuse(incomplete.missing)
    return _drawn(request, review, people, sheet, sentence, kept=review.version)


def _drawn(
    request: SignedInRequest,
    review: MemberReview,
    people: list[ReviewedMember],
    sheet: ReviewSheet,
    wrong: str = "",
    *,
    kept: int | None = None,
    guest: GuestForm | None = None,
) -> HttpResponse:
    takes_guests = rolls.takes_guests(review.organization)
    rows = [(row, sheet.people.get(row.pk)) for row in people]
    context = {
        "review": review,
        "sheet": sheet,
        "form": sheet.head,
        "version": kept or sheet.head["version"].value(),
        "graded": [pair for pair in rows if pair[0].is_full],
        "others": [row for row in people if not row.is_full],
        "people": people,
        "result": sheets.result_of(review, people),
        "is_held": review.state == State.HELD,
        "guest": guest or (GuestForm() if takes_guests else None),
        "wrong": wrong,
        "complaints": sheet.complaints if wrong else [],
        "today": today(),
        "back": reverse("reviews:branch", args=[review.organization_id]),
    }
    return render(
        request, "reviews/edit.html", context, status=422 if wrong or (guest and guest.errors) else 200
    )


@require_POST
def add_guest(request: SignedInRequest, number: int) -> HttpResponse:
    review = review_or_404(request, number)
    demand(request.user, RECORD, review.organization.path)
    form = GuestForm(request.POST)
    if carried_out(form, lambda: services.add_guest(review, **form.cleaned_data, by=request.user)):
        messages.success(request, f"已把{form.cleaned_data['name']}加进名单。")
        return redirect("reviews:edit", number)
    people = queries.people_of(review)
    request.method = "GET"
    return _drawn(request, review, people, _sheet(request, review, people), guest=form)


@require_POST
def remove_guest(request: SignedInRequest, number: int, row: int) -> HttpResponse:
    review = review_or_404(request, number)
    try:
        services.remove_guest(review, row=row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("reviews:edit", number)
