"""三: which dates of an issue contradict each other, and when a step comes too early."""

from collections.abc import Mapping
from datetime import date

from svcq.errors import Phrase, Refused, SvcqError

ORDER: tuple[tuple[str, str, SvcqError], ...] = (
    ("reported_on", "closed_on", Phrase("it was closed before it was reported")),
    ("reported_on", "reopened_on", Phrase("it was reopened before it was reported")),
    ("reported_on", "request_on", Phrase("the request is older than the problem")),
    ("reported_on", "test_result_on", Phrase("the test result is older than the problem")),
    ("test_result_on", "passed_on", Phrase("the result was passed on before it was there")),
)
"""Pairs of dates that must not stand the other way round, and what it means when they do."""
ACTS = (
    *("reported_on", "priority_on", "request_on", "tested_by_test_dept_on", "test_result_on", "passed_on"),
    *("urged_on", "closed_on", "reopened_on"),
)
"""Dates on which something was done: not in the future, and unknown on an earlier day."""


def contradiction(dates: Mapping[str, date | None]) -> tuple[str, SvcqError] | None:
    """The first pair of dates that contradict each other: the key of the later one, and the refusal; or None."""
    for before, after, why in ORDER:
        a, b = dates.get(before), dates.get(after)
        if a and b and b < a:
            return after, Refused(
                "{why}: {later} is before {earlier}", clause="三", why=why, later=b, earlier=a
            )
    return None


def too_early(reported_on: date, on: date) -> Refused | None:
    """Why a step cannot stand on that day: it is before the report."""
    if on >= reported_on:
        return None
    return Refused(
        "{on} is before the problem was reported, {reported}", clause="三", on=on, reported=reported_on
    )
