"""七: in which team and region a person is from a day on: a score belongs to those of the day of its evidence."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from svcq.processes.holders import SINCE_EVER
from svcq.processes.work import Work, not_in_future
from svcq.store.tables.staff import Staff, StaffUnit

UNIT = ("team", "region")
Where = dict[str, str | None]
Told = dict[str, tuple[object, object]]


def enter(work: Work, staff: Staff) -> None:
    """Where a new person is, since ever."""
    if staff.team is not None or staff.region is not None:
        _write(work, staff, [_row(staff, SINCE_EVER, {key: getattr(staff, key) for key in UNIT})])


def move(
    work: Work, staff: Staff, said: Mapping[str, str | None], from_on: date | None
) -> tuple[Where, Told]:
    """Put a person into another team or region from a day on (default: today), until the next move that is known.

    What was not known before is filled in since ever. Gives what stands on the person then, and what the audit tells
    besides; both empty if nothing differs. Refused for a day that is still to come.
    """
    rows, day = _rows(work, staff), from_on or work.today
    not_in_future(work, day)
    before = _at(rows, day)
    new = {key: value for key, value in said.items() if value != before[key]}
    if not new:
        return {}, {}
    blank = {key for key in new if all(getattr(row, key) is None for row in rows)}
    if not rows:
        rows = [_row(staff, SINCE_EVER, {})]
    for row in rows:
        for key in blank:
            setattr(row, key, new[key])
    moved = {key: value for key, value in new.items() if key not in blank}
    if moved:
        rows = _put(staff, rows, day, moved)
    _write(work, staff, rows)
    told: Told = {key: (before[key], value) for key, value in new.items()}
    if moved and day != SINCE_EVER:
        told["from"] = (None, day)
    return _at(rows, work.today), told


def record(
    work: Work, staff: Staff, said: Mapping[str, str | None], day: date, *, force: bool = False
) -> bool | None:
    """七: a person is in exactly this team and region from `day` on, until the next move that is known.

    True for a new move, False for one that was mended, None if it is known. Refused for a day that is still to come,
    unless that is forced.
    """
    rows = _rows(work, staff)
    not_in_future(work, day, force=force)
    before, known = _at(rows, day), any(row.from_on == day for row in rows)
    new = {key: value for key, value in said.items() if value != before[key]}
    if not new:
        return None
    if not rows and day != SINCE_EVER:
        rows = [_row(staff, SINCE_EVER, {})]
    rows = _put(staff, rows, day, new)
    _write(work, staff, rows)
    told: Told = {key: (before[key], value) for key, value in new.items()}
    if day != SINCE_EVER:
        told["from"] = (None, day)
    work.change(staff, staff.name, _at(rows, work.today), told)
    return not known


def _rows(work: Work, staff: Staff) -> list[StaffUnit]:
    """Where a person is known to be, oldest first."""
    mine = select(StaffUnit).where(StaffUnit.staff_id == staff.id).order_by(col(StaffUnit.from_on))
    return list(work.session.exec(mine))


def _row(staff: Staff, day: date, where: Mapping[str, str | None]) -> StaffUnit:
    assert staff.id is not None
    return StaffUnit(staff_id=staff.id, from_on=day, **where)


def _put(staff: Staff, rows: list[StaffUnit], day: date, new: Mapping[str, str | None]) -> list[StaffUnit]:
    """The rows with what is new from a day on."""
    there = next((row for row in rows if row.from_on == day), None)
    if there is None:
        there = _row(staff, day, _at(rows, day))
        rows = sorted([*rows, there], key=lambda row: row.from_on)
    for key, value in new.items():
        setattr(there, key, value)
    return rows


def _write(work: Work, staff: Staff, rows: list[StaffUnit]) -> None:
    """Keep the rows, oldest first, but none that says what the one before it says."""
    last: StaffUnit | None = None
    for row in rows:
        if last is None or any(getattr(row, key) != getattr(last, key) for key in UNIT):
            work.session.add(row)
            last = row
        elif row in work.session:
            work.session.delete(row)
    work.session.flush()


def _at(rows: list[StaffUnit], day: date) -> Where:
    """Team and region on a day."""
    known = [row for row in rows if row.from_on <= day]
    return {key: getattr(known[-1], key) if known else None for key in UNIT}
