"""三: when an issue is closed and open again, and what its dates oblige to; what was done later changes no past day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svcq.errors import Refused
from svcq.policy.load import book
from svcq.rules.issue import (
    Closing,
    Issue,
    Step,
    closings,
    needs_reason,
    obligations,
    spot_checks,
    standing,
)
from svcq.rules.issue_dates import contradiction, too_early
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.workdays import Calendar

D = date.fromisoformat
DAY = timedelta(days=1)
CALENDAR = Calendar("CN")


def terms(text: str = "", since: str = "2026-01-01") -> Terms:
    """The house's terms, with the policy of `text` laid over them from a day on."""
    return Terms(book([(D(since), text, "changed")] if text else []), lambda code: CALENDAR)


TERMS = terms()
HASTY = terms(
    """
    [rules.issue.close]
    period = "10 days"
    [rules.issue.follow_up]
    period = "3 days"
    [settings.issue.reopen_days]
    value = 1
    """,
    since="2026-03-10",
)
"""From 10 March less time to close than the urge has lead, and a closing counts after two days already."""

START = D("2026-03-02")
"""When the issues of these tests are reported: a Monday; due on 6 May, the first working day after 2 May."""


def told(text: str) -> Issue:
    """An issue by what happened to it: `05 watch; 07 close; 09 reopen; 10 -; 12 urge`, the days being of March.

    A day above 31 goes on into the months after it; `-` is a step without a result.
    """
    steps, events = [], {"close": [], "reopen": [], "urge": []}
    for one in filter(None, (part.strip() for part in text.split(";"))):
        day, word = one.split()
        on = D("2026-02-28") + timedelta(days=int(day))
        if word in events:
            events[word].append(on)
        else:
            steps.append(Step(on, None if word == "-" else word))
    return Issue("WT-1", START, tuple(steps), *(tuple(days) for days in events.values()))


def march(day: date | None) -> int | None:
    """A day as `told` counts it."""
    return None if day is None else (day - D("2026-02-28")).days


CLOSINGS = [
    # what happened; each closing: day, by hand, reopened on
    ("", []),
    ("05 -", []),
    ("05 watch; 06 to_dev; 07 to_check", []),
    ("05 solved", [(6, False, None)]),
    ("05 solved; 05 -", [(6, False, None)]),
    ("05 -; 06 -; 07 solved; 20 -", [(8, False, None)]),
    ("05 watch; 05 solved", [(6, False, None)]),  # the last of the day decides
    ("05 solved; 05 watch", []),
    ("05 solved; 06 watch", [(6, False, 6)]),  # it closed at the very start of the day
    ("05 solved; 07 watch", [(6, False, 7)]),
    ("05 solved; 20 solved", [(6, False, None)]),  # another `solved` changes nothing
    ("05 solved; 20 watch; 25 solved", [(6, False, 20), (26, False, None)]),
    ("05 watch; 08 close", [(8, True, None)]),
    ("08 close", [(8, True, None)]),
    ("08 watch; 08 close", [(8, True, None)]),  # the closing of a day comes after its steps
    ("08 solved; 08 close", [(8, True, None)]),  # by hand, not again on the next day
    ("05 solved; 06 close", [(6, False, None)]),  # it was closed by then
    ("08 close; 08 watch", [(8, True, None)]),
    ("08 close; 09 watch", [(8, True, 9)]),
    ("08 close; 09 solved", [(8, True, None)]),
    ("08 close; 12 close", [(8, True, None)]),
    ("08 close; 12 reopen", [(8, True, 12)]),
    ("08 close; 08 reopen", [(8, True, 8)]),
    ("08 close; 08 reopen; 08 close", [(8, True, 8), (8, True, None)]),
    ("08 close; 12 reopen; 12 close", [(8, True, 12), (12, True, None)]),
    ("08 close; 12 reopen; 12 solved", [(8, True, 12), (13, False, None)]),
    ("08 close; 12 reopen; 12 close; 12 reopen", [(8, True, 12), (12, True, 12)]),
    ("05 solved; 06 reopen", [(6, False, 6)]),
    ("05 solved; 05 reopen", [(6, False, None)]),  # there was nothing to reopen
    ("05 solved; 09 reopen; 20 -", [(6, False, 9)]),  # the old `solved` does not close it again
    ("05 solved; 08 close; 08 reopen", [(6, False, 8), (8, True, None)]),
]


