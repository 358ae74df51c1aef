"""The rows of a sheet under its header, as values; a row that cannot be read is refused with its cells."""

from collections.abc import Callable, Sequence

from svcq.errors import RowsRefused, SvcqError, Usage
from svcq.sheets import columns, edges
from svcq.sheets.grid import Grid
from svcq.sheets.header import Header
from svcq.sheets.kind import Refusal, Row, Sheet, Values
from svcq.sheets.limits import REFUSALS
from svcq.sheets.options import ReadOptions

THIN = 6
"""A row with fewer values may be something else than a record."""

_Bad = Sequence[tuple[int, SvcqError]]
"""0-based column (-1: the row) and why it cannot be read."""


def read(file: str, grid: Grid, header: Header, options: ReadOptions) -> Sheet:
    """The sheet's rows as values, with every bad cell refused; Usage if hardly anything can be read."""
    sheet = Sheet(
        file=file,
        name=grid.name,
        kind=header.kind,
        header_row=_number(grid, header.row),
        columns={key: places[0] + 1 for key, places in header.columns.items()},
        rows=[],
        refused=[],
        raw=_raw(grid),
        unknown_headers=header.unknown,
    )
    try:
        found = columns.parse(grid, header, options)
    except columns.TooManyError:
        raise _too_many(sheet) from None
    keys, titles = found.keys, {first for first, left, _last, right in grid.merges if right > left}
    for at, line in enumerate(zip(*found.values, strict=True)):
        values: Values = {key: value for key, value in zip(keys, line, strict=True) if value is not None}
        index = header.row + 1 + at
        cells = grid.rows[index]
        bad: _Bad = found.bad.get(at, ())
        if len(values) + len(bad) < THIN and (
            not (values or bad) or edges.is_no_data(cells, header.titles, index in titles)
        ):
            continue
        if edges.hints_at_total(cells):
            if edges.is_totals(cells):
                continue
            bad = [*bad, (0, RowsRefused("this row is named a total but holds more than sums"))]
        elif len(values) == 1 and edges.is_lone_sentence(cells):
            bad = [*bad, (0, RowsRefused("this row holds nothing but a sentence; is it a note?"))]
        if grid.is_text and len(cells) > len(header.titles):
            bad = [*bad, *_slipped(cells, header)]
        for check in header.kind.checks:
            if (failed := check(values)) is not None:
                bad = [*bad, (header.columns.get(failed[0], [-1])[0], failed[1])]
        if bad:
            number = _number(grid, index)
            ordered = sorted(bad, key=lambda one: one[0])
            sheet.refused += [Refusal(grid.name, number, column + 1, why) for column, why in ordered]
            if len(sheet.refused) > REFUSALS:
                raise _too_many(sheet)
        elif options.clear:
            sheet.rows.append(Row(_number(grid, index), {key: values.get(key) for key in header.columns}))
        else:
            sheet.rows.append(Row(_number(grid, index), values))
    return sheet


def _too_many(sheet: Sheet) -> Usage:
    return Usage(
        "{path}, sheet {sheet}: more than {most} cells cannot be read; is it of the kind {kind}?",
        path=sheet.file,
        sheet=sheet.name,
        most=REFUSALS,
        kind=sheet.kind.name,
    )


def _slipped(cells: Sequence[object], header: Header) -> _Bad:
    """A row of a text file with more fields than the header: some field holds an unquoted delimiter."""
    most = len(header.titles)
    if not any(cells[most:]):
        return []
    return [(most, RowsRefused("the row has {count} fields, the header {most}", count=len(cells), most=most))]


def _number(grid: Grid, index: int) -> int:
    return grid.numbers.get(index, index + 1)


def _raw(grid: Grid) -> Callable[[int], list[object]]:
    lines = {line: index for index, line in grid.numbers.items()}

    def raw(number: int) -> list[object]:
        index = lines.get(number, -1 if number - 1 in grid.numbers else number - 1)
        return list(grid.rows[index]) if 0 <= index < len(grid.rows) else []

    return raw
