"""五.3: December checks out of a file, known by year and day."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import select

from svcq.errors import Refused
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.work import Work, not_in_future
from svcq.store.tables.migrate import MigrationCheck


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Checks of years; who checked and the note may be told later."""
    outcome, doubles = Outcome(), Doubles()

    def take_one(line: Line) -> bool | None:
        year, on = str(line.values["year"]), line.values["on"]
        assert isinstance(on, date)
        if not doubles.first((year, on), line):
            return None
        try:
            not_in_future(work, on, force=manner.force)
            if on.year < int(year):
                raise Refused("{on} is before the year {year}", clause="五.3", on=on, year=year)
        except Refused as why:
            raise At("on", why) from None
        outcome.ahead += on > work.today
        columns = {"by": "by_name", "note": "note"}
        said = {columns[key]: line.values[key] for key in columns if key in line.values}
        same = select(MigrationCheck).where(MigrationCheck.year == year, MigrationCheck.checked_on == on)
        known = work.session.exec(same).first()
        work.touch("migrate")
        if known is not None:
            return False if work.change(known, year, said) else None
        row = MigrationCheck(year=year, checked_on=on, **said)  # type: ignore[arg-type]
        work.insert(row, year)
        return True

    each(lines, take_one, outcome, manner.step)
    return outcome


INTAKE = Intake("migration_check", take, rank=8)
