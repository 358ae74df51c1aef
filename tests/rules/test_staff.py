"""三.1: whom a new engineer's exam obliges to what, who is barred, and which dates of a person cannot be."""

from datetime import date

import pytest

from svcq.policy.load import book
from svcq.rules.obligation import Terms
from svcq.rules.staff import Engineer, barred, contradiction, obligations
from svcq.rules.workdays import Calendar

D = date.fromisoformat
CALENDAR = Calendar("CN")
TERMS = Terms(book([]), lambda country: CALENDAR)


def day(text: str | None) -> date | None:
    return D(text) if text else None


@pytest.mark.parametrize(
    ("joined", "trained", "certified", "due", "met"),
    [
        ("2026-10-12", None, None, "2026-11-11", None),
        ("2026-09-03", None, None, "2026-10-08", None),  # 3 October is a holiday
        ("2026-10-12", "2026-10-20", "2026-11-02", "2026-11-11", "2026-11-02"),
        ("2026-10-12", "2026-10-20", None, "2026-11-11", None),
        ("2026-10-12", None, "2026-11-02", "2026-11-11", None),
        ("2026-10-12", "2026-11-20", "2026-11-12", "2026-11-11", "2026-11-20"),
        (
            "2026-10-12",
            "2026-10-01",
            "2026-10-02",
            "2026-11-11",
            "2026-10-02",
        ),  # before the start meets it too
    ],
)
def test_the_exam_is_due_in_thirty_days_and_needs_the_training(joined, trained, certified, due, met):
    (owed,) = obligations(Engineer("新人", D(joined), day(trained), day(certified)), TERMS)
    assert (owed.rule, owed.number, owed.role) == ("staff.exam", "新人", "qc")
    assert (owed.starts_on, owed.due_on, owed.met_on) == (D(joined), D(due), day(met))


def test_of_whom_nobody_knows_the_first_day_nothing_is_owed():
    assert obligations(Engineer("老人"), TERMS) == []


@pytest.mark.parametrize(
    ("joined", "certified", "on", "live", "is_barred"),
    [
        ("2026-10-01", None, "2026-11-23", "2026-10-01", True),
        ("2026-09-30", None, "2026-11-23", "2026-10-01", False),  # was there before
        (None, None, "2026-11-23", "2026-10-01", False),  # exempt
        ("2026-10-12", None, "2026-11-23", None, False),  # not live
        ("2026-10-12", "2026-11-02", "2026-11-01", "2026-10-01", True),
        ("2026-10-12", "2026-11-02", "2026-11-02", "2026-10-01", False),
    ],
)
def test_who_joined_since_going_live_is_barred_until_the_exam(joined, certified, on, live, is_barred):
    why = barred(Engineer("新人", day(joined), None, day(certified)), D(on), day(live), TERMS)
    assert (why is not None) == is_barred
    if why:
        assert "[三.1]" in str(why)


def test_the_refusal_says_when_the_exam_is_due_and_what_to_do():
    why = barred(Engineer("新人", D("2026-10-12")), D("2026-11-23"), D("2026-10-01"), TERMS)
    assert "joined on 2026-10-12" in str(why)
    assert "due 2026-11-11: `svcq staff exam 新人 --passed" in str(why)


@pytest.mark.parametrize(
    ("dates", "fault"),
    [
        ({"joined_on": "2026-05-02", "left_on": "2026-05-01"}, "left_on"),
        ({"joined_on": "2026-05-02", "left_on": "2026-05-02"}, None),
        ({"trained_on": "2026-05-02", "certified_on": "2026-05-01"}, "certified_on"),
        ({"trained_on": "2026-05-02", "certified_on": "2026-05-02"}, None),
        ({"certified_on": "2026-05-02"}, None),
        ({"joined_on": "2026-05-02", "certified_on": "2026-05-01"}, None),
    ],
)
def test_dates_of_a_person_that_cannot_be_are_named(dates, fault):
    found = contradiction({key: D(text) for key, text in dates.items()})
    assert (found[0] if found else None) == fault
