"""Recording a meeting: the form, what the server says while it is filled in, keeping and handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.access import SignedInRequest, demand
from apps.core.errors import Refused
from apps.core.keeping import kept_on_phone
from apps.meetings import queries, services
from apps.meetings.attached import attach_all, withdraw_from
from apps.meetings.desk import Desk
from apps.meetings.extensions import topic_of_key
from apps.meetings.merging import absorb, conflict_of, merge, put_together
from apps.meetings.minutes import with_new_decisions
from apps.meetings.photo_forms import files_in
from apps.meetings.sheets import Item
from apps.meetings.twins import Twins, named
from apps.meetings.views import record_or_404
from apps.meetings.workflow import RECORDING

if TYPE_CHECKING:
    from apps.meetings.models import Meeting
    from apps.organizations.models import Organization

RECORD = "meetings.record"
REDRAWN = frozenset({"add", "merge", "look", "photos", "frame"})
FILL = "fill:"
WITHDRAW_PHOTO = "withdraw-photo "  # and the photo's key
SAME = "same "  # and the id of the other record of the same meeting


@require_http_methods(["GET", "HEAD", "POST"])
@kept_on_phone("branch")
def meeting_new(request: SignedInRequest) -> HttpResponse:
    demand(request.user, RECORD)
    branch = _branch_or_404(request, request.GET.get("branch", ""))
    if branch is None:
        choices = queries.branches_for(request.user)
        return render(request, "meetings/choose.html", {"branches": choices})
    if request.method == "POST":
        return _sent(Desk(request, branch, data=request.POST))
    return Desk(request, branch, extra={"drafts": queries.drafts_of(branch)}).drawn()


def _branch_or_404(request: SignedInRequest, code: str) -> Organization | None:
    """The branch asked for, or the only one there is; None when one must be chosen."""
    if code:
        try:
            return queries.branch_for(request.user, code)
        except ObjectDoesNotExist as error:
            raise Http404 from error
    branches = list(queries.branches_for(request.user)[:2])
    return branches[0] if len(branches) == 1 else None


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: SignedInRequest, number: int) -> HttpResponse:
    meeting = record_or_404(request, number)
    demand(request.user, RECORD, meeting.organization.path)
    if meeting.state not in RECORDING and request.method != "POST":
        messages.error(request, f"这条记录现在是“{meeting.get_state_display()}”，不能改。")
        return redirect("meetings:detail", number)
    if request.method == "POST":
        return _sent(Desk(request, meeting.organization, meeting, data=request.POST))
    return Desk.for_stored(request, meeting).drawn()


def _sent(desk: Desk) -> HttpResponse:
    """Answer a form that came back: look at it again, keep it, or hand it in."""
    step = desk.request.POST.get("step", "draft")
    whole = step in ("submit", "apart")
    again = looked_at(desk, whole=whole)
    if again:
        return again
    return _hand_in(desk, apart=step == "apart" or bool(desk.absorbs)) if whole else _keep(desk)


def looked_at(desk: Desk, *, whole: bool) -> HttpResponse | None:
    """The form once more, where it asks for that or cannot be read; `whole` wants day and hour as well."""
    step = desk.request.POST.get("step", "draft")
    valid = desk.form.is_valid()
    desk.version = desk.form.edit().version
    _mind_photos(desk, step)
    if step == "add":
        desk.add_resolution()
    if step == "merge":
        merge(desk)
    if step.startswith(SAME):
        put_together(desk, step.removeprefix(SAME))
    if step == "frame":
        desk.add_frame()
    if step.startswith(FILL):
        _fill(desk, step)
    if step in REDRAWN or step.startswith((WITHDRAW_PHOTO, FILL, SAME)):
        return desk.drawn()
    if not valid or (whole and not desk.form.says_when()):
        desk.extra["wrong"] = "标红的地方填得不对，请改一下。"
        return desk.drawn(status=422)
    return None


def _mind_photos(desk: Desk, step: str) -> None:
    """Photos that came along with the form, where no script sent them before; or one to take away."""
    files = files_in(desk.request.FILES)
    refused = attach_all(files, branch=desk.branch, client_key=desk.client_key, by=desk.request.user)
    for sentence in refused:
        messages.error(desk.request, sentence)
    if step.startswith(WITHDRAW_PHOTO):
        withdraw_from(desk.client_key, step.removeprefix(WITHDRAW_PHOTO), by=desk.request.user)


def _fill(desk: Desk, step: str) -> None:
    """A ready answer that was tapped where no script puts it into its field: "fill:held_on:2026-11-21"."""
    name, _, value = step.removeprefix(FILL).partition(":")
    if name in ("held_on", "late_reason"):
        desk.fill(**{name: value})
    if name == "minutes":
        desk.fill(minutes=f"{desk.entry.minutes}\n{value}".strip())
    lesson = topic_of_key(desk.branch, desk.entry.held_on, value) if name == "lesson" else None
    if lesson:
        desk.fill(topic=lesson.title, lecturer=lesson.lecturer or desk.entry.lecturer)


def _keep(desk: Desk) -> HttpResponse:
    try:
        meeting = _stored(desk)
    except Refused as refused:
        return refused_page(desk, refused)
    absorb(desk.absorbs, into=meeting, branch=desk.branch, by=desk.request.user)
    messages.success(desk.request, "已存好，还没有交上；随时可以接着写。")
    return redirect("meetings:edit", meeting.pk)


def _hand_in(desk: Desk, *, apart: bool) -> HttpResponse:
    try:
        meeting = services.record_meeting(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user, apart=apart
        )
    except Twins as refused:
        return _ask(desk, refused)
    except Refused as refused:
        return refused_page(desk, refused)
    absorb(desk.absorbs, into=meeting, branch=desk.branch, by=desk.request.user)
    messages.success(desk.request, f"已交上：{meeting.get_kinds_display()}。{desk.sheet.standing.title}")
    return redirect("meetings:detail", meeting.pk)


def _ask(desk: Desk, asked: Twins) -> HttpResponse:
    """Whether it is the same meeting as one that is there already; what was written is kept meanwhile."""
    try:
        desk.meeting = _stored(desk)
    except Refused as refused:
        return refused_page(desk, refused)
    desk.version = desk.meeting.version
    desk.extra["twins"] = [(twin, named(twin)) for twin in asked.twins]
    return desk.drawn(status=422)


def _stored(desk: Desk) -> Meeting:
    """What was written, as a draft. Raises Refused."""
    return services.save_draft(
        desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user
    )


def refused_page(desk: Desk, refused: Refused) -> HttpResponse:
    """The same form with a sentence at each field; what was written is kept as a draft meanwhile."""
    if isinstance(refused, services.Incomplete):
        try:
            desk.version = _stored(desk).version
        except Refused as again:  # somebody else saved in that very moment
            return refused_page(desk, again)
        desk.extra["wrong"] = f"有 {len(refused.refusals)} 处还要填，写的内容已经先存着。"
        desk.form.refuse(refused.refusals)
        return desk.drawn(status=422)
    if isinstance(refused, services.Overwritten):
        desk.extra["conflict"] = conflict_of(desk, refused.meeting)
        desk.version = refused.meeting.version
    desk.extra["wrong"] = refused.sentence
    return desk.drawn(status=422)


@require_POST
def preview(request: SignedInRequest) -> HttpResponse:
    """What the rules say to the form as it stands; nothing is written."""
    desk = desk_sent(request)
    desk.form.is_valid()
    if request.POST.get("step") == "add":
        desk.add_resolution()
        return desk.drawn("meetings/record.html#resolutions")
    if request.POST.get("step") == "frame":
        desk.add_frame()
        return desk.drawn("meetings/record.html#minutes")
    desk.extra = _changed(request.POST, desk)
    return desk.drawn("meetings/_preview.html")


def _changed(sent: QueryDict, desk: Desk) -> dict[str, Any]:
    """The parts of the page that are not as the server would draw them now."""
    sheet, minutes = desk.sheet, _minutes_of(desk)
    decisions = sheet.resolutions
    return {
        "oob": True,
        "new_people": sent.get("listed") != sheet.listed,
        "new_parts": sent.get("asked", "") != " ".join(sheet.asked),
        "new_names": sent.get("named", "") != desk.named,
        "new_phrases": sent.get("phrased", "") != " ".join(desk.entry.kinds),
        "new_exclusions": sent.get("excludable", "") != sheet.excludable,
        "new_minutes": minutes if minutes != desk.entry.minutes else "",
        "new_shown": [one for one in decisions if _is_drawn_otherwise(sent, one)],
        "new_voting": [
            one for one in decisions if _said(sent, one, "voted_on") != one.form["voted_on"].value()
        ],
        "new_dissent": [
            one for one in sheet.resolutions if bool(_said(sent, one, "dissents")) < one.dissents
        ],
    }


def _minutes_of(desk: Desk) -> str:
    """With headings for new decisions; what was handed in once is changed by nobody but its people."""
    was_handed_in = desk.meeting is not None and desk.meeting.submitted_at is not None
    return desk.entry.minutes if was_handed_in else with_new_decisions(desk.entry)


def _is_drawn_otherwise(sent: QueryDict, item: Item) -> bool:
    """Whether the page shows other parts of the decision, or another number of candidates."""
    rows = str(item.form.rows) if "election" in item.shown else ""
    return (_said(sent, item, "shown"), _said(sent, item, "rows")) != (" ".join(item.shown), rows)


def _said(sent: QueryDict, item: Item, name: str) -> str:
    return str(sent.get(f"{item.form.prefix}-{name}", ""))


@require_POST
def autosave(request: SignedInRequest) -> HttpResponse:
    """Keep a draft while it is written; says where the words are."""
    desk = desk_sent(request)
    if not desk.form.is_valid():
        return noted(desk, "有一处填得不对，先存在手机上")
    if not (desk.entry.has_words or desk.form.edit().version):
        return HttpResponse(status=204)
    try:
        meeting = services.save_draft(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=request.user
        )
    except services.Overwritten:
        return noted(desk, "别人也在改，先存在手机上")
    except Refused:
        return noted(desk, "还没存进去，先存在手机上")
    desk.version = meeting.version
    answer = noted(desk, f"已存好 {timezone.localtime():%H:%M}")
    answer["X-Kept"] = "1"
    answer["HX-Replace-Url"] = reverse("meetings:edit", args=[meeting.pk])
    return answer


def noted(desk: Desk, words: str) -> HttpResponse:
    version = desk.version or desk.sent.get("version", "0")
    return render(desk.request, "meetings/_autosaved.html", {"words": words, "version": version, "oob": True})


def desk_sent(request: SignedInRequest) -> Desk:
    demand(request.user, RECORD)
    branch = _branch_or_404(request, request.POST.get("branch", ""))
    if branch is None:
        raise Http404
    return Desk(request, branch, _record_of(request, branch), data=request.POST)


def _record_of(request: SignedInRequest, branch: Organization) -> Meeting | None:
    """The stored record that the form belongs to, if it was kept before."""
    try:
        key = UUID(request.POST.get("client_key", ""))
    except ValueError:
        return None
    return queries.record_by_key(branch, key)
