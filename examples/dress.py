"""How an office dresses a workbook, and how a sample is saved so that the same seed gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Header = tuple[str, str, float, str]
"""Group (blank: none), title, width, how the column sits: `left`, `center` or `right`."""

SONG, HEI = "宋体", "黑体"
GREY, BLUE, YELLOW = "FFF2F2F2", "FFDCE6F1", "FFFFFF99"
THIN = Side(style="thin", color="FF808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHAPES = (
    "{0:%Y}.{0.month}.{0.day}",
    "{0:%Y}年{0.month}月{0.day}日",
    "{0:%Y%m%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y-%m-%d}",
)
EPOCH = date(1899, 12, 30)


def first(book: Workbook, name: str) -> Worksheet:
    """The sheet that a new workbook has, named."""
    sheet = book.worksheets[0]
    sheet.title = name
    return sheet


def title(sheet: Worksheet, text: str, row: int, first: int, last: int) -> None:
    """A merged title across the table."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    cell = sheet.cell(row, first, text)
    cell.font, cell.alignment = Font(name=HEI, size=18, bold=True), Alignment("center", "center")
    sheet.row_dimensions[row].height = 34


def header(sheet: Worksheet, headers: Sequence[Header], row: int, first: int) -> int:
    """Write one header row, or two where a column has a group; the number of rows written."""
    two = any(group for group, *_ in headers)
    for index, (group, name, width, _) in enumerate(headers):
        column = first + index
        sheet.column_dimensions[get_column_letter(column)].width = width
        for line in range(row, row + 1 + two):
            _head(sheet.cell(line, column))
        if group:
            sheet.cell(row + 1, column, name)
            if index == 0 or headers[index - 1][0] != group:
                last = column + sum(1 for h in headers if h[0] == group) - 1
                sheet.cell(row, column, group)
                sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=last)
        else:
            sheet.cell(row, column, name)
            if two:
                sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    for line in range(row, row + 1 + two):
        sheet.row_dimensions[line].height = 21 if two else 26
    return 1 + two


def _head(cell: Cell | MergedCell) -> None:
    cell.font, cell.border = Font(name=SONG, size=11, bold=True), BOX
    cell.fill = PatternFill("solid", fgColor=BLUE)
    cell.alignment = Alignment("center", "center", wrap_text=True)


def body(sheet: Worksheet, row: int, first: int, values: Sequence[object], headers: Sequence[Header]) -> None:
    """One line of the table; dates and amounts that are real ones get a number format."""
    for index, (value, spec) in enumerate(zip(values, headers, strict=True)):
        cell = sheet.cell(row, first + index, value)
        cell.font, cell.border = Font(name=SONG, size=10), BOX
        cell.alignment = Alignment(spec[3], "center", wrap_text=spec[3] == "left")
        if isinstance(value, date):
            cell.number_format = "yyyy/m/d"
        elif isinstance(value, float):
            cell.number_format = "#,##0.00"
        elif isinstance(value, str):
            cell.number_format = "@"


def mark(sheet: Worksheet, row: int, first: int, last: int, colour: str) -> None:
    """Colour a line, as people do with the ones they must not forget."""
    for column in range(first, last + 1):
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour)


def ghosts(sheet: Worksheet, rows: range, first: int, count: int) -> None:
    """Formatted cells with nothing in them to the right of the table."""
    for row in rows:
        for column in range(first, first + count):
            sheet.cell(row, column).number_format = "@"


def paper(sheet: Worksheet, rows: str, size: int, freeze: str) -> None:
    """Landscape, as wide as the paper, header on every page, page numbers."""
    sheet.freeze_panes = freeze
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", size
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = rows
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    sheet.page_margins.footer = 0.35
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.sheet_view.showGridLines = False


def written(random: Random, day: date | None, habit: str | None, nothing: str | None = None) -> object:
    """A date as a colleague types it: a real one, a text in one of five shapes, now and then a bare serial."""
    if day is None:
        return nothing
    if habit:
        return habit.format(day)
    return str((day - EPOCH).days) if random.random() < 0.02 else day


def save(book: Workbook, path: Path) -> None:
    """Save without the moment of saving, so that the same rows give the same bytes."""
    raw, steady = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-11-23T08:30:00Z", data)
            info = zipfile.ZipInfo(name, (2026, 11, 23, 8, 30, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(info, data)
    path.write_bytes(steady.getvalue())
