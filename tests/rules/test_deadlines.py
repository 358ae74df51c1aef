"""When a counted period ends."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import Usage
from svcq.policy.model import Period
from svcq.rules.deadlines import Day, due, explain
from svcq.rules.workdays import Calendar, Reason

CN = Calendar("CN")
PLAIN = Calendar("none")
LAST = max(year for year in range(2026, 2046) if CN.published(year))
"""The last Chinese year whose arrangement is in the data."""
DAY = timedelta(days=1)

calendars = st.sampled_from(
    [CN, PLAIN, Calendar("US"), Calendar("EG"), Calendar("CN", off=frozenset({date(2026, 10, 8)}))]
)
dates = st.dates(date(2006, 1, 1), date(2030, 12, 31))
amounts = st.integers(-400, 400)
periods = st.builds(Period, amounts, st.sampled_from(["workdays", "days", "months"]), st.booleans())


def ends(start, amount, unit, roll=True, calendar=CN):
    return due(start, Period(amount, unit, roll), calendar).due


# Civil Code art. 201: the first day does not count


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        (date(2026, 3, 2), 1, "days", date(2026, 3, 3)),
        (date(2026, 3, 2), 15, "days", date(2026, 3, 17)),
        (date(2026, 3, 2), 1, "workdays", date(2026, 3, 3)),
        (date(2026, 3, 2), 5, "workdays", date(2026, 3, 9)),
        (date(2026, 3, 6), 1, "workdays", date(2026, 3, 9)),
        (date(2026, 3, 7), 1, "workdays", date(2026, 3, 9)),
        (date(2026, 3, 8), 10, "workdays", date(2026, 3, 20)),
        (date(2026, 9, 30), 1, "workdays", date(2026, 10, 8)),
        (date(2026, 9, 30), 3, "workdays", date(2026, 10, 10)),
        (date(2026, 9, 17), 2, "workdays", date(2026, 9, 20)),
        (date(2026, 2, 13), 2, "workdays", date(2026, 2, 24)),
        (date(2025, 12, 31), 2, "workdays", date(2026, 1, 5)),
        (date(2026, 10, 8), -1, "workdays", date(2026, 9, 30)),
        (date(2026, 10, 1), -1, "workdays", date(2026, 9, 30)),
        (date(2026, 10, 12), -2, "workdays", date(2026, 10, 9)),
    ],
)
def test_a_period_does_not_count_its_first_day(start, amount, unit, expected):
    assert ends(start, amount, unit) == expected


# Art. 202: the same day of the later month, or its last


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 1, 31), 2, date(2024, 3, 31)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 3, 15), 1, date(2026, 4, 15)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(1900, 1, 31), 1, date(1900, 2, 28)),
        (date(2000, 1, 31), 1, date(2000, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
        # examples in the manuals of java.time, dateutil, date-fns and PostgreSQL
        (date(2007, 3, 31), 1, date(2007, 4, 30)),
        (date(2003, 1, 31), 1, date(2003, 2, 28)),
        (date(2014, 9, 1), 5, date(2015, 2, 1)),
        (date(2014, 12, 31), 2, date(2015, 2, 28)),
        (date(2023, 1, 30), 1, date(2023, 2, 28)),
        (date(2001, 1, 31), 1, date(2001, 2, 28)),
    ],
)
def test_a_month_ends_on_its_day_or_on_the_last(start, months, expected):
    assert ends(start, months, "months", roll=False) == expected


def test_months_are_counted_from_the_origin_not_chained():
    start = date(2026, 1, 31)
    assert [ends(start, n, "months", roll=False).day for n in range(1, 13)] == [
        28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
        31,
    ]


@given(dates, st.integers(-3000, 3000))
def test_months_agree_with_dateutil(start, months):
    assert ends(start, months, "months", roll=False) == start + relativedelta(months=months)


@given(dates, amounts)
def test_days_are_calendar_days(start, days):
    assert ends(start, days, "days", roll=False) == start + days * DAY


# Art. 203: an end on a day off moves on


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        (date(2026, 9, 1), 1, "months", date(2026, 10, 8)),  # the National Day holiday
        (date(2026, 2, 1), 15, "days", date(2026, 2, 24)),  # the Spring Festival
        (date(2026, 3, 2), 5, "days", date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 2), 6, "days", date(2026, 3, 9)),  # a Sunday
        (date(2026, 2, 7), 7, "days", date(2026, 2, 14)),  # a Saturday that is worked
        (date(2025, 12, 4), 1, "months", date(2026, 1, 4)),  # a Sunday that is worked
        (date(2026, 9, 12), 28, "days", date(2026, 10, 10)),
        (
            date(2026, 1, 31),
            1,
            "months",
            date(2026, 2, 28),
        ),  # the last of the month, a Saturday that is worked
        (date(2026, 3, 31), 1, "months", date(2026, 4, 30)),
        (date(2026, 4, 1), 1, "months", date(2026, 5, 6)),
        (date(2026, 10, 13), -10, "days", date(2026, 10, 8)),  # forward, for a negative period too
        (date(2026, 11, 2), -1, "months", date(2026, 10, 8)),
        (date(2026, 10, 8), -7, "days", date(2026, 10, 8)),
    ],
)
def test_an_end_on_a_day_off_moves_to_the_next_working_day(start, amount, unit, expected):
    assert ends(start, amount, unit) == expected


def test_a_period_that_does_not_roll_may_end_on_a_day_off():
    found = due(date(2026, 9, 1), Period(1, "months", roll=False), CN)
    assert (found.due, found.rolled) == (date(2026, 10, 1), False)


def test_an_end_that_moved_says_so():
    assert due(date(2026, 9, 1), Period(1, "months"), CN).rolled
    assert not due(date(2026, 9, 8), Period(1, "months"), CN).rolled
    assert not due(date(2026, 9, 30), Period(3, "workdays"), CN).rolled


def test_a_company_day_off_moves_the_end_too():
    calendar = Calendar("CN", off=frozenset({date(2026, 10, 8)}))
    assert ends(date(2026, 9, 1), 1, "months", calendar=calendar) == date(2026, 10, 9)


@pytest.mark.parametrize("unit", ["workdays", "days", "months"])
@pytest.mark.parametrize("start", [date(2026, 10, 1), date(2026, 3, 3), date(LAST + 1, 1, 2)])
def test_an_amount_of_0_stays_on_a_day_off_and_is_never_in_doubt(start, unit):
    found = due(start, Period(0, unit), CN)
    assert (found.due, found.rolled, found.provisional, found.years) == (start, False, False, ())
    assert explain(start, Period(0, unit), CN) == []


@given(dates, periods, calendars)
def test_a_rolled_end_is_a_working_day_and_only_days_off_lie_between(start, period, calendar):
    found = due(start, period, calendar)
    assert (found.start, found.amount, found.unit) == (start, period.amount, period.unit)
    plain = due(start, Period(period.amount, period.unit, roll=False), calendar).due
    assert found.due >= plain
    assert found.rolled == (found.due != plain)
    if period.amount and (period.roll or period.unit == "workdays"):
        assert calendar.is_workday(found.due)
        assert not any(calendar.is_workday(plain + n * DAY) for n in range((found.due - plain).days))


@given(dates, dates, periods, calendars)
def test_who_starts_earlier_is_never_due_later(a, b, period, calendar):
    first, second = sorted((a, b))
    assert due(first, period, calendar).due <= due(second, period, calendar).due


@given(dates, periods, calendars)
def test_an_end_in_doubt_names_its_years_and_the_last_counts(start, period, calendar):
    found = due(start, period, calendar)
    assert found.provisional == bool(found.years)
    assert list(found.years) == sorted(found.years)
    assert not any(calendar.published(year) for year in found.years)
    if period.amount > 0 and (period.unit == "workdays" or period.roll):
        assert (found.due.year in found.years) == (not calendar.published(found.due.year))


# In doubt

NEW_YEAR_S_EVE = date(LAST, 12, 31)


@pytest.mark.parametrize(
    ("start", "period", "years"),
    [
        (NEW_YEAR_S_EVE, Period(1, "workdays"), (LAST + 1,)),
        (NEW_YEAR_S_EVE, Period(300, "workdays"), (LAST + 1, LAST + 2)),
        (NEW_YEAR_S_EVE, Period(-1, "workdays"), ()),
        (date(LAST, 11, 30), Period(5, "workdays"), ()),
        (date(LAST + 1, 1, 1), Period(-1, "workdays"), ()),  # the start itself is not counted
        (date(LAST + 1, 1, 10), Period(-10, "workdays"), (LAST + 1,)),
        (date(LAST, 6, 1), Period(1, "months"), ()),
        (date(LAST, 12, 15), Period(1, "months"), (LAST + 1,)),
        (date(LAST, 12, 15), Period(1, "months", roll=False), ()),
        (date(LAST, 12, 15), Period(30, "days"), (LAST + 1,)),
        (date(LAST, 12, 15), Period(30, "days", roll=False), ()),
        (date(LAST + 1, 2, 1), Period(-3, "months"), ()),  # only where it ends matters
        (date(LAST, 1, 15), Period(36, "months"), (LAST + 3,)),
        (date(2025, 12, 1), Period(30, "workdays"), ()),
        (
            date(2000, 12, 31),
            Period(5, "workdays"),
            (),
        ),  # 2000 is not in the data, but only the start lies in it
        (date(2000, 12, 15), Period(15, "days"), (2000,)),  # from a Saturday of 2000 into 2001
    ],
)
def test_an_end_that_rests_on_a_year_not_announced_is_provisional(start, period, years):
    found = due(start, period, CN)
    assert (found.provisional, found.years) == (bool(years), years)


def test_an_end_that_rolls_into_a_year_not_announced_is_provisional():
    closed = frozenset(date(LAST, 12, day) for day in range(24, 32))
    found = due(date(LAST, 12, 1), Period(25, "days"), Calendar("CN", off=closed))
    assert found.rolled
    assert found.due.year == LAST + 1
    assert found.years == (LAST + 1,)


def test_monday_to_friday_is_never_in_doubt():
    assert not due(date(2026, 1, 1), Period(5000, "workdays"), PLAIN).provisional


# Out of all years


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        (date(9999, 12, 31), 1, "days"),
        (date(9999, 12, 31), 1, "months"),
        (date(9999, 12, 31), 1, "workdays"),
        (date(1, 1, 1), -1, "days"),
        (date(1, 1, 31), -1, "months"),
        (date(1, 1, 1), -1, "workdays"),
        (date(2026, 1, 1), 10**40, "days"),
        (date(2026, 1, 1), -(10**40), "months"),
        (date(2026, 1, 1), 10**40, "workdays"),
        (date(2026, 1, 1), 10**9, "days"),
    ],
)
def test_an_end_out_of_all_years_is_refused_in_a_sentence(start, amount, unit):
    with pytest.raises(Usage, match="leaves the years 1 to 9999"):
        ends(start, amount, unit, calendar=PLAIN)
    with pytest.raises(Usage):
        explain(start, Period(amount, unit), PLAIN)


# Explained


def test_working_days_are_explained_day_by_day():
    assert explain(date(2026, 10, 7), Period(3, "workdays"), CN) == [
        Day(date(2026, 10, 8), True, Reason("workday")),
        Day(date(2026, 10, 9), True, Reason("workday")),
        Day(date(2026, 10, 10), True, Reason("makeup")),
    ]
    assert explain(date(2026, 4, 30), Period(1, "workdays"), CN, "zh")[:2] == [
        Day(date(2026, 5, 1), False, Reason("holiday", "劳动节")),
        Day(date(2026, 5, 2), False, Reason("holiday", "劳动节")),
    ]


def test_days_are_explained_to_their_own_end_and_then_through_the_days_off():
    found = explain(date(2026, 3, 5), Period(2, "days"), CN)
    assert [(day.date.day, day.counted, day.why.code) for day in found] == [
        (6, True, "workday"),
        (7, True, "weekend"),
        (8, False, "weekend"),
        (9, False, "workday"),
    ]


def test_working_days_before_are_explained_backwards():
    found = explain(date(2026, 3, 9), Period(-1, "workdays"), CN)
    assert [(day.date.day, day.counted) for day in found] == [(8, False), (7, False), (6, True)]


def test_days_before_are_explained_back_to_their_end_and_forward_to_the_working_day():
    found = explain(date(2026, 3, 10), Period(-3, "days"), CN)
    assert [(day.date.day, day.counted) for day in found] == [
        (9, True),
        (8, True),
        (7, True),
        (8, False),
        (9, False),
    ]


@given(dates, periods, calendars)
def test_as_many_days_are_counted_as_the_amount_says(start, period, calendar):
    found = explain(start, period, calendar)
    end = due(start, period, calendar)
    counted = [day for day in found if day.counted]
    if period.unit == "months":
        assert len(counted) == abs((start + relativedelta(months=period.amount) - start).days)
    else:
        assert len(counted) == abs(period.amount)
    assert (found[-1].date if found else start) == end.due
    for day in found:
        worked = day.why.code in ("workday", "makeup", "company_on")
        assert worked == calendar.is_workday(day.date)
        if period.unit == "workdays":
            assert day.counted == worked
    if end.rolled:
        rolled_through = [day for day in found if not day.counted]
        assert [calendar.is_workday(day.date) for day in rolled_through] == [False] * (
            len(rolled_through) - 1
        ) + [True]
