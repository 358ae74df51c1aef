"""一: what the hand-overs in the store oblige to: rows gathered into facts for the rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa

from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import handover as rules
from svcq.store.tables.contract import Contract
from svcq.store.tables.customer import Customer
from svcq.store.tables.handover import Handover, HandoverTrail
from svcq.store.tables.staff import Assignment

H = Handover.__table__  # type: ignore[attr-defined]
TRAIL = HandoverTrail.__table__  # type: ignore[attr-defined]
K = Contract.__table__  # type: ignore[attr-defined]
CUSTOMER = Customer.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
FACTS = (
    *("number", "accepted_on", "application_on", "worklog_on", "documents_on", "registered_on"),
    *("notice_on", "receipt_on"),
)
"""What the rules ask of a hand-over itself, in the order in which they name it."""
WRITTEN = ("project", "project_number", "modules", "application_on", "free_from", "free_until")
"""What a complete registration needs of the record itself."""


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these hand-overs oblige to; nothing if they are void."""
    which = H.c.number.in_(wanted) & H.c.void_on.is_(None)
    for record_id, customer_id, first_on, handover in facts(work, which):
        for obligation in rules.obligations(handover, work.terms):
            yield Owed(obligation, record_id, customer_id, first_on)


def facts(
    work: Work, which: sa.ColumnElement[bool]
) -> Iterator[tuple[int, int, date | None, rules.Handover]]:
    """The hand-overs of that condition as the rules know them, with their ids, customers and first dates."""
    rows = work.session.execute(
        sa.select(
            *(H.c[key] for key in dict.fromkeys(("id", "customer_id", "first_on", *FACTS, *WRITTEN))),
            _held("handover", H.c.id, "project_manager").label("project_manager"),
            (
                _held("handover", H.c.id, "account_manager")
                | _held("customer", H.c.customer_id, "account_manager")
            ).label("account_manager"),
            K.c.customer_status,
        )
        .select_from(H.outerjoin(K, (K.c.id == H.c.contract_id) & K.c.void_on.is_(None)))
        .where(which)
        .order_by(H.c.number)
    ).all()
    trails: dict[int, list[rules.Entry]] = {}
    ids = [row.id for row in rows]
    found = sa.select(TRAIL).where(TRAIL.c.handover_id.in_(ids)).order_by(TRAIL.c.done_on, TRAIL.c.id)
    for row in work.session.execute(found):
        told = rules.Entry(row.done_on, row.decision, row.expected_on, bool(row.note))
        trails.setdefault(row.handover_id, []).append(told)
    for row in rows:
        trail = tuple(trails.get(row.id, ()))
        values = {key: getattr(row, key) for key in (*WRITTEN, "customer_status")}
        values |= {key: getattr(row, key) or None for key in ("project_manager", "account_manager")}
        missing = rules.missing({**values, "decided_on": rules.eligible_on(trail)})
        handover = rules.Handover(*(*(getattr(row, key) for key in FACTS), missing, trail))
        yield row.id, row.customer_id, row.first_on, handover


def _held(kind: str, record_id: sa.ColumnElement[int], role: str) -> sa.ColumnElement[bool]:
    """Whether anybody ever held the role on the record; who does on which day is another question."""
    return sa.exists().where(
        HELD.c.kind == kind,
        HELD.c.record_id == record_id,
        HELD.c.role == role,
        HELD.c.person_id.is_not(None),
    )


def of_contracts(work: Work, contracts: Sequence[str]) -> Iterable[str]:
    """The hand-overs whose row in the tracking table is one of these: they need its customer status."""
    rows = sa.select(H.c.number).join_from(H, K, K.c.id == H.c.contract_id)
    return work.session.scalars(rows.where(K.c.number.in_(contracts)))


def of_customers(work: Work, customers: Sequence[str]) -> Iterable[str]:
    """The hand-overs of these hospitals: an account manager of their own counts where they name none."""
    rows = sa.select(H.c.number).join_from(H, CUSTOMER, CUSTOMER.c.id == H.c.customer_id)
    return work.session.scalars(rows.where(CUSTOMER.c.name.in_(customers)))


LEDGER = Source("handover", H.c.number, owed, rests_on={"contract": of_contracts, "customer": of_customers})
