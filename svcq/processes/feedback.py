"""二.2.D: the table of a month for the commerce centre, and what was sent."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert
from sqlmodel import col, select

from svcq.processes.work import Work, not_in_future
from svcq.store.batches import batches
from svcq.store.tables.contract import Contract, ContractFeedback, ContractFeedbackRow

ROW = ContractFeedbackRow.__table__  # type: ignore[attr-defined]


def wanted(row: Mapping[str, object], first: date, last: date) -> bool:
    """Whether a contract belongs in the table of the month: still out at its end, or back in it."""
    back = row["returned_on"]
    return row["state"] in ("out", "overdue") or (isinstance(back, date) and first <= back <= last)


def send(work: Work, month: str, on: date, file: str, states: Mapping[str, str]) -> None:
    """Record that the table of a month was sent, with the contracts in it and their states."""
    not_in_future(work, on)
    sent = ContractFeedback(month=month, sent_on=on, sent_by=work.actor, file=file)
    work.insert(sent, month, {"contracts": len(states)})
    for part in batches(states):
        found = select(Contract.id, Contract.number).where(col(Contract.number).in_(part))
        rows = [
            {"feedback_id": sent.id, "contract_id": key, "state": states[number]}
            for key, number in work.session.exec(found)
        ]
        work.session.execute(insert(ROW), rows)
    work.touch("contract")
