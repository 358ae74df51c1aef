"""一: many hand-overs written at once: rows, people, trail, tracking table, audit; the ledger follows when all is done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from svcq.errors import Counted
from svcq.processes import handover_owed, handover_tracking
from svcq.processes.handover_known import HELD, TRAIL, Change, H, Known, Told
from svcq.processes.holders import SINCE_EVER
from svcq.processes.work import DERIVED, Work
from svcq.rules import handover as rules
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows

COLUMNS = tuple(column.name for column in H.columns if column.name not in ("id", "void_on", "void_reason"))
"""What a new hand-over can come with."""


def write(work: Work, changes: Sequence[Change], day: date) -> None:
    """Write what was asked for; a changed person holds the role from `day`."""
    _enter(work, [one for one in changes if one.enters_on])
    _insert([one for one in changes if one.known is None], work)
    for one in changes:
        if one.known is not None:
            _update(work, one, one.known, day)
    ids = _ids(work, [one.number for one in changes])
    rows = [(ids[one.number], told, one.number) for one in changes for told in one.told]
    _tell(work, rows)
    work.touch("handover", *(one.number for one in changes))


def _enter(work: Work, changes: Sequence[Change]) -> None:
    """Bring what has become eligible into the tracking table, and note its row there."""
    entering = []
    for one in changes:
        assert one.enters_on is not None
        known = one.known.values if one.known else dict.fromkeys(COLUMNS)
        held = one.known.held.get(rules.MANAGER) if one.known else None
        person_id, name = one.people.get(rules.MANAGER, held or (None, None))
        entering.append(
            handover_tracking.Entering(
                one.enters_on,
                one.customer,
                handover_tracking.shared({**known, **one.values}),
                (person_id, name) if person_id and name else None,
                one.contract,
            )
        )
    for one, (key, number) in zip(changes, handover_tracking.enter(work, entering), strict=True):
        one.values["contract_id"], one.contract = key, number


def _insert(changes: Sequence[Change], work: Work) -> None:
    """New hand-overs, each with one row in the audit that holds all of it but the trail."""
    if not changes:
        return
    rows = [tuple(map({"number": one.number, **one.values}.get, COLUMNS)) for one in changes]
    insert_rows(work.session, H, COLUMNS, rows)
    ids = _ids(work, [one.number for one in changes])
    held = []
    for one in changes:
        whole: dict[str, Any] = {"number": one.number, "customer": one.customer}
        whole |= {column: value for column, value in _shown(one.values).items() if value is not None}
        for role, (person_id, name) in one.people.items():
            if person_id is not None:
                held.append(("handover", ids[one.number], role, SINCE_EVER, 0, person_id))
                whole[role] = name
        if one.values.get("contract_id"):
            whole["contract"] = one.contract
        work.log("handover", one.number, "insert", whole)
    _hold(work, held)


def _update(work: Work, one: Change, known: Known, day: date) -> None:
    """What changed in a known hand-over, and its row in the tracking table with it."""
    told: dict[str, object] = {c: (known.values[c], value) for c, value in _shown(one.values).items()}
    if "customer_id" in one.values:
        told["customer"] = (known.customer, one.customer)
    if "contract_id" in one.values:
        told["contract"] = (None, one.contract)
    if one.values:
        work.session.execute(update(H).where(H.c.id == known.id).values(**one.values))
    for role, (person_id, name) in one.people.items():
        since = day if role in known.held else SINCE_EVER
        same = (HELD.c.kind == "handover") & (HELD.c.record_id == known.id) & (HELD.c.role == role)
        work.session.execute(HELD.delete().where(same & (HELD.c.from_on == since)))
        _hold(work, [("handover", known.id, role, since, 0, person_id)])
        former = known.held.get(role)
        told[role] = (former[1] if former else None, name)
        if since != SINCE_EVER:
            told["from"] = (None, since)
    if told:
        work.log("handover", one.number, "update", told)
    handover_tracking.follow(work, known.values["contract_id"], known.values, {**known.values, **one.values})
    for key, (row, values) in one.filled.items():
        work.session.execute(update(TRAIL).where(TRAIL.c.id == key).values(**_columns(values)))
        filled = {column: (None, value) for column, value in _columns(values).items()}
        work.log("handover_trail", one.number, "update", {"done_on": (row.on, row.on), **filled})


WORDS = {"by": "by_name", "expected_on": "expected_on", "note": "note"}


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    return {WORDS[key]: value for key, value in values.items()}


def _tell(work: Work, rows: Sequence[tuple[int, Told, str]]) -> None:
    """Decisions and follow-ups, each with its row in the audit."""
    names = ("handover_id", "done_on", "by_name", "decision", "expected_on", "note")
    lines = [(key, row.on, row.by, row.decision, row.expected_on, row.note) for key, row, _ in rows]
    insert_rows(work.session, TRAIL, names, lines)
    for line, (_, _, number) in zip(lines, rows, strict=True):
        said = dict(zip(names[1:], line[1:], strict=True))
        work.log("handover_trail", number, "insert", {key: v for key, v in said.items() if v is not None})


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {c: v for c, v in values.items() if c not in DERIVED and not c.endswith("_id")}


def _hold(work: Work, rows: Sequence[tuple[object, ...]]) -> None:
    insert_rows(work.session, HELD, ("kind", "record_id", "role", "from_on", "place", "person_id"), rows)


def _ids(work: Work, numbers: Sequence[str]) -> dict[str, int]:
    """The ids of hand-overs by number."""
    found: dict[str, int] = {}
    for part in batches(numbers):
        for key, number in work.session.execute(select(H.c.id, H.c.number).where(H.c.number.in_(part))):
            found[number] = key
    return found


def incomplete(work: Work, changes: Sequence[Change]) -> list[Counted]:
    """一.2: a remark on how many of these are registered though something is missing; none if there are none."""
    numbers = [one.number for one in changes]
    which = (H.c.number.in_(part) & H.c.registered_on.is_not(None) for part in batches(numbers))
    found = [facts for part in which for *_, facts in handover_owed.facts(work, part)]
    count = sum(bool(facts.missing) and rules.eligible_on(facts.trail) is not None for facts in found)
    if not count:
        return []
    return [
        Counted(
            "{count} hand-over is registered incompletely: `svcq handover list --columns number,missing` names what",
            "{count} hand-overs are registered incompletely: `svcq handover list --columns number,missing` names what",
            count=count,
        )
    ]
