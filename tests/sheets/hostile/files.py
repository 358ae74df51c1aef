"""Hostile and broken files, each made by a few lines: name -> how to write it."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlwt

HEAD = ["合同编号", "客户名称", "敲章日期"]
ROW = ["HT-1", "一院", "2026-3-5"]
CSV = "合同编号,客户名称,敲章日期\nHT-1,一院,2026-3-5\n"


def xlsx(rows=(HEAD, ROW)) -> bytes:
    """A good workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows=(HEAD, ROW)) -> bytes:
    """A good old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(member: str, change: Callable[[bytes], bytes], book: bytes | None = None) -> bytes:
    """A workbook with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book or xlsx())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for one in source.infolist():
            data = source.read(one)
            to.writestr(one.filename, change(data) if one.filename == member else data)
        if member not in source.namelist():
            to.writestr(member, change(b""))
    return out.getvalue()


def sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with a changed sheet."""
    return changed("xl/worksheets/sheet1.xml", change)


def archive(**members: bytes | str) -> bytes:
    """A zip archive; `__` in a name is a slash, `_dot_` a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name, data in members.items():
            to.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def cells(xml: str) -> Callable[[bytes], bytes]:
    """Replace the rows of a sheet."""
    return lambda data: re.sub(
        rb"<sheetData>.*</sheetData>", b"<sheetData>%s</sheetData>" % xml.encode(), data, flags=re.S
    )


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def table(more: str) -> str:
    """A header and one row as XML, and more behind it."""
    head = "".join(inline(f"{letter}1", word) for letter, word in zip("ABC", HEAD, strict=True))
    row = "".join(inline(f"{letter}2", word) for letter, word in zip("ABC", ROW, strict=True))
    return f'<row r="1">{head}</row><row r="2">{row}</row>{more}'


def compound(*names: str) -> bytes:
    """A compound file with empty streams of these names."""
    data = bytearray(512)
    data[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", data, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIII", data, 44, 1, 1, 0, 4096, 0xFFFFFFFE)
    struct.pack_into("<III", data, 64, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", data, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for place, name in enumerate(("Root Entry", *names)):
        written = name.encode("utf-16-le") + b"\0\0"
        entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), 5 if not place else 2, 1)
        entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if not place else 0xFFFFFFFF) + bytes(36)
        directory += entry + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return bytes(data) + fat + directory.ljust(512, b"\0")


def bomb(kind: str) -> bytes:
    """A few kilobytes that unpack to very much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as to:
        with zipfile.ZipFile(io.BytesIO(xlsx())) as source:
            for one in source.infolist():
                if kind == "sheet" and one.filename == "xl/worksheets/sheet1.xml":
                    continue
                to.writestr(one.filename, source.read(one))
        if kind == "sheet":
            with to.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
                for _ in range(320):
                    member.write(b" " * 2**20)
        if kind == "words":
            with to.open("xl/sharedStrings.xml", "w") as member:
                member.write(b"<sst><si><t>" + b"a" * (70 * 2**20) + b"</t></si></sst>")
        if kind == "members":
            for number in range(5_001):
                to.writestr(f"xl/media/{number}", b"")
    return out.getvalue()


def one_word_everywhere() -> bytes:
    """A word of 30,000 letters in ten thousand cells, stored once."""
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 1001)
    )
    book = sheet(cells(rows))
    words = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
    return changed("xl/sharedStrings.xml", lambda _data: words % (b"a" * 30_000), book)


def ods(table_xml: str) -> bytes:
    """An OpenDocument table."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{table_xml}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return archive(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content_dot_xml=content,
        **{"META-INF__manifest_dot_xml": manifest},
    )


def ods_row(words, times=1) -> str:
    found = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        for one in words
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{found}</table:table-row>'


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """The file in the folder."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def xlsb(rows=(HEAD, ROW), far: int = 0, error: bool = False, styled: bool = False) -> bytes:
    """A binary workbook of texts; `far`: a row further down; `error`: with #REF! in its last cell.

    `styled`: with a blank cell in the last corner that a sheet has.
    """
    sheet = _record(129) + _record(148, bytes(16)) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", number + far * (number > 0)) + bytes(13) + bytes(8))
        for column, word in enumerate(row):
            sheet += _record(6, struct.pack("<II", column, 0) + _wide(word))
    if error:
        sheet += _record(3, struct.pack("<II", len(rows[-1]), 0) + b"\x17")
    if styled:
        sheet += _record(0, struct.pack("<I", 1_048_575) + bytes(21)) + _record(
            1, struct.pack("<II", 16_383, 0)
        )
    sheet += _record(146) + _record(130)
    names = (
        _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1")) + _record(144)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationships xmlns="{space}"><Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    return archive(
        xl__workbook_dot_bin=_record(131) + names + _record(157) + _record(132),
        **{"xl___rels__workbook_dot_bin_dot_rels": relation + "</Relationships>"},
        xl__worksheets__sheet1_dot_bin=sheet,
    )


def _record(kind: int, data: bytes = b"") -> bytes:
    first = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while size > 127:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return first + length + bytes([size]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