@pytest.mark.parametrize(("text", "expected"), CLOSINGS)
def test_the_newest_result_a_closing_and_a_reopening_decide_whether_it_is_closed(
    text: str, expected: list[tuple[int, bool, int | None]]
) -> None:
    found = [(march(one.on), one.by_hand, march(one.reopened_on)) for one in closings(told(text))]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", False),
        ("05 -", False),
        ("05 watch", True),
        ("05 to_dev; 06 -", True),
        ("05 to_check; 06 solved", False),
        ("05 solved; 06 watch", True),
        ("05 watch; 20 solved", True),
        ("05 solved; 20 watch", False),
    ],
)
def test_a_closing_by_hand_needs_a_reason_where_the_newest_result_leaves_something_open(
    text: str, reason: bool
) -> None:
    assert needs_reason(told(text), D("2026-03-10")) is reason


def owed(text: str, rule: str, of: Terms = TERMS) -> list[tuple[object, ...]]:
    """Start, due date and meeting of a rule's obligations as they stand in the end, the days as `told` counts them."""
    found = [
        one for one in obligations(told(text), of) if one.rule == f"issue.{rule}" and not one.known_until
    ]
    return [(march(one.starts_on), march(one.due_on), march(one.met_on)) for one in found]


CLOSE = [
    ("", [(2, 67, None)]),  # 2 May is in the Labour Day holiday, which ends on the 5th
    ("08 close", [(2, 67, 8)]),
    ("05 solved", [(2, 67, 6)]),
    ("08 close; 22 reopen", [(2, 67, None)]),  # 14 days: the closing did not count
    ("08 close; 23 reopen", [(2, 67, 8), (23, 86, None)]),  # 15: it did, and a new obligation starts
    ("08 close; 22 reopen; 30 close", [(2, 67, 30)]),
    ("08 close; 23 watch; 24 solved", [(2, 67, 8), (23, 86, 25)]),
    ("08 close; 23 reopen; 24 close; 30 reopen", [(2, 67, 8), (23, 86, None)]),
    ("08 close; 23 reopen; 24 close; 60 watch", [(2, 67, 8), (23, 86, 24), (60, 121, None)]),
]


