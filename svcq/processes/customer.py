"""Hospitals: add, mend, and who serves them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from svcq.errors import Refused
from svcq.processes import assignments, holders
from svcq.processes.names import customer as find
from svcq.processes.names import living_customer, living_person
from svcq.processes.work import Work
from svcq.rules.matching import name_key
from svcq.store.tables.contract import Contract
from svcq.store.tables.customer import Customer

ROLES = ("engineer", "account_manager")


def record(customer: Customer) -> holders.Record:
    """The customer as something that people are assigned to."""
    assert customer.id is not None
    return holders.Record("customer", customer.id, customer.name)


def add(work: Work, name: str, values: Mapping[str, Any], people: Mapping[str, list[str]]) -> Customer:
    """A new hospital; refused if the name or the code is taken."""
    columns = _coded(values)
    free(work, name, columns.get("code"))
    row = Customer(name=name.strip(), name_key=name_key(name), **columns)
    held = {role: [living_person(work, who) for who in names] for role, names in people.items() if names}
    work.insert(row, row.name)
    for role, staff in held.items():
        holders.assign(work, record(row), role, staff)
    return row


def _coded(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with a code that is blank taken for none: no two customers share one."""
    columns = dict(values)
    if "code" in columns:
        columns["code"] = (columns["code"] or "").strip() or None
    return columns


def free(work: Work, name: str | None, code: str | None, but: Customer | None = None) -> None:
    """Refuse a name or code that another customer has."""
    if name is not None:
        if not name.strip():
            raise Refused("a customer needs a name")
        taken = work.session.exec(select(Customer).where(Customer.name_key == name_key(name))).first()
        if taken and taken is not but:
            raise Refused("customer {name} exists already", name=taken.name)
    if code:
        taken = work.session.exec(select(Customer).where(Customer.code == code)).first()
        if taken and taken is not but:
            raise Refused("the code {code} belongs to customer {name}", code=code, name=taken.name)


def edit(work: Work, name: str, values: Mapping[str, Any]) -> bool:
    """Change a hospital's data; False if nothing differs."""
    customer = living_customer(work, name)
    changes = _coded(values)
    free(work, changes.get("name"), changes.get("code"), customer)
    if "name" in changes:
        changes["name"] = str(changes["name"]).strip()
        changes["name_key"] = name_key(changes["name"])
    return work.change(customer, customer.name, changes)


def void(work: Work, name: str, reason: str) -> bool:
    """A mistaken record; refused while contracts stand in its name."""
    customer = find(work, name)
    if customer.void_on:
        return False
    used = select(Contract.number).where(Contract.customer_id == customer.id, Contract.void_on == None)  # noqa: E711
    number = work.session.exec(used.limit(1)).first()
    if number is not None:
        raise Refused(
            "customer {name} has contracts, e.g. {number}: void them first", name=customer.name, number=number
        )
    return work.change(customer, customer.name, {"void_on": work.today, "void_reason": reason})


def assign(work: Work, name: str, role: str, names: Sequence[str], from_on: date | None) -> bool:
    """Give a role at a hospital to somebody else from a day on; False if they hold it already."""
    place = record(living_customer(work, name))
    return assignments.assign(work, place, ROLES, role, names, from_on, several=("engineer",))
