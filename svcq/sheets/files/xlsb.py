"""A look through an .xlsb before it is read: how far its cells reach and its error values."""

import struct
from array import array
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1904
from svcq.sheets.files.archive import Archive, damaged, opened
from svcq.sheets.files.scan import Extent, Scan
from svcq.sheets.files.xls import CODES
from svcq.sheets.files.xml import targets

_ROW, _CELLS, _ERRORS, _FORMULA_ERROR = 0, frozenset(range(2, 12)), frozenset((3, 11)), 11
"""Records; a blank cell (1) only has a style."""
_SHEET, _BOOK = 156, 153
_ITEM, _SHARED, _TEXTS = 19, 7, frozenset((6, 8))
"""A word, a cell that refers to one, cells that hold their text themselves."""


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged or too large; its error cells and first day otherwise."""
    found = Scan()
    with opened(file) as archive:
        try:
            words = _words(archive.whole("xl/sharedStrings.bin", limits.WORDS_BYTES))
            total = 0
            for name, part in _parts(archive, found):
                total += archive.size(part)
                if total > limits.SHEETS_BYTES // 2:
                    raise Scan.too_large(file, name)
                _sheet(file, name, archive.whole(part, limits.SHEET_BYTES // 2), words, found)
        except (struct.error, IndexError, ValueError):
            raise damaged(file) from None
        archive.check_the_rest()
    return found


def _words(data: bytes) -> "array[int]":
    """Lengths of the words that cells refer to by place, in bytes."""
    lengths = array("Q")
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        if kind == _ITEM and length >= 5:
            lengths.append(2 * min(struct.unpack_from("<I", data, at + 1)[0], length // 2))
        at += length
    return lengths


def _sheet(file: Path, name: str, data: bytes, words: "array[int]", found: Scan) -> None:
    extent = Extent()
    errors: dict[tuple[int, int], str] = {}
    row = at = text = 0
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
            elif kind == _SHARED and length >= 12:
                word = struct.unpack_from("<I", data, at + 8)[0]
                text += words[word] if word < len(words) else 0
            elif kind in _TEXTS:
                text += length
            if extent.cells > limits.CELLS or text > limits.TEXT_IN_CELLS:
                raise Scan.too_large(file, name)
        at += length
    extent.check(file, name)
    found.add_text(file, name, text)
    found.errors[name] = errors


def _parts(archive: Archive, found: Scan) -> list[tuple[str, str]]:
    members = targets(archive.file, archive.whole("xl/_rels/workbook.bin.rels", 2**20))
    data = archive.whole("xl/workbook.bin", 2**23)
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
    if len(parts) > limits.SHEETS:
        raise Usage("{path} has more than {most} sheets", path=str(archive.file), most=limits.SHEETS)
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
