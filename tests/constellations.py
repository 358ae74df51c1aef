"""一 and 三 What can come together in a hand-over or an issue, and how often it does in generated files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests import independent_handover, independent_issue
from tests.independent import works
from tests.independent_common import Answer, Row, months_after
from tests.independent_issue import CHECKED, STILL_OPEN, Life, live
from tests.make_chapters import Made


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, its steps in their order, its life, and what it obliges to."""

    row: Row
    steps: list[Row]
    life: Life
    owed: list[Answer]

    def has(self, rule: str, state: str) -> list[Answer]:
        """The obligations of a rule that are in a state."""
        return [one for one in self.owed if (one["rule"], one["state"]) == (f"issue.{rule}", state)]

    def days(self) -> list[list[object]]:
        """The results of each day's steps."""
        found: dict[object, list[object]] = {}
        for step in self.steps:
            found.setdefault(step["on"], []).append(step["result"])
        return list(found.values())

    def waits(self, how: str) -> list[tuple[int, bool]]:
        """Days between a closing and its reopening by `how`, and whether the closing was by itself."""
        found = []
        for day, by, _ in self.life.was_reopened:
            closed, who = [one for one in self.life.was_closed if one[0] <= day][-1]
            if by == how:
                found.append(((day - closed).days, who == "auto"))
        return found

    def by_hand(self) -> list[date]:
        """The days on which it was closed by hand."""
        return [day for day, by in self.life.was_closed if by != "auto"]

    def results_at(self, day: date) -> list[object]:
        """The results up to the end of a day, oldest first."""
        return [step["result"] for step in self.steps if step["result"] and _day(step["on"]) <= day]

    def to_dev(self) -> bool:
        """Whether something went to development."""
        return any(step["result"] == "to_dev" for step in self.steps)

    def second(self, rule: str) -> list[Answer]:
        """The obligations of a rule after the first, if the issue was opened again for good."""
        return [one for one in self.owed if one["rule"] == f"issue.{rule}"][1:]


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _waits(how: str, low: int, high: int) -> Callable[[Issue], bool]:
    return lambda one: any(low <= days <= high for days, _ in one.waits(how))


def _closed_by_hand_with(result: str) -> Callable[[Issue], bool]:
    return lambda one: any(one.results_at(day)[-1:] == [result] for day in one.by_hand())


