"""二: many contracts written at once: rows, people, calls, audit; the ledger follows when the work is finished."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from svcq.errors import N_, Refused, SvcqError
from svcq.processes.contract_known import Change
from svcq.processes.holders import SINCE_EVER
from svcq.processes.intake import Fault, Outcome
from svcq.processes.names import unknown
from svcq.processes.work import DERIVED, Work
from svcq.rules.matching import near
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows
from svcq.store.tables.contract import Contract, ContractCall
from svcq.store.tables.customer import Customer
from svcq.store.tables.ledger import Waiver
from svcq.store.tables.staff import Assignment

K = Contract.__table__  # type: ignore[attr-defined]
CALL = ContractCall.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
WAIVER = Waiver.__table__  # type: ignore[attr-defined]
CUSTOMER = Customer.__table__.c  # type: ignore[attr-defined]
COLUMNS = tuple(
    column.name
    for column in K.columns
    if column.name not in ("id", "void_on", "void_reason", "refused_reason")
)
"""What a new contract can come with."""


def ids_of(work: Work, numbers: Sequence[str]) -> dict[str, int]:
    """The ids of contracts by number."""
    found: dict[str, int] = {}
    for part in batches(numbers):
        for key, number in work.session.execute(select(K.c.id, K.c.number).where(K.c.number.in_(part))):
            found[number] = key
    return found


def follow(work: Work, changes: list[Change], outcome: Outcome) -> list[Change]:
    """Check whom the contracts follow: known or in this very file, not void, and never in a ring; who may stay.

    A row that follows one that may not stay, and that the store has not, may not stay either.
    """
    wanted = {one.follows for one in changes if one.follows}
    if not wanted:
        return changes
    stored, void = _chain(work)
    for one in changes:
        if one.known and one.known.number != one.number:
            stored[one.number] = stored.pop(one.known.number, None)
    kept, count = changes, -1
    while count != len(kept):
        count, here = len(kept), {one.number for one in kept}
        before = stored | {one.number: one.follows for one in kept if one.follows or one.unfollow}
        staying = []
        for one in kept:
            if why := _unfit(one, before, here, void):
                outcome.faults.append(Fault(one.line.row, "follows", why))
            else:
                staying.append(one)
        kept = staying
    return kept


Chain = dict[str, str | None]
"""Number of each contract -> that of the contract before it."""


def _chain(work: Work) -> tuple[Chain, set[str]]:
    """Whom each contract of the store follows, and which of them are void."""
    before = K.alias()
    pairs = select(K.c.number, before.c.number.label("follows"), K.c.void_on).select_from(
        K.outerjoin(before, before.c.id == K.c.follows_id)
    )
    rows = work.session.execute(pairs).all()
    return {row.number: row.follows for row in rows}, {row.number for row in rows if row.void_on}


def _unfit(one: "Change", before: Chain, here: set[str], void: set[str]) -> SvcqError | None:
    """Why a contract cannot follow the one that it names; None if it can, or follows none."""
    if not one.follows:
        return None
    if one.follows in void:
        return Refused("contract {number} is void", number=one.follows)
    if one.follows not in before and one.follows not in here:
        close = near(one.follows, [*here, *before], likeness=80)
        return unknown(N_("contract {name} is not known{near}"), one.follows, close)
    if _in_ring(one.number, before):
        return Refused("contract {number} cannot follow itself", number=one.number)
    return None


def _in_ring(number: str, before: Chain) -> bool:
    seen = {number}
    step = before.get(number)
    while step is not None and step not in seen:
        seen.add(step)
        step = before.get(step)
    return step == number


def insert_all(work: Work, changes: Sequence[Change]) -> None:
    """Write new contracts, each with one row in the audit that holds all of it."""
    if not changes:
        return
    rows = [tuple(map({"number": one.number, **one.values}.get, COLUMNS)) for one in changes]
    insert_rows(work.session, K, COLUMNS, rows)
    ids = ids_of(work, [one.number for one in changes])
    held, calls = [], []
    for one in changes:
        key = ids[one.number]
        whole: dict[str, Any] = {"number": one.number, "customer": one.customer}
        whole |= {column: value for column, value in _told(one.values).items() if value is not None}
        for role, (person_id, name) in one.people.items():
            if person_id is not None:
                held.append(_assignment(key, role, SINCE_EVER, person_id))
                whole[role] = name
        if one.call:
            calls.append({"contract_id": key, "called_on": one.call[0], "promised_on": one.call[1]})
            whole |= {"called_on": one.call[0]} | ({"promised_on": one.call[1]} if one.call[1] else {})
        if one.follows:
            whole["follows"] = one.follows
        work.log("contract", one.number, "insert", whole)
    _write(work, HELD, held)
    _write(work, CALL, calls)
    _set_follows(work, changes)
    work.touch("contract", *(one.number for one in changes))


def update_all(work: Work, changes: Sequence[Change], day: date) -> None:
    """Write what changed in known contracts; a changed person holds the role from `day`."""
    held, calls = [], []
    moved = any("customer_id" in one.values for one in changes)
    hospitals = work.session.execute(select(CUSTOMER.id, CUSTOMER.name)).all() if moved else []
    customers = {row.id: row.name for row in hospitals}
    for one in changes:
        known = one.known
        assert known is not None
        told: dict[str, object] = {c: (known.values[c], v) for c, v in _told(one.values).items()}
        if "customer_id" in one.values:
            told["customer"] = (customers[known.values["customer_id"]], one.customer)
        if one.values:
            work.session.execute(update(K).where(K.c.id == known.id).values(**one.values))
        for role, (person_id, name) in one.people.items():
            since = day if role in known.held else SINCE_EVER
            same = (HELD.c.kind == "contract") & (HELD.c.record_id == known.id) & (HELD.c.role == role)
            work.session.execute(HELD.delete().where(same & (HELD.c.from_on == since)))
            held.append(_assignment(known.id, role, since, person_id))
            told[role] = (known.held.get(role), name)
            if since != SINCE_EVER:
                told["from"] = (None, since)
        if one.call:
            on, promised = one.call
            if on in known.calls:
                key, former = known.calls[on]
                work.session.execute(update(CALL).where(CALL.c.id == key).values(promised_on=promised))
                told["promised_on"] = (former, promised)
            else:
                calls.append({"contract_id": known.id, "called_on": on, "promised_on": promised})
                told |= {"called_on": (None, on)} | ({"promised_on": (None, promised)} if promised else {})
        if one.follows or one.unfollow:
            told["follows"] = (known.follows, one.follows)
        if one.unfollow:
            work.session.execute(update(K).where(K.c.id == known.id).values(follows_id=None))
        work.log("contract", one.number, "update", told)
        if known.number != one.number:
            _rename(work, known.number, one.number)
        work.touch("contract", one.number, *([known.follows] if known.follows else []))
    _write(work, HELD, held)
    _write(work, CALL, calls)
    _set_follows(work, changes)


def _rename(work: Work, before: str, after: str) -> None:
    """What is known by a contract's number follows the contract to another one."""
    mine = WAIVER.c.rule.startswith("contract.") & (WAIVER.c.number == before)
    work.session.execute(update(WAIVER).where(mine).values(number=after))
    work.log("contract", before, "update", {"number": (before, after)})
    work.touch("contract", before)


def _told(values: dict[str, object]) -> dict[str, object]:
    return {c: v for c, v in values.items() if c not in DERIVED and not c.endswith("_id")}


def _assignment(record_id: int, role: str, from_on: date, person_id: int | None) -> dict[str, object]:
    return {
        "kind": "contract",
        "record_id": record_id,
        "role": role,
        "from_on": from_on,
        "place": 0,
        "person_id": person_id,
    }


def _write(work: Work, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - a Core table
    if rows:
        insert_rows(work.session, table, tuple(rows[0]), [tuple(row.values()) for row in rows])


def _set_follows(work: Work, changes: Sequence[Change]) -> None:
    """Point contracts to the ones before them, now that all of the file are there."""
    pairs = [(one.number, one.follows) for one in changes if one.follows]
    ids = ids_of(work, sorted({name for pair in pairs for name in pair}))
    if pairs:
        point = update(K).where(K.c.id == bindparam("this")).values(follows_id=bindparam("before"))
        known = [{"this": ids[number], "before": ids[before]} for number, before in pairs]
        work.session.connection().execute(point, known)
    work.touch("contract", *(before for _, before in pairs))
