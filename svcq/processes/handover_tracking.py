"""一.1.A: hand-overs in the contract tracking table: an eligible project enters it as free maintenance to convert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from svcq.errors import Refused
from svcq.processes import contract
from svcq.processes.contract_bulk import ids_of, insert_all
from svcq.processes.contract_known import LATER, Change, of_project
from svcq.processes.intake import Line
from svcq.processes.work import Work
from svcq.rules import contract as rules
from svcq.store.batches import batches
from svcq.store.tables.contract import Contract
from svcq.store.tables.customer import Customer
from svcq.store.tables.handover import Handover

K = Contract.__table__  # type: ignore[attr-defined]
H = Handover.__table__  # type: ignore[attr-defined]
SHARED = ("customer_id", "project", "project_number", "free_from", "free_until")
"""What a row of the tracking table takes over from its hand-over."""
FREE = ("free_from", "free_until")


@dataclass(frozen=True, slots=True)
class Entering:
    """A project that was decided to be eligible."""

    decided_on: date
    customer: str
    """The hospital's name."""
    values: Mapping[str, Any]
    """The columns of SHARED."""
    account_manager: tuple[int, str] | None = None
    """The hand-over's own."""
    number: str | None = None
    """The row that is named for it, there or not; None: one that fits, else a new one with the next number."""


def enter(work: Work, entering: Sequence[Entering]) -> list[tuple[int, str]]:
    """Bring projects into the tracking table: id and number of the row of each.

    A row that nobody else has, of the same customer, project and end of free maintenance, is theirs.
    """
    unclaimed = _unclaimed(work, entering)
    following = contract.number_maker(work, {one.number for one in entering if one.number})
    taken: list[tuple[int, str] | None] = []
    fresh: list[Change] = []
    for one in entering:
        rows = unclaimed.get(one.number or _period(one.values), [])
        place = 0 if one.number and rows else of_project(one.values, [row.model_dump() for row in rows])
        if place is not None:
            row = rows.pop(place)
            taken.append((row.id or 0, row.number))
            _fill(work, row, one)
        else:
            taken.append(None)
            fresh.append(_change(work, one, one.number or following()))
    insert_all(work, fresh)
    ids = ids_of(work, [one.number for one in fresh])
    made = iter(fresh)
    return [found or (ids[(new := next(made)).number], new.number) for found in taken]


Period = tuple[object, object]


def _period(values: Mapping[str, object]) -> Period:
    """Whose free maintenance ends when."""
    return values["customer_id"], values["free_until"]


def _unclaimed(work: Work, entering: Sequence[Entering]) -> dict[str | Period, list[Contract]]:
    """The rows that may be meant, by number or period, and that are of no other hand-over."""
    numbers = sorted({one.number for one in entering if one.number})
    customers = sorted({one.values["customer_id"] for one in entering if not one.number})
    claimed = exists().where(H.c.contract_id == K.c.id, H.c.void_on.is_(None))
    free = select(Contract).where(K.c.void_on.is_(None), ~claimed).order_by(K.c.number)
    found: dict[str | Period, list[Contract]] = {}
    for part in batches(numbers):
        for row in work.session.scalars(free.where(K.c.number.in_(part))):
            found[row.number] = [row]
    for part in batches(customers):
        dated = free.where(K.c.customer_id.in_(part), K.c.free_until.is_not(None))
        for row in work.session.scalars(dated):
            if row.number not in found:
                found.setdefault((row.customer_id, row.free_until), []).append(row)
    return found


def _change(work: Work, one: Entering, number: str) -> Change:
    """A new row of the tracking table."""
    values = {**one.values, "customer_status": _status(work, one.decided_on), "entered_on": one.decided_on}
    values["first_on"] = rules.first_date(values, work.today)
    people: dict[str, tuple[int | None, str | None]] = {}
    if one.account_manager:
        people["account_manager"] = one.account_manager
    return Change(Line(0, {}), number, None, values, one.customer, people, None, None, unfollow=False)


def _fill(work: Work, row: Contract, one: Entering) -> None:
    """Put into a row that was there what it leaves blank."""
    said = {**one.values, "customer_status": _status(work, one.decided_on)}
    if any(getattr(row, key) not in (None, said[key]) for key in FREE):
        said |= dict.fromkeys(FREE)  # half of one period and half of another would be none
    blanks = {key: value for key, value in said.items() if value is not None and getattr(row, key) is None}
    contract.edit(work, row, blanks)


def _status(work: Work, on: date) -> str:
    return str(work.book.on(on).settings["contract.status_converted"])


def shared(values: Mapping[str, object]) -> dict[str, object]:
    """What a row of the tracking table takes over from a hand-over of these columns."""
    return {key: values[key] for key in SHARED}


def follow(
    work: Work, contract_id: int | None, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """Mend the row of the tracking table as its hand-over was mended, where both said the same before."""
    row = _living(work, contract_id)
    if row is None:
        return
    changes = {
        key: after[key] for key in SHARED if after[key] != before[key] and getattr(row, key) == before[key]
    }
    if "customer_id" in changes:
        changes["customer"] = work.session.get_one(Customer, changes.pop("customer_id")).name
    contract.edit(work, row, changes)


def named(work: Work, handover: Handover, owner: object, number: str) -> Contract:
    """The row of that number in the tracking table; refused if it is void, of another hand-over or another `owner`."""
    row = contract.living(work, number)
    other = select(H.c.id).where(H.c.contract_id == row.id, H.c.id != handover.id, H.c.void_on.is_(None))
    if work.session.execute(other.limit(1)).first() is not None:
        raise Refused("contract {number} belongs to another hand-over", clause="一.1.A", number=row.number)
    if row.customer_id != owner:
        raise Refused("contract {number} is of another customer", clause="一.1.A", number=row.number)
    return row


def of(work: Work, handover: Handover) -> Contract | None:
    """Its row in the tracking table; None if it has none or that is void."""
    return _living(work, handover.contract_id)


@dataclass(frozen=True, slots=True)
class Left:
    """The row of the tracking table of a hand-over that is void: void with it, or not because it has its own life."""

    number: str
    void: bool


def leave(work: Work, handover: Handover, reason: str) -> Left | None:
    """Take a hand-over out of the tracking table again; None if it has no row there.

    A row that was there before the hand-over, or to which anything happened since, stays as it is.
    """
    row = of(work, handover)
    if row is None:
        return None
    followed = select(K.c.id).where(K.c.follows_id == row.id, K.c.void_on.is_(None)).limit(1)
    own = (
        row.entered_on is None
        or any(getattr(row, key) is not None for key in LATER)
        or shared(row.model_dump()) != shared(handover.model_dump())
        or row.customer_status != _status(work, row.entered_on)
        or bool(contract.calls(work, row))
        or work.session.execute(followed).first() is not None
    )
    return Left(row.number, not own and contract.void(work, row.number, reason))


def _living(work: Work, contract_id: int | None) -> Contract | None:
    """A row of the tracking table by its id; None if there is none or it is void."""
    row = work.session.get(Contract, contract_id) if contract_id else None
    return None if row is None or row.void_on else row