ISSUES: dict[str, Callable[[Issue], bool]] = {
    "closed by itself": lambda one: any(by == "auto" for _, by in one.life.was_closed),
    "several results on a day": lambda one: any(len(set(day) - {None}) > 1 for day in one.days()),
    "solved is the last of several results of a day": lambda one: any(
        len(set(day) - {None}) > 1 and day[-1] == "solved" for day in one.days()
    ),
    "solved, and then not, on one day": lambda one: any(
        "solved" in day and day[-1] in STILL_OPEN for day in one.days()
    ),
    "solved, then a step without result, on one day": lambda one: any(
        "solved" in day and day[-1] is None for day in one.days()
    ),
    "solved, and another result the next day": lambda one: (0, True) in one.waits("step"),
    "opened by a step after 1 to 13 days": _waits("step", 1, 13),
    "opened by a step after 14 days": _waits("step", 14, 14),
    "opened by a step after 15 days": _waits("step", 15, 15),
    "opened by a step much later": _waits("step", 30, 999),
    "opened by a step, closed by hand before": lambda one: any(not auto for _, auto in one.waits("step")),
    "opened by command the same day, closed by itself": lambda one: (0, True) in one.waits("command"),
    "opened by command the same day, closed by hand": lambda one: (0, False) in one.waits("command"),
    "opened by command after 1 to 13 days": _waits("command", 1, 13),
    "opened by command after 14 days": _waits("command", 14, 14),
    "opened by command after 15 days": _waits("command", 15, 15),
    "opened by command much later": _waits("command", 30, 999),
    "opened by command and solved on one day": lambda one: any(
        by == "command" and (day, "solved") in {(step["on"], step["result"]) for step in one.steps}
        for day, by, _ in one.life.was_reopened
    ),
    "a solved before, opened by command, and never closed by it again": lambda one: (
        bool(one.waits("command")) and one.life.is_open and one.results_at(date.max)[-1:] == ["solved"]
    ),
    "opened again twice": lambda one: len(one.life.was_reopened) > 1,
    "closed again after it was opened again": lambda one: bool(
        one.life.was_reopened and not one.life.is_open
    ),
    "three closes to make": lambda one: len(one.second("close")) > 1,
    **{f"closed by hand with {result}": _closed_by_hand_with(result) for result in (*STILL_OPEN, "solved")},
    "closed by hand, solved later": lambda one: any(
        step["result"] == "solved" and _day(step["on"]) > day for day in one.by_hand() for step in one.steps
    ),
    "closed by hand on the day of a solved": lambda one: any(
        (day, "solved") in {(step["on"], step["result"]) for step in one.steps} for day in one.by_hand()
    ),
    "closed by hand on the day of an open result": lambda one: any(
        step["on"] == day and step["result"] in STILL_OPEN for day in one.by_hand() for step in one.steps
    ),
    "closed by hand after it was opened again": lambda one: any(
        day >= again for day in one.by_hand() for again, *_ in one.life.was_reopened
    ),
    "closed on the due day": lambda one: any(
        hit["met_on"] == hit["due_on"] for hit in one.has("close", "met")
    ),
    "closed the day after": lambda one: any(hit["days_overdue"] == 1 for hit in one.has("close", "late")),
    "no steps": lambda one: not one.steps,
    "steps without a result only": lambda one: bool(one.steps) and not one.results_at(date.max),
    "the same step twice": lambda one: any(one.steps.count(step) > 1 for step in one.steps),
    "due day moved by days off": lambda one: not works(months_after(_day(one.row["reported_on"]), 2)),
    "reported on the 31st": lambda one: _day(one.row["reported_on"]).day == 31,
    "two months later has no such day": lambda one: (
        months_after(_day(one.row["reported_on"]), 2).day < _day(one.row["reported_on"]).day
    ),
    "to development, no request": lambda one: one.to_dev() and not one.row["request"],
    "to development, a request without a day": lambda one: bool(
        one.to_dev() and one.row["request"] and not one.row["request_on"]
    ),
    "request before the step": lambda one: any(
        step["result"] == "to_dev"
        and one.row["request_on"]
        and _day(one.row["request_on"]) < _day(step["on"])
        for step in one.steps
    ),
    "tested, and nobody waits for it": lambda one: bool(
        one.row["test_result_on"] and not one.row["tested_by_test_dept_on"] and not one.row["priority"]
    ),
    "tested for a priority": lambda one: bool(
        one.row["test_result_on"] and one.row["priority"] and not one.row["tested_by_test_dept_on"]
    ),
    "a priority only after the result": lambda one: bool(
        one.row["test_result_on"]
        and not one.row["tested_by_test_dept_on"]
        and one.row["priority_on"]
        and _day(one.row["priority_on"]) > _day(one.row["test_result_on"])
    ),
    "urged before urging starts": lambda one: any(
        one.row["urged_on"]
        and hit["met_on"] == one.row["urged_on"]
        and _day(hit["starts_on"]) > _day(hit["met_on"])
        for hit in one.has("urge", "met")
    ),
    "urged in time": lambda one: any(
        hit["met_on"] == one.row["urged_on"] and _day(hit["starts_on"]) <= _day(hit["met_on"])
        for hit in one.has("urge", "met")
    ),
    "closed before urging starts": lambda one: any(
        hit["met_on"] != one.row["urged_on"] and _day(hit["starts_on"]) > _day(hit["met_on"])
        for hit in one.has("urge", "met")
    ),
    "urged, opened again for good later": lambda one: bool(
        one.row["urged_on"] and one.second("close") and _day(one.row["urged_on"]) < one.life.now.starts
    ),
    "urged after it was opened again for good": lambda one: bool(
        one.row["urged_on"] and one.second("close") and _day(one.row["urged_on"]) >= one.life.now.starts
    ),
}
"""Name -> whether an issue has it."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over, what was told later in its order, and what it obliges to."""

    row: Row
    later: list[Row]
    owed: list[Answer]

    def decisions(self) -> list[object]:
        """The decisions, oldest first."""
        return [self.row["decision"], *(row["decision"] for row in self.later if row["decision"])]


