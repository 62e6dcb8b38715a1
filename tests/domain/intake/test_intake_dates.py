"""Dates as people write them: none is guessed at, and what is imprecise stays a span."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.intake.columns import DateOrder
from ojakgyo.domain.intake.dates import UNCLEAR, Span, orders_of, read, read_hour

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    "text",
    ["2026-11-03", "2026.11.3", "2026. 11. 3.", "2026/11/3", "20261103", "2026년 11월 3일", "2026年11月3日", "2026年11月3号",
     "3 Nov 2026", "3rd of November, 2026", "Nov 3, 2026", "3-Nov-2026", "Tue 3 Nov 2026", "2026.11.3(화)",
     "２０２６．１１．３"],
)  # fmt: skip
def test_a_day_in_any_writing_is_that_day(text):
    assert read(text, TODAY) == Span(date(2026, 11, 3), date(2026, 11, 3))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Nov 2026", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("26년 11월", date(2026, 11, 1), date(2026, 11, 30)),
        ("작년 가을", date(2025, 9, 1), date(2025, 11, 30)),
        ("去年秋天", date(2025, 9, 1), date(2025, 11, 30)),
        ("last autumn", date(2025, 9, 1), date(2025, 11, 30)),
        ("early March", date(2026, 3, 1), date(2026, 3, 10)),
        ("3월 초", date(2026, 3, 1), date(2026, 3, 10)),
        ("3月底", date(2026, 3, 21), date(2026, 3, 31)),
        ("winter 2025", date(2025, 12, 1), date(2026, 2, 28)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("상반기", None, None),
        ("2025년 하반기", date(2025, 7, 1), date(2025, 12, 31)),
        ("지난주", date(2026, 11, 16), date(2026, 11, 22)),
        ("上个月", date(2026, 10, 1), date(2026, 10, 31)),
        ("11월 3일쯤", date(2026, 10, 31), date(2026, 11, 6)),
        ("about 3 Nov 2026", date(2026, 10, 31), date(2026, 11, 6)),
        ("그저께", date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_what_is_imprecise_stays_a_span(text, first, last):
    found = read(text, TODAY)
    if first is None:
        assert found is None
    else:
        assert (found.first, found.last, found.imprecise) == (first, last, first != last)


@pytest.mark.parametrize("text", ["3–5 Nov 2026", "3-5 Nov 2026", "2026.11.3~5", "2026.11.3 ~ 11.5", "2026-11-03 - 2026-11-05",
                                  "2026년 11월 3일부터 5일까지"])  # fmt: skip
def test_a_range_that_was_written_out_is_meant_whole(text):
    assert read(text, TODAY) == Span(date(2026, 11, 3), date(2026, 11, 5), imprecise=False)


def test_without_a_year_it_is_the_latest_such_day_and_that_is_said():
    assert read("11월 3일", TODAY) == Span(date(2026, 11, 3), date(2026, 11, 3), assumed=True)
    assert read("Dec 24", TODAY) == Span(date(2025, 12, 24), date(2025, 12, 24), assumed=True)
    assert read("29 Feb", TODAY).first == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "hello", "", "N-2", "=1+1", "<script>", "0000-00-00", "9" * 80]
)
def test_what_is_no_date_is_none(text):
    assert read(text, TODAY) is None


def test_three_numbers_that_may_be_two_days_are_unclear_and_the_order_settles_them():
    assert read("3/11/2026", TODAY) is UNCLEAR
    assert read("3/11/2026", TODAY, DateOrder.DAY_FIRST).first == date(2026, 11, 3)
    assert read("3/11/2026", TODAY, DateOrder.MONTH_FIRST).first == date(2026, 3, 11)
    assert read("13/11/2026", TODAY).first == date(2026, 11, 13)
    assert read("11/11/2026", TODAY).first == date(2026, 11, 11)


def test_a_column_tells_its_order_and_the_first_that_contradicts_it():
    assert orders_of(["3/11/2026", "13/11/2026", "2026-11-05"], TODAY).order is DateOrder.DAY_FIRST
    assert orders_of(["3/11/2026"], TODAY).order is None
    two = orders_of(["3/11/2026", "13/11/2026", "5/4/2026", "11/25/2026"], TODAY)
    assert (two.order, two.against) == (None, (3, 1))
    assert orders_of(["11/25/2026"], TODAY, DateOrder.DAY_FIRST).against == (0, 0)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("21:00", time(21)), ("9pm", time(21)), ("오후 9시", time(21)), ("저녁 9시 30분", time(21, 30)), ("晚上9点", time(21)),
     ("12 am", time(0)), ("9", time(9)), ("25:00", None), ("noon and more", None)],
)  # fmt: skip
def test_hours(text, hour):
    assert read_hour(text) == hour


@given(st.dates(date(2015, 1, 1), date(2026, 11, 26)), st.sampled_from(["{0.year}-{0.month:02}-{0.day:02}", 
       "{0.year}.{0.month}.{0.day}",
       "{0.year}년 {0.month}월 {0.day}일", "{0.year}年{0.month}月{0.day}日", "{0:%d %b %Y}", "{0:%B %d, %Y}"]))  # fmt: skip
def test_every_day_comes_back_as_itself(day, writing):
    assert read(writing.format(day), TODAY) == Span(day, day)


@given(st.dates(date(2015, 1, 1), date(2026, 11, 26)), st.sampled_from(DateOrder))
def test_in_its_column_s_order_a_day_in_numbers_is_that_day(day, order):
    written = {
        DateOrder.DAY_FIRST: f"{day.day}/{day.month}/{day.year}",
        DateOrder.MONTH_FIRST: f"{day.month}/{day.day}/{day.year}",
        DateOrder.YEAR_FIRST: f"{day.year}/{day.month}/{day.day}",
    }[order]
    assert read(written, TODAY, order).first == day
    without = read(written, TODAY)
    assert without is UNCLEAR or without.first == day


@given(st.text(max_size=40))
def test_anything_at_all_is_answered(text):
    found = read(text, TODAY)
    assert found is None or found is UNCLEAR or timedelta(0) <= found.last - found.first
    read_hour(text)
