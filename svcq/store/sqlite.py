"""The SQLite driver's own file: connections, pragmas, locks, triggers, backup; nothing of it is needed elsewhere."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import TYPE_CHECKING

from svcq.errors import StoreTrouble, reason
from svcq.store.sqlite_care import faults as faults
from svcq.store.sqlite_care import misfit as misfit
from svcq.store.sqlite_care import replace
from svcq.store.sqlite_care import strangers as strangers
from svcq.store.sqlite_care import stream as stream
from svcq.store.sqlite_errors import sentences as sentences
from svcq.store.values import DATES
from svcq.store.waiting import wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

CACHE = 65_536
"""KiB of pages that a writer may keep in memory: a large import then goes back to few of them on the disk."""
BEAT = (0.001, 0.01)
"""Seconds between two attempts to become the one who writes."""
MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins."""


def exists(path: Path) -> bool:
    """Whether there is a store with something in it; StoreTrouble if a folder or device stands in its place."""
    if path.is_dir():
        raise StoreTrouble("{path} is a folder: name a file", path=path)
    if path.exists() and not path.is_file():
        raise StoreTrouble("{path} is not an svcq store", path=path)
    return path.is_file() and path.stat().st_size > 0


def prepare(path: Path) -> None:
    """Make the file if it is missing, and tell a new store what it has to be told once."""
    if not exists(path):
        create(path)
    first_settings(path)


def create(path: Path) -> None:
    """Make an empty file that only its owner can read, in a folder that is made if it is missing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreTrouble("{path}: cannot be made: {why}", path=path, why=reason(error)) from error


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """A plain connection; `readonly` works in a folder that cannot be written to as well."""
    if not _ours_to_open(path):
        raise sqlite3.DatabaseError("file is not a database")
    mode = "rw"
    if readonly and not os.access(path.parent, os.W_OK):
        logged = path.with_name(path.name + "-wal").exists()
        mode = "ro" if logged else "ro&immutable=1"  # without a log to read it would want to make one
    quoted = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file:{quoted}?mode={mode}", uri=True, timeout=wait(), isolation_level=None)
    if readonly:
        connection.execute("pragma query_only = on")
    return connection


def _ours_to_open(path: Path) -> bool:
    """False for a file with something else in it: SQLite takes one of a few bytes for a blank, and overwrites it."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) in (b"", MAGIC)
    except OSError:
        return True  # SQLite says it better


def reader(path: Path) -> sqlite3.Connection:
    """A connection for listings: all that is read through it is of one moment, that of the first look."""
    connection = connect(path, readonly=True)
    connection.execute("begin")
    return connection


def rows(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    """The rows of a query with bound `:names`, as every driver gives them: see `store.values`."""
    bound = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    cursor = connection.execute(sql, bound)
    names = [column[0] for column in cursor.description or ()]
    days = [name for name in names if name.endswith(DATES)]
    for values_of_row in cursor:
        row = dict(zip(names, values_of_row, strict=True))
        for name in days:
            day = row[name]
            if isinstance(day, str):
                row[name] = date.fromisoformat(day)
        yield row


@cache
def _shared() -> "Engine":
    """What every engine has in common: the dialect, and what it has compiled for it."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    made = create_engine("sqlite://", poolclass=NullPool)
    with made.connect():  # the dialect asks the library once what it can do
        return made.execution_options(compiled_cache={})


def engine(path: Path) -> "Engine":
    """A SQLAlchemy engine whose every transaction takes the write lock at once."""
    return _engine(lambda: _writer(path), _take_turn)


def snapshot(path: Path) -> "Engine":
    """A SQLAlchemy engine whose every transaction only reads, one moment of the store however long it takes."""
    return _engine(lambda: connect(path, readonly=True), lambda connection: connection.execute("begin"))


def _engine(
    creator: "Callable[[], sqlite3.Connection]", begin: "Callable[[sqlite3.Connection], object]"
) -> "Engine":
    from sqlalchemy import Engine, event
    from sqlalchemy.pool import NullPool

    shared = _shared()
    options = dict(shared.get_execution_options())
    made = Engine(NullPool(creator), shared.dialect, shared.url, execution_options=options)  # type: ignore[arg-type]
    event.listen(made, "begin", lambda connection: begin(connection.connection.driver_connection))
    return made


def _take_turn(connection: sqlite3.Connection) -> None:
    """Take the write lock, asking for it often and at no fixed beat.

    SQLite itself soon asks only ten times a second: where others write all the time it would come too late for long.
    """
    until = monotonic() + wait()
    connection.execute("pragma busy_timeout = 0")
    while True:
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                raise
            sleep(uniform(*BEAT))
        else:
            break
    connection.execute(f"pragma busy_timeout = {wait() * 1000:.0f}")


def _writer(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("pragma foreign_keys = on")
    connection.execute(f"pragma cache_size = -{CACHE}")
    return connection


def first_settings(path: Path) -> None:
    """What a new store is told once: write-ahead log, and whose file it is.

    Another process that makes the same store at this moment is waited for: SQLite itself does not, for this.
    """
    tries = 100
    for attempt in range(tries):
        try:
            with closing(connect(path)) as connection:
                connection.execute("pragma journal_mode = wal")
                connection.execute("pragma application_id = 0x73766371")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == tries - 1:
                raise
            sleep(wait() / tries)


def revision(connection: sqlite3.Connection) -> str | None:
    """The schema revision, None for an empty file. StoreTrouble if the file is a database of something else."""
    try:
        found = connection.execute("select version_num from alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        if connection.execute("select count(*) from sqlite_master").fetchone()[0]:
            raise StoreTrouble("it is a database, but not one of svcq") from error
        return None
    return str(found[0]) if found else None


APPEND_ONLY = """
create trigger {table}_no_{verb} before {verb} on {table} {when}
begin
  select raise(abort, '{table} is append-only');
end
"""


def protect(table: str) -> list[str]:
    """The statements that make a table with a key `id` append-only: rows are neither changed, deleted nor replaced."""
    again = f"when exists (select 1 from {table} where id = new.id)"
    verbs = {"update": "", "delete": "", "insert": again}
    return [APPEND_ONLY.format(table=table, verb=verb, when=when) for verb, when in verbs.items()]


def protected(connection: sqlite3.Connection, table: str) -> bool:
    """Whether everything that makes the table append-only is in place."""
    wanted = {f"{table}_no_{verb}" for verb in ("update", "delete", "insert")}
    found = connection.execute(
        "select name from sqlite_master where type = 'trigger' and tbl_name = ?", (table,)
    )
    return wanted <= {name for (name,) in found}


def backup(source: Path, target: Path) -> None:
    """Copy a store, also while others write to it: the copy is one consistent moment."""
    create(target)
    with closing(connect(source)) as here, closing(connect(target)) as there:
        here.backup(there)


def put_back(source: Path, target: Path, first: "Callable[[], object]") -> None:
    """Put a store in place of another one, or of none; `first`: see `sqlite_care.replace`."""
    prepare(target)
    with closing(connect(source)) as here, closing(connect(target)) as there:
        replace(there, here, first)


def readable(path: Path) -> bool:
    """Whether every page and row of a file can be read: in a fraction of the time that `faults` takes."""
    with closing(connect(path, readonly=True)) as connection:
        return bool(connection.execute("pragma quick_check(1)").fetchone() == ("ok",))
