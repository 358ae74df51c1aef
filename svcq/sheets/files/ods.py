"""A look through an .ods before it is read: one short line may stand for a million cells."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.files.archive import damaged, opened
from svcq.sheets.files.scan import Extent, Scan
from svcq.sheets.files.words import text_length

_TABLE = re.compile(rb"<table:table[ >]")
_NAME = re.compile(rb"table:name=[\"']([^\"']*)[\"']")
_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_SPACES = re.compile(rb"text:c=[\"'](\d{1,9})")
_SHOWN = re.compile(rb"<text:p[^<>]*>([^<]{1,30})<")
_ROWS = re.compile(rb"table:number-rows-repeated=[\"'](\d+)")
_COLUMNS = re.compile(rb"table:number-columns-repeated=[\"'](\d+)")

MOST_ERRORS = 10_000
_MOST_ROWS = 2**21
"""Twice what a table has; the rows behind the last one in use are counted too."""


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged, protected or too large. Its dates are dates and have no first day."""
    with opened(file) as archive:
        if b"manifest:encryption-data" in archive.whole("META-INF/manifest.xml", 2**23):
            raise Usage("{path} is protected by a password: save it without one", path=str(file))
        data = archive.whole("content.xml", limits.SHEET_BYTES // 2)
        archive.check_the_rest()
    if b"<!DOCTYPE" in data:
        raise damaged(file)
    found = Scan()
    for start, end in _between(_TABLE, data, 0, len(data)):
        name = _NAME.search(data, start, min(start + 2000, end))
        title = unescape(name[1].decode("utf-8", "replace")) if name else ""
        found.errors[title] = _sheet(file, title, data, (start, end), found)
    return found


def _between(pattern: re.Pattern[bytes], data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the pieces begin and end that follow each match: as `split`, without holding them all."""
    last = -1
    for found in pattern.finditer(data, start, end):
        if last >= 0:
            yield last, found.start()
        last = found.end()
    if last >= 0:
        yield last, end


def _sheet(
    file: Path, name: str, data: bytes, place: tuple[int, int], found: Scan
) -> dict[tuple[int, int], str]:
    """The sheet's error cells; Usage if it is too large."""
    errors: dict[tuple[int, int], str] = {}
    extent = Extent()
    passed = 0
    for start, end in _between(_ROW, data, *place):
        repeated = _ROWS.search(data, start, data.find(b">", start, end))
        times = int(repeated[1][:9]) if repeated else 1
        passed += times
        width = used = 0
        for at, after in _between(_CELL, data, start, end):
            cell = data[at:after]
            tag = cell.find(b">")
            again = _COLUMNS.search(cell[:tag])
            often = int(again[1][:9]) if again else 1
            width += often
            if b"office:value" in cell[:tag] or b"<text:" in cell or b"office:date-value" in cell[:tag]:
                used = width
                length = text_length(cell[tag + 1 :]) + sum(map(int, _SPACES.findall(cell)))
                found.add_text(file, name, length * times * often)
            if b'value-type="error"' in cell[:tag] and passed <= limits.ROWS and width <= limits.COLUMNS:
                shown = _SHOWN.search(cell, tag)
                code = shown[1].decode("utf-8", "replace") if shown else "#N/A"
                for line in range(max(0, passed - min(times, 1_000)), passed):
                    errors[line, width - 1] = code
                _check_errors(file, name, errors)
            if width > 2 * limits.COLUMNS:
                raise Scan.too_large(file, name)
        if used:
            extent.rows = passed
            extent.columns = max(extent.columns, used)
            extent.cells += used * times
        extent.check(file, name)
        if passed > _MOST_ROWS:
            raise Scan.too_large(file, name)
    return errors


def _check_errors(file: Path, name: str, errors: dict[tuple[int, int], str]) -> None:
    if len(errors) > MOST_ERRORS:
        raise Usage(
            "{path}, sheet {sheet}: more than {most} cells hold error values",
            path=str(file),
            sheet=name,
            most=MOST_ERRORS,
        )
