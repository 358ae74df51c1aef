"""Hostile workbooks: what is small packed and vast unpacked, lies about its size, or never ends."""

import io
import zipfile
from pathlib import Path

from tests.hostile.case import ANY, FILE, ROWS, TAKEN, Case
from tests.hostile.packing import (
    EXTERNAL,
    LAUGHS,
    MB,
    QUADRATIC,
    SHEET,
    STYLES,
    WORDS,
    XML,
    cells,
    described,
    directory,
    lying,
    member,
    nested,
    overlapping,
    sheets,
    wide,
    words,
)
from tests.sheets.hostile import files as make

EMPTY_CELL = b'<c r="A9" s="1"/>'
FULL = b'<row><c t="inlineStr"><is><t>' + b"a" * 100 + b"</t></is></c></row>"
VALUE = '<row r="3">{}</row>'.format
SERIALS = ("1e300", "-1e300", "NaN", "INF", "9" * 400, "-5", "0", "60", "2958466", "1e999", "0x10", "", "½")

CONTROLS = make.inline("A3", "&#x9b;31m_x001B_[2J&#x202e;") + make.inline("B3", "&#127;&#xFFFD;")


def _day(row: int, value: str) -> str:
    """A row whose day is that number."""
    number, name = make.inline(f"A{row}", f"D-{row}"), make.inline(f"B{row}", "一院")
    return f'<row r="{row}">{number}{name}<c r="C{row}"><v>{value}</v></c></row>'


