"""二.2.C: calls to the hospital about a contract that did not come back."""

from datetime import date

from svcq.processes.contract import calls, edit, living, touch
from svcq.processes.work import Work, not_in_future
from svcq.rules import contract as rules
from svcq.store.tables.contract import ContractCall


def call(
    work: Work, number: str, on: date, by: str | None, promised_on: date | None, note: str | None
) -> bool:
    """二.2.C: a call to the hospital was made; False if the very same is logged already. Refused in the future."""
    not_in_future(work, on)
    return log_call(work, number, on, by, promised_on, note)


def log_call(
    work: Work, number: str, on: date, by: str | None, promised_on: date | None, note: str | None
) -> bool:
    """Log a call, on whatever day; a blank in what is logged of that day and caller is filled, nothing is doubled."""
    contract = living(work, number)
    assert contract.id is not None
    fault = rules.contradiction({"called_on": on, "promised_on": promised_on})
    if fault:
        raise fault[1]
    for row in calls(work, contract):
        said = {"by_name": by, "note": note, "promised_on": promised_on}
        said = {key: value for key, value in said.items() if value is not None}
        if row.called_on == on and all(getattr(row, key) in (None, value) for key, value in said.items()):
            changed = work.change(row, contract.number, said)
            touch(work, contract)
            return changed
    row = ContractCall(contract_id=contract.id, called_on=on, by_name=by, promised_on=promised_on, note=note)
    work.insert(row, contract.number)
    edit(work, contract, {})
    touch(work, contract)
    return True


def uncall(work: Work, number: str, on: date) -> bool:
    """Strike out what was logged of a day by mistake; it stays in the audit. False if there is nothing."""
    contract = living(work, number)
    rows = [row for row in calls(work, contract) if row.called_on == on]
    for row in rows:
        work.remove(row, contract.number)
    if rows:
        edit(work, contract, {})
        touch(work, contract)
    return bool(rows)
