"""Every main page, for each role that may open it: accessible, silent, nothing sticking out at the side."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.accounts.queries import accounts_for
from apps.core.calendar import today
from apps.core.periods import Month
from apps.decisions.queries import decisions_for, projects_for
from apps.imports import services as imports
from apps.imports.queries import jobs_for
from apps.imports.registry import importer_named
from apps.opinions.queries import opinions_for
from apps.organizations.models import Organization, Village
from apps.reports import services as reports
from apps.reports.queries import reports_for
from apps.reviews import services as reviewing
from apps.reviews.entries import ReviewEntry
from apps.reviews.queries import reviews_for
from apps.supervision.queries import villages_for as committees_for
from tests.conftest import County
from tests.decisions.making import a_project, a_village
from tests.e2e.conftest import Visit
from tests.e2e.looking import DESK, OVERFLOW, PHONE, faults_of
from tests.factories import GrantFactory, UserFactory
from tests.imports.rosters import person, roster
from tests.opinions.hearing import PETITIONER, an_opinion
from tests.supervision.making import HALF, a_record, a_supervisor

ROLES = ["county_administrator", "county_officer", "township_officer", "auditor"]
ROLES += ["branch_secretary", "supervisor"]
LESSONS = ["", "topics/", "lecturers/", "secretaries/", "hours/"]
# One of each frame looks at the pages that are the same for everybody, and at all forms.
THOROUGH = {"county_administrator", "branch_secretary"}
TEXT_SIZES = {
    "standard": "delete document.documentElement.dataset.text",
    "extra": "document.documentElement.dataset.text = 'extra'",
}


@pytest.fixture
def user(role: str, request: pytest.FixtureRequest) -> User:
    found: User = request.getfixturevalue(role)
    return found


@pytest.fixture
def at_work(october: County, county_officer: User, user: User) -> County:
    """Besides October's meetings there is a report, and the user has a roster to look at."""
    reports.ask_for_report(october.root, Month(2026, 10), by=county_officer)
    if user.may("members.import"):
        lines = [person(1), person(2, education="太空学院"), person(3, branch="不存在的党支部")]
        imports.receive_file(importer_named("roster"), name="花名册.xlsx", content=roster(*lines), by=user)
    if user.may("reviews.record", october.branch.path):
        begin_review(october.branch, user)
    village = a_village(october)
    a_project(october)
    a_supervisor(village, position="chair")
    a_record(village, user)
    committee = GrantFactory(role="supervision_committee", organization=october.branch, user=UserFactory())
    an_opinion(village, by=committee.user, petitioner=PETITIONER)
    return october


def report_page(village: Village) -> str:
    return f"/supervision/{village.pk}/reports/{HALF.year}/{HALF.half}/"


def begin_review(branch: Organization, user: User) -> None:
    """A review of members after its meeting, so that ballots and grades are asked for."""
    review = reviewing.start_review(branch, year=today().year, by=user)
    held = ReviewEntry(self_on=today(), mutual_on=today())
    reviewing.hold_review(review, held, version=review.version, by=user)


