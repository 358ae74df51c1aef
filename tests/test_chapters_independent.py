"""一 and 三 The second calculators, held against cases worked out on paper.

Days without a year are of 2026. Its days off that matter here: Spring Festival 16 to 23 February (the 28th is a
Saturday that is worked), 4 to 6 April, 1 to 5 May (Saturday the 9th is worked), 1 to 7 October.
"""

from datetime import date

import pytest

from tests import independent_handover, independent_issue
from tests.independent_common import days_after, months_after, read, working_days_after

ISSUE = (
    "number",
    "customer",
    "reported_on",
    "priority",
    "priority_on",
    "request_on",
    "tested_by_test_dept_on",
)
"""Fields of an issue that the calculator may look at."""


def d(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def short(day: object) -> str:
    return str(day or "-").removeprefix("2026-")


def told(one: dict, *keys: str) -> str:
    return " ".join(short(one[key]) for key in keys)


def lines(found: list[dict], rule: str) -> list[str]:
    """`start due met state`, and the days overdue if there are any."""
    return [
        told(one, "starts_on", "due_on", "met_on", "state")
        + (f" {late}" if (late := one["days_overdue"]) else "")
        for one in found
        if one["rule"] == rule
    ]


# --- counting time


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-12-31", 2, "2026-02-28"),
        ("2026-01-31", 2, "2026-03-31"),  # not 28 March: counted from the origin
        ("2025-07-31", 2, "2025-09-30"),
        ("2026-11-23", 2, "2027-01-23"),
        ("2025-03-02", 12, "2026-03-02"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_end_on_the_same_day_of_the_later_month(start, months, end):
    assert months_after(d(start), months) == d(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("03-02", 5, "03-09"),
        ("03-04", 10, "03-18"),
        ("02-13", 3, "02-25"),  # Saturday the 14th is worked, then the 24th and 25th
        ("09-30", 1, "10-08"),
        ("10-08", 2, "10-10"),  # a Saturday that is worked
        ("12-30", 2, "2027-01-04"),
    ],
)
def test_working_days_are_counted_after_the_first_day(start, days, end):
    assert working_days_after(d(start), days) == d(end)


def test_a_period_in_days_ends_on_a_working_day():
    assert days_after(d("03-07"), 14) == d("03-23")
    assert days_after(d("09-18"), 14) == d("10-08")
    assert days_after(d("03-10"), 14) == d("03-24")


# --- 三 issues

REPORTED = "2026-03-02"
"""Two months later it is 2 May, a day off: due on the 6th. Urging starts on 22 April."""


def issue(acts: str, today: str, reported: str = REPORTED, **cells: object) -> tuple[str, list[dict]]:
    """How an issue stands: `state closed_on closed_by`, and its obligations. Acts: `03-10 watch, 03-12 close`."""
    steps, closings, reopenings, urges = [], [], [], []
    for act in filter(None, acts.split(", ")):
        day, what = act.split()
        if what == "close":
            closings.append((d(day), "李伟"))
        elif what in ("reopen", "urge"):
            (reopenings if what == "reopen" else urges).append(d(day))
        else:
            result = None if what == "none" else what
            steps.append({"issue": "WT-1", "on": d(day), "by": "李伟", "what": act, "result": result})
    days = {key: d(str(cell)) if key.endswith("_on") else cell for key, cell in cells.items()}
    row = {**dict.fromkeys(ISSUE), "number": "WT-1", "reported_on": d(reported), **days}
    row |= {"closings": closings, "reopenings": reopenings, "urges": urges}
    listed, owed = independent_issue.calculate([row], steps, d(today))
    return (told(listed[0], "state", "closed_on", "closed_by") if listed else "", owed)


@pytest.mark.parametrize(
    ("acts", "today", "stands"),
    [
        ("", "03-01", ""),
        ("", "03-02", "open - -"),
        # the newest result of a day decides, on the next day
        ("03-10 solved", "03-09", "open - -"),
        ("03-10 solved", "03-10", "open - -"),
        ("03-10 solved", "03-11", "closed 03-11 auto"),
        ("03-02 solved", "03-03", "closed 03-03 auto"),
        ("03-10 watch", "04-30", "open - -"),
        ("03-10 to_dev", "04-30", "open - -"),
        ("03-10 to_check", "04-30", "open - -"),
        ("03-10 none", "04-30", "open - -"),
        ("03-10 solved, 03-10 watch", "03-20", "open - -"),
        ("03-10 watch, 03-10 solved", "03-20", "closed 03-11 auto"),
        ("03-10 solved, 03-10 none", "03-20", "closed 03-11 auto"),
        ("03-12 watch, 03-10 solved", "03-11", "closed 03-11 auto"),  # entered late, dated early
        ("03-12 watch, 03-10 solved", "03-12", "open - -"),
        # closed by itself, then a step
        ("03-10 solved, 03-11 watch", "03-11", "open - -"),
        ("03-10 solved, 03-11 none", "03-11", "closed 03-11 auto"),
        ("03-10 solved, 03-11 solved", "03-12", "closed 03-11 auto"),
        ("03-10 solved, 03-15 solved", "03-16", "closed 03-11 auto"),
        ("03-10 solved, 03-15 solved, 03-15 watch", "03-16", "open - -"),
        ("03-10 solved, 03-15 watch, 03-15 solved", "03-15", "open - -"),
        ("03-10 solved, 03-15 watch, 03-15 solved", "03-16", "closed 03-16 auto"),
        # closed by hand
        ("03-10 watch, 03-12 close", "03-11", "open - -"),
        ("03-10 watch, 03-12 close", "03-12", "closed 03-12 李伟"),
        ("03-10 solved, 03-10 close", "03-10", "closed 03-10 李伟"),
        ("03-10 solved, 03-10 close", "03-11", "closed 03-10 李伟"),
        ("03-12 close, 03-12 watch", "03-13", "closed 03-12 李伟"),
        ("03-12 close, 03-13 to_check", "03-13", "open - -"),
        ("03-12 close, 03-13 solved", "03-14", "closed 03-12 李伟"),
        ("03-12 close, 03-13 none", "03-14", "closed 03-12 李伟"),
        ("03-10 solved, 03-11 watch, 03-11 close", "03-12", "closed 03-11 李伟"),
        ("03-10 solved, 03-12 close", "03-12", "closed 03-11 auto"),  # closed already: nothing
        # reopened by command
        ("03-12 close, 03-12 reopen", "03-12", "open - -"),
        ("03-10 solved, 03-11 reopen", "03-11", "open - -"),
        ("03-10 solved, 03-11 reopen", "03-20", "open - -"),  # a solved closes once
        ("03-10 solved, 03-15 reopen, 03-15 solved", "03-15", "open - -"),
        ("03-10 solved, 03-15 reopen, 03-15 solved", "03-16", "closed 03-16 auto"),
        ("03-10 solved, 03-10 close, 03-10 reopen", "03-12", "open - -"),
        ("03-10 solved, 03-11 reopen, 03-11 close", "03-12", "closed 03-11 李伟"),
        ("03-10 close, 03-15 reopen, 03-15 watch, 03-15 close", "03-16", "closed 03-15 李伟"),
        ("03-10 close, 03-15 reopen, 03-15 close, 03-15 reopen", "03-16", "open - -"),
        ("03-12 close, 03-12 reopen, 03-12 close", "03-13", "closed 03-12 李伟"),
        ("03-15 reopen", "03-16", "open - -"),
        # past due
        ("", "05-06", "open - -"),
        ("", "05-07", "stale - -"),
        ("05-06 solved", "05-07", "closed 05-07 auto"),
        ("03-10 close, 03-24 reopen", "05-06", "open - -"),
        ("03-10 close, 03-24 reopen", "05-07", "stale - -"),
        ("03-10 close, 03-25 reopen", "05-07", "open - -"),
        ("03-10 close, 03-25 reopen", "05-25", "open - -"),
        ("03-10 close, 03-25 reopen", "05-26", "stale - -"),
    ],
)
def test_an_issue_stands_as_its_newest_acts_say(acts, today, stands):
    assert issue(acts, today)[0] == stands


@pytest.mark.parametrize(
    ("acts", "today", "close"),
    [
        ("", "04-01", ["03-02 05-06 - open"]),
        ("", "05-09", ["03-02 05-06 - overdue 3"]),
        ("05-05 solved", "05-20", ["03-02 05-06 05-06 met"]),
        ("05-08 solved", "05-20", ["03-02 05-06 05-09 late 3"]),
        # reopened within 14 days: that closing did not count
        ("03-10 close, 03-24 reopen", "03-23", ["03-02 05-06 03-10 met"]),
        ("03-10 close, 03-24 reopen", "03-24", ["03-02 05-06 - open"]),
        ("03-09 solved, 03-24 watch", "03-23", ["03-02 05-06 03-10 met"]),
        ("03-09 solved, 03-24 watch", "03-24", ["03-02 05-06 - open"]),
        ("03-09 solved, 03-24 watch, 03-30 close", "04-30", ["03-02 05-06 03-30 met"]),
        ("03-09 solved, 03-10 to_dev", "03-10", ["03-02 05-06 - open"]),
        ("03-10 close, 03-10 reopen", "03-10", ["03-02 05-06 - open"]),
        # later than that: a second one
        ("03-10 close, 03-25 reopen", "03-24", ["03-02 05-06 03-10 met"]),
        ("03-10 close, 03-25 reopen", "03-25", ["03-02 05-06 03-10 met", "03-25 05-25 - open"]),
        ("03-09 solved, 03-25 to_check", "03-25", ["03-02 05-06 03-10 met", "03-25 05-25 - open"]),
        (
            "03-10 close, 03-25 reopen, 03-26 solved, 04-10 watch",  # the second goes on
            "04-10",
            ["03-02 05-06 03-10 met", "03-25 05-25 - open"],
        ),
        (
            "03-10 close, 03-25 reopen, 03-26 solved, 04-11 watch",  # a third
            "04-11",
            ["03-02 05-06 03-10 met", "03-25 05-25 03-27 met", "04-11 06-11 - open"],
        ),
        (
            "03-10 close, 03-20 reopen, 03-21 close, 04-10 reopen",  # only the newest closing matters
            "04-10",
            ["03-02 05-06 03-21 met", "04-10 06-10 - open"],
        ),
    ],
)
def test_a_closing_counts_unless_it_is_taken_back_soon(acts, today, close):
    assert lines(issue(acts, today)[1], "issue.close") == close


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        ("2025-12-31", "02-28"),  # no 31st; a Saturday that is worked
        ("2025-07-31", "2025-09-30"),
        ("2026-08-01", "10-08"),
        ("2026-10-31", "12-31"),
        ("2026-11-02", "2027-01-04"),
        ("2025-12-16", "02-24"),
    ],
)
def test_an_issue_is_due_two_months_later_on_a_working_day(reported, due):
    (close,) = lines(issue("", reported, reported)[1], "issue.close")
    assert close == f"{short(reported)} {due} - open"


