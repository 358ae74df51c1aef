"""A tracking table with the mistakes that people make, one a row, and good rows between them."""

from datetime import date
from pathlib import Path

import dress
from openpyxl import Workbook
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


def write(world: World, path: Path) -> None:
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
    sheet = book.worksheets[0]
    sheet.title = "2026年"
    dress.title(sheet, "维护合同跟踪表", 1, 1, len(HEADERS))
    dress.header(sheet, HEADERS, 2, 1)
    for line, row in enumerate(rows, start=3):
        dress.body(sheet, line, 1, row, HEADERS)
    dress.paper(sheet, "1:2", 9, "C3")
    dress.save(book, path)


def _near(name: str) -> str:
    """The hospital as somebody remembers it: a letter short."""
    return name.replace("人民医院", "医院") if "人民医院" in name else name.replace("医院", "院")
