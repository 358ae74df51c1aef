"""三.3: the work and leave records that a spot check can draw from, and whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from svcq.processes.issue_owed import ISSUE, STEP
from svcq.processes.work import Work
from svcq.rules.issue_check import Window, window
from svcq.store.batches import batches
from svcq.store.tables.issue_check import SpotSample
from svcq.store.tables.staff import Leave, Staff, StaffRole

PERSON = Staff.__table__  # type: ignore[attr-defined]
ROLE = StaffRole.__table__  # type: ignore[attr-defined]
LEAVE = Leave.__table__  # type: ignore[attr-defined]
SAMPLE = SpotSample.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Covered:
    """Up to which day earlier samples have gone; what stands there is not drawn again."""

    everybody: date | None
    """Samples of every engineer; None: there is none."""
    one: dict[int, date]
    """Person -> samples of that person alone."""

    def window(self, today: date, age: int, only: Staff | None) -> Window:
        """The days that can be drawn from, of everybody or of `only` one person."""
        own = self.one.get(only.id) if only and only.id is not None else None
        return window(today, age, max((day for day in (self.everybody, own) if day), default=None))

    def holds(self, person_id: int, day: date) -> bool:
        """Whether a sample of that person alone has gone past the day."""
        return person_id in self.one and day <= self.one[person_id]


def covered(work: Work) -> Covered:
    """What the samples in the store have covered."""
    last = sa.select(SAMPLE.c.person_id, sa.func.max(SAMPLE.c.window_until)).group_by(SAMPLE.c.person_id)
    found = {person_id: until for person_id, until in work.session.execute(last)}
    return Covered(found.pop(None, None), found)


@dataclass(slots=True)
class Pool:
    """The records that can be drawn."""

    ids: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    """(person, `work` or `leave`) -> the ids of the steps or leaves."""
    nobodys: int = 0
    """Work records that name nobody: they cannot be drawn."""

    def of(self, person: Staff, record: str) -> list[int]:
        """What can be drawn of a person."""
        return self.ids.get((person.id or 0, record), [])


def gather(work: Work, days: Window, before: Covered, only: Staff | None) -> Pool:
    """The records of these days, of everybody or of `only` one person; those of void issues are left out."""
    steps = sa.select(STEP.c.id, STEP.c.person_id, STEP.c.done_on).where(
        _among(STEP, STEP.c.done_on, days, only)
    )
    steps = steps.join(ISSUE, ISSUE.c.id == STEP.c.issue_id).where(ISSUE.c.void_on.is_(None))
    leaves = sa.select(LEAVE.c.id, LEAVE.c.person_id, LEAVE.c.from_on).where(
        _among(LEAVE, LEAVE.c.from_on, days, only)
    )
    pool = Pool()
    for record, rows in (("work", steps), ("leave", leaves)):
        for key, person_id, on in work.session.execute(rows):
            if person_id is None:
                pool.nobodys += 1
            elif not before.holds(person_id, on):
                pool.ids.setdefault((person_id, record), []).append(key)
    return pool


def _among(table: sa.Table, day: sa.Column[date], days: Window, only: Staff | None) -> sa.ColumnElement[bool]:
    """Rows of these days, of everybody or of `only` one person."""
    found = day <= days.last
    if days.first is not None:
        found &= day >= days.first
    return found if only is None else found & (table.c.person_id == only.id)


def engineers(work: Work, days: Window, pool: Pool) -> list[Staff]:
    """Whose records are checked, by name: the engineers of these days, and whoever else worked on a problem."""
    is_engineer = sa.exists().where(ROLE.c.staff_id == PERSON.c.id, ROLE.c.role == "engineer")
    here = PERSON.c.void_on.is_(None) & (PERSON.c.joined_on.is_(None) | (PERSON.c.joined_on <= days.last))
    if days.first is not None:
        here &= PERSON.c.left_on.is_(None) | (PERSON.c.left_on >= days.first)
    found = {one.id: one for one in _people(work, is_engineer & here)}
    others = [key for key, record in pool.ids if record == "work" and key not in found]
    for part in batches(others):
        found |= {one.id: one for one in _people(work, PERSON.c.id.in_(part))}
    return sorted(found.values(), key=lambda one: one.name)


def _people(work: Work, which: sa.ColumnElement[bool]) -> Iterable[Staff]:
    return work.session.scalars(sa.select(Staff).where(which))
