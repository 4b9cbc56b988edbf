"""From the tables that offices make to rows of values: headings, sections, what is no data, faults."""

import datetime

import pytest

from apps.core.errors import Refused
from apps.imports import cells, headings
from apps.imports.columns import Column, Layout, heading_key
from apps.imports.problems import CellFault
from apps.imports.rows import Row, TableReader
from apps.imports.sheets import Cell, Sheet, open_sheets
from tests.imports.books import Rows, xlsx

LAYOUT = Layout(
    (
        Column("name", "姓名", cells.Text(10), "名字", required=True),
        Column("sex", "性别", cells.Choice({"m": "男", "f": "女"}, {"m": "男性"}, what="性别")),
        Column("joined", "入党日期", cells.day, "入党时间"),
        Column("full", "转正日期", cells.day, "转正时间"),
        Column("branch", "党支部", cells.Text(20)),
    )
)


def read(rows: Rows, **more: Rows) -> tuple[list[Row], TableReader]:
    reader = TableReader(LAYOUT, "name")
    return list(reader.rows(open_sheets(xlsx(rows, **more)))), reader  # type: ignore[arg-type]


def named(rows: list[Row]) -> list[tuple[int, object]]:
    return [(row.number, row.values["name"]) for row in rows]


def faults(row: Row) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in row.problems]


@pytest.mark.parametrize(
    "heading",
    ["姓名", " 姓 名 ", "姓名*", "姓名：", "姓名（必填）", "姓\n名", "姓名(与身份证一致)", "【姓名】"[1:3]],
)
def test_heading_is_known_however_it_is_decorated(heading: str):
    assert heading_key(heading) == "姓名"


def test_heading_is_found_below_a_title():
    rows, _ = read([["某镇党员花名册", ""], ["填报时间：2026年10月", ""], ["姓名", "性别"], ["王小明", "男"]])
    assert named(rows) == [(4, "王小明")]


def test_heading_of_two_rows_with_a_group_above_is_found():
    rows, reader = read(
        [
            ["序号", "姓 名", "党龄信息", ""],
            ["", "", "入党时间", "转正时间"],
            [1, "王小明", "2010-06-01", "2011年6月1日"],
        ]
    )
    assert [(row.number, str(row.values["joined"]), str(row.values["full"])) for row in rows] == [
        (3, "2010-06-01", "2011-06-01")
    ]
    assert reader.readings[0].columns == (
        ("A", "序号", ""),
        ("B", "姓 名", "姓名"),
        ("C", "入党时间", "入党日期"),
        ("D", "转正时间", "转正日期"),
    )


def test_columns_may_stand_in_any_order_and_strange_ones_are_not_read():
    rows, _ = read([["性别", "备注", "姓名"], ["女", "组长", "李丽"]])
    assert rows[0].values == {"sex": "f", "name": "李丽"}


def test_first_of_two_columns_with_the_same_meaning_is_read():
    rows, reader = read([["姓名", "名字", "性别"], ["王小明", "别人", "男"]])
    assert named(rows) == [(2, "王小明")]
    assert reader.readings[0].columns[1] == ("B", "名字", "")


def test_totals_signatures_and_empty_rows_are_no_data():
    rows, _ = read(
        [
            ["姓名", "性别", "入党日期", "转正日期", "党支部"],
            ["王小明", "男", "", "", ""],
            ["", "", "", "", ""],
            ["合计", "1人", "", "", ""],
            ["填表人：", "", "审核人：", "", ""],
            ["注：按党龄排列", "", "", "", ""],
        ]
    )
    assert named(rows) == [(2, "王小明")]


def test_line_above_the_table_names_the_unit():
    rows, _ = read([["花名册"], ["填报单位：大湾村党支部（盖章）"], ["姓名", "性别"], ["王小明", "男"]])
    assert rows[0].section == "大湾村党支部"


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位:大湾村党支部(盖章)"],
        ["支部名称：大湾村党支部"],
        ["填报单位：", "大湾村党支部"],
        ["", "党支部： 大湾村党支部 （公章）"],
    ],
)
def test_unit_is_read_in_every_usual_form(line: list[str]):
    assert headings.section_of(line) == "大湾村党支部"


def test_second_table_on_the_same_sheet_has_its_own_unit():
    head = ["姓名", "性别", "入党日期", "转正日期", "党支部"]
    rows, _ = read(
        [
            ["填报单位：甲支部", "", "", "", ""],
            head,
            ["王小明", "男", "", "", ""],
            ["填报单位：乙支部", "", "", "", ""],
            head,
            ["李丽", "女", "", "", ""],
        ]
    )
    assert [(row.values["name"], row.section) for row in rows] == [("王小明", "甲支部"), ("李丽", "乙支部")]