@pytest.mark.parametrize(
    ("acts", "today", "urge"),
    [
        ("", "04-21", []),
        ("", "04-22", ["04-22 05-06 - open"]),
        ("", "05-08", ["04-22 05-06 - overdue 2"]),
        ("04-25 urge", "04-24", ["04-22 05-06 - open"]),
        ("04-25 urge, 04-29 urge", "04-30", ["04-22 05-06 04-25 met"]),
        ("03-15 urge", "04-22", ["04-22 05-06 03-15 met"]),
        ("05-08 urge", "05-09", ["04-22 05-06 05-08 late 2"]),
        ("03-10 close", "04-21", []),
        ("03-10 close", "04-22", ["04-22 05-06 03-10 met"]),
        ("04-23 close, 04-25 reopen", "04-24", ["04-22 05-06 04-23 met"]),
        ("04-23 close, 04-25 reopen", "04-25", ["04-22 05-06 - open"]),
        ("04-23 close, 04-25 reopen, 04-28 urge", "04-30", ["04-22 05-06 04-28 met"]),
        # the second issue.close: 1 April to 1 June
        ("03-10 close, 04-01 reopen", "05-17", ["04-22 05-06 03-10 met"]),
        ("03-10 close, 04-01 reopen", "05-18", ["04-22 05-06 03-10 met", "05-18 06-01 - open"]),
        ("03-08 urge, 03-10 close, 04-01 reopen", "05-18", ["04-22 05-06 03-08 met", "05-18 06-01 - open"]),
        (
            "03-10 close, 04-01 reopen, 04-01 urge",
            "05-18",
            ["04-22 05-06 03-10 met", "05-18 06-01 04-01 met"],
        ),
    ],
)
def test_the_engineer_is_urged_before_the_issue_is_due(acts, today, urge):
    assert lines(issue(acts, today)[1], "issue.urge") == urge


