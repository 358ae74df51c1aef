"""三: the worklog out of a file, a hundred thousand problems at a time; the rules of the commands hold here too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from svcq.errors import Refused
from svcq.processes.intake import At, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_gate import Gate
from svcq.processes.intake_names import Names
from svcq.processes.issue_bulk import Change, insert_all, update_all
from svcq.processes.issue_rows import Homeless, Taker
from svcq.processes.work import Work


@dataclass(slots=True)
class Entered:
    """What became of rows that tell of issues."""

    numbers: dict[int, str] = field(default_factory=dict)
    """Row -> number of its issue."""
    added: set[int] = field(default_factory=set)
    """Rows of new issues."""
    updated: set[int] = field(default_factory=set)
    """Rows that changed a known one."""
    homeless: list[Line] = field(default_factory=list)
    """Rows of issues that are not known and for which no customer is said: not taken, and for the caller to refuse."""
    faults: list[Fault] = field(default_factory=list)
    ahead: set[str] = field(default_factory=set)
    """Numbers of issues with an act dated after today."""


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Issues, found by number, else by customer, words and day; new ones get the next number."""
    entered = enter(work, lines, manner, Names(work, manner), Gate(work), {}, manner.step)
    outcome = Outcome(
        added=len(entered.added),
        updated=len(entered.updated),
        unchanged=len(entered.numbers) - len(entered.added) - len(entered.updated),
        faults=entered.faults,
        ahead=len(entered.ahead),
    )
    rows = [line.row for line in entered.homeless]
    if rows and any(line.values.get("customer") for line in lines):
        why = Refused("a new issue needs its customer", clause="三")
        outcome.faults += [Fault(row, "customer", why) for row in rows]
    elif rows:
        why = Refused(
            "no row names the customer: say it in [constants] of a mapping file, or add the column",
            clause="三",
        )
        outcome.faults.append(Fault(rows[0], "customer", why, tuple(rows[1:])))
    return outcome


def enter(
    work: Work,
    lines: Sequence[Line],
    manner: Manner,
    names: Names,
    gate: Gate,
    fresh: Mapping[int, Mapping[str, object]],
    step: Callable[[int], None] = lambda rows: None,
) -> Entered:
    """Write what rows say of issues. `fresh`: row -> what besides counts for an issue that is not known yet."""
    entered = Entered()
    taker = Taker(work, lines, manner, names, gate, fresh)
    changes: list[Change] = []
    for line in lines:
        try:
            change = taker.change(line)
        except At as at:
            entered.faults.append(Fault(line.row, at.field, at.why))
        except Homeless:
            entered.homeless.append(line)
        else:
            entered.numbers[line.row] = taker.numbers[line.row]
            if change is not None:
                changes.append(change)
                if taker.is_ahead(change):
                    entered.ahead.add(change.number)
        step(1)
    new = [one for one in changes if one.known is None]
    old = [one for one in changes if one.known is not None]
    insert_all(work, new)
    update_all(work, old, taker.day)
    entered.added = {one.line.row for one in new}
    entered.updated = {one.line.row for one in old}
    return entered


INTAKE = Intake("issue", take, rank=5, named=("number",))