def test_sheet_that_is_no_table_is_left_out():
    rows, reader = read([["姓名", "性别"], ["王小明", "男"]], 说明=[["请按要求填写"], ["谢谢"]])
    assert named(rows) == [(2, "王小明")]
    assert (len(reader.readings), reader.problems) == (1, [])


def test_file_without_any_heading_is_refused():
    with pytest.raises(Refused, match="没有在表里找到表头"):
        read([["甲", "乙"], ["1", "2"]])


def test_table_without_a_required_column_says_which():
    _, reader = read([["性别", "入党日期"], ["男", "2010-06-01"]])
    assert [(problem.code, problem.row, problem.message) for problem in reader.problems] == [
        ("column_missing", 0, "“表”这张表没有“姓名”这一列，没有读。")
    ]


def test_faults_stand_at_their_cells():
    rows, _ = read([["姓名", "性别", "入党日期"], ["王小明", "未知", "不详"], ["", "男", "2010-06-01"]])
    assert [faults(row) for row in rows] == [
        [("性别", "unknown_value"), ("入党日期", "not_a_date")],
        [("姓名", "missing")],
    ]
    assert rows[0].problems[0].position == 1


def test_column_as_the_clerk_named_it_is_in_the_problem():
    rows, _ = read([["名字", "入党 时间"], ["王小明", "不详"]])
    assert faults(rows[0]) == [("入党 时间", "not_a_date")]


def test_formula_without_a_result_is_a_fault():
    rows, _ = read([["姓名", "性别"], ["=A1", "男"], ["王小明", "男"]])
    assert [faults(row) for row in rows] == [[("姓名", "formula")], []]


def test_formula_with_a_result_is_read_and_said_once():
    reader = TableReader(LAYOUT, "name")
    lines: list[list[Cell]] = [["姓名", "性别"], ["王小明", "男"], ["李丽", "女"]]
    rows = list(reader.rows([Sheet("表", lines, frozenset({(1, 1), (2, 1)}))]))
    assert [row.values["sex"] for row in rows] == ["m", "f"]
    assert [problem.message for problem in reader.problems] == [
        "“性别”这一列有 2 格是公式，按表里存着的结果读。"
    ]


@pytest.mark.parametrize("cell", ["", " ", "/", "—", "无", "\u3000"])
def test_nothing_is_written_in_many_ways(cell: str):
    rows, _ = read([["姓名", "性别", "转正日期"], ["王小明", "男", cell]])
    assert rows[0].values["full"] is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  王  小明 ", "王 小明"),
        (13912345678.0, "13912345678"),
        (True, "是"),
        ("甲\n乙\x07", "甲 乙"),
        (2.5, "2.5"),
    ],
)
def test_cell_as_plain_text(cell: Cell, text: str):
    assert cells.plain(cell) == text


def test_unknown_word_is_answered_with_what_may_stand_there():
    with pytest.raises(CellFault, match="性别") as fault:
        LAYOUT.columns[1].parse("男姓")
    assert fault.value.advice == "是不是“男”？可以填：男、女。"


@pytest.mark.parametrize(("cell", "number"), [("5", 5), (5.0, 5), ("5年", 5), ("５", 5)])
def test_whole_number(cell: Cell, number: int):
    assert cells.WholeNumber(1, 5, unit="年")(cell) == number


@pytest.mark.parametrize("cell", ["0", "6", "五", "2.5", "-1"])
def test_what_is_no_whole_number_in_bounds_is_a_fault(cell: str):
    with pytest.raises(Exception, match="不是 1 到 5 的整数"):
        cells.WholeNumber(1, 5, unit="年")(cell)


def test_what_is_wrong_with_a_cell_is_said_in_each_row_that_has_it():
    heading, joined = ["姓名", "性别", "入党日期"], datetime.date(2010, 6, 1)
    rows, _ = read([heading, ["", "雌", joined], ["　", "雌", joined], ["", "雌", joined]])
    assert [faults(row) for row in rows] == [[("姓名", "missing"), ("性别", "unknown_value")]] * 3


def test_tick_and_number_are_not_taken_for_each_other():
    rows, _ = read(
        [["姓名", "党支部"], ["王小明", True], ["李丽", 1], ["赵强", True], ["孙芳", 0], ["周平", False]]
    )
    assert [row.values["branch"] for row in rows] == ["是", "1", "是", "0", "否"]


def test_more_different_cells_than_are_remembered_are_read_all_the_same(monkeypatch):
    monkeypatch.setattr("apps.imports.rows._REMEMBERED", 2)
    names = ["甲一", "乙二", "丙三", "甲一", "丙三"]
    rows, _ = read([["姓名", "性别"], *([name, "男"] for name in names)])
    assert [row.values["name"] for row in rows] == names
