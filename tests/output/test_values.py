"""Cells for machines and for people."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.output.shape import Column
from svcq.output.values import human, machine, one_field, plain, visible, written


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "[bold]x[/]", "[bold]x[/]"),
        ("text", "a\r\nb\tc", "a b c"),
        ("text", "\x1b[31mred\x1b]0;t\x07", "␛[31mred␛]0;t␇"),
        ("text", "\x9b31m", "\ufffd31m"),
        ("text", "120\u202e456", "120456"),
        ("text", None, ""),
        ("date", date(2026, 11, 23), "2026-11-23"),
        ("date", "2026-11-23", "2026-11-23"),
        ("money", 1234567, "1,234,567"),
        ("money", 1234567.5, "1,234,567.50"),
        ("money", 80000.0, "80,000"),
        ("money", Decimal("80000.10"), "80,000.10"),
        ("money", None, ""),
        ("number", 2026, "2026"),
        ("number", 100.0, "100.0"),
        ("number", 97.3333333, "97.33"),
        ("number", Decimal("97.50"), "97.5"),
        ("flag", True, "yes"),
        ("flag", 0, "no"),
        ("flag", None, ""),
        ("code", "overdue", "Overdue"),
        ("code", "new", "new"),
        ("text", [{"on": "2026-01-01"}, {}], "2"),
    ],
)
def test_people_see(kind, value, expected):
    codes = {"overdue": "Overdue"} if kind == "code" else {}
    assert human(Column("key", "Title", kind, codes=codes))(value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "a\nb", "a\nb"),
        ("date", date(2026, 11, 23), "2026-11-23"),
        ("money", 80000.0, 80000),
        ("money", 0.1, 0.1),
        ("number", 100.0, 100.0),
        ("number", Decimal("3"), 3),
        ("number", Decimal("97.25"), 97.25),
        ("flag", 1, True),
        ("flag", None, None),
        ("code", "overdue", "overdue"),
        ("text", ({"on": date(2026, 1, 2)},), [{"on": "2026-01-02"}]),
    ],
)
def test_machines_get(kind, value, expected):
    got = machine(Column("key", "Title", kind, codes={"overdue": "Overdue"}))(value)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), (True, "true"), (False, "false"), (7, "7"), (0.1, "0.1"), ([1, 2], "2")],
)
def test_a_field_of_csv_is_written(value, expected):
    assert written(value) == expected


@given(st.text())
def test_visible_text_has_one_line_and_no_control_character(text):
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in shown)


@given(st.text())
def test_a_tsv_field_has_one_line_and_no_tab(text):
    assert len(one_field(text).splitlines()) <= 1
    assert "\t" not in one_field(text)


def test_something_unknown_becomes_its_text():
    assert plain({1: {2}}) == {"1": "{2}"}


def test_several_codes_in_a_cell_are_words_each_and_inert():
    shown = human(Column("role", "Role", "code", codes={"qc": "QC", "engineer": "an engineer"}))
    assert shown("qc、engineer") == "QC、an engineer"
    assert shown("qc、\x1bboss") == "QC、␛boss"
    assert (shown(""), shown(None)) == ("", "")
