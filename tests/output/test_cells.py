"""Widths and folding of text in cells of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from svcq.output.cells import fold, longest_run, pad, width
from svcq.output.values import visible

CHINESE = st.text(st.sampled_from("上海市第一医院，。（）“”HT-2026 031é🏥❤\ufe0f\u200d\u0301"), max_size=60)
ANY = st.one_of(CHINESE, st.text(max_size=40))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("HT-2026-031", 11),
        ("瑞金医院", 8),
        ("（二期）", 8),
        ("LIS 维护", 8),
        ("é", 1),
        ("“好”", 4),
        ("🏥", 2),
    ],
)
def test_a_chinese_character_takes_two_cells(text, expected):
    assert width(text) == expected


@given(ANY)
def test_the_quick_way_measures_as_rich_does(text):
    assert width(visible(text)) == cell_len(visible(text))


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 5, [""]),
        ("瑞金医院", 8, ["瑞金医院"]),
        ("瑞金医院", 5, ["瑞金", "医院"]),
        ("等院长签字，寄回。", 10, ["等院长签", "字，寄回。"]),
        ("call HT-2026-031 today", 12, ["call", "HT-2026-031", "today"]),
        ("合同HT-2026-031已寄出", 12, ["合同", "HT-2026-031", "已寄出"]),
        ("0123456789", 4, ["0123", "4567", "89"]),
        ("医院", 3, ["医", "院"]),
    ],
)
def test_text_is_folded_at_blanks_and_between_chinese_characters(text, room, expected):
    assert fold(text, room) == expected


@given(ANY, st.integers(2, 30))
def test_no_folded_line_is_wider_than_its_room_and_nothing_but_blanks_is_lost(text, room):
    text = visible(text)
    lines = fold(text, room)
    assert all(cell_len(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(ANY, st.integers(0, 60))
def test_a_padded_text_has_the_asked_width(text, more):
    text = visible(text).rstrip("\u200d")  # a joiner would swallow the first blank
    assert cell_len(pad(text, cell_len(text) + more)) == cell_len(text) + more


def test_the_longest_run_is_a_word_or_a_code():
    assert longest_run("合同 HT-2026-031 已寄") == 11
    assert longest_run("医院") == 0
