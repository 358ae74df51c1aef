"""What a file has to answer: whether it is whole, and what when a whole store is put into it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

PART = 16
"""Pages that are copied before the others: fewer than any store has."""
TEXT = "typeof({0}) = 'text'"
RIGHT = {
    "DATE": f"{TEXT} and date({{0}}) = {{0}}",
    "INTEGER": "typeof({0}) = 'integer'",
    "BOOLEAN": "typeof({0}) = 'integer'",
    "FLOAT": "typeof({0}) in ('real', 'integer')",
}
"""How a value of a declared type is kept; of any other type it is text."""


def stream(connection: sqlite3.Connection, sql: str) -> sqlite3.Cursor:
    """The rows of a query as they are fetched, never all of them in memory."""
    return connection.execute(sql)


def misfit(error: Exception, given: int) -> tuple[int, str] | None:
    """Why a row was not taken, and the how many-eth it was, 0 if that is not known; None if it is about no row."""
    cause = getattr(error, "orig", error)
    if isinstance(cause, sqlite3.IntegrityError):
        return given, str(cause)
    return None


def strangers(connection: sqlite3.Connection, tables: Sequence[str]) -> str | None:
    """A table of something else where ours are to stand: a file with one is known to be no store."""
    return None


def replace(
    target: sqlite3.Connection, source: sqlite3.Connection, first: Callable[[], object] = lambda: None
) -> None:
    """Put all of `source` in place of what `target` holds, in one transaction.

    `first` is called when nobody else can write to the target any more, and all of what it held can still be read;
    if it raises, nothing is replaced.
    """
    begun = False

    def step(status: int, _remaining: int, _total: int) -> None:
        nonlocal begun
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")  # else it is tried again for ever
        if not begun:
            begun = True
            first()

    source.backup(target, pages=PART, progress=step)


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the file: damaged pages, rows that point nowhere, and values of another type than declared."""
    whole = True
    for (line,) in connection.execute("pragma integrity_check"):
        if line != "ok":
            whole = False
            yield str(line)
    for table, rowid, parent, _ in connection.execute("pragma foreign_key_check"):
        yield f"{table} row {rowid}: its {parent} does not exist"
    if whole:
        yield from _mistyped(connection)


def _mistyped(connection: sqlite3.Connection) -> Iterator[str]:
    """Values that no svcq ever wrote: SQLite itself holds a column to no type. Of each table the first of them."""
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' order by name"
    ).fetchall()
    for (table,) in tables:
        columns = connection.execute("select name, type from pragma_table_info(?)", (table,)).fetchall()
        wrong = {
            f'"{name}"': f'"{name}" is not null and not coalesce({RIGHT.get(kind, TEXT)}, 0)'.format(
                f'"{name}"'
            )
            for name, kind in columns
        }
        which = " ".join(f"when {no} then '{name[1:-1]}'" for name, no in wrong.items())
        what = " ".join(f"when {no} then quote({name})" for name, no in wrong.items())
        found = connection.execute(
            f'select case {which} end, case {what} end from "{table}" where {" or ".join(wrong.values())} limit 1'
        )
        for name, value in found:
            yield f"{table}: {name} is {value[:100]}"
