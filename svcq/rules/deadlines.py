"""Counting time (Civil Code art. 201-203): when a counted period ends, and how one gets there."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from svcq.policy.model import Period, Unit
from svcq.rules.tally import outside
from svcq.rules.workdays import Calendar, Language, Reason

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A period's end. `rolled`: moved off a day off; `provisional`: it rests on `years` not yet published."""

    start: date
    amount: int
    unit: Unit
    rolled: bool
    due: date
    provisional: bool
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the way to the end. `counted`: it is one of the period's own."""

    date: date
    counted: bool
    why: Reason


def due(start: date, period: Period, calendar: Calendar) -> Due:
    """The last day of a period that begins on `start`, not counted itself; backwards for a negative amount.

    Months end on the same day of their month, or on its last. Days and months that end on a day off go on to
    the next working day (forward, for negative ones too) if the period rolls. An amount of 0 stays put.
    In doubt are working days through a year that is not published, and a rolling end in one.
    Usage if the end is outside the years 1 to 9999.
    """
    amount, unit = period.amount, period.unit
    if not amount:
        return Due(start, 0, unit, False, start, False, ())
    if unit == "workdays":
        end = calendar.add(start, amount)
        years = (
            calendar.unpublished(start + _DAY, end) if amount > 0 else calendar.unpublished(end, start - _DAY)
        )
        return Due(start, amount, unit, False, end, bool(years), years)
    raw = _end(start, period)
    if not period.roll:
        return Due(start, amount, unit, False, raw, False, ())
    end = calendar.next_workday(raw)
    years = calendar.unpublished(raw, end)
    return Due(start, amount, unit, end != raw, end, bool(years), years)


def explain(start: date, period: Period, calendar: Calendar, language: Language = "en") -> list[Day]:
    """The days after `start` (before it, for a negative period) up to the due date, in the order walked.

    Of working days those worked are counted; of days and months every day to the period's own end. The days
    it then rolls through, and the working day it comes to rest on, are not: so in days and working days as
    many are counted as the amount says. A negative period that rolls goes forward again over days already
    listed. Usage as for `due`.
    """
    end = due(start, period, calendar).due
    workdays = period.unit == "workdays"
    raw = end if workdays or not period.amount else _end(start, period)
    way = [(day, not workdays or calendar.is_workday(day)) for day in _walk(start, raw)]
    way += [(day, False) for day in _walk(raw, end)]
    return [Day(day, counted, calendar.why(day, language)) for day, counted in way]


def _end(start: date, period: Period) -> date:
    """Where a period of days or months ends before any rolling."""
    if period.unit == "days":
        try:
            return start + timedelta(days=period.amount)
        except OverflowError:
            raise outside(start) from None
    years, month = divmod(start.month - 1 + period.amount, 12)
    year = start.year + years
    if not MINYEAR <= year <= MAXYEAR:
        raise outside(start)
    day = start.day if start.day < 29 else min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def _walk(start: date, end: date) -> list[date]:
    """The days after `start` towards `end`, which is the last; none if they are one."""
    step = 1 if end > start else -1
    return [start + timedelta(days=step * n) for n in range(1, abs((end - start).days) + 1)]
