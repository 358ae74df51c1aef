"""Workbooks out: what Excel shows, and what comes back when they are read."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.errors import SvcqError
from svcq.output.workbook import Table, legal_name, write_book
from svcq.sheets.files import grids_of

DAY = date(2026, 3, 5)


def table(rows, headers=("编号", "日期", "金额"), types=("text", "date", "money"), title="跟踪表", **more):
    return Table(title=title, headers=headers, types=types, rows=rows, **more)


def written(*tables):
    out = io.BytesIO()
    write_book(out, tables)
    return openpyxl.load_workbook(out)


def test_the_sheet_is_ready_to_look_at_and_to_print():
    sheet = written(table([["HT-1", DAY, 12.5]] * 3)).worksheets[0]
    assert sheet.title == "跟踪表"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["A1"].font.bold
    assert [sheet["B2"].number_format, sheet["C2"].number_format] == ["yyyy-mm-dd", "#,##0.00"]
    assert sheet["B2"].value == datetime(2026, 3, 5)


@pytest.mark.parametrize(
    ("header", "cells", "width"),
    [
        ("编号", ["HT-1"], 8),
        ("客户名称", ["岚汀市第一人民医院"], 19),
        ("客户名称全称", ["x"], 16),
        ("n", ["字" * 100], 60),
        ("n", ["a\n" + "b" * 20], 21),
        ("n", [None, 1234567.5], 13),
        ("n", [DAY], 11),
    ],
)
def test_a_column_is_as_wide_as_its_chinese(header, cells, width):
    sheet = written(table([[cell] for cell in cells], (header,), ("text",))).worksheets[0]
    assert sheet.column_dimensions["A"].width == width


def test_a_row_is_as_high_as_its_wrapped_text():
    sheet = written(
        table([["a"], ["字" * 100], ["字" * 40 + "\nb"], ["字" * 9999]], ("n",), ("text",))
    ).worksheets[0]
    assert [sheet.row_dimensions[row].height for row in range(1, 6)] == [None, None, 60, 45, 409]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "\t=1", "0012", "1e5", "2026-03-05"],
)
def test_text_is_never_a_formula_nor_a_number(text):
    cell = written(table([[text, None, None]])).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_header_is_never_a_formula():
    assert written(table([], ("=1+1",), ("text",))).worksheets[0]["A1"].data_type == "s"


def test_late_rows_are_coloured_blanks_too_and_others_are_not():
    rows = [["HT-1", DAY, None], ["HT-2", None, 1]]
    sheet = written(table(rows, alarm=lambda row: row[0] == "HT-1")).worksheets[0]
    assert [cell.fill.fgColor.rgb for cell in sheet[2]] == ["FFFFC7CE"] * 3
    assert {cell.fill.fill_type for cell in sheet[3]} == {None}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a[b]:*?/\\c", "a b      c"),
        ("合" * 40, "合" * 31),
        ("", "-"),
        ("'x'", "x"),
        ("History", "History -"),
        ("\x00a", "a"),
    ],
)
def test_a_sheet_name_is_one_that_excel_takes(title, name):
    assert legal_name(title) == name
    assert written(table([], title=title)).sheetnames == [name]


def test_no_two_sheets_have_one_name():
    assert written(*[table([], title="合" * 40)] * 3).sheetnames == [
        "合" * 31,
        "合" * 29 + " 2",
        "合" * 29 + " 3",
    ]


def test_a_book_without_tables_opens():
    assert written().sheetnames == ["-"]


def test_the_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"before")

    def rows():
        yield ["HT-1", DAY, 1]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_book(path, [table(rows())])
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.xlsx"]
    write_book(path, [table([["HT-1", DAY, 1]])])
    assert len(grids_of(str(path))[0].rows) == 2


@pytest.mark.parametrize("place", ["missing/out.xlsx", "."])
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path, place):
    with pytest.raises(SvcqError):
        write_book(tmp_path / place, [table([])])


VALUES = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.sampled_from(["_x000D_", "_x0041_", "=1", " a ", "a\nb", "a\r\nb", "&<>\"'", "\U00020000", "]]>"]),
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12),
    st.decimals(0, 10**10, places=2),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("books") / "out.xlsx"
    write_book(path, [table([list(row) for row in rows])])
    found = grids_of(str(path))[0].rows[1:]
    found += [[""] * 3] * (len(rows) - len(found))
    for wanted, got in zip(rows, found, strict=True):
        seen = [
            f"{cell:.12g}" if type(value) is float else cell for value, cell in zip(wanted, got, strict=True)
        ]
        assert [_same(value) for value in wanted] == [_seen(cell) for cell in seen]


def _same(value):
    from svcq.output.workbook import clean

    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value).replace("_x005F_", "_")
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, bool | date):
        return value
    return f"{value:.12g}" if isinstance(value, float) else float(value)


def _seen(cell):
    if isinstance(cell, datetime):
        moved = cell.replace(microsecond=0)
        return moved.date() if moved.time() == datetime.min.time() else moved
    return cell
