"""Writes the sample workbooks, the same ones for the same seed: `python examples/make.py [FOLDER]`."""

import csv
import io
import sys
from datetime import date
from pathlib import Path
from random import Random

import contracts as histories
import dress
import mistakes
import world as people
import xlwt
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

SEED = 20261123
CUSTOMERS: tuple[dress.Header, ...] = (
    ("", "客户编号", 11, "center"),
    ("", "客户名称", 26, "left"),
    ("", "级别", 7, "center"),
    ("", "大区", 7, "center"),
    ("", "联系人", 10, "center"),
    ("", "电话", 14, "center"),
    ("", "邮箱", 22, "left"),
    ("", "工程师", 17, "left"),
    ("", "客户经理", 10, "center"),
    ("", "上线日期", 14, "center"),
    ("", "版本", 9, "center"),
)
ROSTER = ("姓名", "岗位", "部门", "大区", "邮箱", "电话", "入职日期", "离职日期", "考核通过日期")
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


def main(folder: Path) -> None:
    """Write everything below `folder`."""
    random = Random(SEED)
    world = people.build(random)
    rows = histories.build(random, world)
    books = folder / "workbooks"
    books.mkdir(parents=True, exist_ok=True)
    _customers(random, world, books / "客户名单.xlsx")
    _roster(random, world, books / "员工名册.xls")
    _tracking(random, rows, books / "维护合同跟踪表.xlsx")
    _calls(random, world, rows, books / "致电记录.csv")
    wrong = folder / "workbooks-with-mistakes"
    wrong.mkdir(exist_ok=True)
    mistakes.write(world, wrong / "维护合同跟踪表-有错.xlsx")


def _customers(random: Random, world: people.World, path: Path) -> None:
    book = Workbook()
    sheet = _first(book, "客户名单")
    sheet.column_dimensions["A"].width = 2
    last = 1 + len(CUSTOMERS)
    dress.title(sheet, "客户名单", 1, 2, last)
    dress.header(sheet, CUSTOMERS, 3, 2)
    for row, one in enumerate(world.customers, start=4):
        since = dress.written(random, one.running_since, dress.SHAPES[0] if random.random() < 0.2 else None)
        phone: object = int(one.phone) if random.random() < 0.3 else one.phone
        mail = one.email or random.choice(("/", "无"))
        engineers = "、".join(one.engineers)
        person = (one.contact, phone, mail, engineers, one.account_manager)
        values = (one.code, one.name, one.level, one.region, *person, since, one.version)
        dress.body(sheet, row, 2, values, CUSTOMERS)
    dress.paper(sheet, "1:3", 9, "D4")
    dress.save(book, path)


def _roster(random: Random, world: people.World, path: Path) -> None:
    book = xlwt.Workbook(encoding="gbk")
    sheet = book.add_sheet("员工名册")
    box = "borders: left thin, right thin, top thin, bottom thin; alignment: vertical center"
    big = xlwt.easyxf("font: name 黑体, height 360, bold on; alignment: horizontal center, vertical center")
    head = xlwt.easyxf(
        f"font: name 宋体, height 220, bold on; pattern: pattern solid, fore_colour gray25; {box}, horizontal center"
    )
    plain = xlwt.easyxf(f"font: name 宋体, height 220; {box}")
    dated = xlwt.easyxf(f"font: name 宋体, height 220; {box}, horizontal center", num_format_str="yyyy-mm-dd")
    sheet.write_merge(0, 0, 0, len(ROSTER) - 1, "服务事业部员工名册", big)
    sheet.row(0).height_mismatch, sheet.row(0).height = True, 640
    for column, (name, width) in enumerate(zip(ROSTER, (10, 27, 17, 8, 26, 16, 14, 14, 17), strict=True)):
        sheet.write(1, column, name, head)
        sheet.col(column).width = width * 256
    for row, one in enumerate(world.staff, start=2):
        dates = (one.joined_on, one.left_on, one.certified_on)
        texts = (one.name, one.roles, one.team, one.region, one.email, one.phone)
        for column, value in enumerate((*texts, *dates)):
            text = isinstance(value, date) and random.random() < 0.12
            shown = dress.SHAPES[0].format(value) if text else value
            sheet.write(row, column, shown, dated if column > 5 else plain)
    sheet.set_panes_frozen(True)
    sheet.set_horz_split_pos(2)
    sheet.set_portrait(False)
    sheet.set_fit_width_to_pages(1)
    sheet.set_fit_height_to_pages(1)
    sheet.set_fit_num_pages(1)
    sheet.set_header_str(b"")
    sheet.set_footer_str(b"&P / &N")
    book.save(str(path))


def _tracking(random: Random, rows: list[histories.Contract], path: Path) -> None:
    book = Workbook()
    for year in (2025, 2026):
        sheet = _first(book, f"{year}年") if year == 2025 else book.create_sheet(f"{year}年")
        mine = [row for row in rows if (row.first().year <= 2025) == (year == 2025)]
        _year(random, sheet, f"{year}年维护合同跟踪表", mine)
    book.active = 1
    book["2025年"].sheet_view.tabSelected = False
    dress.save(book, path)


def _year(random: Random, sheet: Worksheet, title: str, rows: list[histories.Contract]) -> None:
    last = len(TRACKING)
    dress.title(sheet, title, 1, 1, last)
    dress.header(sheet, TRACKING, 2, 1)
    for index, one in enumerate(rows, start=1):
        dress.body(sheet, index + 3, 1, _line(random, index, one), TRACKING)
        sealed = one.sealed_on
        if sealed and not one.returned_on and (people.TODAY - sealed).days > 33:
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


def _line(random: Random, index: int, one: histories.Contract) -> tuple[object, ...]:
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


def _calls(random: Random, world: people.World, rows: list[histories.Contract], path: Path) -> None:
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


def _first(book: Workbook, name: str) -> Worksheet:
    sheet = book.worksheets[0]
    sheet.title = name
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