def test_urging_starts_on_a_day_off_too():
    assert lines(issue("", "04-25", "2026-03-09")[1], "issue.urge") == ["04-25 05-09 - open"]


@pytest.mark.parametrize(
    ("acts", "today", "follow_up"),
    [
        ("03-10 watch", "03-10", ["03-10 03-24 - open"]),
        ("03-10 to_dev", "03-30", ["03-10 03-24 - overdue 6"]),
        ("03-10 to_check, 03-12 none", "03-12", ["03-10 03-24 03-12 met"]),
        ("03-10 none", "03-12", []),
        ("03-10 solved", "03-12", []),
        ("03-10 watch, 03-10 none", "03-11", ["03-10 03-24 03-10 met"]),
        ("03-10 none, 03-10 watch", "03-11", ["03-10 03-24 - open"]),
        ("03-10 watch, 03-10 to_dev", "03-11", ["03-10 03-24 - open"]),
        ("03-10 watch, 03-10 solved", "03-11", ["03-10 03-24 03-10 met"]),
        ("03-10 watch, 03-12 watch", "03-12", ["03-10 03-24 03-12 met", "03-12 03-26 - open"]),
        ("03-07 watch", "03-08", ["03-07 03-23 - open"]),
        ("03-10 watch, 03-27 none", "03-28", ["03-10 03-24 03-27 late 3"]),
        # closings
        ("03-10 watch, 03-20 close", "03-20", ["03-10 03-24 03-20 met"]),
        ("03-10 watch, 03-20 close, 03-22 reopen", "03-21", ["03-10 03-24 03-20 met"]),
        ("03-10 watch, 03-20 close, 03-22 reopen", "03-22", ["03-10 03-24 - open"]),
        ("03-10 watch, 03-20 close, 04-20 reopen", "04-20", ["03-10 03-24 03-20 met"]),
        ("03-10 watch, 03-10 close", "03-10", ["03-10 03-24 03-10 met"]),
        ("03-10 solved, 03-11 watch", "03-11", ["03-11 03-25 - open"]),
        ("03-10 close, 04-01 watch", "04-02", ["04-01 04-15 - open"]),
        ("03-10 watch, 03-20 close, 03-22 reopen, 03-23 close", "03-23", ["03-10 03-24 03-23 met"]),
        ("03-10 watch, 03-20 close, 03-22 watch", "03-22", ["03-10 03-24 03-22 met", "03-22 04-07 - open"]),
    ],
)
def test_what_is_left_open_is_followed_up(acts, today, follow_up):
    assert lines(issue(acts, today)[1], "issue.follow_up") == follow_up


