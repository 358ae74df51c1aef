"""What the second calculators of chapters 一 and 三 share: sheets with machine headers, periods, and how things stand."""

import csv
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.independent import DAY, roll, works

Row = dict[str, object]
Answer = dict[str, object]


def read(path: Path) -> list[Row]:
    """The rows of a CSV file with machine headers: ISO days as dates, None for nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: _value(key, cell) for key, cell in row.items()} for row in csv.DictReader(file)]


def _value(key: str, cell: str) -> object:
    if not cell:
        return None
    return date.fromisoformat(cell) if is_day(key) else cell


def is_day(key: str) -> bool:
    """Whether a field of that name holds a day."""
    return key in ("on", "from", "until", "free_from", "free_until") or key.endswith("_on")


def day_of(row: Row, key: str, today: date) -> date | None:
    """The day of an act; None where it is not known yet on `today`, or not there at all."""
    day = row.get(key)
    return day if isinstance(day, date) and day <= today else None


def all_in(*days: date | None) -> date | None:
    """The day on which the last of several things is there; None as long as one is missing."""
    known = [day for day in days if day]
    return max(known) if len(known) == len(days) else None


def first_of(*days: date | None) -> date | None:
    """The day of the first of several things; None if there is none."""
    return min((day for day in days if day), default=None)


def days_after(start: date, days: int) -> date:
    """The end of a period in days: a day off moves it on to the next working day."""
    return roll(start + days * DAY)


def working_days_after(start: date, days: int) -> date:
    """The n-th working day after `start`."""
    day = start
    while days:
        day += DAY
        days -= works(day)
    return day


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day; a day off stays."""
    year, month = start.year, start.month + months
    while month > 12:
        year, month = year + 1, month - 12
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def owed(
    rule: str, number: object, starts: date, due: date, acts: Iterable[date | None], today: date
) -> Answer:
    """An obligation as it stands on `today`; the first of the acts that have happened by then meets it."""
    met = first_of(*(act for act in acts if act and act <= today))
    until = met or today
    state = ("late" if until > due else "met") if met else ("overdue" if until > due else "open")
    return {
        "rule": rule,
        "number": number,
        "starts_on": starts,
        "due_on": due,
        "met_on": met,
        "state": state,
        "days_overdue": max(0, (until - due).days),
    }
