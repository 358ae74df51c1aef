"""The sample people: the list of customers as a workbook, and the roster as an old one."""

from datetime import date
from pathlib import Path
from random import Random

import dress
import xlwt
from openpyxl import Workbook
from world import World

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
ROSTER = ("姓名", "岗位", "部门", "大区", "邮箱", "电话", "入职日期", "离职日期", "培训日期", "考核通过日期")


def write_customers(random: Random, world: World, path: Path) -> None:
    """The hospitals, with dates and telephone numbers as people type them."""
    book = Workbook()
    sheet = dress.first(book, "客户名单")
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


def write_roster(random: Random, typist: Random, world: World, path: Path) -> None:
    """The staff, in the format of twenty years ago; `typist`: chance for the days of training."""
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
    for column, (name, width) in enumerate(zip(ROSTER, (10, 27, 17, 8, 26, 16, 14, 14, 14, 17), strict=True)):
        sheet.write(1, column, name, head)
        sheet.col(column).width = width * 256
    for row, one in enumerate(world.staff, start=2):
        texts = (one.name, one.roles, one.team, one.region, one.email, one.phone)
        dates = [_typed(random, day) for day in (one.joined_on, one.left_on, one.certified_on)]
        dates.insert(2, _typed(typist, one.trained_on))
        for column, value in enumerate((*texts, *dates)):
            sheet.write(row, column, value, dated if column > 5 else plain)
    sheet.set_panes_frozen(True)
    sheet.set_horz_split_pos(2)
    sheet.set_portrait(False)
    sheet.set_fit_width_to_pages(1)
    sheet.set_fit_height_to_pages(1)
    sheet.set_fit_num_pages(1)
    sheet.set_header_str(b"")
    sheet.set_footer_str(b"&P / &N")
    book.save(str(path))


def _typed(random: Random, day: date | None) -> object:
    return dress.SHAPES[0].format(day) if day and random.random() < 0.12 else day
