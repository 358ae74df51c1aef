"""A look through an .xlsb before it is read: how far its cells reach and its error values."""

import struct
import zipfile
from pathlib import Path

from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1904
from svcq.sheets.files.scan import Extent, Scan, damaged, open_zip, whole
from svcq.sheets.files.xls import CODES
from svcq.sheets.files.xml import targets

_ROW, _CELLS, _ERRORS, _FORMULA_ERROR = 0, frozenset(range(2, 12)), frozenset((3, 11)), 11
"""Records; a blank cell (1) only has a style."""
_SHEET, _BOOK = 156, 153


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged or too large; its error cells and first day otherwise."""
    found = Scan()
    with open_zip(file) as archive:
        try:
            for name, part in _parts(file, archive, found):
                if part in archive.namelist():
                    found.errors[name] = _sheet(
                        file, name, whole(file, archive, part, limits.SHEET_BYTES // 2)
                    )
        except (struct.error, IndexError, ValueError):
            raise damaged(file) from None
    return found


def _sheet(file: Path, name: str, data: bytes) -> dict[tuple[int, int], str]:
    extent = Extent()
    errors: dict[tuple[int, int], str] = {}
    row = at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        if kind == _ROW and length >= 4:
            row = struct.unpack_from("<I", data, at)[0]
        elif kind in _CELLS and length >= 8:
            column = struct.unpack_from("<I", data, at)[0]
            extent.cells += 1
            extent.rows = max(extent.rows, row + 1)
            extent.columns = max(extent.columns, column + 1)
            if kind in _ERRORS and length >= 9:
                errors[row, column] = CODES.get(data[at + 8], "#N/A")
            if extent.cells > limits.CELLS:
                break
        at += length
    extent.check(file, name)
    return errors


def _parts(file: Path, archive: zipfile.ZipFile, found: Scan) -> list[tuple[str, str]]:
    members = targets(file, whole(file, archive, "xl/_rels/workbook.bin.rels", 2**20))
    data = whole(file, archive, "xl/workbook.bin", 2**23)
    parts: list[tuple[str, str]] = []
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        if kind == _BOOK and length >= 4 and data[at] & 1:
            found.epoch = EPOCH_1904
        elif kind == _SHEET:
            relation, after = _text(data, at + 8)
            name, _ = _text(data, after)
            parts.append((name, members.get(relation, "")))
        at += length
    return parts


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place after it."""
    value = 0
    for place in range(most):
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + most


def _text(data: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