def addresses(county: County, user: User) -> Iterator[str]:
    """The pages that the user works with."""
    branch = county.branch
    member, meeting = branch.members.all()[0].pk, branch.meetings.all()[0].pk
    heard = [f"/opinions/{opinion.pk}/" for opinion in opinions_for(user)]
    calendar = [f"/calendar/{branch.pk}/2026/11/", f"/calendar/{branch.pk}/2026/", "/calendar/week/"]
    pages = {
        "": ["/", "/search/?q=李", "/reminders/"],
        "organizations.view": ["/organizations/?kind=branch", f"/organizations/{branch.pk}/"],
        "members.view": ["/members/", f"/members/{member}/"],
        "reviews.view": [
            f"/reviews/?year={today().year}",
            f"/reviews/branches/{branch.pk}/",
            f"/reviews/branches/{branch.pk}/life/{today().year}/",
        ],
        "reviews.record": [
            f"/reviews/{review.pk}/{page}"
            for review in reviews_for(user)
            for page in ("", "edit/", "ballot/", "results/")
        ],
        "figures.view": [
            *("/overdue/", "/figures/", "/figures/M03/?period=2026-10&state=missing"),
            *("/duties/", "/duties/?by=branch", f"/duties/{branch.pk}/MEET-06/2026-10/", "/duties/waivers/"),
        ],
        "meetings.view": [
            *calendar,
            "/meetings/",
            f"/meetings/{meeting}/",
            "/papers/",
            f"/papers/records/{meeting}/",
        ],
        "meetings.record": [
            f"/meetings/{meeting}/correct/",
            "/meetings/new/",
            "/meetings/phone/",
            f"/meetings/plans/{branch.pk}/2027/",
        ],
        "meetings.offer": ["/meetings/plans/", f"/meetings/plans/{branch.parent_id}/2027/"],
        "reminders.set_up": ["/reminders/log/", f"/reminders/robots/{branch.parent_id}/"],
        "disclosure.view": [
            "/disclosure/",
            "/disclosure/due/",
            "/disclosure/due/matrix/",
            "/disclosure/catalogue/",
            "/disclosure/tables/",
            "/disclosure/contracts/",
            "/disclosure/archive/",
            "/organizations/villages/",
        ],
        "opinions.view": ["/opinions/", "/disclosure/board/", *heard],
        "opinions.register": ["/opinions/new/"],
        "opinions.decide": ["/opinions/places/"],
        "disclosure.prepare": [
            "/disclosure/new/",
            "/disclosure/tables/balance-sheet/new/",
            "/disclosure/tables/assets/new/",
        ],
        "decisions.view": [
            *("/decisions/", "/decisions/projects/"),
            *(f"/decisions/{each.pk}/" for each in decisions_for(user)),
            *(f"/decisions/projects/{each.pk}/" for each in projects_for(user)),
        ],
        "decisions.prepare": [
            f"/decisions/{each.pk}/{page}/" for each in decisions_for(user) for page in ("step", "plan")
        ],
        "supervision.view": [
            page for each in committees_for(user) for page in (f"/supervision/{each.pk}/", report_page(each))
        ],
        "supervision.write": [f"/supervision/{each.pk}/records/new/" for each in committees_for(user)],
        "talks.view": ["/talks/", f"/talks/branches/{branch.pk}/"],
        "talks.record": ["/talks/new/"],
        "lessons.view": [f"/lessons/{tab}" for tab in LESSONS],
        "lessons.keep": ["/lessons/topics/new/"],
        "reports.view": ["/reports/", *(f"/reports/{report.pk}/" for report in reports_for(user))],
        "members.import": ["/imports/", *(f"/imports/{job.pk}/" for job in jobs_for(user))],
        "audit.view": ["/audit/"],
        "accounts.manage": ["/accounts/", *(f"/accounts/{account.pk}/" for account in accounts_for(user))],
    }
    yield from permitted(pages, user, branch)


def forms_and_common_pages(county: County, user: User) -> Iterator[str]:
    """What looks the same for everybody who may open it."""
    branch = county.branch
    member = branch.members.all()[0].pk
    steps = ("edit", "rename", "move", "dissolve", "terms/new")
    pages = {
        "": [
            "/password/",
            "/regulations/",
            "/regulations/MEET-02/",
            "/regulations/settings/",
            "/no-such-page/",
            "/api/v1/docs/",
        ],
        "organizations.view": ["/organizations/"],
        "organizations.change": [f"/organizations/{branch.pk}/{step}/" for step in steps],
        "members.change": [f"/members/{member}/edit/", f"/members/branches/{branch.pk}/new/"],
        "members.reveal": [f"/members/{member}/reveal/"],
        "reports.make": ["/reports/new/"],
        "members.import": ["/imports/new/roster/"],
        "accounts.manage": ["/accounts/new/"],
    }
    pages["meetings.view"] = [f"/calendar/{branch.pk}/feed/"]
    pages["members.change"] += [f"/members/branches/{branch.pk}/groups/", f"/members/committees/{branch.pk}/"]
    yield from permitted(pages, user, branch)


def permitted(pages: dict[str, list[str]], user: User, branch: Organization) -> Iterator[str]:
    for permission, found in pages.items():
        if not permission or user.may(permission, branch.path):
            yield from found


def faults_on(page: Page) -> Iterator[object]:
    """What is wrong with the open page, at each width and size of text."""
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        yield from faults_of(page)
        for size, script in TEXT_SIZES.items():
            page.evaluate(script)
            if page.evaluate(OVERFLOW) > 0:
                yield f"sticks out at {viewport['width']} px, text {size}"
        page.evaluate(TEXT_SIZES["standard"])


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_role_is_sound(role: str, user: User, at_work: County, visit: Visit) -> None:
    page = visit(user)
    pages = list(addresses(at_work, user))
    if role in THOROUGH:
        pages += forms_and_common_pages(at_work, user)
    wrong = []
    for address in pages:
        page.set_viewport_size(DESK)
        page.goto(address)
        wrong += [f"{address}: {fault}" for fault in faults_on(page)]
        shoot(page, role, address)
    assert wrong == [], "\n".join(wrong)


def shoot(page: Page, role: str, address: str) -> None:
    """For human eyes: with E2E_PICTURES=<folder> a picture of each page at both widths."""
    if folder := os.environ.get("E2E_PICTURES"):
        name = re.sub(r"\W+", "-", address).strip("-") or "home"
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            page.screenshot(path=f"{folder}/{role}-{name}-{viewport['width']}.png", full_page=True)
