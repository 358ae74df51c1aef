"""Days, months and spans as people type them on a command line."""

import re
from calendar import monthrange
from datetime import date, timedelta

from svcq.errors import Usage
from svcq.locale import _

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
OFFSET = re.compile(r"([+-])(\d{1,6})([dwmy])")
SPAN = re.compile(r"(\d{1,5})([dwm]?)")
CENTURY = 36525
"""Days; a span is shorter."""
MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def day(text: str, today: date, option: str) -> date:
    """The day meant by `text`, e.g. 2026-11-23, 20261123, 2026年11月23日, today, yesterday, +3d, -1m.

    Usage naming `option` if it is none.
    """
    word = text.strip().lower()
    named = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
    try:
        if word in named:
            return today + timedelta(days=named[word])
        if found := OFFSET.fullmatch(word):
            return _in_reach(_moved(today, int(found[1] + found[2]), found[3]))
        if found := DAY.fullmatch(word):
            year, month, of_month = (int(part) for part in found.groups() if part)
            return _in_reach(date(year, month, of_month))
    except (ValueError, OverflowError) as error:
        raise Usage(
            "{option}: {text} is no day of the calendar", option=_(option), text=repr(text)
        ) from error
    raise Usage(
        "{option}: {text} is no date; write it as 2026-11-23, today or +3d", option=_(option), text=repr(text)
    )


def _in_reach(day: date) -> date:
    """`day` itself; ValueError outside 1950 to 2199, where counting from it could leave the calendar."""
    if not 1950 <= day.year < 2200:
        raise ValueError
    return day


def _moved(today: date, amount: int, unit: str) -> date:
    if unit in "dw":
        return today + timedelta(days=amount * (7 if unit == "w" else 1))
    from dateutil.relativedelta import relativedelta

    return today + relativedelta(months=amount * (12 if unit == "y" else 1))


def span(text: str, option: str) -> int:
    """The days in `7d`, `2w`, or plain `7`; a month counts 30. Usage naming `option` if it is none."""
    found = SPAN.fullmatch(text.strip().lower())
    days = int(found[1]) * {"": 1, "d": 1, "w": 7, "m": 30}[found[2]] if found else CENTURY
    if days >= CENTURY:
        raise Usage(
            "{option}: {text} is no number of days; write it as 7d or 2w", option=_(option), text=repr(text)
        )
    return days


def month(text: str, option: str) -> tuple[str, date, date]:
    """A month such as 2026-10: its name, first and last day. Usage naming `option` if it is none."""
    found = MONTH.fullmatch(text.strip())
    try:
        year, number = (int(found[1]), int(found[2])) if found else (0, 0)
        first = _in_reach(date(year, number, 1))
    except ValueError as error:
        raise Usage(
            "{option}: {text} is no month; write it as 2026-10", option=_(option), text=repr(text)
        ) from error
    return f"{first:%Y-%m}", first, first.replace(day=monthrange(year, number)[1])
