"""Customers and staff out of a file."""

from collections.abc import Iterable, Sequence

from sqlmodel import select

from svcq.errors import Refused
from svcq.processes import customer as customers
from svcq.processes import holders, staff
from svcq.processes.assignments import EXAMINED
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.intake_names import Names
from svcq.processes.staff_owed import admit
from svcq.processes.work import Work
from svcq.rules.matching import name_key
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Staff

CUSTOMER = ("code", "name", "level", "region", "contact", "phone", "email", "running_since", "version")
STAFF = (
    *("name", "team", "region", "email", "phone", "joined_on", "left_on", "trained_on", "certified_on"),
    "language",
)


def take_customers(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Hospitals, found by code, else by name. 三.1: nobody new is put on one before the exam."""
    outcome, names, doubles = Outcome(), Names(work, manner), Doubles()

    def take(line: Line) -> bool | None:
        values = {key: line.values[key] for key in CUSTOMER if key in line.values}
        name, code = line.values.get("name"), line.values.get("code")
        known = None
        if code:
            known = work.session.exec(select(Customer).where(Customer.code == str(code))).first()
        if known is None and name:
            found = work.session.exec(
                select(Customer).where(Customer.name_key == name_key(str(name)))
            ).first()
            known = found if found is None or not code or found.code is None else None
        if not doubles.first(("code", code) if code else ("name", name_key(str(name))), line):
            return None
        people = {role: _people(line, role) for role in customers.ROLES if role in line.values}
        staffed = {
            role: [work.session.get_one(Staff, names.person(who, role)[0]) for who in named]
            for role, named in people.items()
        }
        if known is None:
            for role, some in staffed.items():
                _admit(work, role, some)
            fresh = {key: value for key, value in values.items() if key != "name" and value is not None}
            customers.add(work, str(name or ""), fresh, people)
            return True
        record = customers.record(known)
        day = work.today if manner.from_on is None else manner.from_on
        held = {role: holders.held(work, record, role, day) for role in staffed}
        for role, some in staffed.items():
            _admit(work, role, (one for one in some if one.name not in held[role]))
        changed = customers.edit(
            work, known.name, {k: v for k, v in values.items() if v != getattr(known, k)}
        )
        for role, some in staffed.items():
            if [one.name for one in some] != held[role]:
                since = day if held[role] else holders.SINCE_EVER
                changed |= holders.assign(work, customers.record(known), role, some, from_on=since)
        return False if changed else None

    each(lines, take, outcome, manner.step)
    return outcome


def _admit(work: Work, role: str, people: Iterable[Staff]) -> None:
    """Refuse the row at the role if one of these people has still to pass the exam."""
    for one in people if role in EXAMINED else ():
        try:
            admit(work, one)
        except Refused as why:
            raise At(role, why) from None


def _people(line: Line, role: str) -> list[str]:
    said = line.values[role]
    if said is None:
        return []
    return [str(one) for one in said] if isinstance(said, tuple | list) else [str(said)]


def take_staff(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """People, found by name."""
    outcome, doubles = Outcome(), Doubles()

    def take(line: Line) -> bool | None:
        name = str(line.values.get("name") or "")
        values = {key: line.values[key] for key in STAFF if key in line.values and key != "name"}
        said = line.values.get("role")
        roles = [str(one) for one in said] if isinstance(said, tuple | list) else None
        known = work.session.exec(select(Staff).where(Staff.name_key == name_key(name))).first()
        if not doubles.first(name_key(name), line):
            return None
        if known is None:
            fresh = {key: value for key, value in values.items() if value is not None}
            staff.add(work, name, roles or [], fresh, force=manner.force)
            return True
        changed = staff.edit(work, known.name, values, roles, force=manner.force, from_on=manner.from_on)
        return False if changed else None

    each(lines, take, outcome, manner.step)
    return outcome


INTAKE = Intake("staff", take_staff, rank=0, named=("name",))
