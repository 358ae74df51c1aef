"""Cells of a sheet that speak for others: merged ones, those above blanks, and serials that count from 1904."""

from collections.abc import Sequence
from contextlib import suppress
from typing import cast

from svcq.errors import RowsRefused
from svcq.sheets import edges
from svcq.sheets.dates import EPOCH_1900, from_number
from svcq.sheets.grid import Grid
from svcq.sheets.header import Header
from svcq.sheets.kind import DAYS
from svcq.sheets.moments import moment_of_cell


def fill(grid: Grid, header: Header) -> None:
    """Write out in the grid what its cells leave to others, so that whoever copies a row copies all it says."""
    _merged(grid, header)
    _carried(grid, header)
    _since_1900(grid, header)


def _merged(grid: Grid, header: Header) -> None:
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


def _carried(grid: Grid, header: Header) -> None:
    """A row that leaves blank what it is about is about the same as the row above: one problem, several steps.

    Only in sheets that say in words what rows are about: a number alone that is missing may have been forgotten.
    """
    kind = header.kind
    keys = [key for key in kind.carried if key in header.columns]
    if len(keys) < 2 or not any(kind.field(key).type == "text" for key in keys):
        return
    about = sorted({column for key in keys for column in header.columns[key]})
    others = sorted({column for columns in header.columns.values() for column in columns} - set(about))
    titles = {first for first, left, _last, right in grid.merges if right > left}
    above: list[object] | None = None
    for index in range(header.row + 1, len(grid.rows)):
        cells = grid.rows[index]
        if _any(cells, about):
            if not _is_other(cells, header, index in titles):
                above = [cells[column] if column < len(cells) else "" for column in about]
        elif above is not None and _any(cells, others):
            cells.extend([""] * (about[-1] + 1 - len(cells)))
            for column, cell in zip(about, above, strict=True):
                cells[column] = cell


def _any(cells: Sequence[object], columns: Sequence[int]) -> bool:
    return any(column < len(cells) and cells[column] != "" for column in columns)


def _is_other(cells: Sequence[object], header: Header, merged: bool) -> bool:
    """Whether a row is a total, a note, a title or the header again."""
    if edges.hints_at_total(cells) and edges.is_totals(cells):
        return True
    return edges.is_no_data(cells, header.titles, merged) or (
        edges.may_be_header(cells)
        and edges.reads_as_header(cells, header.titles, {}, header.meaning) is not None
    )


def _since_1900(grid: Grid, header: Header) -> None:
    """Serials in the date columns of a workbook that counts from 1904 become days, for whoever copies the row."""
    if grid.epoch == EPOCH_1900:
        return
    days = {
        column: moment_of_cell if header.kind.field(key).type == "moment" else from_number
        for key, columns in header.columns.items()
        if header.kind.field(key).type in DAYS
        for column in columns
    }
    for row in grid.rows[header.row + 1 :]:
        for column, day_of in days.items():
            if column < len(row) and type(row[column]) is float:
                with suppress(RowsRefused):
                    row[column] = day_of(cast("float", row[column]), grid.epoch)
