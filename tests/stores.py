"""Stores for tests: real SQLite files, a few people and hospitals, and everything that stands in one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq.processes import contract, contract_calls, customer, ledger, staff
from svcq.processes.keeping import check, check_ledger
from svcq.processes.unit import unit
from svcq.processes.work import Work
from svcq.store import database, sqlite

TODAY = date(2026, 11, 23)
Dump = dict[str, list[tuple[object, ...]]]

BOOKKEEPING = ("alembic_version", "audit", "obligation", "setting")
"""Tables that follow from others, or that keep the books of the store itself."""


@contextmanager
def writing(path: Path, *, today: date = TODAY, actor: str = "质控", dry_run: bool = False) -> Iterator[Work]:
    """A unit of work on the store at `path`."""
    with unit(path, today=today, actor=actor, command="test", dry_run=dry_run) as work:
        yield work


def people(work: Work) -> None:
    """Two salespeople, a manager, an engineer, two of QC; a hospital in the east, one in the north."""
    staff.add(work, "陈立", ["salesperson"], {"region": "华东"})
    staff.add(work, "王敏", ["salesperson"], {"region": "华北"})
    staff.add(work, "赵强", ["account_manager"], {"region": "华东"})
    staff.add(work, "李伟", ["engineer"], {})
    staff.add(work, "周静", ["qc"], {})
    staff.add(work, "吴兰", ["qc"], {})
    customer.add(
        work,
        "江州市中心医院",
        {"code": "H001", "level": 3, "region": "华东"},
        {"engineer": ["李伟"], "account_manager": ["赵强"]},
    )
    customer.add(work, "云河县人民医院", {"code": "H002", "level": 2, "region": "华北"}, {})


@cache
def _stores() -> tuple[bytes, bytes, bytes]:
    """A store without rows, one with the people, one with contracts: made once, copied for each test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "svcq.db"
        sqlite.create(path)
        database.upgrade(path)
        blank_store = path.read_bytes()
        with writing(path) as work:
            people(work)
        peopled_store = path.read_bytes()
        _contracts(path)
        return blank_store, peopled_store, path.read_bytes()


def blank(path: Path) -> Path:
    """A store at `path` without a row."""
    path.write_bytes(_stores()[0])
    return path


def peopled(path: Path) -> Path:
    """A store at `path` with the people and the hospitals."""
    path.write_bytes(_stores()[1])
    return path


def made(path: Path) -> Path:
    """A store at `path` with the people, two contracts and a call."""
    path.write_bytes(_stores()[2])
    return path


def _contracts(path: Path) -> None:
    with writing(path) as work:
        values = {"sealed_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31)}
        contract.add(work, "HT-1", "江州市中心医院", values, {"salesperson": "陈立"})
        contract.add(work, "HT-2", "H002", {"sealed_on": date(2026, 11, 2)}, {"salesperson": "王敏"})
        contract_calls.call(work, "HT-1", date(2026, 10, 20), "周静", date(2026, 11, 5), "已寄出")


def dump(path: Path, *, without: tuple[str, ...] = ()) -> Dump:
    """Every row of every table, by table; nothing of a store that is not there."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return {
            name: sorted(connection.execute(f'select * from "{name}"').fetchall(), key=repr)
            for name in names
            if name not in without and not name.startswith("sqlite_")
        }


def business(path: Path) -> Dump:
    """The rows that people wrote, without what follows from them."""
    return dump(path, without=BOOKKEEPING)


def audited(path: Path) -> int:
    """How many rows the audit has."""
    return len(dump(path).get("audit", []))


def faults(path: Path, *, today: date = TODAY) -> list[str]:
    """Everything that the check of the store finds wrong: the file, the audit, the ledger."""
    found = [str(finding.what) for finding in check(path)]
    with writing(path, today=today, dry_run=True) as work:
        found += [str(finding.what) for finding in check_ledger(work)]
        found += [f"{key}: {fault}" for key, fault in ledger.differences(work)]
    return found
