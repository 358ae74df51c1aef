"""Works to be killed in the middle of: a store before, the command, and what must be true after."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from svcq.store import database, sqlite
from svcq.store.audit import Entry, append
from svcq.store.version import KNOWN
from tests.cli import Svcq
from tests.faults.killing import Ended, Kill, run, spread
from tests.mailbox import Mailbox, mailbox
from tests.outbox import addressed
from tests.scored import scored
from tests.stores import BOOKKEEPING, faults, made, peopled

State = dict[str, list[tuple[object, ...]]]

VARYING = {
    "audit": ("at", "hash"),
    "mail": ("message_id", "claimed_at", "claimed_by", "attempts", "sent_at"),
}
"""What two runs of the same work may write differently."""


@dataclass(frozen=True)
class Scene:
    """A folder with a store, and a command over it."""

    folder: Path
    words: tuple[object, ...]
    told: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    """Whether the command is one unit of work: all of it is kept, or nothing."""
    tables: bool = True
    """Whether each table is written by one unit of work."""

    def act(self, folder: Path, kill: Kill | None = None) -> Ended:
        """Run the command in a folder like this one."""
        words = [str(word).replace("{folder}", str(folder)) for word in self.words]
        return run(Svcq(folder / "svcq.db"), *words, kill=kill, **self.told)

    def copy(self, folder: Path) -> Path:
        """The same scene in another folder, which is made."""
        shutil.copytree(self.folder, folder)
        return folder


def state(path: Path) -> State:
    """Every row of a store, without what varies from run to run; looks into the log beside the file too."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        found: State = {}
        for table in tables:
            columns = [row[1] for row in connection.execute(f"pragma table_info('{table}')")]
            kept = ", ".join(f'"{name}"' for name in columns if name not in VARYING.get(table, ()))
            but = " where key <> 'audit_head'" if table == "setting" else ""
            rows = connection.execute(f'select {kept} from "{table}"{but}').fetchall()
            found[table] = sorted(rows, key=repr)
        return found


@cache
def _lines(rows: int) -> str:
    return "number,customer,salesperson,sealed_on\n" + "".join(
        f"B-{n},江州市中心医院,陈立,2026-{n % 9 + 1:02}-15\n" for n in range(rows)
    )


def importing(folder: Path, rows: int) -> Scene:
    """One file of contracts."""
    peopled(folder / "svcq.db")
    (folder / "contracts.csv").write_text(_lines(rows), "utf-8")
    return Scene(folder, ("import", "{folder}/contracts.csv"))


def first_import(folder: Path, rows: int) -> Scene:
    """Three files into a store that is not there yet: each of them is a unit of work."""
    (folder / "staff.csv").write_text("name,role\n陈立,salesperson\n茅洁,qc\n", "utf-8")
    (folder / "customers.csv").write_text("name,region\n江州市中心医院,华东\n", "utf-8")
    (folder / "contracts.csv").write_text(_lines(rows), "utf-8")
    files = ("staff", "customers", "contracts")
    return Scene(folder, ("import", *(f"{{folder}}/{name}.csv" for name in files)), whole=False)


def publishing(folder: Path) -> Scene:
    """A quarter's scores are frozen."""
    scored(folder / "svcq.db")
    return Scene(folder, ("score", "publish", "2026Q3"))


@contextmanager
def morning(folder: Path) -> Iterator[tuple[Scene, Mailbox]]:
    """Cron's run, with three mails to a real server."""
    addressed(folder / "svcq.db")
    with mailbox() as box:
        told = {
            "SVCQ_SMTP_URL": f"smtp://127.0.0.1:{box.port}?timeout=10",
            "SVCQ_MAIL_FROM": "svcq@fuwu.example",
        }
        yield Scene(folder, ("daily",), told, whole=False, tables=False), box


OLD = ("0001", "0002", "0003")
assert KNOWN[: len(OLD)] == OLD


def schema_step(folder: Path, revision: str, rows: int) -> Scene:
    """A store of an older schema, opened by a listing: the steps are one unit of work, the ledger is the next."""
    path = folder / "svcq.db"
    sqlite.create(path)
    sqlite.first_settings(path)
    engine = sqlite.engine(path)
    with engine.begin() as connection:
        database.apply_steps(connection, revision, with_views=False)
        connection.exec_driver_sql(
            "insert into customer (id, name, name_key, level, running_since)"
            " values (1, '河西医院', '河西医院', 2, '2022-06-01')"
        )
        connection.exec_driver_sql(
            "insert into contract (number, customer_id, sealed_on, first_on) values (?, 1, ?, ?)",
            [(f"B-{n}", f"2026-{n % 9 + 1:02}-15", f"2026-{n % 9 + 1:02}-15") for n in range(rows)],
        )
        with Session(connection) as session:
            entry = Entry("customer", "河西医院", "insert", "{}")
            append(session, [entry], at="2024-01-01T08:00:00.000Z", actor="质控", command="import", note=None)
    engine.dispose()
    return Scene(folder, ("contract", "list"), whole=False)


def keeping(folder: Path, *words: str) -> Scene:
    """A copy is made, or put back, or a listing written to a file."""
    peopled(folder / "svcq.db")
    made(folder / "backup.db")
    return Scene(folder, words)


def trouble(path: Path) -> list[str]:
    """What the check of the store finds; nothing of one that is not there yet."""
    return faults(path) if path.exists() and path.stat().st_size else []


def moments(scene: Scene, folder: Path, parts: int) -> tuple[list[Kill], State]:
    """Where to kill it: steps of its SQL and bytes of its files; and the store after a run that nobody kills."""
    ran = scene.act(scene.copy(folder))
    assert ran.code == 0, ran.err
    written = max(file.stat().st_size for file in folder.iterdir())
    kills = [Kill("step", n) for n in spread(ran.steps, parts)]
    kills += [Kill("byte", n) for n in spread(written, parts)[1:-1]]
    return kills, state(folder / "svcq.db")


def survives(scene: Scene, folder: Path, kill: Kill, after: State, *, thorough: bool = False) -> str:
    """Kill it in a copy of the scene, look at what there is, run it again, and look once more.

    What the check of the store would find of a kill it still finds after the second run: only `thorough` has it look
    twice.

    What the kill left: the store `before`, the one `after`, something `between` that is whole; `survived` if it
    came to its own end.
    """
    before = state(scene.folder / "svcq.db")
    path = scene.copy(folder) / "svcq.db"
    ended = scene.act(folder, kill)
    left = state(path)
    landed = "before" if left == before else "after" if left == after else "between"
    assert not (scene.whole and landed == "between"), f"half of it is kept: {kill}"
    if landed == "between" and scene.tables:
        for table in after.keys() - set(BOOKKEEPING):
            assert left.get(table, []) in (before.get(table, []), after[table]), (kill, table)
    if thorough and (landed != "before" or before.keys() == after.keys()):
        assert trouble(path) == [], kill
    again = scene.act(folder)
    assert again.code == 0, (kill, again.err)
    assert state(path) == after, kill
    assert trouble(path) == [], kill
    return landed if ended.killed else "survived"
