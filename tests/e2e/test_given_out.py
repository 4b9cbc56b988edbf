"""What a branch gives out by an address: its calendar, and the evaluation of a lesson."""

from __future__ import annotations

from playwright.sync_api import expect

from apps.accounts.models import User
from apps.lessons.models import Answers
from tests.conftest import County
from tests.e2e.conftest import Visit
from tests.e2e.looking import OVERFLOW, PHONE, faults_of
from tests.factories import EvaluationFactory, MeetingFactory


def test_the_address_of_a_calendar_is_taken_along_by_a_button(
    village: County, branch_secretary: User, visit: Visit
) -> None:
    page = visit(branch_secretary, viewport=PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/calendar/{village.branch.pk}/feed/")
    page.get_by_role("button", name="开通订阅").click()
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    address = page.locator("#address").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    assert page.request.get(address).headers["content-type"] == "text/calendar; charset=utf-8"


def test_a_listener_answers_on_their_own_phone_without_a_script(
    village: County, branch_secretary: User, visit: Visit
) -> None:
    lesson = MeetingFactory(organization=village.branch, kinds=["lesson"], topic="种好我们的责任田")
    evaluation = EvaluationFactory(meeting=lesson)
    page = visit(viewport=PHONE, java_script_enabled=False)
    page.goto(f"/lessons/answer/{evaluation.token}/")
    for point in ("讲课态度", "讲的内容", "讲的方式"):
        page.get_by_role("group", name=point).get_by_label("较好").check()
    page.get_by_role("button", name="交上").click()
    expect(page.get_by_text("请选一个。")).to_have_count(1)
    page.get_by_role("group", name="听课效果").get_by_label("好", exact=True).check()
    page.get_by_role("button", name="交上").click()
    expect(page.get_by_text("收到了，谢谢您。")).to_be_visible()
    assert (Answers.objects.get().number, page.context.cookies()) == (1, [])


def test_a_secretary_types_the_totals_of_the_papers_on_a_phone(
    village: County, branch_secretary: User, visit: Visit
) -> None:
    lesson = MeetingFactory(organization=village.branch, kinds=["lesson"], topic="种好我们的责任田")
    EvaluationFactory(meeting=lesson)
    page = visit(branch_secretary, viewport=PHONE)
    page.goto(f"/lessons/{lesson.pk}/evaluation/")
    page.locator("summary", has_text="录入纸质答卷的统计").click()
    assert (faults_of(page), page.evaluate(OVERFLOW)) == ([], 0)
    page.get_by_label("答卷份数").fill("6")
    for point in ("讲课态度", "讲的内容", "讲的方式", "听课效果"):
        page.get_by_label(f"{point}：好").fill("6")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("纸质答卷已经记下。")).to_be_visible()
    expect(page.get_by_text("共收到 6 份答卷。")).to_be_visible()
