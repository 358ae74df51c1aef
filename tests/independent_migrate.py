"""五 The migration chapter worked out a second time, from the written process alone.

It shares no line with svcq. Tests compare both; how it stood on a day is shown as JSON by
`python -m tests.independent_migrate MIGRATIONS.csv CUSTOMERS.csv 2026-11-23`.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.independent_common import Answer, Row, day_of, first_of, months_after, owed, read
from tests.independent_policy import WRITTEN, Numbers, first_full


def calculate(
    migrations: Iterable[Row],
    checks: Iterable[Row],
    customers: Iterable[Row],
    today: date,
    numbers: Numbers = WRITTEN,
    live: date | None = None,
) -> tuple[list[Answer], list[Answer]]:
    """The migrations, and what they, the hospitals and the Decembers oblige to, as they stand on `today`.

    Checks: year (text) and the day `on` which the check was recorded.
    """
    listed, found = [], []
    done: dict[object, list[date]] = {}
    rows, held = list(migrations), list(checks)
    years = [str(row["done_on"])[:4] for row in rows if not row.get("void_on")]
    years += [str(row["year"]) for row in held]
    for row in rows:
        day = day_of(row, "done_on", today)
        if not day:
            continue
        acts = {act: day_of(row, act, today) for act in ("reindexed_on", "registered_on")}
        listed.append({**row, **acts})
        if row.get("void_on"):
            continue
        done.setdefault(row["customer"], []).append(day)
        number = row["number"]
        found.append(owed("migrate.reindex", number, day, day, [acts["reindexed_on"]], today))
        due = numbers.due("migrate.register", day)
        found.append(owed("migrate.register", number, day, due, [acts["registered_on"]], today))
    for customer in customers:
        found += _yearly(customer, done.get(customer["name"], []), today, numbers, live)
    if not live and not years:
        return listed, found
    begin = first_full(live, 12).year if live else int(min(years))
    return listed, found + _checks(begin, held, today)


def due_in(customer: Row, year: int, numbers: Numbers = WRITTEN) -> bool:
    """Whether a hospital's data are to be migrated in a year."""
    january, since = date(year, 1, 1), customer.get("running_since")
    if str(customer.get("level")) != str(numbers.setting(january, "migrate.level")):
        return False
    if customer.get("void_on") or not isinstance(since, date):
        return False
    return months_after(since, 12 * numbers.setting(january, "migrate.years")) <= january


def _yearly(
    customer: Row, done: Iterable[date], today: date, numbers: Numbers, live: date | None
) -> list[Answer]:
    days = list(done)
    since = customer.get("running_since")
    begin = first_full(live, 12).year if live else since.year if isinstance(since, date) else today.year
    return [
        owed(
            "migrate.yearly",
            f"{customer['name']}-{year}",
            date(year, 1, 1),
            date(year, 12, 31),
            [day for day in days if day.year == year],
            today,
        )
        for year in range(begin, today.year + 1)
        if due_in(customer, year, numbers)
    ]


def _checks(begin: int, checks: Iterable[Row], today: date) -> list[Answer]:
    """Every December from that of the first migration or check on is owed one."""
    held = [row for row in checks if day_of(row, "on", today)]
    return [
        owed(
            "migrate.check",
            str(year),
            date(year, 12, 1),
            date(year, 12, 31),
            [first_of(*(day_of(row, "on", today) for row in held if str(row["year"]) == str(year)))],
            today,
        )
        for year in range(begin, today.year + 1)
        if date(year, 12, 1) <= today
    ]


if __name__ == "__main__":
    table, book, on = sys.argv[1:]
    answer = calculate(read(Path(table)), [], read(Path(book)), date.fromisoformat(on))
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str, indent=1)
