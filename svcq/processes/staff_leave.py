"""三.3: days on which people are away; a spot check holds the work records against them."""

from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes.names import living_person
from svcq.processes.work import Work
from svcq.store.tables.issue_check import SpotFinding
from svcq.store.tables.staff import Leave, Staff


def add(work: Work, name: str, from_on: date, until_on: date, kind: str | None = None) -> bool:
    """A person is away from a day until another; a kind that is said replaces the known one. False if it is known.

    Refused if it ends before it begins, or overlaps what is known otherwise: a day off is one day off.
    """
    staff = living_person(work, name)
    if until_on < from_on:
        raise Refused(
            "the leave ends on {until}, before it begins on {from_on}",
            clause="三.3",
            until=until_on,
            from_on=from_on,
        )
    known = _overlapping(work, staff, from_on, until_on)
    if known is None:
        assert staff.id is not None
        work.insert(Leave(person_id=staff.id, from_on=from_on, until_on=until_on, kind=kind), staff.name)
        return True
    if (known.from_on, known.until_on) == (from_on, until_on):
        return work.change(known, staff.name, {"kind": kind}) if kind is not None else False
    raise Refused(
        "{name} is away from {from_on} until {until} already:"
        " `svcq staff leave {name} --from {from_on} --until {until} --undo` takes that back",
        clause="三.3",
        name=staff.name,
        from_on=known.from_on,
        until=known.until_on,
    )


def remove(work: Work, name: str, from_on: date, until_on: date) -> bool:
    """Take back a leave of exactly these days; it stays in the audit. False if there is none.

    Refused once it was drawn for a spot check: what was drawn stays.
    """
    staff = living_person(work, name)
    row = _overlapping(work, staff, from_on, until_on)
    if row is None or (row.from_on, row.until_on) != (from_on, until_on):
        return False
    drawn = work.session.exec(select(SpotFinding.number).where(SpotFinding.leave_id == row.id)).first()
    if drawn is not None:
        raise Refused(
            "this leave was drawn for the spot check as {number}: `svcq issue finding {number} wrong` says what it is",
            clause="三.3",
            number=drawn,
        )
    work.remove(row, staff.name)
    return True


def _overlapping(work: Work, staff: Staff, from_on: date, until_on: date) -> Leave | None:
    """The first leave of a person that shares a day with these."""
    rows = select(Leave).where(
        Leave.person_id == staff.id, Leave.from_on <= until_on, Leave.until_on >= from_on
    )
    return work.session.exec(rows.order_by(col(Leave.from_on))).first()
