"""Printable forms: rows high enough, borders whole, a page as it is printed, and text that stays text."""

import io
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from svcq import locale
from svcq.errors import SvcqError
from svcq.output.form import (
    Cut,
    Field,
    Fields,
    Form,
    Gap,
    Grid,
    Head,
    Line,
    Paragraph,
    Section,
    Signatures,
    Title,
)
from svcq.output.form_book import write_forms
from svcq.output.form_lines import FACES, lines, portions
from svcq.output.form_rows import page, rows, shares

HOSTILE = ["=1+1", "+cmd", "@x", "-2+3", "=cmd|' /C calc'!A0", "#N/A", "{=1}", "\t=1", "1e5", "0012"]
ZH, EN = FACES["zh"], FACES["en"]


@pytest.fixture(autouse=True)
def _english():
    yield
    locale.use("en")


def form(*blocks, **more):
    return Form("申请单", blocks, **more)


def written(*forms):
    out = io.BytesIO()
    write_forms(out, forms)
    return openpyxl.load_workbook(out)


def drawn(*blocks, **more):
    return written(form(*blocks, **more)).worksheets[0]


def merged(sheet):
    return {str(span) for span in sheet.merged_cells.ranges}


def texts(sheet):
    return [cell.value for row in sheet for cell in row if cell.value is not None]


def sides(sheet, span):
    """The lines around a range of cells, each as the styles of all the cells along it."""
    cells = sheet[span]
    return {
        "left": {row[0].border.left.style for row in cells},
        "right": {row[-1].border.right.style for row in cells},
        "top": {cell.border.top.style for cell in cells[0]},
        "bottom": {cell.border.bottom.style for cell in cells[-1]},
    }


