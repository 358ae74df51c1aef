"""一: hand-overs out of a file: found by number, else by project and phase; the rules of the commands hold here too."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from svcq.errors import Refused, SvcqError
from svcq.processes import handover_bulk
from svcq.processes.handover import FREE, ROLES, moved, next_number
from svcq.processes.handover_known import Change, Known, Store
from svcq.processes.handover_row import Decisions
from svcq.processes.handover_trail import managers
from svcq.processes.intake import At, Doubles, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_names import Names
from svcq.processes.work import Work, not_in_future
from svcq.rules import handover as rules

COLUMNS = (*("project_number", "project", "phase", "modules", *rules.ACTS, "free_from", "free_until"),)
"""Fields of the sheet that are columns of the table."""


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Hand-overs with their newest decision; new ones get the next number, eligible ones a row in the tracking table."""
    outcome = Outcome()
    day = manner.from_on or work.today
    taker = Taker(work, lines, manner, day)
    changes: list[Change] = []
    for line in lines:
        try:
            change = taker.change(line)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            if change is None:
                outcome.unchanged += 1
            else:
                changes.append(change)
                outcome.ahead += any(on > work.today for on in acts(change))
        manner.step(1)
    handover_bulk.write(work, changes, day)
    outcome.added += sum(one.known is None for one in changes)
    outcome.updated += sum(one.known is not None for one in changes)
    outcome.remarks += handover_bulk.incomplete(work, changes)
    return outcome


def acts(change: Change) -> list[date]:
    """The days of what a change says was done."""
    days = [change.values.get(key) for key in rules.ACTS] + [one.on for one in change.told]
    return [day for day in days if isinstance(day, date)]


class Taker:
    """Turns rows into changes, one after the other."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner, day: date) -> None:
        self.work, self.force = work, manner.force
        self.names, self.doubles = Names(work, manner), Doubles()
        self.store = Store(work, lines, self.names, day)
        self.decisions = Decisions(self.names, managers(work))
        self.following: Callable[[], str] = next_number(
            work, (str(line.values.get("number")) for line in lines)
        )
        self.claimed: set[str] = set()

    def change(self, line: Line) -> Change | None:
        """What the row asks for; None if the store says so already. At, with the field, if it is refused."""
        said = line.values
        customer = self.names.customer(str(said["customer"])) if said.get("customer") else None
        known = self.store.find(line, customer[0] if customer else None)
        if known is None and customer is None:
            raise At("customer", Refused("a new hand-over needs its customer"))
        number = known.number if known else str(said.get("number") or "")
        key = number or (said.get("project_number") or (customer, said.get("project")), said.get("phase"))
        try:
            if not self.doubles.first(key, line):
                return None
        except Refused as why:
            raise At("number" if said.get("number") else "project_number", why) from None
        values: dict[str, Any] = {column: said[column] for column in COLUMNS if column in said}
        if customer:
            values["customer_id"] = customer[0]
        change = Change(number, known, values, customer[1] if customer else known.customer if known else "")
        for role in ROLES:
            if role in said and not holds(known, role, said[role]):
                change.people[role] = self.names.person(str(said[role]), role) if said[role] else (None, None)
        if known:
            _keep_what_differs(change, known)
        self.decisions.take(change, said)
        self._settle(change, said)
        self._link(change, said)
        if known is None:
            change.number = number or self.following()
            return change
        if change.values.keys() <= {"first_on"} and not (change.people or change.told or change.filled):
            return None
        if known.values["void_on"]:
            raise At("number", Refused("hand-over {number} is void", number=known.number))
        return change

    def _settle(self, change: Change, said: Mapping[str, Any]) -> None:
        """Work out free maintenance, refuse what contradicts or is still to come, and set the first date."""
        known = change.known.values if change.known else dict.fromkeys((*COLUMNS, "contract_id"))
        for key in rules.ACTS:
            self._is_done(key, change.values.get(key))
        for told in change.told:
            self._is_done("decided_on", told.on)
        trail = [*(change.known.trail if change.known else ()), *change.told]
        entries = [one.entry for one in sorted(trail, key=lambda one: one.on)]
        meant = change.values | {key: said[key] for key in FREE if key in said}
        free = moved(self.work, known, meant, entries)
        change.values |= {key: day for key, day in free.items() if change.known is None or known[key] != day}
        merged = {**known, **change.values}
        first = next((one for one in entries if one.decision), None)
        if first and (why := rules.undecidable(merged, first.on)):
            mended = next((key for key in rules.HANDED_IN if key in change.values), "decision")
            raise At("decision" if change.told else mended, why)
        if (wrong := rules.contradiction(merged)) is not None:
            raise At(*wrong)
        first_on = rules.first_date(merged, self.work.today)
        if change.known is None or known["first_on"] != first_on:
            change.values["first_on"] = first_on

    def _is_done(self, field: str, on: object) -> None:
        try:
            if isinstance(on, date):
                not_in_future(self.work, on, force=self.force)
        except Refused as why:
            raise At(field, why) from None

    def _link(self, change: Change, said: Mapping[str, Any]) -> None:
        """The row of the tracking table that the row names: there for it, or to be made for it once it is eligible."""
        known = change.known
        number = str(said["contract"]) if said.get("contract") else None
        if known and known.values["contract_id"]:
            change.enters_on = None
            if number not in (None, known.contract):
                why = Refused(
                    "it is in the tracking table as {number}", clause="一.1.A", number=known.contract
                )
                raise At("contract", why)
            return
        if number is None:
            return
        owner = change.values.get("customer_id", known.values["customer_id"] if known else None)
        row = self.store.rows.get(number)
        if (unfit := self._unfit(number, row, owner, change.enters_on is not None)) is not None:
            raise At("contract", unfit)
        self.claimed.add(number)
        change.contract = number
        if row is not None and change.enters_on is None:
            change.values["contract_id"] = row.id

    def _unfit(self, number: str, row: Any, owner: object, eligible: bool) -> SvcqError | None:  # noqa: ANN401 - a row
        """Why a row of the tracking table cannot be that of a hand-over of a customer."""
        if number in self.claimed or (row is not None and row.handover):
            return Refused("contract {number} belongs to another hand-over", clause="一.1.A", number=number)
        if row is None:
            return None if eligible else Refused("contract {number} is not known", number=number)
        if row.void_on:
            return Refused("contract {number} is void", number=number)
        if row.customer_id != owner:
            return Refused("contract {number} is of another customer", clause="一.1.A", number=number)
        return None


def holds(known: Known | None, role: str, who: object) -> bool:
    """Whether that person has the role already, also as the customer's account manager, who counts by default."""
    if known is None or not who:
        return False
    if role == rules.MANAGER and role not in known.held:
        return known.manager == who
    held = known.held.get(role)
    return held is not None and held[1] == who


def _keep_what_differs(change: Change, known: Known) -> None:
    """Leave in a change only what differs from the store."""
    change.values = {key: value for key, value in change.values.items() if known.values[key] != value}
    names = {role: held[1] if (held := known.held.get(role)) else None for role in ROLES}
    change.people = {role: who for role, who in change.people.items() if names[role] != who[1]}


INTAKE = Intake("handover", take, rank=4, named=("number",))
