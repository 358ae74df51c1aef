"""A look through an .xlsx before it is read: how far its cells reach, its error values and dead formulas."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1904
from svcq.sheets.files.scan import CHUNK, Extent, Scan, chunks, open_zip, whole
from svcq.sheets.files.xml import named, parse, targets
from svcq.sheets.grid import column_of

_FAR = re.compile(rb"\sr=[\"'](?:[A-Z]{2,}|[A-Z]+[0-9]{6})")
"""A cell right of Z or below row 99,999; without one a piece of a sheet cannot reach far."""
_CELL = re.compile(rb"\sr=[\"']\$?([A-Za-z]+)\$?([0-9]+)[\"']")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]+)([0-9]+)[\"'][^>]*>(.{0,9000}?)</(?:\w+:)?c>",
    re.S,
)
_SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_DEAD = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]+)([0-9]+)[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHARED = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)")
_MOST_NOTED = 10_000


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged or too large; its error cells and first day otherwise."""
    found = Scan()
    with open_zip(file) as archive:
        known = set(archive.namelist())
        book = parse(file, whole(file, archive, "xl/workbook.xml", 2**23))
        if any(
            named(one, "workbookPr") and one.get("date1904") in ("1", "true", "on") for one in book.iter()
        ):
            found.epoch = EPOCH_1904
        lengths = _words(file, archive)
        for name, part in _parts(
            book, targets(file, whole(file, archive, "xl/_rels/workbook.xml.rels", 2**23))
        ):
            if part in known and archive.getinfo(part).file_size > limits.SHEET_BYTES:
                raise Scan.too_large(file, name)
            if part in known:
                _sheet(file, archive, name, part, lengths, found)
    return found


def _sheet(
    file: Path, archive: zipfile.ZipFile, name: str, part: str, lengths: list[int], found: Scan
) -> None:
    """Note the sheet's error cells; Usage if it is too large.

    The first look takes every piece without a far cell for 26 columns and 99,999 rows and every word for the
    longest; only when that is too much are cells and words really counted.
    """
    errors: dict[tuple[int, int], str] = {}
    extent = Extent()
    for piece in _pieces(file, archive, name, part):
        extent.cells += piece.count(b"<c") + piece.count(b":c")
        if _FAR.search(piece):
            _measure(piece, extent)
        if b't="e"' in piece or b"t='e'" in piece:
            for letters, digits, inside in _ERROR.findall(piece):
                shown = _SHOWN.search(inside)
                _note(errors, letters, digits, shown[1].decode("ascii", "replace") if shown else "#N/A")
        if b"<f" in piece or b":f" in piece:
            for letters, digits in _DEAD.findall(piece):
                _note(errors, letters, digits, "=")
        if extent.cells > limits.CELLS:
            raise Scan.too_large(file, name)
    if max(extent.rows, 99_999) * max(extent.columns, 26) > limits.CELLS:
        for piece in _pieces(file, archive, name, part):
            _measure(piece, extent)
    extent.check(file, name)
    if extent.cells * max(lengths, default=0) > limits.TEXT_IN_CELLS:
        times = Counter(
            place for piece in _pieces(file, archive, name, part) for place in _SHARED.findall(piece)
        )
        if (
            sum(lengths[int(at)] * often for at, often in times.items() if int(at) < len(lengths))
            > limits.TEXT_IN_CELLS
        ):
            raise Scan.too_large(file, name)
    found.errors[name] = errors


def _pieces(file: Path, archive: zipfile.ZipFile, name: str, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end between cells; Usage for a megabyte without any sign of a cell."""
    rest = b""
    for piece in chunks(file, archive, part):
        data = rest + piece
        cut = max(data.rfind(b"<c "), data.rfind(b":c "))
        if len(data) > 3 * CHUNK:
            raise Scan.too_large(file, name)
        if cut > 0:
            yield data[:cut]
            rest = data[cut:]
        else:
            rest = data
    yield rest


def _measure(piece: bytes, extent: Extent) -> None:
    for letters, digits in _CELL.findall(piece):
        extent.columns = max(extent.columns, column_of(letters[:6].decode().upper()))
        extent.rows = max(extent.rows, int(digits[:9]))


def _note(errors: dict[tuple[int, int], str], letters: bytes, digits: bytes, code: str) -> None:
    if len(errors) < _MOST_NOTED and len(digits) < 8:
        errors[int(digits) - 1, column_of(letters.decode()) - 1] = code


def _words(file: Path, archive: zipfile.ZipFile) -> list[int]:
    """Lengths in bytes of the words that cells refer to by place."""
    data = whole(file, archive, "xl/sharedStrings.xml", limits.WORDS_BYTES)
    return list(map(len, re.split(rb"</(?:\w+:)?si>", data))) if data else []


def _parts(book: Element, members: dict[str, str]) -> list[tuple[str, str]]:
    """Name and archive member of each sheet."""
    found = []
    for sheet in book.iter():
        if named(sheet, "sheet"):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            found.append((sheet.get("name", ""), members.get(relation, "")))
    return found
