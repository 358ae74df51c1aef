"""三.3: leave out of a file: on which days who was away."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.intake_names import Names
from svcq.processes.work import Work
from svcq.store.tables.staff import Leave


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Leave, known by person and days; a day alone is one day. Rows may overlap: an office's own list often does."""
    outcome, names, doubles = Outcome(), Names(work, manner), Doubles()
    known: dict[tuple[int, date, date], Leave] = {}
    for row in work.session.exec(select(Leave).order_by(col(Leave.from_on))):
        known[row.person_id, row.from_on, row.until_on] = row

    def take_one(line: Line) -> bool | None:
        said = line.values
        first, last, kind = said.get("from"), said.get("until") or said.get("from"), said.get("kind")
        if not said.get("person"):
            raise At("person", Refused("leave needs the person who is away", clause="三.3"))
        if not isinstance(first, date) or not isinstance(last, date):
            raise At("from", Refused("leave needs its first day", clause="三.3"))
        person_id, name = names.person(str(said["person"]), "engineer", "person")
        if not doubles.first((person_id, first, last), Line(line.row, {"kind": kind})):
            return None
        row = known.get((person_id, first, last))
        if row is not None:
            return False if "kind" in said and work.change(row, name, {"kind": kind}) else None
        row = Leave(person_id=person_id, from_on=first, until_on=last, kind=str(kind) if kind else None)
        work.insert(row, name)
        known[person_id, first, last] = row
        return True

    each(lines, take_one, outcome, manner.step)
    return outcome


INTAKE = Intake("leave", take, rank=2)