def test_a_form_is_set_up_for_one_a4_page():
    sheet = drawn(Title("申请单"), Fields(((Field("项目", "x"),),)), number="YJ-1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.print_area == "'申请单'!$A$1:$X$2"
    assert sheet.print_options.horizontalCentered
    margins = sheet.page_margins
    assert margins.left == margins.right == margins.top == margins.bottom == pytest.approx(16 / 25.4)
    assert not sheet.sheet_view.showGridLines
    assert sheet.oddHeader.right.text == "申请单 YJ-1"
    assert sheet.oddFooter.center.text == "Page &P of 1"
    assert (sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber) == (1, True)


def test_a_landscape_form_is_as_wide_as_its_page():
    sheet = drawn(Title("x"), landscape=True, columns=40)
    assert sheet.page_setup.orientation == "landscape"
    points = sum(sheet.column_dimensions[key].width * 7 * 0.75 for key in sheet.column_dimensions)
    room = (297 - 2 * 16) / 25.4 * 72
    assert room * 0.96 < points <= room


def test_fields_fill_the_width_with_whole_borders():
    sheet = drawn(Fields(((Field("项目", "甲"),), (Field("编号", "1"), Field("期次", "2")))))
    assert merged(sheet) == {"A1:E1", "F1:X1", "A2:E2", "F2:L2", "M2:Q2", "R2:X2"}
    for span in merged(sheet):
        assert sides(sheet, span) == dict.fromkeys(("left", "right", "top", "bottom"), {"thin"})
    assert sheet["A1"].fill.fgColor.rgb == "FFD9E1F2"
    assert sheet["F1"].fill.fill_type is None
    assert (sheet["A1"].alignment.wrap_text, sheet["F1"].alignment.wrap_text) == (True, True)


def test_a_wide_neighbour_takes_its_share():
    sheet = drawn(Fields(((Field("a", share=3), Field("b")),)))
    assert merged(sheet) == {"A1:E1", "F1:R1", "S1:W1"}


def test_a_grid_has_a_header_its_rows_and_blank_ones():
    heads = (Head("姓名", 2), Head("电话", across="center"))
    sheet = drawn(Grid(heads, (("王", "1"), ("李", "2")), least=4))
    assert sheet.max_row == 5
    assert texts(sheet) == ["姓名", "电话", "王", "1", "李", "2"]
    assert sides(sheet, "A5:P5")["bottom"] == sides(sheet, "Q5:X5")["right"] == {"thin"}
    assert [sheet[cell].alignment.horizontal for cell in ("A1", "A2", "Q2")] == ["center", "left", "center"]


def test_a_long_grid_takes_pages_and_repeats_its_header():
    grid = Grid((Head("a"), Head("b")), (("x", "y"),) * 100, repeated=True)
    sheet = drawn(Title("t"), grid)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.oddFooter.center.text == "Page &P of &N"


def test_signatures_are_boxes_with_a_place_for_the_day():
    sheet = drawn(Signatures(("甲", "乙"), "____"))
    assert texts(sheet) == ["甲", "乙", "____", "____"]
    assert (
        sides(sheet, "A1:L3")
        == sides(sheet, "M1:X3")
        == dict.fromkeys(("left", "right", "top", "bottom"), {"thin"})
    )
    assert sheet["A1"].border.bottom.style is None


def test_a_dashed_line_says_where_to_cut():
    sheet = drawn(Paragraph("x"), Cut("剪"), Title("回执", small=True))
    assert {cell.border.bottom.style for cell in sheet[2]} == {"dashed"}
    assert sheet["A3"].value == "剪"
    assert sheet["A4"].font.size == 15


def test_a_section_a_line_and_a_gap_have_their_places():
    sheet = drawn(Line("左", "右"), Section("一"), Gap(9))
    assert merged(sheet) == {"A1:L1", "M1:X1", "A2:X2"}
    assert [sheet["A1"].alignment.horizontal, sheet["M1"].alignment.horizontal] == ["left", "right"]
    assert sides(sheet, "A2:X2")["left"] == {"thin"}
    assert sheet.row_dimensions[3].height == 9


def test_a_chinese_paragraph_begins_two_blanks_in_and_an_english_one_does_not():
    blocks = Paragraph("正文"), Paragraph("题", indent=False), Paragraph("右", across="right")
    assert texts(drawn(*blocks)) == ["正文", "题", "右"]
    locale.use("zh")
    assert texts(drawn(*blocks)) == ["\u3000\u3000正文", "题", "右"]


@pytest.mark.parametrize(
    ("language", "fonts"), [("zh", ["黑体", "宋体"]), ("en", ["Arial", "Times New Roman"])]
)
def test_fonts_are_those_of_an_office(language, fonts):
    locale.use(language)
    sheet = drawn(Title("a"), Paragraph("b"))
    assert [sheet["A1"].font.name, sheet["A2"].font.name] == fonts
    assert sheet["A1"].font.size > sheet["A2"].font.size


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_is_never_a_formula(hostile):
    heads = (Head(hostile),)
    blocks = (
        Title(hostile),
        Line(hostile, hostile),
        Section(hostile),
        Fields(((Field(hostile, hostile),),)),
        Grid(heads, ((hostile,),)),
        Paragraph(hostile),
        Signatures((hostile,), hostile),
        Cut(hostile),
    )
    out = io.BytesIO()
    write_forms(out, [form(*blocks, number=hostile)])
    cells = [
        cell for row in openpyxl.load_workbook(out).worksheets[0] for cell in row if cell.value is not None
    ]
    assert {(cell.data_type, cell.value) for cell in cells} == {("s", hostile)}
    out.seek(0)
    read = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
    assert {cell for row in read for cell in row if cell != ""} == {hostile}


def test_what_is_typed_into_an_empty_field_stays_text():
    sheet = drawn(Fields(((Field("电话"),), (Field("长", "字" * 300),))))
    assert sheet["F1"].number_format == "@"
    assert sheet["F2"].number_format == "General", "a long text in a text cell is shown as ####"


@pytest.mark.parametrize("hostile", ["A&B&C", "&P&N", '&9&"x"', "Y\nJ", "\x00\x1f", "9" * 500, "&" * 500])
def test_a_number_in_the_head_of_a_page_is_no_command(hostile):
    sheet = drawn(Title("x"), number=hostile)
    out = io.BytesIO()
    write_forms(out, [form(Title("x"), number=hostile)])
    xml = openpyxl.load_workbook(out).worksheets[0]
    assert xml.max_row == sheet.max_row == 1
    header = str(sheet.oddHeader)
    assert len(header) <= 255


def test_control_characters_and_long_texts_do_not_break_the_file():
    sheet = drawn(Paragraph("a\x00b\x1fc\ud800"), Paragraph("字" * 40_000))
    assert sheet["A1"].value == "abc"
    assert sum(map(len, texts(sheet))) == 40_003


def test_a_row_grows_with_its_text():
    heights = [
        rows(form(Fields(((Field("a", "字" * count),),))), ZH)[0].height for count in (1, 40, 100, 400)
    ]
    assert all(shorter < taller for shorter, taller in pairwise(heights))
    room = rows(form(Fields(((Field("a", lines=5),),))), ZH)[0].height
    assert room > 5 * 10.5


def test_a_text_too_long_for_a_row_goes_on_in_the_next_inside_the_same_borders():
    words = "".join(f"第{count}句，" for count in range(600))
    sheet = drawn(Fields(((Field("a", words), Field("b", "x")),)))
    last = sheet.max_row
    assert last > 2
    assert max(sheet.row_dimensions[row].height for row in range(1, last + 1)) < 400
    assert "".join(sheet.cell(row, 6).value for row in range(1, last + 1)) == words
    assert [sheet.cell(row, 18).value for row in (1, 2)] == ["x", None]
    assert sides(sheet, f"F1:L{last}") == dict.fromkeys(("left", "right", "top", "bottom"), {"thin"})
    assert [sheet["F1"].border.bottom.style, sheet["F2"].border.top.style] == [None, None]


@given(st.text(alphabet="ab 字，\n\t。A（", max_size=120), st.floats(60, 400), st.integers(1, 5))
def test_portions_lose_only_blanks_and_none_is_much_longer_than_asked(text, points, most):
    found = portions(text, points, 10.5, ZH, most)
    assert "".join("".join(found).split()) == "".join(text.split())
    # a portion may have broader letters than its paragraph has on the average; its row is as high as it needs
    assert all(lines(portion, points, 10.5, ZH) <= 1.5 * most + 1 for portion in found)


def test_a_text_of_few_lines_is_one_portion_as_it_is():
    assert portions("", 100, 10.5, ZH, 5) == [""]
    assert portions("a\n\nb", 100, 10.5, ZH, 5) == ["a\n\nb"]
    assert portions("a\nb\nc", 100, 10.5, ZH, 2) == ["a\nb", "c"]


@pytest.mark.parametrize(
    ("text", "points", "count"),
    [
        ("", 100, 1),
        ("字", 100, 1),
        ("字" * 8, 100, 1),
        ("字" * 9, 100, 2),
        ("a\nb\r\nc\n", 100, 4),
        ("字" * 16 + "，", 100, 3),
        ("x" * 100, 100, 6),
        ("字", 12, 1),
    ],
)
def test_the_lines_of_a_text_are_counted_as_they_are_broken(text, points, count):
    assert lines(text, points, 10.5, ZH) == count


def test_capitals_take_more_room_than_small_letters():
    assert lines("HOSPITAL " * 20, 400, 10.5, EN) > lines("hospital " * 20, 400, 10.5, EN)
    assert lines("iiii " * 40, 400, 10.5, EN) < lines("nnnn " * 40, 400, 10.5, EN)


@given(st.text(max_size=200), st.floats(10, 500))
def test_every_text_has_lines_and_more_room_never_needs_many_more(text, points):
    assert 1 <= lines(text, points * 2, 10.5, ZH) <= lines(text, points, 10.5, ZH) + 1


@given(
    st.integers(1, 60).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(1, 9), min_size=1, max_size=n))
    )
)
def test_parts_share_all_columns_and_each_has_one(drawn_parts):
    columns, parts = drawn_parts
    places = shares(columns, parts)
    assert places[0][0] == 0
    assert all(start + span == following for (start, span), (following, _) in pairwise(places))
    assert sum(places[-1]) == columns
    assert min(span for _, span in places) >= 1


