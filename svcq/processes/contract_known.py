"""二: contracts of the store as the rows of a file are compared with them, looked up for the whole file at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, select

from svcq.errors import Refused
from svcq.processes.intake import At, Line
from svcq.processes.intake_names import Names
from svcq.processes.work import Work
from svcq.store.batches import batches
from svcq.store.tables.contract import Contract, ContractCall
from svcq.store.tables.staff import Assignment, Staff

K = Contract.__table__  # type: ignore[attr-defined]
CALL = ContractCall.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
PERSON = Staff.__table__  # type: ignore[attr-defined]

Natural = tuple[int, object, object]

LATER = (
    *("amount_fen", "sent_out_on", "sealed_on", "reminded_email_on", "reminded_phone_on", "returned_on"),
    *("starts_on", "ends_on", "refused_on", "follows_id"),
)
"""What becomes later on of a row that a hand-over brought."""


@dataclass(slots=True)
class Known:
    """A contract of the store."""

    id: int
    number: str
    values: dict[str, object]
    """Column -> value."""
    follows: str | None = None
    """Number of the contract before it."""
    held: dict[str, str | None] = field(default_factory=dict)
    """Role -> who holds it on the day from which a change would count."""
    manager: str | None = None
    """The customer's account manager, who counts where the contract has none of its own."""
    calls: dict[date, tuple[int, date | None]] = field(default_factory=dict)
    """Day of a call -> id and promise of its last call."""


@dataclass(slots=True)
class Change:
    """What a row asks for: a new contract (`known` None) or changed columns, people, a call, the one before."""

    line: Line
    number: str
    known: Known | None
    values: dict[str, object]
    """Column -> value."""
    customer: str | None
    people: dict[str, tuple[int | None, str | None]]
    """Role -> id and name."""
    call: tuple[date, date | None] | None
    follows: str | None
    """Number of the contract before; blank: none is said."""
    unfollow: bool


