"""A county officer: from a figure to the list behind it, and the month's report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from tests.conftest import County
from tests.e2e.conftest import Visit

TITLE = "关于2026年10月份基层党建重点工作完成情况的通报"
WORKER_MILLISECONDS = 30_000


def downloaded(page: Page, link: str, to: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    file = to / download.value.suggested_filename
    download.value.save_as(file)
    return file


def words_of(document: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(document)).paragraphs]


def test_a_figure_leads_to_the_list_behind_it(october: County, county_officer: User, visit: Visit) -> None:
    page = visit(county_officer)
    page.goto("/")
    tile = page.locator(".tile", has_text="主题党日（11月）")
    expect(tile).to_contain_text("1 / 3 个支部")
    tile.get_by_role("link", name="1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("主题党日完成率")
    rows = page.get_by_role("region", name="主题党日完成率名单").locator("tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("link", name=str(october.branch)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(october.branch))


@pytest.mark.usefixtures("celery_worker_process")
def test_the_month_s_report_is_asked_for_read_and_taken_along(
    october: County, county_officer: User, visit: Visit, tmp_path: Path
) -> None:
    page = visit(county_officer)
    page.goto("/")
    page.get_by_role("link", name="去报表").click()
    page.get_by_role("link", name="生成月报").click()
    expect(page.get_by_label("党组织")).to_contain_text(str(october.root))
    expect(page.get_by_label("月份")).to_have_value("2026-10")
    page.get_by_role("button", name="生成月报").click()

    expect(page.get_by_role("link", name="下载 Word")).to_be_visible(timeout=WORKER_MILLISECONDS)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    row = page.get_by_role("region", name="完成情况").get_by_role("row").filter(has_text="主题党日")
    expect(row.locator("td")).to_have_text(["3", "2", "1", re.compile("66.7")])

    document = downloaded(page, "下载 Word", tmp_path)
    assert document.name == f"{october.root} 2026年10月月报（第1版）.docx"
    assert TITLE in "".join(words_of(document))
    workbook = downloaded(page, "下载 Excel", tmp_path)
    assert workbook.name == f"{october.root} 2026年10月月报（第1版）.xlsx"
    assert [sheet.cell(1, 1).value for sheet in load_workbook(workbook)] == [
        "2026年10月三会一课完成情况统计表",
        "2026年10月党员增减平衡表",
        "2026年10月未完成事项清单",
    ]

    row.get_by_role("link", name="1").click()
    expect(page.get_by_role("link", name=str(october.other_branch))).to_be_visible()
