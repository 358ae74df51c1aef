"""Months as periods of a rule: where they begin when the company goes live, and one after the other."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Month:
    """A month, named like `2026-10`."""

    name: str
    first: date
    last: date


def months(first: date, until: date) -> Iterator[Month]:
    """Every month from that of `first` to that of `until`."""
    day = first.replace(day=1)
    while day <= until:
        last = day.replace(day=monthrange(day.year, day.month)[1])
        yield Month(f"{day:%Y-%m}", day, last)
        day = last + _DAY


def first_month(first_record: date | None, live_from: date | None) -> date | None:
    """Where a monthly rule begins: the first full month from `live_from` on, else the first record's month."""
    if live_from is None:
        return first_record
    if live_from.day == 1:
        return live_from
    return live_from.replace(day=monthrange(live_from.year, live_from.month)[1]) + _DAY
