"""三: many issues written at once: rows, engineers, acts, audit; the ledger follows when the work is finished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from svcq.processes.holders import SINCE_EVER
from svcq.processes.intake import Line
from svcq.processes.issue_known import Known
from svcq.processes.issue_told import Deed
from svcq.processes.work import DERIVED, Work
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue, IssueEvent
from svcq.store.tables.staff import Assignment

ISSUE = Issue.__table__  # type: ignore[attr-defined]
EVENT = IssueEvent.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
CUSTOMER = Customer.__table__.c  # type: ignore[attr-defined]
COLUMNS = tuple(
    column.name for column in ISSUE.columns if column.name not in ("id", "void_on", "void_reason")
)
"""What a new issue can come with."""
HOLDS = ("kind", "record_id", "role", "from_on", "place", "person_id")


@dataclass(slots=True)
class Change:
    """What a row asks for: a new issue (`known` None) or what is to be changed about one."""

    line: Line
    number: str
    known: Known | None
    values: dict[str, Any]
    """Column -> value."""
    customer: str | None
    engineer: tuple[int | None, str | None] | None = None
    """Id and name of who is to have it; None: that stays as it is."""
    deeds: list[Deed] = field(default_factory=list)


def ids_of(work: Work, numbers: Iterable[str]) -> dict[str, int]:
    """The ids of issues by number."""
    found: dict[str, int] = {}
    for part in batches(numbers):
        for key, number in work.session.execute(
            select(ISSUE.c.id, ISSUE.c.number).where(ISSUE.c.number.in_(part))
        ):
            found[number] = key
    return found


def insert_all(work: Work, changes: Sequence[Change]) -> None:
    """Write new issues, each with one row in the audit that holds all of it."""
    rows = [
        tuple(map({"priority": False, "number": one.number, **one.values}.get, COLUMNS)) for one in changes
    ]
    insert_rows(work.session, ISSUE, COLUMNS, rows)
    ids = ids_of(work, [one.number for one in changes])
    held: list[tuple[Any, ...]] = []
    for one in changes:
        whole: dict[str, Any] = {"number": one.number, "customer": one.customer}
        whole |= {column: value for column, value in _told(one.values).items() if value is not None}
        if one.engineer and one.engineer[0] is not None:
            held.append(_holds(ids[one.number], SINCE_EVER, one.engineer[0]))
            whole["engineer"] = one.engineer[1]
        for deed in one.deeds:
            whole |= {key: after for key, (_before, after) in deed.told.items()}
        work.log("issue", one.number, "insert", whole)
    insert_rows(work.session, HELD, HOLDS, held)
    _write_deeds(work, [(ids[one.number], deed) for one in changes for deed in one.deeds])
    work.touch("issue", *(one.number for one in changes))


def update_all(work: Work, changes: Sequence[Change], day: date) -> None:
    """Write what changed in known issues; a changed engineer has it from `day`."""
    held: list[tuple[Any, ...]] = []
    customers: dict[int, str] = {}
    if any("customer_id" in one.values for one in changes):
        customers = {
            key: name for key, name in work.session.execute(select(CUSTOMER.id, CUSTOMER.name)).all()
        }
    for one in changes:
        known = one.known
        assert known is not None
        told: dict[str, object] = {c: (known.values[c], v) for c, v in _told(one.values).items()}
        if "customer_id" in one.values:
            told["customer"] = (customers[int(str(known.values["customer_id"]))], one.customer)
        if one.engineer:
            since = day if "engineer" in known.held else SINCE_EVER
            held.append(_holds(known.id, since, one.engineer[0]))
            told["engineer"] = (known.held.get("engineer"), one.engineer[1])
            if since != SINCE_EVER:
                told["from"] = (None, since)
        for deed in one.deeds:
            told |= deed.told
        work.log("issue", one.number, "update", told)
    _update_columns(work, changes)
    same = [{f"the_{name}": value for name, value in zip(HOLDS, row, strict=True)} for row in held]
    if same:
        this = [HELD.c[name] == bindparam(f"the_{name}") for name in HOLDS[:4]]
        work.session.connection().execute(delete(HELD).where(*this), same)
        insert_rows(work.session, HELD, HOLDS, held)
    _write_deeds(work, [(one.known.id, deed) for one in changes if one.known for deed in one.deeds])
    work.touch("issue", *(one.number for one in changes))


def drop_acts(work: Work, acts: Sequence[int]) -> None:
    """Take out closings, reopenings or urges by their ids; the audit is the caller's business."""
    gone = [{"the_id": key} for key in acts]
    if gone:
        work.session.connection().execute(delete(EVENT).where(EVENT.c.id == bindparam("the_id")), gone)


def _update_columns(work: Work, changes: Sequence[Change]) -> None:
    """One statement for all rows that change the same columns."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in changes:
        if one.values and one.known:
            values = {f"new_{column}": value for column, value in one.values.items()}
            alike.setdefault(tuple(sorted(one.values)), []).append({"the_id": one.known.id, **values})
    for columns, rows in alike.items():
        statement = update(ISSUE).where(ISSUE.c.id == bindparam("the_id"))
        statement = statement.values({column: bindparam(f"new_{column}") for column in columns})
        work.session.connection().execute(statement, rows)


def _write_deeds(work: Work, deeds: Sequence[tuple[int, Deed]]) -> None:
    """Closings, reopenings and urges: those in place of others, one more, and those that are taken out."""
    fresh: list[tuple[Any, ...]] = []
    mended: list[dict[str, Any]] = []
    for issue_id, deed in deeds:
        after = deed.after
        if after is None:
            continue
        if after.id:
            mended.append({"the_id": after.id, "on": after.on, "by": after.by, "why": after.reason})
        else:
            fresh.append((issue_id, deed.what, after.on, after.by, after.reason))
    insert_rows(work.session, EVENT, ("issue_id", "what", "done_on", "by_name", "reason"), fresh)
    if mended:
        statement = update(EVENT).where(EVENT.c.id == bindparam("the_id"))
        statement = statement.values(
            done_on=bindparam("on"), by_name=bindparam("by"), reason=bindparam("why")
        )
        work.session.connection().execute(statement, mended)
    drop_acts(work, [act.id for _, deed in deeds if deed.after is None for act in deed.before])


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {c: v for c, v in values.items() if c not in DERIVED and not c.endswith("_id")}


def _holds(record_id: int, from_on: date, person_id: int | None) -> tuple[Any, ...]:
    return ("issue", record_id, "engineer", from_on, 0, person_id)