@pytest.mark.parametrize(
    ("acts", "request_on", "today", "expected"),
    [
        ("03-10 to_dev", None, "03-13", ["03-10 03-13 - open"]),
        ("03-13 to_dev", None, "03-19", ["03-13 03-18 - overdue 1"]),
        ("03-10 to_dev", "03-16", "03-15", ["03-10 03-13 - overdue 2"]),
        ("03-10 to_dev", "03-16", "03-16", ["03-10 03-13 03-16 late 3"]),
        ("03-10 to_dev", "03-05", "03-10", ["03-10 03-13 03-05 met"]),
        ("03-10 to_dev, 03-10 to_dev", None, "03-10", ["03-10 03-13 - open"]),
        (
            "03-10 to_dev, 03-16 to_dev",
            "03-17",
            "03-20",
            ["03-10 03-13 03-17 late 4", "03-16 03-19 03-17 met"],
        ),
        ("03-10 watch", None, "03-20", []),
        ("03-10 to_dev, 03-11 close", None, "03-20", ["03-10 03-13 - overdue 7"]),
    ],
)
def test_what_goes_to_development_gets_a_request(acts, request_on, today, expected):
    cells = {"request_on": request_on} if request_on else {}
    assert lines(issue(acts, today, **cells)[1], "issue.request") == expected