class Store:
    """The contracts that the rows of a file may mean."""

    def __init__(self, work: Work, lines: Sequence[Line], names: Names, day: date) -> None:
        """`day`: from which a changed person would hold the role."""
        self.work = work
        numbers = {str(line.values["number"]) for line in lines if line.values.get("number")}
        rows = [row for part in batches(sorted(numbers)) for row in self._rows(K.c.number.in_(part))]
        self.by_number = {str(row["number"]): self._known(row) for row in rows}
        self.by_nature: dict[Natural, list[Known]] = {}
        unnumbered = [line for line in lines if not line.values.get("number")]
        self.periods: dict[object, set[object]] = {}
        for line in unnumbered:
            self.periods.setdefault(_said(line), set()).add(line.values.get("free_until"))
        self._load_natural(unnumbered, names)
        self.entered: dict[object, list[Known]] = {}
        self._load_entered((line for line in lines if line.values.get("number")), names)
        everyone = {one.id: one for one in self.by_number.values()}
        everyone |= {one.id: one for found in self.entered.values() for one in found}
        everyone |= {one.id: one for found in self.by_nature.values() for one in found}
        for part in batches(sorted(everyone)):
            self._load_people(part, everyone, day)
            self._load_calls(part, everyone)
        managers = self._managers(day) if everyone else {}
        for one in everyone.values():
            one.manager = managers.get(one.values["customer_id"])

    def find(self, line: Line, customer_id: int | None) -> Known | None:
        """The contract a row means: by number, else by customer, project and seal date; refused if several fit.

        A row that a hand-over brought, and to which nothing happened yet, takes the number that the file gives it.
        """
        number = line.values.get("number")
        if number:
            return self.by_number.get(str(number)) or self._take_entered(line, str(number), customer_id)
        if customer_id is None:
            return None
        found = self.by_nature.get((customer_id, *_said(line)[1:]), [])
        if until := self.period(line):
            exact = [one for one in found if one.values["free_until"] == until]
            said = self.periods[_said(line)]
            found = exact or [one for one in found if one.values["free_until"] not in said]
        if len(found) > 1:
            these = ", ".join(one.number for one in found[:3])
            raise At(
                "number", Refused("several contracts fit, e.g. {numbers}: say which number", numbers=these)
            )
        return found[0] if found else None

    def period(self, line: Line) -> object:
        """The end of free maintenance where it tells rows without number and seal apart: the phases of a project."""
        if line.values.get("sealed_on") or None in self.periods.get(_said(line), (None,)):
            return None
        return line.values.get("free_until")

    def _take_entered(self, line: Line, number: str, customer_id: int | None) -> Known | None:
        rows = self.entered.get((customer_id, line.values.get("free_until")), [])
        place = of_project(line.values, [one.values for one in rows])
        if place is None:
            return None
        self.by_number[number] = rows.pop(place)
        return self.by_number[number]

    def _rows(self, condition: object) -> Iterable[dict[str, object]]:
        before = K.alias()
        query = select(K, before.c.number.label("follows")).select_from(
            K.outerjoin(before, before.c.id == K.c.follows_id)
        )
        for row in self.work.session.execute(query.where(condition)):  # type: ignore[arg-type]
            yield dict(row._mapping)

    def _known(self, row: dict[str, object]) -> Known:
        follows = row.pop("follows")
        return Known(int(str(row["id"])), str(row["number"]), row, str(follows) if follows else None)

    def _load_natural(self, lines: Iterable[Line], names: Names) -> None:
        """Contracts by their natural key, of the customers that rows without a number name."""
        said = {str(line.values["customer"]) for line in lines if line.values.get("customer")}
        ids = {found for name in said if (found := names.known_customer(name)) is not None}
        for part in batches(sorted(ids)):
            for row in self._rows(K.c.customer_id.in_(part) & K.c.void_on.is_(None)):
                known = self.by_number.get(str(row["number"])) or self._known(row)
                key = (int(str(row["customer_id"])), row["project"], row["sealed_on"])
                self.by_nature.setdefault(key, []).append(known)

    def _load_entered(self, lines: Iterable[Line], names: Names) -> None:
        """Rows that hand-overs brought and nothing else, of customers that rows with a number not known name."""
        new = [line.values for line in lines if str(line.values["number"]) not in self.by_number]
        said = {
            str(values["customer"]) for values in new if values.get("customer") and values.get("free_until")
        }
        ids = {found for name in said if (found := names.known_customer(name)) is not None}
        called = select(CALL.c.id).where(CALL.c.contract_id == K.c.id).exists()
        bare = and_(
            K.c.entered_on.is_not(None),
            K.c.void_on.is_(None),
            ~called,
            *(K.c[key].is_(None) for key in LATER),
        )
        loaded = {one.number: one for found in self.by_nature.values() for one in found}
        for part in batches(sorted(ids)):
            for row in self._rows(K.c.customer_id.in_(part) & bare):
                if (number := str(row["number"])) not in self.by_number:
                    key = row["customer_id"], row["free_until"]
                    self.entered.setdefault(key, []).append(loaded.get(number) or self._known(row))

    def _load_people(self, ids: Sequence[int], everyone: dict[int, Known], day: date) -> None:
        rows = (
            select(HELD.c.record_id, HELD.c.role, PERSON.c.name)
            .select_from(HELD.outerjoin(PERSON, PERSON.c.id == HELD.c.person_id))
            .where(HELD.c.kind == "contract", HELD.c.record_id.in_(ids), HELD.c.from_on <= day)
            .order_by(HELD.c.from_on, HELD.c.place.desc())
        )
        for record_id, role, name in self.work.session.execute(rows):
            everyone[record_id].held[role] = name

    def _managers(self, day: date) -> dict[object, str | None]:
        """Who is the account manager of which customer on that day."""
        rows = (
            select(HELD.c.record_id, PERSON.c.name)
            .select_from(HELD.outerjoin(PERSON, PERSON.c.id == HELD.c.person_id))
            .where(HELD.c.kind == "customer", HELD.c.role == "account_manager", HELD.c.from_on <= day)
            .order_by(HELD.c.from_on)
        )
        return {key: name for key, name in self.work.session.execute(rows)}

    def _load_calls(self, ids: Sequence[int], everyone: dict[int, Known]) -> None:
        rows = select(CALL.c.id, CALL.c.contract_id, CALL.c.called_on, CALL.c.promised_on)
        for key, contract_id, on, promised in self.work.session.execute(
            rows.where(CALL.c.contract_id.in_(ids)).order_by(CALL.c.id)
        ):
            everyone[contract_id].calls[on] = (key, promised)


def _said(line: Line) -> tuple[object, object, object]:
    """What a row without a number is known by."""
    return line.values.get("customer"), line.values.get("project"), line.values.get("sealed_on")


def of_project(said: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> int | None:
    """Which of the rows is of the project that is said: by its number, else by its name where one has no number."""
    named = None
    for place, row in enumerate(rows):
        number, known = said.get("project_number"), row["project_number"]
        if number and number == known:
            return place
        if named is None and not (number and known) and said.get("project") == row["project"] is not None:
            named = place
    return named
