"""Many records written at once: rows, people, audit; the ledger follows when the work is finished."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, update

from svcq.processes.holders import SINCE_EVER
from svcq.processes.record_known import HELD, Known, Shelf, ids_of
from svcq.processes.work import DERIVED, Work
from svcq.store.bulk import insert_rows

HOLDS = ("kind", "record_id", "role", "from_on", "place", "person_id")
Who = tuple[int | None, str | None]
"""Id and name of a person; None, None: nobody."""


@dataclass(slots=True)
class Change:
    """What a row asks for: a new record (`known` None) or what is to be changed about one."""

    number: str
    known: Known | None
    values: dict[str, Any]
    """Column -> value."""
    called: dict[str, str | None] = field(default_factory=dict)
    """customer, engineer, issue: how that is called at which a column is to point."""
    people: dict[str, Who] = field(default_factory=dict)
    """Role -> who is to hold it."""

    @property
    def merged(self) -> dict[str, Any]:
        """The record as it will be; a column that is not there says nothing."""
        return {**(self.known.values if self.known else {}), **self.values}

    def keep_what_differs(self) -> None:
        """Leave only what differs from the store; a new record keeps everything."""
        if self.known is None:
            return
        before, held = self.known.values, self.known.held
        self.values = {key: value for key, value in self.values.items() if before[key] != value}
        self.people = {
            role: who for role, who in self.people.items() if (held.get(role) or (None, None)) != who
        }


def write(work: Work, shelf: Shelf, changes: Sequence[Change], day: date) -> None:
    """Write what was asked for; a changed person holds the role from `day`."""
    _insert(work, shelf, [one for one in changes if one.known is None])
    _update(work, shelf, [(one, one.known) for one in changes if one.known is not None], day)
    work.touch(shelf.process, *(one.number for one in changes))


def _insert(work: Work, shelf: Shelf, changes: Sequence[Change]) -> None:
    """New records, each with one row in the audit that holds all of it."""
    names = shelf.columns
    rows = [tuple(map({"number": one.number, **one.values}.get, names)) for one in changes]
    insert_rows(work.session, shelf.table, names, rows)
    ids = ids_of(work, shelf.table, [one.number for one in changes]) if shelf.roles else {}
    held: list[tuple[Any, ...]] = []
    for one in changes:
        whole: dict[str, Any] = {"number": one.number, **one.called, **_shown(one.values)}
        for role, (person_id, name) in one.people.items():
            if person_id is not None:
                held.append((shelf.process, ids[one.number], role, SINCE_EVER, 0, person_id))
                whole[role] = name
        work.log(
            shelf.table.name,
            one.number,
            "insert",
            {key: value for key, value in whole.items() if value is not None},
        )
    insert_rows(work.session, HELD, HOLDS, held)


def _update(work: Work, shelf: Shelf, changes: Sequence[tuple[Change, Known]], day: date) -> None:
    """What changed in known records, one statement for all that change the same columns."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    held: list[tuple[Any, ...]] = []
    for one, known in changes:
        told: dict[str, object] = {
            key: (known.values[key], value) for key, value in _shown(one.values).items()
        }
        for word, name in one.called.items():
            if f"{word}_id" in one.values:
                told[word] = (known.called[word], name)
        for role, (person_id, name) in one.people.items():
            since = day if role in known.held else SINCE_EVER
            held.append((shelf.process, known.id, role, since, 0, person_id))
            former = known.held.get(role)
            told[role] = (former and former[1], name)
            if since != SINCE_EVER:
                told["from"] = (None, since)
        if told:
            work.log(shelf.table.name, one.number, "update", told)
        if one.values:
            values = {f"new_{column}": value for column, value in one.values.items()}
            alike.setdefault(tuple(sorted(one.values)), []).append({"the_id": known.id, **values})
    for columns, rows in alike.items():
        statement = update(shelf.table).where(shelf.table.c.id == bindparam("the_id"))
        statement = statement.values({column: bindparam(f"new_{column}") for column in columns})
        work.session.connection().execute(statement, rows)
    _hold(work, held)


def _hold(work: Work, held: Sequence[tuple[Any, ...]]) -> None:
    """People from a day on, in place of who was given the role on the very day."""
    if held:
        same = [{f"the_{name}": value for name, value in zip(HOLDS, row, strict=True)} for row in held]
        this = [HELD.c[name] == bindparam(f"the_{name}") for name in HOLDS[:4]]
        work.session.connection().execute(delete(HELD).where(*this), same)
        insert_rows(work.session, HELD, HOLDS, held)


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in DERIVED and not key.endswith("_id")}
