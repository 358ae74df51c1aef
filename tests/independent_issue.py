"""三 The worklog chapter worked out a second time, day by day, from the written process alone.

It shares no line with svcq. Tests compare both; how it stood on a day is shown as JSON by
`python -m tests.independent_issue ISSUES.csv STEPS.csv SPOT_CHECKS.csv STAFF.csv 2026-11-23`.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.independent import DAY, roll
from tests.independent_common import (
    Answer,
    Row,
    all_in,
    day_of,
    days_after,
    first_of,
    months_after,
    owed,
    read,
    working_days_after,
)

STILL_OPEN = ("watch", "to_dev", "to_check")
REOPENED_WITHIN = 14
URGED_BEFORE = 14
CHECKED = ("records_on", "leave_on", "list_asked_on", "reconciled_on")


@dataclass(slots=True)
class Spell:
    """One stretch of work on an issue: what one issue.close is about."""

    starts: date
    closed_on: date | None = None
    closed_by: object = None


@dataclass(slots=True)
class Life:
    """What became of an issue: its spells, and what people did by hand that changed nothing."""

    spells: list[Spell]
    idle: list[tuple[str, date]] = field(default_factory=list)
    was_closed: list[tuple[date, object]] = field(default_factory=list)
    """Every closing there was, those too that did not count in the end."""
    was_reopened: list[tuple[date, str, bool]] = field(default_factory=list)
    """Day, by a step or a command, and whether the closing before it counts all the same."""

    @property
    def now(self) -> Spell:
        """The newest spell."""
        return self.spells[-1]

    @property
    def is_open(self) -> bool:
        """Whether the issue is open now."""
        return self.now.closed_on is None

    def close(self, day: date, by: object) -> None:
        """Close the issue."""
        self.now.closed_on, self.now.closed_by = day, by
        self.was_closed.append((day, by))

    def reopen(self, day: date, by: str) -> None:
        """Open it again: soon after the closing the spell goes on as if it had not been closed."""
        closed_on = self.now.closed_on
        assert closed_on
        counts = (day - closed_on).days > REOPENED_WITHIN
        if counts:
            self.spells.append(Spell(day))
        else:
            self.now.closed_on = self.now.closed_by = None
        self.was_reopened.append((day, by, counts))


def closings(issue: Row, today: date) -> list[tuple[date, object]]:
    """Closings by hand, day and name: those of a list `closings`, or the one of the sheet."""
    said = issue.get("closings", [(issue.get("closed_on"), issue.get("closed_by"))])
    assert isinstance(said, list)
    return [(day, by) for day, by in said if day and day <= today]


def days_said(issue: Row, several: str, one: str, today: date) -> list[date]:
    """The days of a list, or the one day of the sheet."""
    said = issue.get(several, [issue.get(one)])
    assert isinstance(said, list)
    return [day for day in said if day and day <= today]


def live(issue: Row, steps: Sequence[Row], today: date) -> Life:
    """Follow an issue from its report to `today`, day by day; `steps`: its own, as they were entered."""
    by_hand = closings(issue, today)
    commands = days_said(issue, "reopenings", "reopened_on", today)
    day = issue["reported_on"]
    assert isinstance(day, date)
    life = Life([Spell(day)])
    solved_yesterday = False
    while day <= today:
        if solved_yesterday:
            life.close(day, "auto")
        reopenings = commands.count(day)
        if reopenings and not life.is_open:
            life.reopen(day, "command")
            reopenings -= 1
        result = None
        for step in steps:
            if step["on"] == day:
                result = step["result"] or result
                if step["result"] in STILL_OPEN and not life.is_open:
                    life.reopen(day, "step")
        hands = [by for on, by in by_hand if on == day]
        for by in hands:
            if life.is_open:
                life.close(day, by)
                if reopenings:
                    life.reopen(day, "command")
                    reopenings -= 1
            else:
                life.idle.append(("closing", day))
        life.idle += [("reopening", day)] * reopenings
        solved_yesterday = life.is_open and result == "solved" and not hands
        day += DAY
    return life


def calculate(issues: Iterable[Row], steps: Iterable[Row], today: date) -> tuple[list[Answer], list[Answer]]:
    """The issues and their obligations as they stand on `today`; acts after it are not known yet.

    Issues: number, state, closed_on, closed_by, steps (how many), last_step_on, last_result, close_due_on,
    days_overdue.
    """
    work = _by_issue(steps, today)
    listed, found = [], []
    for issue in issues:
        if not day_of(issue, "reported_on", today):
            continue
        mine = work.get(issue["number"], [])
        life = live(issue, mine, today)
        owes = [] if issue.get("void_on") else _obligations(issue, mine, life, today)
        listed.append(_listing(issue, mine, life, owes))
        found += owes
    return listed, found


def _by_issue(steps: Iterable[Row], today: date) -> dict[object, list[Row]]:
    """Issue -> its steps up to `today`, oldest first; those of one day as they were entered."""
    work: dict[object, list[Row]] = {}
    for step in steps:
        if day_of(step, "on", today):
            work.setdefault(step["issue"], []).append(step)
    for mine in work.values():
        mine.sort(key=lambda step: str(step["on"]))
    return work


def _listing(issue: Row, mine: list[Row], life: Life, owes: list[Answer]) -> Answer:
    close = next((one for one in reversed(owes) if one["rule"] == "issue.close"), None)
    if close is None:
        state = "void"
    elif not life.is_open:
        state = "closed"
    else:
        state = "stale" if close["state"] == "overdue" else "open"
    return {
        "number": issue["number"],
        "state": state,
        "closed_on": life.now.closed_on,
        "closed_by": life.now.closed_by,
        "steps": len(mine),
        "last_step_on": mine[-1]["on"] if mine else None,
        "last_result": next((step["result"] for step in reversed(mine) if step["result"]), None),
        "close_due_on": close and close["due_on"],
        "days_overdue": close["days_overdue"] if close else 0,
    }


def _obligations(issue: Row, mine: list[Row], life: Life, today: date) -> list[Answer]:
    number = issue["number"]
    counted = [spell.closed_on for spell in life.spells if spell.closed_on]
    urges = days_said(issue, "urges", "urged_on", today)
    found: dict[tuple[str, date], Answer] = {}

    def owe(rule: str, starts: date, due: date, *acts: date | None) -> None:
        if starts <= today:
            found[rule, starts] = owed(rule, number, starts, due, acts, today)

    for spell in life.spells:
        due = roll(months_after(spell.starts, 2))
        owe("issue.close", spell.starts, due, spell.closed_on)
        first = spell is life.spells[0]
        heard = urges if first else [day for day in urges if day >= spell.starts]
        owe("issue.urge", due - URGED_BEFORE * DAY, due, *heard, spell.closed_on)
    for place, step in enumerate(mine):
        day = step["on"]
        assert isinstance(day, date)
        if step["result"] in STILL_OPEN:
            later = [day_of(other, "on", today) for other in mine[place + 1 :]]
            ended = [closed for closed in counted if closed >= day]
            owe("issue.follow_up", day, days_after(day, 14), *later, *ended)
        if step["result"] == "to_dev":
            owe("issue.request", day, working_days_after(day, 3), day_of(issue, "request_on", today))
    result = day_of(issue, "test_result_on", today)
    if result and (day_of(issue, "tested_by_test_dept_on", today) or _priority(issue, today)):
        owe("issue.feedback", result, working_days_after(result, 2), day_of(issue, "passed_on", today))
    return list(found.values())


def _priority(issue: Row, today: date) -> bool:
    since = issue.get("priority_on")
    return issue.get("priority") == "yes" and not (isinstance(since, date) and since > today)


def spot_checks(issues: Iterable[Row], checks: Iterable[Row], today: date) -> list[Answer]:
    """issue.spot_check of every month from that of the first issue to that of `today`."""
    done: dict[object, list[date | None]] = {}
    for row in checks:
        whole = all_in(*(day_of(row, act, today) for act in CHECKED))
        done.setdefault(row["month"], []).append(whole)
    first = first_of(*(day_of(issue, "reported_on", today) for issue in issues))
    found = []
    month = first and first.replace(day=1)
    while month and month <= today:
        after = months_after(month, 1)
        name = f"{month:%Y-%m}"
        found.append(owed("issue.spot_check", name, month, after - DAY, done.get(name, []), today))
        month = after
    return found


def exams(staff: Iterable[Row], today: date) -> list[Answer]:
    """staff.exam of every engineer who has joined."""
    found = []
    for person in staff:
        joined = day_of(person, "joined_on", today)
        if joined and "engineer" in str(person["role"]).split("、"):
            passed = all_in(*(day_of(person, act, today) for act in ("trained_on", "certified_on")))
            due = days_after(joined, 30)
            found.append(owed("staff.exam", person["name"], joined, due, [passed], today))
    return found


def work_records(issues: Iterable[Row], steps: Iterable[Row], today: date) -> list[Answer]:
    """Who worked for which customer on which day: person, on, customer, issue, what, result."""
    customers = {issue["number"]: issue["customer"] for issue in issues}
    return [
        {
            "person": step["by"],
            "on": step["on"],
            "customer": customers[step["issue"]],
            "issue": step["issue"],
            "what": step["what"],
            "result": step["result"],
        }
        for step in steps
        if day_of(step, "on", today)
    ]


if __name__ == "__main__":
    table, log, book, people, on = sys.argv[1:]
    rows, done, that_day = read(Path(table)), read(Path(log)), date.fromisoformat(on)
    listed, owing = calculate(rows, done, that_day)
    owing += spot_checks(rows, read(Path(book)), that_day) + exams(read(Path(people)), that_day)
    json.dump([listed, owing], sys.stdout, ensure_ascii=False, default=str, indent=1)
