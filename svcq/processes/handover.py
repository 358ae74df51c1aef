"""一: hand-overs of projects from implementation to service: entering, mending and assigning them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from svcq.errors import N_, Phrase, Refused
from svcq.processes import assignments, handover_tracking, holders, numbering
from svcq.processes.names import living_customer, living_person, unknown
from svcq.processes.work import Work, not_in_future
from svcq.rules import handover as rules
from svcq.rules.matching import tidy_number
from svcq.store.tables.contract import Contract
from svcq.store.tables.customer import Customer
from svcq.store.tables.handover import Handover, HandoverTrail

ROLES = ("project_manager", "account_manager")
FREE = ("accepted_on", "free_from", "free_until")
H = Handover.__table__  # type: ignore[attr-defined]


def find(work: Work, number: str) -> Handover:
    """The hand-over of that number; NotFound with near numbers."""
    name = tidy_number(number)
    found = work.session.exec(select(Handover).where(Handover.number == name)).first()
    if found is None:
        close = numbering.neighbours(work, H.c.number, name)
        raise unknown(N_("hand-over {name} is not known{near}"), name, close)
    return found


def living(work: Work, number: str) -> Handover:
    """The hand-over, refused if its record is void."""
    found = find(work, number)
    if found.void_on:
        raise Refused("hand-over {number} is void since {on}", number=found.number, on=found.void_on)
    return found


def record(handover: Handover) -> holders.Record:
    """The hand-over as something that people are assigned to."""
    assert handover.id is not None
    return holders.Record("handover", handover.id, handover.number)


def trail(work: Work, handover: Handover) -> list[HandoverTrail]:
    """Its decisions and follow-ups, oldest first; those of one day in the order of their entry."""
    rows = select(HandoverTrail).where(HandoverTrail.handover_id == handover.id)
    return list(work.session.exec(rows.order_by(col(HandoverTrail.done_on), col(HandoverTrail.id))))


def entry(row: HandoverTrail) -> rules.Entry:
    """A row of the trail as the rules know it."""
    return rules.Entry(row.done_on, row.decision, row.expected_on, bool(row.note))


def next_number(work: Work, reserved: Iterable[str] = ()) -> Callable[[], str]:
    """Gives the next number by the policy's pattern; `reserved`: numbers that are about to be used by others."""
    pattern = str(work.book.on(work.today).settings["handover.number"])
    return numbering.following(work, H.c.number, pattern, reserved)


def add(
    work: Work,
    number: str | None,
    customer: str,
    values: Mapping[str, Any],
    people: Mapping[str, str | None],
) -> Handover:
    """A new hand-over. Refused if the number exists, an act is in the future, or its dates contradict each other."""
    name = tidy_number(number or "") or next_number(work)()
    if work.session.exec(select(Handover.id).where(Handover.number == name)).first() is not None:
        raise Refused("hand-over {number} exists already: use `svcq handover edit`", number=name)
    owner = living_customer(work, customer)
    assert owner.id is not None
    columns = {key: value for key, value in values.items() if value is not None}
    _acts_are_done(work, columns)
    row = Handover(number=name, customer_id=owner.id, first_on=first_date(work, columns), **columns)
    held = {role: living_person(work, who) for role, who in people.items() if who}
    work.insert(row, name, {"customer": owner.name})
    for role, who in held.items():
        holders.assign(work, record(row), role, [who])
    work.touch("handover", name)
    return row


def set_dates(work: Work, number: str, days: Mapping[str, date]) -> bool:
    """Record on which days something was done, by column; False if exactly that is recorded already.

    Refused on another day than the recorded one (`edit` mends), in the future, or against the order of dates.
    """
    handover = living(work, number)
    new: dict[str, date] = {}
    for column, on in days.items():
        known = getattr(handover, column)
        if known not in (None, on):
            raise Refused(
                "hand-over {number}: {what} is recorded on {known} already; "
                "`svcq handover edit {number} --reason …` mends it",
                number=handover.number,
                what=Phrase(rules.DONE[column]),
                known=known,
            )
        if known is None:
            not_in_future(work, on)
            new[column] = on
    return edit(work, handover, new) if new else False


