"""Hospitals: add, mend, and who serves them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from svcq.errors import Refused
from svcq.processes import assignments, holders, migrate_owed
from svcq.processes.names import customer as find
from svcq.processes.names import living_customer, living_person
from svcq.processes.staff_owed import admit
from svcq.processes.work import Work
from svcq.rules.matching import name_key
from svcq.store.tables.base import metadata
from svcq.store.tables.customer import Customer

ROLES = ("engineer", "account_manager")


def record(customer: Customer) -> holders.Record:
    """The customer as something that people are assigned to."""
    assert customer.id is not None
    return holders.Record("customer", customer.id, customer.name)


def add(
    work: Work,
    name: str,
    values: Mapping[str, Any],
    people: Mapping[str, list[str]],
    *,
    force: bool = False,
) -> Customer:
    """A new hospital; refused if the name or the code is taken.

    Refused also if an engineer is new and has not passed the exam (三.1), unless that is forced.
    """
    columns = _coded(values)
    free(work, name, columns.get("code"))
    row = Customer(name=name.strip(), name_key=name_key(name), **columns)
    held = {role: [living_person(work, who) for who in names] for role, names in people.items() if names}
    for engineer in held.get("engineer", ()):
        admit(work, engineer, force=force)
    work.insert(row, row.name)
    for role, staff in held.items():
        holders.assign(work, record(row), role, staff)
    work.touch("customer", row.name)
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
    former = customer.name
    changed = work.change(customer, former, changes)
    if changed:
        if customer.name != former:
            work.log("customer", customer.name, "update", {"name": (former, customer.name)})
            migrate_owed.rename(work, former, customer.name)
        work.touch("customer", customer.name)
    return changed


def void(work: Work, name: str, reason: str) -> bool:
    """A mistaken record; refused while contracts, issues or whatever else can be void stand in its name."""
    customer = find(work, name)
    if customer.void_on:
        return False
    for kind, table in sorted(metadata().tables.items()):
        if {"customer_id", "number", "void_on"} <= set(table.c.keys()):
            mine = select(table.c.number).where(table.c.customer_id == customer.id, table.c.void_on.is_(None))
            number = work.session.scalar(mine.order_by(table.c.number).limit(1))
            if number is not None:
                raise Refused(
                    "customer {name} has records: `svcq {kind} void {number} --reason …` first",
                    name=customer.name,
                    kind=kind,
                    number=number,
                )
    work.touch("customer", customer.name)
    return work.change(customer, customer.name, {"void_on": work.today, "void_reason": reason})


def assign(
    work: Work,
    name: str,
    role: str,
    names: Sequence[str],
    from_on: date | None,
    *,
    force: bool = False,
) -> bool:
    """Give a role at a hospital to somebody else from a day on; False if they hold it already."""
    place = record(living_customer(work, name))
    return assignments.assign(work, place, ROLES, role, names, from_on, several=("engineer",), force=force)
