"""六: tries to reach a hospital that found nobody, out of a file."""

from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from svcq.errors import N_, Refused
from svcq.processes import numbering
from svcq.processes.callback_known import Numbers, callbacks
from svcq.processes.callback_owed import TRY, B
from svcq.processes.intake import At, Fault, Intake, Line, Manner, Outcome
from svcq.processes.names import unknown
from svcq.processes.record_known import Known
from svcq.processes.work import Work, not_in_future
from svcq.rules.callback_answers import CLAUSE
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows

COLUMNS = ("callback_id", "tried_on", "by_name", "note")
Try = tuple[int, date, str | None, str | None]


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Tries, known by all they say; rows that are alike are as many tries as there are rows."""
    outcome, taker = Outcome(), Taker(work, lines, manner)
    fresh: list[tuple[str, Try]] = []
    for line in lines:
        try:
            row = taker.row(line)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            outcome.added += row is not None
            outcome.unchanged += row is None
            fresh += [row] if row else []
        manner.step(1)
    insert_rows(work.session, TRY, COLUMNS, [one for _, one in fresh])
    for number, one in fresh:
        told = dict(zip(COLUMNS[1:], one[1:], strict=True))
        work.log(
            "callback_try", number, "insert", {key: value for key, value in told.items() if value is not None}
        )
    work.touch("callback", *(number for number, _ in fresh))
    outcome.ahead = len(taker.ahead)
    return outcome


class Taker:
    """Reads rows, and pairs them off with the tries of the store."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner) -> None:
        self.work, self.force = work, manner.force
        self.ahead: set[str] = set()
        """Numbers of callbacks with a try dated after today."""
        numbers = {str(line.values.get("callback")) for line in lines}
        self.known = Numbers(callbacks(work, numbers, set(), work.today))
        self.stored: dict[Any, deque[int]] = {}
        named = {one.id for number in numbers if (one := self.known.get(number))}
        for part in batches(sorted(named)):
            for key, *row in work.session.execute(
                select(TRY.c.id, *(TRY.c[name] for name in COLUMNS)).where(TRY.c.callback_id.in_(part))
            ):
                self.stored.setdefault(tuple(row), deque()).append(key)

    def row(self, line: Line) -> tuple[str, Try] | None:
        """Number of the callback and the try to add; None if the store has it. At, with the field, if it is refused."""
        said = line.values
        known, on = self._callback(said.get("callback")), said.get("on")
        if not isinstance(on, date):
            raise At("on", Refused("a try needs its day", clause=CLAUSE))
        by, note = (str(said[key]) if said.get(key) else None for key in ("by", "note"))
        row = (known.id, on, by, note)
        if same := self.stored.get(row):
            same.popleft()
            return None
        if known.values["void_on"]:
            raise At("callback", Refused("callback {number} is void", number=known.number))
        try:
            not_in_future(self.work, on, force=self.force)
        except Refused as why:
            raise At("on", why) from None
        if on > self.work.today:
            self.ahead.add(known.number)
        return known.number, row

    def _callback(self, number: object) -> Known:
        if not number:
            raise At("callback", Refused("a try needs its callback", clause=CLAUSE))
        found = self.known.get(str(number))
        if found is None:
            close = numbering.neighbours(self.work, B.c.number, str(number))
            raise At("callback", unknown(N_("callback {name} is not known{near}"), str(number), close))
        return found


INTAKE = Intake("try", take, rank=9)
