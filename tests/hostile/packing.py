"""How hostile archives are made: parts without end that are packed in a moment, sizes that are lies."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable

from tests.sheets.hostile import files as make

MB = 2**20
SHEET, WORDS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
XML = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
    + b"]>"
)
QUADRATIC = b'<!DOCTYPE w [<!ENTITY a "' + b"a" * 100_000 + b'">]>'
EXTERNAL = (
    b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://localhost:9/">%b;]>'
)
ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'


def member(name: str, parts: Iterable[tuple[bytes, int]]):
    """What writes a good workbook with one part that is `parts`, each so many times."""
    return lambda path: path.write_bytes(replaced(name, *squeezed(parts)))


def squeezed(parts: Iterable[tuple[bytes, int]]) -> tuple[bytes, int, int]:
    """The parts packed: a megabyte is packed once and stands there again and again; their size and check sum."""
    out, size, check = bytearray(), 0, 0
    for part, times in parts:
        many = max(1, MB // len(part))
        for block, often in ((part * many, times // many), (part * (times % many), 1)):
            squeeze = zlib.compressobj(1, zlib.DEFLATED, -15)
            packed = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
            out += packed * often
            size += len(block) * often
            for _ in range(often):
                check = zlib.crc32(block, check)
    return bytes(out) + zlib.compressobj(1, zlib.DEFLATED, -15).flush(), size, check


def replaced(name: str, packed: bytes, size: int, check: int) -> bytes:
    """A good workbook with a part that holds these packed bytes and is said to be so large and to have that check sum."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as to:
        with zipfile.ZipFile(io.BytesIO(make.xlsx())) as source:
            for one in source.infolist():
                if one.filename != name:
                    to.writestr(one.filename, source.read(one))
        to.writestr(name, packed)
        last = to.filelist[-1]
        last.compress_type, last.file_size, last.CRC = 8, size, check
    whole, at = bytearray(out.getvalue()), last.header_offset
    struct.pack_into("<H", whole, at + 8, 8)
    struct.pack_into("<III", whole, at + 14, check, len(packed), size)
    return bytes(whole)


def cells(*rows: tuple[bytes, int], behind: bytes = b""):
    """What writes a workbook whose first sheet has a good header and row, and `rows` below them."""
    head = b"<worksheet %s><sheetData>%s" % (XML, make.table("").encode())
    return member(SHEET, ((head, 1), *rows, (b"</sheetData>%s</worksheet>" % behind, 1)))


def words(one: bytes, times: int):
    """What writes a workbook with that word, so many times, among its shared ones."""
    return member(WORDS, ((b"<sst %s>" % XML, 1), (one, times), (b"</sst>", 1)))


def described(doctype: bytes, name: str, inside: bytes | None = None) -> bytes:
    """A workbook one part of which has a document type, and an entity where `inside` stands."""

    def change(data: bytes) -> bytes:
        data = re.sub(rb"<\?xml[^>]*\?>", b"", data)
        return doctype + (data.replace(inside, b"&a;" * 20) if inside else data)

    book = make.sheet(make.cells(make.table(make.inline("A3", "entity"))))
    return make.changed(name, change, book)


def lying(name: str, size: int, real: int, start: bytes | None = None) -> bytes:
    """A workbook one part of which says it has `size` bytes and unpacks to `real` blanks more, behind `start`."""
    with zipfile.ZipFile(io.BytesIO(make.xlsx())) as source:
        said = (start or source.read(name))[:size].ljust(size, b" ")
    packed, _size, _check = squeezed(((said, 1), (b" " * MB, real // MB)))
    return replaced(name, packed, size, zlib.crc32(said))


def overlapping(times: int) -> bytes:
    """Many entries of one and the same packed megabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name, data in ((SHEET, b" " * MB), ("xl/workbook.xml", b"<workbook/>")):
            to.writestr(name, data)
        first = to.filelist[0]
        for number in range(times):
            other = zipfile.ZipInfo(f"xl/worksheets/sheet{number + 2}.xml")
            for key in ("compress_type", "compress_size", "file_size", "CRC", "header_offset"):
                setattr(other, key, getattr(first, key))
            to.filelist.append(other)
        to._didModify = True
    return out.getvalue()


def directory(entries: int, ended: int) -> bytes:
    """An archive that is nothing but a directory of empty files; its end says it has `ended`."""
    name = b"xl/workbook.xml"
    one = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0
    )
    whole = (one + name) * entries
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, ended, ended, len(whole) & 0xFFFFFFFF, 4, 0)
    return b"PK\3\4" + whole + end


def nested(depth: int) -> bytes:
    """Archives in archives, the last one a sheet of ten million blanks."""
    data = make.archive(a=b" " * (10 * MB))
    for number in range(depth):
        data = make.archive(**{f"a{number}_dot_zip": data, f"b{number}_dot_zip": data})
    return data


def sheets(names: Iterable[str]) -> bytes:
    """A workbook with many sheets, all of them the one that there is."""
    tags = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId1"/>' for at, name in enumerate(names, start=1)
    )
    return make.changed(
        "xl/workbook.xml",
        lambda data: re.sub(
            rb"<sheets>.*</sheets>", b"<sheets>%s</sheets>" % tags.encode(), data, flags=re.S
        ).replace(
            b"<workbook ",
            b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
            1,
        ),
    )


def ods(rows: str) -> bytes:
    """An OpenDocument table with a good header and row, and `rows` below."""
    return make.ods(
        f'<table:table table:name="a">{make.ods_row(make.HEAD)}{make.ods_row(make.ROW)}{rows}</table:table>'
    )


def wide(columns: int) -> bytes:
    """A sheet with that many columns, three of which are known."""
    head = [*make.HEAD, *(f"列{n}" for n in range(columns - 3))]
    return make.xlsx([head, [*make.ROW, *["x"] * (columns - 3)]])
