"""Text that a spreadsheet would compute: harmless in a csv file, and the same again when it is read."""

import csv
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.sheets.export import export_kind
from svcq.sheets.formula import as_meant, disarmed
from svcq.sheets.kinds import KINDS
from svcq.sheets.reader import read_file

FORMULAS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "+A1",
    "-A1",
    "-2+A3",
    "＝1+1",
    "'=1",
    "''@x",
    "- 第一步",
)
PLAIN = ("", "-", "+86 21 1234-5678", "-5", "-1,234.50", "一院", "a=b", "'quoted'", "1-2", "'5", "’=1")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_computed_gets_an_apostrophe(text):
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_words_stay_as_they_are(text):
    assert disarmed(text) == text


@given(st.text("'=+-@＝1 a", max_size=6))
def test_what_is_written_is_read_as_it_was(text):
    assert as_meant(disarmed(text)) == text


@pytest.mark.parametrize("text", [text for text in FORMULAS if not text.startswith("'")])
def test_no_formula_is_in_an_exported_file_and_all_of_it_comes_back(tmp_path, text):
    out = BytesIO()
    export_kind(out, KINDS["customer"], [{"name": text, "region": text, "contact": text}], "csv")
    path = tmp_path / "customers.csv"
    path.write_bytes(out.getvalue())
    _head, row = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert {cell for cell in row if cell} == {f"'{text}"}
    assert set(read_file(str(path)).sheets[0].rows[0].values.values()) == {text}
