"""The pages: print a record, a sheet before the meeting, a batch; the county's templates."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.periods import Year
from apps.papers import running
from apps.papers.kinds import Paper
from apps.papers.layouts import built_in
from apps.papers.models import PaperTemplate
from apps.papers.orders import Order
from tests.conftest import County
from tests.factories import GrantFactory, PartyGroupFactory, UserFactory
from tests.papers.conftest import Held, Village, opened, rows_of
from tests.papers.test_batches import put_in_hand
from tests.papers.test_templates import changed

pytestmark = pytest.mark.django_db


def test_the_print_page_says_what_the_word_file_says(
    held: Held, branch_secretary: User, signed_in: Any
) -> None:
    meeting = held(topic="学习<b>党章</b>")

    page = signed_in(branch_secretary).get(reverse("papers:minutes", args=[meeting.pk]))

    text = page.content.decode()
    assert "学习&lt;b&gt;党章&lt;/b&gt;" in text
    assert "应到 13 人，实到 13 人，缺席 0 人；有表决权 12 人，到会 12 人。" in text
    assert reverse("papers:word", args=[meeting.pk, "record-book"]) in text


def test_a_paper_is_taken_with_a_post_and_named(held: Held, branch_secretary: User, signed_in: Any) -> None:
    meeting = held()
    client = signed_in(branch_secretary)
    address = reverse("papers:word", args=[meeting.pk, "minutes"])

    answer = client.post(address)

    assert client.get(address).status_code == 405
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''2026-11-05%20")
    assert answer["Cache-Control"] == "no-store"
    assert rows_of(opened(answer.content))[1] == ["主　　题", "学习党章"]


@pytest.mark.parametrize("paper", ["activity", "nothing"])
def test_what_is_no_paper_of_a_record_is_not_found(
    paper: str, held: Held, branch_secretary: User, signed_in: Any
) -> None:
    assert signed_in(branch_secretary).post(f"/papers/records/{held().pk}/{paper}/word/").status_code == 404


def test_who_sees_no_records_prints_none(signed_in: Any, county: County) -> None:
    agent = GrantFactory(user=UserFactory(), role="finance_agent", organization=county.township).user

    assert signed_in(agent).get("/papers/").status_code == 403


def test_the_committee_prints_the_village_s_papers_and_no_meetings(supervisor: User, signed_in: Any) -> None:
    form = signed_in(supervisor).get("/papers/?paper=supervision").context["form"]

    assert [value for value, _ in form.fields["paper"].choices] == ["ledger", "supervision"]
    assert ("kinds" in form.fields, form.initial["paper"]) == (False, "supervision")
    assert form.initial["period"] == str(today().year)


SHEET = {"kinds": ["general_meeting"], "on": "2026-12-05", "begins": "15:00", "topic": "选举"}


def test_the_sheet_before_a_meeting_lists_who_is_expected_with_their_votes(
    village: Village, branch_secretary: User, signed_in: Any
) -> None:
    client = signed_in(branch_secretary)
    address = reverse("papers:sheet", args=[village.branch.code])

    seen = client.get(address, SHEET).content.decode()
    taken = opened(client.post(address, SHEET).content)

    assert "应到 13 人；其中有表决权 12 人。" in seen
    assert rows_of(taken, 1)[1] == ["1", "党员00", "有", "", "", "2", "党员01", "有", "", ""]
    assert rows_of(taken, 1)[7][:5] == ["13", "预备甲", "预备党员", "", ""]


def test_a_group_s_sheet_lists_the_group(village: Village, branch_secretary: User, signed_in: Any) -> None:
    group = PartyGroupFactory(branch=village.branch, name="第一党小组")
    village.people[3].group = group
    village.people[3].save()
    asked = {**SHEET, "kinds": ["group_meeting"], "group": group.pk}
    address = reverse("papers:sheet", args=[village.branch.code])

    taken = opened(signed_in(branch_secretary).post(address, asked).content)

    assert rows_of(taken)[0] == ["会议类型", "党小组会（第一党小组）"]
    assert [row[1] for row in rows_of(taken, 1)[1:]] == ["党员03"]


def test_a_committee_without_seats_gets_empty_lines(
    village: Village, branch_secretary: User, signed_in: Any
) -> None:
    asked = {**SHEET, "kinds": ["committee_meeting"]}
    client = signed_in(branch_secretary)
    address = reverse("papers:sheet", args=[village.branch.code])

    assert "名单留空，打印后手写" in client.get(address, asked).content.decode()
    assert len(rows_of(opened(client.post(address, asked).content), 1)) == 11


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kinds": ["group_meeting"]}, "党小组会要选是哪个党小组。"),
        ({"kinds": ["group_meeting", "committee_meeting"]}, "应到的人不一样，请分开记。"),
        ({"on": "昨天"}, "请填日期，例如 2026-10-05。"),
        ({"kinds": []}, "这一项要填。"),
    ],
)
def test_a_sheet_that_cannot_be_drawn_says_why(
    wrong: dict[str, Any], sentence: str, village: Village, branch_secretary: User, signed_in: Any
) -> None:
    address = reverse("papers:sheet", args=[village.branch.code])

    answer = signed_in(branch_secretary).post(address, {**SHEET, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


ORDER = {"paper": "minutes", "period": "2026", "binding": "one"}


def test_a_few_papers_come_at_once(held: Held, branch_secretary: User, signed_in: Any) -> None:
    held()

    answer = signed_in(branch_secretary).post("/papers/", ORDER)

    assert answer["Content-Disposition"].endswith("2026%E5%B9%B4%E4%BC%9A%E8%AE%AE%E8%AE%B0%E5%BD%95.docx")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"period": "2026-10"}, "没有符合条件、已经交上的记录"),
        ({"period": "去年"}, "请选一个月、季度或年份。"),
        ({"paper": "activity", "period": "2026-10"}, "纪实表按季度做"),
        ({"place": "石桥乡上寨村党支部"}, "您的范围里没有这个党组织"),
    ],
)
def test_an_order_that_cannot_be_filled_says_why(
    wrong: dict[str, str], sentence: str, county: County, held: Held, township_officer: User, signed_in: Any
) -> None:
    held()

    answer = signed_in(township_officer).post("/papers/", {**ORDER, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_whoever_has_one_branch_is_not_asked_where(
    branch_secretary: User, township_officer: User, signed_in: Any
) -> None:
    forms = [signed_in(user).get("/papers/").context["form"] for user in (branch_secretary, township_officer)]
    assert ["place" in form.fields for form in forms] == [False, True]


def test_a_link_from_a_branch_names_it(county: County, township_officer: User, signed_in: Any) -> None:
    client = signed_in(township_officer)

    assert (
        f'value="8801001 {county.branch.name}"'
        in client.get(f"/papers/?under={county.branch.pk}").content.decode()
    )
    assert (
        county.other_branch.name
        not in client.get(f"/papers/?under={county.other_branch.pk}").content.decode()
    )


@pytest.fixture
def job(county: County, held: Held, township_officer: User, monkeypatch: pytest.MonkeyPatch) -> Any:
    held()
    monkeypatch.setattr("apps.papers.services.AT_ONCE", 0)
    monkeypatch.setattr("apps.papers.services.make_papers.delay", lambda job_id: None)
    return put_in_hand(Order(Paper.MINUTES, Year(2026), county.township.path), township_officer)


def test_a_batch_shows_its_progress_then_its_file(job: Any, township_officer: User, signed_in: Any) -> None:
    client = signed_in(township_officer)
    page, part = reverse("papers:batch", args=[job.pk]), reverse("papers:progress", args=[job.pk])
    assert f'hx-get="{part}"' in client.get(page).content.decode()
    assert client.post(reverse("papers:download", args=[job.pk])).url == page

    running.make(job.pk)

    assert client.get(part).headers["HX-Refresh"] == "true"
    assert "做好了。" in client.get(page).content.decode()
    assert len(opened(client.post(reverse("papers:download", args=[job.pk])).content).tables) == 1


def test_a_batch_is_its_owner_s_alone(job: Any, county_administrator: User, signed_in: Any) -> None:
    assert signed_in(county_administrator).get(reverse("papers:batch", args=[job.pk])).status_code == 404


def upload(client: Any, content: bytes) -> Any:
    file = SimpleUploadedFile("我们的.docx", content)
    return client.post("/papers/templates/88/minutes/", {"file": file})


def test_county_staff_take_change_upload_and_go_back(
    county_officer: User, county: County, signed_in: Any
) -> None:
    client = signed_in(county_officer)
    assert client.get("/papers/templates/minutes/built-in/").content == built_in(Paper.MINUTES)

    assert upload(client, changed()).url == "/papers/templates/88/minutes/"
    template = PaperTemplate.objects.get()
    listed = client.get("/papers/templates/").content.decode()
    page = client.get("/papers/templates/88/minutes/").content.decode()
    assert "本县第 1 版" in listed
    assert "我们的.docx" in page
    assert client.get(f"/papers/versions/{template.pk}/").content == bytes(template.content)

    client.post("/papers/templates/88/minutes/reset/")
    template.refresh_from_db()
    assert template.in_use is False

    client.post(f"/papers/versions/{template.pk}/use/")
    template.refresh_from_db()
    assert template.in_use is True


def test_a_refused_template_is_said_at_its_field(
    county_officer: User, county: County, signed_in: Any
) -> None:
    answer = upload(signed_in(county_officer), changed(first="{{ 主体 }}"))

    assert answer.status_code == 422
    assert "系统不认得的占位符：“主体”" in answer.content.decode()


def test_the_page_lists_every_placeholder(county_officer: User, county: County, signed_in: Any) -> None:
    page = signed_in(county_officer).get("/papers/templates/88/activity/").content.decode()

    assert "{{ 截至 }}" in page
    assert "{% for 项 in 欠缺 %}" in page


@pytest.mark.parametrize("role", ["township_officer", "branch_secretary", "auditor"])
def test_templates_are_the_county_s(
    role: str, county: County, county_officer: User, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    upload(signed_in(county_officer), changed())
    pk = PaperTemplate.objects.get().pk
    client = signed_in(request.getfixturevalue(role))

    assert client.get("/papers/templates/").status_code == 403
    assert [
        client.get("/papers/templates/88/minutes/").status_code,
        client.post("/papers/templates/88/minutes/reset/").status_code,
        client.get(f"/papers/versions/{pk}/").status_code,
        client.post(f"/papers/versions/{pk}/use/").status_code,
    ] == [404, 404, 404, 404]


def test_the_record_and_the_list_lead_here(held: Held, branch_secretary: User, signed_in: Any) -> None:
    meeting, client = held(), signed_in(branch_secretary)

    assert (
        reverse("papers:minutes", args=[meeting.pk])
        in client.get(meeting.get_absolute_url()).content.decode()
    )
    assert 'href="/papers/"' in client.get("/meetings/").content.decode()


def test_a_branch_s_page_leads_here(county: County, township_officer: User, signed_in: Any) -> None:
    page = signed_in(township_officer).get(f"/organizations/{county.branch.pk}/").content.decode()

    assert f"/papers/?under={county.branch.pk}" in page
    assert f"/papers/sheets/{county.branch.code}/" in page
