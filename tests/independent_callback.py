"""六 The callback chapter worked out a second time, from the written process alone; and what a best sample is.

It shares no line with svcq. Tests compare both; how it stood on a day is shown as JSON by
`python -m tests.independent_callback CALLBACKS.csv TRIES.csv 2026-11-23`.
"""

import json
import sys
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

from tests.independent import DAY
from tests.independent_common import Answer, Row, day_of, first_of, months_after, owed, read
from tests.independent_policy import WRITTEN, Numbers, first_full

ANSWERS = ("service", "attitude", "advice", "unsolved")


def number_of(row: Row) -> str:
    """QUARTER-ENGINEER-CUSTOMER."""
    return f"{row['quarter']}-{row['engineer']}-{row['customer']}"


def first_day(quarter: object) -> date:
    """Of `2026Q4`."""
    year, number = str(quarter).split("Q")
    return date(int(year), 3 * int(number) - 2, 1)


def last_day(quarter: object) -> date:
    """Of `2026Q4`."""
    return months_after(first_day(quarter), 3) - DAY


def quarter_name(day: date) -> str:
    """The quarter of a day."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def calculate(
    callbacks: Iterable[Row],
    tries: Iterable[Row],
    today: date,
    numbers: Numbers = WRITTEN,
    live: date | None = None,
) -> tuple[list[Answer], list[Answer]]:
    """The callbacks, and what they and the quarters oblige to, as they stand on `today`.

    Tries: callback (its number) and the day `on` which nobody was reached.
    """
    tried: dict[object, list[date]] = {}
    for attempt in tries:
        day = day_of(attempt, "on", today)
        if day:
            tried.setdefault(attempt["callback"], []).append(day)
    listed, found = [], []
    drawn: dict[str, list[date]] = {}
    rows = list(callbacks)
    for row in rows:
        first = row.get("drawn_on") or row.get("asked_on")
        if not isinstance(first, date) or first > today:
            continue
        number = number_of(row)
        asked = day_of(row, "asked_on", today)
        answered = asked if any(row.get(answer) is not None for answer in ANSWERS) else None
        most = numbers.setting(first, "callback.tries")
        third = (sorted(tried.get(number, [])) + [None] * most)[most - 1]
        one = owed("callback.make", number, first, last_day(row["quarter"]), [answered, third], today)
        if row.get("void_on"):
            state = "void"
        elif answered or third:
            state = "answered" if answered else "unreachable"
        else:
            state = str(one["state"])
        answers = {answer: row.get(answer) if asked else None for answer in ANSWERS}
        shown = {**row, **answers, "number": number, "asked_on": asked, "state": state}
        listed.append(shown | {"drawn_on": day_of(row, "drawn_on", today)})
        if state != "void":
            found.append(one)
            drawn.setdefault(str(row["quarter"]), []).append(first)
    quarters = [str(row["quarter"]) for row in rows if not row.get("void_on")]
    if not live and not quarters:
        return listed, found
    begin = first_full(live, 3) if live else first_day(min(quarters))
    return listed, found + _samples(begin, drawn, today, numbers)


def _samples(begin: date, drawn: Mapping[str, list[date]], today: date, numbers: Numbers) -> list[Answer]:
    """A sample is owed in every quarter from the first that has callbacks on."""
    found, day = [], begin
    while day <= today:
        name = quarter_name(day)
        due = numbers.due("callback.sample", day)
        found.append(owed("callback.sample", name, day, due, [first_of(*drawn.get(name, []))], today))
        day = months_after(day, 3)
    return found


# --- samples

Pool = Mapping[str, Collection[str]]
"""Engineer -> the customers who can be drawn for that engineer."""


def most(pool: Pool, places: Mapping[str, int]) -> int:
    """How many callbacks a quarter can have at most: a maximum flow, one unit after the other."""
    given: dict[str, str] = {}

    def place(customer: str, seen: set[str]) -> bool:
        for engineer, mine in pool.items():
            if customer not in mine or engineer in seen:
                continue
            seen.add(engineer)
            theirs = [other for other, who in given.items() if who == engineer]
            if len(theirs) < places[engineer] or any(place(other, seen) for other in theirs):
                given[customer] = engineer
                return True
        return False

    customers = {customer for mine in pool.values() for customer in mine}
    return sum(place(customer, set()) for customer in sorted(customers))


def best(
    pool: Pool,
    places: Mapping[str, int],
    last_quarter: Collection[str],
    this_year: Mapping[str, int],
    ever: Mapping[str, int],
) -> tuple[int, int, int, int]:
    """Callbacks, repeats, draws this year, draws ever of the best choice there is; by trying them all."""
    customers = sorted({customer for mine in pool.values() for customer in mine})
    size = most(pool, places)
    choices = (
        chosen
        for chosen in combinations(customers, size)
        if most({who: set(mine) & set(chosen) for who, mine in pool.items()}, places) == size
    )
    return min(
        (
            size,
            sum(one in last_quarter for one in chosen),
            sum(this_year.get(one, 0) for one in chosen),
            sum(ever.get(one, 0) for one in chosen),
        )
        for chosen in choices
    )


if __name__ == "__main__":
    table, book, on = sys.argv[1:]
    answer = calculate(read(Path(table)), read(Path(book)), date.fromisoformat(on))
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str, indent=1)
