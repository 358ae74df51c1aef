"""Opening the store: made when it is first written to, brought to the newest schema, refused if it is newer."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from svcq.errors import StoreTrouble
from svcq.store import sqlite
from svcq.store.version import HEAD, KNOWN

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session


BEHIND = "ledger_behind"
"""The fact about a store whose schema was brought up: its ledger does not know the rules that came along yet."""


def exists(path: Path) -> bool:
    """Whether there is a store with something in it; StoreTrouble if a folder or device stands in its place."""
    if path.is_dir():
        raise StoreTrouble("{path} is a folder: name a file", path=path)
    if path.exists() and not path.is_file():
        raise StoreTrouble("{path} is not an svcq store", path=path)
    return path.is_file() and path.stat().st_size > 0


def reader(path: Path) -> sqlite3.Connection:
    """A connection for listings. Brings an older store up first; StoreTrouble if it cannot be read."""
    with sqlite.sentences(path):
        connection = sqlite.connect(path, readonly=True)
        try:
            current = checked_revision(connection, path)
        except BaseException:
            connection.close()
            raise
        if current == HEAD:
            return connection
        connection.close()
        upgrade(path)
        return sqlite.connect(path, readonly=True)


@contextmanager
def session(path: Path) -> Iterator["Session"]:
    """One unit of work: a session whose transaction holds the write lock; kept if the block ends well."""
    from sqlmodel import Session

    engine = _writer(path)
    try:
        with sqlite.sentences(path), Session(engine, autoflush=True) as opened:
            yield opened
    finally:
        engine.dispose()


def _writer(path: Path) -> "Engine":
    with sqlite.sentences(path):
        if not exists(path):
            sqlite.create(path)
            upgrade(path)
        else:
            with closing(sqlite.connect(path)) as connection:
                current = checked_revision(connection, path)
            if current != HEAD:
                upgrade(path)
        return sqlite.engine(path)


def checked_revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """The schema revision; StoreTrouble if this svcq does not know it."""
    try:
        current = sqlite.revision(connection)
    except StoreTrouble as trouble:
        raise StoreTrouble("{path} is a database, but not an svcq store", path=path) from trouble
    if current is not None and current not in KNOWN:
        raise StoreTrouble(
            "{path} was written by a newer svcq (schema {found}, this one knows {known}): upgrade svcq",
            path=path,
            found=current,
            known=HEAD,
        )
    return current


def upgrade(path: Path) -> None:
    """Apply the schema steps that are due, and make the views anew, in one transaction.

    What a store had before was computed by the rules of its time: its ledger is behind until it is computed anew.
    """
    from sqlalchemy import text

    sqlite.first_settings(path)
    engine = sqlite.engine(path)
    try:
        with engine.begin() as connection:
            before = connection.exec_driver_sql(
                "select name from sqlite_master where name = 'setting'"
            ).scalar()
            newest = before and connection.exec_driver_sql("select version_num from alembic_version").scalar()
            apply_steps(connection)
            if before and newest != HEAD:
                said = text("insert into setting (key, value) values (:key, 'yes') on conflict do nothing")
                connection.execute(said, {"key": BEHIND})
    finally:
        engine.dispose()


def apply_steps(connection: "Connection", until: str = "head", *, with_views: bool = True) -> None:
    """Run Alembic on an open transaction, whatever the database; then the views.

    `until`: a revision to stop at, whose tables have not what all views read.
    """
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import text

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "schema"))
    config.attributes["connection"] = connection
    drops: list[str] = []
    makes: list[str] = []
    for name, body in views():
        drops.insert(0, f"drop view if exists {name}")
        makes.append(f"create view {name} as\n{body}")
    for statement in drops:
        connection.execute(text(statement))
    command.upgrade(config, until)
    for statement in makes if with_views else ():
        connection.exec_driver_sql(statement)


def views() -> list[tuple[str, str]]:
    """The public read model: (name, select), in an order in which they can be made."""
    folder = resources.files("svcq.store") / "views"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [(f.name.removesuffix(".sql").partition("_")[2], f.read_text("utf-8")) for f in files]
