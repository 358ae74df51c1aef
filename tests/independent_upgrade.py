"""四 The upgrade chapter worked out a second time, from the written process alone.

It shares no line with svcq. Tests compare both; how it stood on a day is shown as JSON by
`python -m tests.independent_upgrade UPGRADES.csv SKIPS.csv 2026-11-23`.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tests.independent import DAY
from tests.independent_common import Answer, Row, all_in, day_of, first_of, owed, read
from tests.independent_policy import WRITTEN, Numbers

ACTS = (
    *("applied_on", "arranged_on", "plan_on", "registered_on", "discussed_on", "tested_on", "approved_on"),
    *("done_on", "brought_back_on", "report_on", "mailed_on", "called_on", "informed_on"),
    *("second_called_on", "second_informed_on"),
)
TOLD_ON = {
    "no_test_reason": "tested_on",
    **dict.fromkeys(("version", "issues_solved", "surprises", "special_modifications"), "done_on"),
    **dict.fromkeys(("stable", "solved", "arranged", "answer"), "called_on"),
    **dict.fromkeys(("second_stable", "second_solved", "second_arranged"), "second_called_on"),
    "second_answer": "second_called_on",
}
"""What was told with an act, and is not known before it."""
STEPS = ("apply", "arrange", "plan", "test", "approve", "done", "report", "callback")


def calculate(
    upgrades: Iterable[Row], skips: Iterable[Row], today: date, numbers: Numbers = WRITTEN
) -> tuple[list[Answer], list[Answer]]:
    """The upgrades and their obligations as they stand on `today`; acts after it are not known yet.

    Upgrades: number, state, customer, planned_on, left_on, the days of ACTS and what TOLD_ON has.
    Skips: upgrade, on, step, skipped (with 、 between several).
    """
    forced = [skip for skip in skips if day_of(skip, "on", today)]
    listed, found = [], []
    for row in upgrades:
        days = {act: day_of(row, act, today) for act in ACTS}
        if not first_of(*days.values()):
            continue
        shown = {**row, **days, "state": _state(row, days)}
        shown |= {told: None for told, act in TOLD_ON.items() if _later(row.get(act), today)}
        listed.append(shown)
        if not row.get("void_on"):
            mine = [skip for skip in forced if skip["upgrade"] == row["number"]]
            found += _obligations(row, days, mine, today, numbers)
    return listed, found


def _later(day: object, today: date) -> bool:
    return isinstance(day, date) and day > today


def _state(row: Row, days: Mapping[str, date | None]) -> str:
    if row.get("void_on"):
        return "void"
    if days["called_on"] and (row.get("answer") == "yes" or days["second_called_on"]):
        return "settled"
    furthest = {
        "reported": days["report_on"] or days["mailed_on"],
        "done": days["done_on"],
        "approved": days["approved_on"],
        "tested": days["tested_on"],
        "planned": days["plan_on"],
        "arranged": days["arranged_on"],
    }
    return next((state for state, day in furthest.items() if day), "applied")


def _obligations(
    row: Row, days: Mapping[str, date | None], skips: list[Row], today: date, numbers: Numbers
) -> list[Answer]:
    found: dict[tuple[str, date], Answer] = {}

    def owe(rule: str, starts: date, due: date, *acts: date | None) -> Answer:
        one = owed(f"upgrade.{rule}", row["number"], starts, due, acts, today)
        found[rule, starts] = one | {"note": ""}
        return found[rule, starts]

    def counted(rule: str, starts: date | None, *acts: date | None) -> None:
        if starts:
            owe(rule, starts, numbers.due(f"upgrade.{rule}", starts), *acts)

    for skip in skips:
        day = skip["on"]
        assert isinstance(day, date)
        before = found.get(("order", day), {"note": ""})["note"]
        owe("order", day, day - DAY, day)["note"] = f"{before} {skip['skipped']}".strip()
    planned = row.get("planned_on")
    if days["arranged_on"] and isinstance(planned, date):
        whole = all_in(*(days[act] for act in ("plan_on", "registered_on", "discussed_on")))
        owe("plan", days["arranged_on"], planned - DAY, whole)
    received = first_of(days["report_on"], days["mailed_on"])
    counted("report", days["done_on"], received)
    mailed, paper = days["mailed_on"], days["report_on"]
    if not (mailed and paper and paper <= mailed):
        counted("paper", mailed, paper)
    counted("callback", received, days["called_on"], days["second_called_on"])
    if row.get("answer") != "yes":
        counted("second_callback", days["called_on"], days["second_called_on"])
    counted("inform", days["called_on"], days["informed_on"])
    counted("inform", days["second_called_on"], days["second_informed_on"])
    return list(found.values())


def missing(row: Row, skips: Iterable[Row], step: str, on: date) -> list[str]:
    """The steps that should come before `step` and are not there by that day, nor skipped by then."""
    there = {
        "apply": day_of(row, "applied_on", on),
        "arrange": day_of(row, "arranged_on", on),
        "plan": all_in(*(day_of(row, act, on) for act in ("plan_on", "registered_on", "discussed_on"))),
        "test": day_of(row, "tested_on", on),
        "approve": day_of(row, "approved_on", on),
        "done": day_of(row, "done_on", on),
        "report": first_of(day_of(row, "report_on", on), day_of(row, "mailed_on", on)),
    }
    passed = {one for skip in skips if day_of(skip, "on", on) for one in str(skip["skipped"]).split("、")}
    return [one for one in STEPS[: STEPS.index(step)] if not there[one] and one not in passed]


if __name__ == "__main__":
    table, book, on = sys.argv[1:]
    answer = calculate(read(Path(table)), read(Path(book)), date.fromisoformat(on))
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str, indent=1)
