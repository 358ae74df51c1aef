"""三: how the texts of a request are read: what says something, what a title is about, which modules are named."""

import pytest

from svcq.rules.issue_request import Request, about, folded, modules, substance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \u3000\n", ""),
        ("。，——？！（）", ""),
        ("+=￥$😀", ""),
        ("退费 A5！", "退费a5"),
        ("ＡＢＣ１２", "abc12"),
        ("一、二", "一二"),
        ("Straße", "strasse"),
    ],
)
def test_what_says_something_is_letters_digits_and_chinese_characters(text: str, expected: str) -> None:
    assert substance(text) == expected


def test_blanks_width_and_case_are_folded_and_signs_stay() -> None:
    assert folded(" Ａ（b）\u3000医院 ") == "a(b)医院"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲医院 退费 报错", "退费 报错"),
        ("甲医院\u3000退费", "退费"),
        ("甲医院\u00a0退费", "退费"),
        ("甲医院 \u3000 退费", "退费"),
        (" 甲 医院 退费", "退费"),
        ("甲医院", None),
        ("甲医院\t退费", None),
        ("甲医院退费 报错", None),
        ("退费 甲医院 报错", None),
        ("", None),
    ],
)
def test_a_title_is_about_what_stands_behind_the_name_and_a_blank(title: str, expected: str | None) -> None:
    assert about(title, "甲医院") == expected


def test_a_name_with_blanks_in_it_ends_where_the_name_ends() -> None:
    assert about("St. Mary Hospital refund fails", "St. Mary Hospital") == "refund fails"
    assert about("St. Mary refund fails", "St. Mary Hospital") is None


def test_modules_are_named_once_in_the_order_in_which_they_stand() -> None:
    request = Request(module="乙、甲（收、退）；丙，", modules=("甲(收、退)", "丁,乙", "", "——"))
    assert modules(request) == ["乙", "甲（收、退）", "丙", "丁"]
    assert modules(Request()) == []