def _acts_are_done(work: Work, values: Mapping[str, object]) -> None:
    """Refuse values that date an act after today."""
    for key in rules.ACTS:
        on = values.get(key)
        if isinstance(on, date):
            not_in_future(work, on)


def edit(work: Work, handover: Handover, values: Mapping[str, object]) -> bool:
    """Change columns (`customer` by name, `contract` by number), and what follows from them; False if nothing differs.

    Free maintenance that was worked out moves along with the acceptance, and the row of the tracking table with what
    it took over. Refused if what was decided would come before the application was complete.
    """
    columns = dict(values)
    shown: dict[str, tuple[object, object]] = {}
    if "customer" in columns:
        owner = living_customer(work, str(columns.pop("customer")))
        if owner.id != handover.customer_id:
            former = work.session.get_one(Customer, handover.customer_id)
            shown["customer"] = (former.name, owner.name)
            columns["customer_id"] = owner.id
    entries = [entry(row) for row in trail(work, handover)]
    if "contract" in columns:
        _edit_contract(work, handover, columns, shown, entries)
    _acts_are_done(work, {key: on for key, on in columns.items() if on != getattr(handover, key)})
    before = handover.model_dump()
    columns |= moved(work, before, columns, entries)
    after = {**before, **columns}
    first = next((one for one in entries if one.decision), None)
    if first and (why := rules.undecidable(after, first.on)):
        raise why
    columns["first_on"] = first_date(work, after)
    changed = work.change(handover, handover.number, columns, shown)
    if changed:
        handover_tracking.follow(work, handover.contract_id, before, handover.model_dump())
        work.touch("handover", handover.number)
    return changed


def _edit_contract(
    work: Work,
    handover: Handover,
    columns: dict[str, object],
    shown: dict[str, tuple[object, object]],
    entries: Sequence[rules.Entry],
) -> None:
    """Put the id of the row in the tracking table into `columns`; refused unless the project is eligible (一.1.A)."""
    said = columns.pop("contract")
    if rules.eligible_on(entries) is None:
        raise Refused(
            "hand-over {number} is not eligible: it has no row in the tracking table",
            clause="一.1.A",
            number=handover.number,
        )
    former = work.session.get(Contract, handover.contract_id) if handover.contract_id else None
    owner = columns.get("customer_id", handover.customer_id)
    row = handover_tracking.named(work, handover, owner, str(said)) if said else None
    if former is not row:
        shown["contract"] = (former.number if former else None, row.number if row else None)
        columns["contract_id"] = row.id if row else None


def moved(
    work: Work, before: Mapping[str, Any], said: Mapping[str, object], entries: Iterable[rules.Entry]
) -> dict[str, object]:
    """一.1.A: the first and last day of free maintenance after the columns in `said` changed, once it is eligible."""
    eligible = rules.eligible_on(tuple(entries))
    if eligible is None:
        return {}
    months = int(work.book.on(eligible).settings["handover.free_months"])
    known = rules.Free(*(before[key] for key in FREE))
    after = known.mended({key: said[key] for key in FREE if key in said}, months)
    return {"free_from": after.free_from, "free_until": after.free_until}


def first_date(work: Work, values: Mapping[str, Any]) -> date | None:
    """The first date of a record of these values; refused if its dates contradict each other."""
    fault = rules.contradiction(values)
    if fault:
        raise fault[1]
    return rules.first_date(values, work.today)


def void(work: Work, number: str, reason: str) -> tuple[bool, handover_tracking.Left | None]:
    """A mistaken record: its obligations end, it stays visible with the reason; False if it is void already.

    Its row in the tracking table is void too if nothing else has become of it; else that row is told.
    """
    handover = find(work, number)
    if handover.void_on:
        return False, None
    work.change(handover, handover.number, {"void_on": work.today, "void_reason": reason})
    work.touch("handover", handover.number)
    return True, handover_tracking.leave(work, handover, reason)


def assign(work: Work, number: str, role: str, names: list[str], from_on: date | None) -> bool:
    """Give a role on a hand-over to somebody else from a day on; False if they hold it already."""
    return assignments.assign(work, record(living(work, number)), ROLES, role, names, from_on)
