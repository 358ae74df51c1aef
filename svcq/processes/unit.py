"""A unit of work from beginning to end: writes, then the ledger, then the audit, then one commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from svcq import clock
from svcq.processes import ledger
from svcq.processes.work import Work
from svcq.store import audit, database
from svcq.store.address import Address


@contextmanager
def unit(
    place: Address,
    *,
    today: date,
    actor: str,
    command: str,
    note: str | None = None,
    dry_run: bool = False,
    before_commit: Callable[[], None] = lambda: None,
) -> Iterator[Work]:
    """A unit of work on the store at `place`: kept as a whole if the block ends well, else not at all."""
    with database.session(place) as session:
        work = Work(session, today=today, actor=actor, command=command, note=note)
        ledger.catch_up(work)
        yield work
        if work.abandoned:
            session.rollback()
            return
        finish(work)
        if dry_run:
            session.rollback()
        else:
            before_commit()
            session.commit()


@contextmanager
def looking(place: Address, *, today: date) -> Iterator[Work]:
    """The terms, records and obligations of one moment of a store, for whoever only looks at them."""
    with database.looking(place) as session:
        yield Work(session, today=today, actor="", command="", note=None)


def finish(work: Work) -> None:
    """Compute the obligations that the writes touched, then append the audit."""
    work.session.flush()
    if work.pending.touched:
        for process, dawned in ledger.look_ahead(work).items():
            work.touch(process, *dawned)
    for process, numbers in sorted(ledger.affected(work, work.pending.touched).items()):
        ledger.refresh(work, process, sorted(numbers))
    audit.append(
        work.session,
        work.pending.entries,
        at=clock.now(),
        actor=work.actor,
        command=work.command,
        note=work.note,
    )
    work.pending.clear()
