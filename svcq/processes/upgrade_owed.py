"""四: what the upgrades in the store oblige to: rows gathered into facts for the rules."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import upgrade as rules
from svcq.rules.upgrade_order import Skip
from svcq.store.tables.staff import Assignment
from svcq.store.tables.upgrade import Upgrade, UpgradeSkip

U = Upgrade.__table__  # type: ignore[attr-defined]
SKIP = UpgradeSkip.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
FACTS = (
    *("number", "arranged_on", "planned_on", "plan_on", "registered_on", "discussed_on", "done_on"),
    *("report_on", "mailed_on", "called_on", "answer", "informed_on", "second_called_on"),
    "second_informed_on",
)
"""What the rules ask of an upgrade itself, in the order in which they name it."""


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these upgrades oblige to; nothing if they are void."""
    columns = (U.c[key] for key in ("id", "customer_id", "first_on", *FACTS))
    living = sa.select(*columns).where(U.c.number.in_(wanted), U.c.void_on.is_(None))
    rows = work.session.execute(living).all()
    skips = skipped(work, [row.id for row in rows])
    upgraders = _upgraders(work, list(skips))
    for record_id, customer_id, first_on, *facts in rows:
        named, forced = tuple(upgraders.get(record_id, ())), tuple(skips.get(record_id, ()))
        upgrade = rules.Upgrade(*(*facts, named, forced))
        for obligation in rules.obligations(upgrade, work.terms):
            yield Owed(obligation, record_id, customer_id, first_on)


def _upgraders(work: Work, ids: Sequence[int]) -> dict[int, list[tuple[date, bool]]]:
    """From when on upgrades by id have an upgrader, or none any more, oldest first.

    Nobody is one before the upgrade was arranged, though an import says so of all days.
    """
    found: dict[int, list[tuple[date, bool]]] = {}
    rows = (
        sa.select(HELD.c.record_id, HELD.c.from_on, HELD.c.person_id, U.c.arranged_on)
        .join(U, U.c.id == HELD.c.record_id)
        .where(HELD.c.kind == "upgrade", U.c.id.in_(ids), HELD.c.role == rules.UPGRADER)
    )
    for record_id, since, person_id, arranged in work.session.execute(rows.order_by(HELD.c.from_on)):
        found.setdefault(record_id, []).append((max(since, arranged or since), person_id is not None))
    return found


def skipped(work: Work, ids: Sequence[int]) -> dict[int, list[Skip]]:
    """The forced steps of upgrades by id, oldest first; those of one day in the order of their entry."""
    found: dict[int, list[Skip]] = {}
    rows = sa.select(SKIP).where(SKIP.c.upgrade_id.in_(ids)).order_by(SKIP.c.done_on, SKIP.c.id)
    for row in work.session.execute(rows):
        found.setdefault(row.upgrade_id, []).append(
            Skip(row.done_on, row.step, tuple(row.skipped.split("、")))
        )
    return found


LEDGER = Source("upgrade", U.c.number, owed)
