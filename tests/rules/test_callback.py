"""六: what a drawn customer and a new quarter oblige QC to."""

from datetime import date

import pytest

from svcq.policy.load import book
from svcq.rules.callback import (
    Callback,
    given_up,
    is_answered,
    number_of,
    obligations,
    samples,
    satisfaction,
)
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.periods import Span, quarter_named
from svcq.rules.workdays import Calendar

D = date.fromisoformat
CALENDAR = Calendar("CN")
TERMS = Terms(book([]), lambda code: CALENDAR)


def d(text: str) -> date:
    """A day, of 2026 unless it says otherwise."""
    return D(text if len(text) == 10 else f"2026-{text}")


def q(name: str) -> Span:
    """A quarter by its name."""
    quarter = quarter_named(name)
    assert quarter is not None
    return quarter


def told(found: list[Obligation]) -> str:
    """`start due met` of each, - for not met; of another year than 2026 in full."""
    days = [(one.starts_on, one.due_on, one.met_on) for one in found]
    return ", ".join(" ".join(str(day or "-").removeprefix("2026-") for day in row) for row in days)


@pytest.mark.parametrize(
    ("drawn", "asked", "answered", "tries", "expected"),
    [
        (None, None, False, "", ""),
        (None, None, False, "10-12 10-13 10-14", ""),  # neither drawn nor asked: nothing is owed
        ("10-12", None, False, "", "10-12 12-31 -"),
        ("10-12", "11-02", True, "", "10-12 12-31 11-02"),
        ("10-12", "11-02", False, "", "10-12 12-31 -"),  # asked, but nothing was answered
        (None, "11-02", True, "", "11-02 12-31 11-02"),
        (None, "11-02", False, "", "11-02 12-31 -"),
        ("10-12", "2027-01-04", True, "", "10-12 12-31 2027-01-04"),
        ("2027-01-04", None, False, "", "2027-01-04 12-31 -"),  # drawn too late: overdue at once
        ("09-28", None, False, "", "09-28 12-31 -"),  # before the quarter began
        ("10-12", None, False, "10-13 10-14", "10-12 12-31 -"),
        ("10-12", None, False, "10-13 10-14 10-20", "10-12 12-31 10-20"),
        ("10-12", None, False, "10-13 10-13 10-13", "10-12 12-31 10-13"),  # three on one day are three
        ("10-12", None, False, "10-13 10-14 10-20 10-28", "10-12 12-31 10-20"),
        ("10-12", "11-02", True, "10-13 10-14 10-20", "10-12 12-31 10-20"),  # answered afterwards
        ("10-12", "10-15", True, "10-13 10-14 10-20", "10-12 12-31 10-15"),
    ],
)
def test_a_drawn_customer_answers_in_the_quarter_or_was_tried_three_times(
    drawn: str | None, asked: str | None, answered: bool, tries: str, expected: str
) -> None:
    callback = Callback(
        "2026Q4-李伟-云河县人民医院",
        q("2026Q4"),
        d(drawn) if drawn else None,
        d(asked) if asked else None,
        answered,
        tuple(d(day) for day in tries.split()),
    )
    found = obligations(callback, TERMS)
    assert told(found) == expected
    assert {(one.rule, one.role, one.clause) for one in found} <= {("callback.make", "qc", "六")}


@pytest.mark.parametrize(("name", "due"), [("2026Q1", "03-31"), ("2026Q2", "06-30"), ("2026Q3", "09-30")])
def test_it_is_due_on_the_last_day_of_the_quarter_also_on_a_day_off(name: str, due: str) -> None:
    (one,) = obligations(Callback("n", q(name), q(name).first), TERMS)
    assert one.due_on == d(due)
    (early,) = obligations(Callback("n", q("2023Q4"), D("2023-10-09")), TERMS)
    assert early.due_on == D("2023-12-31")  # a Sunday


def test_the_tries_that_are_enough_are_those_of_the_policy_when_it_was_drawn() -> None:
    terms = Terms(book([(d("10-01"), "settings.callback.tries = 1", "v1")]), lambda code: CALENDAR)
    tries = (d("10-13"), d("10-14"), d("10-20"))
    callback = Callback("n", q("2026Q4"), tries=tries)
    assert given_up(callback, d("10-01"), terms) == d("10-13")
    assert given_up(callback, d("09-30"), terms) == d("10-20")
    assert given_up(Callback("n", q("2026Q4")), d("10-01"), terms) is None


@pytest.mark.parametrize(
    ("until", "drawn", "expected"),
    [
        ("2026-01-01", {}, "01-01 01-22 -"),  # Sunday 4 January is worked
        ("2026-04-01", {"2026Q1": "01-15"}, "01-01 01-22 01-15, 04-01 04-23 -"),  # Qingming
        ("2026-03-31", {"2026Q1": "02-02"}, "01-01 01-22 02-02"),
        ("2026-01-31", {"2026Q1": "2025-12-28"}, "01-01 01-22 2025-12-28"),
        ("2025-12-31", {}, ""),
    ],
)
def test_the_sample_is_drawn_in_fifteen_working_days(
    until: str, drawn: dict[str, str], expected: str
) -> None:
    found = samples(d("01-01"), D(until), {name: d(day) for name, day in drawn.items()}, TERMS)
    assert told(found) == expected


def test_the_sample_of_the_last_quarters_of_a_year() -> None:
    found = samples(d("07-01"), d("12-31"), {}, TERMS)
    assert told(found) == "07-01 07-22 -, 10-01 10-27 -"  # Saturday 10 October is worked
    assert [one.number for one in found] == ["2026Q3", "2026Q4"]
    (next_year,) = samples(D("2027-01-01"), D("2027-01-01"), {}, TERMS)
    assert next_year.provisional == (not CALENDAR.published(2027))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, False),
        ({"asked_on": d("11-02")}, False),
        ({"asked_on": d("11-02"), "service": 4}, True),
        ({"asked_on": d("11-02"), "attitude": 1}, True),
        ({"asked_on": d("11-02"), "advice": "多来现场"}, True),
        ({"asked_on": d("11-02"), "unsolved": "打印慢"}, True),
        ({"asked_on": d("11-02"), "advice": "", "service": None}, False),
        ({"service": 4}, False),
    ],
)
def test_an_answer_has_its_day_and_says_something(values: dict[str, object], expected: bool) -> None:
    assert is_answered(values) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [((), None), ((1, 1), 0), ((5, 5), 100), ((3,), 50), ((4, 5), 87.5), ((5, 4, 4, 4, 4, 4), 79.16666667)],
)
def test_marks_from_1_to_5_are_a_figure_from_0_to_100(
    answers: tuple[int, ...], expected: float | None
) -> None:
    assert satisfaction(answers) == (expected if expected is None else pytest.approx(expected))


def test_a_callback_is_called_after_quarter_engineer_and_customer() -> None:
    assert number_of("2026Q4", "李伟", "云河县人民医院") == "2026Q4-李伟-云河县人民医院"
