"""Moments, months and quarters as people keep them in sheets: a day with the time behind it, or no day at all."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

from svcq.errors import RowsRefused
from svcq.rules.periods import quarter_of
from svcq.sheets.dates import (
    EPOCH_1900,
    FIRST_YEAR,
    LAST_YEAR,
    DateOrder,
    clock_of,
    from_date,
    from_number,
    from_text,
)
from svcq.sheets.text import plain

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_QUARTER = re.compile(
    r"(?P<year>\d{4}) *(?:[-./_] *|年度? *)?(?:Q *(?P<q>[1-4])|第? *(?P<n>[1-4一二三四]) *(?:季度|季))"
    r"|Q *(?P<first>[1-4]) *[-./ ]? *(?P<last>\d{4})",
    re.I,
)
_HAN_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_MONTH = re.compile(r"(\d{4})(?: *[-./] *| *年 *)?(\d{1,2})(?: *月(?:份)?)?")


def moment_of_cell(cell: date | float, epoch: date = EPOCH_1900) -> date | datetime:
    """The moment of a workbook's date or serial; a day alone where the time is midnight, which may be no time at all."""
    if isinstance(cell, datetime):
        return from_date(cell) if cell.time() == time() else datetime.combine(from_date(cell), cell.timetz())
    if isinstance(cell, date):
        return from_date(cell)
    day = from_number(cell, epoch)
    seconds = round((cell - int(cell)) * 86400)
    return (
        datetime.combine(day, time()) + min(timedelta(seconds=seconds), _DAY - _INSTANT) if seconds else day
    )


def moment_of_text(text: str, order: DateOrder | None = None, epoch: date = EPOCH_1900) -> date | datetime:
    """The day that `text` names, with the time of day and the zone behind it if there are any.

    RowsRefused where the day is none, incomplete or ambiguous, or the time is none.
    """
    if len(text) >= 16 and text[4] in "-/" and text[5].isdigit():  # as machines write it
        with suppress(ValueError):
            found = datetime.fromisoformat(text.replace("/", "-"))
            return datetime.combine(from_date(found), found.timetz())
    seen = plain(text)
    clock = clock_of(seen)
    if clock is None:
        day = from_text(text, order, epoch)
        number = re.fullmatch(r"\d{1,6}\.\d+", seen)
        return moment_of_cell(float(seen), epoch) if number else day
    said = clock.groupdict()
    half = (said["early"] or said["late"] or "").casefold()
    hour, minute, second = (int(said[part] or 0) for part in ("hour", "minute", "second"))
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "am") and hour == 12:
        hour = 0
    day = from_text(text, order, epoch)
    if (hour, minute, second) == (24, 0, 0):
        return datetime.combine(day, time.max)
    try:
        moment = datetime.combine(day, time(hour, minute, second))
    except ValueError:
        raise RowsRefused("{value}: there is no such time of day", value=seen) from None
    fraction = (said["fraction"] or "0")[:6]
    return moment.replace(microsecond=int(fraction.ljust(6, "0")), tzinfo=_zone(said["zone"]))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if ahead >= _DAY:
        return None
    return timezone(-ahead if text[0] == "-" else ahead)


def month_of(cell: object, epoch: date = EPOCH_1900) -> str:
    """`2026-10` for 2026-10, 2026/10, 2026年10月, 202610, and for any day of that month; else RowsRefused."""
    if isinstance(cell, date):
        return f"{from_date(cell):%Y-%m}"
    seen = plain(f"{cell:.12g}" if isinstance(cell, float | int) else str(cell))[:60]
    found = _MONTH.fullmatch(seen)
    if found and 1 <= int(found[2]) <= 12 and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return f"{found[1]}-{int(found[2]):02}"
    with suppress(RowsRefused):
        return f"{from_text(seen, None, epoch):%Y-%m}"
    raise RowsRefused("{value} is not a month: write it like 2026-10", value=seen)


def quarter_in(cell: object, epoch: date = EPOCH_1900) -> str:
    """`2026Q4` for 2026Q4, 2026-Q4, Q4 2026, 2026年第四季度, 2026年4季度, and for any day of it; else RowsRefused.

    A month (2026-04) is refused: some mean the fourth quarter by it.
    """
    if isinstance(cell, date):
        return quarter_of(from_date(cell)).name
    seen = plain(f"{cell:.12g}" if isinstance(cell, float | int) else str(cell))[:60]
    if found := _QUARTER.fullmatch(seen):
        digit = found["q"] or found["n"] or found["first"]
        year = found["year"] or found["last"]
        if FIRST_YEAR <= int(year) <= LAST_YEAR:
            return f"{year}Q{_HAN_DIGITS.get(digit, digit)}"
    with suppress(RowsRefused):
        return quarter_of(from_text(seen, None, epoch)).name
    raise RowsRefused("{value} is not a quarter: write it like 2026Q4", value=seen)
