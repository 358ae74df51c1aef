"""A whole store from one place to another, whatever the engines: one moment of it, in one transaction, and compared."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Table, select

from svcq.errors import StoreTrouble, Usage
from svcq.store import audit, database, sqlite
from svcq.store.address import Address, Server
from svcq.store.side import Digest, Misfit, Row, Side, moment, plain, writer
from svcq.store.tables.base import metadata

Step = Callable[[int], None]
"""Is told how many rows went over; every row goes twice: there, and back to be compared."""


def quiet(rows: int) -> None:
    """A step that nobody watches."""


def to_file(source: Address, target: Path, step: Step = quiet) -> None:
    """A copy of a store as a file of SQLite, also while others write to it: the copy is one consistent moment."""
    if isinstance(source, Path):
        with database.driver(source).sentences(source):
            sqlite.backup(source, target)
    else:
        transfer(source, target, step, whole=False)


def count(place: Address) -> int:
    """How many rows a store has."""
    with moment(place) as side:
        return side.count()


def transfer(
    source: Address, target: Address, step: Step = quiet, *, dry_run: bool = False, whole: bool = True
) -> dict[str, int]:
    """Copy every row of a store into one that is not there yet; how many there are by table.

    All of it is one transaction, kept only when what stands in the target was read again and found to be the same.
    StoreTrouble if `target` has a store already, if it cannot hold a record, or if the audit of `source` is broken;
    the latter not with `whole` False.
    """
    _free(source, target)
    with moment(source) as reading, _made(target) as writing:
        counts = fill(reading, writing, step, whole=whole)
        if not dry_run:
            writing.commit()
    return counts


def replace(source: Path, target: Server, kept: Path, step: Step = quiet) -> bool:
    """Put the store of a file in place of the one on a server, which goes to the file `kept`; whether there was one.

    All of it is one transaction, from the lock on: nobody writes between what is kept and what replaces it, and whoever
    reads meanwhile sees the old store. StoreTrouble, and the store as it was, if that role does not own it.
    """
    if not database.exists(target):
        transfer(source, target, step)
        return False
    tables = metadata().sorted_tables
    with moment(source) as reading, writer(target) as writing:
        database.checked_revision(writing.raw, target)
        database.apply_steps(writing.connection)
        with _made(kept) as keeping:
            fill(writing, keeping, step, whole=False)
            keeping.commit()
        database.driver(target).clear(writing.raw, [table.name for table in reversed(tables)])
        fill(reading, writing, step)
        writing.commit()
    return True


def _free(source: Address, target: Address) -> None:
    same = source == target
    if isinstance(source, Path) and isinstance(target, Path) and target.exists() and source.exists():
        same = source.samefile(target)
    if same:
        raise Usage("{path} is the store itself", path=target)
    if not database.exists(source):
        raise StoreTrouble("there is no store at {path} yet", path=source)
    with database.driver(target).sentences(target):
        if database.exists(target) and database.reader_revision(target) is not None:
            raise StoreTrouble("{path} has a store already: name another place", path=target)


@contextmanager
def _made(target: Address) -> Iterator[Side]:
    """A new store in a transaction of its own; nothing is left of it if that is not kept."""
    new = isinstance(target, Path) and not target.exists()
    kept = False
    try:
        with writer(target) as side:
            if database.driver(target).revision(side.raw) is not None:  # somebody else was faster
                raise StoreTrouble("{path} has a store already: name another place", path=target)
            strange = database.driver(target).strangers(side.raw, list(metadata().tables))
            if strange is not None:
                raise StoreTrouble(
                    "{path} has a table {table} of something else: name an empty database",
                    path=target,
                    table=strange,
                )
            database.apply_steps(side.connection)
            yield side
            kept = not side.connection.in_transaction()
    finally:
        if new and not kept and isinstance(target, Path):
            for end in ("", "-wal", "-shm", "-journal"):
                target.with_name(target.name + end).unlink(missing_ok=True)


def fill(source: Side, target: Side, step: Step, *, whole: bool = True) -> dict[str, int]:
    """Copy every row into the empty tables of `target`, compare, and look at the audit; how many there are by table.

    `whole` False: also a store whose audit is broken.
    """
    if isinstance(target.place, Path):
        target.connection.exec_driver_sql("pragma defer_foreign_keys = on")
    counts = {table.name: _copy(source, target, table, step) for table in metadata().sorted_tables}
    if isinstance(target.place, Server):
        target.connection.exec_driver_sql("analyze")
    if whole and (row := _broken(target)) is not None:
        raise StoreTrouble(
            "{path}: the audit is broken at row {row}, and the store is not copied: `svcq db check` tells more",
            path=source.place,
            row=row,
        )
    if not database.driver(target.place).protected(target.raw, "audit"):
        raise StoreTrouble(
            "{path}: the audit would not be protected there; nothing was kept", path=target.place
        )
    return counts


def _broken(side: Side) -> int | None:
    """The row at which the audit's chain is broken, None if it is whole."""
    tables = metadata().tables
    with closing(side.parts(tables["setting"])) as facts, closing(side.parts(tables["audit"])) as parts:
        head: dict[str, str] = dict(row for part in facts for row in part)
        faults = audit.faults((row for part in parts for row in part), head.get(audit.HEAD_KEY))
        return next((row for row, _fault in faults), None)


def _copy(source: Side, target: Side, table: Table, step: Step) -> int:
    gone, come = Digest(), Digest()

    def rows(parts: Iterator[list[Row]]) -> Iterator[Row]:
        for part in parts:
            gone.add(part)
            step(len(part))
            yield from part

    try:
        with closing(source.parts(table)) as parts:
            target.take(table, rows(parts))
    except Misfit as misfit:
        raise _refusal(source, target, misfit) from misfit
    for part in target.parts(table):
        come.add(part)
        step(len(part))
    if not gone.same(come):
        raise StoreTrouble(
            "{path}: {table} did not arrive as it was ({come} rows of {gone}); nothing was kept",
            path=target.place,
            table=table.name,
            come=come.rows,
            gone=gone.rows,
        )
    return gone.rows


def _refusal(source: Side, target: Side, misfit: Misfit) -> StoreTrouble:
    """Which record it is, by the name that people know it by."""
    table, row = misfit.table, misfit.row
    if not row:
        return StoreTrouble(
            "{path} cannot hold {table}: {why}; nothing was kept",
            path=target.place,
            table=table.name,
            why=misfit.why,
        )
    known = next((table.c[name] for name in ("number", "name") if name in table.c), None)
    columns = [known] if known is not None and not known.primary_key else list(table.primary_key.columns)
    query = select(*map(plain, columns)).order_by(*table.primary_key.columns).limit(1).offset(row - 1)
    found = source.connection.execute(query).one()
    return StoreTrouble(
        "{path} cannot hold {table} {record}: {why}; nothing was kept",
        path=target.place,
        table=table.name,
        record=" ".join(str(value) for value in found),
        why=misfit.why,
    )
