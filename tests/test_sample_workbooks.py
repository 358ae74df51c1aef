"""The sample workbooks: what the generator writes, and what a reader may rely on."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests import independent_handover, independent_issue
from tests.independent import calculate, read_calls, read_contracts
from tests.independent_common import is_day
from tests.independent_sample import read_book
from tests.test_independent import TODAY

EXAMPLES = Path(__file__).parent.parent / "examples"
BOOKS = EXAMPLES / "workbooks"
TABLE, CALLS = BOOKS / "维护合同跟踪表.xlsx", BOOKS / "致电记录.csv"
HANDOVERS, WORKLOG = BOOKS / "项目移交信息表.xlsx", BOOKS / "工作底稿.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, str(EXAMPLES / "make.py"), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def rows():
    return read_contracts(TABLE)


@pytest.fixture(scope="module")
def told():
    """The sheets of the hand-over table and of the worklog, by their names."""
    return {**read_book(HANDOVERS), **read_book(WORKLOG)}


def cells(path: Path) -> object:
    if path.suffix == ".csv":
        return path.read_bytes()
    book = CalamineWorkbook.from_path(path)
    return [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]


def test_the_committed_workbooks_are_what_the_generator_writes(made):
    names = sorted(str(path.relative_to(made)) for path in made.rglob("*.*"))
    assert len(names) == 14
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


def people():
    """The roster: name -> what stands under each header."""
    head, *lines = CalamineWorkbook.from_path(BOOKS / "员工名册.xls").get_sheet_by_index(0).to_python()[1:]
    return {line[0]: dict(zip(head, line, strict=True)) for line in lines}


def test_every_engineer_was_trained_before_the_exam_but_for_one_who_is_new():
    engineers = [one for one in people().values() if "工程师" in one["岗位"]]
    new = [one for one in engineers if not one["考核通过日期"]]
    assert [(one["姓名"], str(one["入职日期"]), str(one["培训日期"])) for one in new] == [
        ("潘锦书", "2026-11-09", "2026-11-17")
    ]
    for one in engineers:
        days = [
            str(one[key]).replace(".", "-") for key in ("入职日期", "培训日期", "考核通过日期") if one[key]
        ]
        days = [date(*map(int, day.split("-"))) for day in days]
        assert days == sorted(days)
        assert len(days) == 3 or one in new


def test_there_are_40_handovers_and_160_problems(told, rows):
    handovers, issues, steps = told["项目移交信息表"], told["工作底稿"], told["处理过程"]
    assert (len(handovers), len(issues)) == (40, 160)
    assert 450 <= len(steps) <= 550
    hospitals = {line[2] for line in load_workbook(BOOKS / "客户名单.xlsx").worksheets[0].values if line[2]}
    assert {row["customer"] for row in (*handovers, *issues, *told["抽查记录"])} <= hospitals
    named = {row[key] for row in handovers for key in ("project_manager", "account_manager", "decided_by")}
    named |= {row["by"] for row in (*steps, *told["跟踪记录"])} | {row["person"] for row in told["请假记录"]}
    named |= {row[key] for row in issues for key in ("engineer", "closed_by")}
    assert named <= {*people(), None}
    assert {row["issue"] for row in steps} <= {row["number"] for row in issues}
    assert {row["handover"] for row in told["跟踪记录"]} <= {row["number"] for row in handovers}
    phases = [(row["project_number"], row["phase"]) for row in handovers]
    assert len(phases) == len(set(phases))


def test_no_act_of_the_two_lies_after_the_samples_today(told):
    planned = ("expected_on", "free_until")
    for name, lines in told.items():
        for row in lines:
            for key in row:
                if is_day(key) and row[key] and key not in planned:
                    assert row[key] <= TODAY, (name, row)


def test_every_project_in_free_maintenance_was_handed_over(told, rows):
    free = {(row["customer"], row["project_number"], row["free_until"]) for row in rows if row["free_from"]}
    eligible = [row for row in told["项目移交信息表"] if row["decision"] == "eligible"]
    assert {(row["customer"], row["project_number"], row["free_until"]) for row in eligible} == free
    assert len(eligible) == len(free) == 23


def test_the_sample_has_every_story_that_handovers_know(told):
    handovers, trail = told["项目移交信息表"], told["跟踪记录"]
    managers = {str(row["customer"]): "somebody" for row in handovers}
    listed, owed = independent_handover.calculate(handovers, trail, TODAY, managers)
    states = Counter(one["state"] for one in listed)
    assert states == {"applying": 6, "deciding": 4, "not_eligible": 7, "eligible": 4, "complete": 19}
    rules = {
        "apply": "open overdue met late",
        "decide": "open overdue met late",
        "follow_up": "open overdue met late",
        "register": "open met late",
        "notice": "open met late",
        "receipt": "open overdue met late",
    }
    for rule, wanted in rules.items():
        found = {one["state"] for one in owed if one["rule"] == f"handover.{rule}"}
        assert found == set(wanted.split()), rule
    assert sum(row["number"] is None for row in handovers) == 2
    assert sum(row["phase"] == "二期" for row in handovers) == 3
    assert any(row["decision"] == "not_eligible" for row in trail)


def test_the_sample_has_every_story_that_problems_know(told):
    issues, steps = told["工作底稿"], told["处理过程"]
    listed, owed = independent_issue.calculate(issues, steps, TODAY)
    assert Counter(one["state"] for one in listed) == {"closed": 134, "open": 16, "stale": 10}
    owed += independent_issue.spot_checks(issues, told["抽查记录"], TODAY)
    rules = {
        "close": "open overdue met late",
        "urge": "open overdue met late",
        "follow_up": "open overdue met late",
        "request": "overdue met",
        "feedback": "open met late",
        "spot_check": "open met late",
    }
    for rule, wanted in rules.items():
        found = {one["state"] for one in owed if one["rule"] == f"issue.{rule}"}
        assert found == set(wanted.split()), rule
    lives = [
        independent_issue.live(row, [step for step in steps if step["issue"] == row["number"]], TODAY)
        for row in issues
    ]
    again = {(by, counts) for life in lives for _, by, counts in life.was_reopened}
    assert again >= {("step", True), ("step", False), ("command", False)}
    assert sum(row["closed_by"] is not None for row in issues) >= 10
    assert all(row["close_reason"] for row in issues if row["closed_on"])
    assert 5 <= sum(row["priority"] == "yes" for row in issues) <= 30
    assert Counter(row["customer"] for row in issues)["岚汀市第一人民医院"] >= 15


def test_somebody_is_said_to_have_worked_on_a_day_of_leave(told):
    away = [
        step
        for step in told["处理过程"]
        for leave in told["请假记录"]
        if step["by"] == leave["person"] and leave["from"] <= step["on"] <= leave["until"]
    ]
    assert 3 <= len(away) <= 5
    assert all(step["on"] < TODAY - timedelta(days=20) for step in away)


def test_the_steps_of_a_problem_stand_under_one_number():
    sheet = load_workbook(WORKLOG)["处理过程"]
    merged = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 1]
    assert len(merged) > 100


def test_the_hospitals_own_list_has_other_words_and_other_columns(told):
    lines = list(load_workbook(EXAMPLES / "reconcile" / "医院问题清单.xlsx").worksheets[0].values)
    assert lines[0][0] == "岚汀市第一人民医院信息系统问题清单"
    assert lines[1] == ("序号", "反映科室", "问题内容", "发生日期", "是否解决", "备注")
    words = [line[2] for line in lines[2:] if line[2]]
    assert len(words) >= 15
    assert not {*words} & {row["title"] for row in told["工作底稿"]}
    assert {line[4] for line in lines[2:] if line[2]} == {"已解决", "未解决", "处理中"}
