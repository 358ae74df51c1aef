"""The schema on PostgreSQL: how texts compare, what makes a table append-only, what the server finds wrong."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection

COLUMNS = """
select c.table_name, c.column_name,
       case c.data_type when 'integer' then 'bigint' when 'text' then 'text collate "C"' else 'varchar collate "C"' end
from information_schema.columns c
join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.table_name = any(%(tables)s)
  and (c.data_type in ('character varying', 'text') and c.collation_name is distinct from 'C'
       or c.data_type = 'integer' and right(c.column_name, 4) = '_fen')
order by c.table_name, c.ordinal_position
"""
"""Columns that are not yet what they have to be, and what that is."""


def settle(connection: "Connection", tables: Sequence[str]) -> None:
    """What a schema step leaves to the engine, done after it; run again it finds nothing to do.

    Texts compare and sort by their code points, as in a file, whatever the language of the server. Money has 64 bits.
    The audit is append-only.
    """
    changes: dict[str, list[str]] = {}
    for table, column, kind in connection.exec_driver_sql(COLUMNS, {"tables": list(tables)}).all():
        changes.setdefault(table, []).append(f'alter column "{column}" type {kind}')
    for table, columns in changes.items():
        connection.exec_driver_sql(f'alter table "{table}" {", ".join(columns)}')
    for statement in protect("audit"):
        connection.exec_driver_sql(statement)


APPEND_ONLY = (
    "create or replace function {table}_append_only() returns trigger language plpgsql as"
    " $$ begin raise exception '{table} is append-only'; end $$",
    "create or replace trigger {table}_no_change before update or delete on {table}"
    " for each row execute function {table}_append_only()",
    "create or replace trigger {table}_no_truncate before truncate on {table}"
    " for each statement execute function {table}_append_only()",
)
"""A row with a key that is there already is refused by the key itself: PostgreSQL has no `insert or replace`."""


def protect(table: str) -> list[str]:
    """The statements that make a table append-only."""
    return [statement.format(table=table) for statement in APPEND_ONLY]


def protected(connection: "psycopg.Connection[Any]", table: str) -> bool:
    """Whether everything that makes the table append-only is in place, switched on, and does what it is for."""
    wanted = {f"{table}_no_change", f"{table}_no_truncate"}
    body = APPEND_ONLY[0].format(table=table).split("$$")[1]
    found = connection.execute(
        "select t.tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid"
        " where t.tgrelid = to_regclass(%s) and t.tgenabled in ('O', 'A') and p.prosrc = %s",
        (table, body),
    )
    return wanted <= {name for (name,) in found}


def clear(connection: "psycopg.Connection[Any]", tables: Sequence[str]) -> None:
    """Delete every row, `tables` in the order in which they may go; only the owner may, for the audit's sake.

    Whoever reads meanwhile goes on seeing the rows until others are there: truncating would hide them at once.
    """
    connection.execute("alter table audit disable trigger user")
    for table in tables:
        connection.execute(f'delete from "{table}"'.encode())
    connection.execute("alter table audit enable trigger user")


def strangers(connection: "psycopg.Connection[Any]", tables: Sequence[str]) -> str | None:
    """A table of something else that stands where one of ours is to stand."""
    found = connection.execute(
        "select relname from pg_class where relnamespace = quote_ident(current_schema())::regnamespace"
        " and relname = any(%s) order by 1 limit 1",
        (list(tables),),
    ).fetchone()
    return str(found[0]) if found else None


def stream(connection: "psycopg.Connection[Any]", sql: str) -> "psycopg.ServerCursor[Any]":
    """The rows of a query as they are fetched, never all of them in memory."""
    cursor = connection.cursor("svcq_transfer")
    cursor.execute(sql.encode())
    return cursor


LINE = re.compile(r"\bline (\d+)")


def misfit(error: Exception, given: int) -> tuple[int, str] | None:
    """Why a row was not taken, and the how many-eth it was, 0 if that is not known; None if it is about no row."""
    from svcq.store.postgres_errors import library

    cause = getattr(error, "orig", error)
    if not isinstance(cause, library().DataError | library().IntegrityError):
        return None
    if cause.sqlstate is None:  # psycopg's own: it does not hand over what no server takes
        return given, str(cause)
    line = LINE.search(cause.diag.context or "")
    return int(line[1]) if line else 0, cause.diag.message_detail or cause.diag.message_primary or str(cause)


def faults(connection: "psycopg.Connection[Any]") -> Iterator[str]:
    """What the server finds wrong: constraints that were switched off and never held against the rows."""
    found = connection.execute(
        "select conname, conrelid::regclass::text from pg_constraint"
        " where connamespace = quote_ident(current_schema())::regnamespace and not convalidated order by 2, 1"
    )
    for name, table in found:
        yield f"{table}: the constraint {name} was not held against its rows"
