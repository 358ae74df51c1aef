"""A month as a calendar on a terminal: weeks as rows, Monday first, in each day what falls on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from svcq.locale import N_, _
from svcq.output.cells import fold, pad, width
from svcq.output.terminal import DIM, HEADER, OVERDUE, WIDTH, painted

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
WIDEST, GAP = 14, 2
"""Cells of a day at most, and between two days where there is room."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month: whether it is off, or worked unlike its weekday, and how much falls due on it."""

    day: date
    off: bool = False
    unlike: bool = False
    due: int = 0
    """Neither overdue nor done."""
    overdue: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    off: str
    worked: str
    overdue: str
    due: str
    done: str


SIGNS = _Words("-", "+", "{count}!", "{count}", "({count})")
"""For a narrow terminal; a line below the calendar explains them."""
Cell = list[tuple[str, str]]
"""The lines of a day: text and colour."""


def month_lines(
    days: Sequence[Day], today: date, room: int | None = None, colour: bool = False
) -> Iterator[str]:
    """The lines of the calendar of `days`, all of one month in order, at most `room` cells wide (None: a pipe).

    A terminal too narrow for seven days side by side gets a line for each day on which something falls.
    """
    words = _Words(_("off"), _("worked"), _("{count} over"), _("{count} due"), _("{count} done"))
    across, gap = room or WIDTH, GAP
    each = min(WIDEST, (across - 6 * gap) // 7)
    cells = {day.day: _cell(day, today, words) for day in days}
    if _widest(cells) > each:
        cells, gap = {day.day: _cell(day, today, SIGNS) for day in days}, 1
        each = (across - 6) // 7
        if _widest(cells) > each:
            yield from _listed(days, words, across)
            return
    heads = (pad(fold(_(name), each)[0], each) for name in WEEKDAYS)
    yield painted((" " * gap).join(heads).rstrip(), HEADER if colour else "")
    yield (" " * gap).join(["-" * each] * 7)
    for week in _weeks(days):
        yield from _week([cells.get(day, []) for day in week], each, gap, colour)
        yield ""
    if gap == 1:
        legend = _("- day off, + worked though it is a weekend or holiday, ! overdue, ( ) done")
        yield from fold(legend, across)


def _week(cells: Sequence[Cell], each: int, gap: int, colour: bool) -> Iterator[str]:
    """The lines of a week."""
    for number in range(max(map(len, cells))):
        shown = []
        for cell in cells:
            text, paint = cell[number] if number < len(cell) else ("", "")
            shown.append((painted(text, paint) if colour else text) + " " * (each - width(text)))
        yield (" " * gap).join(shown).rstrip()


def _weeks(days: Sequence[Day]) -> Iterator[list[date]]:
    """The days of each week that the month touches, from Monday on."""
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    while monday <= days[-1].day:
        yield [monday + timedelta(days=number) for number in range(7)]
        monday += timedelta(days=7)


def _widest(cells: Mapping[date, Cell]) -> int:
    return max(width(text) for cell in cells.values() for text, _paint in cell)


def _cell(day: Day, today: date, words: _Words) -> Cell:
    """Its number, in brackets if it is today, and below it how much falls on it."""
    number = f"[{day.day.day}]" if day.day == today else str(day.day.day)
    mark = words.off if day.off else words.worked if day.unlike else ""
    head = f"{number} {mark}" if mark else number
    return [(head, DIM if day.off else HEADER if day.day == today else ""), *_counts(day, words)]


def _counts(day: Day, words: _Words) -> Cell:
    counts = (
        (day.overdue, words.overdue, OVERDUE),
        (day.due, words.due, ""),
        (day.done, words.done, DIM),
    )
    return [(form.format(count=count), paint) for count, form, paint in counts if count]


def _listed(days: Sequence[Day], words: _Words, across: int) -> Iterator[str]:
    """A line for each day with anything on it."""
    for day in days:
        if counts := [text for text, _paint in _counts(day, words)]:
            yield from fold(f"{day.day} {', '.join(counts)}", max(2, across))
