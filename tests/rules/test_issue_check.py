"""三.3-4: from which days a spot check draws, and which of its dates cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.issue_check import ACTS, Window, contradiction, lacking, window

D = date.fromisoformat
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_without_an_earlier_sample_everything_old_enough_can_be_drawn():
    assert window(D("2026-11-23"), 20, None) == Window(None, D("2026-11-03"))
    assert Window(None, D("2026-11-03")).holds(D("1999-01-01"))


def test_after_an_earlier_sample_it_goes_on_from_the_next_day():
    found = window(D("2026-11-23"), 20, D("2026-10-20"))
    assert found == Window(D("2026-10-21"), D("2026-11-03"))
    assert [found.holds(D(day)) for day in ("2026-10-20", "2026-10-21", "2026-11-03", "2026-11-04")] == [
        *(False, True, True, False),
    ]


@pytest.mark.parametrize(
    ("covered", "empty"), [("2026-11-02", False), ("2026-11-03", True), ("2026-12-24", True)]
)
def test_nothing_is_left_where_an_earlier_sample_went_as_far(covered, empty):
    assert window(D("2026-11-23"), 20, D(covered)).is_empty is empty


@given(days, st.integers(0, 366), days, days)
def test_no_day_is_drawn_too_young_or_twice(today, age, covered, day):
    if window(today, age, covered).holds(day):
        assert (today - day).days >= age
        assert day > covered


MONTH = D("2026-10-01")


@pytest.mark.parametrize("key", ACTS)
def test_an_act_before_the_month_is_refused(key):
    assert contradiction({key: MONTH}, MONTH) is None
    found = contradiction({key: D("2026-09-30")}, MONTH)
    assert found
    assert found[0] == key
    assert "begins on 2026-10-01 [三.3-4]" in str(found[1])


def test_what_a_check_lacks_is_told_in_the_order_of_the_work():
    assert lacking({"leave_on": MONTH}) == ["records_on", "list_asked_on", "reconciled_on"]
    assert lacking(dict.fromkeys(ACTS, MONTH)) == []
