"""A random messy contract workbook from a seed, and the clean truth that a reader must find in it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.messy_files import Grid, save

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
CUSTOMERS = tuple(
    f"{place}{kind}"
    for place in ("岚汀市", "澄泽县", "云渚区", "朔原市", "瑶津县", "榕汐市", "岫安县", "曜州市")
    for kind in ("人民医院", "中医院", "妇幼保健院", "第二人民医院（西院）")
)
SELLERS = ("郑望舒", "章落英", "韩长庚", "吕承泽", "华霁月", "谢朗行")
MANAGERS = ("冯牧遥", "杨云帆", "施南乔", "金听澜")
HEADERS: dict[str, tuple[str, ...]] = {
    "number": ("合同编号", "合同号", "合同 编号", "number"),
    "customer": ("客户名称", "医院名称", "客户\n名称", "单位名称", "customer"),
    "project": ("项目名称", "项目　名称", "project"),
    "salesperson": ("销售", "销售人员", "销 售", "salesperson"),
    "amount": ("合同金额", "金额", "合同金额：", "amount"),
    "sent_out_on": ("出合同日期", "出合同 日期", "sent_out_on"),
    "sealed_on": ("敲章日期", "盖章日期", "敲章日期\n", "sealed_on"),
    "returned_on": ("回签日期", "回签　日期", "returned_on"),
    "called_on": ("致电医院日期", "致电医院\n日期", "called_on"),
    "promised_on": ("承诺日期", " 承诺日期 ", "promised_on"),
    "starts_on": ("开始日期", "合同开始日期", "starts_on"),
    "ends_on": ("到期日期", "合同到期日期", "ends_on"),
    "project_number": ("项目编号", "项目编号 ", "project_number"),
    "account_manager": ("客户经理", "客户 经理", "account_manager"),
    "customer_status": ("客户状态", "客户状态：", "customer_status"),
    "refused_on": ("拒绝日期", "refused_on"),
    "follows": ("原合同编号", "follows"),
}
PAIRS = {
    ("reminded_email_on", "reminded_phone_on"): ("提醒日期", "邮件", "电话", "邮件提醒日期", "电话提醒日期"),
    ("free_from", "free_until"): ("免费维护期", "开始", "结束", "免费维护开始", "免费维护结束"),
}
"""Two fields -> group, the two headers under it, the two headers where there is one line only."""
FIELDS = (*HEADERS, *(key for pair in PAIRS for key in pair))
NOTHING = ("/", "无", "-", "#", "?", "—", " ", "　")
SHAPES: tuple[Callable[[date], object], ...] = (
    lambda d: d,
    lambda d: d,
    lambda d: d,
    lambda d: datetime(d.year, d.month, d.day, 14, 30),
    lambda d: (d - date(1899, 12, 30)).days,
    lambda d: str((d - date(1899, 12, 30)).days),
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}. {d.month}. {d.day} ",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d:%Y-%m-%d} 09:15",
    lambda d: f"{d:%Y/%m/%d}\n",
    lambda d: wide(f"{d:%Y-%m-%d}"),
)


@dataclass(frozen=True, slots=True)
class Messy:
    """What was written: the file, the two clean files it leans on, and the truth (as independent.py reads it)."""

    path: Path
    customers: Path
    staff: Path
    truth: list[dict[str, object]]


def write(folder: Path, seed: int, rows: int = 300, kind: str = "") -> Messy:
    """Write a messy contract file of `rows` contracts and what it needs to be imported.

    `kind`: xlsx, xls or csv; blank: as the seed has it.

    `truth`: one dict a row in the file's order; every contract field, dates, `amount` in fen, None for nothing.
    """
    chance = random.Random(seed)
    truth = [_contract(chance, index) for index in range(rows)]
    for index, row in enumerate(truth):
        older = [one for one in truth[:index] if one["number"] and one["customer"] == row["customer"]]
        if older and row["sealed_on"] and chance.random() < 0.5:
            row["follows"] = chance.choice(older)["number"]
    kind = kind or chance.choice(("xlsx", "xlsx", "xls", "csv"))
    grids, start = [], 0
    for index in range(1 if kind == "csv" else chance.randint(1, 3)):
        stop = rows if kind == "csv" or index == 2 else start + rows // 3
        grids.append(_grid(chance, f"{2024 + index}年", truth[start:stop], flat=kind == "csv"))
        start = stop
    if start < rows:
        grids.append(_grid(chance, "其他", truth[start:], flat=False))
    path = folder / f"合同跟踪表{seed}.{kind}"
    save(chance, path, grids)
    customers, staff = folder / "customers.csv", folder / "staff.csv"
    customers.write_text("name,region\n" + "".join(f"{name},华东\n" for name in CUSTOMERS), encoding="utf-8")
    people = [f"{name},salesperson\n" for name in SELLERS] + [
        f"{name},account_manager\n" for name in MANAGERS
    ]
    staff.write_text("name,role\n" + "".join(people), encoding="utf-8")
    return Messy(path, customers, staff, truth)


def _contract(chance: random.Random, index: int) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(FIELDS)
    numeric = chance.random() < 0.3
    number = f"{201300000 + index * 7}" if numeric else f"WH-{2024 + index % 3}-{index:04d}"
    row["number"] = number if chance.random() < 0.95 else None
    row["customer"], row["salesperson"] = chance.choice(CUSTOMERS), chance.choice(SELLERS)
    row["project"] = f"{chance.choice(('HIS', 'LIS', 'PACS', '电子病历'))}维护第{index + 1}期"
    row["project_number"] = f"XM{index:05d}" if chance.random() < 0.7 else None
    row["account_manager"] = chance.choice(MANAGERS) if chance.random() < 0.5 else None
    first = date(2024, 12, 1) + chance.randrange(715) * DAY
    if chance.random() < 0.1:
        row["free_from"], row["free_until"] = first, first + chance.randint(90, 400) * DAY
        row["customer_status"] = chance.choice((None, "免费维护"))
        if chance.random() < 0.3:
            row["refused_on"] = _known(first + chance.randint(30, 400) * DAY)
        return row
    row["amount"] = chance.choice((chance.randrange(10_000, 90_000_000), chance.randrange(20, 900) * 100_000))
    row["sent_out_on"] = first if chance.random() < 0.9 else None
    row["sealed_on"] = _known(first + chance.randint(0, 4) * DAY) if chance.random() < 0.95 else None
    if not row["sealed_on"]:
        row["sent_out_on"] = first
        return row
    sealed = row["sealed_on"]
    assert isinstance(sealed, date)
    row["starts_on"] = starts = sealed + chance.randint(0, 40) * DAY
    row["ends_on"] = starts + chance.choice((180, 364, 729)) * DAY
    back = sealed + chance.choice((chance.randint(0, 35), chance.randint(25, 90), 999)) * DAY
    row["returned_on"] = _known(back)
    for key in ("reminded_email_on", "reminded_phone_on"):
        if chance.random() < 0.8:
            row[key] = _known(first + chance.randint(5, 22) * DAY)
    if chance.random() < 0.4:
        called = sealed + chance.randint(20, 50) * DAY
        if called < min(back, TODAY):
            row["called_on"] = called
            row["promised_on"] = called + chance.randint(0, 20) * DAY if chance.random() < 0.5 else None
    return row


def _known(day: date) -> date | None:
    return day if day <= TODAY else None


def _grid(chance: random.Random, name: str, truth: list[dict[str, object]], *, flat: bool) -> Grid:
    units = [(key,) for key in HEADERS] + list(PAIRS)
    chance.shuffle(units)
    two = not flat and chance.random() < 0.6
    left = chance.random() < 0.3
    keys: list[str | None] = [None] * left
    tops: list[object] = [None] * left
    lows: list[object] = [None] * left
    groups = []
    for unit in units:
        if len(unit) == 1:
            tops, lows = [*tops, chance.choice(HEADERS[unit[0]])], [*lows, None]
        else:
            group, *under = PAIRS[unit]
            if two:
                groups.append((len(keys), len(keys) + 1))
            tops = [*tops, group, None] if two else [*tops, *under[2:]]
            lows = [*lows, *under[:2]]
        keys += unit
    lines: list[list[object]] = [[None]] * (chance.random() < 0.3)
    if chance.random() < 0.7:
        lines.append([None] * left + [f"{name}维护合同跟踪表"])
    title = len(lines) - 1 if len(lines) and len(lines[-1]) > left and lines[-1][-1] else None
    header = len(lines)
    lines += [tops, lows] if two else [tops]
    for row in truth:
        lines.append([_dirty(chance, key, row[key]) if key else None for key in keys])
    if chance.random() < 0.5:
        total = sum(int(str(row["amount"] or 0)) for row in truth) / 100
        lines.append(
            [None] * left + ["合计", *(total if key == "amount" else None for key in keys[left + 1 :])]
        )
    if chance.random() < 0.5:
        lines.append([None] * left + ["备注：满一个月未回的合同由质控致电医院。"])
    ghosts = chance.choice((0, 0, 40, 300))
    return Grid(name, lines, header, two, groups, title, len(keys), ghosts)


def _dirty(chance: random.Random, key: str, value: object) -> object:
    if value is None:
        return chance.choice(NOTHING) if chance.random() < 0.2 else None
    if isinstance(value, date):
        return chance.choice(SHAPES)(value)
    if key == "amount":
        return _money(chance, int(str(value)))
    text = str(value)
    if key in ("number", "follows") and text.isdigit() and chance.random() < 0.7:
        return float(text)
    if chance.random() < 0.08:
        text += chance.choice((" ", "　", "\n"))
    if key == "customer" and chance.random() < 0.05:
        text = text.replace("（", "(").replace("）", ")")
    return text


def _money(chance: random.Random, fen: int) -> object:
    yuan = f"{fen // 100}.{fen % 100:02d}"
    shapes: list[object] = [
        fen / 100,
        fen / 100,
        yuan,
        f"¥{fen / 100:,.2f}",
        f"￥ {yuan}",
        f"{fen / 100:,.2f}元",
        wide(yuan),
        f"{yuan} ",
    ]
    if fen % 100_000 == 0:
        shapes.append(f"{fen / 1_000_000:g}万")
    return chance.choice(shapes)


def wide(text: str) -> str:
    """Digits as a Chinese keyboard writes them in full width."""
    return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
