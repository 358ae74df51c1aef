"""一.1: what was decided about a hand-over and with whom, and how far it is that was not eligible; rows are only added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes import handover_tracking, holders
from svcq.processes.handover import edit, entry, living, moved, record, trail
from svcq.processes.names import living_person, person
from svcq.processes.work import Work, not_in_future
from svcq.rules import handover as rules
from svcq.store.tables.customer import Customer
from svcq.store.tables.handover import Handover, HandoverTrail
from svcq.store.tables.staff import Staff, StaffRole

SHOWN = 6
"""So many names at most are told of those who may decide."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and with whom."""

    on: date
    by: str
    """The regional or division manager."""
    eligible: bool
    expected_on: date | None = None
    reason: str | None = None
    free_from: date | None = None
    free_until: date | None = None


def decide(work: Work, number: str, decision: Decision) -> bool:
    """一.1: decided, confirmed with a regional or division manager; False if the very same is recorded already.

    Refused before the application is complete, with anybody else, without an expected day and a reason if it is not
    eligible, and if it is eligible already. An eligible project enters the contract tracking table.
    """
    handover = living(work, number)
    not_in_future(work, decision.on)
    manager = living_person(work, decision.by)
    word = "eligible" if decision.eligible else "not_eligible"
    row = _row(handover, decision.on, manager.name, word, decision.expected_on, decision.reason)
    rows = trail(work, handover)
    if any(_same(known, row) for known in rows) and not _free_differs(handover, decision):
        return False
    may_decide(manager.name, managers(work), decision.on)
    if not decision.eligible and not (decision.expected_on and decision.reason):
        raise Refused(
            "a project that is not eligible needs the day on which it is expected to be, and the reason: "
            "say --expected and --reason",
            clause="一.1.B",
        )
    why = rules.undecidable(handover.model_dump(), decision.on)
    if why:
        raise why
    _write(work, handover, rows, row)
    if decision.eligible:
        said = {"free_from": decision.free_from, "free_until": decision.free_until}
        _enter(work, handover, decision.on, {key: day for key, day in said.items() if day})
    return True


def _row(
    handover: Handover, on: date, by: str, decision: str | None, expected_on: date | None, note: str | None
) -> HandoverTrail:
    assert handover.id is not None
    return HandoverTrail(
        handover_id=handover.id,
        done_on=on,
        by_name=by,
        decision=decision,
        expected_on=expected_on,
        note=note,
    )


def _same(known: HandoverTrail, row: HandoverTrail) -> bool:
    """Whether a row of the trail says all that another one says."""
    if (known.done_on, known.decision, known.by_name) != (row.done_on, row.decision, row.by_name):
        return False
    return row.expected_on in (None, known.expected_on) and row.note in (None, known.note)


def _free_differs(handover: Handover, decision: Decision) -> bool:
    """Whether the free maintenance that is said is another than the recorded one."""
    return decision.free_from not in (None, handover.free_from) or decision.free_until not in (
        None,
        handover.free_until,
    )


def _write(work: Work, handover: Handover, rows: list[HandoverTrail], row: HandoverTrail) -> None:
    """Add a row to the trail; refused where its day has no place for it."""
    new = entry(row)
    if fault := rules.fault(new):
        raise fault[1]
    entries = [entry(known) for known in rows]
    before = [one for one in entries if one.on <= new.on]
    if why := rules.misplaced(new, before, [one for one in entries if one.on > new.on]):
        raise why
    work.insert(row, handover.number)
    work.touch("handover", handover.number)


def _enter(work: Work, handover: Handover, on: date, said: Mapping[str, date]) -> None:
    """Fill in free maintenance, and bring the project into the contract tracking table."""
    entries = [entry(row) for row in trail(work, handover)]
    edit(work, handover, {**said, **moved(work, handover.model_dump(), said, entries)})
    if handover_tracking.of(work, handover) is not None:
        return
    owner = work.session.get_one(Customer, handover.customer_id)
    held = holders.held(work, record(handover), "account_manager", on)
    manager = person(work, held[0]) if held else None
    entering = handover_tracking.Entering(
        on,
        owner.name,
        handover_tracking.shared(handover.model_dump()),
        (manager.id or 0, manager.name) if manager else None,
    )
    ((key, number),) = handover_tracking.enter(work, [entering])
    work.change(handover, handover.number, {"contract_id": key}, {"contract": (None, number)})


def managers(work: Work) -> dict[str, date | None]:
    """The regional and division managers by name, with the day on which they left; void ones are left out."""
    rows = (
        select(Staff)
        .join(StaffRole, col(StaffRole.staff_id) == col(Staff.id))
        .where(col(StaffRole.role).in_(rules.DECIDERS), col(Staff.void_on).is_(None))
        .order_by(Staff.name)
    )
    return {one.name: one.left_on for one in work.session.exec(rows)}


def may_decide(name: str, known: Mapping[str, date | None], on: date) -> None:
    """Refuse a decision of a day that was not confirmed with one of the `known` managers; names those who may (一.1)."""
    if name not in known:
        raise no_manager(name, list(known))
    left_on = known[name]
    if left_on and left_on < on:
        raise Refused("{name} left on {on}", name=name, on=left_on)


def no_manager(name: str, known: list[str]) -> Refused:
    """The refusal of a decision with somebody else, with the names of those who may."""
    some = ", ".join([*known[:SHOWN], *(["…"] if len(known) > SHOWN else [])])
    if not known:
        return Refused(
            "{name} is neither regional nor division manager, and nobody among the staff is: "
            "`svcq staff edit NAME --role regional_manager --reason …`",
            clause="一.1",
            name=name,
        )
    return Refused(
        "{name} is neither regional nor division manager: it is confirmed with one of {names}",
        clause="一.1",
        name=name,
        names=some,
    )


def follow_up(work: Work, number: str, on: date, by: str, expected_on: date | None, note: str | None) -> bool:
    """一.1.B: how far a project is that is not eligible; False if the very same is recorded already.

    Refused in the future, once it is eligible, and with a new expected day without a note.
    """
    handover = living(work, number)
    not_in_future(work, on)
    row = _row(handover, on, by, None, expected_on, note)
    rows = trail(work, handover)
    if any(_same(known, row) for known in rows):
        return False
    if expected_on and not note:
        raise Refused("a new expected day needs what was heard: say --note", clause="一.1.B")
    _write(work, handover, rows, row)
    return True
