"""一 Sheets of hand-overs as offices keep them: whatever the words, the kind and every field are found."""

from datetime import date

import pytest

from svcq.sheets.grid import Grid
from svcq.sheets.header import find
from svcq.sheets.kinds import KINDS
from svcq.sheets.kinds.handover_words import DECISIONS
from svcq.sheets.options import ReadOptions

D = date.fromisoformat
DAY = D("2026-09-10")
TABLE = (
    *(
        "移交编号",
        "项目编号",
        "项目名称",
        "客户名称",
        "期次",
        "模块内容",
        "项目经理",
        "客户经理",
        "验收日期",
        "申请日期",
    ),
    *(
        "底稿日期",
        "验收文档日期",
        "结论",
        "确认移交日期",
        "确认人",
        "预计移交日期",
        "原因",
        "免费维护开始",
        "免费维护结束",
    ),
    *("告知书发送日期", "告知书确认日期"),
)
RECOGNISED: list[tuple[list[str], str]] = [
    (list(TABLE), "handover"),
    (["项目名称", "医院", "验收时间", "项目经理"], "handover"),
    (
        ["序号", "项目编号", "项目名称", "医院名称", "移交申请日期", "工作底稿", "验收文档", "是否可移交"],
        "handover",
    ),
    (["项目名称", "客户单位", "预计移交日期", "原因"], "handover"),
    (
        [
            "项目编号",
            "项目名称",
            "医院",
            "项目经理",
            "客户经理",
            "验收日期",
            "免费维护期开始日期",
            "免费维护期结束日期",
        ],
        "handover",
    ),
    (["项目名称", "单位名称", "告知书发放日期", "回执日期"], "handover"),
    ([one.key for one in KINDS["handover"].fields], "handover"),
    (["移交编号", "日期", "跟踪人", "结论", "预计移交日期", "备注"], "follow_up"),
    (["移交编号", "跟踪日期", "跟踪情况"], "follow_up"),
    (["handover", "on", "by", "decision", "expected_on", "note"], "follow_up"),
    # the tracking table and others stay what they are
    (
        ["客户名称", "项目名称", "项目编号", "客户经理", "免费维护开始", "免费维护结束", "客户状态"],
        "contract",
    ),
    (
        ["合同编号", "客户名称", "项目名称", "项目编号", "免费维护期开始", "免费维护期到期", "客户状态"],
        "contract",
    ),
    (["合同编号", "客户名称", "项目名称", "敲章日期", "回签日期", "转入日期"], "contract"),
    ([one.key for one in KINDS["contract"].fields], "contract"),
    (["客户名称", "客户经理", "上线日期", "大区"], "customer"),
    (["姓名", "岗位", "部门", "入职日期"], "staff"),
    (["合同编号", "致电日期", "致电人", "备注"], "call"),
]


@pytest.mark.parametrize(
    ("head", "kind"), RECOGNISED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_kind_is_recognised_by_the_headers(head, kind):
    found = find(Grid("Sheet1", [head]), KINDS.values(), ReadOptions(), strict=True)
    assert found[0].kind.name == kind
    assert len(found) == 1 or found[0].score > found[1].score


def test_the_main_headers_of_the_table_are_those_of_the_process():
    (found,) = find(Grid("Sheet1", [list(TABLE)]), [KINDS["handover"]], ReadOptions(), strict=True)
    fields = [one.key for one in KINDS["handover"].fields]
    assert list(found.columns) == [
        key for key in fields if key not in ("registered_on", "contract", "revision")
    ]


def test_a_table_of_an_office_is_read_with_all_its_ways(xlsx, values):
    path = xlsx(
        [
            ["项目移交信息表（2026年）"],
            ["填表：万璐", None, None, "2026-11-20"],
            [
                "序号",
                "项目编号",
                "项目 名称",
                "医院",
                "移交申请单",
                None,
                None,
                "是否符合移交条件",
                "移交确认",
                None,
                "预计可移交时间",
                "不符合原因",
            ],
            [
                None,
                None,
                None,
                None,
                "申请移交日期",
                "底稿提交日期",
                "验收文档提交日期",
                None,
                "日期",
                "确认人",
            ],
            [
                1,
                201309094.0,
                "HIS 一期",
                "一院 ",
                "2026.9.3",
                46268,
                "20260904",
                "符合",
                "2026年9月10日",
                "朱明远",
                "/",
                "无",
            ],
            [
                2,
                "XM-2",
                "LIS",
                "二院",
                "2026/9/3",
                "2026-9-4",
                "2026-09-04",
                "暂缓移交",
                "2026-9-10",
                "何万里",
                "2026-10-12",
                "未联调",
            ],
            ["合计", 2],
            ["注：本表每周更新"],
        ],
        title="信息表",
        merges=["A1:L1", "E3:G3", "I3:J3", "H3:H4", "K3:K4", "L3:L4"],
    )
    first, second = values(path)
    assert first == {
        "project_number": "201309094",
        "project": "HIS 一期",
        "customer": "一院",
        "application_on": D("2026-09-03"),
        "worklog_on": D("2026-09-03"),
        "documents_on": D("2026-09-04"),
        "decision": "eligible",
        "decided_on": DAY,
        "decided_by": "朱明远",
    }
    assert (second["decision"], second["expected_on"], second["reason"]) == (
        "not_eligible",
        D("2026-10-12"),
        "未联调",
    )


@pytest.mark.parametrize(
    ("word", "code"), [*DECISIONS.items(), ("eligible", "eligible"), ("Not_Eligible", "not_eligible")]
)
def test_a_decision_is_understood_however_it_is_put(xlsx, values, word, code):
    path = xlsx([["移交编号", "结论", "确认移交日期"], ["YJ-1", word, DAY]])
    assert values(path)[0]["decision"] == code


@pytest.mark.parametrize("word", ["待定", "再议", "基本符合", "符合（有条件）"])
def test_a_decision_that_is_none_is_refused_at_its_cell(xlsx, refusals, word):
    path = xlsx([["移交编号", "结论", "确认移交日期"], ["YJ-1", word, DAY]])
    assert refusals(path) == [(2, 2, f"{word} is not one of eligible, not_eligible")]


@pytest.mark.parametrize(
    ("heads", "days", "refused"),
    [
        (["免费维护开始", "免费维护结束"], ["2026-09-10", "2026-09-09"], (2, 4)),
        (["告知书发送日期", "告知书确认日期"], ["2026-09-10", "2026-09-09"], (2, 4)),
        (["确认移交日期", "预计移交日期"], ["2026-09-10", "2026-09-09"], (2, 4)),
    ],
)
def test_days_the_wrong_way_round_are_refused_at_the_later(xlsx, refusals, heads, days, refused):
    path = xlsx([["移交编号", "验收日期", *heads], ["YJ-1", "2026-09-01", *days]])
    assert [one[:2] for one in refusals(path)] == [refused]


def test_an_expected_day_before_the_follow_up_is_refused(xlsx, refusals):
    path = xlsx(
        [["移交编号", "日期", "跟踪人", "预计移交日期"], ["YJ-1", "2026-09-10", "周静", "2026-09-09"]]
    )
    assert [one[:2] for one in refusals(path)] == [(2, 4)]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_whatever_its_encoding(text, values, encoding):
    path = text(
        "项目编号,项目名称,客户名称,期次,验收日期\nXM-1,门诊系统,一院,二期,2026年9月1日\n", encoding=encoding
    )
    assert values(path) == [
        {
            "project_number": "XM-1",
            "project": "门诊系统",
            "customer": "一院",
            "phase": "二期",
            "accepted_on": D("2026-09-01"),
        }
    ]
