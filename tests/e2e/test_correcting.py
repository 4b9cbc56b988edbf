"""A correction that is not handed in yet: the browser may be closed, and the record is as it was."""

from __future__ import annotations

from playwright.sync_api import expect

from apps.accounts.models import User
from apps.meetings.models import CorrectionDraft
from tests.conftest import County
from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.looking import OVERFLOW, PHONE, faults_of

KEPT = "[data-saved][data-state='kept']"


def test_what_was_typed_into_a_correction_survives_a_closed_browser(
    october: County, branch_secretary: User, visit: Visit
) -> None:
    meeting = october.branch.meetings.latest("held_at")
    before = (meeting.place, meeting.version)
    page = visit(branch_secretary, viewport=PHONE)
    page.goto(f"/meetings/{meeting.pk}/correct/")
    page.locator("form[data-watched]").wait_for()
    page.get_by_label("更正的原因").fill("地点写错了")
    page.locator("#id_place").fill("田间地头")
    expect(page.locator(KEPT)).to_contain_text("还没有更正", timeout=PATIENCE)
    page.context.close()

    page = visit(branch_secretary, viewport=PHONE)
    page.goto(f"/meetings/{meeting.pk}/")
    expect(page.get_by_text("更正还没有交上。")).to_be_visible()
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    page.get_by_role("link", name="接着更正").click()
    expect(page.locator("#id_place")).to_have_value("田间地头")
    expect(page.get_by_label("更正的原因")).to_have_value("地点写错了")
    expect(page.locator("[data-copies]")).to_be_hidden()
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.version) == before

    page.get_by_role("button", name="不要了", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="不要了").click()
    expect(page.get_by_text("写到一半的更正不要了，记录没有变。")).to_be_visible()
    expect(page.get_by_text("更正还没有交上。")).to_have_count(0)
    assert CorrectionDraft.objects.count() == 0
