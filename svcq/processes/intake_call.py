"""二.2.C: calls to hospitals out of a file."""

from collections.abc import Sequence
from datetime import date

from svcq.errors import Refused
from svcq.processes.contract_bulk import ids_of
from svcq.processes.contract_calls import log_call
from svcq.processes.intake import At, Doubles, Intake, Line, Manner, Outcome, each
from svcq.processes.work import Work


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Calls, each told apart by contract, day, caller and note."""
    outcome, doubles = Outcome(), Doubles()
    known = ids_of(
        work, sorted({str(line.values["contract"]) for line in lines if line.values.get("contract")})
    )

    def take_one(line: Line) -> bool | None:
        number, on = line.values.get("contract"), line.values.get("on")
        if not number:
            raise At("contract", Refused("a call needs its contract"))
        if not isinstance(on, date):
            raise At("on", Refused("a call needs its day"))
        by, note, promised = (line.values.get(key) for key in ("by", "note", "promised_on"))
        if not doubles.first((number, on, by, note, promised), line):
            return None
        if str(number) not in known:
            raise At("contract", Refused("contract {number} is not known", number=number))
        promise = promised if isinstance(promised, date) else None
        made = log_call(work, str(number), on, str(by) if by else None, promise, str(note) if note else None)
        return True if made else None

    each(lines, take_one, outcome, manner.step)
    return outcome


INTAKE = Intake("call", take, rank=3)
