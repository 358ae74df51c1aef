"""One record with its sections, in every format."""

import json
from io import StringIO

import pytest

from svcq.errors import Usage
from svcq.output.record import Section, emit_record
from svcq.output.shape import Column, Listing, Look

STEPS = Listing(
    "history", "历史", (Column("on", "日期", "date"), Column("what", "事项"), Column("id", "Id", aside=True))
)
TABLE = """\
合同编号:   HT-2026-001
客户名称:   上海交通大学医学院附属瑞金医
            院
项目名称:   住院电子病历系统（二期）
销售:       王小明
合同金额:   1,234,567.50
敲章日期:   2026-08-03
应回签日期: 2026-10-08
已提醒:     yes
状态:       逾期
逾期天数:   46

历史
日期        事项
----------  ------
2026-08-03  敲章
2026-09-25  已提醒
"""


@pytest.fixture
def run(contracts, rows):
    steps = [{"on": "2026-08-03", "what": "敲章", "id": 1}, {"on": "2026-09-25", "what": "已提醒", "id": 2}]
    sections = [Section("history", STEPS, steps), Section("obligations", STEPS, [])]

    def run(look, width=None):
        out, err = StringIO(), StringIO()
        emit_record(contracts, rows[0], sections, look, stdout=out, stderr=err, width=width)
        return out.getvalue(), err.getvalue()

    return run


def test_people_see_lines_and_small_tables(run):
    assert run(Look("table"), 40) == (TABLE, "")


def test_json_is_one_object_with_a_list_per_section(run):
    value = json.loads(run(Look("json"))[0])
    assert list(value)[-3:] == ["follows", "history", "obligations"]
    assert value["history"][1] == {"on": "2026-09-25", "what": "已提醒", "id": 2}
    assert value["obligations"] == []
    assert value["amount"] == 1234567.5
    lines = run(Look("jsonl"))[0]
    assert lines.count("\n") == 1
    assert json.loads(lines) == value


@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_other_formats_have_a_line_per_key_and_say_what_they_leave_out(run, form, mark):
    out, err = run(Look(form))
    lines = out.splitlines()
    assert lines[:2] == [f"field{mark}value", f"number{mark}HT-2026-001"]
    assert f"amount{mark}1234567.5" in lines
    assert err == "not in this format: history; -f json has them\n"


def test_markdown_has_a_table_per_section(run):
    out, err = run(Look("md"))
    assert "| 合同金额 | 1,234,567.50 |\n" in out
    assert out.endswith(
        "\n## 历史\n\n| 日期 | 事项 |\n| --- | --- |\n| 2026-08-03 | 敲章 |\n| 2026-09-25 | 已提醒 |\n"
    )
    assert err == ""


def test_columns_name_keys_and_sections(run):
    out = run(Look("jsonl", columns=("state", "number", "obligations")))[0]
    assert out == '{"state": "overdue", "number": "HT-2026-001", "obligations": []}\n'
    with pytest.raises(Usage, match="no column histori, perhaps history"):
        run(Look("json", columns=("histori",)))


def test_a_section_takes_the_place_of_a_column_of_its_name(rows):
    listing = Listing("issue", "Issue", (Column("number", "No"), Column("steps", "Steps", "number")))
    out = StringIO()
    section = Section("steps", STEPS, [{"on": "2026-01-01"}])
    emit_record(listing, {"number": "W-1", "steps": 1}, [section], Look("jsonl"), stdout=out)
    expected = {"number": "W-1", "steps": [{"on": "2026-01-01", "what": None, "id": None}]}
    assert json.loads(out.getvalue()) == expected


def test_on_a_narrow_terminal_values_stand_below_their_labels(run):
    lines = run(Look("table"), 16)[0].splitlines()
    assert lines[:4] == ["合同编号:", "  HT-2026-001", "客户名称:", "  上海交通大学医"]
