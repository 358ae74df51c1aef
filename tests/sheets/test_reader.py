"""Files of people: every mess is read or refused with its cell; no row is lost silently."""

from datetime import date, datetime

import openpyxl
import pytest
import xlwt

from svcq.errors import Usage
from svcq.sheets import columns, table
from svcq.sheets.reader import ReadOptions, read_file

DAY = date(2026, 3, 5)
HEAD = ["合同编号", "客户名称", "敲章日期", "合同金额"]
ROW = ["HT-1", "一院", DAY, 12.5]
WANTED = {"number": "HT-1", "customer": "一院", "sealed_on": DAY, "amount": 1250}


def test_a_row_keeps_its_number_in_the_sheet(xlsx, read):
    sheet = read(xlsx([[None], HEAD, [None], ROW, [None] * 4, ["HT-2", "二院", None, None]]))
    assert [(row.number, row.values) for row in sheet] == [
        (4, WANTED),
        (6, {"number": "HT-2", "customer": "二院"}),
    ]
    assert (sheet.header_row, sheet.columns["amount"], sheet.raw(4)[1]) == (2, 4, "一院")
    assert sheet.raw(99) == []


@pytest.mark.parametrize(
    "last",
    [
        ["合计", None, None, 12.5],
        ["总 计：", None, None, "12.50元"],
        [None, "合计", "1家", 12.5],
        [3, "小计", None, 12.5],
        ["合计1份", None, None, 12.5],
        ["Total", None, None, 12.5],
        ["备注：以上均含税。"],
        ["制表人：王磊", None, "审核：李强"],
        ["制表人：", "王磊", "日期：", datetime(2026, 3, 5)],
        ["说明：", "未回的合同由质控致电"],
        HEAD,
        [None, None, None, None, None, "旁注"],
    ],
)
def test_what_is_certainly_no_record_is_passed_over_and_the_rows_below_are_read(xlsx, values, last):
    assert values(xlsx([HEAD, ROW, last, ["HT-2", "二院"]])) == [
        WANTED,
        {"number": "HT-2", "customer": "二院"},
    ]


def test_a_note_merged_across_the_table_is_passed_over(xlsx, values):
    assert values(xlsx([HEAD, ROW, ["本表由质控中心维护"]], merges=["A3:D3"])) == [WANTED]


@pytest.mark.parametrize(
    "last",
    [["合计", "一院", DAY, 12.5], ["以上数据由各大区每月五日前上报。"], ["小计", "见附件"]],
)
def test_what_may_be_a_record_is_refused_instead_of_lost(xlsx, read, last):
    sheet = read(xlsx([HEAD, ROW, last]))
    assert [row.values for row in sheet] == [WANTED]
    assert [(one.row, one.column) for one in sheet.refused] == [(3, 1)]


def test_every_bad_cell_of_a_row_is_named(xlsx, refusals):
    path = xlsx(
        [[*HEAD, "回签日期"], ["HT-1", "一院", "2026-02-30", "-5", "2026-13-01"], [*ROW, date(2026, 3, 4)]]
    )
    assert refusals(path) == [
        (2, 3, "2026-02-30: there is no such day"),
        (2, 4, "-5: an amount is not negative"),
        (2, 5, "2026-13-01: there is no such day"),
        (3, 5, "the return of the contract (2026-03-04) lies before the company's seal (2026-03-05)"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("敲章日期", "回签日期"),
        ("开始日期", "到期日期"),
        ("免费维护开始", "免费维护结束"),
        ("致电医院日期", "承诺日期"),
    ],
)
def test_two_days_in_the_wrong_order_are_refused(xlsx, refusals, read, first, second):
    head = ["合同编号", "客户名称", first, second]
    assert [one[:2] for one in refusals(xlsx([head, ["HT-1", "一院", DAY, date(2026, 3, 4)]]))] == [(2, 4)]
    assert read(xlsx([head, ["HT-1", "一院", DAY, DAY]])).refused == []


def test_the_seal_may_come_before_or_after_the_contract_leaves(xlsx, values):
    head = ["合同编号", "客户名称", "出合同日期", "敲章日期"]
    later = date(2026, 3, 9)
    assert len(values(xlsx([head, ["HT-1", "一院", DAY, later], ["HT-2", "一院", later, DAY]]))) == 2


def test_a_column_decides_the_order_of_its_days(xlsx, values, refusals):
    column = [["HT-1", "一院", "03/04/2026"], ["HT-2", "一院", "25/12/2026"]]
    assert values(xlsx([HEAD[:3], *column]))[0]["sealed_on"] == date(2026, 4, 3)
    assert values(xlsx([HEAD[:3], column[0]]), date_order="mdy")[0]["sealed_on"] == date(2026, 3, 4)
    assert refusals(xlsx([HEAD[:3], column[0]])) == [
        (2, 3, "03/04/2026 is ambiguous: say --date-order dmy or mdy")
    ]
    assert len(refusals(xlsx([HEAD[:3], *column, ["HT-3", "一院", "12/25/2026"]]))) == 3


def test_a_cell_merged_downwards_speaks_for_its_rows(xlsx, values):
    path = xlsx([HEAD, ROW, ["HT-2", None, DAY, 1]], merges=["B2:B3"])
    assert [row["customer"] for row in values(path)] == ["一院", "一院"]


def test_blanks_empty_a_field_only_when_asked(xlsx, values):
    path = xlsx([HEAD, ["HT-1", "一院", None, "/"]])
    assert values(path) == [{"number": "HT-1", "customer": "一院"}]
    assert values(path, clear=True) == [
        {"number": "HT-1", "customer": "一院", "sealed_on": None, "amount": None}
    ]


