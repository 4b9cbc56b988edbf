"""Recording a meeting: the form, what the server says while it is filled in, keeping and handing in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.access import SignedInRequest, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.keeping import kept_on_phone
from apps.core.periods import Month
from apps.meetings import queries, services
from apps.meetings.assessment import assess
from apps.meetings.attached import attach_all, attached_to, withdraw_from
from apps.meetings.conflicts import Conflict, differences
from apps.meetings.entries import MeetingEntry
from apps.meetings.forms import REASONS, RecordForm
from apps.meetings.kinds import NOT_RECORDED, Kind
from apps.meetings.lecturers import candidates_for, written_names
from apps.meetings.offline import Standby, standby_of
from apps.meetings.photo_forms import files_in
from apps.meetings.rolls import Roll, roll_of
from apps.meetings.sheets import Item, Sheet, initial_of, new_resolution, resolutions_initial, sheet_of
from apps.meetings.views import record_or_404
from apps.meetings.workflow import RECORDING
from apps.organizations.queries import groups_of

if TYPE_CHECKING:
    from apps.meetings.models import Meeting
    from apps.organizations.models import Organization

RECORD = "meetings.record"
T = TypeVar("T")
WITHDRAW_PHOTO = "withdraw-photo "  # and the photo's key


@dataclass
class Desk:
    """One open form: the branch, the stored record if there is one, and what was sent."""

    request: SignedInRequest
    branch: Organization
    meeting: Meeting | None = None
    data: QueryDict | None = None
    version: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def stored(self) -> MeetingEntry:
        """What the form is first filled in with."""
        if self.meeting:
            return queries.with_life_year(queries.entry_of(self.meeting), self.branch, self.meeting)
        entry = queries.prefilled(self.branch, wish_of(self.request))
        return queries.with_life_year(entry, self.branch, None)

    @cached_property
    def form(self) -> RecordForm:
        day = self.stored.held_on
        people = queries.people_for(self.branch, day, self.meeting)
        groups = [(group.pk, str(group)) for group in groups_of(self.branch, day)]
        if self.data is not None:
            return RecordForm(self.data, people=people, groups=groups)
        entry = self.stored
        voters_present = assess(entry, self.roll).voters[1]
        key = self.meeting.client_key if self.meeting else uuid4()
        initial = {**initial_of(entry), "client_key": key, "page": uuid4()}
        return RecordForm(
            people=people,
            groups=groups,
            initial=initial,
            resolutions=resolutions_initial(entry, voters_present),
        )

    @cached_property
    def entry(self) -> MeetingEntry:
        """What was sent, as far as it could be read; before anything was sent, what is stored."""
        if self.data is None:
            return self.stored
        self.form.is_valid()
        return queries.with_life_year(self.form.entry(), self.branch, self.meeting)

    @cached_property
    def roll(self) -> Roll:
        votes = queries.votes_on(self.meeting, self.entry.held_on)
        return roll_of(self.branch, self.entry, votes)

    @property
    def sheet(self) -> Sheet:
        everything = list(self.form.resolutions)
        told = everything if self.data is None else self.form.told
        return sheet_of(
            self.entry,
            self.roll,
            self.branch,
            handed_in=queries.day_of_hand_in(self.meeting, Month.of(self.entry.held_on)),
            forms=(everything, told),
        )

    @property
    def lecturers(self) -> list[str]:
        """Who is offered as lecturer; nobody where there is no lesson."""
        if Kind.LESSON not in self.entry.kinds:
            return []
        return written_names(candidates_for(self.branch, self.entry.held_on))

    @property
    def standby(self) -> Standby:
        """What a script draws from while there is no signal."""
        return standby_of(self.branch, self.entry, today())

    @property
    def blank_resolution(self) -> Item:
        return Item(self.form.resolutions.empty_form)

    @property
    def client_key(self) -> UUID:
        """By which the record is known before it is stored."""
        if self.data is None:
            return UUID(str(self.form.meeting.initial["client_key"]))
        return self.form.edit().client_key

    @property
    def action(self) -> str:
        if self.meeting:
            return reverse("meetings:edit", args=[self.meeting.pk])
        return f"{reverse('meetings:new')}?branch={self.branch.code}"

    @property
    def back(self) -> str:
        if self.meeting and self.meeting.submitted_at:
            return reverse("meetings:detail", args=[self.meeting.pk])
        return reverse("meetings:list")

    def add_resolution(self) -> None:
        """Draw one more decision, filled in as far as can be guessed."""
        data = self.sent.copy()
        number = len(self.form.resolutions.forms)
        names = {one.id: one.name for one in self.roll.everybody}
        for name, value in new_resolution(self.entry, names).items():
            data[f"resolutions-{number}-{name}"] = value
        data["resolutions-TOTAL_FORMS"] = str(number + 1)
        self.redraw(data)

    def redraw(self, data: QueryDict) -> None:
        """Draw the form with other values than were sent."""
        self.data = data
        for name in ("form", "entry", "roll"):
            self.__dict__.pop(name, None)
        self.form.is_valid()

    @property
    def sent(self) -> QueryDict:
        return self.data if self.data is not None else QueryDict()

    def drawn(self, template: str = "meetings/record.html", *, status: int = 200) -> HttpResponse:
        context = {
            "branch": self.branch,
            "meeting": self.meeting,
            "form": self.form.meeting,
            "resolutions": self.form.resolutions,
            "sheet": self.sheet,
            "desk": self,
            "version": self.version,
            "action": self.action,
            "owner": f"{self.request.user.pk}.{self.branch.pk}",
            "reasons": REASONS,
            "places": queries.places_of(self.branch),
            "lecturers": self.lecturers,
            "title": "改这次会的记录" if self.meeting else "记一次会",
            "back": self.back,
            "saved": "",
            "drafts": [],
            "wrong": "",
            "complaints": self.form.complaints if self.data is not None else [],
            "conflict": None,
            "attached": SimpleLazyObject(lambda: attached_to(self.client_key)),
            **self.extra,
        }
        return render(self.request, template, context, status=status)


def wish_of(request: SignedInRequest) -> queries.Wish:
    """Kind, month and day that a link asks for; what cannot be read is not asked for."""
    kind = request.GET.get("kind", "")
    return queries.Wish(
        kind=Kind(kind) if kind in set(Kind) - NOT_RECORDED else None,
        month=_read(Month.parse, request.GET.get("month", "")),
        day=_read(date.fromisoformat, request.GET.get("day", "")),
    )


def _read(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except ValueError:
        return None


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
    return Desk(request, meeting.organization, meeting, version=meeting.version).drawn()


def _sent(desk: Desk) -> HttpResponse:
    """Answer a form that came back: look at it again, keep it, or hand it in."""
    step = desk.request.POST.get("step", "draft")
    valid = desk.form.is_valid()
    desk.version = desk.form.edit().version
    _mind_photos(desk, step)
    if step == "add":
        desk.add_resolution()
    if step == "join":
        _join(desk)
    if step in ("add", "join", "look", "photos") or step.startswith(WITHDRAW_PHOTO):
        return desk.drawn()
    if not valid or (step == "submit" and not desk.form.says_when()):
        desk.extra["wrong"] = "标红的地方填得不对，请改一下。"
        return desk.drawn(status=422)
    return _hand_in(desk) if step == "submit" else _keep(desk)


def _mind_photos(desk: Desk, step: str) -> None:
    """Photos that came along with the form, where no script sent them before; or one to take away."""
    files = files_in(desk.request.FILES)
    refused = attach_all(files, branch=desk.branch, client_key=desk.client_key, by=desk.request.user)
    for sentence in refused:
        messages.error(desk.request, sentence)
    if step.startswith(WITHDRAW_PHOTO):
        withdraw_from(desk.client_key, step.removeprefix(WITHDRAW_PHOTO), by=desk.request.user)


def _keep(desk: Desk) -> HttpResponse:
    try:
        meeting = services.save_draft(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user
        )
    except Refused as refused:
        return _refused(desk, refused)
    messages.success(desk.request, "已存好，还没有交上；随时可以接着写。")
    return redirect("meetings:edit", meeting.pk)


def _hand_in(desk: Desk) -> HttpResponse:
    try:
        meeting = services.record_meeting(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user
        )
    except Refused as refused:
        return _refused(desk, refused)
    messages.success(desk.request, f"已交上：{meeting.get_kinds_display()}。{desk.sheet.standing.title}")
    return redirect("meetings:detail", meeting.pk)


def _refused(desk: Desk, refused: Refused) -> HttpResponse:
    """The same form with a sentence at each field; what was written is kept as a draft meanwhile."""
    if isinstance(refused, services.Overwritten):
        desk.extra["conflict"] = _both(desk, refused.meeting)
        desk.version = refused.meeting.version
        desk.extra["wrong"] = refused.sentence
        return desk.drawn(status=422)
    if isinstance(refused, services.Incomplete):
        kept = services.save_draft(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=desk.request.user
        )
        desk.version = kept.version
        desk.extra["wrong"] = f"有 {len(refused.refusals)} 处还要填，写的内容已经先存着。"
        desk.form.refuse(refused.refusals)
    else:
        desk.extra["wrong"] = refused.sentence
    return desk.drawn(status=422)


def _both(desk: Desk, theirs: Meeting) -> Conflict:
    """What somebody else saved beside what was sent, field by field."""
    mine = services.settled(assess(desk.entry, desk.roll))
    names = dict(queries.people_for(desk.branch, mine.held_on, theirs))
    return Conflict(str(theirs.edited_by or ""), differences(queries.entry_of(theirs), mine, names))


def _join(desk: Desk) -> None:
    """Put the other person's minutes below one's own, so that one text holds both."""
    theirs = queries.record_by_key(desk.branch, desk.form.edit().client_key)
    if theirs:
        data = desk.sent.copy()
        data["minutes"] = f"{data.get('minutes', '')}\n\n{theirs.minutes}".strip()
        desk.redraw(data)
        desk.version = theirs.version


@require_POST
def preview(request: SignedInRequest) -> HttpResponse:
    """What the rules say to the form as it stands; nothing is written."""
    desk = desk_sent(request)
    desk.form.is_valid()
    if request.POST.get("step") == "add":
        desk.add_resolution()
        return desk.drawn("meetings/record.html#resolutions")
    sheet = desk.sheet
    desk.extra = {
        "oob": True,
        "new_people": request.POST.get("listed") != sheet.listed,
        "new_parts": request.POST.get("asked", "") != " ".join(sheet.asked),
        "new_written": [item for item in sheet.resolutions if _written_changed(request, item)],
    }
    return desk.drawn("meetings/_preview.html")


def _written_changed(request: SignedInRequest, item: Any) -> bool:
    shown = request.POST.get(f"{item.form.prefix}-counts_written") == "1"
    return bool(shown != item.counts_written)


@require_POST
def autosave(request: SignedInRequest) -> HttpResponse:
    """Keep a draft while it is written; says where the words are."""
    desk = desk_sent(request)
    if not desk.form.is_valid():
        return _noted(desk, "有一处填得不对，先存在手机上")
    if not (desk.entry.has_words or desk.form.edit().version):
        return HttpResponse(status=204)
    try:
        meeting = services.save_draft(
            desk.entry, organization=desk.branch, edit=desk.form.edit(), by=request.user
        )
    except services.Overwritten:
        return _noted(desk, "别人也在改，先存在手机上")
    except Refused:
        return _noted(desk, "还没存进去，先存在手机上")
    desk.version = meeting.version
    answer = _noted(desk, f"已存好 {timezone.localtime():%H:%M}")
    answer["X-Kept"] = "1"
    answer["HX-Replace-Url"] = reverse("meetings:edit", args=[meeting.pk])
    return answer


def _noted(desk: Desk, words: str) -> HttpResponse:
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
