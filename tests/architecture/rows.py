"""For every address with an argument: a row of the first township that it names, and who may open it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.accounts.models import ApiToken, User
from apps.core.calendar import today
from apps.core.periods import Month
from apps.disclosure.models import Publication, Statement, Table
from apps.disclosure.services import add_file, order, register_event
from apps.disclosure.tables import RESOURCES
from apps.figures.models import Waiver
from apps.imports.models import ImportJob
from apps.lessons import materials
from apps.meetings.models import MeetingRevision, Remark
from apps.organizations.models import Village, VillagersGroup
from apps.papers.models import PaperJob
from apps.publicsite.addresses import arguments_of, patterns
from apps.reports.models import MonthlyReport
from apps.reviews.models import MemberReview, ReviewNotice
from tests.attachments.pictures import a_photo, picture, upload
from tests.conftest import County
from tests.decisions.making import a_matter, a_project, a_village
from tests.disclosure.publishing import a_posting, published
from tests.factories import (
    EvaluationFactory,
    GrantFactory,
    LecturerFactory,
    MeetingFactory,
    MemberFactory,
    PartyGroupFactory,
    SeatFactory,
    TalkFactory,
    TermFactory,
    ThemePlanFactory,
    TopicFactory,
    UserFactory,
)
from tests.opinions.hearing import an_opinion
from tests.supervision.making import HALF, a_record, a_report, a_supervisor

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """`make` gives the arguments; the holder has `role` here, the neighbour in the other township."""

    role: str
    make: Callable[[County, User], Arguments]
    method: str = "get"
    at_branch: bool = False

    def holder(self, county: County) -> User:
        return self._somebody(county.branch if self.at_branch else county.township)

    def neighbour(self, county: County) -> User:
        return self._somebody(county.other_branch if self.at_branch else county.other_township)

    def _somebody(self, organization: Any) -> User:
        return GrantFactory(role=self.role, organization=organization, user=UserFactory()).user


def _branch(county: County, holder: User) -> Arguments:
    return {"pk": county.branch.pk}


def _group(county: County, holder: User) -> Arguments:
    return {"pk": PartyGroupFactory(branch=county.branch).pk}


def _term(county: County, holder: User) -> Arguments:
    if not county.branch.terms.exists():
        TermFactory(organization=county.branch)
    return _branch(county, holder)


def _seat(county: County, holder: User) -> Arguments:
    term = TermFactory(organization=county.branch)
    return {"pk": SeatFactory(term=term, member=MemberFactory(branch=county.branch)).pk}


def _member(county: County, holder: User) -> Arguments:
    return {"pk": MemberFactory(branch=county.branch).pk}


def _meeting(county: County, holder: User) -> Arguments:
    return {"number": MeetingFactory(organization=county.branch, submitted_by=holder).pk}


def _version(county: County, holder: User) -> Arguments:
    """The first version of a record that was corrected."""
    meeting = MeetingFactory(organization=county.branch, submitted_by=holder)
    record = {
        "fields": [["主题", "学习"]],
        "attendances": [],
        "resolutions": [],
        "tasks": [],
        "followups": [],
    }
    revision = MeetingRevision(
        meeting=meeting, number=1, cause="corrected", reason="写错", record=record, by=holder
    )
    revision.save()
    return {"number": meeting.pk, "version": 1}


def _remark(county: County, holder: User) -> Arguments:
    meeting = MeetingFactory(organization=county.branch, submitted_by=holder)
    return {
        "number": meeting.pk,
        "remark": Remark.objects.create(meeting=meeting, text="请补充", by=holder).pk,
    }


def _photo(county: County, holder: User) -> Arguments:
    """Of a record of the branch."""
    meeting = MeetingFactory(organization=county.branch, submitted_by=holder)
    photo = a_photo(meeting, by=holder)
    return {"key": photo.key}


def _topic(county: County, holder: User) -> Arguments:
    return {"pk": TopicFactory(organization=county.township).pk}


def _material(county: County, holder: User) -> Arguments:
    """Of a topic of the township."""
    topic = TopicFactory(organization=county.township)
    materials.add_files(topic, [upload(picture())], by=holder)
    (file,) = materials.material_of(topic, by=holder).files
    return {"pk": topic.pk, "key": file.key}


def _lecturer(county: County, holder: User) -> Arguments:
    return {"pk": LecturerFactory(organization=county.township).pk}


def _evaluated(county: County, holder: User) -> Arguments:
    return {"pk": EvaluationFactory(meeting__organization=county.branch).meeting_id}


def _talk(county: County, holder: User) -> Arguments:
    return {"pk": TalkFactory(branch=county.branch).pk}


def _account(county: County, holder: User) -> Arguments:
    return {"pk": GrantFactory(role="branch_secretary", organization=county.branch).user_id}


def _grant(county: County, holder: User) -> Arguments:
    return {"pk": GrantFactory(role="branch_secretary", organization=county.branch).pk}


def _client(county: County, holder: User) -> User:
    return GrantFactory(role="api_client", organization=county.branch).user


def _token(county: County, holder: User) -> Arguments:
    token = ApiToken(
        user=_client(county, holder), label="大屏", digest=uuid.uuid4().bytes, expires_on=today()
    )
    token.save()
    return {"pk": token.pk}


def _job(county: County, holder: User) -> Arguments:
    job = ImportJob.objects.create(
        kind="roster", owner=holder, file_name="花名册.xlsx", sha256="0" * 64, size=1
    )
    return {"job_id": job.pk}


def _report(county: County, holder: User) -> Arguments:
    report = MonthlyReport.objects.create(
        organization=county.township, month=Month(2026, 10), cut_off_on=today(), asked_by=holder
    )
    return {"pk": report.pk}


def _batch(county: County, holder: User) -> Arguments:
    order = {
        "paper": "minutes",
        "period": "2026-10",
        "path": county.township.path,
        "kinds": [],
        "binding": "zip",
    }
    return {"job_id": PaperJob.objects.create(owner=holder, title="2026年10月会议记录", order=order).pk}


def _review(county: County, holder: User) -> Arguments:
    return {"number": MemberReview.objects.create(organization=county.branch, year=2025).pk}


def _closed_review(county: County, holder: User) -> Arguments:
    day = today()
    steps = {"self_on": day, "mutual_on": day, "ballot_on": day, "decided_on": day, "decider": "committee"}
    ballots = {"ballots_out": 9, "ballots_valid": 9}
    review = MemberReview.objects.create(
        organization=county.branch, year=2026, state="closed", closed_at=timezone.now(), **steps, **ballots
    )
    return {"number": review.pk}


def _notice(county: County, holder: User) -> Arguments:
    review = MemberReview.objects.create(organization=county.root, year=2026)
    notice = ReviewNotice.objects.create(review=review, organization=county.branch, sent_at=timezone.now())
    return {"pk": notice.pk}


def _written(county: County) -> Publication:
    village, _ = Village.objects.get_or_create(organization=county.branch, defaults={"name": "东湾村"})
    day = today()
    return Publication.objects.create(
        village=village, item="V03", first_on=day, last_on=day, title="决定事项", body="修路。"
    )


def _disclosed(county: County, holder: User) -> Arguments:
    return {"number": _written(county).pk}


def _posted(county: County, holder: User) -> Arguments:
    """A posting with its photo, of a publication that went the whole way."""
    publication = _written(county)
    clerk = GrantFactory(role=CLERK, organization=county.branch, user=UserFactory()).user
    return {"posting": a_posting(published(publication), by=clerk).pk}


def _opinion(county: County, holder: User) -> Arguments:
    return {"number": an_opinion(_written(county).village, by=holder).pk}


def _asking_place(county: County, holder: User) -> Arguments:
    return {"pk": _written(county).village.organization_id}


def _audited(county: County, holder: User) -> Arguments:
    return {"label": "members.member", **_member(county, holder)}


def _duty(county: County, holder: User) -> Arguments:
    return {"pk": county.branch.pk, "code": "MEET-06", "period": str(Month.of(today()))}


def _waiver(county: County, holder: User) -> Arguments:
    waiver = Waiver.objects.create(
        organization=county.branch, rule="MEET-06", period="2026-10", reason="搬迁", author=holder
    )
    return {"pk": waiver.pk}


def _registered(county: County, holder: User) -> Arguments:
    village, _ = Village.objects.get_or_create(organization=county.branch, defaults={"name": "东湾村"})
    return {"pk": village.pk}


def _villagers_group(county: County, holder: User) -> Arguments:
    village = _registered(county, holder)["pk"]
    return {"pk": VillagersGroup.objects.create(village_id=village, name="第三村民小组").pk}


def _tabled(county: County, holder: User) -> Arguments:
    made = _disclosed(county, holder)
    row = dict.fromkeys(RESOURCES.by_name, "") | {"name": "鱼塘"}
    Table.objects.create(publication_id=made["number"], kind="resources", rows=[row])
    return made


def _filed(county: County, holder: User) -> Arguments:
    """A picture of a draft."""
    file = add_file(_written(county), upload(picture()), key=uuid.uuid4(), by=holder)
    return {"number": file.publication_id, "file": file.pk}


def _village_due(county: County, holder: User) -> Arguments:
    return {"number": _registered(county, holder)["pk"]}


def _boxed(county: County, holder: User) -> Arguments:
    """A village and a year in which it published something."""
    publication = published(_written(county))
    return {"number": publication.village_id, "year": publication.last_on.year}


def _event(county: County, holder: User) -> Arguments:
    village = Village.objects.create(organization=county.branch, name="河口镇东湾村")
    event = register_event(village, item="V07", happened_on=today(), words="征地", by=holder)
    return {"number": event.pk}


def _ordered(county: County, holder: User) -> Arguments:
    village = Village.objects.create(organization=county.branch, name="河口镇东湾村")
    days: dict[str, Any] = {"first_on": today(), "last_on": today(), "due_on": today()}
    return {"number": order(village, item="V03", **days, reason="没有公布。", by=holder).pk}


def _with(make: Callable[[County, User], Arguments], **more: Any) -> Callable[[County, User], Arguments]:
    return lambda county, holder: {**make(county, holder), **more}


def _renamed(make: Callable[[County, User], Arguments], name: str) -> Callable[[County, User], Arguments]:
    return lambda county, holder: {name: next(iter(make(county, holder).values()))}


STAFF, MANAGER, SECRETARY, AUDITOR = "township_staff", "county_administrator", "branch_secretary", "auditor"
CLERK = "village_clerk"

ROWS: dict[str, Row] = {
    **{
        f"accounts:{name}": Row(MANAGER, _account, "post")
        for name in ("grant", "reset_password", "unlock", "deactivate", "activate", "new_token")
    },
    "accounts:detail": Row(MANAGER, _account),
    "accounts:revoke": Row(MANAGER, _grant, "post"),
    "accounts:revoke_token": Row(MANAGER, _token, "post"),
    "audit:object": Row(AUDITOR, _audited),
    **{
        f"organizations:{name}": Row(STAFF, _branch)
        for name in ("detail", "below", "edit", "rename", "move", "dissolve", "new_term")
    },
    "organizations:new": Row(STAFF, lambda county, holder: {"pk": county.township.pk}),
    "organizations:extend_term": Row(STAFF, _term),
    "members:new": Row(STAFF, _renamed(_branch, "branch_pk")),
    "members:groups": Row(STAFF, _branch),
    "members:new_group": Row(STAFF, _branch, "post"),
    "members:rename_group": Row(STAFF, _group, "post"),
    "members:close_group": Row(STAFF, _group, "post"),
    "members:committee": Row(STAFF, _term),
    "members:unseat": Row(STAFF, _seat, "post"),
    **{f"members:{name}": Row(STAFF, _member) for name in ("detail", "edit", "reveal")},
    "members:change": Row(STAFF, _with(_member, action="move")),
    "meetings:detail": Row(STAFF, _meeting),
    "meetings:correct": Row(SECRETARY, _meeting, at_branch=True),
    "meetings:correction_keep": Row(SECRETARY, _meeting, "post", at_branch=True),
    "meetings:correction_discard": Row(SECRETARY, _meeting, "post", at_branch=True),
    "meetings:version": Row(STAFF, _version),
    "meetings:remark": Row(STAFF, _meeting, "post"),
    "meetings:remark_answer": Row(SECRETARY, _remark, "post", at_branch=True),
    "meetings:photo": Row(STAFF, _photo),
    "meetings:photo_small": Row(STAFF, _photo),
    "meetings:photo_withdraw": Row(SECRETARY, _photo, "post", at_branch=True),
    "meetings:return": Row(STAFF, _meeting, "post"),
    **{
        f"meetings:{name}": Row(SECRETARY, _meeting, "post", at_branch=True)
        for name in ("submit", "reopen", "withdraw")
    },
    "calendars:month": Row(STAFF, _with(_branch, year=2026, month=11)),
    "calendars:year": Row(STAFF, _with(_branch, year=2026)),
    "calendars:feed": Row(STAFF, _branch),
    "calendars:revoke": Row(STAFF, _branch, "post"),
    "reminders:robot": Row(STAFF, _branch),
    **{f"reminders:{name}": Row(STAFF, _branch, "post") for name in ("try", "stop")},
    "meetings:plan": Row(SECRETARY, _with(_branch, year=2027), at_branch=True),
    "disclosure:detail": Row(STAFF, _disclosed),
    "disclosure:village_due": Row(STAFF, _village_due),
    "disclosure:nothing": Row(CLERK, _village_due, "post", at_branch=True),
    **{f"disclosure:{name}": Row(STAFF, _boxed) for name in ("box", "box_sheet")},
    "disclosure:cancel_event": Row(CLERK, _event, "post", at_branch=True),
    "disclosure:rescind_order": Row(STAFF, _ordered, "post"),
    "disclosure:add_file": Row(CLERK, _disclosed, "post", at_branch=True),
    "disclosure:file": Row(CLERK, _filed, at_branch=True),
    **{
        f"disclosure:{name}": Row(CLERK, _filed, "post", at_branch=True)
        for name in ("remove_file", "look_at_file", "mask_file")
    },
    "disclosure:receipts": Row(CLERK, _with(_tabled, line=1), at_branch=True),
    "disclosure:edit": Row(CLERK, _disclosed, at_branch=True),
    "organizations:village": Row(STAFF, _registered),
    "organizations:edit_village": Row(STAFF, _registered),
    "organizations:new_group": Row(STAFF, _registered),
    "organizations:edit_group": Row(STAFF, _villagers_group),
    "disclosure:edit_table": Row(CLERK, _tabled, at_branch=True),
    "disclosure:mask": Row(CLERK, _disclosed, "post", at_branch=True),
    "disclosure:correct": Row(CLERK, _disclosed, "post", at_branch=True),
    "disclosure:step": Row(CLERK, _with(_disclosed, action="propose"), "post", at_branch=True),
    "disclosure:sheets": Row(STAFF, _disclosed),
    "disclosure:take_down": Row(CLERK, _posted, "post", at_branch=True),
    "disclosure:strike": Row(CLERK, _posted, "post", at_branch=True),
    "disclosure:posting_photo": Row(STAFF, _posted),
    "opinions:detail": Row(STAFF, _opinion),
    "opinions:reveal": Row(STAFF, _opinion),
    "opinions:step": Row(STAFF, _with(_opinion, action="escalate"), "post"),
    "opinions:place": Row(STAFF, _asking_place),
    "meetings:edit": Row(SECRETARY, _meeting, at_branch=True),
    **{f"lessons:{name}": Row(STAFF, _topic) for name in ("topic", "edit_topic")},
    "lessons:retire_topic": Row(STAFF, _topic, "post"),
    "lessons:add_material": Row(STAFF, _topic, "post"),
    "lessons:material": Row(STAFF, _material),
    "lessons:withdraw_material": Row(STAFF, _material, "post"),
    "lessons:edit_lecturer": Row(STAFF, _lecturer),
    "lessons:retire_lecturer": Row(STAFF, _lecturer, "post"),
    "lessons:evaluation": Row(STAFF, _evaluated),
    **{
        f"lessons:{name}": Row(SECRETARY, _evaluated, "post", at_branch=True)
        for name in ("open", "close", "papers")
    },
    "lessons:qr": Row(SECRETARY, _evaluated, at_branch=True),
    "talks:branch": Row(STAFF, _branch),
    "talks:withdraw": Row(SECRETARY, _talk, "post", at_branch=True),
    "reviews:branch": Row(STAFF, _branch),
    "reviews:start": Row(SECRETARY, _branch, "post", at_branch=True),
    "reviews:life": Row(STAFF, _with(_branch, year=2026)),
    **{f"reviews:{name}": Row(STAFF, _closed_review) for name in ("detail", "results", "ballot")},
    "reviews:edit": Row(SECRETARY, _review, at_branch=True),
    "reviews:reopen": Row(SECRETARY, _closed_review, "post", at_branch=True),
    "reviews:add_guest": Row(SECRETARY, _review, "post", at_branch=True),
    "reviews:remove_guest": Row(SECRETARY, _with(_review, row=1), "post", at_branch=True),
    "reviews:notice": Row(STAFF, _notice),
    "reviews:notice_word": Row(STAFF, _notice),
    "reviews:acknowledge": Row(SECRETARY, _notice, "post", at_branch=True),
    **{f"imports:{name}": Row(STAFF, _job) for name in ("detail", "progress")},
    **{f"imports:{name}": Row(STAFF, _job, "post") for name in ("choose", "commit", "cancel")},
    **{f"reports:{name}": Row(STAFF, _report) for name in ("detail", "progress")},
    "reports:revise": Row(STAFF, _report, "post"),
    "papers:minutes": Row(STAFF, _meeting),
    "papers:sign_in": Row(STAFF, _meeting),
    "papers:word": Row(STAFF, _with(_meeting, paper="minutes"), "post"),
    "papers:sheet": Row(SECRETARY, lambda county, holder: {"code": county.branch.code}, at_branch=True),
    **{f"papers:{name}": Row(STAFF, _batch) for name in ("batch", "progress")},
    "papers:download": Row(STAFF, _batch, "post"),
    "api:organizations-detail": Row(STAFF, lambda county, holder: {"code": county.branch.code}),
    "api:members-detail": Row(STAFF, _member),
    "api:plans-detail": Row(
        STAFF, lambda county, holder: {"pk": ThemePlanFactory(organization=county.branch).pk}
    ),
    "api:meetings-detail": Row(STAFF, _renamed(_meeting, "pk")),
    "api:meetings-submit": Row(SECRETARY, _renamed(_meeting, "pk"), "post", at_branch=True),
    "api:lessons-detail": Row(STAFF, _evaluated),
    "api:talks-detail": Row(STAFF, _talk),
    "api:publications-detail": Row(STAFF, _renamed(_disclosed, "pk")),
    "api:reviews-detail": Row(STAFF, _renamed(_closed_review, "pk")),
    "api:reports-detail": Row(STAFF, _report),
}

ROWS |= {
    "duties:cell": Row(STAFF, _duty),
    "duties:waive": Row(STAFF, _duty, "post"),
    "duties:revoke": Row(STAFF, _waiver, "post"),
}


def _matter(county: County, holder: User) -> Arguments:
    return {"number": a_matter(county).pk}


def _project(county: County, holder: User) -> Arguments:
    return {"number": a_project(county).pk}


def _village(county: County, holder: User) -> Arguments:
    return {"number": a_village(county).pk}


def _supervisor(county: County, holder: User) -> Arguments:
    return {"number": a_supervisor(a_village(county)).pk}


def _looked_at(county: County, holder: User) -> Arguments:
    return {"number": a_record(a_village(county), holder).pk}


def _opined(county: County, holder: User) -> Arguments:
    """What the committee said of a publication."""
    return {"pk": published(_written(county)).deeds.get(action="consent").pk}


def _stated(county: County, holder: User) -> Arguments:
    publication = _written(county)
    sums = {"opening": 0, "income": 0, "expense": 0, "closing": 0}
    days = {"first_on": publication.first_on, "last_on": publication.last_on}
    statement = Statement.objects.create(village=publication.village, body="东湾村", **days, **sums)
    Publication.objects.filter(pk=publication.pk).update(statement=statement)
    return {"pk": statement.pk}


def _in_a_table(county: County, holder: User) -> Arguments:
    return {"pk": Table.objects.create(publication=_written(county), kind="resources").pk}


def _written_report(county: County, holder: User) -> Arguments:
    return {"number": a_report(a_village(county)).pk}


def _half_year(county: County, holder: User) -> Arguments:
    report = a_report(a_village(county))
    return {"number": report.village_id, "year": HALF.year, "half": HALF.half}


SUPERVISOR = "supervision_committee"
ROWS |= {
    "api:decisions-detail": Row(STAFF, _renamed(_matter, "pk")),
    "api:projects-detail": Row(STAFF, _renamed(_project, "pk")),
    "api:opinions-detail": Row(STAFF, _renamed(_opinion, "pk")),
    "api:statements-detail": Row(STAFF, _stated),
    "api:tables-detail": Row(STAFF, _in_a_table),
    "api:supervisors-detail": Row(STAFF, _renamed(_supervisor, "pk")),
    "api:supervision-records-detail": Row(STAFF, _renamed(_looked_at, "pk")),
    "api:supervision-reports-detail": Row(STAFF, _renamed(_written_report, "pk")),
    "api:committee-opinions-detail": Row(STAFF, _opined),
    "decisions:detail": Row(STAFF, _matter),
    **{
        f"decisions:{name}": Row(CLERK, _matter, at_branch=True)
        for name in ("edit", "step", "take_back", "drop", "result", "plan")
    },
    "decisions:draft": Row(CLERK, _with(_matter, which="resolution"), "post", at_branch=True),
    "decisions:project": Row(STAFF, _project),
    "decisions:phase": Row(CLERK, _with(_project, name="contract"), at_branch=True),
    "decisions:disclose": Row(CLERK, _with(_project, name="plan"), "post", at_branch=True),
    "supervision:village": Row(STAFF, _village),
    "supervision:appoint": Row(STAFF, _village),
    "supervision:leave": Row(STAFF, _supervisor),
    "supervision:new_record": Row(SUPERVISOR, _village, at_branch=True),
    "supervision:edit_record": Row(SUPERVISOR, _looked_at, at_branch=True),
    "supervision:put_right": Row(SUPERVISOR, _looked_at, at_branch=True),
    "supervision:report": Row(STAFF, _half_year),
    "papers:ledger": Row(STAFF, _matter, "post"),
    "papers:report": Row(STAFF, _written_report, "post"),
    "supervision:hand_over": Row(SUPERVISOR, _half_year, "post", at_branch=True),
}

# No row of an organization, or one that is tested for itself.
ELSEWHERE = {
    "lessons:answer": "public: whoever has the secret answers: tests/lessons",
    **{f"public:{each.name}": "public" for each in patterns() if arguments_of(each)},
    **{
        f"disclosure:{name}": "the county's own, by nobody below it: tests/disclosure/test_catalogue.py"
        for name in ("draft", "new_item", "edit_item")
    },
    "regulations:detail": "the regulations are everybody's",
    "regulations:change": "a rule; whose county is the user's: tests/regulations",
    "regulations:change_part": "a rule; whose county is the user's: tests/regulations",
    "calendars:ics": "its address is the secret, whoever asks: tests/calendars",
    "disclosure:new_table": "a kind of table, not a table",
    "imports:new": "a kind of file, not a file",
    "imports:template": "an empty workbook",
    "imports:annotated": "only of a file that was read: tests/imports",
    "figures:detail": "a figure; whose is in the query: tests/figures",
    **{
        f"reports:{name}": "only of a report that is made: tests/reports"
        for name in ("word", "excel", "entries")
    },
    "papers:built_in": "a template of nobody's",
    **{
        f"papers:{name}": "the whole county's, not a township's: tests/papers/test_template_pages.py"
        for name in ("template", "reset", "version", "use")
    },
    "api:reports-docx": "only of a report that is made: tests/api",
    "api:reports-xlsx": "only of a report that is made: tests/api",
}
