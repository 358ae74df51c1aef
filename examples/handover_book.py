"""一 The sample hand-over table as a workbook: what is handed over, and how far those are that are not eligible yet."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import dress
from handovers import Entry, Handover
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

TABLE: tuple[dress.Header, ...] = (
    ("", "序号", 6, "center"),
    ("", "移交编号", 14, "left"),
    ("", "项目编号", 11, "left"),
    ("", "项目名称", 16, "left"),
    ("", "客户名称", 22, "left"),
    ("", "期次", 7, "center"),
    ("", "模块内容", 30, "left"),
    ("", "项目经理", 10, "center"),
    ("", "客户经理", 10, "center"),
    ("", "验收日期", 13, "center"),
    ("递交日期", "移交申请单", 13, "center"),
    ("递交日期", "工作底稿", 13, "center"),
    ("递交日期", "验收文档", 13, "center"),
    ("移交确认情况", "结论", 10, "center"),
    ("移交确认情况", "确认日期", 13, "center"),
    ("移交确认情况", "确认人", 10, "center"),
    ("移交确认情况", "预计移交日期", 13, "center"),
    ("移交确认情况", "原因", 26, "left"),
    ("免费维护期", "开始", 13, "center"),
    ("免费维护期", "结束", 13, "center"),
    ("", "登记日期", 13, "center"),
    ("告知书", "发送日期", 13, "center"),
    ("告知书", "确认日期", 13, "center"),
)
TRAIL: tuple[dress.Header, ...] = (
    ("", "移交编号", 14, "left"),
    ("", "日期", 14, "center"),
    ("", "跟踪人", 10, "center"),
    ("", "结论", 10, "center"),
    ("", "预计移交日期", 14, "center"),
    ("", "跟踪情况", 44, "left"),
)
NOTES = (
    "备注：1、验收后五个工作日内递交移交申请单、工作底稿和验收文档；材料齐全后十个工作日内确认。",
    "2、暂不符合的项目（浅黄底色）必须写明原因和预计移交日期，到期跟踪，跟踪情况记在第二张表。",
    "制表：陆书衡　　　　审核：顾怀瑾　　　　制表日期：2026年11月23日",
)


def write(random: Random, made: Sequence[Handover], path: Path) -> None:
    """The hand-overs on the first sheet, the trail of those that waited on the second."""
    book = Workbook()
    sheet = dress.first(book, "项目移交信息表")
    last = len(TABLE)
    dress.title(sheet, "项目移交信息表", 1, 1, last)
    dress.header(sheet, TABLE, 2, 1)
    for index, one in enumerate(made, start=1):
        dress.body(sheet, index + 3, 1, _line(random, index, one), TABLE)
        if one.decision and one.decision.expected_on:
            dress.mark(sheet, index + 3, 1, last, dress.YELLOW)
    for line, note in enumerate(NOTES, start=len(made) + 4):
        sheet.cell(line, 1, note).font = Font(name=dress.SONG, size=10)
    sheet.print_area = f"A1:{get_column_letter(last)}{len(made) + 3 + len(NOTES)}"
    dress.paper(sheet, "1:3", 8, "F4")
    sheet = book.create_sheet("跟踪记录")
    dress.title(sheet, "暂不符合移交条件项目跟踪记录", 1, 1, len(TRAIL))
    dress.header(sheet, TRAIL, 2, 1)
    trail = sorted(
        ((entry.on, one.number, entry) for one in made for entry in one.trail), key=lambda row: row[:2]
    )
    for line, (_, number, entry) in enumerate(trail, start=3):
        dress.body(sheet, line, 1, _told(random, number, entry), TRAIL)
    dress.paper(sheet, "1:2", 9, "B3")
    dress.save(book, path)


def _line(random: Random, index: int, one: Handover) -> tuple[object, ...]:
    habit = random.choice(dress.SHAPES) if random.random() < 0.3 else None
    nothing = random.choice((None, None, None, "/"))
    manager = one.customer.account_manager if random.random() < 0.5 else None
    decision = one.decision or Entry(one.accepted_on, "")
    decided_on = decision.on if one.decision else None

    def days(*some: object) -> list[object]:
        return [dress.written(random, day, habit, nothing) for day in some]  # type: ignore[arg-type]

    return (
        *(
            index,
            one.number or None,
            one.project_number,
            one.project,
            one.customer.name,
            one.phase,
            one.modules,
        ),
        *(one.project_manager, manager),
        *days(one.accepted_on, one.application_on, one.worklog_on, one.documents_on),
        *(decision.decision or None, *days(decided_on), decision.by or None, *days(decision.expected_on)),
        decision.note or None,
        *days(one.free_from, one.free_until, one.registered_on, one.notice_on, one.receipt_on),
    )


def _told(random: Random, number: str, entry: Entry) -> tuple[object, ...]:
    habit = random.choice(dress.SHAPES) if random.random() < 0.3 else None
    days = [dress.written(random, day, habit) for day in (entry.on, entry.expected_on)]
    return (number, days[0], entry.by, entry.decision or None, days[1], entry.note)