@pytest.mark.parametrize(("text", "expected"), CLOSE)
def test_an_issue_is_to_be_closed_within_two_months_and_a_closing_counts_if_it_lasts(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    assert owed(text, "close") == expected


URGE = [
    ("", [(53, 67, None)]),  # 14 days before it is due, not rolled
    ("12 urge", [(53, 67, 12)]),  # a reminder before the start counts too
    ("54 urge; 60 urge", [(53, 67, 54)]),
    ("08 close", [(53, 67, 8)]),
    ("08 close; 20 reopen", [(53, 67, None)]),
    ("08 close; 12 urge; 20 reopen", [(53, 67, 12)]),
    ("12 urge; 13 close; 40 reopen", [(53, 67, 12), (87, 101, None)]),  # the second is owed anew
    ("12 urge; 13 close; 40 reopen; 41 urge", [(53, 67, 12), (87, 101, 41)]),
]


@pytest.mark.parametrize(("text", "expected"), URGE)
def test_the_engineer_is_to_be_reminded_two_weeks_before_it_is_due(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    assert owed(text, "urge") == expected


FOLLOW_UP = [
    ("", []),
    ("05 -", []),
    ("05 solved", []),
    ("09 watch", [(9, 23, None)]),
    ("07 to_check", [(7, 23, None)]),  # the 21st is a Saturday
    ("09 watch; 12 -", [(9, 23, 12)]),
    ("09 watch; 09 -", [(9, 23, 9)]),
    ("09 watch; 09 to_dev", [(9, 23, None)]),  # of several on one day the last starts it
    ("09 watch; 12 to_check", [(9, 23, 12), (12, 26, None)]),
    ("09 watch; 12 solved", [(9, 23, 12)]),
    ("09 watch; 12 close", [(9, 23, 12)]),
    ("09 watch; 09 close", [(9, 23, 9)]),
    ("09 watch; 12 close; 20 reopen", [(9, 23, None)]),
    ("09 watch; 12 close; 20 reopen; 21 -", [(9, 23, 21)]),
    ("09 watch; 12 close; 14 solved; 20 reopen", [(9, 23, 14)]),
    ("09 watch; 12 close; 30 reopen", [(9, 23, 12)]),
    ("05 solved; 06 watch", [(6, 20, None)]),  # the closing of that morning is none
]


@pytest.mark.parametrize(("text", "expected"), FOLLOW_UP)
def test_what_was_left_open_is_followed_up_by_a_later_step_or_a_closing_that_lasts(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    assert owed(text, "follow_up") == expected


def test_a_step_to_development_asks_for_the_number_of_the_request() -> None:
    assert owed("05 to_dev; 05 to_dev; 09 to_dev; 10 watch", "request") == [(5, 10, None), (9, 12, None)]
    asked = replace(told("05 to_dev; 09 to_dev"), request_on=D("2026-03-04"))
    found = [one for one in obligations(asked, TERMS) if one.rule == "issue.request"]
    assert [one.met_on for one in found] == [D("2026-03-04")] * 2


FEEDBACK = [
    # handed to the test department, priority since, result, passed on; start, due, met and from when it is known
    (None, None, "2026-03-10", None, None),
    ("2026-03-05", None, None, None, None),
    ("2026-03-05", None, "2026-03-10", None, ("2026-03-10", "2026-03-12", None, None)),
    (None, "2026-03-03", "2026-03-10", None, ("2026-03-10", "2026-03-12", None, None)),
    (None, "2026-03-11", "2026-03-10", None, ("2026-03-10", "2026-03-12", None, "2026-03-11")),
    (
        "2026-03-05",
        "2026-03-11",
        "2026-03-13",
        "2026-03-16",
        ("2026-03-13", "2026-03-17", "2026-03-16", None),
    ),
]


@pytest.mark.parametrize(("tested", "priority", "result", "passed", "expected"), FEEDBACK)
def test_a_test_result_of_what_was_tested_or_has_priority_goes_back_to_the_engineer(
    tested: str | None,
    priority: str | None,
    result: str | None,
    passed: str | None,
    expected: tuple[str | None, ...] | None,
) -> None:
    days = [D(day) if day else None for day in (tested, priority, result, passed)]
    issue = Issue("WT-1", START, (), (), (), (), None, *days)
    found = [one for one in obligations(issue, TERMS) if one.rule == "issue.feedback"]
    shown = [(one.starts_on, one.due_on, one.met_on, one.known_from) for one in found]
    assert shown == ([] if expected is None else [tuple(D(day) if day else None for day in expected)])


def test_the_first_complete_spot_check_of_a_month_meets_it_by_its_end() -> None:
    found = spot_checks(D("2026-01-20"), D("2026-03-31"), {"2026-02": D("2026-03-02")}, TERMS)
    assert [(one.number, str(one.starts_on), str(one.due_on), one.met_on) for one in found] == [
        ("2026-01", "2026-01-01", "2026-01-31", None),
        ("2026-02", "2026-02-01", "2026-02-28", D("2026-03-02")),
        ("2026-03", "2026-03-01", "2026-03-31", None),
    ]


def test_who_owes_what_by_which_clause() -> None:
    issue = replace(told("05 to_dev"), tested_on=START, test_result_on=START)
    assert {one.rule: (one.role, one.clause, one.process) for one in obligations(issue, TERMS)} == {
        "issue.close": ("engineer", "三", "issue"),
        "issue.urge": ("qc", "三.7", "issue"),
        "issue.follow_up": ("engineer", "三", "issue"),
        "issue.request": ("engineer", "三", "issue"),
        "issue.feedback": ("qc", "三.6", "issue"),
    }


@pytest.mark.parametrize(
    ("dates", "fault"),
    [
        ({"reported_on": "2026-03-02", "closed_on": "2026-03-01"}, "closed_on"),
        ({"reported_on": "2026-03-02", "closed_on": "2026-03-02"}, None),
        ({"reported_on": "2026-03-02", "reopened_on": "2026-03-01"}, "reopened_on"),
        ({"reported_on": "2026-03-02", "request_on": "2026-03-01"}, "request_on"),
        ({"reported_on": "2026-03-02", "test_result_on": "2026-03-01"}, "test_result_on"),
        ({"test_result_on": "2026-03-02", "passed_on": "2026-03-01"}, "passed_on"),
        ({"passed_on": "2026-03-01"}, None),
    ],
)
def test_dates_that_contradict_each_other_are_named(dates: dict[str, str], fault: str | None) -> None:
    found = contradiction({key: D(day) for key, day in dates.items()})
    assert (found[0] if found else None) == fault


def test_a_step_before_the_report_is_refused_with_the_clause() -> None:
    assert too_early(START, START) is None
    refused = too_early(START, START - DAY)
    assert isinstance(refused, Refused)
    assert (refused.clause, refused.values) == ("三", {"on": START - DAY, "reported": START})


# ---- any record ----

MOMENTS = st.integers(0, 60).map(lambda days: START + timedelta(days=days))
RESULTS = st.sampled_from([None, "solved", "solved", "watch", "to_dev", "to_check"])
DATED = st.none() | MOMENTS


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """Any issue: acts in any order and on any days from the report on."""
    steps = sorted(draw(st.lists(st.builds(Step, MOMENTS, RESULTS), max_size=6)), key=lambda step: step.on)
    few = st.lists(MOMENTS, max_size=4).map(sorted).map(tuple)
    return Issue(
        "WT-1",
        START,
        tuple(steps),
        draw(few),
        draw(few),
        draw(few),
        request_on=draw(DATED),
        tested_on=draw(DATED),
        priority_on=draw(DATED),
        test_result_on=draw(DATED),
        passed_on=draw(DATED),
    )


def day_by_day(issue: Issue) -> list[tuple[date, bool, date | None]]:
    """The closings once more: the state of each day out of that of the day before."""
    found: list[list[object]] = []
    is_closed, due = False, False
    day = issue.reported_on
    while day <= START + timedelta(days=62):
        if due:
            found.append([day, False, None])
            is_closed, due = True, False
        left = issue.reopenings.count(day)
        if is_closed and left:
            found[-1][2] = day
            is_closed, left = False, left - 1
        for step in issue.steps:
            if step.on == day and step.result:
                if step.result == "solved":
                    due = not is_closed
                else:
                    if is_closed:
                        found[-1][2] = day
                    is_closed = due = False
        for _ in range(issue.closings.count(day)):
            if not is_closed:
                found.append([day, True, None])
                is_closed, due = True, False
                if left:
                    found[-1][2] = day
                    is_closed, left = False, left - 1
        day += DAY
    return [tuple(one) for one in found]  # type: ignore[misc]


@given(issues())
def test_closings_are_those_of_a_simulation_day_by_day(issue: Issue) -> None:
    assert [(one.on, one.by_hand, one.reopened_on) for one in closings(issue)] == day_by_day(issue)


@given(issues(), MOMENTS)
def test_the_closing_that_holds_on_a_day_is_the_last_one_before_it(issue: Issue, day: date) -> None:
    before = [one for one in closings(cut(issue, day)) if one.on <= day]
    held = before[-1] if before and before[-1].reopened_on is None else None
    found = standing(issue, day)
    assert (found and (found.on, found.by_hand)) == (held and (held.on, held.by_hand))


def cut(issue: Issue, t: date) -> Issue:
    """The record as it was on day `t`: nothing that was done later."""

    def known(days: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(day for day in days if day <= t)

    dates = ("request_on", "tested_on", "priority_on", "test_result_on", "passed_on")
    later = {key: None for key in dates if (day := getattr(issue, key)) is not None and day > t}
    return replace(
        issue,
        steps=tuple(step for step in issue.steps if step.on <= t),
        closings=known(issue.closings),
        reopenings=known(issue.reopenings),
        urges=known(issue.urges),
        **later,
    )


def as_of(owed: list[Obligation], t: date) -> dict[tuple[str, date], tuple[date, date | None]]:
    """What of the obligations stands on day `t`: rule and start -> due date, and when it was met by then."""
    found: dict[tuple[str, date], tuple[date, date | None]] = {}
    for one in owed:
        shown = max(START, one.starts_on, one.known_from or one.starts_on)
        if shown <= t <= (one.known_until or date.max):
            key = one.rule, one.starts_on
            assert key not in found, "two answers of one identity on one day"
            found[key] = one.due_on, one.met_on if one.met_on and one.met_on <= t else None
    return found


DAYS = st.integers(0, 140).map(lambda days: START + timedelta(days=days))


@pytest.mark.parametrize("of", [TERMS, HASTY], ids=["house", "hasty"])
@given(issues(), DAYS)
@example(told("08 close; 22 reopen"), D("2026-03-15"))
def test_what_was_done_later_changes_no_past_day(of: Terms, issue: Issue, t: date) -> None:
    assert as_of(obligations(issue, of), t) == as_of(obligations(cut(issue, t), of), t)


@pytest.mark.parametrize("of", [TERMS, HASTY], ids=["house", "hasty"])
@given(issues(), DAYS)
def test_the_newest_closing_obligation_is_met_if_and_only_if_the_issue_is_closed(
    of: Terms, issue: Issue, t: date
) -> None:
    shown = [
        (start, met)
        for (rule, start), (_, met) in as_of(obligations(issue, of), t).items()
        if rule == "issue.close"
    ]
    held: Closing | None = standing(issue, t)
    assert max(shown)[1] == (held.on if held else None)
