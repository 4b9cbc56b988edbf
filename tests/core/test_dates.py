"""Dates as offices write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.dates import Cell, LooseDate, NotADate, Precision, parse_loose

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1927, 5, 19), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016/5/14", LooseDate(2016, 5, 14)), ("2019-03-12", LooseDate(2019, 3, 12)),
        ("1984.09.02", LooseDate(1984, 9, 2)), ("1997年7月11日", LooseDate(1997, 7, 11)),
        ("1997 年 7 月 11 日", LooseDate(1997, 7, 11)), ("1997年7月11号", LooseDate(1997, 7, 11)),
        ("1997年07月11", LooseDate(1997, 7, 11)), ("20120928", LooseDate(2012, 9, 28)),
        ("2011.09", LooseDate(2011, 9)), ("2011.1", LooseDate(2011, 1)), ("2025.10", LooseDate(2025, 10)),
        ("2019年11月", LooseDate(2019, 11)),
        ("2019年11", LooseDate(2019, 11)), ("2019-11", LooseDate(2019, 11)),
        ("98.7", LooseDate(1998, 7)), ("98年7月", LooseDate(1998, 7)), ("26.1", LooseDate(2026, 1)),
        ("27.1", LooseDate(1927, 1)), ("05-06-07", LooseDate(2005, 6, 7)), ("199809", LooseDate(1998, 9)),
        ("980711", LooseDate(1998, 7, 11)), ("2019", LooseDate(2019)), ("2019年", LooseDate(2019)),
        ("２０１９／０３／１２", LooseDate(2019, 3, 12)), ("２０１９年１１月", LooseDate(2019, 11)),
        ("2019。11", LooseDate(2019, 11)), ("2019-03-12 00:00:00", LooseDate(2019, 3, 12)),
        ("2019-03-12T00:00:00", LooseDate(2019, 3, 12)), ("43536", LooseDate(2019, 3, 12)),
        (" 2019-03-12 ", LooseDate(2019, 3, 12)), ("2024-2-29", LooseDate(2024, 2, 29)),
        (43536, LooseDate(2019, 3, 12)),
        (43536.75, LooseDate(2019, 3, 12)), (20120928.0, LooseDate(2012, 9, 28)),
        (199809, LooseDate(1998, 9)), (2011.09, LooseDate(2011, 9)), (98.7, LooseDate(1998, 7)),
        (2019.0, LooseDate(2019)), (date(2019, 3, 12), LooseDate(2019, 3, 12)),
        (datetime(2019, 3, 12, 8, 30, tzinfo=UTC), LooseDate(2019, 3, 12)),
    ],
)  # fmt: skip
def test_what_offices_write_is_read(written: Cell, meant: LooseDate) -> None:
    assert parse_loose(written, today=TODAY) == meant


@pytest.mark.parametrize("written", [None, "", "  ", "　", "/", "／", "-", "—", "——", "无", "暂无"])
def test_none_is_none(written: Cell) -> None:
    assert parse_loose(written, today=TODAY) is None


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("不详", "“不详”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
        ("2019-02-29", "“2019-02-29”：2019年2月没有29日，请核对。"),
        ("2019年13月", "“2019年13月”里没有13月这个月份，请核对。"),
        ("20190001", "“20190001”里没有0月这个月份，请核对。"),
        ("1899.12", "“1899.12”的年份不对，请核对。"),
        ("2101-01-01", "“2101-01-01”的年份不对，请核对。"),
        (2011.1, "“2011.1”看不出是1月还是10月，请把这一格改成文本后重新填写。"),
        ("2011.110", "“2011.110”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
        (0, "“0”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
        (-43536, "“-43536”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
        (float("nan"), "“nan”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
        (9.9e17, "“9.9e+17”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
        ("3/12/2019", "“3/12/2019”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(written: Cell, sentence: str) -> None:
    with pytest.raises(NotADate) as caught:
        parse_loose(written, today=TODAY)
    assert caught.value.sentence == sentence


def test_a_loose_date_agrees_with_every_day_that_it_can_mean() -> None:
    month = LooseDate(2024, 2)
    assert (month.first, month.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert not month.agrees_with(date(2024, 1, 31))
    assert month.agrees_with(date(2024, 2, 1))
    assert month.agrees_with(date(2024, 2, 29))
    assert not month.agrees_with(date(2024, 3, 1))


def test_a_year_alone_agrees_with_the_whole_year_and_a_day_with_itself() -> None:
    assert LooseDate(2024).agrees_with(date(2024, 12, 31))
    assert not LooseDate(2024).agrees_with(date(2025, 1, 1))
    day = LooseDate(2024, 2, 3)
    assert day.agrees_with(date(2024, 2, 3))
    assert not day.agrees_with(date(2024, 2, 4))


def test_precision_and_words() -> None:
    dates = [LooseDate(1998), LooseDate(1998, 7), LooseDate(1998, 7, 1)]
    assert [loose.precision for loose in dates] == [Precision.YEAR, Precision.MONTH, Precision.DAY]
    assert [str(loose) for loose in dates] == ["1998年", "1998年7月", "1998年7月1日"]


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_every_day_is_read_back_however_it_is_written(day: date, form: str) -> None:
    assert parse_loose(day.strftime(form), today=TODAY) == LooseDate.of(day)


@given(DAYS)
def test_every_serial_day_of_a_spreadsheet_is_read(day: date) -> None:
    assert parse_loose((day - date(1899, 12, 30)).days, today=TODAY) == LooseDate.of(day)


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers()))
def test_whatever_stands_in_a_cell_is_a_date_none_or_refused_with_a_sentence(value: Cell) -> None:
    try:
        found = parse_loose(value, today=TODAY)
    except NotADate as refusal:
        complete = refusal.sentence.endswith("。")
    else:
        complete = found is None or found.first <= found.last
    assert complete
