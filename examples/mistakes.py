"""The three tables with the mistakes that people make, one a row, and good rows between them."""

from datetime import date
from pathlib import Path

import dress
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from world import World

HEADERS: tuple[dress.Header, ...] = (
    ("", "合同编号", 14, "left"),
    ("", "客户名称", 24, "left"),
    ("", "项目名称", 18, "left"),
    ("", "销售", 9, "center"),
    ("", "合同金额", 15, "right"),
    ("", "出合同日期", 14, "center"),
    ("", "敲章日期", 14, "center"),
    ("", "回签日期", 14, "center"),
    ("", "开始日期", 14, "center"),
    ("", "到期日期", 14, "center"),
)


HANDOVERS: tuple[dress.Header, ...] = (
    ("", "移交编号", 14, "left"),
    ("", "项目编号", 12, "left"),
    ("", "项目名称", 16, "left"),
    ("", "客户名称", 24, "left"),
    ("", "期次", 8, "center"),
    ("", "验收日期", 14, "center"),
    ("", "申请日期", 14, "center"),
    ("", "底稿日期", 14, "center"),
    ("", "验收文档日期", 14, "center"),
    ("", "结论", 10, "center"),
    ("", "确认移交日期", 14, "center"),
    ("", "确认人", 10, "center"),
    ("", "预计移交日期", 14, "center"),
    ("", "原因", 24, "left"),
)
ISSUES: tuple[dress.Header, ...] = (
    ("", "问题编号", 14, "left"),
    ("", "客户名称", 24, "left"),
    ("", "问题标题", 36, "left"),
    ("", "工程师", 10, "center"),
    ("", "提出日期", 14, "center"),
    ("", "关闭日期", 14, "center"),
)
STEPS: tuple[dress.Header, ...] = (
    ("", "问题编号", 14, "left"),
    ("", "处理日期", 14, "center"),
    ("", "处理人", 10, "center"),
    ("", "处理过程", 36, "left"),
    ("", "处理结果", 14, "center"),
)


def write(world: World, folder: Path) -> None:
    """A workbook with mistakes for each of the three tables."""
    _contracts(world, folder / "维护合同跟踪表-有错.xlsx")
    _handovers(world, folder / "项目移交信息表-有错.xlsx")
    _worklog(world, folder / "工作底稿-有错.xlsx")


def _contracts(world: World, path: Path) -> None:
    """11 rows: 3 good ones and 8 to be refused, each for one cell."""
    names = [customer.name for customer in world.customers]
    seller = next(person.name for person in world.staff if "销售" in person.roles)
    his, plan = "HIS系统维护", (date(2026, 4, 1), date(2027, 3, 31))
    good = (date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 20))
    rows: list[tuple[object, ...]] = [
        ("HT-2026-9001", names[0], his, seller, 186000.0, *good, *plan),
        ("HT-2026-9002", _near(names[1]), his, seller, 95000.0, *good, *plan),
        ("HT-2026-9003", names[2], his, seller, 120000.0, good[0], "2026-02-30", good[2], *plan),
        ("HT-2026-9004", names[3], his, seller, 88000.0, good[0], date(2026, 3, 20), date(2026, 3, 5), *plan),
        ("HT-2026-9005", names[4], his, seller, 64000.0, good[0], "03/04/2026", date(2026, 4, 20), *plan),
        ("HT-2026-9006", names[5], his, seller, "¥210,000.00", *good, *plan),
        ("HT-2026-9007", names[6], his, seller, "详见合同附件", *good, *plan),
        ("HT-2026-9008", names[7], his, seller[0] + "望书", 73000.0, *good, *plan),
        ("HT-2026-9009", names[8], his, seller, 150000.0, *good, date(2026, 4, 1), date(2025, 3, 31)),
        ("HT-2026-9010", names[9], his, seller, 99000.0, good[0], "2026年3月", good[2], *plan),
        ("HT-2026-9011", names[10], his, seller, 45000.0, "2026.3.3", "2026年3月5日", "20260320", *plan),
    ]
    book = Workbook()
    _fill(dress.first(book, "2026年"), "维护合同跟踪表", HEADERS, rows)
    dress.save(book, path)


