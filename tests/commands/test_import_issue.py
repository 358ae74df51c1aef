"""三 Worklogs, logs of events and what belongs to them, as they are typed: in, in again, out and in."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli import Svcq

KINDS = {
    "issue": "number customer system module title description engineer reported_by reported_on priority priority_on"
    " request request_on tested_by_test_dept_on test_result_on passed_on urged_on closed_on closed_by close_reason"
    " reopened_on revision",
    "step": "issue on by what result",
    "plan": "number active completion_on release_on",
    "spot_check": "month customer records_on leave_on list_asked_on reconciled_on",
    "leave": "person from until kind",
}
ISSUES = [
    ["工作底稿", None],
    [
        "问题编号",
        "客户名称",
        "系统",
        "问题标题",
        "工程师",
        "提出人",
        "提出日期",
        "优先级",
        "需求号",
        "关闭日期",
        "关闭人",
    ],
    ["WT-1", "江州市中心医院", "HIS", "报表打不开", "李伟", "王护士", "2026.10.9", "是", "V-17", None, None],
    [
        "WT-2",
        "江州市中心医院",
        "LIS",
        "条码重复",
        "李伟",
        None,
        date(2026, 9, 1),
        "否",
        None,
        "2026年10月1日",
        "李伟",
    ],
    [None, "云河县人民医院", "HIS", "打印慢", None, None, "20261012", None, None, None, None],
]
STEPS = [
    ["问题编号", "处理日期", "处理人", "处理过程", "处理结果"],
    ["WT-1", "2026-10-10 14:30", "李伟", "升级程序", "已解决"],
    ["WT-1", "2026-10-10 09:00", "李伟", "查看日志", "带回查"],
    ["WT-2", date(2026, 9, 2), "李伟", "重启", "待观察"],
]
PLANS = [
    ["计划编号", "有效", "完成日期", "发布日期"],
    ["P-1", "是", "2026-12-31", None],
    ["P-2", "否", None, None],
]
CHECKS = [
    ["月份", "客户名称", "记录抽查日期", "请假抽查日期", "索取清单日期", "核对日期"],
    ["2026年10月", "江州市中心医院", date(2026, 10, 20), date(2026, 10, 20), None, None],
]
LEAVES = [["姓名", "开始日期", "结束日期", "类别"], ["李伟", "2026-10-12", "2026-10-13", "年假"]]
SHEETS = {"处理过程": STEPS, "抽查": CHECKS, "请假": LEAVES, "底稿": ISSUES, "计划": PLANS}


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def counts(ran) -> dict[str, tuple[int, int, int, int]]:
    """Kind -> added, updated, unchanged, refused."""
    return {row["kind"]: (row["added"], row["updated"], row["unchanged"], row["refused"]) for row in ran.json}


@pytest.fixture
def worklog(small: Svcq, tmp_path: Path) -> Svcq:
    """The small store with everything of the workbook."""
    small("staff", "add", "李伟", "--role", "engineer")
    small("customer", "add", "云河县人民医院", "--region", "华北")
    ran = small("import", book(tmp_path / "all.xlsx", **SHEETS), "-f", "json")
    assert counts(ran) == {
        "leave": (1, 0, 0, 0),
        "plan": (2, 0, 0, 0),
        "issue": (3, 0, 0, 0),
        "spot_check": (1, 0, 0, 0),
        "step": (3, 0, 0, 0),
    }
    return small


def issues(svcq: Svcq, *options: str) -> dict[str, dict[str, object]]:
    """The listing by number."""
    return {str(row["number"]): row for row in svcq("issue", "list", "-f", "json", *options).json}


def test_the_sheets_of_a_workbook_come_in_in_the_right_order_and_once(worklog, tmp_path):
    found = issues(worklog)
    assert set(found) == {"WT-1", "WT-2", "SVCQ-I2026-00001"}
    first, second = found["WT-1"], found["WT-2"]
    assert (first["state"], first["closed_on"], first["closed_by"]) == ("closed", "2026-10-11", "auto")
    assert (first["steps"], first["last_result"], first["priority"]) == (2, "solved", True)
    assert (second["state"], second["closed_on"], second["closed_by"]) == ("closed", "2026-10-01", "李伟")
    before = worklog.dump()
    ran = worklog("import", tmp_path / "all.xlsx", "-f", "json")
    assert all(row["unchanged"] == row["read"] for row in ran.json)
    assert "nothing to change" in ran.err
    assert worklog.dump() == before
    assert worklog("db", "check").out == ""


@pytest.mark.parametrize(("form", "clear"), [("csv", ()), ("xlsx", ("--clear",))])
@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_is_imported_again_changes_nothing(worklog, tmp_path, kind, form, clear):
    path = tmp_path / f"{kind}.{form}"
    worklog("export", kind, "-o", path)
    before = worklog.dump()
    ran = worklog("import", path, *clear, "-f", "json")
    assert [(row["kind"], row["read"] == row["unchanged"]) for row in ran.json] == [(kind, True)]
    assert "nothing to change" in ran.err
    assert worklog.dump() == before


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_for_machines_has_the_fields_of_its_sheet_kind(worklog, kind):
    out = worklog("export", kind).raw.decode("utf-8-sig")
    assert next(csv.reader(out.splitlines())) == KINDS[kind].split()


def test_an_export_of_everything_fills_an_empty_store_alike(worklog, tmp_path):
    empty = Svcq(tmp_path / "other.db")
    kinds = ("customer", "staff", *KINDS)
    files = [tmp_path / f"{kind}.csv" for kind in kinds]
    for kind, file in zip(kinds, files, strict=True):
        worklog("export", kind, "-o", file)
    empty("import", *reversed(files))
    for kind in kinds:
        assert empty("export", kind).records == worklog("export", kind).records
    for words in (("issue", "list"), ("due", "--all")):
        assert empty(*words, "-f", "json").json == [
            row for row in worklog(*words, "-f", "json").json if row.get("process") != "contract"
        ]


def test_a_file_in_gbk_is_read(small, tmp_path):
    lines = "问题编号;客户名称;问题标题;提出日期\r\nWT-9;江州市中心医院;慢;2026年10月9日\r\n"
    small("import", text(tmp_path / "gbk.csv", lines, "gbk"))
    assert issues(small)["WT-9"]["title"] == "慢"


def test_refused_rows_are_mended_in_their_workbook_and_imported_again(worklog, tmp_path):
    rows = [
        ["问题编号", "客户名称", "问题标题", "提出日期", "处理日期", "处理人", "处理过程", "处理结果"],
        ["WT-7", "江州市中心医院", "慢", "2026-10-09", "2026-10-08", "李伟", "看", None],
        [None, None, None, None, "2026-10-12", "李为", "重启", "已解决"],
        ["WT-8", "江州市中心医院", "卡", "2026-10-09", "2026-10-12", "李伟", "重启", "已解决"],
    ]
    bad = tmp_path / "bad.xlsx"
    path = book(tmp_path / "both.xlsx", 底稿=rows)
    before = worklog.dump()
    ran = worklog("import", path, "-f", "json", code=5)
    assert [line.partition(":")[0] for line in ran.err.splitlines() if line.startswith("底稿!")] == [
        "底稿!E2",
        "底稿!F3",
    ]
    assert worklog.dump() == before
    ran = worklog("import", path, "--partial", "--refused", bad, "-f", "json", code=5)
    assert counts(ran) == {"step": (1, 0, 0, 2)}
    made = load_workbook(bad)
    sheet = made["底稿"]
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["WT-7", "WT-7"]
    sheet["E2"], sheet["F3"] = "2026-10-10", "李伟"
    made.save(bad)
    assert counts(worklog("import", bad, "-f", "json")) == {"step": (2, 0, 0, 0)}
    assert worklog("import", path, "--partial", "-f", "json", code=5).json[0]["unchanged"] == 1
    assert worklog("db", "check").out == ""


def test_a_blank_cell_changes_nothing_unless_it_is_to_empty_the_field(worklog, tmp_path):
    path = text(
        tmp_path / "new.csv", "number,customer,title,engineer,closed_on\nWT-2,江州市中心医院,条码重复,,\n"
    )
    before = worklog.dump()
    assert worklog("import", path, "-f", "json").json[0]["unchanged"] == 1
    assert worklog.dump() == before
    worklog("import", path, "--clear")
    found = issues(worklog)["WT-2"]
    assert (found["engineer"], found["closed_on"], found["state"]) == (None, None, "stale")
    assert worklog("import", path, "--clear", "-f", "json").json[0]["unchanged"] == 1
    assert worklog("db", "check").out == ""


def test_a_hospitals_own_list_is_not_taken_in_and_the_command_for_it_is_named(small, tmp_path):
    rows = [["序号", "问题描述", "提出日期", "状态"], [1, "打不开", "2026-10-09", "未解决"]]
    before = small.dump()
    ran = small("import", book(tmp_path / "theirs.xlsx", 问题清单=rows), code=2)
    assert "svcq issue reconcile FILE --customer NAME" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert small.dump() == before
    ran = small("import", book(tmp_path / "both.xlsx", 问题清单=rows, 计划=PLANS), "-f", "json")
    assert counts(ran) == {"plan": (2, 0, 0, 0)}
    assert "问题清单 is left out: a hospital's own problem list is not taken in" in ran.err


def test_there_is_no_export_of_a_hospitals_own_list(small):
    ran = small("export", "problem", code=2)
    assert "issue, step" in ran.err


LOG = "Case;Stamp;State;Who\n1;2026-10-12T09:00:00+01:00;Open;Anne\n1;2026-10-13T09:00:00+01:00;Done;\n"
HEADERS = ("--map", "Case=issue", "--map", "Stamp=on", "--map", "State=what,result", "--map", "Who=by")
MAPPING = 'kind = "step"\n[headers]\nCase = "issue"\nStamp = "on"\nState = ["what", "result"]\nWho = "by"\n'
WORDS = '[values.result]\nDone = "solved"\n"*" = ""\n'


def test_a_log_of_events_that_names_no_customer_is_refused_in_one_line(small, tmp_path):
    path = text(tmp_path / "log.csv", LOG.replace("Anne", ""))
    mapping = text(tmp_path / "log.toml", MAPPING + WORDS)
    before = small.dump()
    ran = small("import", path, "--mapping", mapping, "-f", "json", code=5)
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("log.csv!A2: none of these issues is known, and no row names a customer")
    assert lines[0].endswith("(and 1 more row)")
    assert counts(ran) == {"step": (0, 0, 0, 2)}
    assert small.dump() == before
    small("import", path, "--mapping", mapping, "--create-missing")
    assert issues(small)["1"]["customer"] == "未注明客户"


def test_a_log_of_events_becomes_issues_with_steps(small, tmp_path):
    path = text(tmp_path / "log.csv", LOG)
    mapping = text(tmp_path / "log.toml", MAPPING + WORDS + '[constants]\ncustomer = "江州市中心医院"\n')
    ran = small("import", path, "--mapping", mapping, "--create-missing", "-f", "json")
    assert counts(ran) == {"step": (2, 0, 0, 0)}
    assert "1 issue was entered on the way" in ran.err
    found = issues(small)["1"]
    assert (found["customer"], found["title"], found["reported_on"], found["closed_on"]) == (
        "江州市中心医院",
        "Open",
        "2026-10-12",
        "2026-10-14",
    )
    (made,) = [one for one in small("staff", "list", "-f", "json").json if one["name"] == "Anne"]
    assert made["role"] == "engineer"
    assert "nothing to change" in small("import", path, "--mapping", mapping).err
    assert small("db", "check").out == ""


def test_one_column_can_be_mapped_to_two_fields_on_the_command_line(small, tmp_path):
    path = text(tmp_path / "log.csv", LOG.replace("Open", "watch").replace("Done", "solved"))
    small("import", path, "--kind", "step", *HEADERS, "--create-missing")
    assert [row["last_result"] for row in issues(small).values()] == ["solved"]
