"""一: hand-overs of the store as the rows of a file are compared with them, looked up for the whole file at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from svcq.errors import Refused
from svcq.processes.intake import At, Line
from svcq.processes.intake_names import Names
from svcq.processes.work import Work
from svcq.rules import handover as rules
from svcq.store.batches import batches
from svcq.store.tables.contract import Contract
from svcq.store.tables.customer import Customer
from svcq.store.tables.handover import Handover, HandoverTrail
from svcq.store.tables.staff import Assignment, Staff

H = Handover.__table__  # type: ignore[attr-defined]
TRAIL = HandoverTrail.__table__  # type: ignore[attr-defined]
K = Contract.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
PERSON = Staff.__table__  # type: ignore[attr-defined]
CUSTOMER = Customer.__table__  # type: ignore[attr-defined]


@dataclass(slots=True)
class Told:
    """A decision or follow-up."""

    on: date
    by: str | None = None
    decision: str | None = None
    expected_on: date | None = None
    note: str | None = None
    id: int | None = None
    """None: it is new."""

    @property
    def entry(self) -> rules.Entry:
        """As the rules know it."""
        return rules.Entry(self.on, self.decision, self.expected_on, bool(self.note))


@dataclass(slots=True)
class Known:
    """A hand-over of the store."""

    id: int
    number: str
    customer: str
    values: dict[str, Any]
    """Column -> value."""
    contract: str | None
    """Its row in the tracking table, void or not."""
    held: dict[str, tuple[int, str] | None] = field(default_factory=dict)
    """Role -> who holds it on the day from which a change would count."""
    manager: str | None = None
    """The customer's account manager, who counts where the hand-over has none of its own."""
    trail: list[Told] = field(default_factory=list)
    """Oldest first."""


@dataclass(slots=True)
class Change:
    """What a row asks for: a new hand-over (`known` None) or what is to be changed about one."""

    number: str
    known: Known | None
    values: dict[str, Any]
    """Column -> value."""
    customer: str
    people: dict[str, tuple[int | None, str | None]] = field(default_factory=dict)
    """Role -> id and name."""
    told: list[Told] = field(default_factory=list)
    """To be added to the trail."""
    filled: dict[int, tuple[Told, dict[str, Any]]] = field(default_factory=dict)
    """Id of a row of the trail -> that row, and what is filled in where it was blank."""
    enters_on: date | None = None
    """The day of the decision by which it enters the tracking table."""
    contract: str | None = None
    """The row of the tracking table that is named for it."""


def load(work: Work, which: ColumnElement[bool], day: date) -> list[Known]:
    """The hand-overs of a condition, by number; `day`: from which a changed person would hold the role."""
    rows = work.session.execute(
        select(H, CUSTOMER.c.name.label("customer"), K.c.number.label("contract"))
        .select_from(
            H.join(CUSTOMER, CUSTOMER.c.id == H.c.customer_id).outerjoin(K, K.c.id == H.c.contract_id)
        )
        .where(which)
        .order_by(H.c.number)
    )
    found: dict[int, Known] = {}
    for row in rows:
        values = dict(row._mapping)
        customer, contract = values.pop("customer"), values.pop("contract")
        found[row.id] = Known(row.id, row.number, customer, values, contract)
    ids = list(found)
    for part in batches(ids):
        told = select(TRAIL).where(TRAIL.c.handover_id.in_(part)).order_by(TRAIL.c.done_on, TRAIL.c.id)
        for row in work.session.execute(told):
            found[row.handover_id].trail.append(
                Told(row.done_on, row.by_name, row.decision, row.expected_on, row.note, row.id)
            )
    for record_id, role, who in _holders(work, "handover", ids, day):
        found[record_id].held[role] = who
    owners = {one.values["customer_id"] for one in found.values()}
    managers = {
        key: who for key, role, who in _holders(work, "customer", owners, day) if role == rules.MANAGER
    }
    for one in found.values():
        manager = managers.get(one.values["customer_id"])
        one.manager = manager[1] if manager else None
    return list(found.values())


