"""A store and a transaction on it, from which whole tables are read or into which they are put, whatever the engine."""

import hashlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, String, Table, cast, func, select

from svcq.errors import StoreTrouble
from svcq.store import database
from svcq.store.address import Address
from svcq.store.batches import SIZE
from svcq.store.bulk import insert_plain
from svcq.store.tables.base import metadata

Row = tuple[Any, ...]


@dataclass(slots=True)
class Digest:
    """What a table says: how many rows, and a hash over all of them in the order of the key."""

    rows: int = 0
    said: Any = field(default_factory=hashlib.sha256)

    def add(self, part: list[Row]) -> None:
        """The next rows; both sides come in parts of one size."""
        self.rows += len(part)
        self.said.update(repr(part).encode())

    def same(self, other: "Digest") -> bool:
        """Whether both read the same."""
        return (self.rows, self.said.digest()) == (other.rows, other.said.digest())


@dataclass(frozen=True, slots=True)
class Side:
    """A store and an open transaction on it."""

    place: Address
    connection: Connection

    @property
    def raw(self) -> Any:  # noqa: ANN401 - of the driver
        """The driver's own connection."""
        return self.connection.connection.driver_connection

    def parts(self, table: Table) -> Generator[list[Row], None, None]:
        """The rows of a table in the order of its key, no more of them in memory than a part.

        Values come as they stand in a file, from either engine: days as texts, flags as 0 and 1.
        """
        columns = (plain(column) for column in table.columns)
        query = select(*columns).order_by(*table.primary_key.columns)
        text = str(query.compile(dialect=self.connection.dialect))
        by = database.driver(self.place)
        with by.sentences(self.place):
            found = by.stream(self.raw, text)
        with closing(found):
            while True:
                with by.sentences(self.place):
                    part: list[Row] = found.fetchmany(SIZE)
                if not part:
                    return
                yield part

    def take(self, table: Table, rows: Iterator[Row]) -> None:
        """Put rows in a table. StoreTrouble, with the record, if this engine cannot hold one of them."""
        given = 0

        def counted() -> Iterator[Row]:
            nonlocal given
            for row in rows:
                given += 1
                yield row

        try:
            insert_plain(self.connection, table, counted())
        except Exception as error:
            found = database.driver(self.place).misfit(error, given)
            if found is None:
                raise
            raise Misfit(table, *found) from error

    def commit(self) -> None:
        """Keep what was written. StoreTrouble if rows point nowhere."""
        try:
            self.connection.commit()
        except Exception as error:
            found = database.driver(self.place).misfit(error, 0)
            if found is None:
                raise
            raise StoreTrouble("{path}: {why}; nothing was kept", path=self.place, why=found[1]) from error

    def count(self) -> int:
        """How many rows there are."""
        tables = metadata().sorted_tables
        with database.driver(self.place).sentences(self.place):
            return sum(self.connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


class Misfit(Exception):
    """A row that the engine cannot hold: in which table, the how many-eth, and why; 0 if it is not known which."""

    def __init__(self, table: Table, row: int, why: str) -> None:
        super().__init__(why)
        self.table = table
        self.row = row
        self.why = why


def plain(column: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's
    """A column whose values come as they stand in a file."""
    if isinstance(column.type, Date):
        return cast(column, String)
    return cast(column, Integer) if isinstance(column.type, Boolean) else column


@contextmanager
def moment(place: Address) -> Iterator[Side]:
    """The store as it is now, whatever is written to it meanwhile; an older one is brought up first."""
    by = database.driver(place)
    with by.sentences(place):
        if database.reader_revision(place) != database.HEAD:
            database.upgrade(place)
        engine = by.snapshot(place)
    try:
        with by.sentences(place):
            connection = engine.connect()
            connection.begin()
        with connection:
            yield Side(place, connection)
    finally:
        engine.dispose()


@contextmanager
def writer(target: Address) -> Iterator[Side]:
    """A transaction that holds the write lock of a store; whoever opens it also says that it is kept."""
    by = database.driver(target)
    with by.sentences(target):
        by.prepare(target)
        engine = by.engine(target)
        try:
            with engine.connect() as connection:
                connection.begin()
                yield Side(target, connection)
        finally:
            engine.dispose()
