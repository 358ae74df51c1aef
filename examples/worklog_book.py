"""三 The sample worklog as a workbook, and one hospital's own problem list as the hospital keeps it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import checks
import dress
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from worklog import RESULTS, Issue

ISSUES: tuple[dress.Header, ...] = (
    ("", "问题编号", 14, "left"),
    ("", "客户名称", 24, "left"),
    ("", "系统", 10, "center"),
    ("", "模块", 13, "left"),
    ("", "问题标题", 40, "left"),
    ("", "工程师", 9, "center"),
    ("", "提出人", 16, "left"),
    ("", "提出日期", 13, "center"),
    ("", "优先级", 8, "center"),
    ("开发需求", "需求号", 9, "center"),
    ("开发需求", "需求登记日期", 13, "center"),
    ("测试部", "提交测试日期", 13, "center"),
    ("测试部", "测试结果日期", 13, "center"),
    ("测试部", "结果反馈日期", 13, "center"),
    ("", "督促日期", 13, "center"),
    ("关闭（系统自动关闭的不填）", "关闭日期", 13, "center"),
    ("关闭（系统自动关闭的不填）", "关闭人", 9, "center"),
    ("关闭（系统自动关闭的不填）", "关闭原因", 24, "left"),
    ("", "重新打开日期", 13, "center"),
)
STEPS: tuple[dress.Header, ...] = (
    ("", "问题编号", 14, "center"),
    ("", "处理日期", 14, "center"),
    ("", "处理人", 10, "center"),
    ("", "处理过程", 56, "left"),
    ("", "处理结果", 16, "center"),
)
LEAVE: tuple[dress.Header, ...] = (
    ("", "姓名", 12, "center"),
    ("", "开始日期", 14, "center"),
    ("", "结束日期", 14, "center"),
    ("", "类别", 10, "center"),
)
CHECKS: tuple[dress.Header, ...] = (
    ("", "月份", 10, "center"),
    ("", "客户名称", 26, "left"),
    ("", "记录抽查日期", 14, "center"),
    ("", "请假抽查日期", 14, "center"),
    ("", "索取清单日期", 14, "center"),
    ("", "核对日期", 14, "center"),
)
PLANS: tuple[dress.Header, ...] = (
    ("", "计划编号", 16, "left"),
    ("", "计划状态", 10, "center"),
    ("", "计划完成日期", 14, "center"),
    ("", "计划发布日期", 14, "center"),
)
THEIRS: tuple[dress.Header, ...] = (
    ("", "序号", 6, "center"),
    ("", "反映科室", 14, "center"),
    ("", "问题内容", 44, "left"),
    ("", "发生日期", 14, "center"),
    ("", "是否解决", 11, "center"),
    ("", "备注", 16, "left"),
)


def write(random: Random, issues: Sequence[Issue], beside: checks.Beside, path: Path) -> None:
    """Problems, steps, leave, spot checks and plans, a sheet each."""
    book = Workbook()
    sheet = _sheet(book, "工作底稿", "2026年工作底稿登记", ISSUES)
    for line, one in enumerate(issues, start=4):
        dress.body(sheet, line, 1, _line(random, one), ISSUES)
    dress.paper(sheet, "1:3", 8, "C4")
    _steps(random, _sheet(book, "处理过程", "工作底稿处理过程", STEPS), issues)
    for name, title, headers, rows in (
        ("请假记录", "2026年请假记录", LEAVE, beside.leave),
        (
            "抽查记录",
            "工作记录抽查登记",
            CHECKS,
            [(month, name, *days) for month, name, days in beside.checks],
        ),
        ("开发计划", "2026年开发计划一览表", PLANS, checks.PLANS),
    ):
        sheet = _sheet(book, name, title, headers)
        for line, row in enumerate(rows, start=3):
            dress.body(sheet, line, 1, row, headers)
        dress.paper(sheet, "1:2", 9, "A3")
    dress.save(book, path)


def _sheet(book: Workbook, name: str, title: str, headers: tuple[dress.Header, ...]) -> Worksheet:
    is_new = book.sheetnames == ["Sheet"]
    sheet = dress.first(book, name) if is_new else book.create_sheet(name)
    dress.title(sheet, title, 1, 1, len(headers))
    dress.header(sheet, headers, 2, 1)
    return sheet


def _line(random: Random, one: Issue) -> tuple[object, ...]:
    habit = random.choice(dress.SHAPES) if random.random() < 0.25 else None

    def days(*some: date | None) -> list[object]:
        return [dress.written(random, day, habit) for day in some]

    number = one.number + (" " if random.random() < 0.06 else "")
    engineer = one.engineer if one.engineer != one.customer.engineers[0] or random.random() < 0.4 else None
    priority = "优先" if one.priority_on else random.choice((None, None, "普通"))
    problem = one.problem
    return (
        *(number, one.customer.name, problem["system"], problem["module"], problem["title"]),
        *(engineer, one.room + one.caller, *days(one.reported_on), priority),
        *(one.request or None, *days(one.request_on, one.tested_on, one.test_result_on, one.passed_on)),
        *days(one.urged_on, one.closed_on),
        *(one.closed_by or None, one.close_reason or None, *days(one.reopened_on)),
    )


def _steps(random: Random, sheet: Worksheet, issues: Sequence[Issue]) -> None:
    """The steps of a problem under each other, its number merged over them."""
    line = 3
    for one in issues:
        first = line
        habit = random.choice(dress.SHAPES) if random.random() < 0.2 else None
        for step in one.steps:
            day = dress.written(random, step.on, habit)
            number = one.number if line == first else None
            dress.body(sheet, line, 1, (number, day, step.by, step.what, RESULTS.get(step.result)), STEPS)
            line += 1
        if line - first > 1:
            sheet.merge_cells(start_row=first, end_row=line - 1, start_column=1, end_column=1)
    dress.paper(sheet, "1:2", 9, "A3")


def write_theirs(random: Random, hospital: str, problems: Sequence[checks.Problem], path: Path) -> None:
    """The hospital's list: other columns, other words, the date as it comes."""
    book = Workbook()
    sheet = _sheet(book, "问题清单", f"{hospital}信息系统问题清单", THEIRS)
    for index, (day, room, words, state) in enumerate(problems, start=1):
        shown = dress.written(random, day, dress.SHAPES[0] if random.random() < 0.4 else None)
        note = random.choice((None, None, "急", "已电话联系公司"))
        dress.body(sheet, index + 2, 1, (index, room, words, shown, state, note), THEIRS)
    cell = sheet.cell(len(problems) + 3, 1, "填表：信息科　　　　填表日期：2026年11月20日")
    cell.font = Font(name=dress.SONG, size=10)
    dress.paper(sheet, "1:2", 9, "A3")
    dress.save(book, path)
