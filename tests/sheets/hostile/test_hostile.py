"""Hostile and broken files: each gives one clear sentence or a right reading, and nothing else."""

import os
import re
from datetime import date

import pytest
import xlwt

from svcq.errors import Usage
from svcq.sheets.grid import letters
from svcq.sheets.reader import ReadOptions, read_file
from tests.sheets.hostile import files as make

WANTED = [{"number": "HT-1", "customer": "一院", "sealed_on": date(2026, 3, 5)}]
ENTITIES = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(8))
    + b"]>"
)
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
XML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

REFUSED = {
    "empty file.xlsx": (b"", "is empty"),
    "only blanks.csv": ("  \n\n", "the sheet is empty"),
    "a pdf.xlsx": (b"%PDF-1.7\n...", "a PDF document"),
    "a picture.xls": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "a gzip.csv": (b"\x1f\x8b\x08\x00rest", "packed archive"),
    "a 7z.xlsx": (b"7z\xbc\xaf\x27\x1crest", "packed archive"),
    "a database.csv": (b"SQLite format 3\x00rest", "a database"),
    "rtf.csv": (b"{\\rtf1 hello}", "text document"),
    "html as xls.xls": ("<html><body><table><tr><td>合同编号</td></tr></table>", "is a web page"),
    "a table as xls.xls": ("\ufeff\n<table><tr><td>1</td></tr></table>", "is a web page"),
    "xml 2003.xls": ('<?xml version="1.0"?><Workbook/>', "is an XML file"),
    "binary.csv": (b"a,b\x00c,d\n", "neither a workbook nor a text file"),
    "late nul.csv": (make.CSV.encode() + b"x" * 5000 + b"\x00", "neither a workbook nor a text file"),
    "biff without its file.xls": (b"\x09\x08\x10\x00\x00\x06\x05\x00", "very old workbook"),
    "a zip.xlsx": (make.archive(a_dot_txt="x"), "archive, not a workbook"),
    "an empty zip.xlsx": (b"PK\x05\x06" + bytes(18), "empty archive"),
    "a document.xlsx": (make.archive(word__document_dot_xml="<a/>"), "a document, not a table"),
    "half a workbook.xlsx": (make.xlsx()[:2000], "damaged"),
    "only a magic.xlsx": (b"PK\x03\x04", "damaged"),
    "wrong checksum.xlsx": (make.xlsx().replace(b"sheetData", b"sheetDatb"), None),
    "half a sheet.xlsx": (make.sheet(lambda data: data[: len(data) // 2]), "damaged"),
    "no sheet part.xlsx": (
        make.archive(xl__workbook_dot_xml=f'<workbook xmlns="{XML}"><sheets/></workbook>'),
        "damaged",
    ),
    "no xml at all.xlsx": (make.changed("xl/workbook.xml", lambda _data: b"\xff\xfe\x00"), "damaged"),
    "entities.xlsx": (make.changed("xl/workbook.xml", lambda data: ENTITIES + data), "damaged"),
    "external entity.xlsx": (
        make.changed(
            "xl/workbook.xml", lambda data: b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + data
        ),
        "damaged",
    ),
    "a far cell.xlsx": (make.sheet(make.cells(make.table(FAR))), "more than"),
    "a cell in no row.xlsx": (
        make.sheet(make.cells(make.table('<row r="3"><c r="B999999"><v>1</v></c></row>'))),
        "more than",
    ),
    "an impossible place.xlsx": (
        make.sheet(make.cells(make.table('<row r="3"><c r="ZZZZZZZZ9"><v>1</v></c></row>'))),
        "more than",
    ),
    "a wide and a deep cell.xlsx": (
        make.sheet(
            make.cells(
                make.table(
                    '<row r="9"><c r="ZZ9"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>'
                )
            )
        ),
        "more than",
    ),
    "unplaced cells far down.xlsx": (
        make.sheet(
            make.cells(
                make.table(f'<row r="1048576"><c><v>1</v></c></row><row>{"<c><v>1</v></c>" * 99}</row>')
            )
        ),
        "more than",
    ),
    "a sheet bomb.xlsx": (lambda: make.bomb("sheet"), "unpacks to more|more than"),
    "a word bomb.xlsx": (lambda: make.bomb("words"), "unpacks to more"),
    "too many members.xlsx": (lambda: make.bomb("members"), "unpacks to more"),
    "one word everywhere.xlsx": (make.one_word_everywhere, "too much text"),
    "a protected workbook.xlsx": (make.compound("EncryptionInfo", "EncryptedPackage"), "password"),
    "a word document.xls": (make.compound("WordDocument"), "a document"),
    "some compound file.xls": (make.compound("Something"), "not a workbook"),
    "an empty stream.xls": (make.compound("Workbook"), "has no sheets"),
    "half an old workbook.xls": (make.xls()[:1500], "damaged"),
    "only a compound magic.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
    "an endless chain.xls": (make.xls()[:512] + b"\0" * 5000, "damaged"),
    "an open quote.csv": (
        make.CSV + 'HT-2,"二院,2026-3-5\nHT-3,三院,2026-3-5\n',
        "line 3: the quotation marks",
    ),
    "a stray quote.csv": (make.CSV + 'HT-2,"二"院,2026-3-5\n', "line 3: the quotation marks"),
    "a long field.csv": (make.CSV + "HT-2," + "x" * 200_000 + ",\n", "has no end"),
    "no encoding.csv": (b"\xff\xff\xff,\xff\n", "--encoding"),
    "many columns.csv": ("a," * 20_000, "16384 columns"),
    "a far cell by another way.xlsx": (
        make.changed(
            "xl/_rels/workbook.xml.rels",
            lambda data: data.replace(b"worksheets/sheet1", b"worksheets/Sheet1"),
            make.sheet(make.cells(make.table(FAR))),
        ),
        "more than",
    ),
    "a far row.xlsb": (make.xlsb(far=900_000), "more than"),
    "half a binary workbook.xlsb": (make.xlsb()[:600], "damaged"),
    "bad cells without end.xlsx": (
        make.sheet(make.cells('<row r="1"><c r="A1" t="e">' + '<c r="A1" t="e">' * 20_000)),
        "error values|damaged",
    ),
    "ods with a million rows.ods": (
        make.ods(
            f'<table:table table:name="a">{make.ods_row(make.HEAD)}{make.ods_row(make.ROW, 1048575)}</table:table>'
        ),
        "more than",
    ),
    "ods without a table.ods": (make.archive(mimetype="x", content_dot_xml="<a"), None),
    "nothing known.xlsx": (make.xlsx([["a", "b"], [1, 2]]), "no header row was recognised"),
    "two same members.xlsx": (make.xlsx().replace(b"docProps/core.xml", b"docProps/core.xml"), None),
}


def _noted(data):
    """The archive with a comment."""
    note = b"written by a program"
    return data[:-2] + len(note).to_bytes(2, "little") + note


READ = {
    "right": make.xlsx(),
    "really an xlsx.xls": make.xlsx(),
    "really an xls.xlsx": make.xls(),
    "really a csv.xlsx": make.CSV,
    "really a csv.xls": make.CSV.replace(",", "\t").encode("gb18030"),
    "a table.txt": make.CSV.replace(",", "|"),
    "utf-16.csv": make.CSV.encode("utf-16"),
    "utf-16 big.csv": b"\xfe\xff" + make.CSV.encode("utf-16-be"),
    "no end of line.csv": make.CSV.rstrip(),
    "old mac.csv": make.CSV.replace("\n", "\r"),
    "trailing commas.csv": make.CSV.replace("\n", ",,,\n"),
    "blank lines.csv": make.CSV.replace("\n", "\n\n\n"),
    "invisible marks.csv": make.CSV.replace("HT-1", "\u202eHT-1\u200b\x07"),
    "a lying dimension.xlsx": make.sheet(
        lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data)
    ),
    "unplaced cells.xlsx": make.sheet(lambda data: re.sub(rb' r="[A-Z]?\d+"', b"", data)),
    "styled ghost rows.xlsx": make.sheet(make.cells(make.table('<row r="900"><c r="C900" s="1"/></row>'))),
    "single quotes.xlsx": make.sheet(lambda data: data.replace(b'"', b"'")),
    "styled to the last cell, behind columns.xlsx": make.sheet(
        lambda data: re.sub(
            rb"<sheetData>(.*)</sheetData>",
            rb'<cols><col min="1" max="16384" width="9"/></cols><sheetData>\1'
            rb'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
            data,
            flags=re.DOTALL,
        )
    ),
    "rows with a height alone.xlsx": make.sheet(
        lambda data: data.replace(
            b"</sheetData>",
            b"".join(b'<row r="%d" ht="18.75" customHeight="1"/>' % row for row in range(900, 90_000))
            + b"</sheetData>",
        )
    ),
    "many links.xlsx": make.sheet(
        lambda data: data.replace(
            b"</sheetData>",
            b"</sheetData><hyperlinks>" + b'<hyperlink ref="Z9" location="A1"/>' * 90_000 + b"</hyperlinks>",
        )
    ),
    "a note at its end.xlsx": _noted(make.xlsx()),
    "binary.xlsb": make.xlsb(),
    "really a binary.xlsx": make.xlsb(),
    "a repeated header.csv": make.CSV.split("\n")[0] + "\n" + make.CSV,
    "ods.ods": make.ods(
        f'<table:table table:name="a">{make.ods_row(make.HEAD)}{make.ods_row(make.ROW)}'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path, name):
    data, words = REFUSED[name]
    path = make.write(tmp_path, name, data() if callable(data) else data)
    if words is None:
        _survives(path)
        return
    with pytest.raises(Usage, match=words) as caught:
        read_file(str(path))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_right(tmp_path, name):
    found = read_file(str(make.write(tmp_path, name, READ[name])))
    assert [row.values for sheet in found.sheets for row in sheet] == WANTED
    assert [one for sheet in found.sheets for one in sheet.refused] == []


def _survives(path):
    try:
        for sheet in read_file(str(path)).sheets:
            assert sheet.rows or sheet.refused
    except Usage as why:
        str(why).encode()


def test_error_values_of_a_binary_workbook_are_refused(tmp_path):
    path = make.write(tmp_path, "a.xlsb", make.xlsb([[*make.HEAD, "合同金额"], make.ROW], error=True))
    assert [(one.row, one.column) for one in read_file(str(path)).sheets[0].refused] == [(2, 4)]


@pytest.mark.parametrize("name", ["missing.xlsx", ".", "a\0b", "x" * 5000, "missing/file.csv"])
def test_a_path_that_is_no_file_is_a_sentence(tmp_path, name):
    with pytest.raises(Usage):
        read_file(str(tmp_path / name) if name != "a\0b" else name)


def test_a_device_and_a_pipe_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in ("/dev/zero", str(tmp_path / "pipe")):
        with pytest.raises(Usage, match="not an ordinary file"):
            read_file(path)


def test_a_file_beyond_the_limit_is_not_opened(tmp_path):
    for name, magic in (("big.xlsx", make.xlsx()), ("big.csv", b"a,b\n")):
        path = make.write(tmp_path, name, magic)
        os.truncate(path, 200 * 2**20)
        with pytest.raises(Usage):
            read_file(str(path))


@pytest.mark.parametrize(
    "encoding", ["utf-7-x", "rot13", "base64", "hex", "zip", "idna", "", "\0", "undefined"]
)
def test_an_encoding_that_is_none_is_a_sentence(tmp_path, encoding):
    path = make.write(tmp_path, "a.csv", make.CSV)
    with pytest.raises(Usage):
        read_file(str(path), ReadOptions(encoding=encoding))


@pytest.mark.parametrize(
    "cell",
    [
        "[red]x[/red]",
        "=cmd|'/C calc'!A0",
        "'; drop table contract; --",
        "{value}",
        "%s",
        "\x1b[31m",
        "a" * 32_000,
    ],
)
def test_text_that_looks_like_anything_else_stays_text(tmp_path, cell):
    path = make.write(
        tmp_path,
        "a.csv",
        f"合同编号,客户名称,敲章日期,项目名称\nHT-1,一院,{cell if len(cell) < 50 else ''},{cell}\n",
    )
    sheet = read_file(str(path)).sheets[0]
    for one in sheet.refused:
        str(one.why).encode()
    assert len(sheet.rows) + len(sheet.refused) > 0


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_a_file_with_flipped_bytes_is_read_or_refused(tmp_path, seed, kind):
    import random

    chance = random.Random(seed)
    data = bytearray({"xlsx": make.xlsx(), "xls": make.xls(), "csv": make.CSV.encode()}[kind])
    for _ in range(chance.choice((1, 3, 20))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = make.write(tmp_path, f"flipped.{kind}", bytes(data))
    try:
        read_file(str(path))
    except Usage as why:
        str(why).encode()


STYLED = '<row r="1048576"><c r="XFD1048576" s="0"/><c r="A1048576" s="0" t="n"></c></row>'


@pytest.mark.parametrize(
    "more",
    [
        STYLED,
        '<row r="3">'
        + "".join(f'<c r="{letters(column)}3" s="0"/>' for column in range(1, 16_385))
        + "</row>",
        '<row r="3"><c r="A3" s="0"/></row>'
        + "".join(f'<row r="{row}"><c r="ZZ{row}" s="0"/></row>' for row in range(200_000, 210_000)),
    ],
    ids=["a far corner", "a whole row", "far rows"],
)
def test_cells_with_a_style_alone_do_not_make_a_sheet_too_large(tmp_path, more):
    path = tmp_path / "styled.xlsx"
    path.write_bytes(make.sheet(make.cells(make.table(more))))
    sheet = read_file(str(path)).sheets[0]
    assert [row.values["number"] for row in sheet] == ["HT-1"]
    assert sheet.refused == []


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576" t="str"/>',
        '<c r="XFD1048576" s="a/>b"><v>1</v></c>',
        '<c r="XFD1048576" s="0"><!-- nothing --><v>1</v></c>',
        '<c r="XFD1048576" s="0"> <f>A1</f></c>',
    ],
)
def test_a_far_cell_that_only_looks_empty_is_still_too_far(tmp_path, cell):
    path = tmp_path / "far.xlsx"
    path.write_bytes(make.sheet(make.cells(make.table(f'<row r="1048576">{cell}</row>'))))
    with pytest.raises(Usage, match="more than"):
        read_file(str(path))


def test_a_styled_corner_of_an_old_workbook_does_not_make_it_too_large(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for column, words in enumerate((("合同编号", "HT-1"), ("客户名称", "一院"), ("敲章日期", "2026-3-5"))):
        sheet.write(0, column, words[0])
        sheet.write(1, column, words[1])
    sheet.write_merge(65_535, 65_535, 250, 255, None, xlwt.easyxf("font: bold on"))
    path = tmp_path / "styled.xls"
    book.save(str(path))
    assert [row.values["number"] for row in read_file(str(path)).sheets[0]] == ["HT-1"]


def test_a_styled_corner_of_a_binary_workbook_does_not_make_it_too_large(tmp_path):
    path = tmp_path / "styled.xlsb"
    path.write_bytes(make.xlsb(styled=True))
    assert [row.values["number"] for row in read_file(str(path)).sheets[0]] == ["HT-1"]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3" t="str"><f>A1</f><v></v></c>',
        '<c r="B3" t="str"><f>A1</f><v/></c>',
        '<c r="B3" s="0" t="str"><f t="shared" si="0"/><v></v></c>',
    ],
)
def test_a_formula_whose_result_is_no_text_is_a_blank_cell(tmp_path, cell):
    path = tmp_path / "formula.xlsx"
    row = f'<row r="3">{make.inline("A3", "HT-2")}{cell}</row>'
    path.write_bytes(make.sheet(make.cells(make.table(row))))
    sheet = read_file(str(path)).sheets[0]
    assert sheet.refused == []
    assert sheet.rows[1].values == {"number": "HT-2"}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3"><f>A1</f><v></v></c>',
        '<c r="B3" t="str"><f>A1</f></c>',
        '<c r="B3"><f t="shared" si="0"/></c>',
    ],
)
def test_a_formula_without_a_result_is_refused(tmp_path, cell):
    path = tmp_path / "formula.xlsx"
    row = f'<row r="3">{make.inline("A3", "HT-2")}{cell}</row>'
    path.write_bytes(make.sheet(make.cells(make.table(row))))
    refused = read_file(str(path)).sheets[0].refused
    assert [(one.row, one.column) for one in refused] == [(3, 2)]
    assert "never computed" in str(refused[0].why)


def test_an_error_value_of_an_opendocument_table_is_refused(tmp_path):
    def cells(*texts):
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in texts
        )

    error = '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    error += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    error += ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    rows = [cells("合同编号", "客户名称", "敲章日期"), cells("HT-1", "一院") + error]
    xml = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    path = tmp_path / "errors.ods"
    path.write_bytes(make.ods(f'<table:table table:name="甲 &amp; 乙">{xml}</table:table>'))
    sheet = read_file(str(path)).sheets[0]
    assert [(one.row, one.column, str(one.why)) for one in sheet.refused] == [
        (2, 3, "#DIV/0! is an error value of the workbook")
    ]
