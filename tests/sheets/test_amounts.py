"""Money to the fen and whole numbers, out of whatever stands in the cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import RowsRefused
from svcq.sheets import amounts


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (1234.56, 123456),
        (1234, 123400),
        (0, 0),
        (0.0, 0),
        (1234.5600000001, 123456),
        (0.1 + 0.2, 30),
        (1e11, 10**13),
        ("1234.56", 123456),
        ("1,234,567.80", 123456780),
        ("¥1,234.56", 123456),
        ("￥1234.56", 123456),
        ("￥ 1 234.56", 123456),
        ("1234.56元", 123456),
        ("1234元整", 123400),
        ("RMB 1,234", 123400),
        ("CNY1234", 123400),
        ("人民币1234元", 123400),
        ("１２３４．５６", 123456),
        ("１，２３４", 123400),
        ("12.5万", 12_500_000),
        ("12.5万元", 12_500_000),
        ("1.2亿", 12_000_000_000),
        ("+12", 1200),
        (".5", 50),
        ("12.", 1200),
        ("123456.780000", 12345678),
        (" 12\n", 1200),
    ],
)
def test_an_amount_is_exact(cell, fen):
    assert amounts.money(cell) == fen


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (-5, "negative"),
        (-0.01, "negative"),
        ("-5", "negative"),
        ("(5.00)", "negative"),
        ("（5.00）", "negative"),
        ("￥-5", "negative"),
        ("5-", "negative"),
        ("1.234", "two decimals"),
        (1.234, "two decimals"),
        ("12.3456789万", "two decimals"),
        ("1,5", "not an amount"),
        ("1.234,56", "not an amount"),
        ("12,34", "not an amount"),
        ("$5", "not an amount"),
        ("5美元", "not an amount"),
        ("5-6万", "negative|not an amount"),
        ("壹拾万元整", "not an amount"),
        ("约5万", "not an amount"),
        ("5万左右", "not an amount"),
        ("1e5", "not an amount"),
        ("=1+1", "not an amount"),
        (True, "not an amount"),
        (float("nan"), "not an amount"),
        (float("inf"), "not an amount"),
        (1e300, "too large"),
        ("9" * 40, "too large"),
    ],
)
def test_what_is_no_certain_amount_is_refused(cell, words):
    with pytest.raises(RowsRefused, match=words):
        amounts.money(cell)


def test_a_column_in_ten_thousands_is_multiplied():
    assert amounts.money(12.5, 10_000) == 12_500_000
    assert amounts.money("0.123456", 10_000) == 123456


@given(st.integers(0, 10**13))
def test_every_fen_survives_as_a_float_and_as_text(fen):
    assert amounts.money(fen / 100) == fen
    assert amounts.money(str(Decimal(fen) / 100)) == fen
    assert amounts.money(f"¥{Decimal(fen) / 100:,.2f}元") == fen


@pytest.mark.parametrize(
    ("cell", "number"),
    [(5, 5), (5.0, 5), ("5", 5), ("５", 5), ("5.0", 5), ("5分", 5), ("1,200", 1200), ("-3", -3), (" 5 ", 5)],
)
def test_a_whole_number_is_read(cell, number):
    assert amounts.whole(cell) == number


@pytest.mark.parametrize("cell", [5.5, "5.5", "五", "", True, float("nan"), 1e20, "9" * 30, "5-6", object()])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(RowsRefused):
        amounts.whole(cell)


@given(st.one_of(st.text(max_size=15), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_cell_is_an_amount_or_a_sentence(cell):
    for read in (amounts.money, amounts.whole):
        try:
            assert isinstance(read(cell), int)
        except RowsRefused as why:
            str(why).encode()
