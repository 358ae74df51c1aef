"""Refused rows come back as a workbook that can be corrected and imported with the same command."""

from datetime import date

import openpyxl
import pytest

from svcq.errors import Usage
from svcq.sheets.header import REASONS
from svcq.sheets.kind import Refusal
from svcq.sheets.reader import ReadOptions, read_file
from svcq.sheets.refused import write_refused

HEAD = ["序号", "合同编号", "客户名称", "敲章日期", "合同金额"]
GOOD = [1, "HT-1", "一院", date(2026, 3, 5), 1]
BAD = [2, "HT-2", "二院", "2026-02-30", -5]


def test_refused_rows_stand_as_they_stood_with_their_reasons(xlsx, tmp_path):
    found = read_file(str(xlsx([["维护合同跟踪表"], HEAD, GOOD, BAD, GOOD], title="2026年")))
    path = tmp_path / "refused.xlsx"
    assert write_refused(path, found.sheets) == 1
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.title == "2026年"
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["维护合同跟踪表", *[None] * 5],
        [*HEAD, REASONS],
        [*BAD, "2026-02-30: there is no such day\n-5: an amount is not negative"],
    ]
    coloured = [cell.column for cell in sheet[3] if cell.fill.fill_type]
    assert coloured == [4, 5, 6]
    assert sheet.freeze_panes == "A3"


def test_a_corrected_workbook_is_read_with_the_same_options(xlsx, tmp_path):
    options = ReadOptions(header_row=3, sheets=("2026年",), headers={"盖印": "sealed_on"})
    head = ["合同编号", "客户名称", "盖印"]
    source = xlsx([["表"], [None], head, ["HT-1", "一院", "?!"]], title="2026年")
    path = tmp_path / "refused.xlsx"
    write_refused(path, read_file(str(source), options).sheets)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C4"] = "2026-3-5"
    book.save(path)
    again = read_file(str(path), options).sheets[0]
    assert again.rows[0].values == {"number": "HT-1", "customer": "一院", "sealed_on": date(2026, 3, 5)}
    assert again.unknown_headers == []


def test_two_header_lines_survive(xlsx, tmp_path):
    top = ["合同编号", "客户名称", "提醒日期", None]
    rows = [top, [None, None, "邮件", "电话"], ["HT-1", "一院", "x", "2026-3-5"]]
    path = tmp_path / "refused.xlsx"
    write_refused(path, read_file(str(xlsx(rows, merges=["A1:A2", "B1:B2", "C1:D1"]))).sheets)
    again = read_file(str(path)).sheets[0]
    assert [(one.row, one.column) for one in again.refused] == [(3, 3)]
    assert again.columns["reminded_phone_on"] == 4


def test_a_text_file_comes_back_as_a_workbook_that_the_same_command_reads(text, tmp_path):
    source = text("合同编号;客户名称;敲章日期\n0031;一院;2026-02-30\n", encoding="gbk")
    path, options = tmp_path / "refused.xlsx", ReadOptions(encoding="gbk")
    write_refused(path, read_file(str(source), options).sheets)
    again = read_file(str(path), options).sheets[0]
    assert [(one.row, one.column) for one in again.refused] == [(2, 3)]
    assert again.raw(2)[0] == "0031"


def test_what_a_process_refused_is_written_too_and_reasons_do_not_pile_up(xlsx, tmp_path):
    sheet = read_file(str(xlsx([HEAD, GOOD]))).sheets[0]
    sheet.refused.append(Refusal("Sheet1", 2, 0, Usage("no such customer")))
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_refused(first, [sheet])
    sheet = read_file(str(first)).sheets[0]
    sheet.refused.append(Refusal("Sheet1", 2, 3, Usage("still none")))
    write_refused(second, [sheet])
    rows = list(openpyxl.load_workbook(second).worksheets[0].values)
    assert rows[0] == (*HEAD, REASONS)
    assert rows[1][-1] == "still none"


@pytest.mark.parametrize("rows", [[], [GOOD]])
def test_without_refused_rows_there_is_no_file(xlsx, tmp_path, rows):
    path = tmp_path / "refused.xlsx"
    assert write_refused(path, read_file(str(xlsx([HEAD, *rows]))).sheets) == 0
    assert not path.exists()


def test_an_error_value_is_still_refused_the_second_time(xlsx, tmp_path):
    path = tmp_path / "refused.xlsx"
    source = xlsx([HEAD, [1, "HT-1", "一院", "=TODAY()", 1], [2, "HT-2", "=A1", None, 1]])
    write_refused(path, read_file(str(source)).sheets)
    assert [(one.row, one.column) for one in read_file(str(path)).sheets[0].refused] == [(2, 4), (3, 3)]
