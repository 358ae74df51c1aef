"""A store of so many issues and twenty years of everything else, made once from a seed and kept between runs.

    python tests/bench/grown.py [issues]

The records go in by plain inserts; `svcq db refresh` computes the ledger, and what that took is kept beside the store.
"""

import json
import os
import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import world
from measure import ROOT, footprint, surroundings, svcq

sys.path.insert(0, str(ROOT))

import history_rest  # noqa: E402, F401 - the tree is named first; it adds its tables
from history import DAYS, FIRST, SEED, TABLES, Row, Size  # noqa: E402

from svcq.store import audit, database  # noqa: E402

KEPT = Path(os.environ.get("SVCQ_BENCH", world.KEPT))
"""Where the stores are: a folder with some 5 GB to spare for a million issues."""
AUDITED = ("customer", "staff", "contract", "issue", "handover", "upgrade", "migrate", "callback")
"""The tables whose rows have an entry in the audit each."""


@dataclass(frozen=True, slots=True)
class Made:
    """A store, and what computing its ledger for the first time took."""

    path: str
    size: int
    seconds: float
    megabytes: float
    obligations: int


def store(count: int) -> Made:
    """The store of that many issues, made now if it was not."""
    path = KEPT / f"grown-{SEED}-{count}.db"
    told = path.with_suffix(".json")
    if told.exists() and path.exists():
        return Made(**json.loads(told.read_text("utf-8")))
    KEPT.mkdir(exist_ok=True, parents=True)
    for old in path.parent.glob(f"{path.stem}.*"):
        old.unlink()
    fill(path, Size(count))
    took = footprint(svcq("db", "refresh"), surroundings(path))
    with closing(sqlite3.connect(path)) as connection:
        owed = connection.execute("select count(*) from obligation").fetchone()[0]
    made = Made(str(path), count, took.seconds, took.megabytes, owed)
    told.write_text(json.dumps(asdict(made)), "utf-8")
    return made


def fill(path: Path, size: Size) -> None:
    """Every record, and the audit of it."""
    database.upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -400000"):
            connection.execute(f"pragma {pragma}")
        connection.execute("begin")
        for name, (columns, maker) in TABLES.items():
            marks = ", ".join("?" * len(columns.split(",")))
            rows = maker(size, random.Random(f"{SEED} {name}"))
            connection.executemany(f"insert into {name} ({columns}) values ({marks})", rows)
        entries = _entries(connection)
        connection.executemany(f"insert into audit values ({', '.join('?' * 10)})", entries)
        row, said = connection.execute("select id, hash from audit order by id desc limit 1").fetchone()
        connection.execute(
            "insert into setting (key, value) values (?, ?)", (audit.HEAD_KEY, f"{row} {said}")
        )
        connection.execute("commit")
        connection.execute("pragma journal_mode = wal")


def _entries(connection: sqlite3.Connection) -> Iterator[Row]:
    """An entry in the audit for every record of most kinds."""
    number, before = 0, audit.START
    count = sum(connection.execute(f"select count(*) from {table}").fetchone()[0] for table in AUDITED)
    for table in AUDITED:
        key = "name" if table in ("customer", "staff") else "number"
        for (record,) in connection.execute(f"select {key} from {table} order by id"):
            number += 1
            at = f"{FIRST + timedelta(days=number * DAYS // count)}T08:00:00+08:00"
            entry = audit.Entry(table, record, "insert", f'{{"number":"{record}"}}')
            before = audit.link(before, number, at, "bench", "import", entry, None)
            yield number, at, "bench", "import", table, record, "insert", entry.changes, None, before


if __name__ == "__main__":
    print(store(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
