"""The columns of a sheet, each parsed from top to bottom: much faster than cell by cell."""

from collections import defaultdict
from dataclasses import dataclass, field

from svcq.errors import RowsRefused, SvcqError
from svcq.sheets.cells import Parser, is_nothing, parser
from svcq.sheets.dates import order_of
from svcq.sheets.fill import fill
from svcq.sheets.grid import Grid, as_text, letters
from svcq.sheets.header import Header
from svcq.sheets.kind import DAYS, Field, Value
from svcq.sheets.limits import REFUSALS
from svcq.sheets.options import ReadOptions
from svcq.sheets.types import Context


class TooManyError(Exception):
    """Hardly anything in the sheet can be read."""


@dataclass(slots=True)
class Columns:
    """What stands under a header, by column; rows count from 0 at the first below it."""

    keys: list[str]
    values: list[list[Value]]
    """One list a key; None: nothing there, or refused."""
    bad: defaultdict[int, list[tuple[int, SvcqError]]] = field(default_factory=lambda: defaultdict(list))
    """Row -> 0-based column and why its cell cannot be read."""
    count: int = 0
    """Cells refused."""

    def refuse(self, row: int, column: int, why: SvcqError) -> None:
        """Note a cell that cannot be read; TooManyError beyond the limit."""
        self.bad[row].append((column, why))
        self.count += 1
        if self.count > REFUSALS:
            raise TooManyError


def parse(grid: Grid, header: Header, options: ReadOptions) -> Columns:
    """Every column that the header names, parsed; columns of one meaning become one."""
    fill(grid, header)
    body = grid.rows[header.row + 1 :]
    widest = max((column for columns in header.columns.values() for column in columns), default=0)
    if min(map(len, body), default=0) <= widest:
        body = [row if len(row) > widest else [*row, *[""] * (widest + 1 - len(row))] for row in body]
    found = Columns([], [])
    for key, places in header.columns.items():
        found.keys.append(key)
        for place in places:
            cells = [row[place] for row in body]
            read = parser(header.kind.field(key), _context(grid, header, key, place, cells, options))
            values = _column(cells, read, place, found)
            if place == places[0]:
                found.values.append(values)
            else:
                _join(found, values, header.kind.field(key), places[0], place)
    for one in header.kind.fields:
        if one.instead in header.columns:
            _stand_in(found, one, body, header.columns[one.instead][0])
    return found


def _stand_in(found: Columns, one: Field, body: list[list[object]], place: int) -> None:
    """Where a field says nothing, take the words in the column of another, as they stand there."""
    if one.key not in found.keys:
        found.keys.append(one.key)
        found.values.append([None] * len(body))
    values = found.values[found.keys.index(one.key)]
    for row, cells in enumerate(body):
        if values[row] is None and cells[place] != "":
            text = as_text(cells[place])
            if not is_nothing(text):
                values[row] = text.partition("\n")[0][: one.longest].strip()


def _column(cells: list[object], read: Parser, place: int, found: Columns) -> list[Value]:
    try:
        return list(map(read.__getitem__, cells))
    except RowsRefused:
        pass  # cell by cell then, to find them all
    values: list[Value] = []
    for row, cell in enumerate(cells):
        try:
            values.append(read[cell])
        except RowsRefused as why:
            values.append(None)
            found.refuse(row, place, why.with_traceback(None))  # a traceback keeps a whole frame alive
    return values


def _join(found: Columns, values: list[Value], one: Field, first: int, place: int) -> None:
    """Take a second column of the same meaning into the first; where both say something else, refuse."""
    joined = found.values[-1]
    for row, value in enumerate(values):
        if value is None or value == joined[row]:
            continue
        if joined[row] is None:
            joined[row] = value
        else:
            found.refuse(
                row,
                place,
                RowsRefused(
                    "{value} contradicts {other} in column {column}, which has the same meaning",
                    value=_shown(value, one),
                    other=_shown(joined[row], one),
                    column=letters(first + 1),
                ),
            )


def _shown(value: Value, one: Field) -> str:
    """A value as people write it: money in CNY, names with commas."""
    if one.type == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d} CNY"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _context(
    grid: Grid, header: Header, key: str, column: int, cells: list[object], options: ReadOptions
) -> Context:
    order, contradiction = options.date_order, None
    if header.kind.field(key).type in DAYS and order is None:
        proven = order_of(dict.fromkeys([cell for cell in cells if type(cell) is str and cell]))
        if isinstance(proven, tuple):
            contradiction = proven
        else:
            order = proven
    return Context(
        order=order,
        contradiction=contradiction,
        epoch=grid.epoch,
        scale=header.scales.get(column, 1),
        words=options.values.get(key, {}),
    )
