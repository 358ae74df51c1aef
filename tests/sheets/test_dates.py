"""Dates in every shape that people use; what is not certain is refused."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import RowsRefused
from svcq.sheets import dates

DAY = date(2011, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2011-03-05",
            "2011-3-5",
            "2011/3/5",
            "2011.3.5",
            "2011.03.05",
            "20110305",
            "2011. 3. 5",
            "2011 . 3 . 5",
        ),
        *(
            "2011年3月5日",
            "2011年03月05日",
            "2011 年 3 月 5 日",
            "2011年3月5号",
            "2011年3月5",
            "２０１１年３月５日",
        ),
        *("2011-3-5 14:30", "2011-03-05T14:30:00", "2011-03-05 14:30:00.123", "2011-03-05T14:30:00Z"),
        *("2011-03-05T14:30:00+08:00", "2011年3月5日14时30分", "2011/3/5 下午2:30", "2011/3/5 2:30 PM"),
        *("2011-3-5 星期六", "2011年3月5日（星期六）", "2011年3月5日 周六", "40607", "40607.5", "４０６０７"),
        *(
            " 2011-03-05 \n",
            "　2011-03-05　",
            "\u200b2011-03-05",
            "5-Mar-2011",
            "05 March 2011",
            "Mar 5, 2011",
        ),
        *("2011\\3\\5", "2011／3／5", "2011．3．5", "2011－3－5", "2011-3-5."),
    ],
)
def test_a_day_is_read_whatever_its_shape(text):
    assert dates.from_text(text) == DAY


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("05/03/2011", "dmy", DAY),
        ("03/05/2011", "mdy", DAY),
        ("25/12/2026", None, date(2026, 12, 25)),
        ("12-25-2026", None, date(2026, 12, 25)),
        ("4.4.2026", None, date(2026, 4, 4)),
    ],
)
def test_a_year_at_the_end_follows_the_order_or_proves_it(text, order, day):
    assert dates.from_text(text, order) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("03/04/2026", "ambiguous"),
        ("2011-02-30", "no such day"),
        ("1900-02-29", "no such day"),
        ("2011-13-01", "no such day"),
        ("20110230", "no such day"),
        ("2011年3月", "year, month and day"),
        ("2011-3", "year, month and day"),
        ("2011.03", "year, month and day"),
        ("2011", "year, month and day"),
        ("201103", "year, month and day"),
        ("3月5日", "year, month and day"),
        ("3-5", "year, month and day"),
        ("11-3-5", "four digits"),
        ("11.3.5", "four digits"),
        ("11年3月5日", "four digits"),
        ("5-Mar-11", "four digits"),
        ("1949-12-31", "1950"),
        ("2200-01-01", "2199"),
        ("已回", "not a date"),
        ("2011-3-5至2011-4-5", "not a date"),
        ("2011-3-5、2011-4-5", "not a date"),
        ("99999999999999999999", "not a date"),
        ("1e5", "not a date"),
        ("45000 days", "not a date"),
        ("0", "not a date"),
        ("12", "not a date"),
    ],
)
def test_what_is_no_certain_day_is_refused(text, words):
    with pytest.raises(RowsRefused, match=words):
        dates.from_text(text)


@pytest.mark.parametrize(
    ("order", "text"), [("dmy", "12/25/2026"), ("mdy", "25/12/2026"), ("ymd", "03/04/2026")]
)
def test_a_day_against_the_said_order_is_refused(order, text):
    with pytest.raises(RowsRefused):
        dates.from_text(text, order)


@pytest.mark.parametrize(
    ("number", "epoch", "day"),
    [
        (40607.0, dates.EPOCH_1900, DAY),
        (40607.99, dates.EPOCH_1900, DAY),
        (39145.0, dates.EPOCH_1904, DAY),
        (20110305.0, dates.EPOCH_1900, DAY),
        (20110305, dates.EPOCH_1904, DAY),
        (32874, dates.EPOCH_1900, date(1990, 1, 1)),
        (73415, dates.EPOCH_1900, date(2100, 12, 31)),
    ],
)
def test_a_serial_counts_from_the_first_day_of_its_workbook(number, epoch, day):
    assert dates.from_number(number, epoch) == day


@pytest.mark.parametrize(
    "number",
    [0, -1, 1.5, 60, 2011, 2011.3, 201103, 20110230, 32873, 73416, 1e300, float("nan"), float("inf")],
)
def test_a_number_that_is_no_day_is_refused(number):
    with pytest.raises(RowsRefused):
        dates.from_number(number)


def test_a_moment_loses_its_time_and_an_old_day_is_refused():
    assert dates.from_date(datetime(2011, 3, 5, 23, 59)) == DAY
    with pytest.raises(RowsRefused, match="1950"):
        dates.from_date(date(1900, 2, 28))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["03/04/2026", "25/12/2026"], "dmy"),
        (["03/04/2026", "12/25/2026"], "mdy"),
        (["03/04/2026", "2026-12-25", 45000.0, ""], None),
        (["25/12/2026", "12/25/2026"], ("25/12/2026", "12/25/2026")),
        (["45/45/2026"], None),
    ],
)
def test_a_column_may_prove_its_order(cells, found):
    assert dates.order_of(cells) == found


SHAPES = [
    "{0}-{1}-{2}",
    "{0}.{1:02}.{2:02}",
    "{0}年{1}月{2}日",
    "{0}{1:02}{2:02}",
    "{0}/{1}/{2} 08:15",
    "{0}. {1}. {2}",
]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(SHAPES))
def test_every_day_in_every_shape_is_itself(day, shape):
    assert dates.from_text(shape.format(day.year, day.month, day.day)) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_sentence(text):
    try:
        assert isinstance(dates.from_text(text), date)
    except RowsRefused as why:
        str(why).encode()
