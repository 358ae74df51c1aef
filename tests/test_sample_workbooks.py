"""The sample workbooks: what the generator writes, and what a reader may rely on."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.independent import calculate, read_calls, read_contracts
from tests.test_independent import TODAY

EXAMPLES = Path(__file__).parent.parent / "examples"
BOOKS = EXAMPLES / "workbooks"
TABLE, CALLS = BOOKS / "维护合同跟踪表.xlsx", BOOKS / "致电记录.csv"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, str(EXAMPLES / "make.py"), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def rows():
    return read_contracts(TABLE)


def cells(path: Path) -> object:
    if path.suffix == ".csv":
        return path.read_bytes()
    book = CalamineWorkbook.from_path(path)
    return [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]


def test_the_committed_workbooks_are_what_the_generator_writes(made):
    names = sorted(str(path.relative_to(made)) for path in made.rglob("*.*"))
    assert len(names) == 5
    for name in names:
        assert cells(EXAMPLES / name) == cells(made / name), name


def test_there_are_120_hospitals_40_people_and_300_contracts(rows):
    customers = load_workbook(BOOKS / "客户名单.xlsx").worksheets[0]
    names = [cell.value for cell in customers["C"][3:]]
    people = CalamineWorkbook.from_path(BOOKS / "员工名册.xls").get_sheet_by_index(0).to_python()
    staff = [line[0] for line in people[2:]]
    assert (len(names), len(set(names)), len(staff), len(set(staff)), len(rows)) == (120, 120, 40, 40, 300)
    assert {row["customer"] for row in rows} <= set(names)
    assert {row["salesperson"] for row in rows} <= set(staff)
    assert {row["account_manager"] for row in rows} <= {*staff, None}


def test_acts_are_in_order_and_none_lies_after_the_samples_today(rows):
    acts = ("sent_out_on", "sealed_on", "returned_on", "called_on", "refused_on", "reminded_email_on")
    for row in rows:
        assert all(row[act] <= TODAY for act in acts if row[act])
        pairs = [
            ("sealed_on", "returned_on"),
            ("sent_out_on", "returned_on"),
            ("starts_on", "ends_on"),
            ("free_from", "free_until"),
        ]
        for first, second in [*pairs, ("called_on", "promised_on")]:
            assert not (row[first] and row[second]) or row[first] <= row[second]


def test_the_sample_has_every_story_that_the_process_knows(rows):
    listed, owed = calculate(rows, read_calls(CALLS), TODAY)
    states = [one["state"] for one in listed]
    assert states.count("overdue") == 24
    assert 29 <= sum(one["fine"] > 0 and one["state"] == "returned" for one in listed) <= 33
    assert min(states.count("free"), states.count("out")) >= 8
    assert sum(row["number"] is None for row in rows) == 6
    assert sum(bool(row["follows"]) for row in rows) > 50
    assert sum(bool(row["refused_on"]) for row in rows) >= 5
    soon = TODAY + timedelta(days=90)
    assert sum(row["free_until"] is not None and TODAY <= row["free_until"] <= soon for row in rows) >= 5
    for rule in ("remind", "return", "call", "chase", "convert"):
        found = {one["state"] for one in owed if one["rule"] == f"contract.{rule}"}
        assert found == {"open", "overdue", "met", "late"}, rule


def test_the_calls_are_in_the_code_page_and_line_ends_of_an_old_windows():
    raw = CALLS.read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") > 100
    assert "合同编号,致电日期,致电人,承诺日期,备注" in raw.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_the_tracking_table_is_as_untidy_as_a_real_one():
    sheet = load_workbook(TABLE).worksheets[1]
    areas = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:V1", "L2:M2"} <= areas
    assert sheet.max_column > 40
    last = [cell.value for cell in sheet["A"] if cell.value]
    assert last[-4] == "合计"
    assert last[-3].startswith("备注：")
    texts = [
        str(cell.value) for line in sheet.iter_rows(min_row=4) for cell in line if isinstance(cell.value, str)
    ]
    for shape in ("2026.", "2026年", "20260", "46", "2026/", "2026-"):
        assert any(text.startswith(shape) for text in texts), shape
    assert any(text.startswith("HT-") and text.endswith(" ") for text in texts)
    assert any(text.endswith("元") for text in texts)
    assert {"/", "无"} <= set(texts)