def _missing(field: str) -> Callable[[Handover], bool]:
    return lambda one: bool(one.row["registered_on"] and not one.row[field])


def _without(field: str) -> Callable[[Handover], bool]:
    return lambda one: not one.row[field]


HANDOVERS: dict[str, Callable[[Handover], bool]] = {
    "not eligible, then eligible": lambda one: one.decisions()[-2:] == ["not_eligible", "eligible"],
    "not eligible twice": lambda one: one.decisions().count("not_eligible") > 1,
    "followed up with a date and a note": lambda one: any(
        row["expected_on"] and row["note"] and not row["decision"] for row in one.later
    ),
    "followed up with a date and no note": lambda one: any(
        row["expected_on"] and not row["note"] for row in one.later
    ),
    "followed up without a date": lambda one: any(
        not row["expected_on"] and not row["decision"] for row in one.later
    ),
    "followed up twice on a day": lambda one: len({row["on"] for row in one.later}) < len(one.later),
    "followed up on the day of the decision": lambda one: any(
        row["on"] == one.row["decided_on"] for row in one.later
    ),
    "own start of free maintenance": lambda one: bool(one.row["free_from"]),
    "own end of free maintenance": lambda one: bool(one.row["free_until"]),
    "registered": lambda one: bool(one.row["registered_on"]),
    **{
        f"registered without {field}": _missing(field)
        for field in ("project_number", "modules", "project_manager")
    },
    "registered, the customer's account manager": _missing("account_manager"),
    "a later phase": lambda one: one.row["phase"] != "1期",
    **{f"without {paper}": _without(paper) for paper in independent_handover.HANDED_IN},
    "handed in and decided on one day": lambda one: (
        one.row["decided_on"] is not None
        and one.row["decided_on"] == max(_day(one.row[paper]) for paper in independent_handover.HANDED_IN)
    ),
}
"""Name -> whether a hand-over has it."""

RARE = {"issue.spot_check open", "staff.exam open", "staff.exam met", "staff.exam late", "staff.exam overdue"}
"""There are only so many months and new engineers."""


def constellations(made: Made, today: date) -> Counter[str]:
    """How often each constellation occurs: of one record, states of records, states of each rule's obligations."""
    rows = made.rows
    found: Counter[str] = Counter()
    handovers, owed = independent_handover.calculate(
        rows["handover"], rows["follow_up"], today, made.account_managers
    )
    issues, of_issues = independent_issue.calculate(rows["issue"], rows["step"], today)
    owed += of_issues
    for kind, listed in (("hand-over", handovers), ("issue", issues)):
        for state in {"hand-over": _HANDOVER_STATES, "issue": _ISSUE_STATES}[kind]:
            found[f"{kind} {state}"] = sum(one["state"] == state for one in listed)
    every = owed + independent_issue.spot_checks(rows["issue"], rows["spot_check"], today)
    every += independent_issue.exams(rows["staff"], today)
    for rule in {str(one["rule"]) for one in every}:
        for state in ("open", "overdue", "met", "late"):
            found[f"{rule} {state}"] = sum((one["rule"], one["state"]) == (rule, state) for one in every)
    for row in rows["issue"]:
        steps = sorted(_of(rows["step"], "issue", row), key=lambda step: str(step["on"]))
        one = Issue(row, steps, live(row, steps, today), _of(owed, "number", row))
        found.update({f"issue: {name}": int(test(one)) for name, test in ISSUES.items()})
    for row in rows["handover"]:
        later = sorted(_of(rows["follow_up"], "handover", row), key=lambda told: str(told["on"]))
        each = Handover(row, later, _of(owed, "number", row))
        found.update({f"hand-over: {name}": int(test(each)) for name, test in HANDOVERS.items()})
    whole = [all(row[act] for act in CHECKED) for row in rows["spot_check"]]
    found["spot check whole"], found["spot check in part"] = sum(whole), len(whole) - sum(whole)
    return found


_HANDOVER_STATES = ("applying", "deciding", "not_eligible", "eligible", "complete")
_ISSUE_STATES = ("open", "stale", "closed")


def _of(rows: list[Row], key: str, record: Row) -> list[Row]:
    return [row for row in rows if row[key] == record["number"]]
