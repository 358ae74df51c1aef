"""Who holds a role on a record, from a day on; nothing is overwritten but an assignment of the same day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from svcq.processes.work import Work
from svcq.store.tables.staff import Assignment, Staff

SINCE_EVER = date.min
"""From when the first holder of a role has it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What people are assigned to: the kind, its id, and the number that the audit shows."""

    kind: str
    id: int
    number: str


def held(work: Work, record: Record, role: str, day: date) -> list[str]:
    """The names of those who hold the role on that day, the first named first."""
    rows = _rows(work, record, role, day)
    ids = [row.person_id for row in rows if row.person_id is not None]
    staff = {s.id: s.name for s in work.session.exec(select(Staff).where(col(Staff.id).in_(ids)))}
    return [staff[i] for i in ids]


def assign(
    work: Work, record: Record, role: str, people: Sequence[Staff], *, from_on: date = SINCE_EVER
) -> bool:
    """Give the role to `people` from `from_on` on (nobody: an empty sequence); False if they hold it already."""
    before = held(work, record, role, from_on)
    after = [one.name for one in people]
    if before == after:
        return False
    for row in _rows(work, record, role, from_on):
        if row.from_on == from_on:
            work.session.delete(row)
    work.session.flush()
    for place, person_id in enumerate([one.id for one in people] or [None]):
        work.session.add(
            Assignment(
                kind=record.kind,
                record_id=record.id,
                role=role,
                from_on=from_on,
                place=place,
                person_id=person_id,
            )
        )
    work.session.flush()
    changes: dict[str, object] = {role: ("、".join(before) or None, "、".join(after) or None)}
    if from_on != SINCE_EVER:
        changes["from"] = (None, from_on)
    work.log(record.kind, record.number, "update", changes)
    work.touch(record.kind, record.number)
    return True


def _rows(work: Work, record: Record, role: str, day: date) -> list[Assignment]:
    """The assignment rows in force on that day."""
    rows = work.session.exec(
        select(Assignment)
        .where(
            Assignment.kind == record.kind,
            Assignment.record_id == record.id,
            Assignment.role == role,
            Assignment.from_on <= day,
        )
        .order_by(col(Assignment.from_on).desc(), col(Assignment.place))
    ).all()
    return [row for row in rows if row.from_on == rows[0].from_on]
