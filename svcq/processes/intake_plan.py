"""三: development plans out of a file."""

from collections.abc import Sequence

from svcq.errors import Refused
from svcq.processes import issue_plan
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.work import Work

COLUMNS = ("active", "completion_on", "release_on")


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Plans, found by number; a new one is active unless it says otherwise."""
    outcome, doubles = Outcome(), Doubles()

    def take_one(line: Line) -> bool | None:
        number = line.values.get("number")
        if not number:
            raise At("number", Refused("a plan needs its number", clause="三"))
        if not doubles.first(number, line):
            return None
        values = {key: line.values[key] for key in COLUMNS if key in line.values}
        if values.get("active", True) is None:
            values["active"] = True
        known = issue_plan.known(work, str(number))
        if known is None:
            issue_plan.add(work, str(number), values)
            return True
        return False if issue_plan.edit(work, known, values) else None

    each(lines, take_one, outcome, manner.step)
    return outcome


INTAKE = Intake("plan", take, rank=4, named=("number",))