@pytest.mark.parametrize(
    ("cells", "today", "feedback"),
    [
        ({"test_result_on": "03-10"}, "03-20", []),
        ({"tested_by_test_dept_on": "03-05"}, "03-20", []),
        ({"test_result_on": "03-10", "tested_by_test_dept_on": "03-05"}, "03-09", []),
        (
            {"test_result_on": "03-10", "tested_by_test_dept_on": "03-05"},
            "03-13",
            ["03-10 03-12 - overdue 1"],
        ),
        (
            {"test_result_on": "03-10", "tested_by_test_dept_on": "03-05", "passed_on": "03-11"},
            "03-13",
            ["03-10 03-12 03-11 met"],
        ),
        ({"test_result_on": "03-13", "priority": "yes"}, "03-13", ["03-13 03-17 - open"]),
        ({"test_result_on": "03-10", "priority": "yes", "priority_on": "03-12"}, "03-11", []),
        (
            {"test_result_on": "03-10", "priority": "yes", "priority_on": "03-12"},
            "03-12",
            ["03-10 03-12 - open"],
        ),
        (
            {
                "test_result_on": "03-10",
                "priority": "yes",
                "priority_on": "03-12",
                "tested_by_test_dept_on": "03-04",
            },
            "03-11",
            ["03-10 03-12 - open"],
        ),
        (
            {"test_result_on": "03-10", "priority": "yes", "priority_on": "03-18", "passed_on": "03-13"},
            "03-18",
            ["03-10 03-12 03-13 late 1"],
        ),
    ],
)
def test_a_test_result_is_passed_on_where_somebody_waits_for_it(cells, today, feedback):
    assert lines(issue("", today, **cells)[1], "issue.feedback") == feedback


def test_an_issue_shows_its_newest_close_its_steps_and_its_newest_result():
    steps = [
        {"issue": "WT-1", "on": d(day), "by": "李伟", "what": "查", "result": result}
        for day, result in (("03-12", None), ("03-10", "watch"), ("03-10", "to_dev"))
    ]
    row = {**dict.fromkeys(ISSUE), "number": "WT-1", "reported_on": d(REPORTED)}
    shown = ("steps", "last_step_on", "last_result", "close_due_on", "days_overdue")
    for today, expected in (
        ("03-09", "- - - 05-06 -"),
        ("03-11", "2 03-10 to_dev 05-06 -"),
        ("05-08", "3 03-12 to_dev 05-06 2"),
    ):
        (listed,), _ = independent_issue.calculate([row], steps, d(today))
        assert told(listed, *shown) == expected


def test_a_void_issue_owes_nothing():
    row = {**dict.fromkeys(ISSUE), "number": "WT-1", "reported_on": d(REPORTED), "void_on": d("03-04")}
    (listed,), owed = independent_issue.calculate([row], [], d("11-23"))
    assert (listed["state"], owed) == ("void", [])


def check(month: str, *days: str | None) -> dict:
    return {"month": month} | {
        key: day and d(day) for key, day in zip(independent_issue.CHECKED, days, strict=True)
    }


@pytest.mark.parametrize(
    ("checks", "today", "expected"),
    [
        ([], "03-19", []),
        ([], "03-20", ["03-01 03-31 - open"]),
        ([], "04-01", ["03-01 03-31 - overdue 1", "04-01 04-30 - open"]),
        ([check("2026-03", "03-05", "03-25", "03-10", "03-12")], "03-26", ["03-01 03-31 03-25 met"]),
        ([check("2026-03", "03-05", "03-25", "03-10", "03-12")], "03-24", ["03-01 03-31 - open"]),
        ([check("2026-03", "03-05", None, "03-10", "03-12")], "03-26", ["03-01 03-31 - open"]),
        (
            [check("2026-03", "03-05", "03-06", "03-10", "03-30"), check("2026-03", *["03-28"] * 4)],
            "03-31",
            ["03-01 03-31 03-28 met"],
        ),
        (
            [check("2026-03", "03-05", None, "03-10", "03-12"), check("2026-03", None, *["03-05"] * 3)],
            "03-31",
            ["03-01 03-31 - open"],  # two halves are no whole
        ),
        (
            [check("2026-03", "04-02", "04-02", "04-02", "03-28")],
            "04-30",
            ["03-01 03-31 04-02 late 2", "04-01 04-30 - open"],
        ),
    ],
)
def test_every_month_is_checked_at_one_hospital_at_least(checks, today, expected):
    found = independent_issue.spot_checks([{"reported_on": d("03-20")}], checks, d(today))
    assert lines(found, "issue.spot_check") == expected


