"""Hostile old workbooks: a compound file whose tables lead in circles, records that promise more than there is."""

import struct
from pathlib import Path

from tests.hostile.case import ANY, FILE, TAKEN, Case
from tests.sheets.hostile import files as make

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512


def record(kind: int, data: bytes = b"") -> bytes:
    """One record of a workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def book(cells: bytes, words: bytes = b"") -> bytes:
    """The stream of a workbook with one sheet that has these records."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    name = record(0x0085, struct.pack("<IHBB", 0, 0, 1, 0) + b"a")
    place = len(start) + len(name) + len(words) + 4
    name = record(0x0085, struct.pack("<IHBB", place, 0, 1, 0) + b"a")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 6))
    return start + name + words + record(0x000A) + sheet + cells + record(0x000A)


def packed(stream: bytes, cutoff: int = 4096, size: int | None = None) -> bytes:
    """A compound file with one stream named Workbook."""
    parts = -(-max(len(stream), 4096) // SECTOR)
    tables = 1
    while tables * 128 < parts + 1 + tables:
        tables += 1
    head = bytearray(SECTOR)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIII", head, 44, tables, 0, 0, cutoff, END)
    struct.pack_into("<III", head, 64, 0, END, 0)
    assert tables <= 109
    struct.pack_into("<109I", head, 76, *range(1, tables + 1), *[FREE] * (109 - tables))
    first = tables + 1
    fat = [END, *[TABLE] * tables, *range(first + 1, first + parts), END]
    fat += [FREE] * (tables * 128 - len(fat))
    directory = _entry("Root Entry", 5, END, 0) + _entry("Workbook", 2, first, size or max(len(stream), 4096))
    return (
        bytes(head)
        + directory.ljust(SECTOR, b"\0")
        + struct.pack(f"<{len(fat)}I", *fat)
        + stream.ljust(parts * SECTOR, b"\0")
    )


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return entry + struct.pack("<III", FREE, FREE, FREE) + bytes(36) + struct.pack("<IQ", start, size)


def word(text: bytes, times: int = 1, said: int | None = None) -> bytes:
    """The table of shared words, with one word so many times."""
    one = struct.pack("<HB", len(text), 0) + text
    return record(0x00FC, struct.pack("<II", times, times if said is None else said) + one * times)


def everywhere(rows: int, columns: int, text: bytes) -> bytes:
    """A long word, stored once, in many cells."""
    cells = b"".join(
        record(0x00FD, struct.pack("<HHHI", row, column, 0, 0))
        for row in range(rows)
        for column in range(columns)
    )
    return packed(book(cells, word(text)))


def circle(size: int) -> bytes:
    """A file whose list of tables leads back to itself."""
    whole = bytearray(packed(book(b"")).ljust(size * SECTOR, b"\0"))
    place = size - 2
    struct.pack_into("<II", whole, 68, place, 1)
    struct.pack_into("<128I", whole, (place + 1) * SECTOR, *[2] * 127, place)
    return bytes(whole)


def roots(size: int) -> bytes:
    """A directory of nothing but roots, each of them the whole file."""
    whole = bytearray(packed(bytes(size * SECTOR)))
    first = struct.unpack_from("<I", whole, SECTOR + 128 + 116)[0]
    struct.pack_into("<I", whole, 48, first)
    entry = _entry("Root Entry", 5, first, size * SECTOR)
    start = (first + 1) * SECTOR
    whole[start:] = (entry * (len(whole[start:]) // 128 + 1))[: len(whole[start:])]
    return bytes(whole)


def mini(size: int) -> bytes:
    """A small stream that is said to be endless, its chain a circle."""
    whole = bytearray(packed(book(b"").ljust(size * SECTOR, b"\0"), cutoff=0xFFFFFFFF, size=0xFFFFFFF0))
    first = struct.unpack_from("<I", whole, SECTOR + 128 + 116)[0]
    struct.pack_into("<I", whole, SECTOR + 116, first)
    struct.pack_into("<I", whole, 60, first)
    start = (first + 1) * SECTOR
    whole[start:] = struct.pack("<I", first) * (len(whole[start:]) // 4)
    return bytes(whole)


def damaged(at: float) -> bytes:
    """A real one, cut off at a part of its length."""
    whole = make.xls()
    return whole[: int(len(whole) * at)]


def write(make_it, *arguments: object):
    """What writes the file when it is asked for."""

    def to(path: Path) -> None:
        path.write_bytes(make_it(*arguments))

    return to


ONE_PLACE = record(0x0203, struct.pack("<HHHd", 0, 0, 0, 1.0))
CASES = {
    "a good old workbook.xls": Case(make.xls(), TAKEN),
    "cut at a tenth.xls": Case(damaged(0.1), FILE),
    "cut in half.xls": Case(damaged(0.5), FILE),
    "cut near the end.xls": Case(damaged(0.9), FILE),
    "a word everywhere.xls": Case(write(everywhere, 1000, 90, b"a" * 8000), FILE, "too much text"),
    "cells in one place.xls": Case(write(lambda: packed(book(ONE_PLACE * 340_000))), ANY),
    "a word that is not there.xls": Case(
        packed(book(record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 77)))), FILE
    ),
    "four billion words.xls": Case(packed(book(b"", word(b"a", 1, 2**32 - 1))), FILE, "damaged"),
    "a table of tables in a circle.xls": Case(write(circle, 20_000), FILE, "damaged"),
    "nothing but roots.xls": Case(write(roots, 12_000), FILE),
    "a small stream without end.xls": Case(write(mini, 12_000), FILE),
    "a sheet larger than a sheet.xls": Case(
        packed(book(record(0x0200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65535, 0)))), FILE, "damaged"
    ),
    "a formula of nothing but signs.xls": Case(
        packed(
            book(
                record(
                    0x0006, struct.pack("<HHHdHIH", 0, 0, 0, 1.0, 0, 0, 8000) + b"\x1e\1\0" + b"\x14" * 7997
                )
                * 60
            )
        ),
        ANY,
    ),
    "a formula of nothing but brackets.xls": Case(
        packed(
            book(
                record(
                    0x0006, struct.pack("<HHHdHIH", 0, 0, 0, 1.0, 0, 0, 8000) + b"\x1e\1\0" + b"\x15" * 7997
                )
                * 60
            )
        ),
        ANY,
    ),
    "protected.xls": Case(packed(book(b"", record(0x002F, struct.pack("<HHH", 0, 1, 2)))), FILE, "password"),
    "an encrypted workbook.xlsx": Case(make.compound("EncryptionInfo", "EncryptedPackage"), FILE, "password"),
    "a document.xls": Case(make.compound("WordDocument"), FILE, "a document"),
    "a workbook of Excel 4.xls": Case(b"\x09\x04\x06\x00\x00\x00\x10\x00", FILE, "very old"),
}
