"""Workbooks: titles and words in the user's language, dates and amounts as such."""

from datetime import datetime
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from openpyxl import load_workbook

from svcq.output.emit import emit
from svcq.output.record import Section, emit_record
from svcq.output.shape import Column, Listing, Look


@pytest.fixture
def book(contracts, rows, tmp_path):
    def book(look=(), what=None):
        path = tmp_path / "台账.xlsx"
        emit(
            contracts, rows if what is None else what, Look(output=str(path), columns=look), stderr=StringIO()
        )
        return load_workbook(path)

    return book


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_listing_becomes_a_sheet_with_its_title_and_headers(book):
    sheet = book().active
    head, first, second, _third = cells(sheet)
    assert sheet.title == "合同"
    assert head[:5] == ["合同编号", "客户名称", "项目名称", "销售", "合同金额"]
    assert "前合同" not in head
    assert first[4:] == [1234567.5, datetime(2026, 8, 3), datetime(2026, 10, 8), "yes", "逾期", 46]
    assert second[4:] == [80000, datetime(2026, 9, 1), None, "no", "已寄出", 0]


def test_a_date_that_the_store_gave_as_text_is_a_date(book):
    assert cells(book(("sealed_on", "return_due_on")).active)[3] == [
        datetime(2026, 9, 2),
        datetime(2026, 11, 2),
    ]


def test_rows_that_are_overdue_or_late_are_coloured(book):
    fills = [row[0].fill.fill_type for row in book().active.iter_rows(min_row=2)]
    assert fills == ["solid", None, "solid"]
    assert {row[0].fill.fill_type for row in book(("number",)).active.iter_rows(min_row=2)} == {None}


def test_text_is_never_a_formula_and_controls_do_not_break_the_book(book, rows):
    sheet = book(("customer", "project"), [{**rows[0], "customer": "=1+1", "project": "a\x1b\x00b\n"}]).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=1+1"
    assert "\x1b" not in sheet["B2"].value


def test_no_rows_are_a_header(book):
    assert len(cells(book(what=[]).active)) == 1


def test_a_list_is_its_length_and_an_odd_date_its_text(tmp_path):
    listing = Listing("x", "x", (Column("steps", "Steps"), Column("on", "On", "date")))
    path = tmp_path / "a.xlsx"
    emit(listing, [{"steps": [{}, {}], "on": "soon"}], Look(output=str(path)))
    assert cells(load_workbook(path).active)[1] == [2, "soon"]


class Pipe(BytesIO):
    """Bytes that can only be written one after the other."""

    def seekable(self):
        return False

    def seek(self, *_):
        raise OSError

    def tell(self):
        raise OSError


def test_a_pipe_takes_a_workbook(contracts, rows):
    pipe = Pipe()
    stream = TextIOWrapper(pipe, encoding="utf-8")
    assert emit(contracts, rows, Look("xlsx"), stdout=stream) == 3
    assert len(cells(load_workbook(BytesIO(pipe.getvalue())).active)) == 4


def test_a_record_has_a_sheet_for_itself_and_one_per_section(contracts, rows, tmp_path):
    path = tmp_path / "HT.xlsx"
    history = Listing("history", "历史", (Column("on", "日期", "date"), Column("what", "事项")))
    section = Section("history", history, [{"on": "2026-08-03", "what": "敲章"}])
    emit_record(contracts, rows[0], [section], Look(output=str(path)))
    book = load_workbook(path)
    assert book.sheetnames == ["合同", "历史"]
    assert cells(book["合同"])[:2] == [["Field", "Value"], ["合同编号", "HT-2026-001"]]
    assert cells(book["历史"])[1] == [datetime(2026, 8, 3), "敲章"]
