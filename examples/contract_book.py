"""二 The sample contract tracking table as a workbook, and the calls to the hospitals as an old text file."""

import csv
import io
from pathlib import Path
from random import Random

import dress
from contracts import Contract
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from world import TODAY, World

TRACKING: tuple[dress.Header, ...] = (
    ("", "序号", 6, "center"),
    ("", "合同编号", 14, "left"),
    ("", "客户名称", 23, "left"),
    ("", "项目编号", 11, "left"),
    ("", "项目名称", 17, "left"),
    ("", "销售", 8, "center"),
    ("", "客户经理", 9, "center"),
    ("", "合同金额", 14, "right"),
    ("合同流转", "出合同日期", 14, "center"),
    ("合同流转", "敲章日期", 14, "center"),
    ("合同流转", "回签日期", 14, "center"),
    ("提醒日期", "邮件", 14, "center"),
    ("提醒日期", "电话", 14, "center"),
    ("医院沟通", "致电医院日期", 14, "center"),
    ("医院沟通", "承诺日期", 14, "center"),
    ("维护期", "开始日期", 14, "center"),
    ("维护期", "到期日期", 14, "center"),
    ("免费维护期", "开始", 14, "center"),
    ("免费维护期", "结束", 14, "center"),
    ("", "客户状态", 9, "center"),
    ("", "拒绝日期", 14, "center"),
    ("", "原合同编号", 14, "left"),
)
NOTES = (
    "备注：1、黄色底色为一个月内未拿回的合同，请各销售尽快跟进。",
    "2、出合同后15天内邮件、电话各提醒一次；满一个月未回的，由质控致电医院。",
    "制表：沈亦舟　　　　审核：顾怀瑾　　　　制表日期：2026年11月23日",
)


def write(random: Random, rows: list[Contract], path: Path) -> None:
    """Two years of the tracking table, a sheet each."""
    book = Workbook()
    for year in (2025, 2026):
        sheet = dress.first(book, f"{year}年") if year == 2025 else book.create_sheet(f"{year}年")
        mine = [row for row in rows if (row.first().year <= 2025) == (year == 2025)]
        _year(random, sheet, f"{year}年维护合同跟踪表", mine)
    book.active = 1
    book["2025年"].sheet_view.tabSelected = False
    dress.save(book, path)


def _year(random: Random, sheet: Worksheet, title: str, rows: list[Contract]) -> None:
    last = len(TRACKING)
    dress.title(sheet, title, 1, 1, last)
    dress.header(sheet, TRACKING, 2, 1)
    for index, one in enumerate(rows, start=1):
        dress.body(sheet, index + 3, 1, _line(random, index, one), TRACKING)
        sealed = one.sealed_on
        if sealed and not one.returned_on and (TODAY - sealed).days > 33:
            dress.mark(sheet, index + 3, 1, last, dress.YELLOW)
    total = len(rows) + 4
    amount = sum(row.amount or 0 for row in rows)
    dress.body(sheet, total, 1, ("合计", *[None] * 6, float(amount), *[None] * (last - 8)), TRACKING)
    sheet.merge_cells(start_row=total, end_row=total, start_column=1, end_column=7)
    dress.mark(sheet, total, 1, last, dress.GREY)
    for line, note in enumerate(NOTES, start=total + 1):
        cell = sheet.cell(line, 1, note)
        cell.font = Font(name=dress.SONG, size=10)
    dress.ghosts(sheet, range(2, 40), last + 1, 30)
    sheet.print_area = f"A1:{get_column_letter(last)}{total + len(NOTES)}"
    dress.paper(sheet, "1:3", 8, "D4")


def _line(random: Random, index: int, one: Contract) -> tuple[object, ...]:
    habit = random.choice(dress.SHAPES) if random.random() < 0.35 else None
    number = one.number + (" " if one.number and random.random() < 0.08 else "")
    call = one.calls[-1] if one.calls else (None, None, "")
    acts = (
        one.sent_out_on,
        one.sealed_on,
        one.returned_on,
        one.reminded_email_on,
        one.reminded_phone_on,
        *call[:2],
    )
    terms = (one.starts_on, one.ends_on, one.free_from, one.free_until)
    nothing = random.choice((None, None, None, None, "/", "无"))
    dates = [dress.written(random, day, habit, nothing) for day in (*acts, *terms)]
    refused = dress.written(random, one.refused_on, habit) if one.refused_on else None
    follows = one.follows.number if one.follows else None
    manager = one.customer.account_manager if random.random() < 0.6 else None
    head = (
        index,
        number or None,
        one.customer.name,
        one.project_number,
        one.project,
        one.salesperson,
        manager,
    )
    return (*head, _money(random, one.amount), *dates, one.customer_status or None, refused, follows)


def _money(random: Random, amount: float | None) -> object:
    if amount is None:
        return random.choice(("/", "无", None))
    shapes = ("¥{:,.2f}", "{:,.2f}元", "{:,.2f}", "￥{:.2f}", "{:.2f}")
    return random.choice(shapes).format(amount) if random.random() < 0.15 else float(amount)


def write_calls(random: Random, world: World, rows: list[Contract], path: Path) -> None:
    """One row per call, in the code page and with the line ends of an old Windows."""
    callers = [person.name for person in world.staff if person.roles == "质控"]
    found = [(day, one.number, until, note) for one in rows if one.number for day, until, note in one.calls]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(("合同编号", "致电日期", "致电人", "承诺日期", "备注"))
    for day, number, until, note in sorted(found, key=lambda call: call[:2]):
        out.writerow(
            (number, f"{day:%Y-%m-%d}", random.choice(callers), f"{until:%Y-%m-%d}" if until else "", note)
        )
    path.write_bytes(text.getvalue().encode("gbk"))
