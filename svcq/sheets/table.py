"""The rows of a sheet under its header, as values; a row that cannot be read is refused with its cells."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

from svcq.errors import RowsRefused, SvcqError, Usage
from svcq.sheets import edges
from svcq.sheets.cells import Parser, parser
from svcq.sheets.dates import EPOCH_1900, from_number, order_of
from svcq.sheets.grid import Grid, as_text
from svcq.sheets.header import Header, place
from svcq.sheets.kind import Refusal, Row, Sheet, Value, Values
from svcq.sheets.limits import REFUSALS
from svcq.sheets.options import ReadOptions
from svcq.sheets.types import Context

THIN = 6
"""A row with fewer values may be something else than a record."""

_Plan = list[tuple[str, int, Parser]]
"""Field key, 0-based column, parser."""
_Bad = Sequence[tuple[int, SvcqError]]
"""0-based column (-1: the row) and why it cannot be read."""


def read(file: str, grid: Grid, header: Header, options: ReadOptions) -> Sheet:
    """The sheet's rows as values, with every bad cell refused."""
    _fill_merged(grid, header)
    _since_1900(grid, header)
    sheet = Sheet(
        file=file,
        name=grid.name,
        kind=header.kind,
        header_row=_number(grid, header.row),
        columns={key: columns[0] + 1 for key, columns in header.columns.items()},
        rows=[],
        refused=[],
        raw=_raw(grid),
        unknown_headers=header.unknown,
    )
    plan = [
        (key, column, parser(header.kind.field(key), _context(grid, header, key, column, options)))
        for key, columns in header.columns.items()
        for column in columns
    ]
    widest = max((column for _key, column, _parse in plan), default=0)
    read_row = _slowly if any(len(columns) > 1 for columns in header.columns.values()) else _quickly
    titles = {first for first, left, _last, right in grid.merges if right > left}
    for index in range(header.row + 1, len(grid.rows)):
        cells = grid.rows[index]
        if len(cells) <= widest:
            cells = [*cells, *[""] * (widest + 1 - len(cells))]
        values, bad = read_row(plan, cells)
        if len(values) + len(bad) < THIN and (
            edges.is_no_data(cells, header.titles, index in titles) or not (values or bad)
        ):
            continue
        if edges.hints_at_total(cells):
            if edges.is_totals(cells):
                continue
            bad = [*bad, (0, RowsRefused("this row is named a total but holds more than sums"))]
        elif len(values) == 1 and edges.is_lone_sentence(cells):
            bad = [*bad, (0, RowsRefused("this row holds nothing but a sentence; is it a note?"))]
        bad = [*bad, *_slipped(grid, header, index), *_against(header, values)]
        number = _number(grid, index)
        if bad:
            sheet.refused += [Refusal(grid.name, number, column + 1, why) for column, why in bad]
            if len(sheet.refused) > REFUSALS:
                raise Usage(
                    "{path}, sheet {sheet}: more than {most} cells cannot be read; is it of the kind {kind}?",
                    path=file,
                    sheet=grid.name,
                    most=REFUSALS,
                    kind=header.kind.name,
                )
        elif options.clear:
            sheet.rows.append(Row(number, {key: values.get(key) for key in header.columns}))
        else:
            sheet.rows.append(Row(number, values))
    return sheet


def _quickly(plan: _Plan, cells: list[object]) -> tuple[Values, _Bad]:
    """A row with all cells good and no doubles; otherwise as `_slowly`."""
    values: Values = {}
    try:
        for key, column, parse in plan:
            cell = cells[column]
            if cell != "" and (value := parse[cell]) is not None:
                values[key] = value
    except RowsRefused:
        values = {}
    else:
        return values, ()
    return _slowly(plan, cells)


def _slowly(plan: _Plan, cells: list[object]) -> tuple[Values, _Bad]:
    """A row cell by cell: its values, and every column that cannot be read or contradicts its double."""
    values: Values = {}
    origins: dict[str, int] = {}
    bad: list[tuple[int, SvcqError]] = []
    for key, column, parse in plan:
        cell = cells[column]
        if cell == "":
            continue
        try:
            value: Value = parse[cell]
        except RowsRefused as why:
            bad.append((column, why.with_traceback(None)))  # a hundred thousand tracebacks are much memory
            continue
        if value is None:
            continue
        if key in values and values[key] != value:
            other = place(0, origins[key]).rstrip("1")
            bad.append(
                (
                    column,
                    RowsRefused(
                        "{value} contradicts {other} in column {column}, which has the same meaning",
                        value=as_text(cell),
                        other=as_text(cells[origins[key]]),
                        column=other,
                    ),
                )
            )
            continue
        values[key] = value
        origins[key] = column
    return values, bad


def _against(header: Header, values: Values) -> _Bad:
    """What the checks between the cells of the row say."""
    failed = (check(values) for check in header.kind.checks)
    return [(header.columns.get(one[0], [-1])[0], one[1]) for one in failed if one is not None]


def _slipped(grid: Grid, header: Header, index: int) -> _Bad:
    """A row of a text file with more fields than the header: some field holds an unquoted delimiter."""
    row = grid.rows[index]
    if not grid.is_text or len(row) <= len(header.titles) or not any(row[len(header.titles) :]):
        return []
    why = RowsRefused(
        "the row has {count} fields, the header {most}", count=len(row), most=len(header.titles)
    )
    return [(len(header.titles), why)]


def _context(grid: Grid, header: Header, key: str, column: int, options: ReadOptions) -> Context:
    order, contradiction = options.date_order, None
    if header.kind.field(key).type == "date" and order is None:
        rows = grid.rows
        proven = order_of(
            rows[at][column] for at in range(header.row + 1, len(rows)) if column < len(rows[at])
        )
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


def _fill_merged(grid: Grid, header: Header) -> None:
    """A cell merged downwards in a column that is read speaks for all its rows."""
    known = {column for columns in header.columns.values() for column in columns}
    for first_row, first, last_row, last in grid.merges:
        if (
            first == last
            and first in known
            and header.row < first_row < last_row
            and first_row < len(grid.rows)
        ):
            value = grid.cell(first_row, first)
            for row in range(first_row + 1, min(last_row + 1, len(grid.rows))):
                if value != "" and first < len(grid.rows[row]) and grid.rows[row][first] == "":
                    grid.rows[row][first] = value


def _since_1900(grid: Grid, header: Header) -> None:
    """Serials in the date columns of a workbook that counts from 1904 become days, for whoever copies the row."""
    if grid.epoch == EPOCH_1900:
        return
    columns = [
        c for key in header.columns if header.kind.field(key).type == "date" for c in header.columns[key]
    ]
    for row in grid.rows[header.row + 1 :]:
        for column in columns:
            if column < len(row) and type(row[column]) is float:
                with suppress(RowsRefused):
                    row[column] = from_number(cast("float", row[column]), grid.epoch)


def _number(grid: Grid, index: int) -> int:
    return grid.numbers.get(index, index + 1)


def _raw(grid: Grid) -> Callable[[int], list[object]]:
    lines = {line: index for index, line in grid.numbers.items()}

    def raw(number: int) -> list[object]:
        index = lines.get(number, -1 if number - 1 in grid.numbers else number - 1)
        return list(grid.rows[index]) if 0 <= index < len(grid.rows) else []

    return raw
