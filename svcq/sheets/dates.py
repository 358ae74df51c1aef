"""Dates as people keep them in sheets: serials, eight digits, dots, Chinese, a time behind; never a guess."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from svcq.errors import RowsRefused
from svcq.sheets.text import plain

DateOrder = Literal["ymd", "mdy", "dmy"]
ORDERS: tuple[DateOrder, ...] = ("ymd", "mdy", "dmy")

LONGEST = 60
"""More characters are no date, however they are read."""
FIRST_YEAR, LAST_YEAR = 1950, 2199
SERIAL_YEARS = (1990, 2100)
"""A bare number of other years is more likely an amount than a day."""
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

_CLOCK = re.compile(
    r"[ T]*(?P<early>上午|下午|am|pm)? ?(?P<hour>\d{1,2})[:时](?P<minute>\d{1,2})"
    r"(?:[:分](?:(?P<second>\d{1,2})(?:[.,](?P<fraction>\d+))?秒?)?)?"
    r" ?(?P<late>am|pm)? ?(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$",
    re.I,
)
"""A time of day behind a date."""
_WEEKDAY = re.compile(r" *\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
_YEAR_FIRST = re.compile(
    r"(\d{4})(?: *[-./\\] *| *年 *)(\d{1,2})(?: *[-./\\] *| *月 *)(\d{1,2})(?: *[日号])?\.?"
)
_YEAR_LAST = re.compile(r"(\d{1,2}) *[-./\\] *(\d{1,2}) *[-./\\] *(\d{4})")
_NAMED = re.compile(
    r"(\d{1,2})[- /.]*([a-z]{3,9})[- /.,]*(\d{4})|([a-z]{3,9})[- /.]*(\d{1,2})[- /.,]+(\d{4})", re.I
)
_SHORT_YEAR = re.compile(r"'?\d{1,2} *[-./年] *\d{1,2} *[-./月] *\d{1,2} *日?|\d{1,2}-[a-z]{3}-\d{2}", re.I)
_NO_DAY = re.compile(r"\d{4}(?: *[-./] *\d{1,2}| *年(?: *\d{1,2} *月(?:份)?)?)?|\d{6}")
_NO_YEAR = re.compile(r"\d{1,2} *[-./月] *\d{1,2} *[日号]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def from_date(day: date) -> date:
    """`day` itself (a moment loses its time); RowsRefused outside 1950..2199."""
    if isinstance(day, datetime):
        day = day.date()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RowsRefused("{value} is not between the years 1950 and 2199", value=day.isoformat())
    return day


def from_number(number: float, epoch: date = EPOCH_1900) -> date:
    """The day of an Excel serial (a part of a day is a time and goes), or of 20110305; else RowsRefused."""
    if number != number or number in (float("inf"), float("-inf")):
        raise RowsRefused("{value} is not a date", value=number)
    whole = int(number)
    if 19_000_101 <= whole <= 21_991_231 and whole == number:
        return _build(whole // 10_000, whole // 100 % 100, whole % 100, str(whole))
    if FIRST_YEAR <= whole <= LAST_YEAR or 195_001 <= whole <= 210_012:
        raise RowsRefused("{value} is not a whole date: year, month and day are needed", value=f"{number:g}")
    if 0 < whole < 150_000:
        day = epoch + timedelta(days=whole)
        if SERIAL_YEARS[0] <= day.year <= SERIAL_YEARS[1]:
            return day
    raise RowsRefused("{value} is not a date", value=f"{number:.12g}")


def from_text(text: str, order: DateOrder | None = None, epoch: date = EPOCH_1900) -> date:
    """The day that `text` names, whatever its shape; RowsRefused when it is none, incomplete or ambiguous."""
    if len(text) > LONGEST:
        raise RowsRefused("{value} is not a date", value=plain(text[:LONGEST]))
    seen = plain(text)
    bare = _without_time(seen)
    if found := _YEAR_FIRST.fullmatch(bare):
        return _build(int(found[1]), int(found[2]), int(found[3]), seen)
    if _NUMBER.fullmatch(bare) and not _NO_DAY.fullmatch(bare):
        return from_number(float(bare), epoch)
    if found := _YEAR_LAST.fullmatch(bare):
        return _ordered(int(found[1]), int(found[2]), int(found[3]), order, seen)
    if found := _NAMED.fullmatch(bare):
        month = (found[2] or found[4])[:3].casefold()
        if month in _MONTHS:
            day, year = int(found[1] or found[5]), int(found[3] or found[6])
            return _build(year, _MONTHS.index(month) + 1, day, seen)
    if _NO_DAY.fullmatch(bare) or _NO_YEAR.fullmatch(bare):
        raise RowsRefused("{value} is not a whole date: year, month and day are needed", value=seen)
    if _SHORT_YEAR.fullmatch(bare):
        raise RowsRefused("{value}: write the year with four digits", value=seen)
    raise RowsRefused("{value} is not a date", value=seen)


def clock_of(seen: str) -> re.Match[str] | None:
    """The time of day behind a date: groups early, hour, minute, second, fraction, late, zone; None: there is none."""
    return _CLOCK.search(seen) if ":" in seen or "时" in seen else None


def _without_time(seen: str) -> str:
    clock = clock_of(seen)
    return _WEEKDAY.sub("", seen[: clock.start()] if clock else seen).strip()


def order_of(cells: Iterable[object]) -> DateOrder | tuple[str, str] | None:
    """The order that a column's own cells prove (25/12/2026: dmy), two cells that contradict, or None."""
    proof: dict[DateOrder, str] = {}
    for cell in cells:
        if type(cell) is not str or not 8 <= len(cell) <= LONGEST or cell[:4].isdigit():
            continue
        seen = plain(cell)
        found = _YEAR_LAST.fullmatch(_without_time(seen))
        if found and int(found[1]) > 12 >= int(found[2]):
            proof.setdefault("dmy", seen)
        elif found and int(found[2]) > 12 >= int(found[1]):
            proof.setdefault("mdy", seen)
    if len(proof) == 2:
        return proof["dmy"], proof["mdy"]
    return next(iter(proof), None)


def is_year_last(text: str) -> bool:
    """Whether `text` is written like 03/04/2026, so that its order matters."""
    return _YEAR_LAST.fullmatch(_without_time(plain(text))) is not None


def _ordered(first: int, second: int, year: int, order: DateOrder | None, seen: str) -> date:
    if order == "dmy":
        return _build(year, second, first, seen)
    if order == "mdy":
        return _build(year, first, second, seen)
    if order is None and first == second:
        return _build(year, first, second, seen)
    if order is None and 12 < first <= 31 and second <= 12:
        return _build(year, second, first, seen)
    if order is None and 12 < second <= 31 and first <= 12:
        return _build(year, first, second, seen)
    if order is None and first <= 12 and second <= 12:
        raise RowsRefused("{value} is ambiguous: say --date-order dmy or mdy", value=seen)
    raise RowsRefused("{value} is not a date in the order {order}", value=seen, order=order or "ymd")


def _build(year: int, month: int, day: int, seen: str) -> date:
    try:
        built = date(year, month, day)
    except ValueError:
        raise RowsRefused("{value}: there is no such day", value=seen) from None
    return from_date(built)
