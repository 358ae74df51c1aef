"""四: the record of an upgrade: finding it, moving its planned day, striking it out, and whose it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from svcq.errors import N_, Refused
from svcq.processes import assignments, holders, numbering
from svcq.processes.handover_trail import SHOWN, managers
from svcq.processes.issue import present
from svcq.processes.names import living_person, unknown
from svcq.processes.staff_owed import admit
from svcq.processes.upgrade_owed import U
from svcq.processes.work import Work
from svcq.rules import upgrade as rules
from svcq.rules.matching import tidy_number
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Staff
from svcq.store.tables.upgrade import Upgrade

APPLICANT, MANAGER, UPGRADER = "account_manager", "regional_manager", "upgrader"
ROLES = (APPLICANT, MANAGER, UPGRADER)
"""Who applied, who arranged it, and who does it."""


def find(work: Work, number: str) -> Upgrade:
    """The upgrade of that number; NotFound with near numbers."""
    name = tidy_number(number)
    found = work.session.exec(select(Upgrade).where(Upgrade.number == name)).first()
    if found is None:
        raise unknown(
            N_("upgrade {name} is not known{near}"), name, numbering.neighbours(work, U.c.number, name)
        )
    return found


def living(work: Work, number: str) -> Upgrade:
    """The upgrade, refused if its record is void."""
    found = find(work, number)
    if found.void_on:
        raise Refused("upgrade {number} is void since {on}", number=found.number, on=found.void_on)
    return found


def record(upgrade: Upgrade) -> holders.Record:
    """The upgrade as something that people are assigned to."""
    assert upgrade.id is not None
    return holders.Record("upgrade", upgrade.id, upgrade.number)


def next_number(work: Work, reserved: Iterable[str] = ()) -> Callable[[], str]:
    """Gives the next number by the policy's pattern; `reserved`: numbers that are about to be used by others."""
    pattern = str(work.book.on(work.today).settings["upgrade.number"])
    return numbering.following(work, U.c.number, pattern, reserved)


def manages(work: Work, name: str, on: date) -> Staff:
    """The regional or division manager of that name; refused for anybody else, and for who has left by then (四.1)."""
    person, known = present(work, name, on), managers(work)
    if person.name in known:
        return person
    if not known:
        raise Refused(
            "{name} is neither regional nor division manager, and nobody among the staff is: "
            "`svcq staff edit NAME --role regional_manager --reason …`",
            clause="四.1",
            name=person.name,
        )
    raise Refused(
        "{name} is neither regional nor division manager: it is arranged by one of {names}",
        clause="四.1",
        name=person.name,
        names=", ".join([*list(known)[:SHOWN], *(["…"] if len(known) > SHOWN else [])]),
    )


def write(
    work: Work,
    upgrade: Upgrade,
    values: Mapping[str, object],
    shown: Mapping[str, tuple[object, object]] | None = None,
) -> bool:
    """Set columns and what follows from them; False if nothing differs, refused if dates contradict each other.

    `shown`: what the audit says in place of ids, name -> (before, after).
    """
    after = {**upgrade.model_dump(), **values}
    if fault := rules.contradiction(after):
        raise fault[1]
    columns = {**values, "first_on": rules.first_date(after, work.today)}
    changed = work.change(upgrade, upgrade.number, columns, shown)
    if changed:
        work.touch("upgrade", upgrade.number)
    return changed


@dataclass(frozen=True, slots=True)
class Left:
    """What an upgrade that is void, or another customer's, leaves behind, to be looked after by hand."""

    customer: str
    version: str | None
    """The customer's, if it came from this upgrade."""
    issues: str | None = None
    """Those that it closed."""


def void(work: Work, number: str, reason: str) -> tuple[bool, Left | None]:
    """A mistaken record: its obligations end, it stays visible with the reason; False if it is void already."""
    upgrade = find(work, number)
    if upgrade.void_on:
        return False, None
    work.change(upgrade, upgrade.number, {"void_on": work.today, "void_reason": reason})
    work.touch("upgrade", upgrade.number)
    owner = work.session.get_one(Customer, upgrade.customer_id)
    mine = upgrade.done_on is not None and upgrade.version == owner.version
    return True, Left(owner.name, upgrade.version if mine else None, upgrade.issues_solved)


def assign(
    work: Work, number: str, role: str, names: Sequence[str], from_on: date | None, *, force: bool = False
) -> bool:
    """Give a role on an upgrade to somebody else from a day on; False if they hold it already.

    Refused for who has left by then, for an arranger who is no manager (四.1) and, unless it is forced, for an upgrader
    who is new and has not passed the exam (三.1).
    """
    upgrade, day = living(work, number), from_on or work.today
    for name in names:
        if role == MANAGER:
            manages(work, name, day)
        elif role == UPGRADER:
            person = living_person(work, name)
            if person.name not in holders.held(work, record(upgrade), role, day):
                admit(work, person, force=force)
    return assignments.assign(work, record(upgrade), ROLES, role, names, from_on)


def postpone(work: Work, number: str, to: date) -> bool:
    """四.1: the upgrade is planned for another day; False if it is that day already, refused once it is done."""
    upgrade = living(work, number)
    if upgrade.done_on is not None and upgrade.planned_on != to:
        raise Refused(
            "upgrade {number} was done on {on}: there is nothing to postpone",
            clause="四.1",
            number=upgrade.number,
            on=upgrade.done_on,
        )
    return write(work, upgrade, {"planned_on": to})
