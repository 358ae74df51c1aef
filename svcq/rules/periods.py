"""Months, quarters and years as periods of a rule: where they begin when the company goes live, one after the other."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_QUARTER = re.compile(r"([0-9]{4})[Qq]([1-4])")
_YEAR = re.compile(r"[0-9]{4}")
_YEARS = range(1950, 2200)
"""The years in which records have their dates; a period of another one is a slip."""


@dataclass(frozen=True, slots=True)
class Span:
    """A month named like `2026-10`, a quarter like `2026Q4`, or a year like `2026`: its first and last day."""

    name: str
    first: date
    last: date


def months(first: date, until: date) -> Iterator[Span]:
    """Every month from that of `first` to that of `until`."""
    return _spans(first.replace(day=1), until, _month)


def quarters(first: date, until: date) -> Iterator[Span]:
    """Every quarter from that of `first` to that of `until`."""
    return _spans(quarter_of(first).first, until, quarter_of)


def years(first: date, until: date) -> Iterator[Span]:
    """Every year from that of `first` to that of `until`."""
    return _spans(date(first.year, 1, 1), until, year_of)


def first_month(first_record: date | None, live_from: date | None) -> date | None:
    """Where a monthly rule begins: the first full month from `live_from` on, else the first record's month."""
    return _begin(first_record, live_from, _month)


def first_quarter(first_record: date | None, live_from: date | None) -> date | None:
    """Where a quarterly rule begins: the first full quarter from `live_from` on, else the first record's quarter."""
    return _begin(first_record, live_from, quarter_of)


def first_year(first_record: date | None, live_from: date | None) -> date | None:
    """Where a yearly rule begins: the first full year from `live_from` on, else the first record's year."""
    return _begin(first_record, live_from, year_of)


def quarter_of(day: date) -> Span:
    """The quarter of a day."""
    number = (day.month + 2) // 3
    last = 3 * number
    return Span(
        f"{day.year:04d}Q{number}",
        date(day.year, last - 2, 1),
        date(day.year, last, monthrange(day.year, last)[1]),
    )


def year_of(day: date) -> Span:
    """The year of a day."""
    return Span(f"{day.year:04d}", date(day.year, 1, 1), date(day.year, 12, 31))


def quarter_named(name: str) -> Span | None:
    """The quarter of a name like `2026Q4`; None if that is none."""
    found = _QUARTER.fullmatch(name)
    if found is None or int(found[1]) not in _YEARS:
        return None
    return quarter_of(date(int(found[1]), 3 * int(found[2]), 1))


def year_named(name: str) -> Span | None:
    """The year of a name like `2026`; None if that is none."""
    if not _YEAR.fullmatch(name) or int(name) not in _YEARS:
        return None
    return year_of(date(int(name), 1, 1))


def quarter_before(quarter: Span) -> Span:
    """The quarter before."""
    return quarter_of(quarter.first - _DAY)


def _month(day: date) -> Span:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return Span(f"{day:%Y-%m}", day.replace(day=1), last)


def _spans(day: date, until: date, of: Callable[[date], Span]) -> Iterator[Span]:
    while day <= until:
        span = of(day)
        yield span
        day = span.last + _DAY


def _begin(first_record: date | None, live_from: date | None, of: Callable[[date], Span]) -> date | None:
    if live_from is None:
        return first_record
    span = of(live_from)
    return live_from if live_from == span.first else span.last + _DAY