def _handovers(world: World, path: Path) -> None:
    """10 rows: 2 good ones and 8 to be refused, each for one cell."""
    names = [customer.name for customer in world.customers[40:50]]
    boss = next(person.name for person in world.staff if person.roles == "大区经理")
    seller = next(person.name for person in world.staff if person.roles == "销售")
    his, soon, why = "HIS系统", date(2026, 12, 31), "自助机接口联调未完成"
    taken, all_in, on = date(2026, 9, 1), (date(2026, 9, 4),) * 3, date(2026, 9, 16)
    fine = (taken, *all_in, "符合", on, boss, None, None)
    rows: list[tuple[object, ...]] = [
        ("YJ-2026-901", "XM26901A", his, names[0], "一期", *fine),
        ("YJ-2026-902", "XM26902A", his, _near(names[1]), "一期", *fine),
        ("YJ-2026-903", "XM26903A", his, names[2], "一期", taken, *all_in[:2], None, *fine[4:]),
        ("YJ-2026-904", "XM26904A", his, names[3], "一期", *fine[:6], seller, None, None),
        ("YJ-2026-905", "XM26905A", his, names[4], "一期", *fine[:4], "暂不符合", on, boss, None, why),
        ("YJ-2026-906", "XM26906A", his, names[5], "一期", date(2026, 12, 1), *[None] * 8),
        ("YJ-2026-907", "XM26907A", his, names[6], "一期", *fine[:4], "再议", on, boss, soon, why),
        ("YJ-2026-908", "XM26908A", his, names[7], "一期", "9月31日", *[None] * 8),
        ("YJ-2026-909", "XM26909A", his, names[8], "一期", *fine[:4], "符合", None, boss, None, None),
        ("YJ-2026-910", "XM26910A", his, names[9], "一期", *fine[:4], "暂不符合", on, boss, soon, why),
    ]
    book = Workbook()
    _fill(dress.first(book, "项目移交信息表"), "项目移交信息表", HANDOVERS, rows)
    dress.save(book, path)


def _worklog(world: World, path: Path) -> None:
    """9 problems, 5 of them to be refused, and 8 steps, 6 of them to be refused; each for one cell."""
    names = [customer.name for customer in world.customers[60:70]]
    engineer = next(person.name for person in world.staff if person.roles == "工程师")
    day, tomorrow = date(2026, 10, 12), date(2026, 11, 24)
    issues: list[tuple[object, ...]] = [
        ("WT-2026-9001", names[0], "挂号窗口打印机不出单", engineer, day, None),
        ("WT-2026-9002", _near(names[1]), "检验报告打印缺页", engineer, day, None),
        ("WT-2026-9003", names[2], "床位卡信息不刷新", engineer, None, None),
        ("WT-2026-9004", names[3], "处方保存报错", engineer, tomorrow, None),
        ("WT-2026-9005", names[4], "影像调阅失败", engineer, day, date(2026, 10, 9)),
        ("WT-2026-9006", names[5], "医保对账不平", engineer[0] + "予按", day, None),
        ("WT-2026-9007", names[6], "体温单打印错位", engineer, "2026.10.12", "2026年10月20日"),
        ("WT-2026-9008", names[7], "药房发药慢", engineer, day, None),
        ("WT-2026-9009", names[8], "排班保存失败", engineer, day, None),
    ]
    steps: list[tuple[object, ...]] = [
        ("WT-2026-9001", date(2026, 10, 13), engineer, "更换打印驱动，测试正常", "已解决"),
        ("WT-2026-9008", date(2026, 10, 9), engineer, "远程查看", None),
        ("WT-2026-9008", date(2026, 10, 14), engineer, "清理历史数据", "差不多了"),
        ("WT-2026-9009", tomorrow, engineer, "现场处理", "已解决"),
        ("WT-2026-9099", date(2026, 10, 14), engineer, "现场处理", "已解决"),
        ("WT-2026-9009", date(2026, 10, 15), "陌生人", "现场处理", "已解决"),
        ("WT-2026-9009", None, engineer, "现场处理", "已解决"),
        ("WT-2026-9009", date(2026, 10, 16), engineer, "拷贝日志带回", "带回查"),
    ]
    book = Workbook()
    _fill(dress.first(book, "工作底稿"), "工作底稿登记", ISSUES, issues)
    _fill(book.create_sheet("处理过程"), "工作底稿处理过程", STEPS, steps)
    dress.save(book, path)


def _fill(
    sheet: Worksheet, title: str, headers: tuple[dress.Header, ...], rows: list[tuple[object, ...]]
) -> None:
    dress.title(sheet, title, 1, 1, len(headers))
    dress.header(sheet, headers, 2, 1)
    for line, row in enumerate(rows, start=3):
        dress.body(sheet, line, 1, row, headers)
    dress.paper(sheet, "1:2", 9, "C3")


def _near(name: str) -> str:
    """The hospital as somebody remembers it: a letter short."""
    return name.replace("人民医院", "医院") if "人民医院" in name else name.replace("医院", "院")
