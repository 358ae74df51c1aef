"""三.1: what new engineers oblige QC to: rows gathered into facts for the rules; and who may not be assigned yet."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select

from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import staff as rules
from svcq.store.tables.staff import Staff, StaffRole

S = Staff.__table__  # type: ignore[attr-defined]
ROLE = StaffRole.__table__  # type: ignore[attr-defined]


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these people oblige to, as far as they are engineers; nothing if they are void."""
    is_engineer = exists().where(ROLE.c.staff_id == S.c.id, ROLE.c.role == "engineer")
    rows = work.session.execute(
        select(S.c.id, S.c.name, S.c.joined_on, S.c.trained_on, S.c.certified_on).where(
            S.c.name.in_(wanted), S.c.void_on.is_(None), is_engineer
        )
    )
    for record_id, *facts in rows.all():
        engineer = rules.Engineer(*facts)
        for obligation in rules.obligations(engineer, work.terms):
            yield Owed(obligation, record_id, None, engineer.joined_on)


LEDGER = Source("staff", S.c.name, owed)


def admit(work: Work, person: Staff, *, force: bool = False) -> None:
    """三.1: refuse to assign anything to a new engineer without a passed exam, unless it is forced (with a reason)."""
    facts = rules.Engineer(person.name, person.joined_on, person.trained_on, person.certified_on)
    why = None if force else rules.barred(facts, work.today, work.live_from, work.terms)
    if why is not None:
        raise why
