"""三: the work on problems out of a file: sheets of steps, worklogs with a row per step, and logs of events.

A problem that is not known yet is entered with its first step, if the file says what it needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from svcq.errors import N_, Counted, Refused, SvcqError
from svcq.processes.intake import At, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_gate import Gate
from svcq.processes.intake_issue import Entered, enter
from svcq.processes.intake_names import Names
from svcq.processes.issue import done_by_now
from svcq.processes.issue_cases import Case, day_of, gather, in_order
from svcq.processes.issue_steps import ISSUE, Fresh, Home, Mended, homes, kept, write
from svcq.processes.names import unknown
from svcq.processes.numbering import neighbours
from svcq.processes.work import Work
from svcq.rules import issue_dates as dates

STEP = ("on", "what", "result")
"""A row with none of these says something of its problem alone."""
HINTED = 20
"""So many numbers that are not known are told with those near them."""


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Steps, known by issue, day, person and words; rows that are alike are as many steps as there are rows."""
    taker = Taker(work, manner)
    cases, orphans = gather(lines)
    for line in orphans:
        taker.refuse(line.row, "issue", Refused("a step needs its issue", clause="三"))
    for line in lines:
        taker.look_at(line)
    taker.foresee(cases)
    cases = [case for case in cases if any(line.row not in taker.bad for line in case.lines)]
    entered = taker.enter(cases)
    taker.steps([case for case in cases if case.row in entered.numbers], entered)
    taker.outcome.ahead = len(taker.ahead | entered.ahead)
    if entered.added:
        made = Counted(
            "{count} issue was entered on the way, from its first step",
            "{count} issues were entered on the way, each from its first step",
            count=len(entered.added),
        )
        taker.outcome.remarks.append(made)
    return taker.outcome


