"""The obligation itself: breach, terms by the day it starts, 'A or B', 'A and B'."""

from datetime import date

import pytest

from svcq.policy.load import book
from svcq.rules.obligation import Obligation, Terms, earliest, latest_if_all
from svcq.rules.workdays import Calendar

D = date.fromisoformat
NEW = """
country = "none"
[rules.contract.return]
period = "10 days"
fine = 250
"""


def terms(*versions: tuple[str, str]) -> Terms:
    """The house's policy with versions laid over it from their days on."""
    made = {code: Calendar(code) for code in ("CN", "none")}
    return Terms(book([(D(day), text, f"from {day}") for day, text in versions]), made.__getitem__)


def test_an_obligation_is_breached_on_the_day_after_its_due_date() -> None:
    one = Obligation("contract.return", "HT-1", D("2026-01-01"), D("2026-12-31"), None, "salesperson", "二.1")
    assert one.breach_on == D("2027-01-01")
    assert one.process == "contract"


@pytest.mark.parametrize(
    ("start", "due", "fine"),
    [
        ("2026-06-30", "2026-07-30", 10000),
        ("2026-07-01", "2026-07-11", 25000),  # a Saturday in the calendar without holidays: rolls no further
        ("2026-07-02", "2026-07-13", 25000),  # 12 July is a Sunday
    ],
)
def test_period_fine_and_calendar_are_those_in_force_on_the_day_it_starts(
    start: str, due: str, fine: int
) -> None:
    one = terms(("2026-07-01", NEW)).owe("contract.return", "HT-1", D(start), None)
    expected = "2026-07-13" if start == "2026-07-01" else due
    assert (str(one.due_on), one.fine) == (expected, fine)


def test_owner_and_clause_come_from_the_rule() -> None:
    one = terms().owe("contract.return", "HT-1", D("2026-03-10"), None, note="why")
    assert (one.role, one.clause, one.note) == ("salesperson", "二.1", "why")


def test_a_fixed_date_neither_rolls_nor_is_provisional() -> None:
    one = terms().owe("contract.chase", "HT-1", D("2026-03-10"), None, fixed=D("2030-10-01"))
    assert (one.due_on, one.provisional) == (D("2030-10-01"), False)


def test_a_later_version_takes_nothing_from_what_started_before_it() -> None:
    before = terms(("2026-07-01", NEW))
    after = terms(("2026-07-01", NEW), ("2026-09-01", '[rules.contract.return]\nperiod = "3 months"\n'))
    for day in ("2026-01-05", "2026-06-30", "2026-07-01", "2026-08-31"):
        args = ("contract.return", "HT-1", D(day), None)
        assert before.owe(*args) == after.owe(*args)
    assert after.owe("contract.return", "HT-1", D("2026-09-01"), None).due_on == D("2026-12-01")


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (("2026-01-02", "2026-01-01"), "2026-01-01", "2026-01-02"),
        ((None, "2026-01-01"), "2026-01-01", None),
        ((None, None), None, None),
        (("2026-01-01",), "2026-01-01", "2026-01-01"),
    ],
)
def test_a_or_b_is_the_earlier_and_a_and_b_the_later(
    days: tuple[str | None, ...], first: str | None, last: str | None
) -> None:
    known = [D(day) if day else None for day in days]
    assert earliest(*known) == (D(first) if first else None)
    assert latest_if_all(*known) == (D(last) if last else None)
