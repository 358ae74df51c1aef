"""Months as periods: where they begin, and one after the other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.periods import first_month, months

D = date.fromisoformat
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("first", "live", "expected"),
    [
        (None, None, None),
        ("2026-03-15", None, "2026-03-15"),
        ("2026-03-15", "2026-07-01", "2026-07-01"),
        ("2026-03-15", "2026-07-02", "2026-08-01"),
        ("2026-03-15", "2026-12-31", "2027-01-01"),
        ("2026-03-15", "2026-01-31", "2026-02-01"),
        (None, "2026-07-01", "2026-07-01"),
    ],
)
def test_a_monthly_rule_begins_with_the_first_full_month_after_the_company_starts(
    first: str | None, live: str | None, expected: str | None
) -> None:
    found = first_month(D(first) if first else None, D(live) if live else None)
    assert (str(found) if found else None) == expected


@given(DAYS, st.integers(0, 1000))
def test_months_follow_each_other_without_a_gap(first: date, days: int) -> None:
    until = first + timedelta(days=days)
    found = list(months(first, until))
    assert (found[0].first, found[0].first.day) == (first.replace(day=1), 1)
    assert found[-1].first <= until <= found[-1].last
    assert all(a.last + timedelta(days=1) == b.first for a, b in zip(found, found[1:], strict=False))
    assert [month.name for month in found] == [month.first.isoformat()[:7] for month in found]


def test_there_are_no_months_up_to_a_day_before_the_first() -> None:
    assert list(months(D("2026-12-01"), D("2026-11-30"))) == []
