"""What the pages of the regulations show."""

from datetime import date

from apps.regulations.queries import chapters, code_page, count_in_force
from apps.regulations.table import CHAPTERS, in_force, rows_of

TODAY = date(2026, 11, 22)


def keys(text: str) -> list[str]:
    return [each.row.key for chapter in chapters(text, on=TODAY) for each in chapter.rows]


def test_without_words_every_row_in_force_is_listed_once_under_its_chapter() -> None:
    assert [chapter.title for chapter in chapters(on=TODAY)] == list(CHAPTERS.values())
    assert keys("") == [row.key for row in in_force(TODAY)]
    assert count_in_force(TODAY) == len(keys(""))


def test_words_are_looked_for_in_code_text_and_source() -> None:
    assert keys("meet-11") == ["MEET-11/present", "MEET-11/in_favour"]
    assert keys("五分之四") == ["ELEC-05"]
    assert keys("细则 书面") == ["MEET-12/in_favour"]
    assert chapters("没有这样的词", on=TODAY) == ()


def test_former_rows_are_on_the_page_of_their_code_after_those_in_force() -> None:
    page = code_page("ELEC-05", on=TODAY)
    assert page is not None
    assert (page.title, page.chapter) == ("选举到会人数", "选举和任期")
    assert [(shown.tag, shown.row.until) for shown in page.rows] == [
        ("现行", None),
        ("以前的规定", date(2020, 7, 12)),
    ]


def test_a_page_of_several_rows_says_how_many() -> None:
    page = code_page("MEET-12", on=TODAY)
    assert page is not None
    assert page.title == "发展党员到会人数等 3 项"


def test_the_dates_of_a_row_in_words() -> None:
    dates = {row.dates_in_words for code in ("MEET-12", "ELEC-05", "ROST-10") for row in rows_of(code)}
    assert dates == {
        "2014年5月28日至2026年5月10日",
        "2026年5月11日起",
        "到2020年7月12日为止",
        "2020年7月13日起",
        "不限日期",
    }


def test_a_row_to_come_is_marked_as_such() -> None:
    page = code_page("ELEC-05", on=date(2020, 7, 1))
    assert page is not None
    assert [shown.tag for shown in page.rows] == ["现行", "还没有施行"]


def test_a_row_says_where_it_is_written_and_how_far_that_was_checked() -> None:
    page = code_page("MEET-05", on=TODAY)
    assert page is not None
    assert page.rows[0].facts == (
        ("依据", "各地通行做法"),
        ("条款", "没有列条款"),
        ("施行", "2018年10月28日起"),
        ("核对情况", "地方做法：是一些地方或单位的做法，不是全国规定。"),
        ("对谁", "党支部"),
        ("能不能调整", "地方默认：没有全国统一的数，这里是默认值，县里可以改。"),
    )


def test_an_article_whose_number_was_not_checked_says_so() -> None:
    page = code_page("ELEC-06", on=TODAY)
    assert page is not None
    assert dict(page.rows[0].facts)["条款"] == "条号待核"


def test_a_provision_offers_nothing_to_set() -> None:
    page = code_page("MEET-14", on=TODAY)
    assert page is not None
    assert "能不能调整" not in dict(page.rows[0].facts)


def test_an_unknown_code_has_no_page() -> None:
    assert code_page("MEET-98", on=TODAY) is None
