"""Records by what people call them: a customer or a person by name or code, a contract by number."""

from sqlmodel import col, select

from svcq.errors import N_, NotFound, Phrase, Refused, SvcqError
from svcq.processes.work import Work
from svcq.rules.matching import name_key, near
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Staff, StaffRole


def unknown(template: str, name: str, close: list[str]) -> NotFound:
    """`template` has {name} and {near}: the sentence of a name that is not known, with the near ones."""
    hint: SvcqError | str = Phrase("; did you mean {names}?", names=", ".join(close)) if close else ""
    return NotFound(template, name=name, near=hint)


def customer(work: Work, name: str) -> Customer:
    """The customer of that name or code; NotFound with near names. Void ones are found too."""
    exact = select(Customer).where((Customer.name_key == name_key(name)) | (Customer.code == name.strip()))
    found = work.session.exec(exact).first()
    if found is None:
        known = work.session.exec(select(Customer.name).where(col(Customer.void_on).is_(None))).all()
        raise unknown(N_("customer {name} is not known{near}"), name, near(name, known))
    return found


def person(work: Work, name: str) -> Staff:
    """The member of staff of that name; NotFound with near names."""
    found = work.session.exec(select(Staff).where(Staff.name_key == name_key(name))).first()
    if found is None:
        known = work.session.exec(select(Staff.name).where(col(Staff.void_on).is_(None))).all()
        raise unknown(N_("{name} is not among the staff{near}"), name, near(name, known))
    return found


def living_customer(work: Work, name: str) -> Customer:
    """The customer, refused if its record is void."""
    found = customer(work, name)
    if found.void_on:
        raise Refused("customer {name} is void since {on}", name=found.name, on=found.void_on)
    return found


def living_person(work: Work, name: str) -> Staff:
    """The person, refused if the record is void."""
    found = person(work, name)
    if found.void_on:
        raise Refused("{name} is void since {on}", name=found.name, on=found.void_on)
    return found


def roles_of(work: Work, staff: Staff) -> list[str]:
    """The roles of a person, in the order in which they were given."""
    rows = select(StaffRole.role).where(StaffRole.staff_id == staff.id).order_by(col(StaffRole.place))
    return list(work.session.exec(rows))
