"""`assign`: a role on a record goes to somebody else from a day on."""

from collections.abc import Sequence
from datetime import date

from svcq.errors import Refused, Usage
from svcq.processes import holders
from svcq.processes.names import living_person
from svcq.processes.work import Work


def assign(
    work: Work,
    record: holders.Record,
    known: Sequence[str],
    role: str,
    names: Sequence[str],
    from_on: date | None,
    *,
    several: Sequence[str] = (),
) -> bool:
    """Give a role on a record to `names` from `from_on` (default: today); False if they hold it already.

    `known`: the roles of that kind of record; `several`: those that more than one person can hold. Nobody (no
    names) ends it. Usage if there is no such role, refused if a person has left by then.
    """
    if role not in known:
        raise Usage("{role} is no role here; one of {roles}", role=repr(role), roles=", ".join(known))
    if len(names) > 1 and role not in several:
        raise Usage("only one person can be the {role}", role=role)
    day = from_on or work.today
    people = [living_person(work, name) for name in names]
    for one in people:
        if one.left_on and one.left_on <= day:
            raise Refused("{name} left on {on}", name=one.name, on=one.left_on)
    return holders.assign(work, record, role, people, from_on=day)
