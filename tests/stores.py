"""Stores for tests: real SQLite files, a few people and hospitals, and everything that stands in one."""

import atexit
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

from svcq.processes import contract, contract_calls, customer, staff
from svcq.processes.keeping import check, check_ledger
from svcq.processes.unit import unit
from svcq.processes.work import Work
from svcq.store import database
from svcq.store.address import Address, Server
from svcq.store.read import Reader
from tests.places import at, copied, exists, keep, tables

TODAY = date(2026, 11, 23)
Dump = dict[str, list[tuple[object, ...]]]

BOOKKEEPING = ("alembic_version", "audit", "obligation", "setting")
"""Tables that follow from others, or that keep the books of the store itself."""


@contextmanager
def writing(
    path: Address, *, today: date = TODAY, actor: str = "质控", dry_run: bool = False
) -> Iterator[Work]:
    """A unit of work on the store at `path`."""
    with unit(at(path), today=today, actor=actor, command="test", dry_run=dry_run) as work:
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
def templates() -> tuple[Path, Path, Path]:
    """A store without rows, one with the people, one with contracts: made once, copied for each test."""
    folder = Path(mkdtemp(prefix="stores-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    empty, with_people, with_contracts = (folder / f"{name}.db" for name in ("blank", "peopled", "made"))
    database.upgrade(at(empty))
    copy(empty, with_people)
    with writing(with_people) as work:
        people(work)
    copy(with_people, with_contracts)
    _contracts(with_contracts)
    return empty, with_people, with_contracts


def copy(source: Address, target: Path) -> Address:
    """A copy of a store, whole even if the log beside a file is not empty."""
    source = at(source)
    if isinstance(source, Server):
        return copied(source, target)
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
    return target


def kept(make: Callable[[Path], object]) -> Address:
    """The store that `make` writes at the path it is given; it stays until the run ends, for copies."""
    path = Path(mkdtemp(prefix="stores-")) / "kept.db"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    make(path)
    keep(path)
    return at(path)


def again(source: Address, target: Path) -> Path:
    """A copy of a store that nobody is writing to."""
    source = at(source)
    if isinstance(source, Server):
        return cast(Path, copied(source, target))
    shutil.copyfile(source, target)
    return target


def blank(path: Path) -> Path:
    """A store at `path` without a row."""
    return cast(Path, copy(templates()[0], path))


def peopled(path: Path) -> Path:
    """A store at `path` with the people and the hospitals."""
    return cast(Path, copy(templates()[1], path))


def made(path: Path) -> Path:
    """A store at `path` with the people, two contracts and a call."""
    return cast(Path, copy(templates()[2], path))


def _contracts(path: Address) -> None:
    with writing(path) as work:
        values = {"sealed_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31)}
        contract.add(work, "HT-1", "江州市中心医院", values, {"salesperson": "陈立"})
        contract.add(work, "HT-2", "H002", {"sealed_on": date(2026, 11, 2)}, {"salesperson": "王敏"})
        contract_calls.call(work, "HT-1", date(2026, 10, 20), "周静", date(2026, 11, 5), "已寄出")


def dump(path: Address, *, without: tuple[str, ...] = ()) -> Dump:
    """Every row of every table, by table; nothing of a store that is not there."""
    place = at(path)
    if not exists(place):
        return {}
    return {name: rows for name, rows in tables(place).items() if name not in without}


def business(path: Address) -> Dump:
    """The rows that people wrote, without what follows from them."""
    return dump(path, without=BOOKKEEPING)


class Fresh(Reader):
    """A reader that sees at each question what was written since the one before."""

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> Iterator[dict[str, object]]:
        """The rows of a query on a connection of its own."""
        self.close()
        super().__init__(self.path)
        return iter(list(super().rows(sql, values)))


def audited(path: Address) -> int:
    """How many rows the audit has."""
    return len(dump(path).get("audit", []))


def faults(path: Address, *, today: date = TODAY) -> list[str]:
    """Everything that the check of the store finds wrong: the file, the audit, the ledger."""
    found = [str(finding.what) for finding in check(at(path))]
    with writing(path, today=today, dry_run=True) as work:
        found += [str(finding.what) for finding in check_ledger(work)]
    return found
