"""Small files for the reader, written cell by cell."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt

from svcq.sheets.options import ReadOptions
from svcq.sheets.reader import read_file


@pytest.fixture
def xlsx(tmp_path) -> Callable[..., Path]:
    """Write rows as a workbook with one sheet; `merges`: ranges such as A1:C1."""

    def write(rows, title="Sheet1", merges=(), name="file.xlsx", more=None):
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for sheet_title, sheet_rows in {title: rows, **(more or {})}.items():
            sheet = book.create_sheet(sheet_title)
            for row in sheet_rows:
                sheet.append(list(row))
            for area in merges if sheet_title == title else ():
                sheet.merge_cells(area)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def xls(tmp_path) -> Callable[..., Path]:
    """The same as an old workbook."""

    def write(rows, title="Sheet1", name="file.xls"):
        book = xlwt.Workbook()
        sheet = book.add_sheet(title)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
        path = tmp_path / name
        book.save(str(path))
        return path

    return write


@pytest.fixture
def text(tmp_path) -> Callable[..., Path]:
    """Write a text file."""

    def write(content, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def read() -> Callable[..., object]:
    """The only sheet of a file."""

    def one(path, **options):
        found = read_file(str(path), ReadOptions(**options))
        assert len(found.sheets) == 1
        return found.sheets[0]

    return one


@pytest.fixture
def values(read) -> Callable[..., list[dict[str, object]]]:
    """The values of the only sheet, in which no row is refused."""

    def all_values(path, **options):
        sheet = read(path, **options)
        assert [str(one.why) for one in sheet.refused] == []
        return [row.values for row in sheet.rows]

    return all_values


@pytest.fixture
def refusals(read) -> Callable[..., list[tuple[int, int, str]]]:
    """Row, column and sentence of everything refused in the only sheet."""

    def all_refusals(path, **options):
        return [(one.row, one.column, str(one.why)) for one in read(path, **options).refused]

    return all_refusals
