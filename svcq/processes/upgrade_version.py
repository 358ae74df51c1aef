"""四.2: the version of a hospital where none is known: that of its newest upgrade."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from svcq.processes.upgrade_owed import U
from svcq.processes.work import Work
from svcq.store.batches import batches
from svcq.store.tables.customer import Customer

C = Customer.__table__  # type: ignore[attr-defined]


def fill(work: Work, customers: Iterable[int]) -> None:
    """Give these customers, where they have no version, that of their newest upgrade that is done and names one."""
    filled: list[dict[str, Any]] = []
    for part in batches(sorted(customers)):
        blank = sa.or_(C.c.version.is_(None), C.c.version == "")
        done = (U.c.void_on.is_(None), U.c.done_on <= work.today, U.c.version.is_not(None))
        rows = (
            sa.select(C.c.id, C.c.name, C.c.version, U.c.version.label("newest"))
            .join(U, U.c.customer_id == C.c.id)
            .where(C.c.id.in_(part), blank, *done)
            .order_by(U.c.done_on, U.c.id)
        )
        for key, (name, before, newest) in {row[0]: row[1:] for row in work.session.execute(rows)}.items():
            filled.append({"the_id": key, "newest": newest})
            work.log("customer", name, "update", {"version": (before, newest)})
    if filled:
        statement = (
            sa.update(C).where(C.c.id == sa.bindparam("the_id")).values(version=sa.bindparam("newest"))
        )
        work.session.connection().execute(statement, filled)
