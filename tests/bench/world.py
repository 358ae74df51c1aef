"""A world to measure in: hospitals, people and as many contracts as asked for, made from a seed and kept."""

import csv
import random
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from measure import TODAY, run, surroundings, svcq
from openpyxl import Workbook

KEPT = Path(tempfile.gettempdir()) / "svcq-bench"
TITLES = (
    *("序号", "合同编号", "客户名称", "项目名称", "销售", "合同金额", "出合同日期", "敲章日期"),
    *("邮件提醒日期", "电话提醒日期", "致电医院日期", "承诺日期", "回签日期", "开始日期", "到期日期"),
    *("客户状态", "拒绝日期", "项目编号", "客户经理", "免费维护开始", "免费维护结束", "原合同编号"),
)
"""The 22 columns of the contract table: the kind's 21 fields after a running number."""
PEOPLE = [f"员工{n:03d}" for n in range(300)]
HOSPITALS = [f"第{n:04d}人民医院" for n in range(2000)]
REGIONS = ("华东", "华南", "华北", "西南", "东北")
PROJECTS = ("HIS 维护", "LIS 维护", "PACS 维护", "电子病历维护", "医保接口维护", "集成平台维护")
ROLES = ("销售", "客户经理", "工程师", "项目经理")


def contracts(count: int, seed: int = 20261123, settled: float = 0.9) -> Iterator[tuple[object, ...]]:
    """Rows under TITLES; `settled`: the share of contracts that are old enough to be back and are."""
    chance = random.Random(seed)
    today = date.fromisoformat(TODAY)
    for n in range(count):
        sent = today - timedelta(days=chance.randrange(1, 1000))
        sealed = sent + timedelta(days=chance.randrange(0, 6))
        free = chance.random() < 0.08
        back = not free and chance.random() < settled
        returned = sealed + timedelta(days=int(chance.expovariate(1 / 22)) + 3) if back else None
        if returned and returned > today:
            returned = None
        mailed = sealed + timedelta(days=chance.randrange(8, 16)) if chance.random() < 0.7 else None
        phoned = mailed + timedelta(days=chance.randrange(0, 3)) if mailed and chance.random() < 0.9 else None
        late = (returned or today) > sealed + timedelta(days=32)
        called = sealed + timedelta(days=chance.randrange(32, 36)) if late and chance.random() < 0.6 else None
        if called and called > today:
            called = None
        promised = (
            called + timedelta(days=chance.randrange(3, 12)) if called and chance.random() < 0.5 else None
        )
        starts = sealed + timedelta(days=chance.randrange(-10, 30)) if chance.random() < 0.8 else None
        ends = starts + timedelta(days=364) if starts else None
        refused = today - timedelta(days=chance.randrange(1, 90)) if chance.random() < 0.02 else None
        follows = f"HT-{chance.randrange(n):06d}" if n > 50 and chance.random() < 0.1 else None
        yield (
            n + 1,
            f"HT-{n:06d}",
            HOSPITALS[chance.randrange(len(HOSPITALS))],
            f"{chance.choice(PROJECTS)}{chance.randrange(2020, 2027)}",
            PEOPLE[chance.randrange(len(PEOPLE))],
            chance.randrange(1_000_000, 90_000_000) / 100,
            None if free else sent,
            None if free else sealed,
            None if free or (mailed and mailed > today) else mailed,
            None if free or (phoned and phoned > today) else phoned,
            None if free else called,
            None if free else promised,
            returned,
            None if free else starts,
            None if free else ends,
            chance.choice(("正常", "转化中", None, None)),
            refused,
            f"XM{chance.randrange(100_000):06d}" if chance.random() < 0.9 else None,
            PEOPLE[chance.randrange(len(PEOPLE))] if chance.random() < 0.3 else None,
            sent if free else None,
            sent + timedelta(days=365) if free else None,
            follows,
        )


def workbook(count: int, settled: float = 0.9) -> Path:
    """The contract table as .xlsx, written once and kept between runs."""
    path = KEPT / f"contracts-{count}-{settled:g}.xlsx"
    if not path.exists():
        KEPT.mkdir(exist_ok=True)
        book = Workbook(write_only=True)
        sheet = book.create_sheet("维护合同跟踪表")
        sheet.append(TITLES)
        for row in contracts(count, settled=settled):
            sheet.append([datetime(d.year, d.month, d.day) if isinstance(d, date) else d for d in row])
        partial = path.with_suffix(".part")
        book.save(partial)
        partial.replace(path)
    return path


def people() -> list[str]:
    """The two files that contracts rest on: staff and customers."""
    KEPT.mkdir(exist_ok=True)
    chance = random.Random(7)
    staff, customers = KEPT / "staff.csv", KEPT / "customers.csv"
    with staff.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("姓名", "岗位", "部门", "大区"))
        for n, name in enumerate(PEOPLE):
            lines.writerow((name, "、".join(ROLES[: 1 + n % 4]), f"{n % 9}组", REGIONS[n % 5]))
    with customers.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("客户编号", "客户名称", "级别", "大区", "工程师", "客户经理"))
        for n, name in enumerate(HOSPITALS):
            who = chance.sample(PEOPLE, 2)
            lines.writerow((f"C{n:04d}", name, 1 + n % 3, REGIONS[n % 5], *who))
    return [str(staff), str(customers)]


def peopled(path: Path) -> Path:
    """A store at `path` with the people and hospitals, and no contracts."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    run(svcq("import", *people()), surroundings(path))
    return path


def store(count: int, settled: float = 0.9) -> Path:
    """A store with so many contracts, made by `svcq import`, anew each time: what it holds is this svcq's work."""
    path = peopled(KEPT / f"store-{count}-{settled:g}.db")
    run(svcq("import", str(workbook(count, settled))), surroundings(path))
    return path
