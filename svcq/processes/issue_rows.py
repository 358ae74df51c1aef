"""三: what the rows of a worklog ask for, one after the other: a new issue, a change, or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from svcq.errors import Refused
from svcq.processes.intake import At, Doubles, Line, Manner
from svcq.processes.intake_gate import Gate
from svcq.processes.intake_names import Names
from svcq.processes.issue import done_by_now, number_maker
from svcq.processes.issue_bulk import Change
from svcq.processes.issue_known import Known, Store
from svcq.processes.issue_told import deeds
from svcq.processes.work import Work
from svcq.rules import issue_dates as dates
from svcq.rules.matching import name_key

COLUMNS = (
    *("system", "module", "title", "description", "reported_by", "priority_on", "request", "request_on"),
    *("tested_by_test_dept_on", "test_result_on", "passed_on"),
)
"""Fields of the sheet that are columns of the table, and may be emptied."""
FLAGGED = ("priority", "request")
"""What has a day of its own, from which it counts."""


class Homeless(Exception):  # noqa: N818 - no error yet: the caller knows how to say it
    """A new issue of no customer."""


class Taker:
    """Turns rows into changes, one after the other."""

    def __init__(
        self,
        work: Work,
        lines: Sequence[Line],
        manner: Manner,
        names: Names,
        gate: Gate,
        fresh: Mapping[int, Mapping[str, object]],
    ) -> None:
        self.work, self.force, self.day = work, manner.force, manner.from_on or work.today
        self.names, self.gate, self.fresh = names, gate, fresh
        self.doubles = Doubles()
        self.store = Store(work, lines, names, self.day)
        self.next_number = number_maker(work, (str(line.values.get("number")) for line in lines))
        self.numbers: dict[int, str] = {}
        """Row -> number of its issue."""
        self._named: dict[object, str] = {}
        for line in lines:
            if line.values.get("number") and (words := _words(line.values)):
                self._named.setdefault(words, str(line.values["number"]))
        self._given: dict[object, str] = {}

    def change(self, line: Line) -> Change | None:
        """What the row asks for; None if the store says so already. At, with the field, if it is refused."""
        said: Mapping[str, Any] = line.values
        customer = self.names.customer(str(said["customer"])) if said.get("customer") else None
        number = str(said.get("number") or self._named.get(_words(said)) or "")
        known = self.store.by_number.get(number) if number else None
        if not number:
            if not said.get("title"):
                raise At("title", Refused("an issue without a number needs its words", clause="三"))
            known = self.store.find(line, customer[0] if customer else None)
        if known is None:
            said = {**self.fresh.get(line.row, {}), **{k: v for k, v in said.items() if v is not None}}
            if customer is None and said.get("customer"):
                customer = self.names.customer(str(said["customer"]))
            if customer is None:
                raise Homeless
            if not said.get("reported_on"):
                raise At("reported_on", Refused("a new issue needs the day of its report", clause="三"))
        key = known.number if known else number or _words(said)
        try:
            is_first = self.doubles.first(key, line)
        except Refused as why:
            raise At("number" if line.values.get("number") else "customer", why) from None
        if not is_first:
            self.numbers[line.row] = known.number if known else number or self._given[key]
            return None
        change = Change(line, number, known, self._values(said, known), customer and customer[1])
        if customer:
            change.values["customer_id"] = customer[0]
        change.deeds = deeds(said, known)
        self._staff(change, said)
        self._settle(change, said)
        if known is None:
            change.number = number or self._given.setdefault(key, self.next_number())
        else:
            change.number = known.number
        self.numbers[line.row] = change.number
        if known is None:
            return change
        if not (change.values or change.engineer or change.deeds):
            return None
        if known.values["void_on"]:
            raise At("number", Refused("issue {number} is void", number=known.number))
        return change

    def is_ahead(self, change: Change) -> bool:
        """Whether a change dates an act after today."""
        days = [change.values.get(key) for key in dates.ACTS]
        days += [deed.after.on for deed in change.deeds if deed.after]
        return any(isinstance(on, date) and on > self.work.today for on in days)

    def _values(self, said: Mapping[str, Any], known: Known | None) -> dict[str, Any]:
        """The columns that the row says, with what belongs to a flag or a request that it sets or takes away."""
        values = {column: said[column] for column in COLUMNS if column in said}
        if said.get("reported_on"):
            values["reported_on"] = said["reported_on"]
        if "priority" in said:
            values["priority"] = bool(said["priority"])
        elif values.get("priority_on"):
            values["priority"] = True
        if known is None:
            return values
        for key in FLAGGED:
            if key not in values or values[key] == known.values[key] or values.get(f"{key}_on"):
                continue
            if not values[key]:
                values[f"{key}_on"] = None
            elif known.values[f"{key}_on"] is None:
                values[f"{key}_on"] = self.work.today
        return values

    def _staff(self, change: Change, said: Mapping[str, Any]) -> None:
        """Whose it is to be. 三.1: nobody who had left, and nobody new before the exam."""
        known, name = change.known, said.get("engineer")
        holds = known.held.get("engineer", known.engineer) if known else None
        if "engineer" not in said or holds == name:
            return
        if not name:
            change.engineer = (None, None) if known and known.held.get("engineer") else None
            return
        person_id, full_name = self.names.person(str(name), "engineer")
        if holds == full_name:
            return
        self.gate.present(person_id, self.day if known else said["reported_on"], "engineer")
        self.gate.admit(person_id, "engineer")
        change.engineer = (person_id, full_name)

    def _settle(self, change: Change, said: Mapping[str, Any]) -> None:
        """Leave in a change only what differs from the store, and refuse dates that contradict or lie ahead."""
        known = change.known
        if known:
            change.values = {key: value for key, value in change.values.items() if known.values[key] != value}
        merged = {**(known.values if known else {}), **change.values}
        merged |= {key: said.get(key) for key in ("closed_on", "reopened_on")}
        fault = dates.contradiction({key: merged.get(key) for pair in dates.ORDER for key in pair[:2]})
        if fault is not None:
            raise At(*fault)
        acts = {key: on for key, on in change.values.items() if key in dates.ACTS}
        acts |= {deed.field: deed.after.on for deed in change.deeds if deed.after}
        for key, on in acts.items():
            if not isinstance(on, date):
                continue
            try:
                done_by_now(self.work, on, force=self.force)
            except Refused as why:
                raise At(key, why) from None
        if known and "reported_on" in change.values and known.life and known.life.acts:
            early = dates.too_early(change.values["reported_on"], min(known.life.acts))
            if early is not None:
                raise At("reported_on", early)


def _words(said: Mapping[str, Any]) -> tuple[object, ...] | None:
    """The natural key of a row as it is written; None where a part is missing."""
    if not said.get("customer") or not said.get("title") or not said.get("reported_on"):
        return None
    return name_key(str(said["customer"])), said["title"], said["reported_on"]