def test_error_values_and_formulas_never_computed_are_refused(xlsx, refusals, tmp_path):
    path = xlsx([HEAD, ["HT-1", "一院", "=TODAY()", "#DIV/0!"], ["HT-2", "一院", None, "#N/A"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D3"].data_type = "e"
    book.save(path)
    assert [one[:2] for one in refusals(path)] == [(2, 3), (2, 4), (3, 4)]


@pytest.mark.parametrize("number", [46086.0, "46086", "2026.3.5", "２０２６－３－５"])
def test_a_serial_is_a_day(xlsx, values, number):
    assert values(xlsx([HEAD, ["HT-1", "一院", number, 12.5]])) == [WANTED]


def test_a_workbook_may_count_from_1904(xlsx, values):
    path = xlsx([HEAD, ["HT-1", "一院", 44624, 12.5]])
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    assert values(path) == [WANTED]


def test_an_old_workbook_is_read_like_a_new_one(xls, values, refusals):
    assert values(xls([["跟踪表"], HEAD, ["HT-1", "一院", 46086, 12.5], ["合计", None, None, 12.5]])) == [
        WANTED
    ]
    path = xls([["", *HEAD], ["", 201309094.0, "一院", "2026-02-30", 1]])
    assert refusals(path) == [(2, 4, "2026-02-30: there is no such day")]


def test_an_old_workbook_has_error_values_and_may_count_from_1904(tmp_path, values, refusals):
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("Sheet1")
    for column, word in enumerate(HEAD):
        sheet.write(0, column, word)
    sheet.write(1, 0, "HT-1")
    sheet.write(1, 1, "一院")
    sheet.write(1, 2, 44624)
    sheet.write(1, 3, 12.5)
    path = tmp_path / "old.xls"
    book.save(str(path))
    assert values(path) == [WANTED]
    sheet.row(2).set_cell_error(2, 0x2A)
    book.save(str(path))
    assert [one[:2] for one in refusals(path)] == [(3, 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_file_is_read_in_every_usual_shape(text, values, encoding, sign, end):
    lines = [sign.join(HEAD), sign.join(["HT-1", "一院", "2026年3月5日", "￥12.50"]), ""]
    assert values(text(end.join(lines), encoding=encoding)) == [WANTED]


def test_quoted_fields_keep_delimiters_and_line_breaks(text, read):
    path = text(
        '合同编号,客户名称,项目名称,敲章日期\nHT-1,"一院","维护, ""二期""\n含 LIS",2026-3-5\nHT-2,二院,x,bad\n'
    )
    sheet = read(path)
    assert sheet.rows[0].values["project"] == '维护, "二期"\n含 LIS'
    assert [(one.row, one.column) for one in sheet.refused] == [(4, 4)]
    assert sheet.raw(4)[0] == "HT-2"
    assert sheet.raw(3) == []


def test_text_kept_as_text_for_excel_is_read_as_text(text, values):
    assert values(text('sep=;\n合同编号;客户名称;敲章日期\n="0031";一院;\t2026-3-5\n'))[0]["number"] == "0031"


def test_a_row_that_slipped_is_refused(text, refusals):
    path = text("合同编号,客户名称,合同金额\nHT-1,一院,1,200\nHT-2,一院,1200\n")
    assert refusals(path) == [(2, 4, "the row has 4 fields, the header 3")]


def test_sheets_are_chosen_by_name_or_place(xlsx):
    path = xlsx([HEAD, ROW], title="甲", more={"乙": [HEAD, ["HT-2", "二院", None, None]]})
    assert [one.name for one in read_file(str(path)).sheets] == ["甲", "乙"]
    assert [one.name for one in read_file(str(path), ReadOptions(sheets=("乙",))).sheets] == ["乙"]
    assert [one.name for one in read_file(str(path), ReadOptions(sheets=("1",))).sheets] == ["甲"]


def test_a_hidden_sheet_is_read_only_when_named(xlsx):
    path = xlsx([HEAD, ROW], more={"旧": [HEAD, ROW]})
    book = openpyxl.load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert [name for name, _why in read_file(str(path)).skipped] == ["旧"]
    assert [one.name for one in read_file(str(path), ReadOptions(sheets=("旧",))).sheets] == ["旧"]


def test_a_header_without_rows_is_an_empty_sheet(xlsx, read):
    sheet = read(xlsx([HEAD]))
    assert (sheet.rows, sheet.refused) == ([], [])


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
@pytest.mark.parametrize("seed", range(12))
def test_a_random_mess_is_read_as_it_was_meant(tmp_path, seed, kind):
    from tests.make_messy import write

    messy = write(tmp_path, seed, rows=40, kind=kind)
    found = read_file(str(messy.path))
    assert [str(one.why) for sheet in found.sheets for one in sheet.refused] == []
    got = [row.values for sheet in found.sheets for row in sheet]
    assert [_brackets(row) for row in got] == [
        _brackets({key: value for key, value in row.items() if value is not None}) for row in messy.truth
    ]


def _brackets(row):
    return {
        key: value.replace("（", "(").replace("）", ")") if isinstance(value, str) else value
        for key, value in row.items()
    }


def test_the_state_in_a_listing_is_not_taken_for_the_status_of_the_customer(xlsx, read):
    sheet = read(xlsx([[*HEAD, "状态"], [*ROW, "逾期"]]))
    assert sheet.unknown_headers == ["状态"]
    assert [row.values for row in sheet] == [WANTED]


def test_a_sheet_in_which_hardly_anything_can_be_read_is_one_sentence(text, monkeypatch):
    for module in (columns, table):
        monkeypatch.setattr(module, "REFUSALS", 5)
    rows = "".join(f"HT-{number},一院,bad\n" for number in range(6))
    with pytest.raises(Usage, match="is it of the kind contract"):
        read_file(str(text("合同编号,客户名称,敲章日期\n" + rows)))
