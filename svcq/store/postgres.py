"""The PostgreSQL driver's own file: connections, the lock of a writer, rows out and in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from svcq.errors import StoreTrouble
from svcq.store.address import Server
from svcq.store.postgres_care import clear as clear
from svcq.store.postgres_care import faults as faults
from svcq.store.postgres_care import misfit as misfit
from svcq.store.postgres_care import protect as protect
from svcq.store.postgres_care import protected as protected
from svcq.store.postgres_care import strangers as strangers
from svcq.store.postgres_care import stream as stream
from svcq.store.postgres_errors import library, unreached
from svcq.store.postgres_errors import sentences as sentences
from svcq.store.values import DATES
from svcq.store.waiting import wait

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg
    from sqlalchemy import Connection, Engine

APPLICATION = 0x73766371
"""What an advisory lock of svcq begins with; the second half tells the schema."""
LOCK = f"select pg_advisory_xact_lock({APPLICATION}, hashtext(current_schema()))"
SETTINGS = (
    "set timezone = 'UTC'; set datestyle = iso; set client_min_messages = warning;"
    " set extra_float_digits = 1; set standard_conforming_strings = on; set transform_null_equals = off;"
    " set jit = off;"  # compiling a query costs more than any of ours takes
    " set cursor_tuple_fraction = 1;"  # a cursor is for the memory's sake: all of it is fetched
    # where a role has a schema of its own before the store's: one store, one lock, whoever comes
    " select set_config('search_path', quote_ident(n.nspname), false)"
    " from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass('alembic_version')"
)
"""Of every connection, whatever the server, the database or the role was told."""
PART = 2000
"""How many rows of a query are fetched at once; no more of them are in memory."""


def connect(server: Server) -> "psycopg.Connection[Any]":
    """A plain connection that commits each statement; a server that does not answer is waited for as a lock is."""
    patience = {} if "connect_timeout=" in server.url else {"connect_timeout": max(2, int(wait()))}
    try:
        connection: psycopg.Connection[Any] = library().connect(
            server.url, autocommit=True, application_name="svcq", client_encoding="utf-8", **patience
        )
    except library().Error as error:
        raise unreached(server, error) from error
    connection.execute(SETTINGS)
    return connection


def exists(server: Server) -> bool:
    """Whether there is a store in the database."""
    with sentences(server), closing(reader(server)) as connection:
        return revision(connection) is not None


def reader(server: Server) -> "psycopg.Connection[Any]":
    """A connection for listings: all that is read through it is of one moment."""
    connection = connect(server)
    connection.isolation_level = library().IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    connection.autocommit = False
    return connection


def prepare(server: Server) -> None:
    """Refuse a database that cannot hold every text; it is made by whoever keeps the server."""
    with closing(connect(server)) as connection:
        encoding = connection.execute("show server_encoding").fetchone()
    if encoding != ("UTF8",):
        raise StoreTrouble(
            "{path}: the texts of this database are {encoding}: make one with encoding UTF8",
            path=server,
            encoding=encoding[0] if encoding else None,
        )


def engine(server: Server) -> "Engine":
    """A SQLAlchemy engine whose every transaction takes the writers' lock at once, as with a file."""
    from sqlalchemy import event

    made = _engine(lambda: _writer(server))
    event.listen(made, "begin", _lock)
    return made


def snapshot(server: Server) -> "Engine":
    """A SQLAlchemy engine whose every transaction only reads, one moment of the store however long it takes."""
    return _engine(lambda: reader(server))


def _engine(creator: "Callable[[], psycopg.Connection[Any]]") -> "Engine":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    library()
    return create_engine("postgresql+psycopg://", creator=creator, poolclass=NullPool)


def _writer(server: Server) -> "psycopg.Connection[Any]":
    connection = connect(server)
    connection.isolation_level = (
        library().IsolationLevel.READ_COMMITTED
    )  # a snapshot from before the lock is too old
    connection.autocommit = False
    return connection


def _lock(connection: "Connection") -> None:
    connection.exec_driver_sql(f"set local lock_timeout = {int(wait() * 1000)}")
    connection.exec_driver_sql(LOCK)


def revision(connection: "psycopg.Connection[Any]") -> str | None:
    """The schema revision, None where there is no store."""
    found = connection.execute("select to_regclass('alembic_version')").fetchone()
    if not found or found[0] is None:
        return None
    row = connection.execute("select version_num from alembic_version").fetchone()
    return str(row[0]) if row else None


PLACE = re.compile(r"'(?:[^']|'')*'|(?<![:\w]):([a-z_]\w*)|%")


@cache
def translated(sql: str) -> str:
    """A query with `:names` as psycopg takes it."""
    return PLACE.sub(_place, sql)


def _place(found: re.Match[str]) -> str:
    if found[1]:
        return f"%({found[1]})s"
    return found[0].replace("%", "%%")


def rows(
    connection: "psycopg.Connection[Any]", sql: str, values: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    """The rows of a query with bound `:names`, as every driver gives them: see `store.values`."""
    from psycopg import ClientCursor

    with ClientCursor(connection) as bound:
        text = bound.mogrify(translated(sql), values)
    with connection.cursor(f"svcq_{next(_cursors)}") as cursor:
        cursor.itersize = PART
        cursor.execute(text)
        names = [(column.name, column.name.endswith(DATES)) for column in cursor.description or ()]
        for row in cursor:
            yield {
                name: value
                if value is None or isinstance(value, str) and not is_day
                else _plain(value, is_day)
                for (name, is_day), value in zip(names, row, strict=True)
            }


_cursors = count(1)


def _plain(value: object, is_day: bool) -> object:
    """A value as SQLite would give it: flags are 0 and 1, sums whole numbers; by the name a day is one or its text."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, date) and not is_day:
        return value.isoformat()
    return value


def copy_in(
    connection: Any,  # noqa: ANN401 - psycopg's, as SQLAlchemy hands it out
    table: str,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Rows into a table by COPY; ids that were given move the table's counter on."""
    from psycopg import sql

    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        if "id" in names:
            follow(connection, table)


def follow(connection: "psycopg.Connection[Any]", table: str) -> None:
    """The counter of a table's ids goes on behind the highest of them."""
    from psycopg import sql

    counter = connection.execute("select pg_get_serial_sequence(%s, 'id')", (table,)).fetchone()
    if counter and counter[0]:
        connection.execute(
            sql.SQL("select setval({}, (select coalesce(max(id), 1) from {}))").format(
                sql.Literal(counter[0]), sql.Identifier(table)
            )
        )
