"""emit: the format, the columns, the limit, the place."""

import json
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from svcq.errors import Usage
from svcq.output.emit import emit
from svcq.output.shape import Look


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    for name in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def run(contracts, rows):
    def run(look, *, to=None, what=None, **more):
        out, err = to or StringIO(), StringIO()
        given = emit(contracts, rows if what is None else what, look, stdout=out, stderr=err, **more)
        return given, out.getvalue(), err.getvalue()

    return run


def test_a_pipe_gets_tsv_and_a_terminal_a_table(run):
    assert run(Look())[1].startswith("number\tcustomer\t")
    assert run(Look(), to=Terminal(), width=120)[1].startswith("\x1b[1m合同编号     客户名称")


@pytest.mark.parametrize(
    ("form", "aside"), [("tsv", 0), ("table", 0), ("md", 0), ("csv", 1), ("json", 1), ("jsonl", 1)]
)
def test_a_column_aside_is_in_json_and_csv_and_elsewhere_when_asked(run, form, aside):
    assert ("HT-2025-007" in run(Look(form))[1]) == bool(aside)
    assert "HT-2025-007" in run(Look(form, columns=("number", "follows")))[1]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("tsv", "state\tnumber\noverdue\tHT-2026-001\n"),
        ("csv", "state,number\noverdue,HT-2026-001\n"),
        ("jsonl", '{"state": "overdue", "number": "HT-2026-001"}\n'),
        ("json", '[\n {"state": "overdue", "number": "HT-2026-001"}\n]\n'),
        ("md", "| 状态 | 合同编号 |\n| --- | --- |\n| 逾期 | HT-2026-001 |\n"),
        ("table", "状态  合同编号\n----  -----------\n逾期  HT-2026-001\n"),
    ],
)
def test_columns_come_in_the_order_asked_in_every_format(run, form, expected):
    given, out, err = run(Look(form, columns=("state", "number", "state"), limit=1))
    assert (given, out, err) == (1, expected, "1 of 3 rows\n")


def test_columns_asked_for_by_name_are_never_left_out(run):
    asked = ("number", "customer", "project", "amount", "sealed_on", "return_due_on")
    _given, out, _err = run(Look("table", columns=asked), to=Terminal(), width=60)
    assert "not shown" not in out
    assert "1,234,567.50" in out


@pytest.mark.parametrize("names", [("state", "number"), ("state,number",), ("state, number,",)])
def test_columns_may_stand_between_commas(run, names):
    assert run(Look("tsv", columns=names))[1].startswith("state\tnumber\n")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("nmber",), "no column nmber, perhaps number; there are number, customer, "),
        (("zzz",), "no column zzz; there are number, customer, "),
        ((" ",), "--columns names no column; there are number, "),
    ],
)
def test_an_unknown_column_is_answered_with_near_ones(run, names, words):
    with pytest.raises(Usage) as refused:
        run(Look("json", columns=names))
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (Look("pdf"), "no format pdf; there are table, tsv, "),
        (
            Look(output="a.txt"),
            "a.txt: the ending tells no format; use one of .xlsx .csv .tsv .json .jsonl .md, or -f",
        ),
        (Look("json", limit=-1), "--limit -1: a number of rows, 0 or more"),
        (Look("xlsx"), "a workbook is not for a terminal: -o FILE.xlsx writes it to a file"),
    ],
)
def test_what_cannot_be_is_refused(run, look, words):
    with pytest.raises(Usage) as refused:
        run(look, to=Terminal())
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    ("limit", "given", "said"),
    [(None, 3, ""), (0, 0, "0 of 3 rows\n"), (2, 2, "2 of 3 rows\n"), (3, 3, ""), (9, 3, "")],
)
def test_a_limit_gives_the_first_rows_and_says_what_it_cut(run, limit, given, said):
    got, out, err = run(Look("json", limit=limit))
    assert (got, len(json.loads(out)), err) == (given, given, said)


def test_a_limit_on_rows_not_yet_counted_reads_only_one_more(run, rows):
    taken = []

    def source():
        for row in rows * 5:
            taken.append(row)
            yield row

    assert run(Look("tsv", limit=2), what=source())[2] == "the first 2 rows; there are more\n"
    assert len(taken) == 3


def test_an_empty_table_is_a_sentence_on_stderr(run):
    assert run(Look(), to=Terminal(), what=[], empty="Nothing is overdue.") == (
        0,
        "",
        "Nothing is overdue.\n",
    )
    assert run(Look("json"), what=[], empty="Nothing is overdue.") == (0, "[]\n", "")


def test_the_summary_stands_under_a_table_only_and_before_what_was_left_out(run):
    table = run(Look("table"), to=Terminal(), width=80, summary="3 contracts")[1].splitlines()
    assert table[-2:] == [
        "3 contracts",
        "not shown at this width: amount, sealed_on; --columns or -f csv shows them",
    ]
    assert "3 contracts" not in run(Look("tsv"), summary="3 contracts")[1]


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "md", "CSV"])
def test_the_ending_of_the_file_tells_the_format(run, tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    given, out, err = run(Look(output=str(path)))
    assert (given, out, err) == (3, "", "")
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf") == (ending.lower() == "csv")
    assert text.decode("utf-8-sig") == run(Look(ending.lower()))[1]


def test_a_file_gets_a_table_uncut_and_without_colour(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    path = tmp_path / "out.txt"
    run(Look("table", output=str(path)), width=40)
    text = path.read_text()
    assert "\x1b" not in text
    assert len(text.splitlines()) == 5


def test_a_dash_is_the_standard_output(run):
    assert run(Look("csv", output="-")) == run(Look("csv"))
    assert run(Look(output="-"))[1] == run(Look("tsv"))[1]


def test_json_is_utf8_whatever_the_locale(contracts, rows):
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding="gbk")
    emit(contracts, rows, Look("json"), stdout=stream)
    assert json.loads(raw.getvalue().decode())[1]["customer"] == "苏州市立医院"


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "md", "table"])
def test_no_format_sends_a_sequence_from_the_data_to_a_terminal(run, rows, form, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    bad = {**rows[0], "customer": "\x1b]0;x\x07\x9b2J"}
    out = run(Look(form), to=Terminal(), what=[bad], width=200)[1]
    assert not {"\x1b", "\x07", "\x9b"} & set(out)


def test_a_pipe_of_csv_stays_exact(run, rows):
    assert "\x1b[31m=1+1" in run(Look("csv"), what=[{**rows[0], "customer": "\x1b[31m=1+1"}])[1]
