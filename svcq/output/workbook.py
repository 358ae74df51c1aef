"""Workbooks out: frozen header, filter, widths that fit Chinese, real dates and amounts, late rows coloured."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from svcq.output.cells import width
from svcq.output.shape import ColumnType
from svcq.output.target import binary_file

LATE, BAD, HEAD = "FFFFC7CE", "FFFFEB9C", "FFD9E1F2"
NARROWEST, WIDEST, MEASURED = 8, 60, 1000
LINE, HIGHEST = 15, 409
"""Points of a line, and of the highest row there can be."""
FORMATS: dict[str, str] = {"date": "yyyy-mm-dd", "money": "#,##0.00", "text": "@", "code": "@", "flag": "@"}
PAPER_A4 = 9
CELL_LENGTH = 32_767
"""Characters that a cell of a workbook can hold."""
MOMENT = "yyyy-mm-dd hh:mm:ss"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to write."""

    title: str
    headers: Sequence[str]
    types: Sequence[ColumnType]
    rows: Iterable[Sequence[object]]
    """str, int, float, Decimal (money in CNY), bool, date, datetime or None; anything else as its text."""
    alarm: Callable[[Sequence[object]], bool] | None = None
    """Which rows are coloured."""
    above: Sequence[Sequence[object]] = ()
    """Rows above the header line."""
    bad: Callable[[int], Iterable[int]] | None = None
    """0-based number of a row -> 0-based columns of its cells to mark."""


def write_book(to: str | Path | BinaryIO, tables: Sequence[Table]) -> None:
    """Write the tables, a sheet each, to a path (whole or not at all) or into an open binary file.

    Text is text: nothing becomes a formula. Usage if the path cannot be written.
    """
    if isinstance(to, str | Path):
        with binary_file(str(to)) as file:
            write_book(file, tables)
        return
    book = Workbook(write_only=True)
    names: set[str] = set()
    for table in tables:
        _sheet(book, legal_name(table.title, names), table)
    if not tables:
        book.create_sheet("-")
    whole = BytesIO()  # a full disk then meets plain bytes, not a half-written archive that complains later
    book.save(whole)
    to.write(whole.getbuffer())


def legal_name(title: str, taken: set[str] | None = None) -> str:
    """A sheet name that Excel takes: 31 characters, none of []:*?/\\, no second of the same name in `taken`."""
    known = set() if taken is None else taken
    name = (
        _NOT_IN_NAMES.sub(" ", _UNPRINTABLE.sub("", title)).strip().strip("'").strip()[:31].rstrip("' ")
        or "-"
    )
    if name.casefold() == "history":
        name = f"{name} -"
    base, count = name, 1
    while name.casefold() in known:
        count += 1
        name = f"{base[: 31 - len(str(count)) - 1]} {count}"
    known.add(name.casefold())
    return name


def _sheet(book: Workbook, name: str, table: Table) -> None:
    sheet: Any = book.create_sheet(name)
    head = len(table.above) + 1
    rows = iter(table.rows)
    first = list(islice(rows, MEASURED))
    widths = [_width(table.headers, first, column) for column in range(len(table.headers))]
    for column, wide in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    sheet.freeze_panes = f"A{head + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head}:{head}"
    pens = [_Pens(sheet, kind, wide >= WIDEST) for kind, wide in zip(table.types, widths, strict=True)]
    for line in table.above:
        sheet.append([_Pens(sheet, "text", False).cell(value, None) for value in line])
    sheet.append(list(_header(sheet, table.headers)))
    count = 0
    for row in chain(first, rows):
        late = LATE if table.alarm is not None and table.alarm(row) else None
        marked = set(table.bad(count)) if table.bad is not None else ()
        if (lines := _lines(row, widths)) > 1:  # not every program makes a row as high as its wrapped cells
            sheet.row_dimensions[head + count + 1].height = min(LINE * lines, HIGHEST)
        sheet.append(
            [pens[at].cell(value, BAD if at in marked else late) for at, value in enumerate(row[: len(pens)])]
        )
        count += 1
    if table.headers:
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.headers))}{head + count}"


def _header(sheet: WriteOnlyWorksheet, headers: Sequence[str]) -> Iterator[object]:
    for title in headers:
        cell: Any = WriteOnlyCell(sheet)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.value = clean(title)
        cell.data_type = "s"
        yield cell


@dataclass(slots=True)
class _Pens:
    """The cells of one column: one object per look, written again and again, never twice in a row."""

    sheet: WriteOnlyWorksheet
    type: ColumnType
    wrapped: bool
    made: dict[tuple[str, str | None], Any] = field(default_factory=dict)

    def cell(self, value: object, colour: str | None) -> object:
        if value is None or value == "":
            return self._pen("", colour, None) if colour else None
        if isinstance(value, str):
            cell = self._pen("@", colour, value := clean(value))
            cell.data_type = "s"
            return cell
        if isinstance(value, datetime):
            return self._pen(MOMENT, colour, value.replace(tzinfo=None))
        if isinstance(value, date):
            return (
                self._pen("yyyy-mm-dd", colour, value)
                if value.year >= 1900
                else self.cell(str(value), colour)
            )
        if isinstance(value, bool):
            return self._pen("General", colour, value)
        if isinstance(value, time):
            return self._pen("hh:mm:ss", colour, value)
        if isinstance(value, float | int) or hasattr(value, "as_tuple"):
            if isinstance(value, float) and not math.isfinite(value):
                return self.cell(str(value), colour)
            return self._pen(FORMATS["money"] if self.type == "money" else "General", colour, value)
        return self.cell(str(value), colour)

    def _pen(self, form: str, colour: str | None, value: object) -> Any:  # noqa: ANN401 - openpyxl's cell
        cell = self.made.get((form, colour))
        if cell is None:
            cell = WriteOnlyCell(self.sheet)
            if colour:
                cell.fill = PatternFill("solid", fgColor=colour)
            if self.wrapped:
                cell.alignment = Alignment(vertical="top", wrap_text=True)
            self.made[form, colour] = cell
        cell.value = value
        if form:
            cell.number_format = form
        return cell


def clean(text: str) -> str:
    """`text` as a cell can hold it: no control characters, no more than Excel's 32,767 characters."""
    if text.isascii() and text.isprintable() and "_x" not in text and len(text) <= CELL_LENGTH:
        return text
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPE.sub("_x005F_", text)[:CELL_LENGTH]


def _width(headers: Sequence[str], rows: Sequence[Sequence[object]], column: int) -> int:
    longest = _widest(headers[column]) + 3  # the filter's arrow
    for row in rows:
        if column < len(row) and (value := row[column]) is not None:
            longest = max(longest, _measure(value))
    return max(NARROWEST, min(longest + 1, WIDEST))


def _lines(row: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines the longest wrapped cell of a row has."""
    texts = (
        value for value, wide in zip(row, widths, strict=False) if wide >= WIDEST and isinstance(value, str)
    )
    return max(
        (sum(width(line) // (WIDEST - 2) + 1 for line in text.split("\n")) for text in texts), default=1
    )


def _measure(value: object) -> int:
    if isinstance(value, str):
        return _widest(value)
    if isinstance(value, date):
        return 19 if isinstance(value, datetime) else 10
    return len(f"{value:,.2f}") if isinstance(value, float) else len(str(value))


def _widest(text: str) -> int:
    """The cells of the longest of its lines."""
    return max(map(width, text.split("\n")))
