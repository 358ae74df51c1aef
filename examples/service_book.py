"""四 to 六 The sample upgrades, migrations and callbacks as the office's workbooks."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import dress
from openpyxl import Workbook
from service import Callback, Migration, Upgrade

UPGRADES: tuple[dress.Header, ...] = (
    ("", "升级编号", 13, "center"),
    ("", "客户名称", 24, "left"),
    ("申请", "申请人", 9, "center"),
    ("申请", "申请日期", 12, "center"),
    ("安排", "安排人", 9, "center"),
    ("安排", "安排日期", 12, "center"),
    ("安排", "升级人员", 9, "center"),
    ("安排", "计划升级日期", 12, "center"),
    ("方案", "方案提交日期", 12, "center"),
    ("方案", "登记日期", 12, "center"),
    ("方案", "沟通日期", 12, "center"),
    ("升级", "测试日期", 12, "center"),
    ("升级", "无测试环境原因", 16, "left"),
    ("升级", "客户认可日期", 12, "center"),
    ("升级", "升级日期", 12, "center"),
    ("升级", "版本", 9, "center"),
    ("升级", "解决的问题", 20, "left"),
    ("升级", "意外情况", 24, "left"),
    ("升级", "特殊修改", 24, "left"),
    ("升级", "带回日期", 12, "center"),
    ("升级", "撤离日期", 12, "center"),
    ("报告", "报告日期", 12, "center"),
    ("报告", "邮件报告日期", 12, "center"),
    ("回访", "回访日期", 12, "center"),
    ("回访", "回访结果", 10, "center"),
    ("回访", "通报日期", 12, "center"),
    ("二次回访", "二次回访日期", 12, "center"),
    ("二次回访", "二次回访结果", 10, "center"),
    ("二次回访", "二次通报日期", 12, "center"),
)
MIGRATIONS: tuple[dress.Header, ...] = (
    ("", "迁移编号", 13, "center"),
    ("", "客户名称", 26, "left"),
    ("", "系统", 9, "center"),
    ("", "工程师", 10, "center"),
    ("", "迁移日期", 13, "center"),
    ("", "重建索引日期", 13, "center"),
    ("", "登记日期", 13, "center"),
)
CALLBACKS: tuple[dress.Header, ...] = (
    ("", "季度", 10, "center"),
    ("", "工程师", 10, "center"),
    ("", "客户名称", 26, "left"),
    ("", "抽样日期", 13, "center"),
    ("", "回访日期", 13, "center"),
    ("", "服务满意度", 11, "center"),
    ("", "态度满意度", 11, "center"),
    ("", "建议", 24, "left"),
    ("", "遗留问题", 24, "left"),
)
TRIES: tuple[dress.Header, ...] = (
    ("", "回访编号", 40, "left"),
    ("", "日期", 14, "center"),
    ("", "备注", 16, "left"),
)
ANSWERS = {"yes": "肯定", "no": "否定", "unclear": "不明确", "": None}


def write_upgrades(random: Random, rows: Sequence[Upgrade], path: Path) -> None:
    """One line per upgrade, from the application to the calls after it."""
    book = Workbook()
    sheet = dress.first(book, "程序升级登记表")
    dress.title(sheet, "2026年程序升级登记表", 1, 1, len(UPGRADES))
    dress.header(sheet, UPGRADES, 2, 1)
    for line, one in enumerate(rows, start=4):
        habit = random.choice(dress.SHAPES) if random.random() < 0.2 else None

        def day(key: str, one: Upgrade = one, habit: str | None = habit) -> object:
            return dress.written(random, one.days.get(key), habit)

        arranged = "arranged" in one.days
        values = (
            *(one.number, one.customer.name, one.applied_by, day("applied")),
            *(one.arranged_by if arranged else None, day("arranged"), one.upgrader if arranged else None),
            *(day("planned"), day("plan"), day("plan"), day("discussed"), day("test"), one.no_test or None),
            *(day("approve"), day("done"), one.version if "done" in one.days else None),
            *("、".join(one.solved) or None, one.surprise or None, one.modification or None),
            *(day("back"), day("left"), day("report"), day("mail"), day("call"), ANSWERS[one.answer]),
            *(day("inform"), day("call2"), ANSWERS[one.second], day("inform2")),
        )
        dress.body(sheet, line, 1, values, UPGRADES)
    dress.paper(sheet, "1:3", 8, "C4")
    dress.save(book, path)


def write_migrations(random: Random, rows: Sequence[Migration], path: Path) -> None:
    """One line per migration."""
    book = Workbook()
    sheet = dress.first(book, "数据迁移登记表")
    dress.title(sheet, "2026年数据迁移登记表", 1, 1, len(MIGRATIONS))
    dress.header(sheet, MIGRATIONS, 2, 1)
    for line, one in enumerate(rows, start=3):
        habit = random.choice(dress.SHAPES) if random.random() < 0.2 else None
        days = [dress.written(random, on, habit) for on in (one.done_on, one.reindexed_on, one.registered_on)]
        values = (one.number, one.customer.name, one.system, one.engineer, *days)
        dress.body(sheet, line, 1, values, MIGRATIONS)
    dress.paper(sheet, "1:2", 9, "A3")
    dress.save(book, path)


def write_callbacks(random: Random, rows: Sequence[Callback], path: Path) -> None:
    """A sheet of answers, and one of the tries that found nobody."""
    book = Workbook()
    sheet = dress.first(book, "满意度回访")
    dress.title(sheet, "2026年客户满意度回访记录", 1, 1, len(CALLBACKS))
    dress.header(sheet, CALLBACKS, 2, 1)
    tried: list[tuple[str, date]] = []
    for line, one in enumerate(rows, start=3):
        habit = random.choice(dress.SHAPES) if random.random() < 0.15 else None
        marks: tuple[object, object] = one.marks or ("/", "/")
        values = (
            *(one.quarter, one.engineer, one.customer.name),
            *(dress.written(random, on, habit) for on in (one.drawn_on, one.asked_on)),
            *(*marks, one.advice or None, one.unsolved or None),
        )
        dress.body(sheet, line, 1, values, CALLBACKS)
        tried += [(f"{one.quarter}-{one.engineer}-{one.customer.name}", on) for on in one.tries]
    dress.paper(sheet, "1:2", 9, "A3")
    sheet = book.create_sheet("未接通记录")
    dress.title(sheet, "回访未接通记录", 1, 1, len(TRIES))
    dress.header(sheet, TRIES, 2, 1)
    for line, (number, on) in enumerate(tried, start=3):
        dress.body(sheet, line, 1, (number, on, "无人接听"), TRIES)
    dress.paper(sheet, "1:2", 9, "A3")
    dress.save(book, path)
