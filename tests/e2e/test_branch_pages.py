"""Every page that a branch secretary may open, whoever adds it: accessible at the usual size and at 200 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.meetings import services
from apps.meetings.corrections import keep_correction
from apps.meetings.entries import Edit, MeetingEntry
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting
from apps.organizations.models import Organization
from tests.architecture.addresses import Address, addresses
from tests.architecture.rows import ROWS, Arguments
from tests.conftest import County
from tests.e2e.conftest import MORNING, Visit
from tests.e2e.looking import OVERFLOW, PHONE, faults_of
from tests.factories import EvaluationFactory, MeetingFactory

ELSEWHERE = ("api:", "admin:", "publicsite:")
# What must be among the pages, so that the walk cannot come to nothing.
CERTAIN = {
    "home:home", "meetings:new", "meetings:edit", "meetings:correct", "meetings:detail", "meetings:version",
    "meetings:phone", "meetings:plan", "duties:cell", "calendars:month", "calendars:year", "calendars:feed",
    "reviews:branch", "reviews:life", "reviews:edit", "reviews:ballot", "reviews:results", "talks:new",
    "talks:branch", "lessons:topics", "lessons:topic", "lessons:evaluation", "papers:index", "papers:minutes",
    "papers:sign_in", "reminders:own", "members:list", "members:detail", "regulations:detail",
}  # fmt: skip
DOUBLE = "document.documentElement.style.setProperty('--text', '200%')"
USUAL = "document.documentElement.style.removeProperty('--text')"


def a_draft(branch: Organization) -> Meeting:
    found: Meeting = MeetingFactory(organization=branch, state="draft", submitted_at=None, counted_kinds=[])
    return found


def a_correction_begun(branch: Organization, by: User) -> Meeting:
    """A theme day of August, locked since, and what somebody typed into its correction."""
    people = branch.members.all()
    entry = MeetingEntry(
        (Kind.THEME_DAY,), MORNING.replace(month=8).astimezone(CHINA), place="活动室", topic="学习党章",
        minutes="一、学习党章。", host_id=people[0].pk, recorder_id=people[1].pk, late_reason="补录以前的会",
    )  # fmt: skip
    meeting = services.record_meeting(entry, organization=branch, edit=Edit(uuid4(), page=uuid4()), by=by)
    keep_correction(meeting, said={"topic": ["学习党史"], "kinds": ["theme_day"]}, version=1, by=by)
    return meeting


def in_other_states(county: County, by: User) -> Iterator[tuple[str, str]]:
    """Pages that look otherwise at other rows, or that only their owner opens."""
    branch = county.branch
    yield "papers:batch", reverse("papers:batch", kwargs=ROWS["papers:batch"].make(county, by))
    corrected = a_correction_begun(branch, by)
    yield "meetings:edit", f"/meetings/{a_draft(branch).pk}/edit/"
    yield "meetings:detail", corrected.get_absolute_url()
    yield "meetings:correct", f"{corrected.get_absolute_url()}correct/"
    yield "lessons:answer", f"/lessons/answer/{EvaluationFactory(meeting__organization=branch).token}/"
    yield "regulations:detail", "/regulations/MEET-01/"
    yield "no such page", "/no-such-page/"


def of_every_address(county: County, by: User) -> Iterator[tuple[str, str]]:
    """One page of each address; rows that several addresses show are made once."""
    made: dict[Callable[..., Arguments], Arguments] = {}
    for address in addresses():
        if address.name.startswith(ELSEWHERE) or not is_listed(address):
            continue
        row = ROWS.get(address.name)
        if row and row.make not in made:
            made[row.make] = row.make(county, by if row.role == "branch_secretary" else row.holder(county))
        yield address.name, reverse(address.name, kwargs=made[row.make]) if row else address.path


def is_listed(address: Address) -> bool:
    """Whether there is nothing to fill in, or a row for what is."""
    row = ROWS.get(address.name)
    return not address.arguments or (row is not None and row.method == "get")


def is_branch_page(client: Client, path: str) -> bool:
    """Whether it is a page in the frame of a branch, or one without any."""
    answer = client.get(path)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return is_page and answer.status_code in (200, 404) and b"<html" in answer.content


def faults_at(page: Page, path: str) -> Iterator[str]:
    page.goto(path)
    for size, script in (("usual", USUAL), ("200 %", DOUBLE)):
        page.evaluate(script)
        yield from (f"{path}, {size}: {fault}" for fault in faults_of(page))
        if page.evaluate(OVERFLOW) > 0:
            yield f"{path}, {size}: sticks out"


def test_every_page_that_a_branch_may_open(
    october: County, branch_secretary: User, signed_in: Any, visit: Visit
) -> None:
    client = signed_in(branch_secretary)
    found = [*of_every_address(october, branch_secretary), *in_other_states(october, branch_secretary)]
    pages = [(name, path) for name, path in found if is_branch_page(client, path)]
    page = visit(branch_secretary, viewport=PHONE)
    wrong = [fault for _, path in pages for fault in faults_at(page, path)]

    assert wrong == [], "\n".join(wrong)
    assert CERTAIN - {name for name, _ in pages} == set()
