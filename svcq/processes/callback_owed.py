"""六: what the callbacks in the store oblige to: rows gathered into facts for the rules."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import callback as rules
from svcq.rules.periods import first_quarter, quarter_named
from svcq.store.tables.callback import Callback, CallbackTry

B = Callback.__table__  # type: ignore[attr-defined]
TRY = CallbackTry.__table__  # type: ignore[attr-defined]


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these callbacks oblige to; nothing if they are void."""
    keys = ("id", "customer_id", "number", "quarter", "first_on", "drawn_on", "asked_on", *rules.ANSWERS)
    found = sa.select(*(B.c[key] for key in keys)).where(B.c.number.in_(wanted), B.c.void_on.is_(None))
    rows = work.session.execute(found).all()
    tries: dict[int, list[date]] = {}
    logged = sa.select(TRY.c.callback_id, TRY.c.tried_on).where(
        TRY.c.callback_id.in_([row.id for row in rows])
    )
    for key, on in work.session.execute(logged.order_by(TRY.c.tried_on, TRY.c.id)):
        tries.setdefault(key, []).append(on)
    for row in rows:
        quarter = quarter_named(row.quarter)
        assert quarter is not None
        callback = rules.Callback(
            row.number,
            quarter,
            row.drawn_on,
            row.asked_on,
            rules.is_answered(dict(row._mapping)),
            tuple(tries.get(row.id, ())),
        )
        for obligation in rules.obligations(callback, work.terms):
            yield Owed(obligation, row.id, row.customer_id, row.first_on)


def periodic(work: Work, until: date) -> Iterable[Owed]:
    """callback.sample: every quarter from the first that counts; met when the first customer of it was drawn.

    Of an imported callback without its drawing the call stands for it, as in callback.make.
    """
    rows = (
        sa.select(B.c.quarter, sa.func.min(B.c.first_on)).where(B.c.void_on.is_(None)).group_by(B.c.quarter)
    )
    drawn = {name: on for name, on in work.session.execute(rows)}
    known = [quarter.first for name in drawn if (quarter := quarter_named(name))]
    first = first_quarter(min(known, default=None), work.live_from)
    if first is None:
        return []
    met = {name: on for name, on in drawn.items() if on is not None}
    return [Owed(o) for o in rules.samples(first, until, met, work.terms)]


LEDGER = Source("callback", B.c.number, owed, rules.PERIODIC, periodic)