@pytest.mark.parametrize(
    ("cells", "today", "exam"),
    [
        ({}, "04-02", []),
        ({"joined_on": "03-02"}, "03-01", []),
        ({"joined_on": "03-02"}, "04-02", ["03-02 04-01 - overdue 1"]),
        (
            {"joined_on": "03-05", "trained_on": "03-10"},
            "03-20",
            ["03-05 04-07 - open"],
        ),  # 4 April: a day off
        (
            {"joined_on": "03-02", "trained_on": "03-10", "certified_on": "03-20"},
            "03-19",
            ["03-02 04-01 - open"],
        ),
        (
            {"joined_on": "03-02", "trained_on": "03-10", "certified_on": "03-20"},
            "03-20",
            ["03-02 04-01 03-20 met"],
        ),
        ({"joined_on": "03-02", "role": "qc"}, "04-02", []),
        ({"joined_on": "03-02", "role": "technical_lead、engineer"}, "03-31", ["03-02 04-01 - open"]),
    ],
)
def test_an_engineer_who_joins_is_trained_and_examined(cells, today, exam):
    days = {key: d(cell) if key.endswith("_on") else cell for key, cell in cells.items()}
    assert (
        lines(independent_issue.exams([{"name": "李伟", "role": "engineer", **days}], d(today)), "staff.exam")
        == exam
    )


def test_work_records_are_what_the_steps_say():
    steps = [
        {"issue": "WT-1", "on": d("03-10"), "by": "李伟", "what": "查日志", "result": "watch"},
        {"issue": "WT-1", "on": d("03-12"), "by": "周静", "what": "电话", "result": None},
    ]
    issues = [{"number": "WT-1", "customer": "江州市中心医院"}]
    (record,) = independent_issue.work_records(issues, steps, d("03-11"))
    assert record == {
        "person": "李伟",
        "on": d("03-10"),
        "customer": "江州市中心医院",
        "issue": "WT-1",
        "what": "查日志",
        "result": "watch",
    }
    assert len(independent_issue.work_records(issues, steps, d("03-12"))) == 2


# --- 一 hand-overs

WHOLE = {
    "number": "YJ-1",
    "customer": "江州市中心医院",
    "project": "HIS 一期",
    "project_number": "XM-1",
    "modules": "挂号、收费",
    "project_manager": "孙涛",
    "account_manager": "赵强",
    "accepted_on": "03-02",
    "application_on": "03-03",
    "worklog_on": "03-04",
    "documents_on": "03-04",
}
FOUND_ELIGIBLE = {"decision": "eligible", "decided_on": "03-10", "decided_by": "郑岩"}
NOT_YET = {"decision": "not_eligible", "decided_on": "03-10", "decided_by": "郑岩", "expected_on": "04-10"}


def handover(
    cells: dict, told_later: str, today: str, managers: dict | None = None
) -> tuple[dict, list[dict]]:
    """How a hand-over stands, and its obligations. Later rows: `04-09 eligible`, `04-09 05-10 note`, `04-09 05-10`."""
    days = {
        key: d(str(cell)) if cell and (key.endswith("_on") or key.startswith("free_")) else cell
        for key, cell in {**WHOLE, **cells}.items()
    }
    rows = []
    for text in filter(None, told_later.split(", ")):
        on, *words = text.split()
        row = {
            "handover": "YJ-1",
            "on": d(on),
            "by": "周静",
            "decision": None,
            "expected_on": None,
            "note": None,
        }
        for word in words:
            if word in ("eligible", "not_eligible"):
                row["decision"] = word
            else:
                row |= {"note": word} if word == "note" else {"expected_on": d(word)}
        rows.append(row)
    listed, owed = independent_handover.calculate([days], rows, d(today), managers)
    return (listed[0] if listed else {}, owed)


