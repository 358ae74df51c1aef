"""A look through an .ods before it is read: one short line may stand for a million cells."""

import re
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.files.scan import Extent, Scan, open_zip, whole

_TABLE = re.compile(rb"<table:table[ >]")
_NAME = re.compile(rb"table:name=[\"']([^\"']*)[\"']")
_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_ROWS = re.compile(rb"table:number-rows-repeated=[\"'](\d+)")
_COLUMNS = re.compile(rb"table:number-columns-repeated=[\"'](\d+)")


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged, protected or too large. Its dates are dates and have no first day."""
    with open_zip(file) as archive:
        if b"manifest:encryption-data" in whole(file, archive, "META-INF/manifest.xml", 2**23):
            raise Usage("{path} is protected by a password: save it without one", path=str(file))
        data = whole(file, archive, "content.xml", limits.SHEET_BYTES // 2)
    for table in _TABLE.split(data)[1:]:
        name = _NAME.search(table[:2000])
        _sheet(file, name[1].decode("utf-8", "replace") if name else "", table)
    return Scan()


def _sheet(file: Path, name: str, table: bytes) -> None:
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
        if used:
            extent.rows = passed
            extent.columns = max(extent.columns, used)
            extent.cells += used * times
        extent.check(file, name)
