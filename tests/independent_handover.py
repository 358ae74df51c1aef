"""一 The hand-over chapter worked out a second time, from the written process alone.

It shares no line with svcq. Tests compare both; how it stood on a day is shown as JSON by
`python -m tests.independent_handover HANDOVERS.csv FOLLOW_UPS.csv CUSTOMERS.csv 2026-11-23`.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tests.independent_common import (
    Answer,
    Row,
    all_in,
    day_of,
    first_of,
    months_after,
    owed,
    read,
    working_days_after,
)

HANDED_IN = ("application_on", "worklog_on", "documents_on")
ACTS = ("accepted_on", *HANDED_IN, "decided_on", "registered_on", "notice_on", "receipt_on")
REGISTERED = ("project", "project_number", "modules", "project_manager")
"""What a registration needs besides what an eligible decision brings with it."""
FREE_MONTHS = 12


def calculate(
    handovers: Iterable[Row],
    follow_ups: Iterable[Row],
    today: date,
    account_managers: Mapping[str, str] | None = None,
) -> tuple[list[Answer], list[Answer]]:
    """The hand-overs and their obligations as they stand on `today`; acts after it are not known yet.

    `account_managers`: customer -> who answers for it where the hand-over names nobody.
    Hand-overs: number, state, decision, decided_on, decided_by, expected_on, reason, free_from, free_until and
    the days of ACTS. `expected_on` is there as long as the newest decision is not eligible, free maintenance
    from the decision eligible on.
    """
    told: dict[object, list[Row]] = {}
    for row in follow_ups:
        told.setdefault(row["handover"], []).append(row)
    listed, found = [], []
    for handover in handovers:
        days = {act: day_of(handover, act, today) for act in ACTS}
        if not first_of(*days.values()):
            continue
        trail = _trail(handover, told.get(handover["number"], []), today)
        shown = _listing(handover, days, trail)
        listed.append(shown)
        if shown["state"] != "void":
            person = handover.get("account_manager") or (account_managers or {}).get(
                str(handover["customer"])
            )
            found += _obligations(handover, days, trail, bool(person), today)
    return listed, found


def _trail(handover: Row, told: list[Row], today: date) -> list[Row]:
    """Decisions and follow-ups up to `today`, oldest first; those of one day as they were entered."""
    rows = list(told)
    if handover.get("decision"):
        first = {
            "on": handover["decided_on"],
            "by": handover.get("decided_by"),
            "decision": handover["decision"],
            "expected_on": handover.get("expected_on"),
            "note": handover.get("reason"),
        }
        rows.insert(0, first)
    known = [row for row in rows if day_of(row, "on", today)]
    return sorted(known, key=lambda row: str(row["on"]))


def _listing(handover: Row, days: Mapping[str, date | None], trail: list[Row]) -> Answer:
    newest = next((row for row in reversed(trail) if row.get("decision")), None)
    decision = newest and newest["decision"]
    expected = [row["expected_on"] for row in trail if row.get("expected_on")]
    if handover.get("void_on"):
        state = "void"
    elif decision == "eligible":
        done = all(days[act] for act in ("registered_on", "notice_on", "receipt_on"))
        state = "complete" if done else "eligible"
    elif decision:
        state = "not_eligible"
    else:
        state = "deciding" if all(days[act] for act in HANDED_IN) else "applying"
    free_from, free_until = _free(handover) if decision == "eligible" else (None, None)
    return {
        "number": handover["number"],
        "state": state,
        "decision": decision,
        "expected_on": expected[-1] if expected and decision == "not_eligible" else None,
        "reason": newest.get("note") if newest else None,
        "free_from": free_from,
        "free_until": free_until,
        **days,
        "decided_on": newest["on"] if newest else None,
        "decided_by": newest["by"] if newest else None,
    }


def _free(handover: Row) -> tuple[object, object]:
    """Free maintenance: from the acceptance, for a year, unless the project says otherwise."""
    start, until = handover.get("free_from") or handover.get("accepted_on"), handover.get("free_until")
    if not until and isinstance(start, date):
        until = months_after(start, FREE_MONTHS)
    return start, until


def _obligations(
    handover: Row, days: Mapping[str, date | None], trail: list[Row], account_manager: bool, today: date
) -> list[Answer]:
    number = handover["number"]
    complete = all_in(*(days[act] for act in HANDED_IN))
    decisions = [row for row in trail if row.get("decision")]
    eligible = next((row["on"] for row in decisions if row["decision"] == "eligible"), None)
    found = []

    def owe(rule: str, starts: object, working_days: int, *acts: date | None) -> None:
        if isinstance(starts, date):
            due = working_days_after(starts, working_days)
            found.append(owed(f"handover.{rule}", number, starts, due, acts, today))

    owe("apply", days["accepted_on"], 5, complete)
    owe("decide", complete, 10, *(day_of(row, "on", today) for row in decisions[:1]))
    registered = days["registered_on"]
    if not all(handover.get(field) for field in REGISTERED) or not account_manager:
        registered = None
    if not days["application_on"] or None in _free(handover):
        registered = None
    owe("register", eligible, 3, registered)
    owe("notice", eligible, 5, days["notice_on"])
    owe("receipt", days["notice_on"], 10, days["receipt_on"])
    return found + _follow_ups(number, trail, today)


def _follow_ups(number: object, trail: list[Row], today: date) -> list[Answer]:
    """Each expected date asks for news by then: another decision, or a new date with a note."""
    found: dict[object, Answer] = {}
    for place, row in enumerate(trail):
        if row.get("decision") == "eligible":
            break
        starts, due = row["on"], row.get("expected_on")
        if not isinstance(starts, date) or not isinstance(due, date):
            continue
        news = [
            day_of(later, "on", today)
            for later in trail[place + 1 :]
            if later.get("decision") or (later.get("expected_on") and later.get("note"))
        ]
        found[starts] = owed("handover.follow_up", number, starts, due, news, today)
    return list(found.values())


if __name__ == "__main__":
    table, book, customers, on = sys.argv[1:]
    managers = {str(row["name"]): str(row["account_manager"] or "") for row in read(Path(customers))}
    answer = calculate(read(Path(table)), read(Path(book)), date.fromisoformat(on), managers)
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str, indent=1)
