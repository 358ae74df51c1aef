"""七: teams and regions of people out of a file: where each of them is from a day on."""

from collections.abc import Sequence
from datetime import date

from svcq.errors import Refused
from svcq.processes import staff_units
from svcq.processes.holders import SINCE_EVER
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.intake_names import Names
from svcq.processes.work import Work
from svcq.store.tables.staff import Staff


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Moves, known by person and day; without a day: since ever.

    A row says both: a blank team is none, unless the sheet names no team at all. They come in by their days, so that
    no row repeats what a later one of the sheet says.
    """
    outcome, names, doubles = Outcome(), Names(work, manner), Doubles()
    spoken = [key for key in staff_units.UNIT if any(key in line.values for line in lines)]

    def take_one(line: Line) -> bool | None:
        if not line.values.get("person"):
            raise At("person", Refused("a team needs the person who is in it"))
        person_id, _ = names.known_person(str(line.values["person"]), "person")
        day = _day(line)
        said = {key: str(line.values.get(key) or "") or None for key in spoken}
        if not doubles.first((person_id, day), Line(line.row, said)):
            return None
        try:
            staff = work.session.get_one(Staff, person_id)
            return staff_units.record(work, staff, said, day, force=manner.force)
        except Refused as why:
            raise At("from", why) from None

    each(sorted(lines, key=lambda line: (_day(line), line.row)), take_one, outcome, manner.step)
    outcome.faults.sort(key=lambda fault: fault.row)
    return outcome


def _day(line: Line) -> date:
    """From when a row holds."""
    day = line.values.get("from")
    return day if isinstance(day, date) else SINCE_EVER


INTAKE = Intake("unit", take, rank=1)
