"""`assign`: a role on a record goes to somebody else from a day on."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from svcq.errors import Phrase, Refused, Usage
from svcq.policy.model import ROLES
from svcq.processes import holders
from svcq.processes.names import living_person, person
from svcq.processes.staff_owed import admit
from svcq.processes.work import Work
from svcq.store.tables.base import metadata
from svcq.store.tables.staff import Assignment

HELD = Assignment.__table__  # type: ignore[attr-defined]
EXAMINED = ("engineer",)
"""三.1: roles that nobody new gets before the exam."""


def assign(
    work: Work,
    record: holders.Record,
    known: Sequence[str],
    role: str,
    names: Sequence[str],
    from_on: date | None,
    *,
    several: Sequence[str] = (),
    force: bool = False,
) -> bool:
    """Give a role on a record to `names` from `from_on` (default: today); False if they hold it already.

    `known`: the roles of that kind of record; `several`: those that more than one person can hold. Nobody (no
    names) ends it. Usage if there is no such role, refused if a person has left by then, or is new and has not
    passed the exam (三.1), unless that is forced.
    """
    if role not in known:
        raise Usage("{role} is no role here; one of {roles}", role=repr(role), roles=", ".join(known))
    if len(names) > 1 and role not in several:
        raise Usage("only one person can be the {role}", role=Phrase(role.replace("_", " ")))
    day = from_on or work.today
    people = [living_person(work, name) for name in names]
    before = holders.held(work, record, role, day)
    for one in people:
        if one.left_on and one.left_on < day:
            raise Refused("{name} left on {on}", name=one.name, on=one.left_on)
        if role in EXAMINED and one.name not in before:
            admit(work, one, force=force)
    return holders.assign(work, record, role, people, from_on=day)


def hand_over(work: Work, role: str, name: str, to: str, from_on: date | None, *, force: bool = False) -> int:
    """Give everything that a person holds in a role to another from a day on; the number of records.

    Refused if the other has left by then, or is new and has not passed the exam (三.1), unless that is forced.
    """
    if role not in ROLES:
        raise Usage("{role} is no role; one of {roles}", role=repr(role), roles=", ".join(ROLES))
    day = from_on or work.today
    former, heir = person(work, name), living_person(work, to)
    if former.id == heir.id:
        raise Usage("{name} holds it already", name=heir.name)
    if heir.left_on and heir.left_on < day:
        raise Refused("{name} left on {on}", name=heir.name, on=heir.left_on)
    if role in EXAMINED:
        admit(work, heir, force=force)
    rows = work.session.execute(
        select(HELD.c.kind, HELD.c.record_id)
        .where(HELD.c.role == role, HELD.c.person_id == former.id, HELD.c.from_on <= day)
        .distinct()
        .order_by(HELD.c.kind, HELD.c.record_id)
    )
    changed = 0
    for kind, key in rows.all():
        table = metadata().tables[kind]
        named = table.c.number if "number" in table.c else table.c.name
        number = work.session.execute(
            select(named).where(table.c.id == key, table.c.void_on.is_(None))
        ).scalar()
        if number is None:
            continue
        record = holders.Record(kind, key, str(number))
        names = holders.held(work, record, role, day)
        if former.name in names:
            kept = [heir.name if one == former.name else one for one in names]
            people = [person(work, one) for one in dict.fromkeys(kept)]
            changed += holders.assign(work, record, role, people, from_on=day)
    return changed
