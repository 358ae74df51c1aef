"""三.3-4: spot checks out of a file: what was checked at which hospital for which month."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import select

from svcq.errors import Refused
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.intake_names import Names
from svcq.processes.issue import done_by_now
from svcq.processes.work import Work
from svcq.rules import issue_check as rules
from svcq.store.tables.issue_check import SpotCheck


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Spot checks, found by month and customer; the months are computed anew."""
    outcome, names, doubles = Outcome(), Names(work, manner), Doubles()
    months = {str(line.values.get("month")) for line in lines}
    known = {
        (row.month, row.customer_id): row
        for row in work.session.exec(select(SpotCheck))
        if row.month in months
    }
    ahead: set[str] = set()

    def take_one(line: Line) -> bool | None:
        said = line.values
        month, name = said.get("month"), said.get("customer")
        if not month:
            raise At("month", Refused("a spot check needs its month", clause=rules.CLAUSE))
        if not name:
            raise At("customer", Refused("a spot check needs its customer", clause=rules.CLAUSE))
        customer_id, customer = names.customer(str(name))
        if not doubles.first((month, customer_id), line):
            return None
        row = known.get((str(month), customer_id))
        before = {key: getattr(row, key, None) for key in rules.ACTS}
        values: dict[str, Any] = {
            key: said[key] for key in rules.ACTS if key in said and said[key] != before[key]
        }
        for key, on in values.items():
            if fault := rules.contradiction({key: on}, date.fromisoformat(f"{month}-01")):
                raise At(*fault)
            _is_done(key, on)
        number = f"{month} {customer}"
        if row is not None:
            return False if work.change(row, number, values) else None
        if not values:
            return None  # a line of the plan: nothing was checked yet
        row = known[str(month), customer_id] = SpotCheck(month=str(month), customer_id=customer_id, **values)
        work.insert(row, number, {"customer": customer})
        return True

    def _is_done(key: str, on: Any) -> None:  # noqa: ANN401 - a cell
        if not isinstance(on, date):
            return
        try:
            done_by_now(work, on, force=manner.force)
        except Refused as why:
            raise At(key, why) from None
        if on > work.today:
            ahead.add(key)

    each(lines, take_one, outcome, manner.step)
    outcome.ahead = len(ahead)
    if outcome.added or outcome.updated:
        work.touch("issue")
    return outcome


INTAKE = Intake("spot_check", take, rank=5)
