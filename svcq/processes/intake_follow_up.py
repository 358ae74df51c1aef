"""一.1.B: decisions and follow-ups out of a file; rows are added, none is overwritten."""

from collections.abc import Sequence
from datetime import date

from svcq.errors import N_, Counted, Refused
from svcq.processes import handover_bulk, numbering
from svcq.processes.handover import moved
from svcq.processes.handover_known import Change, H, Known, Told, load
from svcq.processes.handover_trail import managers
from svcq.processes.intake import At, Fault, Intake, Line, Manner, Outcome
from svcq.processes.names import unknown
from svcq.processes.work import Work, not_in_future
from svcq.rules import handover as rules
from svcq.rules.matching import name_key
from svcq.store.batches import batches


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Rows of the trail, told apart by all they say; those of one day in their order. Eligible ones have effect."""
    outcome = Outcome()
    taker = Taker(work, lines, manner)
    for line in sorted(lines, key=_day):
        try:
            added = taker.add(line)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            outcome.added += added
            outcome.unchanged += not added
        manner.step(1)
    handover_bulk.write(work, list(taker.changes.values()), work.today)
    outcome.ahead = taker.ahead
    outcome.remarks += handover_bulk.incomplete(work, list(taker.changes.values()))
    if taker.unconfirmed:
        outcome.remarks.append(
            Counted(
                "{count} decision names no regional or division manager who confirmed it",
                "{count} decisions name no regional or division manager who confirmed them",
                count=taker.unconfirmed,
            )
        )
    return outcome


def _day(line: Line) -> date:
    on = line.values.get("on")
    return on if isinstance(on, date) else date.max


class Taker:
    """Puts rows into the trails of their hand-overs, oldest first."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner) -> None:
        self.work, self.force = work, manner.force
        self.known: dict[str, Known] = {}
        for part in batches(sorted({str(line.values.get("handover")) for line in lines})):
            self.known |= {one.number: one for one in load(work, H.c.number.in_(part), work.today)}
        self.managers = {name_key(name): name for name in managers(work)}
        self.changes: dict[str, Change] = {}
        self.unconfirmed = 0
        self.ahead = 0

    def add(self, line: Line) -> bool:
        """Add the row to the trail; False if that has it. At, with the field, if it is refused."""
        known, told = self._read(line)
        if any(_says(one, told) for one in known.trail):
            return False
        if known.values["void_on"]:
            raise At("handover", Refused("hand-over {number} is void", number=known.number))
        try:
            not_in_future(self.work, told.on, force=self.force)
        except Refused as why:
            raise At("on", why) from None
        if (wrong := rules.fault(told.entry)) is not None:
            raise At(*wrong)
        if told.decision and (absent := rules.undecidable(known.values, told.on)):
            raise At("decision", absent)
        before = [one.entry for one in known.trail if one.on <= told.on]
        if out := rules.misplaced(told.entry, before, [one.entry for one in known.trail if one.on > told.on]):
            raise At("decision" if told.decision else "on", out)
        self.ahead += told.on > self.work.today
        self._put(known, told)
        return True

    def _read(self, line: Line) -> tuple[Known, Told]:
        """The hand-over and the row of its trail that a line means."""
        said = line.values
        number, on, expected = (said.get(key) for key in ("handover", "on", "expected_on"))
        if not number:
            raise At("handover", Refused("a follow-up needs its hand-over"))
        if not isinstance(on, date):
            raise At("on", Refused("a follow-up needs its day"))
        known = self.known.get(str(number))
        if known is None:
            close = numbering.neighbours(self.work, H.c.number, str(number))
            raise At("handover", unknown(N_("hand-over {name} is not known{near}"), str(number), close))
        by, decision, note = (str(said[key]) if said.get(key) else None for key in ("by", "decision", "note"))
        if decision and by:
            by = self.managers.get(name_key(by), by)
        return known, Told(on, by, decision, expected if isinstance(expected, date) else None, note)

    def _put(self, known: Known, told: Told) -> None:
        place = sum(one.on <= told.on for one in known.trail)
        known.trail.insert(place, told)
        change = self.changes.setdefault(known.number, Change(known.number, known, {}, known.customer))
        change.told.append(told)
        if told.decision and told.by not in self.managers.values():
            self.unconfirmed += 1
        if told.decision == "eligible":
            free = moved(self.work, known.values, {}, [one.entry for one in known.trail])
            change.values |= {key: day for key, day in free.items() if known.values[key] != day}
            if known.values["contract_id"] is None:
                change.enters_on = told.on


def _says(one: Told, told: Told) -> bool:
    """Whether a row of the trail says all that another one does."""
    if (one.on, one.decision) != (told.on, told.decision):
        return False
    pairs = ((one.by, told.by), (one.expected_on, told.expected_on), (one.note, told.note))
    return all(new is None or new == old for old, new in pairs)


INTAKE = Intake("follow_up", take, rank=5)
