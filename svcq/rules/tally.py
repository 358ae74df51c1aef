"""Counting time: the arithmetic of working days over tables of years, whoever says which days are worked.

A year's table is built when first asked for: for each day the number of working days before it, and the
working days in order. A question is then one or two look-ups, and one step for each year in between.
"""

from array import array
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date
from itertools import accumulate, compress

from svcq.errors import Usage

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def outside(day: date) -> Usage:
    """The error of a count from `day` that leaves the years 1 to 9999."""
    return Usage("{day}: counting from here leaves the years 1 to 9999", day=day)


def days_of(year: int) -> list[date]:
    """The days of a year in order."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [date.fromordinal(ordinal) for ordinal in range(first, last + 1)]


class _Year:
    """One year's table. Days are proleptic ordinals, working days numbered from 1."""

    __slots__ = ("count", "days", "first", "rank")

    def __init__(self, year: int, flags: bytearray) -> None:
        self.first = date(year, 1, 1).toordinal()
        self.rank = array("H", accumulate(flags, initial=0))
        self.days = array("i", compress(range(self.first, self.first + len(flags)), flags))
        self.count = len(self.days)


class Tally:
    """Working days, counted."""

    def __init__(self, flags: Callable[[int], bytearray]) -> None:
        """`flags`: for a year, a 1 for each working day and a 0 for each day off, from 1 January on."""
        self._flags_of = flags
        self._years: dict[int, _Year] = {}

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        year = self._years.get(day.year) or self._table(day.year)
        at = day.toordinal() - year.first
        return year.rank[at] != year.rank[at + 1]

    def next_workday(self, day: date) -> date:
        """`day` itself if it is worked, else the first working day after it; Usage after the year 9999."""
        year = self._years.get(day.year) or self._table(day.year)
        at = day.toordinal() - year.first
        number = year.rank[at]
        if number != year.rank[at + 1]:
            return day
        return date.fromordinal(year.days[number]) if number < year.count else self._walk(day, number + 1)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it for a negative n; 0 stays, on a day off too.

        Usage if that leaves the years 1 to 9999.
        """
        if not n:
            return day
        year = self._years.get(day.year) or self._table(day.year)
        ordinal = day.toordinal()
        at = ordinal - year.first
        number = year.rank[at + 1] + n if n > 0 else year.rank[at] + n + 1
        if 0 < number <= year.count:
            return date.fromordinal(year.days[number - 1])
        if not _FIRST <= ordinal + n <= _LAST:
            raise outside(day)
        return self._walk(day, number)

    def count(self, a: date, b: date) -> int:
        """The working days after `a` up to and including `b`; for b < a minus those from `b` to before `a`.

        So count(a, add(a, n)) == n for every n, and count(b, a) == -count(a, b) if both or neither is worked.
        """
        after = int(a <= b)
        number = self._number(b, after) - self._number(a, after)
        for year in range(a.year, b.year):
            number += self._table(year).count
        for year in range(b.year, a.year):
            number -= self._table(year).count
        return number

    def _number(self, day: date, after: int) -> int:
        """The working days of the year before `day`; after = 1: up to it."""
        year = self._table(day.year)
        return year.rank[day.toordinal() - year.first + after]

    def _walk(self, day: date, number: int) -> date:
        """The working day of that number, counted from 1 January of the year of `day`, in any year."""
        at = day.year
        year = self._table(at)
        while number > year.count:
            number -= year.count
            at += 1
            if at > MAXYEAR:
                raise outside(day)
            year = self._table(at)
        while number < 1:
            at -= 1
            if at < MINYEAR:
                raise outside(day)
            year = self._table(at)
            number += year.count
        return date.fromordinal(year.days[number - 1])

    def _table(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = _Year(year, self._flags_of(year))
        return found
