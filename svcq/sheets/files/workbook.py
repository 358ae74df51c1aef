"""Workbooks to grids by the fast reader, behind guards; whatever the reader does, the user gets a sentence."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import python_calamine as calamine

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.files import archive, ods, xls, xlsb, xlsx
from svcq.sheets.files.scan import Scan
from svcq.sheets.grid import ErrorCell, Grid, Merge

_SCANS: dict[str, Callable[[Path], Scan]] = {
    "xlsx": xlsx.scan,
    "xlsb": xlsb.scan,
    "ods": ods.scan,
    "xls": xls.scan,
}


def read(file: Path, what: str) -> list[Grid]:
    """Every worksheet of the workbook, in its order; Usage if it is damaged, protected or too large."""
    scan = _SCANS[what](file)
    # from the open file: by its path the reader would believe the ending
    with _sentences(file), file.open("rb") as opened, calamine.CalamineWorkbook.from_filelike(opened) as book:
        about = book.sheets_metadata
        if len(about) > limits.SHEETS:
            raise Usage("{path} has more than {most} sheets", path=str(file), most=limits.SHEETS)
        grids: list[Grid] = []
        cells = 0
        for place, sheet in enumerate(about):
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
            grid = _grid(file, book.get_sheet_by_index(place), scan, hidden, is_xlsx=what == "xlsx")
            cells += sum(map(len, grid.rows))
            if cells > 2 * limits.AREA:
                raise scan.too_large(file, sheet.name)
            grids.append(grid)
        return grids


def _grid(file: Path, sheet: calamine.CalamineSheet, scan: Scan, hidden: bool, *, is_xlsx: bool) -> Grid:
    end = sheet.end or (0, 0)
    if end[0] >= limits.ROWS or (end[0] + 1) * (end[1] + 1) > limits.AREA:
        raise scan.too_large(file, sheet.name)
    rows: list[list[object]] = []
    if sheet.start is not None:
        if is_xlsx:
            rows = cast("list[list[object]]", sheet.to_python(skip_empty_area=False))
        else:
            rows.extend(_placed(sheet))
    for (row, column), code in scan.errors.get(sheet.name, {}).items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = ErrorCell(code)
    merges: list[Merge] = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    if len(merges) > limits.MERGES or sum(last - first for first, _, last, _ in merges) > limits.AREA:
        raise scan.too_large(file, sheet.name)
    return Grid(sheet.name, rows, merges, hidden, scan.epoch)


def _placed(sheet: calamine.CalamineSheet) -> Iterator[list[object]]:
    """Rows from A1 on: the reader gives the blank rows above the first cell, but not the blank columns beside it."""
    left = sheet.start[1] if sheet.start else 0
    for row in sheet.iter_rows():
        yield [*[""] * left, *row]


@contextmanager
def _sentences(file: Path) -> Iterator[None]:
    """Every way in which the reader gives up becomes Usage; what it writes about it is not shown."""
    damaged = archive.damaged(file)
    try:
        with _silence():
            yield
    except calamine.PasswordError:
        raise Usage("{path} is protected by a password: save it without one", path=str(file)) from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise damaged from None
    except MemoryError:
        raise Usage("{path} does not fit into memory", path=str(file)) from None
    except BaseException as panic:
        # the reader's own panics derive from BaseException and have no importable name
        if type(panic).__module__ == "pyo3_runtime":
            raise damaged from None
        raise


@contextmanager
def _silence() -> Iterator[None]:
    """Standard error closed for what is not Python: a panic prints its stack there."""
    try:
        sys.stderr.flush()
        kept = os.dup(2)
    except (OSError, ValueError, AttributeError):
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
