"""A look through an old .xls before it is read: its size, its error values, its first day, a password."""

import struct
from collections.abc import Sequence
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1904
from svcq.sheets.files import compound
from svcq.sheets.files.archive import damaged
from svcq.sheets.files.scan import Extent, Scan
from svcq.sheets.files.xls_words import word_lengths

_BOF, _EOF, _SHEET, _EPOCH, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
_WORDS, _EXTENT = 0x00FC, 0x0200
"""Records whose counts the fast reader believes when it asks for memory."""
_FORMULA, _ERROR = 0x0006, 0x0205
_CELLS = frozenset((_FORMULA, _ERROR, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E, 0x0406))
"""Records of cells with something in them; blank ones (0x0201, 0x00BE) only have a style."""
_SHARED, _TEXTS = 0x00FD, frozenset((0x0204, 0x00D6))
"""A cell that refers to a word; cells that hold their text themselves."""
LONGEST = 131_070
"""Bytes that are counted for a word that cannot be found."""
CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged, protected or too large; its error cells and first day otherwise."""
    try:
        data = compound.stream(file, "workbook", "book")
        return _walk(file, data)
    except (struct.error, IndexError, ValueError):
        raise damaged(file) from None


def _walk(file: Path, data: bytes) -> Scan:
    found = Scan()
    names: dict[int, str] = {}
    depth, name = 0, ""
    extent = Extent()
    errors: dict[tuple[int, int], str] = {}
    words: Sequence[int] = ()
    at = text = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == _BOF:
            depth += 1
            if depth == 1 and at in names:
                name, extent, errors = names[at], Extent(), {}
                found.errors[name] = errors
        elif kind == _EOF:
            depth = max(depth - 1, 0)
        elif kind == _PASSWORD and not _is_default(data[at + 4 : at + 4 + length]):
            raise Usage("{path} is protected by a password: save it without one", path=str(file))
        elif kind == _SHEET:
            place, _, count, wide = struct.unpack_from("<IHBB", data, at + 4)
            title = data[at + 12 : at + 12 + count * (2 if wide & 1 else 1)]
            names[place] = title.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == _EPOCH and data[at + 4] == 1:
            found.epoch = EPOCH_1904
        elif kind in (_WORDS, _EXTENT):
            _check_count(kind, data[at + 4 : at + 4 + length], len(data))
            words = word_lengths(data, at) if kind == _WORDS else words
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", data, at + 4)
            extent.cells += 1
            if row >= extent.rows:
                extent.rows = row + 1
            if column >= extent.columns:
                extent.columns = column + 1
            if extent.rows * extent.columns > 2_000_000 or extent.cells > limits.CELLS:
                extent.check(file, name)
            if kind == _SHARED and length >= 10:
                word = struct.unpack_from("<I", data, at + 10)[0]
                text += words[word] if word < len(words) else LONGEST
            elif kind in _TEXTS:
                text += length
            if text > limits.TEXT_IN_CELLS:
                raise Scan.too_large(file, name)
            if kind == _ERROR and length >= 8 and data[at + 11]:
                errors[row, column] = CODES.get(data[at + 10], "#N/A")
            elif (
                kind == _FORMULA
                and length >= 14
                and data[at + 16 : at + 18] == b"\xff\xff"
                and data[at + 10] == 2
            ):
                errors[row, column] = CODES.get(data[at + 12], "#N/A")
        at += 4 + length
    return found


def _check_count(kind: int, record: bytes, room: int) -> None:
    """ValueError for more words than the file has room for, or an area larger than a sheet."""
    if kind == _WORDS:
        if struct.unpack_from("<I", record, 4)[0] > room // 3:
            raise ValueError("more words than bytes")
        return
    if len(record) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", record)
    else:
        top, bottom, left, right = struct.unpack_from("<HHHH", record)
    if not (top <= bottom <= 65_536 and left <= right <= 256):
        raise ValueError("an area outside a sheet")


def _is_default(password: bytes) -> bool:
    """Whether the whole workbook is not really encrypted; every form of encryption is refused."""
    return not password
