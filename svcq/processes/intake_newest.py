"""Rows of an export that come back: refused where they would change what somebody else changed since they went out."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from svcq.errors import N_, Refused
from svcq.processes import revisions
from svcq.processes.intake import Fault, Intake, Line, Manner, Outcome
from svcq.processes.work import Pending, Work
from svcq.store.revised import REVISED, REVISION, named_by

CHANGED = N_(
    "{number} was changed by {actor} at {at} (revision {found}, here {said}): export it again, or empty this cell "
    "to write the row all the same"
)
UNKNOWN = N_(
    "{number} has no revision {said}, its newest is {found}: the sheet is of another store; export it again, or "
    "empty this cell"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A row that says how new it is: its record as the audit calls it."""

    row: int
    number: str
    revision: int


def take(work: Work, intake: Intake, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Take the rows of a sheet in, but none that would change a record of another revision than the row's.

    What the rows would change is seen by taking them; if one may not, all is taken back and the others are taken
    again. Rows of the same file do not count as changes of somebody else: the audit learns of them at the end.
    """
    plain = [_without(line) for line in lines]
    doubtful, faults = _doubtful(work, intake, lines)
    kept = _but(plain, faults)
    if not doubtful:
        outcome = intake.take(work, kept, manner)
        outcome.faults += faults
        return outcome
    before = work.pending
    work.pending = Pending([*before.entries], {key: {*names} for key, names in before.touched.items()})
    changes, attempt = work.changes, work.session.begin_nested()
    outcome = intake.take(work, kept, manner)
    stale = _stale(work, intake.kind, doubtful, len(before.entries))
    if stale:
        attempt.rollback()
        work.pending, work.changes = before, changes
        return _again(work, intake, kept, [*faults, *stale], manner)
    attempt.commit()
    outcome.faults += faults
    return outcome


def _again(
    work: Work, intake: Intake, lines: Sequence[Line], faults: Sequence[Fault], manner: Manner
) -> Outcome:
    """Take the rows without a fault; their progress was told already."""
    outcome = intake.take(work, _but(lines, faults), replace(manner, step=lambda rows: None))
    outcome.faults += faults
    return outcome


def _without(line: Line) -> Line:
    """The row as the process knows it."""
    if REVISION not in line.values:
        return line
    return Line(line.row, {key: value for key, value in line.values.items() if key != REVISION})


def _but(lines: Sequence[Line], faults: Sequence[Fault]) -> Sequence[Line]:
    rows = {fault.row for fault in faults}
    return [line for line in lines if line.row not in rows] if rows else lines


def _doubtful(work: Work, intake: Intake, lines: Sequence[Line]) -> tuple[list[_Said], list[Fault]]:
    """The rows whose revision is not that of their record, and those that name no record for it."""
    said = [
        (line, int(str(line.values[REVISION]))) for line in lines if line.values.get(REVISION) is not None
    ]
    if intake.kind not in REVISED or not said:
        return [], []
    names: dict[int, str] = {}
    faults = []
    for line, _ in said:
        name = next((str(line.values[key]) for key in intake.named if line.values.get(key)), "")
        if name:
            names[line.row] = name
        else:
            why = Refused("a revision needs the number of its record: fill that in, or empty this cell")
            faults.append(Fault(line.row, REVISION, why))
    numbers = revisions.called(work, intake.kind, names.values())
    known = revisions.newest(work, intake.kind, numbers.values())
    doubtful = []
    for line, revision in said:
        number = numbers.get(names.get(line.row, ""))
        if number and known.get(number) != revision:
            doubtful.append(_Said(line.row, number, revision))
    return doubtful, faults


def _stale(work: Work, kind: str, doubtful: Sequence[_Said], begin: int) -> list[Fault]:
    """The doubtful rows whose record has changed in this unit of work, from the audit row `begin` on."""
    former = _changed(work, kind, {one.number for one in doubtful}, begin)
    said = {one: former[one.number] for one in doubtful if one.number in former}
    known = revisions.newest(work, kind, said.values())
    faults = []
    for one, number in said.items():
        found = known.get(number)
        if found is None:
            continue  # it is new here, whatever it was elsewhere
        why = revisions.disagreement(work, number, found, one.revision, CHANGED, UNKNOWN)
        if why is not None:
            faults.append(Fault(one.row, REVISION, why))
    return faults


def _changed(work: Work, kind: str, numbers: Collection[str], begin: int) -> Mapping[str, str]:
    """Those of the records that have changed -> how each was called before."""
    field = named_by(kind)
    former: dict[str, str] = {}
    for entry in work.pending.entries[begin:]:
        if entry.number not in numbers or entry.table not in REVISED[kind]:
            continue
        renamed = json.loads(entry.changes).get(field) if entry.action == "update" else None
        before = renamed[0] if isinstance(renamed, list) else entry.number
        former.setdefault(entry.number, str(before))
    return former
