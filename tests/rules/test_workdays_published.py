"""Working days as others published them: the Chinese notices, other countries' lists, other programs' manuals."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.rules.workdays import Calendar

DAY = timedelta(days=1)
NOTICES = Path(__file__).parent / "data" / "cn_notices.csv"
"""Each holiday of the State Council's yearly notices for 2007 to 2026, as amended: the days off (weekends within
included) and the weekend days worked for them. `notice`: number of the latest notice on it, where known."""
LISTS = Path(__file__).parent / "data" / "moved_days.csv"
"""Days of other countries that are worked against, or off against, the day of the week."""


def notices():
    """(days off, days worked at a weekend) of all notices."""
    off, worked = set(), set()
    with NOTICES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = date.fromisoformat(row["off_from"]), date.fromisoformat(row["off_until"])
            off |= {first + n * DAY for n in range((last - first).days + 1)}
            worked |= {date.fromisoformat(day) for day in row["worked"].split()}
    return off, worked


def moved_days():
    """(country, day, worked) of the list."""
    with LISTS.open(encoding="utf-8", newline="") as file:
        return [
            (row["country"], date.fromisoformat(row["day"]), row["worked"] == "yes")
            for row in csv.DictReader(file)
        ]


OFF, WORKED = notices()


def test_the_notices_do_not_contradict_themselves():
    assert not OFF & WORKED
    assert all(day.weekday() > 4 for day in WORKED)


@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_day_of_a_chinese_year_is_as_the_notice_says(year):
    calendar = Calendar("CN")
    wrong = []
    day = date(year, 1, 1)
    while day.year == year:
        expected = day in WORKED or (day.weekday() < 5 and day not in OFF)
        if calendar.is_workday(day) != expected:
            wrong.append(day)
        day += DAY
    assert not wrong


@pytest.mark.parametrize(
    ("year", "workdays"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248)],
)
def test_a_chinese_year_has_as_many_working_days_as_payrolls_reckon(year, workdays):
    assert Calendar("CN").count(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


@pytest.mark.parametrize(("country", "day", "worked"), moved_days())
def test_a_moved_day_of_another_country(country, day, worked):
    assert Calendar(country).is_workday(day) == worked


# Excel's manual: WORKDAY, NETWORKDAYS (which includes its first day), NETWORKDAYS.INTL


def off(*days):
    return Calendar("none", off=frozenset(days))


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        (off(), date(2009, 4, 30)),
        (off(date(2008, 11, 26), date(2008, 12, 4), date(2009, 1, 21)), date(2009, 5, 5)),
    ],
)
def test_excel_workday_151_days_from_october_2008(calendar, expected):
    assert calendar.add(date(2008, 10, 1), 151) == expected


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        (off(), 110),
        (off(date(2012, 11, 22)), 109),
        (off(date(2012, 11, 22), date(2012, 12, 4), date(2013, 1, 21)), 107),
    ],
)
def test_excel_networkdays_of_a_project(calendar, expected):
    assert calendar.count(date(2012, 10, 1) - DAY, date(2013, 3, 1)) == expected


def test_excel_networkdays_intl():
    assert off().count(date(2005, 12, 31), date(2006, 1, 31)) == 22
    assert off().count(date(2006, 2, 28) + DAY, date(2006, 1, 31)) == -21
    month = [date(2006, 1, 1) + n * DAY for n in range(32)]
    fridays = {day for day in month if day.weekday() == 4} | {date(2006, 1, 2), date(2006, 1, 16)}
    sundays = {day for day in month if day.weekday() == 6}
    rested = Calendar("none", off=frozenset(fridays), on=frozenset(sundays))
    assert rested.count(date(2005, 12, 31), date(2006, 2, 1)) == 22


# NumPy's manual: busday_offset, busday_count (up to and without its last day), is_busday


def test_numpy_business_days():
    plain = off()
    assert plain.next_workday(date(2011, 10, 1)) == date(2011, 10, 3)
    assert plain.next_workday(date(2011, 3, 20)) == date(2011, 3, 21)
    assert plain.next_workday(date(2011, 3, 22)) == date(2011, 3, 22)
    assert plain.add(plain.next_workday(date(2012, 3, 1)), -1) == date(2012, 2, 29)
    assert plain.add(date(2011, 6, 23), 1) == date(2011, 6, 24)
    assert plain.add(date(2011, 6, 23), 2) == date(2011, 6, 27)
    assert plain.add(plain.next_workday(date(2011, 6, 25)), 2) == date(2011, 6, 29)
    assert plain.count(date(2010, 12, 31), date(2011, 1, 31)) == 21
    assert plain.count(date(2010, 12, 31), date(2011, 12, 31)) == 260


def test_numpy_is_busday_with_holidays():
    calendar = off(date(2011, 7, 1), date(2011, 7, 4), date(2011, 7, 17))
    assert [calendar.is_workday(date(2011, 7, day)) for day in (1, 2, 18)] == [False, False, True]


# pandas' manual: BDay, BMonthEnd, BMonthBegin


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2022, 11, 30),
        (2022, 12, 30),
        (2024, 3, 29),
        (2024, 6, 28),
        (2024, 8, 30),
        (2025, 5, 30),
        (2026, 2, 27),
    ],
)
def test_the_last_business_day_of_a_month(year, month, last):
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    assert off().add(first_of_next, -1) == date(year, month, last)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2022, 8, 5), 1, date(2022, 8, 8)),
        (date(2022, 8, 5), -1, date(2022, 8, 4)),
        (date(2022, 12, 9), 1, date(2022, 12, 12)),
        (date(2018, 1, 6), 1, date(2018, 1, 8)),
        (date(2018, 1, 6), -1, date(2018, 1, 5)),
        (date(2018, 1, 5), 4, date(2018, 1, 11)),
    ],
)
def test_a_business_day_offset_over_a_weekend(day, n, expected):
    assert off().add(day, n) == expected
