"""五: data migrations out of a file; the rules of the commands hold here too."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from svcq.errors import Refused
from svcq.processes.intake import At, Doubles, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_gate import Gate
from svcq.processes.intake_names import Names
from svcq.processes.migrate_owed import M, touch_year
from svcq.processes.numbering import following
from svcq.processes.record_bulk import Change, write
from svcq.processes.record_known import Known, Shelf, by_number, of_customers
from svcq.processes.work import Work, not_in_future
from svcq.rules import migrate as rules

SHELF = Shelf("migrate", M, ("engineer",))
COLUMNS = ("system", *rules.ACTS)


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Migrations, found by number, else by customer, system and day; new ones get the next number."""
    outcome, taker = Outcome(), Taker(work, lines, manner)
    changes: list[Change] = []
    for line in sorted(lines, key=lambda one: not one.values.get("number")):
        try:
            change = taker.change(line)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            if change is None:
                outcome.unchanged += 1
            else:
                changes.append(change)
                days = [change.values.get(key) for key in rules.ACTS]
                outcome.ahead += any(isinstance(on, date) and on > work.today for on in days)
        manner.step(1)
    write(work, SHELF, changes, taker.day)
    for one in changes:
        if one.known is not None:
            touch_year(work, str(one.known.called["customer"]), one.known.values["done_on"])
        touch_year(
            work,
            str(one.called.get("customer") or one.known and one.known.called["customer"]),
            one.merged["done_on"],
        )
    outcome.added += sum(one.known is None for one in changes)
    outcome.updated += sum(one.known is not None for one in changes)
    return outcome


class Store:
    """Migrations by number, and by customer, day and system; those of rows before too."""

    def __init__(self, work: Work, lines: Sequence[Line], names: Names, day: date) -> None:
        """`day`: from which a changed person would hold the role."""
        numbers = (str(line.values["number"]) for line in lines if line.values.get("number"))
        self.by_number = by_number(work, SHELF, numbers, day)
        self._of: dict[tuple[object, object], dict[str, Known]] = {}
        unnumbered = [line.values for line in lines if not line.values.get("number")]
        called = {str(said["customer"]) for said in unnumbered if said.get("customer")}
        owners = {key for name in called if (key := names.known_customer(name)) is not None}
        for one in of_customers(work, SHELF, owners, day):
            self.put(self.by_number.setdefault(one.number, one))

    def put(self, one: Known) -> None:
        """Let rows to come find a migration by its customer and day."""
        if not one.values.get("void_on"):
            self._of.setdefault((one.values["customer_id"], one.values["done_on"]), {})[one.number] = one

    def find(self, said: Any, customer_id: int | None) -> Known | None:  # noqa: ANN401 - the values of a row
        """The migration a row means: by number, else by customer, day and system; refused if that is not clear.

        A row without a system means the only one of its day.
        """
        if said.get("number"):
            return self.by_number.get(str(said["number"]))
        fitting = list(self._of.get((customer_id, said.get("done_on")), {}).values())
        found = [one for one in fitting if one.values.get("system") == said.get("system")]
        if not found and said.get("system") is None:
            found = fitting
        if len(found) > 1:
            these = ", ".join(one.number for one in found[:3])
            raise At(
                "number", Refused("several migrations fit, e.g. {numbers}: say which number", numbers=these)
            )
        return found[0] if found else None


class Taker:
    """Turns rows into changes, one after the other."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner) -> None:
        self.work, self.force, self.day = work, manner.force, manner.from_on or work.today
        self.names, self.gate, self.doubles = Names(work, manner), Gate(work), Doubles()
        self.store = Store(work, lines, self.names, self.day)
        pattern = str(work.book.on(work.today).settings["migrate.number"])
        reserved = (str(line.values.get("number")) for line in lines)
        self.following: Callable[[], str] = following(work, M.c.number, pattern, reserved)

    def change(self, line: Line) -> Change | None:
        """What the row asks for; None if the store says so already. At, with the field, if it is refused."""
        said = line.values
        customer = self.names.customer(str(said["customer"])) if said.get("customer") else None
        known = self.store.find(said, customer[0] if customer else None)
        if known is None and customer is None:
            raise At("customer", Refused("a new migration needs its customer", clause="五"))
        if said.get("done_on") is None and (known is None or "done_on" in said):
            raise At("done_on", Refused("a migration needs its day", clause="五"))
        number = known.number if known else str(said.get("number") or "")
        if number and not self._is_first(number, line):
            return None
        change = Change(number, known, {key: said[key] for key in COLUMNS if key in said})
        if customer:
            change.values["customer_id"], change.called["customer"] = customer
        change.keep_what_differs()
        for key in rules.ACTS:
            if isinstance(on := change.values.get(key), date):
                try:
                    not_in_future(self.work, on, force=self.force)
                except Refused as why:
                    raise At(key, why) from None
        if "engineer" in said:
            self._staff(change, said["engineer"])
        if known is not None:
            if not change.values and not change.people:
                return None
            if known.values["void_on"]:
                raise At("number", Refused("migration {number} is void", number=known.number))
            return change
        if not number:
            change.number = self.following()
            self._is_first(change.number, line)
        self.store.put(Known(0, change.number, change.values, change.called))
        return change

    def _is_first(self, number: str, line: Line) -> bool:
        try:
            return self.doubles.first(number, line)
        except Refused as why:
            raise At("number" if line.values.get("number") else "customer", why) from None

    def _staff(self, change: Change, name: object) -> None:
        """Who did it. 三.1: nobody who had left, and nobody new before the exam."""
        held = change.known.held if change.known else {}
        holder = held.get("engineer")
        if name == (holder[1] if holder else None):
            return
        if not name:
            if holder:
                change.people["engineer"] = (None, None)
            return
        who = self.names.person(str(name), "engineer")
        if who != holder:
            self.gate.present(
                who[0], self.day if "engineer" in held else change.merged["done_on"], "engineer"
            )
            self.gate.admit(who[0], "engineer")
            change.people["engineer"] = who


INTAKE = Intake("migration", take, rank=8, named=("number",))
