"""Whether a record is still as somebody saw it: the newest audit row about it against the one that was there then."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from svcq.errors import N_, Refused
from svcq.processes import callback
from svcq.processes.work import Work
from svcq.rules.matching import name_key, tidy_number
from svcq.store.batches import batches
from svcq.store.revised import REVISED
from svcq.store.tables.customer import Customer
from svcq.store.tables.house import Audit
from svcq.store.tables.staff import Staff

CHANGES = Audit.__table__.c  # type: ignore[attr-defined]
NAMED = {
    "customer": Customer.__table__.c,  # type: ignore[attr-defined]
    "staff": Staff.__table__.c,  # type: ignore[attr-defined]
}
"""Kinds whose records are called by a name, and their columns."""
CHANGED = N_(
    "{number} was changed by {actor} at {at} (revision {found}, here {said}): look at it again and leave "
    "--revision out"
)
UNKNOWN = N_("{number} has no revision {said}; its newest is {found}")


def newest(work: Work, kind: str, numbers: Iterable[str]) -> dict[str, int]:
    """The revision of each of these records before this unit of work; those without any change are left out."""
    found: dict[str, int] = {}
    for part in batches(sorted(set(numbers))):
        about = CHANGES.number.in_(part) & CHANGES.table_name.in_(REVISED[kind])
        rows = select(CHANGES.number, func.max(CHANGES.id)).where(about).group_by(CHANGES.number)
        found |= {number: revision for number, revision in work.session.execute(rows)}
    return found


def called(work: Work, kind: str, said: Iterable[str]) -> dict[str, str]:
    """How the audit calls the records that people name so: a hospital by its code or name, a person by name."""
    if kind not in NAMED:
        return {one: tidy_number(one) for one in said}
    keys = {one: (name_key(one), one.strip()) for one in said}
    columns = NAMED[kind]
    names = _names(work, columns.name_key, columns.name, (key for key, _ in keys.values()))
    codes: dict[str, str] = {}
    if kind == "customer":
        codes = _names(work, columns.code, columns.name, (code for _, code in keys.values()))
    return {one: codes.get(code) or names.get(key) or code for one, (key, code) in keys.items()}


def _names(work: Work, column: Any, name: Any, wanted: Iterable[str]) -> dict[str, str]:  # noqa: ANN401 - columns
    """What stands in a column -> the name beside it."""
    found: dict[str, str] = {}
    for part in batches(sorted(set(wanted))):
        rows = work.session.execute(select(column, name).where(column.in_(part)))
        found |= {str(key): str(called) for key, called in rows}
    return found


def disagreement(
    work: Work, number: str, found: int, said: int, changed: str = CHANGED, unknown: str = UNKNOWN
) -> Refused | None:
    """Why a record of revision `found` is not as it was seen at revision `said`; None if it is."""
    if found == said:
        return None
    if found < said:
        return Refused(unknown, number=number, said=said, found=found)
    row = work.session.get_one(Audit, found)
    return Refused(changed, number=number, actor=row.actor, at=row.at, found=found, said=said)


def expect(work: Work, kind: str, name: str, said: int) -> None:
    """Refuse to go on if the record was changed after revision `said`; one that is not there is for others to miss."""
    number = callback.find(work, name).number if kind == "callback" else called(work, kind, [name])[name]
    found = newest(work, kind, [number]).get(number)
    if found is not None and (why := disagreement(work, number, found, said)) is not None:
        raise why
