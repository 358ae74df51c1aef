"""Many rows in at once: one executemany or COPY of the driver, spared the work that the ORM and Core do for each row."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlmodel import Session


class _Ready(dict[Any, Any]):
    """Value -> what the driver is given for it; dates and flags come again and again."""

    def __init__(self, prepare: Callable[[Any], Any]) -> None:
        super().__init__()
        self._prepare = prepare

    def __missing__(self, value: Any) -> Any:  # noqa: ANN401
        ready = self[value] = self._prepare(value)
        return ready


def insert_rows(session: Session, table: Any, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:  # noqa: ANN401
    """Insert rows whose values stand in the order of `names`, the columns; defaults of Python do not apply."""
    if not rows:
        return
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        from svcq.store import postgres

        postgres.copy_in(connection.connection.driver_connection, table.name, names, rows)
        return
    statement = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(names))
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    ready = []
    for name in statement.positiontup or ():
        prepare = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        values = columns[name]
        ready.append(values if prepare is None else list(map(_Ready(prepare).__getitem__, values)))
    connection.exec_driver_sql(statement.string, list(zip(*ready, strict=True)))


def insert_plain(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert whole rows as they stand in a file, days as texts and flags as 0 and 1: one statement, whatever the engine."""
    raw: Any = connection.connection.driver_connection
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        from svcq.store import postgres

        postgres.copy_in(raw, table.name, names, rows)
        return
    raw.executemany(str(insert(table).inline().compile(dialect=connection.dialect, column_keys=names)), rows)
