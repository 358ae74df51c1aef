"""Which columns fit and how wide they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.output.layout import GAP, Need, arrange, need, share, titles
from svcq.output.shape import Column


@pytest.mark.parametrize(
    ("bounds", "room", "expected"),
    [
        ([(5, 5), (5, 5)], 12, (5, 5)),
        ([(5, 5), (4, 30)], 20, (5, 13)),
        ([(4, 30), (4, 10)], 22, (10, 10)),
        ([(4, 30), (4, 10)], 23, (11, 10)),
        ([(4, 30), (4, 6)], 22, (14, 6)),
        ([(4, 30), (4, 10)], 9, None),
    ],
)
def test_the_widest_column_gives_way_first(bounds, room, expected):
    assert share(bounds, room) == expected


BOUNDS = st.lists(
    st.tuples(st.integers(1, 20), st.integers(0, 60)).map(lambda b: (b[0], b[0] + b[1])), min_size=1
)


@given(BOUNDS, st.integers(1, 200))
def test_shared_widths_fit_the_room_and_leave_none_unused(bounds, room):
    widths = share(bounds, room)
    gaps = GAP * (len(bounds) - 1)
    if widths is None:
        assert sum(least for least, _ in bounds) + gaps > room
        return
    assert all(least <= one <= natural for one, (least, natural) in zip(widths, bounds, strict=True))
    assert sum(widths) + gaps == min(room, sum(natural for _, natural in bounds) + gaps)


def test_the_column_with_the_highest_drop_goes_first_and_zero_never():
    ten = [Need(10, 10, 10)] * 4
    assert arrange([0, 1, 2, 0], ten, 46).shown == (0, 1, 2, 3)
    assert arrange([0, 1, 2, 0], ten, 45).shown == (0, 1, 3)
    assert arrange([0, 1, 2, 0], ten, 33).shown == (0, 3)
    assert arrange([0, 1, 2, 0], ten, 21) is None


def test_text_is_folded_before_a_column_goes():
    assert arrange([0, 1], [Need(40, 12, 2), Need(10, 10, 10)], 24).widths == (12, 10)
    assert arrange([0, 1], [Need(40, 12, 2), Need(10, 10, 10)], 23).shown == (0,)


def test_columns_that_must_stay_are_folded_further():
    assert arrange([0, 0], [Need(40, 12, 2), Need(10, 10, 10)], 18).widths == (6, 10)


def test_a_number_a_date_and_a_contract_number_in_a_text_stay_whole():
    assert need(Column("on", "敲章日期", "date"), "敲章日期", ["2026-11-23"], 10) == Need(10, 10, 10)
    assert need(Column("days", "逾期天数", "number"), "逾期天数", ["3"], 1) == Need(8, 4, 2)
    assert need(Column("no", "合同", "text"), "合同", ["合同 HT-2026-031-补充"], 21).hard == 12
    assert need(Column("no", "合同", "text"), "合同", ["x" * 300], 300) == Need(300, 24, 24)


def test_titles_are_folded_evenly_and_stand_on_the_rule():
    assert titles(["逾期天数", "状态"], [7, 4]) == [["逾期", "天数"], ["", "状态"]]


def test_no_word_of_a_title_is_cut_to_make_its_lines_alike():
    assert titles(["Project no.", "Decided by"], [10, 9]) == [["Project", "no."], ["Decided", "by"]]
