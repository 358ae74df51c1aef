"""三 Worklogs as offices keep them: problems, steps, both in one sheet, and what belongs to them."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from svcq.errors import Usage
from svcq.sheets.grid import Grid
from svcq.sheets.header import find
from svcq.sheets.kinds import KINDS
from svcq.sheets.mapping import load
from svcq.sheets.options import ReadOptions
from svcq.sheets.reader import read_file

D = date(2026, 3, 5)
STEP = ["问题编号", "处理日期", "处理人", "处理过程", "处理结果"]
BOTH = ["问题编号", "客户名称", "问题标题", "提出日期", "处理日期", "处理人", "处理过程", "处理结果"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (
            "问题编号 客户名称 系统 模块 问题标题 问题描述 工程师 提出人 提出日期 优先级 需求号 关闭日期",
            "issue",
        ),
        ("序号 医院 问题描述 提出日期 处理人 关闭日期", "issue"),
        ("日期 医院 问题 提出人 处理人 解决日期", "issue"),
        ("客户名称 问题描述 提出日期", "issue"),
        ("number customer title reported_on engineer closed_on", "issue"),
        ("number customer title", "issue"),
        (" ".join(STEP), "step"),
        ("工单号 日期 经办人 处理内容 结果", "step"),
        (" ".join(BOTH), "step"),
        ("序号 医院名称 模块 问题描述 提出人 提出日期 处理人 处理日期 处理过程 处理结果 关闭日期", "step"),
        ("issue on by what result", "step"),
        ("计划编号 有效 完成日期 发布日期", "plan"),
        ("number active completion_on release_on", "plan"),
        ("月份 客户名称 记录抽查日期 请假抽查日期 索取清单日期 核对日期", "spot_check"),
        ("month customer records_on leave_on list_asked_on reconciled_on", "spot_check"),
        ("姓名 开始日期 结束日期 类别", "leave"),
        ("请假人 部门 请假日期 结束日期 请假类型 天数", "leave"),
        ("person from until kind", "leave"),
        ("序号 问题描述 提出日期 状态", "problem"),
        ("序号 科室 问题 提出时间 是否解决 备注", "problem"),
        ("客户名称 问题描述 提出日期 状态", "problem"),
        ("customer title reported_on status", "problem"),
        ("合同编号 客户名称 敲章日期 回签日期", "contract"),
        ("合同编号 致电日期 致电人 备注", "call"),
        ("客户名称 工程师 上线日期 版本", "customer"),
        ("姓名 岗位 部门 入职日期", "staff"),
    ],
)
def test_the_kind_is_recognised_by_the_headers(head, kind):
    found = find(Grid("Sheet1", [head.split()]), KINDS.values(), ReadOptions(), strict=True)
    assert found[0].kind.name == kind
    assert len(found) == 1 or found[0].score > found[1].score


@pytest.mark.parametrize("name", ["issue", "step", "plan", "spot_check", "leave", "problem"])
def test_the_machine_headers_of_an_export_are_recognised(name):
    head = [one.key for one in KINDS[name].fields if one.written]
    found = find(Grid("Sheet1", [head]), KINDS.values(), ReadOptions(), strict=True)
    assert found[0].kind.name == name
    assert len(found) == 1 or found[0].score > found[1].score


def test_a_sheet_called_a_problem_list_is_ours_if_it_has_what_only_ours_has(xlsx, read):
    ours = ["问题编号", "客户名称", "问题标题", "提出日期", "工程师", "状态"]
    assert (
        read(xlsx([ours, ["W-1", "一院", "打不开", D, "李伟", "新"]], title="问题清单")).kind.name == "issue"
    )
    theirs = ["序号", "问题描述", "提出日期", "状态"]
    assert read(xlsx([theirs, [1, "打不开", D, "新"]], title="问题清单")).kind.name == "problem"


def test_an_entry_of_a_hospitals_list_needs_its_words(xlsx, refusals):
    path = xlsx([["问题描述", "提出日期", "状态"], ["打不开", D, "新"], [None, D, "新"]])
    assert refusals(path) == [(3, 1, "an entry needs its words")]


@pytest.mark.parametrize(
    ("word", "result"),
    [
        *((word, "solved") for word in ("已解决", "解决", "完成", " 已解决 ", "solved", "Resolved")),
        *((word, "watch") for word in ("解决待观察", "待观察", "watch")),
        *((word, "to_dev") for word in ("带回提交开发", "提交开发", "带回开发")),
        *((word, "to_check") for word in ("带回查", "带回查看")),
        *((word, None) for word in (None, "/", "无")),
    ],
)
def test_a_result_has_many_words(xlsx, values, word, result):
    (found,) = values(xlsx([STEP, ["W-1", D, "李伟", "重启", word]]))
    assert found.get("result") == result


def test_an_unknown_result_is_refused(xlsx, refusals):
    path = xlsx([STEP, ["W-1", D, "李伟", "重启", "处理中"]])
    assert refusals(path) == [(2, 5, "处理中 is not one of solved, watch, to_dev, to_check")]


def test_the_time_of_a_step_is_kept(xlsx, values):
    rows = [
        ["W-1", datetime(2026, 3, 5, 14, 30), "李伟", "重启", None],
        ["W-1", "2026-3-5 9:05", None, "看", None],
    ]
    assert [row["on"] for row in values(xlsx([STEP, *rows]))] == [
        datetime(2026, 3, 5, 14, 30),
        datetime(2026, 3, 5, 9, 5),
    ]


def test_words_that_are_missing_are_those_of_the_result(xlsx, values, text):
    assert values(xlsx([STEP, ["W-1", D, "李伟", None, "已解决"]]))[0]["what"] == "已解决"
    path = text("问题编号,处理日期,处理结果\nW-1,2026-3-5,已解决\nW-1,2026-3-6,\n")
    assert [row.get("what") for row in values(path, kind="step")] == ["已解决", None]


def test_a_problem_without_a_title_is_called_by_the_first_line_of_its_description(xlsx, values):
    head = ["客户名称", "问题描述", "提出日期", "工程师"]
    (found,) = values(xlsx([head, ["一院", "报表打不开\n提示内存不足", D, "李伟"]]))
    assert (found["title"], found["description"]) == ("报表打不开", "报表打不开\n提示内存不足")
    long = "长" * 900
    assert values(xlsx([head, ["一院", long, D, "李伟"]]))[0]["title"] == long[:500]


def rows_of(*lines):
    return [BOTH, *lines]


FIRST = ["W-1", "一院", "打不开", D]
STEPS = [[date(2026, 3, 6), "李伟", "重启", None], [date(2026, 3, 7), "李伟", "升级", "已解决"]]


def test_below_a_problem_its_steps_need_not_repeat_it(xlsx, values):
    blank, other = [None] * 4, ["W-2", "二院", "慢", D]
    path = xlsx(rows_of([*FIRST, *STEPS[0]], [*blank, *STEPS[1]], [*other, *STEPS[0]], [*blank, *STEPS[1]]))
    found = values(path)
    assert [(row["issue"], row["title"], row["on"].day) for row in found] == [
        ("W-1", "打不开", 6),
        ("W-1", "打不开", 7),
        ("W-2", "慢", 6),
        ("W-2", "慢", 7),
    ]


def test_a_problem_may_be_merged_over_its_steps(xlsx, values):
    path = xlsx(
        rows_of([*FIRST, *STEPS[0]], [*[None] * 4, *STEPS[1]]), merges=["A2:A3", "B2:B3", "C2:C3", "D2:D3"]
    )
    assert [row["issue"] for row in values(path)] == ["W-1", "W-1"]


def test_totals_notes_and_repeated_headers_are_no_problem_that_steps_belong_to(xlsx, values):
    path = xlsx(
        rows_of(
            [*FIRST, *STEPS[0]], BOTH, ["合计", None, None, None, 1], [*[None] * 4, *STEPS[1]], ["备注：完"]
        )
    )
    assert [row["issue"] for row in values(path)] == ["W-1", "W-1"]


def test_a_number_that_is_missing_where_rows_have_no_words_is_not_guessed(xlsx, values):
    found = values(xlsx([STEP, ["W-1", D, "李伟", "重启", None], [None, D, "李伟", "升级", None]]))
    assert [row.get("issue") for row in found] == ["W-1", None]


def test_a_problem_that_cannot_be_read_takes_its_steps_along(xlsx, refusals):
    path = xlsx(rows_of(["W-1", "一院", "打不开", "2026-2-30", *STEPS[0]], [*[None] * 4, *STEPS[1]]))
    assert [one[:2] for one in refusals(path)] == [(2, 4), (3, 4)]


def test_a_refused_step_is_copied_with_the_problem_it_belongs_to(xlsx, read):
    sheet = read(xlsx(rows_of([*FIRST, *STEPS[0]], [*[None] * 4, "2026-2-30", "李伟", "升级", "已解决"])))
    assert [one.row for one in sheet.refused] == [3]
    assert sheet.raw(3)[:3] == ["W-1", "一院", "打不开"]


LOG = "Case,Stamp,State,priority,Who\n7,25/12/2026 14:30,Done,3 - Low,\n7,1/12/2026 09:00,New,?,Ann\n"
MAPPING = """
kind = "step"
[headers]
Case = "issue"
Stamp = "on"
State = ["what", "result"]
Who = "by"
[values.result]
Done = "solved"
"*" = ""
[constants]
customer = "沃尔沃"
"""


def test_a_mapping_reads_one_column_twice_and_adds_what_no_column_says(text):
    options = load(str(text(MAPPING, name="m.toml")))
    assert options.headers["State"] == ("what", "result")
    assert options.constants == {"customer": "沃尔沃"}
    sheet = read_file(str(text(LOG, name="log.csv")), options).sheets[0]
    assert [row.values for row in sheet] == [
        {
            "issue": "7",
            "on": datetime(2026, 12, 25, 14, 30),
            "what": "Done",
            "result": "solved",
            "customer": "沃尔沃",
        },
        {"issue": "7", "on": datetime(2026, 12, 1, 9, 0), "what": "New", "by": "Ann", "customer": "沃尔沃"},
    ]
    assert sheet.unknown_headers == ["priority"]


def test_where_the_user_maps_headers_a_programs_words_for_the_problem_are_not_guessed(text, read):
    log = "Case,Stamp,State,customer,客户名称\n7,2026-3-5,New,Value 3,一院\n"
    headers = {"Case": "issue", "Stamp": "on", "State": "what"}
    sheet = read(text(log), kind="step", headers=headers)
    assert sheet.rows[0].values["customer"] == "一院"
    assert sheet.unknown_headers == ["customer"]
    assert read(text(log), kind="step", headers={**headers, "customer": "customer"}).unknown_headers == [
        "客户名称"
    ]


def test_a_constant_is_worth_more_than_a_header_that_only_seems_to_mean_it(xlsx, read):
    path = xlsx([BOTH, [*FIRST, *STEPS[0]]])
    sheet = read(path, constants={"customer": "二院"})
    assert sheet.rows[0].values["customer"] == "二院"
    assert sheet.unknown_headers == ["客户名称"]


def test_a_constant_makes_no_record_of_a_blank_row(text, values):
    path = text("问题编号,处理日期,处理过程\nW-1,2026-3-5,看\n,,\n")
    assert len(values(path, constants={"by": "李伟"})) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"constants": {"colour": "red"}}, "colour is not a field"),
        ({"constants": {"result": "maybe"}}, "the constant result: maybe is not one of"),
        ({"constants": {"by": "李伟"}, "headers": {"处理人": "by"}}, "by has both a header and a constant"),
        ({"headers": {"处理人": ("by", "colour")}}, "colour is not a field"),
    ],
)
def test_what_the_user_says_wrongly_is_named(xlsx, read, options, words):
    with pytest.raises(Usage, match=words):
        read(xlsx([STEP, ["W-1", D, "李伟", "重启", None]]), **options)


@pytest.mark.parametrize(
    "content",
    [
        "[headers]\na = []",
        '[headers]\na = ["-"]',
        "[headers]\na = [1, 2]",
        "constants = 1",
        "[constants]\na = []",
    ],
)
def test_a_fault_in_the_mapping_file_is_named(text, content):
    with pytest.raises(Usage, match=r"(headers|constants) is to be a table of words"):
        load(str(text(content, name="map.toml")))


def test_what_is_only_read_is_not_exported(tmp_path):
    from svcq.sheets.export import export_kind

    row = {"issue": "W-1", "on": D, "by": None, "what": "看", "result": "solved", "customer": "一院"}
    export_kind(tmp_path / "steps.csv", KINDS["step"], [row], "csv")
    assert (tmp_path / "steps.csv").read_text("utf-8-sig").splitlines() == [
        "issue,on,by,what,result",
        "W-1,2026-03-05,,看,solved",
    ]


def test_flags_are_written_as_words(tmp_path, values):
    from svcq.sheets.export import export_kind

    rows = [{"number": "P-1", "active": 1}, {"number": "P-2", "active": False, "release_on": D}]
    for form in ("csv", "xlsx"):
        path = tmp_path / f"plans.{form}"
        export_kind(path, KINDS["plan"], rows, form)
        assert values(path) == [
            {"number": "P-1", "active": True},
            {"number": "P-2", "active": False, "release_on": D},
        ]


@pytest.mark.parametrize("title", ["计划", "开发计划", "实施计划", "维护计划", "上线计划"])
def test_the_name_of_the_plans_over_all_columns_is_a_title_and_makes_no_other_columns(tmp_path, title):
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells("A1:D1")
    sheet.append(["计划编号", "有效", "完成日期", "发布日期"])
    sheet.append(["P-1", "是", "2026-01-03", "2026-01-05"])
    book.save(tmp_path / "plans.xlsx")
    (read,) = read_file(str(tmp_path / "plans.xlsx")).sheets
    assert (read.kind.name, list(read.columns)) == (
        "plan",
        ["number", "active", "completion_on", "release_on"],
    )
