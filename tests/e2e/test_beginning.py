"""An empty installation gets its county: the first sign-in, the ledger, the rosters."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from apps.accounts.models import User
from apps.members.models import Member
from apps.organizations.models import Organization
from tests.e2e.conftest import Visit
from tests.factories import GrantFactory, UserFactory
from tests.imports.errands import carried_out

EXAMPLES = Path(settings.BASE_DIR) / "fixtures" / "examples"
LEDGER, ROSTER = EXAMPLES / "党组织台账.xlsx", EXAMPLES / "党员花名册.xlsx"
FAULTY, BY_HAND = EXAMPLES / "党员花名册(含错误).xlsx", EXAMPLES / "青石镇党员花名册(手工).xlsx"
SENTENCES = {
    2: "身份证号应为 18 位，这里是 17 位。",
    4: "没有填公民身份号码。",
    6: "没有填姓名。",
    8: "您的范围里没有“不存在的党支部”这个党支部。",
    10: "入党日期2031年7月1日还没有到。",
    12: "“不详”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。",
    14: "“太空学院”不是学历。",
    16: "“火星族”不是民族名称。",
    18: "性别写的是女，按身份证号是男。",
    20: "这个身份证号和第 3 行的一样。",
}
OWN_PASSWORD = "Wangchuan-1121"
WORKER_SECONDS = 30

pytestmark = pytest.mark.usefixtures("celery_worker_process")


def first_password() -> str:
    """What the command prints for the person who installs."""
    said = io.StringIO()
    call_command("create_administrator", "admin", stdout=said)
    found = re.search(r"初始密码 (\S+)", said.getvalue())
    assert found
    return found[1]


def upload(page: Page, file: Path) -> None:
    """From the page that says what is read, to the page that says what was found."""
    page.get_by_label("表格文件").set_input_files(file)
    page.get_by_role("button", name="上传，先看结果").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)
    expect(page.get_by_role("link", name="列是怎样读的")).to_be_visible(timeout=WORKER_SECONDS * 1000)


def found(page: Page) -> dict[str, str]:
    """The figures of the preview by their titles."""
    titles, values = page.locator(".figures dt"), page.locator(".figures dd .value, .figures dd.value")
    return dict(zip(titles.all_inner_texts(), values.all_inner_texts(), strict=True))


def said_on(page: Page) -> dict[int, str]:
    """What the page says of each faulty row."""
    rows = page.get_by_role("region", name="导入结果").locator("tbody tr").all()
    return {_row_number(row.locator("th")): _sentence(row) for row in rows}


def _row_number(heading: Locator) -> int:
    return int(re.findall(r"第 (\d+) 行", heading.inner_text())[0])


def _sentence(row: Locator) -> str:
    return row.locator("[data-label=怎么回事]").inner_text().removeprefix("要处理").strip()


def said_in(file: Path) -> dict[int, str]:
    """What the annotated workbook says in its last column, row by row."""
    sheet = load_workbook(file)["党员花名册"]
    column = [cell.value for cell in sheet[1]].index("问题") + 1
    texts = {row: sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)}
    return {row: str(text) for row, text in texts.items() if text}


def write(page: Page, label: str) -> Locator:
    page.get_by_role("button", name=label).click()
    done = page.locator(".note", has_text="已写入。")
    expect(done).to_be_visible(timeout=WORKER_SECONDS * 1000)
    return done


def test_the_administrator_of_an_empty_installation_brings_the_county_in(db: None, visit: Visit) -> None:
    initial = first_password()
    page = visit()

    page.goto("/")
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码").fill(initial)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("第一次登录要改密码。")).to_be_visible()
    page.goto("/organizations/")
    expect(page).to_have_url(re.compile("/password/$"))
    page.get_by_label("现在的密码").fill(initial)
    page.get_by_label(re.compile("^新密码")).fill(OWN_PASSWORD)
    page.get_by_label("再输一次新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="改密码").click()
    expect(page.get_by_text("密码已改好。")).to_be_visible()

    expect(page.get_by_text("还没有党组织")).to_be_visible()
    page.get_by_role("link", name="导入党组织台账").click()
    upload(page, LEDGER)
    assert found(page) == {"读到": "12 个", "新增": "12", "有变化": "0", "无变化": "0", "要您看一下": "0"}
    expect(page.get_by_role("row", name=re.compile("青石镇北岭村党支部"))).to_be_visible()
    assert Organization.objects.count() == 0
    write(page, "写入 12 个")
    page.get_by_role("link", name="看党组织").click()
    expect(page.get_by_role("link", name="中国共产党望川县委员会")).to_be_visible()

    page.get_by_role("link", name="党员", exact=True).click()
    page.get_by_role("link", name="导入花名册").click()
    upload(page, ROSTER)
    assert found(page) == {"读到": "56 人", "新增": "56", "有变化": "0", "无变化": "0", "要您看一下": "0"}
    assert Member.objects.count() == 0
    write(page, "写入 56 人")
    assert Member.objects.count() == 56

    page.get_by_role("link", name="再导入一个文件").click()
    upload(page, ROSTER)
    assert found(page) == {"读到": "56 人", "新增": "0", "有变化": "0", "无变化": "56", "要您看一下": "0"}
    expect(page.get_by_text("表里的内容和系统里的一样，没有要写入的。")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("^写入")).count() == 0


@pytest.fixture
def clerk(db: None) -> User:
    """A clerk of the example county, whose ledger and roster are in."""
    everywhere = GrantFactory(user=UserFactory(), role="county_administrator").user
    carried_out("organizations", LEDGER.read_bytes(), everywhere)
    carried_out("roster", ROSTER.read_bytes(), everywhere)
    root = Organization.objects.get(code="66")
    return GrantFactory(user=UserFactory(name="望川县陈静"), role="county_staff", organization=root).user


def test_a_list_kept_by_hand_is_understood_as_it_is(clerk: User, visit: Visit) -> None:
    page = visit(clerk)
    page.goto("/imports/new/roster/")
    upload(page, BY_HAND)
    assert found(page) == {"读到": "32 人", "新增": "0", "有变化": "0", "无变化": "32", "要您看一下": "0"}
    page.get_by_role("link", name="列是怎样读的").click()
    expect(page.get_by_role("row", name="H 入党时间 入党日期")).to_be_visible()


def test_a_clerk_reads_what_is_wrong_in_a_roster_and_takes_it_along(
    clerk: User, visit: Visit, tmp_path: Path
) -> None:
    page = visit(clerk)
    page.goto("/imports/new/roster/")
    upload(page, FAULTY)
    assert found(page) == {"读到": "20 人", "新增": "0", "有变化": "0", "无变化": "10", "要您看一下": "10"}
    expect(page.get_by_text("有 10 行要处理，现在一行也不会写入。")).to_be_visible()
    assert said_on(page) == SENTENCES

    with page.expect_download() as download:
        page.get_by_role("link", name="下载标注好的表").click()
    assert download.value.suggested_filename == "党员花名册(含错误)（已标注）.xlsx"
    download.value.save_as(tmp_path / "annotated.xlsx")
    noted = said_in(tmp_path / "annotated.xlsx")
    assert list(noted) == list(SENTENCES)
    assert [row for row, sentence in SENTENCES.items() if not noted[row].startswith(sentence)] == []
    assert Member.objects.count() == 56
