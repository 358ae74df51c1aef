"""Which columns of a table fit a terminal and how wide each is; numbers, dates and codes are never cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from svcq.output.cells import fold, longest_run, width
from svcq.output.shape import Column

GAP = 2
"""Cells between two columns."""
TEXT = 12
"""Cells to which a column of text is folded before a column is dropped: six Chinese characters."""
RUN = 24
"""Cells up to which a run of Latin in a text, such as a contract's number, is kept whole."""
TITLE = 4
"""Cells to which a title is folded: two Chinese characters."""


@dataclass(frozen=True, slots=True)
class Need:
    """The cells a column would like, those it is still readable with, and those it cannot do without."""

    natural: int
    least: int
    hard: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns shown, by their index, and the cells of each."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]


def need(column: Column, title: str, texts: Sequence[str], widest: int) -> Need:
    """What `column` needs; `texts` are its cells as shown, `widest` the cells of the widest of them."""
    whole = width(title)
    head = max(longest_run(title), min(whole, TITLE))
    natural = max(whole, widest)
    if column.type != "text":
        return Need(natural, max(widest, head), max(widest, 2))
    run = 0
    for text in texts:
        if len(text) > run and run < RUN:
            run = max(run, longest_run(text))
    run = min(run, RUN)
    return Need(natural, max(head, min(widest, TEXT), run), max(2, run))


def arrange(drops: Sequence[int], needs: Sequence[Need], room: int) -> Plan | None:
    """How the columns share `room` cells; None if even those that may not be dropped do not fit side by side.

    Text is folded first, then the column with the highest of `drops` (see `Column.drop`) goes, of equals the
    last.
    """
    shown = list(range(len(needs)))
    while True:
        if widths := share([(needs[i].least, needs[i].natural) for i in shown], room):
            return Plan(tuple(shown), widths)
        candidates = [i for i in shown if drops[i] > 0]
        if not candidates or len(shown) == 1:
            break
        shown.remove(max(candidates, key=lambda i: (drops[i], i)))
    widths = share([(needs[i].hard, needs[i].natural) for i in shown], room)
    return Plan(tuple(shown), widths) if widths else None


def share(bounds: Sequence[tuple[int, int]], room: int) -> tuple[int, ...] | None:
    """Widths from least to natural that fill `room` with the gaps, the widest giving way first, if they can."""
    room -= GAP * (len(bounds) - 1)
    if sum(least for least, _ in bounds) > room:
        return None
    low, high = 0, max((natural for _, natural in bounds), default=0)
    while low < high:  # the highest level at which everything fits
        level = (low + high + 1) // 2
        if sum(max(least, min(natural, level)) for least, natural in bounds) <= room:
            low = level
        else:
            high = level - 1
    widths = [max(least, min(natural, low)) for least, natural in bounds]
    spare = room - sum(widths)
    for i, (_, natural) in enumerate(bounds):
        if spare and widths[i] < natural:
            widths[i] += 1
            spare -= 1
    return tuple(widths)


def _even(title: str, room: int) -> list[str]:
    """`title` on as few lines as `room` allows, the lines about as long as each other, and no word cut for that."""
    lines, least = fold(title, room), max(2, longest_run(title))
    while len(lines) > 1 and room > least and len(closer := fold(title, room - 1)) == len(lines):
        lines, room = closer, room - 1
    return lines


def titles(texts: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The titles folded to their columns, all with as many lines, the blank ones on top."""
    folded = [_even(text, max(2, room)) for text, room in zip(texts, widths, strict=True)]
    height = max(map(len, folded), default=1)
    return [[""] * (height - len(lines)) + lines for lines in folded]
