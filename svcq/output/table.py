"""A listing on a terminal: padded lines under a header, as wide as the terminal, nothing in the data obeyed.

The lines are made here and not by rich.Table: 100,000 rows take seconds, not minutes.
"""

from collections.abc import Iterator, Sequence

from svcq.locale import N_, _
from svcq.output.cells import fold, pad, width
from svcq.output.layout import GAP, Plan, arrange, need, titles
from svcq.output.markdown import RIGHT
from svcq.output.shape import Column, Listing, Row
from svcq.output.stack import stacked
from svcq.output.terminal import HEADER, LATE, OVERDUE, painted
from svcq.output.values import human

DROPPED = N_("not shown at this width: {columns}; --columns or -f csv shows them")
TALL = 6
"""Lines of a folded cell; what is longer ends in an ellipsis (never a number, a date or a code)."""
PAINTS = {"overdue": OVERDUE, "stale": OVERDUE, "late": LATE}


def table_lines(
    listing: Listing,
    columns: Sequence[Column],
    rows: Sequence[Row],
    room: int | None,
    *,
    colour: bool = False,
    dropped: list[str] | None = None,
) -> Iterator[str]:
    """The lines of the table of `rows`, at most `room` cells wide (None: as wide as they are).

    The keys of the columns that did not fit are added to `dropped`. Where even those that must be shown do
    not fit side by side, every row is shown as lines `title: value`.
    """
    heads = [_(column.title) for column in columns]
    texts = [_texts(column, rows) for column in columns]
    sizes = [list(map(width, column)) for column in texts]
    paints = [PAINTS.get(str(row.get(listing.alarm)), "") for row in rows] if colour else []
    widest = [max(column, default=0) for column in sizes]
    natural = tuple(max(width(head), size) for head, size in zip(heads, widest, strict=True))
    plan: Plan | None = Plan(tuple(range(len(columns))), natural)
    if room is not None and sum(natural) + GAP * (len(natural) - 1) > room:
        needs = [need(*each) for each in zip(columns, heads, texts, widest, strict=True)]
        plan = arrange([column.drop for column in columns], needs, room)
    if plan is None:
        yield from _stack(listing, columns, heads, texts, paints, room)
        return
    if dropped is not None:
        dropped += [column.key for i, column in enumerate(columns) if i not in plan.shown]
    shown = [columns[i] for i in plan.shown]
    rights = [column.type in RIGHT for column in shown]
    for line in zip(*titles([heads[i] for i in plan.shown], plan.widths), strict=True):
        cells = map(pad, line, plan.widths, rights)
        yield painted((" " * GAP).join(cells).rstrip(), HEADER if colour else "")
    yield (" " * GAP).join("-" * cells for cells in plan.widths)
    further: dict[int, dict[int, list[str]]] = {}
    body = []
    for place, i in enumerate(plan.shown):
        marks = paints if columns[i].key == listing.alarm else []
        body.append(_cells(texts[i], sizes[i], plan.widths[place], rights[place], marks, place, further))
    for number, cells_of_row in enumerate(zip(*body, strict=True)):
        yield (" " * GAP).join(cells_of_row).rstrip()
        if number in further:
            yield from _continued(further[number], plan.widths)


def _texts(column: Column, rows: Sequence[Row]) -> list[str]:
    shown, key = human(column), column.key
    return [shown(row.get(key)) for row in rows]


def _cells(
    texts: list[str],
    sizes: list[int],
    room: int,
    right: bool,
    paints: list[str],
    place: int,
    further: dict[int, dict[int, list[str]]],
) -> list[str]:
    """The first line of each cell of a column, padded to `room`; the lines that follow go to `further`."""
    cells = []
    for number, (text, size) in enumerate(zip(texts, sizes, strict=True)):
        if size > room:
            text, *rest = _folded(text, room)
            size = width(text)
            further.setdefault(number, {})[place] = rest
        blanks = " " * (room - size)
        if paints:
            text = painted(text, paints[number])
        cells.append(blanks + text if right else text + blanks)
    return cells


def _folded(text: str, room: int) -> list[str]:
    lines = fold(text, room)
    if len(lines) > TALL:
        last = fold(lines[TALL - 1], room - 1)[0] if room > 2 else ""
        lines[TALL - 1 :] = [last + "…"]
    return lines


def _continued(cells: dict[int, list[str]], widths: Sequence[int]) -> Iterator[str]:
    for number in range(max(map(len, cells.values()))):
        line = []
        for place, room in enumerate(widths):
            lines = cells.get(place, [])
            line.append(pad(lines[number] if number < len(lines) else "", room))
        yield (" " * GAP).join(line).rstrip()


def _stack(
    listing: Listing,
    columns: Sequence[Column],
    heads: list[str],
    texts: list[list[str]],
    paints: list[str],
    room: int | None,
) -> Iterator[str]:
    for number in range(len(texts[0])):
        if number:
            yield ""
        pairs = []
        for column, head, cells in zip(columns, heads, texts, strict=True):
            paint = paints[number] if paints and column.key == listing.alarm else ""
            pairs.append((head, cells[number], paint))
        yield from stacked(pairs, room)


def dropped_lines(dropped: Sequence[str], room: int | None, words: str = DROPPED) -> list[str]:
    """The line that names the columns left out, folded to `room`; none when nothing was."""
    if not dropped or room is None:
        return []
    return fold(_(words).format(columns=", ".join(dropped)), room)
