"""A day may have a time behind it; a month has no day; yes and no have many words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from svcq.errors import RowsRefused
from svcq.sheets.cells import parser
from svcq.sheets.dates import EPOCH_1904, order_of
from svcq.sheets.kind import Field
from svcq.sheets.moments import moment_of_cell, moment_of_text, month_of
from svcq.sheets.types import Context

D = date(2026, 3, 5)


def at(hour, minute, second=0, micro=0, zone=None):
    return datetime(2026, 3, 5, hour, minute, second, micro, zone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05", D),
        ("2026.3.5", D),
        ("2026年3月5日", D),
        ("20260305", D),
        ("46086", D),
        ("2026-03-05 14:30", at(14, 30)),
        ("2026/03/05 14:30:17.000", at(14, 30, 17)),
        ("2026/03/05 14:30:17.123456789", at(14, 30, 17, 123456)),
        ("2026-03-05T14:30:17+01:00", at(14, 30, 17, zone=timezone(timedelta(hours=1)))),
        ("2026-03-05T14:30:17Z", at(14, 30, 17, zone=UTC)),
        ("2026-03-05 14:30:17 +0530", at(14, 30, 17, zone=timezone(timedelta(hours=5, minutes=30)))),
        ("2026-3-5 9:05", at(9, 5)),
        ("2026年3月5日 9时5分", at(9, 5)),
        ("2026年3月5日 下午2:30", at(14, 30)),
        ("2026-3-5 02:30 PM", at(14, 30)),
        ("2026-3-5 12:05 AM", at(0, 5)),
        ("2026-3-5 12:05 pm", at(12, 5)),
        ("２０２６－３－５　１４：３０", at(14, 30)),
        ("2026-3-5 00:00:00", at(0, 0)),
        ("2026-3-5 24:00", datetime(2026, 3, 5, 23, 59, 59, 999999)),
        ("25/12/2026 14:30", datetime(2026, 12, 25, 14, 30)),
        ("46086.5", at(12, 0)),
    ],
)
def test_the_time_behind_a_day_is_kept(text, expected):
    assert moment_of_text(text) == expected


@pytest.mark.parametrize("text", ["2026-3-5 25:10", "2026-3-5 12:61", "2026-3-5 24:01", "2026-3-5 13:10:99"])
def test_a_time_that_there_is_not_is_refused(text):
    with pytest.raises(RowsRefused, match="there is no such time of day"):
        moment_of_text(text)


@pytest.mark.parametrize(
    "text", ["2026-02-30 14:30", "2026-3 14:30", "03/04/2026 14:30", "1949-01-01 00:00:00"]
)
def test_a_day_that_is_none_is_refused_with_a_time_too(text):
    with pytest.raises(RowsRefused):
        moment_of_text(text)


def test_the_order_that_is_said_counts_with_a_time_too():
    assert moment_of_text("03/04/2026 01:16", "dmy") == datetime(2026, 4, 3, 1, 16)


def test_a_column_proves_its_order_by_days_with_a_time_behind():
    assert order_of(["3/4/2026 01:16", "29/2/2024 23:59"]) == "dmy"
    assert order_of(["2026-03-04 01:16", "4/29/2026 9:00 PM"]) == "mdy"
    assert order_of(["29/2/2024 01:16", "4/29/2026 01:16"]) == ("29/2/2024 01:16", "4/29/2026 01:16")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (D, D),
        (at(0, 0), D),
        (at(14, 30), at(14, 30)),
        (46086.0, D),
        (46086.604166666664, at(14, 30)),
        (46086.9999999, datetime(2026, 3, 5, 23, 59, 59, 999999)),
    ],
)
def test_cells_of_a_workbook_are_moments(cell, expected):
    assert moment_of_cell(cell) == expected


def test_a_workbook_that_counts_from_1904_has_moments_too():
    assert moment_of_cell(44624.5, EPOCH_1904) == at(12, 0)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-10",
            "2026/10",
            "2026.10",
            "2026年10月",
            "2026年10月份",
            "202610",
            202610.0,
            "２０２６年１０月",
        ),
        *(date(2026, 10, 1), datetime(2026, 10, 17, 9, 0), "2026-10-01", "2026 - 10"),
    ],
)
def test_a_month_has_many_shapes(cell):
    assert month_of(cell) == "2026-10"


@pytest.mark.parametrize("cell", ["2026", "2026-13", "10月", "2026-00", "Oct", "1900-01", 12.0, "x" * 500])
def test_what_is_no_month_is_refused(cell):
    with pytest.raises(RowsRefused, match="is not a month"):
        month_of(cell)


FLAG = Field("priority", "优先级", "flag", codes={"高": "yes", "普通": "no"})


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((cell, True) for cell in ("是", "yes", "Y", "TRUE", True, 1.0, "1", "√", "高", " Yes ")),
        *((cell, False) for cell in ("否", "no", "N", "false", False, 0.0, "0", "×", "普通")),
        *((cell, None) for cell in ("", "/", "-", "无", "?")),
    ],
)
def test_yes_and_no_have_many_words(cell, value):
    assert parser(FLAG)[cell] is value


def test_a_word_that_is_neither_yes_nor_no_is_refused():
    with pytest.raises(RowsRefused, match="3级 is neither yes nor no"):
        parser(FLAG)["3级"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Resolved", "solved"),
        (" resolved ", "solved"),
        ("Active", None),
        ("solved", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_star_stands_for_every_other_word(cell, value):
    one = Field("result", "处理结果", "code", codes={"已解决": "solved"})
    assert parser(one, Context(words={"Resolved": "solved", "*": ""}))[cell] == value


def test_a_star_may_stand_for_a_word_and_a_blank_for_another():
    one = Field("what", "处理过程")
    read = parser(one, Context(words={"*": "handled", "": "nothing said"}))
    assert (read["x"], read[""], read[3.0]) == ("handled", "nothing said", "handled")


def test_a_name_may_have_words_that_are_no_name():
    one = Field("closed_by", "关闭人", "name", codes={"自动": "auto"})
    assert (parser(one)["自动"], parser(one)["auto"], parser(one)["王　磊"]) == ("auto", "auto", "王磊")
