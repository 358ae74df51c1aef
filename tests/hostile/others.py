"""Hostile workbooks of other programs: OpenDocument tables, binary workbooks."""

import struct

from tests.hostile.case import ANY, FILE, TAKEN, Case
from tests.hostile.packing import ods
from tests.sheets.hostile import files as make

CASES = {
    "a text everywhere.ods": Case(
        ods(
            '<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="1000" '
            f'office:value-type="string"><text:p>{"a" * 30_000}</text:p></table:table-cell></table:table-row>'
        ),
        FILE,
        "too much text",
    ),
    "a row far too often.ods": Case(ods(make.ods_row(["x"], 999_999_999_999)), FILE, "more than"),
    "spaces without end.ods": Case(
        ods(
            '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/>x</text:p>'
            "</table:table-cell></table:table-row>"
        ),
        ANY,
    ),
    "laughs.ods": Case(make.ods("<a/>").replace(b"<a/>", b"<b/>"), FILE),
    "a sheet that is nothing.ods": Case(make.ods(""), FILE, "no sheets"),
    "a binary workbook.xlsb": Case(make.xlsb(), TAKEN),
    "a word everywhere.xlsb": Case(lambda path: path.write_bytes(_word_everywhere()), FILE, "too much text"),
    "cells in one place.xlsb": Case(
        lambda path: path.write_bytes(_in_one_place()), FILE, "more than", is_heavy=True
    ),
    "a record of 256 MB.xlsb": Case(
        make.changed(
            "xl/worksheets/sheet1.bin",
            lambda data: data[:40] + b"\x06\xff\xff\xff\x7f" + data[40:],
            make.xlsb(),
        ),
        FILE,
    ),
    "a word of four billion letters.xlsb": Case(
        make.changed(
            "xl/sharedStrings.bin",
            lambda _data: (
                make._record(159, struct.pack("<II", 2**32 - 1, 2**32 - 1))
                + make._record(19, b"\0\xff\xff\xff\xff")
            ),
            make.xlsb(),
        ),
        ANY,
    ),
}


def _with_words(sheet: bytes, text: str) -> bytes:
    book = make.changed(
        "xl/worksheets/sheet1.bin", lambda data: data[: -len(_TAIL)] + sheet + _TAIL, make.xlsb()
    )
    words = (
        make._record(159, struct.pack("<II", 1, 1))
        + make._record(19, b"\0" + make._wide(text))
        + make._record(160)
    )
    return make.changed("xl/sharedStrings.bin", lambda _data: words, book)


_TAIL = make._record(146) + make._record(130)


def _word_everywhere() -> bytes:
    """One long word, stored once, in a hundred thousand cells."""
    rows = b"".join(
        make._record(0, struct.pack("<I", row) + bytes(21))
        + b"".join(make._record(7, struct.pack("<III", column, 0, 0)) for column in range(100))
        for row in range(2, 1002)
    )
    return _with_words(rows, "a" * 32_000)


def _in_one_place() -> bytes:
    """Three million cells in one place."""
    return _with_words(make._record(2, struct.pack("<III", 0, 0, 0)) * 3_000_000, "a")
