"""Months, quarters and years as periods: where they begin, and one after the other."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.periods import (
    Span,
    first_month,
    first_quarter,
    first_year,
    months,
    quarter_before,
    quarter_named,
    quarter_of,
    quarters,
    year_named,
    year_of,
    years,
)

D = date.fromisoformat
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
Spans = Callable[[date, date], Iterator[Span]]


@pytest.mark.parametrize(
    ("first", "live", "expected"),
    [
        (None, None, (None, None, None)),
        ("2026-03-15", None, ("2026-03-15", "2026-03-15", "2026-03-15")),
        ("2026-03-15", "2026-07-01", ("2026-07-01", "2026-07-01", "2027-01-01")),
        ("2026-03-15", "2026-07-02", ("2026-08-01", "2026-10-01", "2027-01-01")),
        ("2026-03-15", "2026-12-31", ("2027-01-01", "2027-01-01", "2027-01-01")),
        ("2026-03-15", "2026-01-31", ("2026-02-01", "2026-04-01", "2027-01-01")),
        ("2026-03-15", "2026-01-01", ("2026-01-01", "2026-01-01", "2026-01-01")),
        ("2026-03-15", "2026-10-01", ("2026-10-01", "2026-10-01", "2027-01-01")),
        (None, "2026-07-01", ("2026-07-01", "2026-07-01", "2027-01-01")),
    ],
)
def test_a_periodic_rule_begins_with_the_first_full_period_after_the_company_starts(
    first: str | None, live: str | None, expected: tuple[str | None, ...]
) -> None:
    record, start = D(first) if first else None, D(live) if live else None
    found = [begin(record, start) for begin in (first_month, first_quarter, first_year)]
    assert tuple(day and str(day) for day in found) == expected


@pytest.mark.parametrize("spans", [months, quarters, years])
@given(first=DAYS, days=st.integers(0, 1000))
def test_periods_follow_each_other_without_a_gap(spans: Spans, first: date, days: int) -> None:
    until = first + timedelta(days=days)
    found = list(spans(first, until))
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= until <= found[-1].last
    assert all(a.last + timedelta(days=1) == b.first for a, b in zip(found, found[1:], strict=False))
    assert len({span.name for span in found}) == len(found)


@given(DAYS)
def test_a_day_is_in_its_month_quarter_and_year(day: date) -> None:
    (month,) = months(day, day)
    quarter, year = quarter_of(day), year_of(day)
    assert (month.name, year.name) == (day.isoformat()[:7], day.isoformat()[:4])
    assert year.first <= quarter.first <= month.first <= day <= month.last <= quarter.last <= year.last
    assert [span.name for span in quarters(year.first, year.last)] == [f"{day.year}Q{n}" for n in range(1, 5)]
    assert (year.first, year.last) == (date(day.year, 1, 1), date(day.year, 12, 31))


@given(DAYS)
def test_a_quarter_and_a_year_are_found_by_their_names(day: date) -> None:
    assert quarter_named(quarter_of(day).name) == quarter_of(day)
    assert quarter_named(quarter_of(day).name.lower()) == quarter_of(day)
    assert year_named(year_of(day).name) == year_of(day)
    assert quarter_before(quarter_of(day)).last == quarter_of(day).first - timedelta(days=1)


@pytest.mark.parametrize(
    "name",
    ["", "2026", "2026Q0", "2026Q5", "2026-Q4", "Q4", "26Q4", "2026Q4 ", "0002Q1", "9999Q4", "２０２６Q4"],
)
def test_what_is_not_the_name_of_a_quarter_is_none(name: str) -> None:
    assert quarter_named(name) is None


@pytest.mark.parametrize("name", ["", "26", "2026Q4", "20266", "-2026", "0001", "1949", "2200", "２０２６"])
def test_what_is_not_the_name_of_a_year_is_none(name: str) -> None:
    assert year_named(name) is None


def test_there_are_no_periods_up_to_a_day_before_the_first() -> None:
    for spans in (months, quarters, years):
        assert list(spans(D("2027-01-01"), D("2026-12-31"))) == []
