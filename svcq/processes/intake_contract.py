"""二: the contract tracking table out of a file, a hundred thousand rows at a time."""

from collections.abc import Callable, Sequence
from datetime import date

from svcq.errors import Refused
from svcq.processes.contract import ROLES, number_maker
from svcq.processes.contract_bulk import follow, insert_all, update_all
from svcq.processes.contract_known import Change, Known, Store
from svcq.processes.intake import At, Doubles, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_names import Names
from svcq.processes.work import Work
from svcq.rules import contract as rules

COLUMNS = {
    "project": "project",
    "amount": "amount_fen",
    "sent_out_on": "sent_out_on",
    "sealed_on": "sealed_on",
    "reminded_email_on": "reminded_email_on",
    "reminded_phone_on": "reminded_phone_on",
    "returned_on": "returned_on",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "customer_status": "customer_status",
    "refused_on": "refused_on",
    "project_number": "project_number",
    "free_from": "free_from",
    "free_until": "free_until",
    "entered_on": "entered_on",
}
"""Field of the sheet -> column of the table, for what is taken as it is."""


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Contracts, found by number, else by customer, project and seal date; new ones get the next number."""
    outcome, names, doubles = Outcome(), Names(work, manner), Doubles()
    day = manner.from_on or work.today
    store = Store(work, lines, names, day)
    make_number = number_maker(work, (str(line.values.get("number")) for line in lines))
    changes: list[Change] = []
    for line in lines:
        try:
            change = _change(line, store, names, doubles, make_number)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            if change is None:
                outcome.unchanged += 1
            else:
                changes.append(change)
                acts = (change.values.get(key) for key in rules.ACTS)
                outcome.ahead += any(isinstance(on, date) and on > work.today for on in acts)
        manner.step(1)
    changes = follow(work, changes, outcome)
    new = [one for one in changes if one.known is None]
    old = [one for one in changes if one.known is not None]
    insert_all(work, new)
    update_all(work, old, day)
    outcome.added += len(new)
    outcome.updated += len(old)
    return outcome


def _change(
    line: Line, store: Store, names: Names, doubles: Doubles, make_number: Callable[[], str]
) -> Change | None:
    """What the row asks for; None if the store says so already."""
    said = line.values
    customer = names.customer(str(said["customer"])) if said.get("customer") else None
    known = store.find(line, customer[0] if customer else None)
    if known is None and customer is None:
        raise At("customer", Refused("a new contract needs its customer"))
    number = str(said["number"]) if said.get("number") else known.number if known else ""
    key = (
        known.id
        if known
        else number or (customer, said.get("project"), said.get("sealed_on"), store.period(line))
    )
    try:
        if not doubles.first(key, line):
            return None
    except Refused as why:
        raise At("number" if said.get("number") else "customer", why) from None
    values = {column: said[field] for field, column in COLUMNS.items() if field in said}
    if customer:
        values["customer_id"] = customer[0]
    if known and known.number != number:  # from now on it is the row of the file, as if that had come first
        values = {"entered_on": None, **values, "number": number}
    people: dict[str, tuple[int | None, str | None]] = {}
    for role in ROLES:
        if role in said and not _holds(known, role, said[role]):
            people[role] = names.person(str(said[role]), role) if said[role] else (None, None)
    follows = said.get("follows")
    change = Change(
        line,
        number,
        known,
        values,
        customer[1] if customer else None,
        people,
        _call(line, known),
        str(follows) if follows else None,
        "follows" in said and not follows,
    )
    _settle(change, store.work.today)
    if known is None:
        change.number = number or make_number()
        return change
    if not _differs(change, known):
        return None
    if known.values["void_on"]:
        raise At("number", Refused("contract {number} is void", number=known.number))
    return change


def _holds(known: Known | None, role: str, who: object) -> bool:
    """Whether that person has the role already, also as the customer's account manager, who counts by default."""
    if known is None or not who:
        return False
    if role == "account_manager" and role not in known.held:
        return known.manager == who
    return known.held.get(role) == who


def _call(line: Line, known: Known | None) -> tuple[date, date | None] | None:
    """The call that a row tells of; a promise alone belongs to the last call there was."""
    called, promised = line.values.get("called_on"), line.values.get("promised_on")
    promise = promised if isinstance(promised, date) else None
    if isinstance(called, date):
        return called, promise
    if promise is None:
        emptied = "promised_on" in line.values and known is not None and bool(known.calls)
        return (max(known.calls), None) if emptied and known else None
    if known is None or not known.calls:
        raise At("promised_on", Refused("a promise needs the day of the call", clause="二.2.C"))
    return max(known.calls), promise


def _settle(change: Change, today: date) -> None:
    """Refuse contradicting dates of the record as it would be, and set its first date."""
    known = change.known
    merged = {**known.values, **change.values} if known else change.values
    dates = {key: value for key, value in merged.items() if isinstance(value, date)}
    days = list(known.calls) if known else []
    if change.call:
        days.append(change.call[0])
        dates["called_on"] = change.call[0]
        if change.call[1]:
            dates["promised_on"] = change.call[1]
    fault = rules.contradiction(dates)
    if fault:
        raise At(*fault)
    if days:
        dates["called_on"] = min(days)
    change.values["first_on"] = rules.first_date(dates, today)


def _differs(change: Change, known: Known) -> bool:
    """Leave in a change only what differs from the store; False if nothing does."""
    change.values = {key: value for key, value in change.values.items() if known.values[key] != value}
    change.people = {role: who for role, who in change.people.items() if known.held.get(role) != who[1]}
    if change.call and change.call[0] in known.calls:
        promised = known.calls[change.call[0]][1]
        emptied = change.call[1] is None and "promised_on" in change.line.values
        if change.call[1] == promised or (change.call[1] is None and not emptied):
            change.call = None
    if change.follows == known.follows:
        change.follows = None
    change.unfollow = change.unfollow and known.follows is not None
    if change.values.keys() == {"first_on"}:  # what time alone moved is no change
        change.values = {}
    return bool(change.values or change.people or change.call or change.follows or change.unfollow)


INTAKE = Intake("contract", take, rank=2, named=("number",))
