"""The SQLite driver's own file: connections, pragmas, locks, triggers, backup; nothing of it is needed elsewhere."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from svcq.errors import N_, StoreTrouble, reason

if TYPE_CHECKING:
    from sqlalchemy import Engine

WAIT = 15.0
"""Seconds to wait for another writer; SVCQ_WAIT overrides."""


CACHE = 65_536
"""KiB of pages that a writer may keep in memory: a large import then goes back to few of them on the disk."""
MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins."""


def wait() -> float:
    """Seconds to wait for a lock."""
    try:
        return float(os.environ.get("SVCQ_WAIT", WAIT))
    except ValueError:
        return WAIT


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


def engine(path: Path) -> "Engine":
    """A SQLAlchemy engine whose every transaction takes the write lock at once."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    made = create_engine("sqlite://", creator=lambda: _writer(path), poolclass=NullPool)
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("begin immediate"))
    return made


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


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file: damaged pages, then rows that point nowhere."""
    for (line,) in connection.execute("pragma integrity_check"):
        if line != "ok":
            yield str(line)
    for table, rowid, parent, _ in connection.execute("pragma foreign_key_check"):
        yield f"{table} row {rowid}: its {parent} does not exist"


SENTENCES = (
    (
        "locked",
        N_("{path} is being written by somebody else and did not become free in {wait:g} seconds: try again"),
    ),
    (
        "busy",
        N_("{path} is being written by somebody else and did not become free in {wait:g} seconds: try again"),
    ),
    ("readonly", N_("{path} cannot be written: check its permissions")),
    ("not a database", N_("{path} is not an svcq store")),
    ("malformed", N_("{path} is damaged: restore a backup with `svcq db restore FILE`")),
    ("disk i/o", N_("{path}: the disk reported an error; nothing was written")),
    ("is full", N_("the disk is full: nothing was written to {path}")),
    ("unable to open", N_("{path} cannot be opened: check that it is a file and yours to read")),
)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite complains of into a sentence that names the file and the remedy."""
    try:
        yield
    except Exception as error:  # re-raised unless it is, or wraps, an error of SQLite
        cause = getattr(error, "orig", error)
        if not isinstance(cause, sqlite3.DatabaseError):
            raise
        text = str(cause).lower()
        for part, sentence in SENTENCES:
            if part in text:
                raise StoreTrouble(sentence, path=path, wait=wait()) from error
        raise