CASES = {
    "a sheet of blanks, 250 MB.xlsx": Case(cells((b" ", 250 * MB)), FILE, "more than"),
    "a sheet of empty cells, 250 MB.xlsx": Case(cells((EMPTY_CELL, 14 * MB)), ANY, is_heavy=True),
    "a sheet of empty rows.xlsx": Case(cells((b"<row/>", MB)), ANY),
    "a sheet of short texts, 250 MB.xlsx": Case(
        cells((FULL, 250 * MB // len(FULL))), FILE, "more than", is_heavy=True
    ),
    "a text of 100 MB in a cell.xlsx": Case(
        cells(
            (b'<row r="3"><c r="A3" t="inlineStr"><is><t>', 1), (b"a", 100 * MB), (b"</t></is></c></row>", 1)
        ),
        FILE,
        "more than",
    ),
    "long texts, 250 MB.xlsx": Case(
        cells(
            (
                b'<row><c t="inlineStr"><is><t>'
                + b"a" * 32_000
                + "\U0001f600".encode()
                + b"</t></is></c></row>",
                8000,
            )
        ),
        FILE,
        "too much text|unpacks to more",
        is_heavy=True,
    ),
    "comments without end.xlsx": Case(cells((b"<!-- -->", 30 * MB)), ANY),
    "brackets in brackets.xlsx": Case(cells((b"<row>", 2 * MB)), ANY),
    "brackets in the workbook.xlsx": Case(member("xl/workbook.xml", ((b"<a>", 2 * MB),)), FILE),
    "many tags in the workbook.xlsx": Case(
        member(
            "xl/workbook.xml", ((b"<workbook %s>" % XML, 1), (b"<a/>", 2 * MB - 100), (b"</workbook>", 1))
        ),
        ANY,
    ),
    "attributes without end.xlsx": Case(member("xl/workbook.xml", ((b"<a", 1), (b" a='1'", MB))), FILE),
    "a million merged ranges.xlsx": Case(
        cells(
            behind=b'<mergeCells><c r="A1"/>'
            + b'<mergeCell ref="A1:XFD1048576"/>' * 60_000
            + b"</mergeCells>"
        ),
        FILE,
        "more than",
    ),
    "a merge of everything.xlsx": Case(
        cells(behind=b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), ANY
    ),
    "a dimension of everything.xlsx": Case(
        make.sheet(lambda data: data.replace(b'ref="A1', b'ref="A1:XFD1048576" x="')), ANY
    ),
    "styles of 250 MB.xlsx": Case(
        member(
            STYLES,
            (
                (b"<styleSheet %s><numFmts>" % XML, 1),
                (b'<numFmt numFmtId="9" formatCode="yyyy"/>', 5 * MB),
                (b"</numFmts></styleSheet>", 1),
            ),
        ),
        FILE,
        "unpacks to more",
    ),
    "styles of 30 MB, each another.xlsx": Case(
        member(
            STYLES,
            (
                (b"<styleSheet %s><numFmts>" % XML, 1),
                (b"".join(b'<numFmt numFmtId="%d" formatCode="y"/>' % at for at in range(700_000)), 1),
                (b"</numFmts></styleSheet>", 1),
            ),
        ),
        TAKEN,
    ),
    "twenty thousand styles.xlsx": Case(
        member(
            STYLES,
            (
                (b"<styleSheet %s><cellXfs>" % XML, 1),
                (b'<xf numFmtId="14"/>', 20_000),
                (b"</cellXfs></styleSheet>", 1),
            ),
        ),
        TAKEN,
    ),
    "seven million words.xlsx": Case(
        words(b"<si></si>", 7 * MB - 9000), FILE, "unpacks to more|too much text", is_heavy=True
    ),
    "sixteen million short words.xlsx": Case(words(b"<si/>", 13 * MB), FILE, "unpacks to more|too much text"),
    "words in words.xlsx": Case(words(b"<si><r><t>a</t></r>", 3 * MB), ANY),
    "a word of 60 MB.xlsx": Case(
        member(WORDS, ((b"<sst %s><si><t>" % XML, 1), (b"a", 60 * MB), (b"</t></si></sst>", 1))), ANY
    ),
    "a lie about a sheet.xlsx": Case(lambda path: path.write_bytes(lying(SHEET, 4000, 900 * MB)), FILE),
    "a lie about the words.xlsx": Case(
        lambda path: path.write_bytes(lying("xl/workbook.xml", 4000, 900 * MB)), FILE
    ),
    "a lie about the styles.xlsx": Case(lambda path: path.write_bytes(lying(STYLES, 9000, 900 * MB)), FILE),
    "an open lie about the styles.xlsx": Case(
        lambda path: path.write_bytes(lying(STYLES, 9000, 900 * MB, b"<styleSheet><!--")), FILE, "damaged"
    ),
    "a lie about what is not a part.xlsx": Case(
        lambda path: path.write_bytes(lying("docProps/core.xml", 9000, 900 * MB)), FILE, "damaged"
    ),
    "entries over each other.xlsx": Case(lambda path: path.write_bytes(overlapping(500)), FILE),
    "more entries over each other.xlsx": Case(
        lambda path: path.write_bytes(overlapping(4900)), FILE, "unpacks to more"
    ),
    "a directory without files.xlsx": Case(lambda path: path.write_bytes(directory(1_000_000, 1)), FILE),
    "a directory that denies it.xlsx": Case(lambda path: path.write_bytes(directory(4000, 4000)), FILE),
    "archives in archives.xlsx": Case(lambda path: path.write_bytes(nested(5)), FILE, "unpack it first"),
    "a path out of the archive.xlsx": Case(
        make.changed("../../../tmp/svcq-was-here", lambda _data: b"x"), TAKEN
    ),
    "laughs in the workbook.xlsx": Case(described(LAUGHS, "xl/workbook.xml"), FILE, "damaged"),
    "laughs in a sheet.xlsx": Case(
        described(LAUGHS.replace(b'"aaaaaaaaaa"', b'"HT"'), SHEET, b"entity"), ANY
    ),
    "laughs in the words.xlsx": Case(described(LAUGHS, WORDS), ANY),
    "laughs in the styles.xlsx": Case(described(LAUGHS, STYLES), ANY),
    "one entity often.xlsx": Case(described(QUADRATIC, SHEET, b"entity"), ANY),
    "an entity from a file.xlsx": Case(described(EXTERNAL, SHEET, b"entity"), ANY),
    "an entity from a file in the book.xlsx": Case(
        described(EXTERNAL, "xl/workbook.xml", b"Sheet"), FILE, "damaged"
    ),
    "300 columns.xlsx": Case(lambda path: path.write_bytes(wide(300)), FILE, "--kind"),
    "16384 columns.xlsx": Case(lambda path: path.write_bytes(wide(16_384)), (0, 2)),
    "five thousand sheets.xlsx": Case(sheets(f"s{n}" for n in range(5000)), FILE, "more than 200 sheets"),
    "sheets of one name.xlsx": Case(sheets(["a"] * 50), (0, 2, 5)),
    "sheet names that a terminal obeys.xlsx": Case(
        sheets(["&#x9b;31mred", "\u202egnp", "[red]x[/]", "&lt;script&gt;", "a&#10;b", "=cmd|x"]), (0, 2, 5)
    ),
    "a word that is not there.xlsx": Case(
        make.sheet(make.cells(make.table(VALUE('<c r="A3" t="s"><v>99999999</v></c>')))), FILE
    ),
    "places backwards.xlsx": Case(
        make.sheet(
            make.cells(
                make.table('<row r="9"><c r="C9"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>')
            )
        ),
        ANY,
    ),
    "days that are none.xlsx": Case(
        make.sheet(make.cells(make.table("".join(map(_day, range(3, 99), SERIALS))))), (2, 5)
    ),
    "formulas of all kinds.xlsx": Case(
        make.xlsx(
            [make.HEAD, ["=cmd|'/C calc'!A0", '=HYPERLINK("http://x")', "=1+1"], ["=A1", "一院", "2026-3-5"]]
        ),
        ROWS,
        "formula",
    ),
    "control characters.xlsx": Case(make.sheet(make.cells(make.table(f'<row r="3">{CONTROLS}</row>'))), ANY),
    "one sheet fifty times, 5 GB.xlsx": Case(lambda path: _one_sheet_often(path), FILE, "more than"),
    "texts between other brackets.xlsx": Case(
        cells(
            (b'<row><c t="inlineStr"><is><t><![CDATA[<' + b"a" * 30_000 + b">]]></t></is></c></row>", 8000)
        ),
        ANY,
        is_heavy=True,
    ),
    "a document.xlsx": Case(make.archive(word__document_dot_xml="<a/>"), FILE, "a document"),
    "slides.xlsx": Case(make.archive(ppt__presentation_dot_xml="<a/>"), FILE, "a document"),
    "macros.xlsm": Case(make.changed("xl/vbaProject.bin", lambda _data: make.compound("VBA")), TAKEN),
    "cut in half.xlsx": Case(make.xlsx()[:3000], FILE, "damaged"),
    "packed in another way.xlsx": Case(lambda path: _repacked(path, zipfile.ZIP_LZMA), FILE, "damaged"),
    "words behind the end.xlsx": Case(make.xlsx() + b"PK\5\6" + bytes(18), (0, 2)),
    "an archive behind the end.xlsx": Case(make.xlsx() + make.archive(xl__workbook_dot_xml="<a/>"), FILE),
}


def _one_sheet_often(path: Path) -> None:
    cells((EMPTY_CELL, 6 * MB))(path)
    with zipfile.ZipFile(io.BytesIO(sheets(f"s{n}" for n in range(50)))) as source:
        book = source.read("xl/workbook.xml")
    path.write_bytes(make.changed("xl/workbook.xml", lambda _data: book, path.read_bytes()))


def _repacked(path: Path, method: int) -> None:
    with zipfile.ZipFile(io.BytesIO(make.xlsx())) as source, zipfile.ZipFile(path, "w", method) as to:
        for one in source.infolist():
            to.writestr(one.filename, source.read(one))