@pytest.mark.parametrize(
    ("cells", "later", "today", "stands"),
    [
        ({}, "", "03-01", ""),
        ({}, "", "03-02", "applying - -"),
        ({}, "", "03-03", "applying - -"),
        ({}, "", "03-04", "deciding - -"),
        ({"worklog_on": None}, "", "03-20", "applying - -"),
        (FOUND_ELIGIBLE, "", "03-09", "deciding - -"),
        (FOUND_ELIGIBLE, "", "03-10", "eligible eligible -"),
        (NOT_YET, "", "03-09", "deciding - -"),
        (NOT_YET, "", "03-10", "not_eligible not_eligible 04-10"),
        (NOT_YET, "03-20 05-20 note", "03-19", "not_eligible not_eligible 04-10"),
        (NOT_YET, "03-20 05-20 note", "03-20", "not_eligible not_eligible 05-20"),
        (NOT_YET, "03-20 note", "03-20", "not_eligible not_eligible 04-10"),
        (NOT_YET, "03-20 eligible", "03-20", "eligible eligible -"),
        (NOT_YET, "03-25 eligible, 03-20 not_eligible 05-05", "03-24", "not_eligible not_eligible 05-05"),
        (NOT_YET, "03-25 eligible, 03-20 not_eligible 05-05", "03-25", "eligible eligible -"),
        (
            FOUND_ELIGIBLE | {"registered_on": "03-11", "notice_on": "03-12"},
            "",
            "04-30",
            "eligible eligible -",
        ),
        (
            FOUND_ELIGIBLE | {"registered_on": "03-11", "notice_on": "03-12", "receipt_on": "03-20"},
            "",
            "03-19",
            "eligible eligible -",
        ),
        (
            FOUND_ELIGIBLE | {"registered_on": "03-11", "notice_on": "03-12", "receipt_on": "03-20"},
            "",
            "03-20",
            "complete eligible -",
        ),
        (FOUND_ELIGIBLE | {"void_on": "03-12"}, "", "03-20", "void eligible -"),
    ],
)
def test_a_handover_stands_as_its_newest_decision_says(cells, later, today, stands):
    shown, _ = handover(cells, later, today)
    assert (told(shown, "state", "decision", "expected_on") if shown else "") == stands


@pytest.mark.parametrize(
    ("cells", "later", "today", "free"),
    [
        (FOUND_ELIGIBLE, "", "03-09", "- -"),
        (FOUND_ELIGIBLE, "", "03-10", "03-02 2027-03-02"),
        (FOUND_ELIGIBLE | {"free_from": "03-09"}, "", "03-10", "03-09 2027-03-09"),
        (FOUND_ELIGIBLE | {"free_until": "12-31"}, "", "03-10", "03-02 12-31"),
        (NOT_YET, "", "03-10", "- -"),
        (NOT_YET, "04-08 eligible", "04-08", "03-02 2027-03-02"),
    ],
)
def test_free_maintenance_runs_from_the_acceptance_unless_said_otherwise(cells, later, today, free):
    assert told(handover(cells, later, today)[0], "free_from", "free_until") == free


@pytest.mark.parametrize(
    ("rule", "cells", "today", "expected"),
    [
        ("apply", {}, "03-03", ["03-02 03-09 - open"]),
        ("apply", {}, "03-04", ["03-02 03-09 03-04 met"]),
        ("apply", {"documents_on": "03-11"}, "03-11", ["03-02 03-09 03-11 late 2"]),
        ("apply", {"documents_on": None}, "03-10", ["03-02 03-09 - overdue 1"]),
        (
            "apply",
            {"worklog_on": "02-27", "application_on": "02-28", "documents_on": "02-28"},
            "03-02",
            ["03-02 03-09 02-28 met"],
        ),
        ("apply", {"accepted_on": None}, "03-10", []),
        ("decide", {}, "03-03", []),
        ("decide", {}, "03-18", ["03-04 03-18 - open"]),
        ("decide", {"application_on": "03-06"}, "03-23", ["03-06 03-20 - overdue 3"]),
        ("decide", FOUND_ELIGIBLE, "03-10", ["03-04 03-18 03-10 met"]),
        ("decide", NOT_YET, "03-10", ["03-04 03-18 03-10 met"]),
        ("decide", FOUND_ELIGIBLE | {"decided_on": "03-19"}, "03-20", ["03-04 03-18 03-19 late 1"]),
        ("register", FOUND_ELIGIBLE, "03-10", ["03-10 03-13 - open"]),
        ("register", NOT_YET, "03-20", []),
        ("register", FOUND_ELIGIBLE | {"registered_on": "03-12"}, "03-12", ["03-10 03-13 03-12 met"]),
        ("register", FOUND_ELIGIBLE | {"registered_on": "03-12"}, "03-11", ["03-10 03-13 - open"]),
        (
            "register",
            FOUND_ELIGIBLE | {"registered_on": "03-12", "modules": None},
            "03-14",
            ["03-10 03-13 - overdue 1"],
        ),
        (
            "register",
            FOUND_ELIGIBLE | {"registered_on": "03-12", "project_number": None},
            "03-13",
            ["03-10 03-13 - open"],
        ),
        (
            "register",
            FOUND_ELIGIBLE | {"registered_on": "03-12", "project": None},
            "03-13",
            ["03-10 03-13 - open"],
        ),
        (
            "register",
            FOUND_ELIGIBLE | {"registered_on": "03-12", "project_manager": None},
            "03-13",
            ["03-10 03-13 - open"],
        ),
        (
            "register",
            FOUND_ELIGIBLE | {"registered_on": "03-12", "account_manager": None},
            "03-13",
            ["03-10 03-13 - open"],
        ),
        ("notice", FOUND_ELIGIBLE, "03-18", ["03-10 03-17 - overdue 1"]),
        ("notice", FOUND_ELIGIBLE | {"notice_on": "03-12"}, "03-18", ["03-10 03-17 03-12 met"]),
        ("notice", NOT_YET, "03-18", []),
        ("receipt", FOUND_ELIGIBLE, "03-18", []),
        ("receipt", FOUND_ELIGIBLE | {"notice_on": "03-12"}, "03-26", ["03-12 03-26 - open"]),
        (
            "receipt",
            FOUND_ELIGIBLE | {"notice_on": "03-12", "receipt_on": "03-30"},
            "04-01",
            ["03-12 03-26 03-30 late 4"],
        ),
    ],
)
def test_every_gate_of_a_handover_has_its_day(rule, cells, today, expected):
    assert lines(handover(cells, "", today)[1], f"handover.{rule}") == expected


