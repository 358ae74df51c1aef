"""Numbers of records: the next one by the policy's pattern, and those near one that is not known; both look at few."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import func, select

from svcq.processes.work import Work
from svcq.rules.matching import near

NEIGHBOURS = 200
"""So many numbers at most are compared with one that is not known."""
LIKENESS = 80
LONGEST = 60
"""Letters of a number that is not known by which its neighbours are looked for."""
WIDEST = 12
"""Digits of a number with its leading zeros."""
_ZEROS = re.compile(r"(.{0,60}?)0*([0-9]{1,12})")


def following(work: Work, column: Any, pattern: str, reserved: Iterable[str] = ()) -> Callable[[], str]:  # noqa: ANN401
    """Gives the next number by a pattern such as `X{year}-{n:04d}` at each call: one more than the highest there is.

    `column`: of the numbers; `reserved`: numbers that are about to be used by others.
    """
    before, _, rest = pattern.partition("{n")
    form, _, after = rest.partition("}")
    start, end = before.format(year=work.today.year), after.format(year=work.today.year)
    taken = frozenset(reserved)
    numbers = _unused(work, column, start, end, int(form.strip(":0d") or 1))

    def name() -> str:
        made = (pattern.format(year=work.today.year, n=n) for n in numbers)
        return next(one for one in made if one not in taken)

    return name


def _unused(work: Work, column: Any, start: str, end: str, digits: int) -> Iterator[int]:  # noqa: ANN401
    """Each n after the highest of so many digits, then those after the highest of one digit more, and so on."""
    least = 1
    while True:
        yield from range(max(least, _highest(work, column, start, end, digits) + 1), 10**digits)
        least, digits = 10**digits, digits + 1


def _highest(work: Work, column: Any, start: str, end: str, digits: int) -> int:  # noqa: ANN401
    """The highest n of so many digits in a number `start` n `end`: of one length they are in order as texts too."""
    counted = (column >= f"{start}0") & (column < f"{start}:")
    long = func.length(column) == len(start) + digits + len(end)
    with work.session.scalars(select(column).where(counted, long).order_by(column.desc())) as found:
        return next((n for text in found if (n := _counted(text, start, end)) is not None), 0)


def _counted(text: str, start: str, end: str) -> int | None:
    """The n of a number; None if there is something else in its place."""
    middle = text[len(start) : len(text) - len(end)]
    return int(middle) if text.endswith(end) and middle.isascii() and middle.isdecimal() else None


def neighbours(work: Work, column: Any, number: str) -> list[str]:  # noqa: ANN401
    """The known numbers most like one that is not, looked for among those that begin as it does.

    Those that differ in leading zeros alone are among them: people leave them out.
    """
    known: dict[str, None] = {}
    if found := _ZEROS.fullmatch(number):
        alike = [found[1] + found[2].zfill(digits) for digits in range(1, WIDEST)]
        known |= dict.fromkeys(work.session.scalars(select(column).where(column.in_(alike))))
    for length in range(min(len(number), LONGEST), 0, -1):
        start = number[:length]
        among = (column >= start) & (column < f"{start}\U0010ffff")
        first = select(column).where(among).order_by(column).limit(NEIGHBOURS)
        known |= dict.fromkeys(work.session.scalars(first))
        if len(known) >= NEIGHBOURS:
            break
    return near(number, known, likeness=LIKENESS)
