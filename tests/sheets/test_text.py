"""What is the same to a person is the same here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.sheets.text import normalise, people, person, plain, tidy


@pytest.mark.parametrize(
    "written",
    [
        "合同编号",
        "合同 编号",
        "合同　编号",
        "合同\n编号",
        "合同编号：",
        "*合同编号",
        "【合同编号】",
        "合同\u200b编号",
        " 合同编号\t",
    ],
)
def test_a_header_is_the_same_however_it_is_spaced(written):
    assert normalise(written) == "合同编号"


@pytest.mark.parametrize("written", ["sealed_on", "Sealed On", "SEALED-ON", "ｓｅａｌｅｄ　ｏｎ"])
def test_a_machine_header_is_the_same_in_any_case(written):
    assert normalise(written) == "sealedon"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王磊", "王磊"),
        ("王 磊", "王磊"),
        ("王　磊 ", "王磊"),
        ("欧阳\n", "欧阳"),
        ("Li Wei", "Li Wei"),
        ("Li   Wei", "Li Wei"),
        ("第一 人民医院", "第一 人民医院"),
    ],
)
def test_blanks_that_pad_a_short_name_go_away(written, name):
    assert person(written) == name


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("王磊、李强", ["王磊", "李强"]),
        ("王磊，李强;赵敏", ["王磊", "李强", "赵敏"]),
        ("王磊/李强\n赵敏", ["王磊", "李强", "赵敏"]),
        ("王 磊、王磊", ["王磊"]),
        ("、", []),
    ],
)
def test_several_names_stand_in_one_cell(written, names):
    assert people(written) == names


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  a\r\nb  ", "a\nb"),
        ("a\x00b\x07c", "abc"),
        ("a_x000D_\nb", "a\nb"),
        ("\u202eabc", "abc"),
        ("\ud800a", "a"),
        ("=1+1", "=1+1"),
        ("[red]a[/red]", "[red]a[/red]"),
        ("　全角　空格　", "全角　空格"),
    ],
)
def test_text_stays_text_without_what_nobody_typed(written, kept):
    assert tidy(written) == kept


def test_full_width_becomes_half_width_on_one_line():
    assert plain("ＨＴ－２０２６\n（１）") == "HT-2026 (1)"


@given(st.text())
def test_tidying_twice_is_once_and_the_rest_can_be_stored(text):
    assert tidy(tidy(text)) == tidy(text)
    normalise(text).encode()
    tidy(text).encode()
