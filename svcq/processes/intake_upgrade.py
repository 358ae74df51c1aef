"""四: upgrades out of a file, a hundred thousand at a time; the rules of the commands hold here too."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from svcq.errors import Counted, Refused
from svcq.processes import upgrade_version
from svcq.processes.handover_trail import managers
from svcq.processes.intake import At, Doubles, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_gate import Gate
from svcq.processes.intake_names import Names
from svcq.processes.numbering import following
from svcq.processes.record_bulk import Change, write
from svcq.processes.record_known import Known
from svcq.processes.upgrade_known import SHELF, Store
from svcq.processes.upgrade_owed import U, skipped
from svcq.processes.work import Work, not_in_future
from svcq.rules import upgrade as rules
from svcq.rules import upgrade_order as order
from svcq.store.batches import batches

PEOPLE = {"applied_by": "account_manager", "arranged_by": "regional_manager", "upgrader": "upgrader"}
"""Field of the sheet -> the role on the upgrade."""
DAYS = {"applied_by": "applied_on", "arranged_by": "arranged_on", "upgrader": "arranged_on"}
"""Field of the sheet -> when that person had to be in the company."""
COLUMNS = tuple(name for name in SHELF.columns if name not in ("number", "customer_id", "first_on"))
"""Fields of the sheet that are columns of the table."""
ANSWERS = {
    **dict.fromkeys(("stable", "solved", "arranged", "answer"), "called_on"),
    **dict.fromkeys(
        ("second_stable", "second_solved", "second_arranged", "second_answer"), "second_called_on"
    ),
}
"""What was answered -> in which call."""
HINTED = 3
"""So many upgrades at most are named in a remark."""
_NUMBER = re.compile(r"[^\s、,，;；]*\d[^\s、,，;；]*")
_BETWEEN = re.compile(r"\s*[、,，;；\n]\s*")


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Upgrades, found by number, else by customer and day of application; new ones get the next number."""
    outcome = Outcome()
    taker = Taker(work, lines, manner)
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
                outcome.ahead += any(_is_day(change.values.get(key), after=work.today) for key in rules.ACTS)
        manner.step(1)
    write(work, SHELF, changes, taker.day)
    upgrade_version.fill(work, {change.merged["customer_id"] for change in changes})
    outcome.added += sum(one.known is None for one in changes)
    outcome.updated += sum(one.known is not None for one in changes)
    outcome.remarks += out_of_order(work, changes)
    return outcome


def _is_day(value: object, *, after: date) -> bool:
    return isinstance(value, date) and value > after


class Taker:
    """Turns rows into changes, one after the other."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner) -> None:
        self.work, self.force, self.day = work, manner.force, manner.from_on or work.today
        self.names, self.gate, self.doubles = Names(work, manner), Gate(work), Doubles()
        self.store = Store(work, lines, self.names, self.day)
        self.managers = managers(work)
        pattern = str(work.book.on(work.today).settings["upgrade.number"])
        reserved = (str(line.values.get("number")) for line in lines)
        self.following: Callable[[], str] = following(work, U.c.number, pattern, reserved)

    def change(self, line: Line) -> Change | None:
        """What the row asks for; None if the store says so already. At, with the field, if it is refused."""
        said = line.values
        customer = self.names.customer(str(said["customer"])) if said.get("customer") else None
        known = self.store.find(said, customer[0] if customer else None)
        if known is None and customer is None:
            raise At("customer", Refused("a new upgrade needs its customer", clause="四.1"))
        number = known.number if known else str(said.get("number") or "")
        if number and not self._is_first(number, line):
            return None
        change = Change(number, known, {key: said[key] for key in COLUMNS if key in said})
        if customer:
            change.values["customer_id"], change.called["customer"] = customer
        if said.get("issues_solved"):
            change.values["issues_solved"] = listed(str(said["issues_solved"]))
        change.keep_what_differs()
        self._settle(change)
        self._staff(change, said)
        if known is not None:
            if change.values.keys() <= {"first_on"} and not change.people:
                return None
            if known.values["void_on"]:
                raise At("number", Refused("upgrade {number} is void", number=known.number))
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

    def _settle(self, change: Change) -> None:
        """Refuse days that contradict or are still to come and answers without a call, and set the first date."""
        for key in rules.ACTS:
            if isinstance(on := change.values.get(key), date):
                try:
                    not_in_future(self.work, on, force=self.force)
                except Refused as why:
                    raise At(key, why) from None
        merged = change.merged
        if (wrong := rules.contradiction(merged)) is not None:
            raise At(*wrong)
        for key, call in ANSWERS.items():
            if change.values.get(key) is not None and merged.get(call) is None:
                raise At(key, Refused("an answer needs the day of its call", clause="四.4"))
        first_on = rules.first_date(merged, self.work.today)
        if change.known is None or change.known.values["first_on"] != first_on:
            change.values["first_on"] = first_on

    def _staff(self, change: Change, said: Mapping[str, Any]) -> None:
        """Who had to do with it. 四.1: a regional or division manager arranges; 三.1: nobody new does it."""
        for field, role in PEOPLE.items():
            if field not in said:
                continue
            held = change.known.held if change.known else {}
            holder = held.get(role)
            if said[field] == (holder[1] if holder else None):
                continue
            if not said[field]:
                if holder:
                    change.people[role] = (None, None)
                continue
            who = self.names.person(str(said[field]), role, field)
            if holder == who:
                continue
            merged = change.merged
            on = self.day if role in held else merged.get(DAYS[field]) or merged.get("first_on")
            if on is not None:
                self.gate.present(who[0], on, field)
            if field == "arranged_by" and who[1] not in self.managers:
                self._is_manager(who[1])
            if field == "upgrader":
                self.gate.admit(who[0], field)
            change.people[role] = who

    def _is_manager(self, name: str) -> None:
        """Refuse who is neither regional nor division manager; one that was just entered is."""
        self.managers = managers(self.work)
        if name not in self.managers:
            why = Refused("{name} is neither regional nor division manager", clause="四.1", name=name)
            raise At("arranged_by", why)


def listed(text: str) -> str:
    """Numbers of issues with 、 between them, whatever stood there; other words stay as they are."""
    parts = [part for part in _BETWEEN.split(text) if part]
    return "、".join(parts) if all(_NUMBER.fullmatch(part) for part in parts) else text


def out_of_order(work: Work, changes: Sequence[Change]) -> list[Counted]:
    """四.1-2: a remark on how many of these have a step before which others are missing; none if there are none."""
    skips: dict[int, list[order.Skip]] = {}
    for part in batches(one.known.id for one in changes if one.known):
        skips |= skipped(work, part)
    found = []
    for one in changes:
        steps = order.steps(one.merged, one.merged.get("no_test_reason"))
        life = order.Order(steps, tuple(skips.get(one.known.id, ())) if one.known else ())
        if any(day and day != date.min and life.missing(step, day) for step, day in steps.items()):
            found.append(one.number)
    if not found:
        return []
    return [
        Counted(
            "{count} upgrade has a step before which others are missing: {numbers}",
            "{count} upgrades have a step before which others are missing, e.g. {numbers}",
            count=len(found),
            numbers=", ".join(found[:HINTED]),
        )
    ]


INTAKE = Intake("upgrade", take, rank=7, named=("number",))
