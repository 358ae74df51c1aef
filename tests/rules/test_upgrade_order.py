"""四.1-2: which steps of an upgrade are there on a day, which are missing, and how that is said."""

from datetime import date

import pytest

from svcq.rules.upgrade_order import CLAUSES, STATES, STEPS, Order, Skip, refusal, steps

D = date.fromisoformat


def d(text: str) -> date:
    """A day of 2026."""
    return D(f"2026-{text}")


ORDERLY = {
    **{"applied_on": d("03-01"), "arranged_on": d("03-02"), "plan_on": d("03-03")},
    **{"registered_on": d("03-03"), "discussed_on": d("03-04"), "tested_on": d("03-05")},
    **{"approved_on": d("03-06"), "done_on": d("03-07"), "report_on": d("03-10"), "called_on": d("03-11")},
}
"""An upgrade that kept to the order."""


def test_every_step_has_a_name_a_clause_and_a_state() -> None:
    assert list(STEPS) == list(CLAUSES) == list(STATES) == list(steps({}))
    assert set(CLAUSES.values()) == {"四.1", "四.2", "四.3", "四.4"}


def test_who_keeps_to_the_order_misses_nothing() -> None:
    order = Order(steps(ORDERLY))
    for step, day in order.steps.items():
        assert day is not None
        assert order.missing(step, day) == ()


@pytest.mark.parametrize(
    ("without", "step", "expected"),
    [
        (("applied_on",), "arrange", ("apply",)),
        (("plan_on",), "test", ("plan",)),
        (("registered_on",), "test", ("plan",)),
        (("discussed_on",), "test", ("plan",)),
        (("tested_on",), "approve", ("test",)),
        (("tested_on", "approved_on"), "done", ("test", "approve")),
        (("arranged_on", "tested_on"), "done", ("arrange", "test")),
        (("done_on",), "report", ("done",)),
        (("report_on",), "callback", ("report",)),
        (tuple(ORDERLY), "callback", ("apply", "arrange", "plan", "test", "approve", "done", "report")),
        (tuple(ORDERLY), "apply", ()),
    ],
)
def test_the_steps_that_are_missing_are_named_in_their_order(
    without: tuple[str, ...], step: str, expected: tuple[str, ...]
) -> None:
    dates = {key: day for key, day in ORDERLY.items() if key not in without}
    assert Order(steps(dates)).missing(step, d("12-31")) == expected


def test_a_step_that_comes_later_is_missing_on_the_days_before() -> None:
    order = Order(steps(ORDERLY))
    assert order.missing("test", d("03-03")) == ("plan",)  # discussed on the 4th
    assert order.missing("test", d("03-04")) == ()
    assert order.missing("done", d("03-04")) == ("test", "approve")


def test_a_mailed_report_is_a_report() -> None:
    dates = {**ORDERLY, "report_on": None, "mailed_on": d("03-08")}
    assert steps(dates)["report"] == d("03-08")
    assert steps({**dates, "report_on": d("03-20")})["report"] == d("03-08")


def test_a_reason_why_there_was_no_test_stands_for_it() -> None:
    dates = {**ORDERLY, "tested_on": None}
    assert Order(steps(dates, "没有测试环境")).missing("approve", d("03-06")) == ()
    assert Order(steps(dates, "")).missing("approve", d("03-06")) == ("test",)
    dated = Order(steps({**dates, "tested_on": d("03-06")}, "没有测试环境"))
    assert dated.missing("approve", d("03-05")) == ("test",)
    assert dated.missing("approve", d("03-06")) == ()


def test_what_was_skipped_once_is_not_asked_for_again() -> None:
    dates = {key: day for key, day in ORDERLY.items() if key not in ("tested_on", "approved_on")}
    order = Order(steps(dates), (Skip(d("03-07"), "done", ("test", "approve")),))
    assert order.missing("report", d("03-10")) == ()
    assert order.missing("done", d("03-07")) == ()
    assert order.missing("done", d("03-06")) == ("test", "approve")


def test_a_refusal_names_the_missing_steps_and_the_clause_of_the_first() -> None:
    assert refusal("SJ-1", "done", ()) is None
    one = refusal("SJ-1", "approve", ("test",))
    assert str(one) == (
        "upgrade SJ-1: the customer's approval cannot come yet, for these are missing: the test; "
        "--force --reason … does it all the same and records a breach [四.2]"
    )
    several = str(refusal("SJ-1", "done", ("plan", "test")))
    assert "the plan" in several
    assert "the test" in several
    assert several.endswith("[四.1]")
