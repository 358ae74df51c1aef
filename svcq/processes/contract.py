"""二: service contracts: one function per thing that happens to a contract."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from svcq.errors import N_, Refused
from svcq.processes import assignments, holders, numbering
from svcq.processes.names import living_customer, living_person, unknown
from svcq.processes.work import Work, not_in_future
from svcq.rules import contract as rules
from svcq.rules.matching import tidy_number
from svcq.store.tables.contract import Contract, ContractCall
from svcq.store.tables.customer import Customer

ROLES = ("salesperson", "account_manager")
K = Contract.__table__  # type: ignore[attr-defined]
CALL = ContractCall.__table__  # type: ignore[attr-defined]


def find(work: Work, number: str) -> Contract:
    """The contract of that number; NotFound with near numbers."""
    found = work.session.exec(select(Contract).where(Contract.number == tidy_number(number))).first()
    if found is None:
        close = numbering.neighbours(work, K.c.number, tidy_number(number))
        raise unknown(N_("contract {name} is not known{near}"), number, close)
    return found


def living(work: Work, number: str) -> Contract:
    """The contract, refused if its record is void."""
    found = find(work, number)
    if found.void_on:
        raise Refused("contract {number} is void since {on}", number=found.number, on=found.void_on)
    return found


def record(contract: Contract) -> holders.Record:
    """The contract as something that people are assigned to."""
    assert contract.id is not None
    return holders.Record("contract", contract.id, contract.number)


def number_maker(work: Work, reserved: Iterable[str] = ()) -> Callable[[], str]:
    """Gives the next number by the policy's pattern at each call, for contracts that come without one.

    `reserved`: numbers that are about to be used by others.
    """
    pattern = str(work.book.on(work.today).settings["contract.number"])
    return numbering.following(work, K.c.number, pattern, reserved)


def add(
    work: Work,
    number: str | None,
    customer: str,
    values: Mapping[str, Any],
    people: Mapping[str, str | None],
) -> Contract:
    """A new row of the tracking table. Refused if the number exists or its dates contradict each other."""
    name = tidy_number(number or "") or number_maker(work)()
    if work.session.exec(select(Contract.id).where(Contract.number == name)).first() is not None:
        raise Refused("contract {number} exists already: use `svcq contract edit`", number=name)
    owner = living_customer(work, customer)
    assert owner.id is not None
    followed = values.get("follows")
    before = living(work, str(followed)) if followed else None
    columns = {key: value for key, value in values.items() if key != "follows" and value is not None}
    _acts_are_done(work, columns)
    first_on = _first_date(work, columns, [])
    row = Contract(
        number=name,
        customer_id=owner.id,
        follows_id=before.id if before else None,
        first_on=first_on,
        **columns,
    )
    held = {role: living_person(work, who) for role, who in people.items() if who}
    shown = {"customer": owner.name} | ({"follows": before.number} if before else {})
    work.insert(row, name, shown)
    for role, who in held.items():
        holders.assign(work, record(row), role, [who])
    work.touch("contract", name, *([before.number] if before else []))
    return row


def set_date(work: Work, number: str, column: str, on: date) -> bool:
    """Record that something was done on a day; False if exactly that is recorded already.

    Refused on another day than the recorded one (`edit` mends), in the future, or against the order of dates.
    """
    contract = living(work, number)
    known = getattr(contract, column)
    if known == on:
        return False
    if known is not None:
        raise Refused(
            "contract {number}: {known} is recorded already; `svcq contract edit {number} --reason …` mends it",
            number=contract.number,
            known=known,
        )
    not_in_future(work, on)
    return edit(work, contract, {column: on})


def _acts_are_done(work: Work, values: Mapping[str, object]) -> None:
    """Refuse values that date an act after today."""
    for key in rules.ACTS:
        on = values.get(key)
        if isinstance(on, date):
            not_in_future(work, on)


def edit(work: Work, contract: Contract, values: Mapping[str, object]) -> bool:
    """Change columns (and `customer`, `follows` by name), and compute the obligations anew; False if nothing differs."""
    columns = dict(values)
    shown: dict[str, tuple[object, object]] = {}
    if "customer" in columns:
        owner = living_customer(work, str(columns.pop("customer")))
        if owner.id != contract.customer_id:
            former = work.session.get_one(Customer, contract.customer_id)
            shown["customer"] = (former.name, owner.name)
            columns["customer_id"] = owner.id
    if "follows" in columns:
        _edit_follows(work, contract, columns, shown)
    _acts_are_done(work, {key: on for key, on in columns.items() if on != getattr(contract, key)})
    columns["first_on"] = _first_date(work, {**contract.model_dump(), **columns}, calls(work, contract))
    changed = work.change(contract, contract.number, columns, shown)
    if changed:
        touch(work, contract)
    return changed


def _edit_follows(
    work: Work, contract: Contract, columns: dict[str, object], shown: dict[str, tuple[object, object]]
) -> None:
    """Put the id of the contract before into `columns`; refused if a contract would come to follow itself."""
    named = columns.pop("follows")
    former = work.session.get(Contract, contract.follows_id) if contract.follows_id else None
    before = living(work, str(named)) if named else None
    step = before
    while step is not None:
        if step.id == contract.id:
            raise Refused("contract {number} cannot follow itself", number=contract.number)
        step = work.session.get(Contract, step.follows_id) if step.follows_id else None
    if former is not before:
        shown["follows"] = (former.number if former else None, before.number if before else None)
        columns["follows_id"] = before.id if before else None
        if former:
            work.touch("contract", former.number)


def touch(work: Work, contract: Contract) -> None:
    """Its obligations, and those of the contract it follows, are to be computed anew."""
    work.touch("contract", contract.number)
    if contract.follows_id:
        work.touch("contract", work.session.get_one(Contract, contract.follows_id).number)


def _first_date(work: Work, values: Mapping[str, Any], known_calls: Sequence[ContractCall]) -> date | None:
    """The first date of a record of these values; refused if its dates contradict each other."""
    fault = rules.contradiction({key: values.get(key) for pair in rules.ORDER for key in pair[:2]})
    if fault:
        raise fault[1]
    called = min((call.called_on for call in known_calls), default=None)
    return rules.first_date({**values, "called_on": called}, work.today)


def calls(work: Work, contract: Contract) -> list[ContractCall]:
    """The calls about a contract, oldest first."""
    if contract.id is None:
        return []
    rows = select(ContractCall).where(ContractCall.contract_id == contract.id)
    return list(work.session.exec(rows.order_by(col(ContractCall.called_on), col(ContractCall.id))))


def convert(work: Work, number: str, new: str, sealed_on: date) -> bool:
    """contract.convert: the contract after this one is sealed; it is made if it is not there yet."""
    contract = living(work, number)
    not_in_future(work, sealed_on)
    status = work.book.on(sealed_on).settings["contract.status_converted"]
    known = work.session.exec(select(Contract).where(Contract.number == tidy_number(new))).first()
    if known is None:
        owner = work.session.get_one(Customer, contract.customer_id)
        values: dict[str, Any] = {"project": contract.project, "project_number": contract.project_number}
        values |= {"follows": contract.number, "sealed_on": sealed_on}
        held = {role: holders.held(work, record(contract), role, work.today) for role in ROLES}
        people = {role: next(iter(names), None) for role, names in held.items()}
        add(work, new, owner.name, values, people)
        changed = True
    else:
        if known.follows_id not in (None, contract.id):
            former = work.session.get_one(Contract, known.follows_id)
            raise Refused("contract {new} follows {former} already", new=known.number, former=former.number)
        if known.sealed_on not in (None, sealed_on):
            raise Refused("contract {number} was sealed on {on}", number=known.number, on=known.sealed_on)
        changed = edit(work, living(work, new), {"follows": contract.number, "sealed_on": sealed_on})
    return edit(work, contract, {"customer_status": status}) or changed


def refuse(work: Work, number: str, on: date, reason: str) -> bool:
    """contract.convert: the customer does not want a new contract."""
    contract = living(work, number)
    not_in_future(work, on)
    if contract.refused_on not in (None, on):
        raise Refused("contract {number} was refused on {on}", number=contract.number, on=contract.refused_on)
    status = work.book.on(on).settings["contract.status_refused"]
    return edit(work, contract, {"refused_on": on, "refused_reason": reason, "customer_status": status})


def void(work: Work, number: str, reason: str) -> bool:
    """A mistaken record: its obligations end, it stays visible with the reason. Refused while another follows it."""
    contract = find(work, number)
    if contract.void_on:
        return False
    after = select(Contract.number).where(Contract.follows_id == contract.id, col(Contract.void_on).is_(None))
    follower = work.session.exec(after).first()
    if follower is not None:
        raise Refused(
            "contract {after} follows {number}: `svcq contract edit {after} --follows none --reason …` first",
            number=contract.number,
            after=follower,
        )
    changed = work.change(contract, contract.number, {"void_on": work.today, "void_reason": reason})
    touch(work, contract)
    return changed


def assign(work: Work, number: str, role: str, names: Sequence[str], from_on: date | None) -> bool:
    """Give a role on a contract to somebody else from a day on; False if they hold it already."""
    return assignments.assign(work, record(living(work, number)), ROLES, role, names, from_on)
