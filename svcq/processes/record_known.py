"""Records of the store as the rows of a file are compared with them, looked up for the whole file at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from svcq.processes.work import Work
from svcq.store.batches import batches
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.staff import Assignment, Staff

CUSTOMER = Customer.__table__  # type: ignore[attr-defined]
PERSON = Staff.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
NAMES = {
    "customer_id": CUSTOMER.c.name,
    "engineer_id": PERSON.c.name,
    "issue_id": Issue.__table__.c.number,  # type: ignore[attr-defined]
}
"""What a column of a record points at, and how people call that."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the records of a process stand."""

    process: str
    """Also the kind of its assignments, and the name of its table."""
    table: Any
    roles: tuple[str, ...] = ()
    """Who is assigned to a record."""

    @property
    def columns(self) -> tuple[str, ...]:
        """What a new record can come with."""
        return tuple(
            one.name for one in self.table.columns if one.name not in ("id", "void_on", "void_reason")
        )


@dataclass(slots=True)
class Known:
    """A record of the store; id 0: one that a row of the same file makes."""

    id: int
    number: str
    values: dict[str, Any]
    """Column -> value."""
    called: dict[str, str | None]
    """customer, engineer, issue: how that is called at which a column points."""
    held: dict[str, tuple[int, str] | None] = field(default_factory=dict)
    """Role -> who holds it on the day from which a change would count."""


def load(work: Work, shelf: Shelf, which: ColumnElement[bool], day: date) -> list[Known]:
    """The records of a condition, by id; `day`: from which a changed person would hold the role."""
    table = shelf.table
    source, names = table, {}
    for key, name in NAMES.items():
        if key in table.c:
            source = source.outerjoin(name.table, name.table.c.id == table.c[key])
            names[key.removesuffix("_id")] = name
    columns = (table, *(name.label(word) for word, name in names.items()))
    found: dict[int, Known] = {}
    for row in work.session.execute(select(*columns).select_from(source).where(which).order_by(table.c.id)):
        values = dict(row._mapping)
        called = {word: values.pop(word) for word in names}
        found[row.id] = Known(row.id, row.number, values, called)
    for record_id, role, who in _holders(work, shelf, found, day):
        found[record_id].held[role] = who
    return list(found.values())


def by_number(work: Work, shelf: Shelf, numbers: Iterable[str], day: date) -> dict[str, Known]:
    """The records of these numbers."""
    found: dict[str, Known] = {}
    for part in batches(sorted(set(numbers))):
        found |= {one.number: one for one in load(work, shelf, shelf.table.c.number.in_(part), day)}
    return found


def of_customers(work: Work, shelf: Shelf, ids: Iterable[int], day: date) -> Iterator[Known]:
    """The records of these customers that are not void."""
    for part in batches(sorted(set(ids))):
        mine = shelf.table.c.customer_id.in_(part) & shelf.table.c.void_on.is_(None)
        yield from load(work, shelf, mine, day)


def _holders(
    work: Work, shelf: Shelf, ids: Iterable[int], day: date
) -> Iterator[tuple[int, str, tuple[int, str] | None]]:
    """Record id, role and holder of every assignment up to a day, the newest of a record last."""
    for part in batches(ids) if shelf.roles else ():
        rows = work.session.execute(
            select(HELD.c.record_id, HELD.c.role, PERSON.c.id, PERSON.c.name)
            .select_from(HELD.outerjoin(PERSON, PERSON.c.id == HELD.c.person_id))
            .where(HELD.c.kind == shelf.process, HELD.c.record_id.in_(part), HELD.c.from_on <= day)
            .order_by(HELD.c.from_on, HELD.c.place.desc())
        )
        yield from ((key, role, (who, name) if who else None) for key, role, who, name in rows)


def ids_of(work: Work, table: Any, numbers: Sequence[str]) -> dict[str, int]:  # noqa: ANN401 - a table
    """The ids of records by number."""
    found: dict[str, int] = {}
    for part in batches(numbers):
        for key, number in work.session.execute(
            select(table.c.id, table.c.number).where(table.c.number.in_(part))
        ):
            found[number] = key
    return found
