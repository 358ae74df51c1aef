"""Opening the store: made when it is first written to, brought to the newest schema, refused if it is newer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svcq.errors import StoreTrouble
from svcq.store import sqlite
from svcq.store.address import Address, Server
from svcq.store.version import HEAD as HEAD
from svcq.store.version import KNOWN, SAME_RULES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session


BEHIND = "ledger_behind"
"""The fact about a store whose schema was brought up: its ledger does not know the rules that came along yet."""


def driver(address: Address) -> Any:  # noqa: ANN401 - a module
    """The module of the store's driver; all of them have the same functions."""
    if isinstance(address, Server):
        from svcq.store import postgres

        return postgres
    return sqlite


def exists(address: Address) -> bool:
    """Whether there is a store with something in it; StoreTrouble if something else stands in its place."""
    return bool(driver(address).exists(address))


def reader(address: Address) -> Any:  # noqa: ANN401 - a connection of the driver
    """A connection for listings, None if there is no store. Brings an older store up first.

    StoreTrouble if it cannot be read.
    """
    by = driver(address)
    if by is sqlite and not exists(address):
        return None
    with by.sentences(address):
        connection = by.reader(address)
        try:
            current = checked_revision(connection, address)
        except BaseException:
            connection.close()
            raise
        if current == HEAD:
            return connection
        connection.close()
        if current is None and by is not sqlite:
            return None
        upgrade(address)
        return by.reader(address)


@contextmanager
def session(address: Address) -> Iterator["Session"]:
    """One unit of work: a session whose transaction holds the write lock; kept if the block ends well."""
    from sqlmodel import Session

    engine = _writer(address)
    try:
        with driver(address).sentences(address), Session(engine, autoflush=True) as opened:
            opened.info["driver"] = driver(address)
            yield opened
    finally:
        engine.dispose()


@contextmanager
def looking(address: Address) -> Iterator["Session"]:
    """A session that only reads: one moment of the store, however long it takes, and nobody waits for it."""
    from sqlmodel import Session

    by = driver(address)
    if reader_revision(address) != HEAD:
        upgrade(address)
    engine = by.snapshot(address)
    try:
        with by.sentences(address), Session(engine) as opened:
            opened.info["driver"] = by
            yield opened
    finally:
        engine.dispose()


def _writer(address: Address) -> "Engine":
    by = driver(address)
    with by.sentences(address):
        if reader_revision(address) != HEAD:
            upgrade(address)
        made: Engine = by.engine(address)
        return made


def reader_revision(address: Address) -> str | None:
    """The schema revision of a store, None where there is none; StoreTrouble if this svcq does not know it."""
    by = driver(address)
    if by is sqlite and not exists(address):
        return None
    with closing(by.connect(address)) as connection:
        return checked_revision(connection, address)


def checked_revision(connection: Any, address: Address) -> str | None:  # noqa: ANN401 - of the driver
    """The schema revision; StoreTrouble if this svcq does not know it."""
    try:
        current: str | None = driver(address).revision(connection)
    except StoreTrouble as trouble:
        raise StoreTrouble("{path} is a database, but not an svcq store", path=address) from trouble
    if current is not None and current not in KNOWN:
        raise StoreTrouble(
            "{path} was written by a newer svcq (schema {found}, this one knows {known}): upgrade svcq",
            path=address,
            found=current,
            known=HEAD,
        )
    return current


def upgrade(address: Address) -> None:
    """Make the store if it is missing, apply the schema steps that are due, and make the views anew: one transaction.

    What a store had before was computed by the rules of its time: its ledger is behind until it is computed anew.
    """
    from sqlalchemy import text

    by = driver(address)
    by.prepare(address)
    engine = by.engine(address)
    try:
        with engine.begin() as connection:
            before = checked_revision(connection.connection.driver_connection, address)
            apply_steps(connection)
            due = KNOWN[KNOWN.index(before) + 1 :] if before is not None else ()
            if set(due) - set(SAME_RULES):
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
    server = connection.dialect.name == "postgresql"
    names = [name for name, _body in views()] if with_views else []
    if server:
        from svcq.store.postgres_care import settle
        from svcq.store.postgres_roles import act_as_owner, give, given
        from svcq.store.tables.base import metadata

        raw: Any = connection.connection.driver_connection
        act_as_owner(raw)
        rights = given(raw, names)
    for statement in drops:
        connection.execute(text(statement))
    command.upgrade(config, until)
    if server:
        settle(connection, list(metadata().tables))
    for statement in makes if with_views else ():
        connection.exec_driver_sql(statement)
    if server:
        give(raw, rights, names)


def views() -> list[tuple[str, str]]:
    """The public read model: (name, select), in an order in which they can be made."""
    folder = resources.files("svcq.store") / "views"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [(f.name.removesuffix(".sql").partition("_")[2], f.read_text("utf-8")) for f in files]
