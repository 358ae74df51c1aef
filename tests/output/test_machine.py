"""json, jsonl, csv, tsv and md, read back."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.output.machine import as_object, write_csv, write_json, write_json_object, write_jsonl, write_tsv
from svcq.output.markdown import escaped, write_markdown
from svcq.output.shape import Column

COLUMNS = (
    Column("number", "合同编号"),
    Column("amount", "合同金额", "money"),
    Column("due_on", "应回签日期", "date"),
    Column("called", "已致电", "flag"),
    Column("days", "天数", "number"),
)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.one_of(st.none(), st.text()),
            "amount": st.one_of(st.none(), st.integers(), FLOATS),
            "due_on": st.one_of(st.none(), st.dates()),
            "called": st.sampled_from((None, True, False)),
            "days": st.one_of(st.none(), st.integers(), FLOATS),
        }
    ),
    max_size=4,
)
ROW = {"number": "HT|1\n=1+1", "amount": 1200.5, "due_on": date(2026, 11, 23), "called": True, "days": 3}


def text(write, rows):
    out = StringIO()
    write(out, COLUMNS, rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (
            write_json,
            '[\n {"number": "HT|1\\n=1+1", "amount": 1200.5, "due_on": "2026-11-23", "called": true, "days": 3}'
            ',\n {"number": null, "amount": null, "due_on": null, "called": null, "days": null}\n]\n',
        ),
        (
            write_jsonl,
            '{"number": "HT|1\\n=1+1", "amount": 1200.5, "due_on": "2026-11-23", "called": true, "days": 3}\n'
            '{"number": null, "amount": null, "due_on": null, "called": null, "days": null}\n',
        ),
        (write_csv, 'number,amount,due_on,called,days\n"HT|1\n=1+1",1200.5,2026-11-23,true,3\n,,,,\n'),
        (
            write_tsv,
            "number\tamount\tdue_on\tcalled\tdays\nHT|1 =1+1\t1200.5\t2026-11-23\ttrue\t3\n\t\t\t\t\n",
        ),
        (
            write_markdown,
            "| 合同编号 | 合同金额 | 应回签日期 | 已致电 | 天数 |\n| --- | ---: | --- | --- | ---: |\n"
            "| HT\\|1 =1+1 | 1,200.50 | 2026-11-23 | yes | 3 |\n|  |  |  |  |  |\n",
        ),
    ],
)
def test_two_rows_whole(write, expected):
    assert text(write, [ROW, {}]) == expected


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (write_json, "[]\n"),
        (write_jsonl, ""),
        (write_csv, "number,amount,due_on,called,days\n"),
        (write_tsv, "number\tamount\tdue_on\tcalled\tdays\n"),
    ],
)
def test_no_rows_are_an_empty_list_or_a_header(write, expected):
    assert text(write, []) == expected


def iso(row):
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}


@given(ROWS)
def test_json_reads_back_as_the_rows(rows):
    expected = [iso(row) for row in rows]
    assert json.loads(text(write_json, rows)) == expected
    lines = text(write_jsonl, rows).split("\n")[:-1]
    assert [json.loads(line) for line in lines] == expected


@given(ROWS)
def test_json_has_a_line_for_each_row(rows):
    assert text(write_json, rows).count("\n") == (len(rows) + 2 if rows else 1)


def field(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


@given(ROWS)
def test_csv_reads_back_exactly(rows):
    got = list(csv.DictReader(StringIO(text(write_csv, rows), newline="")))
    assert [row["number"] for row in got] == [row["number"] or "" for row in rows]
    for one, row in zip(got, rows, strict=True):
        assert (one["due_on"], one["called"], one["days"]) == tuple(
            field(row[key]) for key in ("due_on", "called", "days")
        )
        assert (json.loads(one["amount"]) if one["amount"] else None) == row["amount"]


@given(ROWS)
def test_every_line_of_tsv_has_as_many_fields_as_columns(rows):
    lines = text(write_tsv, rows).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(rows) + 1
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)


@given(ROWS)
def test_every_line_of_markdown_has_as_many_cells_as_columns(rows):
    lines = text(write_markdown, rows).splitlines()
    assert len(lines) == len(rows) + 2
    for line in lines:
        bare = re.sub(r"\\.", "", line)  # an escaped bar is not a border
        assert bare.count("|") == len(COLUMNS) + 1


def test_marks_in_data_mean_nothing_in_markdown():
    assert escaped("<b>*a*</b> `x` [l](u) a\\|b") == r"\<b>\*a\*\</b> \`x\` \[l\](u) a\\\|b".replace(
        ">", r"\>"
    )


def test_one_object_shows_its_lists_a_line_per_entry():
    out = StringIO()
    value = {"number": "HT-1", "history": [{"by": "王"}, {"by": "李"}], "obligations": []}
    write_json_object(out, value, flat=False)
    assert out.getvalue() == (
        '{\n "number": "HT-1",\n "history": [\n  {"by": "王"},\n  {"by": "李"}\n ],\n "obligations": []\n}\n'
    )
    assert json.loads(out.getvalue()) == value
    flat = StringIO()
    write_json_object(flat, value, flat=True)
    assert json.loads(flat.getvalue()) == value
    assert flat.getvalue().count("\n") == 1


def test_an_object_has_every_key_of_its_columns_in_order():
    assert list(as_object(COLUMNS, {"days": 1, "other": 2}).items()) == [
        ("number", None),
        ("amount", None),
        ("due_on", None),
        ("called", None),
        ("days", 1),
    ]
