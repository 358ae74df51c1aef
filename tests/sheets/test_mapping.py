"""The mapping file says what a file does not say itself, and is checked word by word."""

from datetime import date

import pytest

from svcq.errors import Usage
from svcq.sheets.mapping import load
from svcq.sheets.options import ReadOptions

FULL = """
kind = "contract"
sheet = ["2026年", "2025年"]
header_row = 3
date_order = "dmy"
encoding = "gbk"
clear = true
[headers]
"用印" = "sealed_on"
"备注" = "-"
[values.customer]
"市一院" = "岚汀市第一人民医院"
[values.amount]
"面议" = 0
"""


def test_everything_in_a_mapping_file_is_read(text):
    assert load(str(text(FULL, name="map.toml"))) == ReadOptions(
        kind="contract",
        sheets=("2026年", "2025年"),
        header_row=3,
        date_order="dmy",
        encoding="gbk",
        clear=True,
        headers={"用印": "sealed_on", "备注": "-"},
        values={"customer": {"市一院": "岚汀市第一人民医院"}, "amount": {"面议": "0"}},
    )


def test_what_the_command_line_says_wins(text):
    said = ReadOptions(kind="customer", sheets=("甲",), date_order="mdy", headers={"用印": "returned_on"})
    found = load(str(text(FULL, name="map.toml")), said)
    assert (found.kind, found.sheets, found.date_order, found.header_row) == ("customer", ("甲",), "mdy", 3)
    assert found.headers == {"用印": "returned_on", "备注": "-"}


def test_a_mapping_changes_how_a_file_is_read(text, xlsx, values):
    mapping = text(
        '[headers]\n"用印" = "sealed_on"\n[values.customer]\n"市一院" = "岚汀市第一人民医院"\n', name="m.toml"
    )
    options = load(str(mapping))
    path = xlsx([["合同编号", "客户名称", "用印"], ["HT-1", "市一院", "2026-3-5"]])
    assert values(path, headers=options.headers, values=options.values) == [
        {"number": "HT-1", "customer": "岚汀市第一人民医院", "sealed_on": date(2026, 3, 5)}
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("kind = 3", "kind is to be a text"),
        ("sheet = [1]", "sheet is to be a name"),
        ("header_row = 0", "row number"),
        ("header_row = true", "row number"),
        ("date_order = 'ydm'", "ymd, mdy, dmy"),
        ("clear = 1", "true or false"),
        ("headers = 1", "headers is to be a table"),
        ("[headers]\na = [1]", "headers is to be a table"),
        ("values = 1", "values is to be a table"),
        ("values.level = 1", "values.level is to be a table"),
        ("hedaers = 1", "hedaers is not known"),
        ("kind = ", "not TOML"),
        ("a" * 5000, "longer than"),
        ("a = " + "[" * 3000, "longer than"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_fault_in_the_mapping_file_is_named(text, content, words):
    with pytest.raises(Usage, match=words):
        load(str(text(content, name="map.toml")))


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_mapping_file_that_cannot_be_read_is_a_sentence(tmp_path, name):
    with pytest.raises(Usage):
        load(str(tmp_path / name))
