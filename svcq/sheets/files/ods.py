"""A look through an .ods before it is read: one short line may stand for a million cells."""

import re
from html import unescape
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.files.scan import Extent, Scan, open_zip, whole

_TABLE = re.compile(rb"<table:table[ >]")
_NAME = re.compile(rb"table:name=[\"']([^\"']*)[\"']")
_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_SHOWN = re.compile(rb"<text:p[^<>]*>([^<]{1,30})<")
_ROWS = re.compile(rb"table:number-rows-repeated=[\"'](\d+)")
_COLUMNS = re.compile(rb"table:number-columns-repeated=[\"'](\d+)")

MOST_ERRORS = 10_000


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged, protected or too large. Its dates are dates and have no first day."""
    with open_zip(file) as archive:
        if b"manifest:encryption-data" in whole(file, archive, "META-INF/manifest.xml", 2**23):
            raise Usage("{path} is protected by a password: save it without one", path=str(file))
        data = whole(file, archive, "content.xml", limits.SHEET_BYTES // 2)
    found = Scan()
    for table in _TABLE.split(data)[1:]:
        name = _NAME.search(table[:2000])
        title = unescape(name[1].decode("utf-8", "replace")) if name else ""
        found.errors[title] = _sheet(file, title, table)
    return found


def _sheet(file: Path, name: str, table: bytes) -> dict[tuple[int, int], str]:
    """The sheet's error cells; Usage if it is too large."""
    errors: dict[tuple[int, int], str] = {}
    extent = Extent()
    passed = 0
    for row in _ROW.split(table)[1:]:
        repeated = _ROWS.search(row[: row.find(b">")])
        times = int(repeated[1][:9]) if repeated else 1
        passed += times
        width = used = 0
        for cell in _CELL.split(row)[1:]:
            end = cell.find(b">")
            again = _COLUMNS.search(cell[:end])
            width += int(again[1][:9]) if again else 1
            if b"office:value" in cell[:end] or b"<text:" in cell or b"office:date-value" in cell[:end]:
                used = width
            if b'value-type="error"' in cell[:end] and passed <= limits.ROWS and width <= limits.COLUMNS:
                shown = _SHOWN.search(cell, end)
                code = shown[1].decode("utf-8", "replace") if shown else "#N/A"
                for at in range(max(0, passed - min(times, 1_000)), passed):
                    errors[at, width - 1] = code
                if len(errors) > MOST_ERRORS:
                    raise Usage(
                        "{path}, sheet {sheet}: more than {most} cells hold error values",
                        path=str(file),
                        sheet=name,
                        most=MOST_ERRORS,
                    )
        if used:
            extent.rows = passed
            extent.columns = max(extent.columns, used)
            extent.cells += used * times
        extent.check(file, name)
    return errors
