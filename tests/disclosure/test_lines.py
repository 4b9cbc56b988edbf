"""Where a line stands in another version, and with which periods a table is compared."""

from __future__ import annotations

import datetime

import pytest

from apps.disclosure.earlier import periods_before
from apps.disclosure.lines import Line, moved, of_content
from apps.disclosure.tables import KINDS


def line(name: str, amount: int) -> Line:
    return Line((name, str(amount)), (name,))


LIGHT, DITCH, PAPER = line("路灯", 500), line("清淤", 3_200), line("报刊", 200)


class TestMoved:
    def test_a_line_is_followed_wherever_it_stands(self):
        assert moved([LIGHT, DITCH, PAPER], [PAPER, LIGHT, DITCH]) == {1: 2, 2: 3, 3: 1}

    def test_a_line_whose_amount_was_put_right_is_the_same_line(self):
        assert moved([LIGHT, DITCH], [LIGHT, line("清淤", 3_000)]) == {1: 1, 2: 2}

    def test_what_is_gone_goes_nowhere(self):
        assert moved([LIGHT, DITCH], [DITCH, PAPER]) == {2: 1}

    def test_of_two_equal_lines_each_has_its_own_place(self):
        assert moved([LIGHT, LIGHT, DITCH], [DITCH, LIGHT, LIGHT]) == {1: 2, 2: 3, 3: 1}

    def test_what_is_the_same_word_for_word_comes_before_what_is_only_called_the_same(self):
        assert moved([line("路灯", 9), LIGHT], [LIGHT, line("路灯", 8)]) == {2: 1, 1: 2}


class TestOfContent:
    def test_a_balance_that_follows_from_earlier_lines_is_no_part_of_a_line(self):
        said = {"on": "2026-10-05", "voucher": "", "summary": "路灯", "income": "0.00", "expense": "9.00"}
        lines = [{**said, "balance": balance} for balance in ("1.00", "2.00")]
        first, second = of_content({"statement": {"lines": lines}})
        assert first == second

    @pytest.mark.parametrize("code", KINDS)
    def test_every_table_has_lines_by_what_names_its_rows(self, code: str):
        row = {column.name: column.name for column in KINDS[code].columns} | {"line": "cash"}
        (found,) = of_content({"table": {"kind": code, "rows": [row]}})
        assert found.name == tuple(row[name] for name in KINDS[code].identity)

    def test_words_and_what_was_withdrawn_have_none(self):
        assert (of_content({"body": "话"}), of_content(None)) == ([], [])


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2026-03-01", "2026-03-31", ["上月（2026年2月）", "去年同期（2025年3月）"]),
        ("2028-02-01", "2028-02-29", ["上月（2028年1月）", "去年同期（2027年2月）"]),
        ("2026-01-01", "2026-03-31", ["上季度（2025年第四季度）", "去年同期（2025年第一季度）"]),
        (
            *("2026-01-01", "2026-06-30"),
            ["上个半年（2025年7月1日至2025年12月31日）", "去年同期（2025年1月1日至2025年6月30日）"],
        ),
        ("2026-01-01", "2026-12-31", ["去年（2025年）"]),
        (
            *("2026-09-01", "2026-10-31"),
            ["上期（2026年7月1日至2026年8月31日）", "去年同期（2025年9月1日至2025年10月31日）"],
        ),
        ("2026-10-05", "2026-10-05", []),
        ("2026-10-01", "2026-10-30", []),
    ],
)  # fmt: skip
def test_a_period_is_compared_with_the_one_before_and_with_a_year_ago(
    first: str, last: str, names: list[str]
):
    assert [each.words for each in periods_before(day(first), day(last))] == names