@dataclass(slots=True)
class Taker:
    """Takes a sheet of steps in, one part after the other."""

    work: Work
    manner: Manner
    outcome: Outcome = field(default_factory=Outcome)
    bad: set[int] = field(default_factory=set)
    """Rows that are refused."""
    people: dict[int, tuple[int, str] | None] = field(default_factory=dict)
    """Row -> id and name of who did it."""
    ahead: set[str] = field(default_factory=set)
    """Numbers of issues with a step dated after today."""
    names: Names = field(init=False)
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.work, self.manner)
        self.gate = Gate(self.work)

    def refuse(self, row: int, field: str, why: SvcqError, others: Iterable[int] = ()) -> None:
        """Refuse a row at a field, and others for the same reason; a row that is refused already stays as it is."""
        rest = tuple(other for other in others if other not in self.bad)
        if row not in self.bad:
            self.outcome.faults.append(Fault(row, field, why, rest))
        elif rest:
            self.outcome.faults.append(Fault(rest[0], "", why, rest[1:]))
        self.bad |= {row, *rest}

    def look_at(self, line: Line) -> None:
        """Refuse a step without a day, or of somebody who is not known or had left."""
        said = line.values
        if all(said.get(key) is None for key in STEP):
            return
        day = day_of(line)
        if day is None:
            self.refuse(line.row, "on", Refused("a step needs its day", clause="三"))
            return
        self.people[line.row] = None
        if said.get("by"):
            try:
                person = self.names.person(str(said["by"]), "engineer", "by")
                self.gate.present(person[0], day, "by")
            except At as at:
                self.refuse(line.row, at.field, at.why)
            else:
                self.people[line.row] = person

    def foresee(self, cases: Sequence[Case]) -> None:
        """Refuse steps of problems that are not known yet before these are entered: no row is taken in by half."""
        known = homes(self.work, {case.number for case in cases if case.number})
        for case in (one for one in cases if one.number not in known):
            reported_on = case.said.get("reported_on")
            for line in case.lines:
                if line.row not in self.people or (day := day_of(line)) is None:
                    continue
                try:
                    self._is_its_time(day, reported_on if isinstance(reported_on, date) else day)
                except At as at:
                    self.refuse(line.row, at.field, at.why)

    def _is_its_time(self, day: date, reported_on: date) -> None:
        """At, if a step cannot stand on that day."""
        if (early := dates.too_early(reported_on, day)) is not None:
            raise At("on", early)
        try:
            done_by_now(self.work, day, force=self.manner.force)
        except Refused as why:
            raise At("on", why) from None

    def enter(self, cases: Sequence[Case]) -> Entered:
        """Enter what rows say of their problems; refuse the rows of those that cannot be."""
        lines, fresh = [], {}
        unnamed = str(self.work.book.on(self.work.today).settings["issue.unknown_customer"])
        for case in cases:
            number = {"number": case.number} if case.number else {}
            lines.append(Line(case.row, number | case.said))
            if first := next(iter(in_order(case.lines)), None):
                words = str(first.values.get("what") or "").partition("\n")[0].strip() or None
                fresh[case.row] = {"title": words, "reported_on": day_of(first)}
                if case.number and self.manner.create_missing:
                    fresh[case.row]["customer"] = unnamed
        entered = enter(self.work, lines, self.manner, self.names, self.gate, fresh)
        by_row = {case.row: case for case in cases}
        for fault in entered.faults:
            case = by_row[fault.row]
            row = case.sources.get(fault.field, case.row)
            others = [line.row for line in case.lines if line.row != row]
            self.refuse(row, "issue" if fault.field == "number" else fault.field, fault.why, others)
        if entered.homeless:
            homeless = [by_row[line.row] for line in entered.homeless]
            self._refuse_homeless(homeless, cases, bool(entered.numbers), unnamed)
        return entered

    def _refuse_homeless(
        self, homeless: Sequence[Case], cases: Sequence[Case], some: bool, unnamed: str
    ) -> None:
        """Say once for the file, or for each issue, that it is not known and no row says whose it is.

        `some`: others of the file were taken; `unnamed`: what a customer is called that nobody names.
        """
        if not some and not any(case.said.get("customer") for case in cases):
            rows = [line.row for case in homeless for line in case.lines]
            why = Refused(
                "none of these issues is known, and no row names a customer to enter them for: import the issues"
                " first, or name it in [constants] of a mapping file, or --create-missing (then it is {customer})",
                clause="三",
                customer=unnamed,
            )
            self.refuse(min(rows), "issue", why, sorted(rows)[1:])
            return
        for place, case in enumerate(homeless):
            near = (
                neighbours(self.work, ISSUE.c.number, case.number) if case.number and place < HINTED else []
            )
            unsaid: SvcqError = Refused("a new issue needs its customer", clause="三")
            if case.number:
                unsaid = unknown(N_("issue {name} is not known{near}"), case.number, near)
            field = "issue" if case.number else "customer"
            self.refuse(case.row, field, unsaid, [line.row for line in case.lines[1:]])

    def steps(self, cases: Sequence[Case], entered: Entered) -> None:
        """Pair the steps off with those of the store; write what is new or has another result."""
        known = homes(self.work, {entered.numbers[case.row] for case in cases})
        stored = kept(self.work, (home.id for home in known.values()))
        fresh: list[Fresh] = []
        mended: list[Mended] = []
        for case in cases:
            home = known[entered.numbers[case.row]]
            told = case.row in entered.added, case.row in entered.updated
            for line in in_order(case.lines):
                if line.row in self.bad:
                    continue
                try:
                    step = self._step(line, home, stored)
                except At as at:
                    self.refuse(line.row, at.field, at.why)
                    continue
                if isinstance(step, Fresh):
                    fresh.append(step)
                    self.outcome.added += 1
                elif step is not None:
                    mended.append(step)
                    self.outcome.updated += 1
                else:
                    self._count(line.row == case.row, (False, told[0] or told[1]))
            for line in case.lines:
                if line.row not in self.bad and line.row not in self.people:
                    self._count(line.row == case.row, told)
                self.manner.step(1)
        write(self.work, fresh, mended)

    def _count(self, is_first: bool, told: tuple[bool, bool]) -> None:
        """Count a row without a new step: the first one of a problem by what became of that (added, updated)."""
        added, updated = told if is_first else (False, False)
        self.outcome.added += added
        self.outcome.updated += updated
        self.outcome.unchanged += not (added or updated)

    def _step(self, line: Line, home: Home, stored: dict[Any, Any]) -> Fresh | Mended | None:
        """The step that a row asks for, its other result, or None if the store has it; At if it is refused."""
        said, day, person = line.values, day_of(line), self.people[line.row]
        assert day is not None
        what = str(said["what"]) if said.get("what") is not None else None
        result = str(said["result"]) if said.get("result") is not None else None
        same = stored.get((home.id, day, person and person[0], what))
        step: Fresh | Mended
        if same:
            key, before = same.popleft()
            if before == result or (result is None and "result" not in said):
                return None
            step = Mended(home, key, before, result)
        else:
            step = Fresh(home, day, person, what, result)
        if home.is_void:
            raise At("issue", Refused("issue {number} is void", number=home.number))
        self._is_its_time(day, home.reported_on)
        if day > self.work.today:
            self.ahead.add(home.number)
        return step


INTAKE = Intake("step", take, rank=6)
