"""二: what the contracts in the store oblige to: rows gathered into facts for the rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from svcq.processes.ledger import Owed, Source
from svcq.processes.work import Work
from svcq.rules import contract as rules
from svcq.store.tables.contract import Contract, ContractCall, ContractFeedback

K = Contract.__table__  # type: ignore[attr-defined]
CALL = ContractCall.__table__  # type: ignore[attr-defined]


def numbers(work: Work) -> Iterator[str]:
    """Every contract number, in order."""
    yield from work.session.scalars(select(Contract.number).order_by(Contract.number)).yield_per(5000)


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these contracts oblige to; nothing if they are void."""
    after = K.alias()
    followed = (
        select(func.min(after.c.sealed_on))
        .where(after.c.follows_id == K.c.id, after.c.void_on.is_(None))
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(K, followed.label("followed_on")).where(K.c.number.in_(wanted), K.c.void_on.is_(None))
    ).all()
    logged: dict[int, list[rules.Call]] = {}
    ids = [row.id for row in rows]
    found = select(CALL.c.contract_id, CALL.c.called_on, CALL.c.promised_on).where(
        CALL.c.contract_id.in_(ids)
    )
    for contract_id, on, promised in work.session.execute(found.order_by(CALL.c.called_on, CALL.c.id)):
        logged.setdefault(contract_id, []).append(rules.Call(on, promised))
    for row in rows:
        facts = rules.Contract(
            number=row.number,
            sent_out_on=row.sent_out_on,
            sealed_on=row.sealed_on,
            reminded_email_on=row.reminded_email_on,
            reminded_phone_on=row.reminded_phone_on,
            returned_on=row.returned_on,
            ends_on=row.ends_on,
            free_until=row.free_until,
            refused_on=row.refused_on,
            followed_on=row.followed_on,
            calls=tuple(logged.get(row.id, ())),
        )
        for obligation in rules.obligations(facts, work.terms):
            yield Owed(obligation, row.id, row.customer_id)


def periodic(work: Work, until: date) -> Iterable[Owed]:
    """contract.feedback: every month from the first that counts."""
    first_record = work.session.scalar(
        select(func.min(Contract.first_on)).where(col(Contract.void_on).is_(None))
    )
    first = rules.first_month(first_record, work.live_from)
    if first is None:
        return []
    sent: dict[str, date] = {}
    rows = select(ContractFeedback.month, func.min(ContractFeedback.sent_on)).group_by(ContractFeedback.month)
    for month, on in work.session.execute(rows):
        sent[month] = on
    return [Owed(o) for o in rules.feedbacks(first, until, sent, work.terms)]


LEDGER = Source("contract", numbers, owed, rules.PERIODIC, periodic)
