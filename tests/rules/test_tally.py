"""The arithmetic of working days, against the plainest way of counting them: one day at a time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import Usage
from svcq.rules.tally import Tally, days_of
from svcq.rules.workdays import Calendar

DAY = timedelta(days=1)
CALENDARS = [
    Calendar("CN"),
    Calendar("none"),
    Calendar("US"),
    Calendar("EG"),
    Calendar("BN"),
    Calendar("CN", off=frozenset({date(2026, 12, 31), date(2025, 1, 2)}), on=frozenset({date(2026, 10, 3)})),
    Calendar("none", off=frozenset(days_of(2021))),
    Calendar("none", on=frozenset(day for day in days_of(2024) if day.weekday() > 4)),
]
calendars = st.sampled_from(CALENDARS)
dates = st.dates(date(2006, 1, 1), date(2030, 12, 31))
amounts = st.integers(-600, 600)


def step_by_step(calendar, day, n):
    """The n-th working day by looking at each day in turn."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not calendar.is_workday(day):
            day += step
    return day


@given(calendars, dates, st.integers(-300, 300))
def test_adding_is_stepping_from_working_day_to_working_day(calendar, day, n):
    assert calendar.add(day, n) == step_by_step(calendar, day, n)


@given(calendars, dates, st.integers(0, 500))
def test_counting_is_asking_each_day(calendar, day, length):
    later = day + length * DAY
    asked = [day + n * DAY for n in range(length + 1) if calendar.is_workday(day + n * DAY)]
    assert calendar.count(day, later) == len([one for one in asked if one > day])
    if length:
        assert calendar.count(later, day) == -len([one for one in asked if one < later])


@given(calendars, dates, amounts)
def test_counting_undoes_adding(calendar, day, n):
    assert calendar.count(day, calendar.add(day, n)) == n


@given(calendars, dates, dates)
def test_adding_undoes_counting_up_to_the_last_working_day(calendar, a, b):
    if b < a:
        assert calendar.add(a, calendar.count(a, b)) == (
            a if not calendar.count(a, b) else calendar.next_workday(b)
        )
    elif calendar.count(a, b):
        assert calendar.add(a, calendar.count(a, b)) == calendar.add(b + DAY, -1)


@given(calendars, dates, amounts.filter(bool))
def test_only_working_days_are_reached(calendar, day, n):
    assert calendar.is_workday(calendar.add(day, n))


@given(calendars, dates)
def test_zero_stays_on_a_day_off_too(calendar, day):
    assert calendar.add(day, 0) == day
    assert calendar.count(day, day) == 0


@given(calendars, dates, dates, amounts)
def test_an_earlier_start_never_ends_later(calendar, a, b, n):
    first, second = sorted((a, b))
    assert calendar.add(first, n) <= calendar.add(second, n)


@given(calendars, dates, amounts, amounts)
def test_a_longer_count_ends_later(calendar, day, m, n):
    if m and n and m < n:
        assert calendar.add(day, m) < calendar.add(day, n)


@given(calendars, dates, st.integers(1, 300), st.integers(1, 300))
def test_two_counts_one_after_the_other_are_one_count(calendar, day, m, n):
    assert calendar.add(calendar.add(day, m), n) == calendar.add(day, m + n)
    assert calendar.add(calendar.add(day, -m), -n) == calendar.add(day, -m - n)


@given(calendars, dates, dates, dates)
def test_a_count_is_the_sum_of_its_parts(calendar, a, b, c):
    first, second, third = sorted((a, b, c))
    assert calendar.count(first, third) == calendar.count(first, second) + calendar.count(second, third)


@given(calendars, dates, dates)
def test_counting_back_is_the_negative_if_both_ends_are_worked_or_neither(calendar, a, b):
    if calendar.is_workday(a) == calendar.is_workday(b):
        assert calendar.count(b, a) == -calendar.count(a, b)


@given(calendars, dates)
def test_the_roll_keeps_a_working_day_and_skips_only_days_off(calendar, day):
    end = calendar.next_workday(day)
    assert calendar.is_workday(end)
    assert (end == day) == calendar.is_workday(day)
    assert end == day or calendar.add(day, 1) == end


def test_a_year_without_a_working_day_is_passed():
    closed = Tally(lambda year: bytearray(len(days_of(year))) if year == 2025 else bytearray(b"\1") * 365)
    assert closed.next_workday(date(2025, 1, 1)) == date(2026, 1, 1)
    assert closed.add(date(2023, 12, 30), 1) == date(2023, 12, 31)
    assert closed.add(date(2025, 6, 1), 1) == date(2026, 1, 1)
    assert closed.add(date(2025, 6, 1), -1) < date(2025, 1, 1)
    assert closed.count(date(2025, 1, 1), date(2025, 12, 31)) == 0


@pytest.mark.parametrize(
    ("day", "n"),
    [
        (date.max, 1),
        (date(9999, 12, 30), 2),
        (date(9998, 1, 1), 700),
        (date(2026, 1, 1), 10**30),
        (date.min, -1),
        (date(1, 1, 3), -3),
        (date(2, 1, 1), -500),
        (date(2026, 1, 1), -(10**30)),
    ],
)
def test_a_count_out_of_all_years_is_refused_in_a_sentence(day, n):
    with pytest.raises(Usage, match="leaves the years 1 to 9999"):
        Calendar("none").add(day, n)


def test_a_roll_out_of_all_years_is_refused_in_a_sentence():
    closed = Calendar("none", off=frozenset({date(9999, 12, 31)}))
    assert Calendar("none").next_workday(date.max) == date.max
    with pytest.raises(Usage, match="9999-12-31: counting from here"):
        closed.next_workday(date.max)


def test_the_first_and_the_last_day_of_all_can_be_reached():
    assert Calendar("none").add(date(9999, 12, 30), 1) == date.max
    assert Calendar("none").add(date(1, 1, 2), -1) == date.min
    assert Calendar("CN").count(date.min, date.min) == 0


@pytest.mark.parametrize(("year", "days"), [(2024, 366), (2025, 365), (1900, 365), (2000, 366), (9999, 365)])
def test_the_days_of_a_year_are_all_there(year, days):
    found = days_of(year)
    assert (found[0], found[-1], len(found)) == (date(year, 1, 1), date(year, 12, 31), days)
