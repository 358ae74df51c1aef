"""Pages of a workbook: links that lead somewhere, sums over the right cells, text that stays text, a page to print."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from svcq.errors import SvcqError
from svcq.output.page import Formula, Gap, Grid, Head, Link, Note, Page, Section, Title
from svcq.output.page_book import write_pages

HOSTILE = ["=1+1", "+cmd", "@x", "-2+3", "=cmd|' /C calc'!A0", "#N/A", "{=1}", "\t=1", "a\x00b", "\ud800"]
HEADS = (Head("name", "姓名"), Head("on", "日期", "date"), Head("points", "扣分", "number"))


def page(*blocks, key="p", name="陈立", widths=(12, 12, 12, 20)):
    return Page(key, name, widths, blocks)


def grid(*rows, name="lines", **more):
    return Grid(name, HEADS, rows, **more)


def written(*pages):
    out = io.BytesIO()
    write_pages(out, pages)
    return openpyxl.load_workbook(out)


def drawn(*blocks):
    return written(page(*blocks)).worksheets[0]


def test_blocks_stand_under_each_other_and_formulas_name_the_cells_of_their_column():
    day = date(2026, 8, 3)
    sums = [Formula("SUM({lines.points})"), Formula("MAX(0,100-SUM({lines.points}))")]
    sheet = drawn(
        Title("评分"),
        Note("说明"),
        Grid("made", (Head("a", "甲", "number"), Head("b", "乙", "score")), [sums]),
        Gap(),
        Section("明细"),
        grid(["HT-1", day, 5], ["HT-2", day, 10], totals=["合计", None, Formula("SUM({lines.points})")]),
    )
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A6"].value] == ["评分", "说明", "明细"]
    assert [sheet["A4"].value, sheet["B4"].value] == ["=SUM($C$8:$C$9)", "=MAX(0,100-SUM($C$8:$C$9))"]
    assert [cell.value for cell in sheet[8]][:3] == ["HT-1", datetime(2026, 8, 3), 5]
    assert sheet["C10"].value == "=SUM($C$8:$C$9)"
    assert sheet["A10"].font.bold


def test_a_formula_without_rows_gives_way_to_what_stands_instead():
    head = (Head("a", "甲", "number"),)
    here = Grid("made", head, [[Formula("SUM({lines.points})", 100)], [Formula("SUM({none.points})", "–")]])
    sheet = drawn(here, grid())
    assert [sheet["A2"].value, sheet["A3"].value] == [100, "–"]


def test_a_column_over_several_is_one_cell_and_a_later_column_is_counted_right():
    heads = (Head("a", "甲", span=2), Head("b", "乙", "number"))
    total = ["合计", Formula("SUM({wide.b})")]
    sheet = drawn(Grid("wide", heads, [["x", 1], ["y", 2]], total))
    assert {str(span) for span in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2", "A3:B3", "A4:B4"}
    assert sheet["C4"].value == "=SUM($C$2:$C$3)"


def test_links_lead_to_the_sheets_of_their_pages_whatever_those_may_be_called():
    names = ["汇总", "汇总", "a/b:c", "O'Neil", "长" * 40, "长" * 40]
    first = page(grid(*[[Link(name, str(at)), None, None] for at, name in enumerate(names)]), key="first")
    pages = [page(Title(name, Link("回", "first")), key=str(at), name=name) for at, name in enumerate(names)]
    book = written(first, *pages)
    assert len(set(book.sheetnames)) == 7
    assert all(len(name) <= 31 for name in book.sheetnames)
    sheet = book.worksheets[0]
    places = [sheet[f"A{row}"].hyperlink.location for row in range(2, 8)]
    for place, target in zip(places, book.sheetnames[1:], strict=True):
        assert place == "'{}'!A1".format(target.replace("'", "''"))
    back = book.worksheets[3]["D1"]
    assert (back.value, back.hyperlink.location) == ("回", f"'{book.sheetnames[0]}'!A1")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_text_is_never_a_formula(text):
    made = page(
        Title(text), Note(text), Section(text), grid([text, text, text], totals=[text, text, text]), name=text
    )
    sheet = written(made).worksheets[0]
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert values
    assert all(cell.data_type in ("s", "inlineStr") for cell in values)


def test_the_sheet_is_ready_to_look_at_and_to_print():
    rows = [["HT-1", date(2026, 8, 3), 5], ["HT-2", date(1899, 1, 1), 0]]
    sheet = drawn(Title("评分"), grid(*rows, filtered=True, repeated=True, marked=lambda row: row[2] > 0))
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.auto_filter.ref == "A2:C4"
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
        "landscape",
        9,
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["B3"].number_format == "yyyy-mm-dd"
    assert sheet["B4"].value == "1899-01-01"
    fills = [sheet[f"A{row}"].fill.fill_type for row in (3, 4)]
    assert fills == ["solid", None]


def test_a_row_is_as_high_as_its_longest_text():
    sheet = drawn(grid(["短", None, 1], ["很长的原因" * 10, None, 1]))
    assert sheet.row_dimensions[2].height < sheet.row_dimensions[3].height


def test_a_long_note_takes_several_lines():
    sheet = drawn(Note("说明" * 60), Note("后"))
    texts = [sheet[f"A{row}"].value for row in range(1, sheet.max_row + 1)]
    assert len(texts) > 3
    assert "".join(texts) == "说明" * 60 + "后"


def test_a_file_that_cannot_be_is_a_sentence(tmp_path):
    with pytest.raises(SvcqError, match="folder does not exist"):
        write_pages(tmp_path / "none" / "made.xlsx", [page(grid(["x", None, 1]))])
    write_pages(tmp_path / "made.xlsx", [page(grid(["x", None, 1]))])
    assert openpyxl.load_workbook(tmp_path / "made.xlsx").sheetnames == ["陈立"]
