"""二: what the contracts in the store oblige to: rows gathered into facts for the rules."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import contract as rules
from svcq.rules.periods import first_month
from svcq.store.tables.contract import Contract, ContractCall, ContractFeedback

K = Contract.__table__  # type: ignore[attr-defined]
CALL = ContractCall.__table__  # type: ignore[attr-defined]
FACTS = (
    *("number", "sent_out_on", "sealed_on", "reminded_email_on", "reminded_phone_on", "returned_on"),
    *("ends_on", "free_until", "refused_on"),
)
"""What the rules ask of a contract itself, in the order in which they name it."""


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these contracts oblige to; nothing if they are void."""
    after = K.alias()
    followed = (
        select(sa.func.min(after.c.sealed_on))
        .where(after.c.follows_id == K.c.id, after.c.void_on.is_(None))
        .scalar_subquery()
    )
    rows = work.session.execute(
        sa.select(
            K.c.id,
            K.c.customer_id,
            K.c.first_on,
            *(K.c[name] for name in FACTS),
            followed.label("followed_on"),
        ).where(K.c.number.in_(wanted), K.c.void_on.is_(None))
    ).all()
    logged: dict[int, list[rules.Call]] = {}
    ids = [row[0] for row in rows]
    found = select(CALL.c.contract_id, CALL.c.called_on, CALL.c.promised_on).where(
        CALL.c.contract_id.in_(ids)
    )
    for contract_id, on, promised in work.session.execute(found.order_by(CALL.c.called_on, CALL.c.id)):
        logged.setdefault(contract_id, []).append(rules.Call(on, promised))
    for record_id, customer_id, first_on, *facts in rows:
        contract = rules.Contract(*(*facts, tuple(logged.get(record_id, ()))))
        for obligation in rules.obligations(contract, work.terms):
            yield Owed(obligation, record_id, customer_id, first_on)


def periodic(work: Work, until: date) -> Iterable[Owed]:
    """contract.feedback: every month from the first that counts."""
    first_record = work.session.scalar(
        select(sa.func.min(Contract.first_on)).where(col(Contract.void_on).is_(None))
    )
    first = first_month(first_record, work.live_from)
    if first is None:
        return []
    sent: dict[str, date] = {}
    rows = select(ContractFeedback.month, sa.func.min(ContractFeedback.sent_on)).group_by(
        ContractFeedback.month
    )
    for month, on in work.session.execute(rows):
        sent[month] = on
    return [Owed(o) for o in rules.feedbacks(first, until, sent, work.terms)]


LEDGER = Source("contract", K.c.number, owed, rules.PERIODIC, periodic)
