"""Grids of cells to files as people have them: .xlsx, old .xls, or .csv in one of several encodings."""

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlwt
from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: 0-based `header` line (two lines if `two`), merged `groups` in it, `title` line or None."""

    name: str
    lines: list[list[object]]
    header: int
    two: bool
    groups: list[tuple[int, int]]
    title: int | None
    width: int
    ghosts: int

    def merged(self) -> list[tuple[int, int, int, int]]:
        """The merged areas, 0-based: first and last line, first and last column."""
        areas = [] if self.title is None else [(self.title, self.title, self._left(), self.width - 1)]
        areas += [(self.header, self.header, a, b) for a, b in self.groups]
        if self.two:
            covered = {column for group in self.groups for column in group}
            plain = [c for c in range(self._left(), self.width) if c not in covered]
            areas += [(self.header, self.header + 1, c, c) for c in plain]
        return areas

    def _left(self) -> int:
        return int(self.lines[self.header][0] is None)


def save(chance: random.Random, path: Path, grids: list[Grid]) -> None:
    """Write the grids in the format that the ending of `path` names; a .csv holds the first one."""
    if path.suffix == ".xlsx":
        _xlsx(path, grids)
    elif path.suffix == ".xls":
        _xls(path, grids)
    else:
        _csv(chance, path, grids[0])


def _xlsx(path: Path, grids: list[Grid]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for number, line in enumerate(grid.lines, start=1):
            for column, value in enumerate(line, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
        for column in range(grid.width + 1, grid.width + 1 + grid.ghosts):
            for number in range(1, 30):
                sheet.cell(number, column).number_format = "@"
        for top, bottom, left, right in grid.merged():
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    book.save(path)


def _xls(path: Path, grids: list[Grid]) -> None:
    book = xlwt.Workbook(encoding="gbk")
    day, moment = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    plain = xlwt.easyxf()
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        areas = {(top, left): (bottom, right) for top, bottom, left, right in grid.merged()}
        for number, line in enumerate(grid.lines):
            for column, value in enumerate(line):
                if value is None:
                    continue
                style = moment if isinstance(value, datetime) else day if isinstance(value, date) else plain
                if (number, column) in areas:
                    bottom, right = areas[number, column]
                    sheet.write_merge(number, bottom, column, right, value, style)
                else:
                    sheet.write(number, column, value, style)
        for column in range(grid.width, min(grid.width + grid.ghosts, 256)):
            sheet.write(0, column, None, day)
    book.save(str(path))


def _csv(chance: random.Random, path: Path, grid: Grid) -> None:
    text = io.StringIO()
    out = csv.writer(text, delimiter=chance.choice(",;\t"), lineterminator=chance.choice(("\r\n", "\n")))
    for line in grid.lines:
        out.writerow([_plain(value) for value in line])
    encoding = chance.choice(("gbk", "gb18030", "utf-8-sig", "utf-8"))
    written = text.getvalue()
    path.write_bytes((written.replace("¥", "￥") if encoding == "gbk" else written).encode(encoding))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d %H:%M}"
    return "" if value is None else str(value)