def test_a_little_more_than_a_page_is_made_smaller_and_wider():
    block = Fields(((Field("a", "x"),),))
    one = rows(form(block), EN)[0].height
    full = int(page(form())[1] / (one + 0.75))
    plain, shrunk, long = drawn(*[block] * full), drawn(*[block] * (full + 5)), drawn(*[block] * (full * 2))
    assert plain.column_dimensions["A"].width < shrunk.column_dimensions["A"].width
    assert plain.column_dimensions["A"].width == long.column_dimensions["A"].width
    assert [sheet.page_setup.fitToHeight for sheet in (plain, shrunk, long)] == [1, 1, 0]


def test_each_form_has_a_sheet_and_no_two_one_name():
    assert written(form(Title("a")), form(Title("b"))).sheetnames == ["申请单", "申请单 2"]
    assert written().sheetnames == ["-"]
    assert written(form()).worksheets[0].print_area == "'申请单'!$A$1:$X$1"


def test_a_form_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "form.xlsx"
    write_forms(path, [form(Title("a"))])
    assert openpyxl.load_workbook(path).worksheets[0]["A1"].value == "a"
    before = path.read_bytes()
    with pytest.raises(AttributeError):
        write_forms(path, [form(Title(None))])
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["form.xlsx"]
    with pytest.raises(SvcqError):
        write_forms(tmp_path / "missing" / "form.xlsx", [])


def test_rows_that_sum_up_are_shaded_and_the_others_are_not():
    sheet = drawn(Grid((Head("a"), Head("b")), (("1", "x"), ("2", "sum")), strong=frozenset({1})))
    looks = {cell.value: cell.fill.fill_type for row in sheet for cell in row if cell.value}
    assert (looks["x"], looks["sum"], looks["a"]) == (None, "solid", "solid")


def test_signatures_in_one_row_have_the_day_below_the_name():
    sheet = drawn(Signatures(("Made by:", "Checked by:"), "____", whole=True))
    assert texts(sheet) == ["Made by:\n\n\n____", "Checked by:\n\n\n____"]


def test_a_form_that_is_printed_smaller_has_wider_columns_and_room_for_more():
    usual, small = drawn(Paragraph("x"), scale=1.0), drawn(Paragraph("x"), scale=0.7)
    width = "A"
    ratio = small.column_dimensions[width].width / usual.column_dimensions[width].width
    assert ratio == pytest.approx(1 / 0.7, rel=0.03)
    long = tuple(("x",) for _ in range(45))
    assert drawn(Grid((Head("a"),), long), scale=0.7).page_setup.fitToHeight == 1
    assert drawn(Grid((Head("a"),), long * 4), scale=0.7).page_setup.fitToHeight == 0


def test_chinese_in_an_english_form_has_the_room_of_its_own_font():
    def high(text):
        sheet = drawn(Paragraph(text, indent=False))
        return sheet.row_dimensions[1].height

    locale.use("en")
    assert high("汉字\n汉字\n汉字") > high("ab\nab\nab")
