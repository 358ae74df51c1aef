"""Help pages in cells: folded, aligned, the same for Chinese and English."""

import pytest

from svcq.commands.page import Page
from svcq.output.cells import width


def test_the_usage_line_folds_its_arguments_under_one_another():
    page = Page(width=42)
    page.write_usage("svcq contract", "[OPTIONS] NUMBER ANOTHER AND-ONE-MORE")
    assert page.getvalue() == (
        "Usage: svcq contract [OPTIONS] NUMBER\n                     ANOTHER AND-ONE-MORE\n"
    )


def test_a_long_program_leaves_the_arguments_a_line_of_their_own():
    page = Page(width=30)
    page.write_usage("svcq contract feedback", "[OPTIONS]")
    assert page.getvalue() == "Usage: svcq contract feedback\n  [OPTIONS]\n"


def test_a_list_is_aligned_by_cells():
    page = Page(width=40)
    with page.section("Options"):
        page.write_dl([("--on 日期", "发生的日期。"), ("--note TEXT", "Kept."), ("--x", "")])
    assert page.getvalue() == "Options:\n  --on 日期    发生的日期。\n  --note TEXT  Kept.\n  --x\n"


def test_chinese_without_blanks_is_folded():
    page = Page(width=24)
    page.write_dl([("--a", "一二三四五六七八九十一二")])
    assert page.getvalue() == "--a  一二三四五六七八九\n     十一二\n"


def test_a_wide_name_stands_on_a_line_of_its_own():
    page = Page(width=50)
    page.write_dl([("-f, --format table|tsv|csv|json|jsonl", "How to print it."), ("-h", "Help.")])
    assert page.getvalue().split("\n")[:2] == [
        "-f, --format table|tsv|csv|json|jsonl",
        " " * 32 + "How to print it.",
    ]


def test_paragraphs_are_folded_and_marked_ones_are_kept():
    page = Page(width=20)
    with page.indentation():
        page.write_text("one two three\nfour five\n\n\b\nsvcq a\n  svcq b")
    assert page.getvalue() == "  one two three four\n  five\n\n  svcq a\n    svcq b\n"


def test_a_paragraph_begins_after_a_blank_line_but_not_at_the_top():
    page = Page(width=20)
    page.write_paragraph()
    page.write("a\n")
    page.write_paragraph()
    assert page.getvalue() == "a\n\n"


def test_what_is_indented_is_so_only_within_the_block():
    page = Page(width=20)
    with pytest.raises(KeyError), page.indentation():
        raise KeyError
    assert page.current_indent == 0


@pytest.mark.parametrize("cells", [50, 60, 78, 98])
def test_no_line_is_wider_than_the_page(cells):
    page = Page(width=cells)
    page.write_text("服务质量流程：every obligation 都有条款、责任人、到期日和凭据。" * 4)
    page.write_dl([("--option 日期", "说明 and explanation，" * 9), ("--o", "x" * 200)])
    assert max(map(width, page.getvalue().split("\n"))) <= cells


def test_the_page_is_as_wide_as_the_terminal_up_to_a_bound(monkeypatch):
    monkeypatch.setenv("COLUMNS", "70")
    assert Page(max_width=100).width == 68
    monkeypatch.setenv("COLUMNS", "300")
    assert Page(max_width=100).width == 98
    monkeypatch.setenv("COLUMNS", "20")
    assert Page().width == 50
