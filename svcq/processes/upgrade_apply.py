"""四.1: an upgrade is applied for, as agreed with the customer."""

from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes import customer, holders
from svcq.processes.issue import present
from svcq.processes.names import living_customer
from svcq.processes.upgrade import APPLICANT, living, next_number, record, write
from svcq.processes.upgrade_said import Came, moved, newcomers, news
from svcq.processes.work import Work, not_in_future
from svcq.rules.matching import name_key, tidy_number
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Staff
from svcq.store.tables.upgrade import Upgrade


def apply(
    work: Work,
    number: str | None,
    hospital: str,
    on: date,
    by: str | None = None,
    planned: date | None = None,
) -> Came:
    """四.1: a new upgrade, applied for by the customer's account manager (else by whoever acts) unless said.

    Nothing if the very same application is recorded already. Refused in the future, and for a number that another
    hospital or another application has.
    """
    owner = living_customer(work, hospital)
    not_in_future(work, on)
    known = _known(work, tidy_number(number or ""), owner, on, planned)
    if known is not None:
        return _applied_again(work, known, owner, on, by, planned)
    assert owner.id is not None
    who = _applicant(work, owner, by, on)
    name = tidy_number(number or "") or next_number(work)()
    row = Upgrade(number=name, customer_id=owner.id, applied_on=on, planned_on=planned, first_on=on)
    work.insert(row, name, {"customer": owner.name})
    if who is not None:
        holders.assign(work, record(row), APPLICANT, [who])
    work.touch("upgrade", name)
    return Came(name)


def _known(work: Work, number: str, owner: Customer, on: date, planned: date | None) -> Upgrade | None:
    """The upgrade of that number; without one that of the customer which was applied for on that day."""
    if number:
        return work.session.exec(select(Upgrade).where(Upgrade.number == number)).first()
    same = select(Upgrade).where(
        Upgrade.customer_id == owner.id, Upgrade.applied_on == on, col(Upgrade.void_on).is_(None)
    )
    twin = work.session.exec(same.order_by(col(Upgrade.id))).first()
    if twin is not None and planned not in (None, twin.planned_on):
        raise Refused(
            "upgrade {number} is that very one; if it is another, give it a number", number=twin.number
        )
    return twin


def _applied_again(
    work: Work, known: Upgrade, owner: Customer, on: date, by: str | None, planned: date | None
) -> Came:
    """An application for an upgrade that is known, which may lack it."""
    living(work, known.number)
    if known.customer_id != owner.id:
        other = work.session.get_one(Customer, known.customer_id)
        raise Refused(
            "upgrade {number} is of {customer}: give this one another number",
            number=known.number,
            customer=other.name,
        )
    new = {**news(work, known, {"applied_on": on}), **moved(known, planned)}
    people = {APPLICANT: present(work, by, on)} if by else {}
    fresh = newcomers(work, known, people, on)
    for role, who in fresh.items():
        holders.assign(work, record(known), role, [who])
    return Came(known.number, write(work, known, new) or bool(fresh))


def _applicant(work: Work, owner: Customer, by: str | None, on: date) -> Staff | None:
    """Who applied: whoever is said, else the customer's account manager, else whoever acts if that is one of us."""
    if by:
        return present(work, by, on)
    held = holders.held(work, customer.record(owner), APPLICANT, on)
    for name in (*held, work.actor):
        found = work.session.exec(select(Staff).where(Staff.name_key == name_key(name))).first()
        if found and not found.void_on and not (found.left_on and found.left_on < on):
            return found
    return None
