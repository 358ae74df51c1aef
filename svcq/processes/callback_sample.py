"""六: the quarter's sample is drawn from the store, and kept as callbacks that are still to be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from svcq.errors import Refused
from svcq.processes.callback_owed import B
from svcq.processes.callback_pool import Pool, gather
from svcq.processes.work import Work, not_in_future
from svcq.rules import callback_answers as rules
from svcq.rules.callback_sample import Limits, Share, sample
from svcq.rules.periods import Span
from svcq.rules.sampling import seed_of
from svcq.store.bulk import insert_rows

NAMES = ("number", "quarter", "engineer_id", "customer_id", "drawn_on", "seed", "first_on")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A callback that is to be made."""

    number: str
    quarter: str
    engineer: str
    customer: str
    region: str | None
    """The customer's; so are contact and phone."""
    contact: str | None
    phone: str | None
    drawn_on: date
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of drawing."""

    rows: tuple[Drawn, ...]
    seed: int
    shares: tuple[Share, ...]
    limits: Limits


def draw(
    work: Work, quarter: Span, *, seed: int | None = None, on: date | None = None, fill: bool = False
) -> Outcome | None:
    """Draw a quarter's sample on a day (default: today); the same seed and store give the same one.

    `seed`: default is that of the quarter's sample, else the quarter's own. `fill`: of a quarter that was drawn
    already, draw for those who are short; else None for it, and nothing is drawn. Refused in the future.
    """
    day = on or work.today
    not_in_future(work, day)
    drawn = sa.select(B.c.seed).where(
        B.c.quarter == quarter.name, B.c.drawn_on.is_not(None), B.c.void_on.is_(None)
    )
    first = work.session.execute(drawn.order_by(B.c.id).limit(1)).first()
    if first is not None and not fill:
        return None
    if seed is None:
        known = first.seed if first is not None else None
        seed = seed_of(quarter.name) if known is None else known
    settings = work.book.on(day).settings
    limits = Limits(int(settings["callback.per_engineer"]), int(settings["callback.yearly_most"]))
    pool = gather(work, quarter, day)
    found = sample(pool.engineers, pool.customers, limits, seed)
    rows = [
        Drawn(
            rules.number(quarter.name, one.engineer, one.customer),
            quarter.name,
            one.engineer,
            one.customer,
            *pool.about[one.customer],
            day,
            seed,
        )
        for one in found.drawn
    ]
    _keep(work, pool, rows)
    return Outcome(tuple(rows), seed, found.shares, limits)


def _keep(work: Work, pool: Pool, rows: Sequence[Drawn]) -> None:
    """Write the callbacks, all at once, each with its audit. Refused if two would have one number."""
    taken: set[str] = set(pool.numbers)
    for row in rows:
        if row.number in taken:
            raise Refused(
                "two callbacks would be called {number}: one of the names has to be changed",
                clause=rules.CLAUSE,
                number=row.number,
            )
        taken.add(row.number)
    insert_rows(
        work.session,
        B,
        NAMES,
        [
            (
                row.number,
                row.quarter,
                pool.people[row.engineer],
                pool.places[row.customer],
                row.drawn_on,
                row.seed,
                row.drawn_on,
            )
            for row in rows
        ],
    )
    for row in rows:
        told = {"number": row.number, "quarter": row.quarter, "drawn_on": row.drawn_on, "seed": row.seed}
        named = {"engineer": row.engineer, "customer": row.customer}
        work.log("callback", row.number, "insert", {**told, **named})
        work.touch("callback", row.number)
