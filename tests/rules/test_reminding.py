"""On which days somebody is reminded: before, on the day, and again and again while it is overdue."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.policy.load import house, parse
from svcq.rules.reminding import Pace, copied, newest_slot, pace, rests, to_remind, widest

DUE = date(2026, 11, 20)
HOUSE = Pace(3, 7)


def day(offset: int) -> date:
    """So many days after the due date."""
    return DUE + timedelta(days=offset)


@pytest.mark.parametrize(
    ("today", "slot"),
    [
        *((-10, None), (-4, None), (-3, -3), (-1, -3)),
        *((0, 0), (1, 0), (6, 0), (7, 7), (8, 7), (13, 7), (14, 14), (700, 700), (701, 700)),
    ],
)
def test_the_newest_slot_is_before_on_or_each_week_after_the_due_day(today: int, slot: int | None) -> None:
    assert newest_slot(DUE, HOUSE, day(today)) == (None if slot is None else day(slot))


@pytest.mark.parametrize(
    ("own", "today", "slot"),
    [
        (Pace(0, 7), -1, None),
        (Pace(0, 7), 0, 0),
        (Pace(3, 0), 50, 0),
        (Pace(3, 1), 50, 50),
        (Pace(10, 3), -10, -10),
        (Pace(10, 3), 7, 6),
    ],
)
def test_a_rule_has_its_own_pace(own: Pace, today: int, slot: int | None) -> None:
    assert newest_slot(DUE, own, day(today)) == (None if slot is None else day(slot))


@pytest.mark.parametrize(
    ("first", "today", "slot"), [(-16, -17, None), (-16, -16, -16), (-16, 0, 0), (5, -1, None)]
)
def test_a_first_slot_of_its_own_takes_the_place_of_the_days_before(
    first: int, today: int, slot: int | None
) -> None:
    found = newest_slot(DUE, HOUSE, day(today), first_on=day(first))
    assert found == (None if slot is None else day(slot))


@pytest.mark.parametrize(
    ("slot", "told", "wanted"),
    [(None, None, False), (0, None, True), (0, -3, True), (0, 0, False), (0, 2, False), (7, 2, True)],
)
def test_what_was_told_since_its_slot_is_not_told_again(
    slot: int | None, told: int | None, wanted: bool
) -> None:
    found = to_remind(None if slot is None else day(slot), None if told is None else day(told))
    assert found is wanted


@given(st.integers(0, 30), st.integers(0, 30), st.integers(-40, 400), st.integers(0, 5))
def test_running_twice_a_day_or_missing_days_never_tells_a_slot_twice(
    before: int, every: int, start: int, gap: int
) -> None:
    told: list[date] = []
    slots: list[date] = []
    for offset in range(start, start + 60, gap + 1):
        for _run in range(2):
            slot = newest_slot(DUE, Pace(before, every), day(offset))
            if slot and to_remind(slot, told[-1] if told else None):
                told.append(day(offset))
                slots.append(slot)
    assert len(set(told)) == len(told)
    assert len(set(slots)) == len(slots)


def test_a_slot_before_the_first_of_all_days_is_that_day() -> None:
    assert newest_slot(date.min, HOUSE, date.min) == date.min
    assert newest_slot(date(1, 1, 3), HOUSE, date.min) == date.min


@pytest.mark.parametrize(
    ("late", "after", "wanted"), [(14, 14, False), (15, 14, True), (500, 0, False), (-1, 14, False)]
)
def test_the_manager_hears_of_what_is_long_overdue(late: int, after: int, wanted: bool) -> None:
    assert copied(DUE, day(late), after) is wanted


def test_the_pace_is_the_rules_own_else_that_of_every_rule() -> None:
    policy = parse("[rules.contract.return]\nremind_before = 10\nremind_every = 0", name="mine")
    assert pace(house(), "contract.return") == HOUSE
    assert pace(policy, "contract.return") == Pace(10, 0)
    assert pace(policy, "issue.close") == HOUSE
    assert (widest(house()), widest(policy)) == (3, 10)


def test_nothing_goes_out_on_a_day_off_unless_the_policy_says_so() -> None:
    assert rests(house(), workday=False)
    assert not rests(house(), workday=True)
    every_day = replace(house(), settings={**house().settings, "remind.workdays_only": 0})
    assert not rests(every_day, workday=False)