def _holders(
    work: Work, kind: str, ids: Iterable[int], day: date
) -> Iterator[tuple[int, str, tuple[int, str] | None]]:
    """Record id, role and holder of every assignment up to a day, the newest of a record last."""
    for part in batches(ids):
        rows = work.session.execute(
            select(HELD.c.record_id, HELD.c.role, PERSON.c.id, PERSON.c.name)
            .select_from(HELD.outerjoin(PERSON, PERSON.c.id == HELD.c.person_id))
            .where(HELD.c.kind == kind, HELD.c.record_id.in_(part), HELD.c.from_on <= day)
            .order_by(HELD.c.from_on, HELD.c.place.desc())
        )
        yield from ((key, role, (who, name) if who else None) for key, role, who, name in rows)


class Store:
    """The hand-overs that the rows of a file may mean."""

    def __init__(self, work: Work, lines: Sequence[Line], names: Names, day: date) -> None:
        """`day`: from which a changed person would hold the role."""
        self.work, self.day = work, day
        numbers = {str(line.values["number"]) for line in lines if line.values.get("number")}
        unnumbered = [line.values for line in lines if not line.values.get("number")]
        projects = {str(said["project_number"]) for said in unnumbered if said.get("project_number")}
        called = {str(said["customer"]) for said in unnumbered if said.get("customer")}
        owners = {key for name in called if (key := names.known_customer(name)) is not None}
        self.by_number = {one.number: one for one in self._load(H.c.number, numbers)}
        living = {one.number: one for one in self._load(H.c.project_number, projects)}
        living |= {one.number: one for one in self._load(H.c.customer_id, owners)}
        self.of_project: dict[object, list[Known]] = {}
        self.of_name: dict[object, list[Known]] = {}
        for found in living.values():
            one = self.by_number.get(found.number, found)
            if not one.values["void_on"]:
                self.of_project.setdefault(one.values["project_number"], []).append(one)
                called_so = (one.values["project"], one.values["customer_id"])
                self.of_name.setdefault(called_so, []).append(one)
        self.rows = self._tracking({str(said) for line in lines if (said := line.values.get("contract"))})

    def _load(self, column: ColumnElement[Any], wanted: set[Any]) -> Iterable[Known]:
        for part in batches(sorted(wanted)):
            yield from load(self.work, column.in_(part), self.day)

    def _tracking(self, numbers: set[str]) -> dict[str, Any]:
        """Rows of the tracking table by number: id, customer_id, void_on, and the hand-over that has it."""
        found: dict[str, Any] = {}
        taken = K.outerjoin(H, (H.c.contract_id == K.c.id) & H.c.void_on.is_(None))
        columns = (K.c.id, K.c.number, K.c.customer_id, K.c.void_on, H.c.number.label("handover"))
        for part in batches(sorted(numbers)):
            rows = select(*columns).select_from(taken).where(K.c.number.in_(part))
            found |= {row.number: row for row in self.work.session.execute(rows)}
        return found

    def find(self, line: Line, customer_id: int | None) -> Known | None:
        """The hand-over a row means: by number, else by project and phase; refused if that is not clear."""
        said = line.values
        if said.get("number"):
            return self.by_number.get(str(said["number"]))
        number, project, phase = (said.get(key) for key in ("project_number", "project", "phase"))
        named = self.of_name.get((project, customer_id), []) if project else []
        if number:
            same = self.of_project.get(number, [])
        elif project and customer_id is not None:
            same = named
        else:
            why = Refused(
                "a hand-over without a number needs its project number, or customer and project name"
            )
            raise At("project_number", why)
        found = [one for one in same if one.values["phase"] == phase]
        if number and not found:  # its project's number may not have been known before
            unnumbered = [one for one in named if one.values["project_number"] is None]
            found = [one for one in unnumbered if one.values["phase"] == phase]
        if len(found) > 1 or (not found and same and phase is None):
            these = ", ".join(one.number for one in (found or same)[:3])
            why = Refused("several hand-overs fit, e.g. {numbers}: say which number or phase", numbers=these)
            raise At("phase" if same and not found else "number", why)
        return found[0] if found else None