def test_the_customers_account_manager_stands_in_for_the_records():
    cells = FOUND_ELIGIBLE | {"registered_on": "03-12", "account_manager": None}
    _, owed = handover(cells, "", "03-20", {"江州市中心医院": "赵强"})
    assert lines(owed, "handover.register") == ["03-10 03-13 03-12 met"]


@pytest.mark.parametrize(
    ("later", "today", "follow_up"),
    [
        ("", "03-09", []),
        ("", "04-10", ["03-10 04-10 - open"]),
        ("", "04-13", ["03-10 04-10 - overdue 3"]),
        ("04-08 eligible", "04-08", ["03-10 04-10 04-08 met"]),
        ("04-12 eligible", "04-12", ["03-10 04-10 04-12 late 2"]),
        (
            "04-08 not_eligible 05-09",
            "04-08",
            ["03-10 04-10 04-08 met", "04-08 05-09 - open"],
        ),  # a Saturday stays
        ("04-08 05-08 note", "04-08", ["03-10 04-10 04-08 met", "04-08 05-08 - open"]),
        ("04-08 05-08", "04-11", ["03-10 04-10 - overdue 1", "04-08 05-08 - open"]),
        ("04-08 note", "04-11", ["03-10 04-10 - overdue 1"]),
        (
            "04-08 05-08, 04-15 06-01 note",
            "04-15",
            ["03-10 04-10 04-15 late 5", "04-08 05-08 04-15 met", "04-15 06-01 - open"],
        ),
        ("04-08 05-08 note, 04-08 05-20 note", "04-08", ["03-10 04-10 04-08 met", "04-08 05-20 - open"]),
        ("03-10 05-20 note", "03-10", ["03-10 05-20 - open"]),
        ("04-08 eligible, 04-20 05-20 note", "04-30", ["03-10 04-10 04-08 met"]),
        ("04-15 eligible, 04-08 05-08 note", "04-14", ["03-10 04-10 04-08 met", "04-08 05-08 - open"]),
    ],
)
def test_every_expected_day_asks_for_news(later, today, follow_up):
    assert lines(handover(NOT_YET, later, today)[1], "handover.follow_up") == follow_up


def test_a_later_eligible_decision_starts_registration_and_notice():
    _, owed = handover(NOT_YET, "04-08 eligible", "04-08")
    assert lines(owed, "handover.decide") == ["03-04 03-18 03-10 met"]
    assert lines(owed, "handover.register") == ["04-08 04-13 - open"]
    assert lines(owed, "handover.notice") == ["04-08 04-15 - open"]


def test_a_void_handover_owes_nothing():
    assert handover(FOUND_ELIGIBLE | {"void_on": "03-12"}, "", "11-23")[1] == []


def test_a_sheet_is_read_with_days_as_days_and_blanks_as_nothing(tmp_path):
    path = tmp_path / "leave.csv"
    path.write_text("person,from,until,kind\n李伟,2026-03-02,,年假\n", encoding="utf-8")
    assert read(path) == [{"person": "李伟", "from": d("03-02"), "until": None, "kind": "年假"}]
