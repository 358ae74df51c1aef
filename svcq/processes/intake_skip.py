"""四.1-2: forced steps of upgrades out of a file: each is a breach of the order on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from svcq.errors import N_, Phrase, Refused
from svcq.processes import numbering
from svcq.processes.intake import At, Doubles, Fault, Intake, Line, Manner, Outcome
from svcq.processes.names import unknown
from svcq.processes.record_known import Known, by_number
from svcq.processes.upgrade_known import SHELF
from svcq.processes.upgrade_owed import SKIP, U
from svcq.processes.work import Work, not_in_future
from svcq.rules.upgrade_order import STEPS
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows

SAID = {"skipped": "skipped", "reason": "reason", "by": "by_name"}
"""Field of the sheet -> column."""
COLUMNS = ("upgrade_id", "done_on", "step", *SAID.values())


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to write: a new one, or what is mended in a known one."""

    number: str
    key: int
    """Of the upgrade; of the row itself if that is known."""
    values: dict[str, Any]
    before: Mapping[str, Any] | None = None


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Forced steps, known by upgrade, day and step; those of one day stay in their order."""
    outcome, taker = Outcome(), Taker(work, lines, manner)
    rows: list[_Row] = []
    for line in lines:
        try:
            row = taker.row(line)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            outcome.added += row is not None and row.before is None
            outcome.updated += row is not None and row.before is not None
            outcome.unchanged += row is None
            rows += [row] if row else []
        manner.step(1)
    _write(work, rows)
    outcome.ahead = taker.ahead
    return outcome


class Taker:
    """Reads rows against what the store has."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner) -> None:
        self.work, self.force, self.doubles, self.ahead = work, manner.force, Doubles(), 0
        numbers = (str(line.values.get("upgrade")) for line in lines)
        self.upgrades = by_number(work, SHELF, numbers, work.today)
        self.known: dict[tuple[int, date, str], list[Any]] = {}
        for part in batches(one.id for one in self.upgrades.values()):
            found = select(SKIP).where(SKIP.c.upgrade_id.in_(part)).order_by(SKIP.c.done_on, SKIP.c.id)
            for row in work.session.execute(found):
                self.known.setdefault((row.upgrade_id, row.done_on, row.step), []).append(row)

    def row(self, line: Line) -> _Row | None:
        """What the row asks for; None if the store says so already. At, with the field, if it is refused."""
        said: Mapping[str, Any] = line.values
        upgrade, on, step = self._upgrade(said), said.get("on"), said.get("step")
        if not isinstance(on, date):
            raise At("on", Refused("a skip needs its day", clause="四.1-2"))
        if not step:
            raise At("step", Refused("a skip needs the step that was done", clause="四.1-2"))
        try:
            if not self.doubles.first((upgrade.id, on, step), line):
                return None
        except Refused as why:
            raise At("upgrade", why) from None
        values = {column: said[field] for field, column in SAID.items() if field in said}
        if values.get("skipped"):
            values["skipped"] = self._skipped(str(step), values["skipped"])
        rows = self.known.get((upgrade.id, on, str(step)), [])
        known = next((row for row in rows if row.skipped == values.get("skipped")), rows[0] if rows else None)
        if not values.get("skipped") and (known is None or "skipped" in values):
            raise At("skipped", Refused("a skip needs the steps that were missing", clause="四.1-2"))
        if known is not None:
            values = {column: value for column, value in values.items() if getattr(known, column) != value}
            if not values:
                return None
        self._may_be(upgrade, on)
        if known is not None:
            return _Row(upgrade.number, known.id, values, known._mapping)
        return _Row(upgrade.number, upgrade.id, {"done_on": on, "step": step, **values})

    def _upgrade(self, said: Mapping[str, Any]) -> Known:
        number = said.get("upgrade")
        if not number:
            raise At("upgrade", Refused("a skip needs its upgrade", clause="四.1-2"))
        found = self.upgrades.get(str(number))
        if found is None:
            close = numbering.neighbours(self.work, U.c.number, str(number))
            raise At("upgrade", unknown(N_("upgrade {name} is not known{near}"), str(number), close))
        return found

    def _skipped(self, step: str, said: Sequence[str]) -> str:
        """The steps that were missing as they are kept, in their order; refused if one does not come before."""
        names = list(STEPS)
        for name in said:
            if names.index(name) >= names.index(step):
                why = Refused(
                    "{skipped} does not come before {step}",
                    clause="四.1-2",
                    skipped=Phrase(STEPS[name]),
                    step=Phrase(STEPS[step]),
                )
                raise At("skipped", why)
        return "、".join(name for name in names if name in said)

    def _may_be(self, upgrade: Known, on: date) -> None:
        """Refuse a void upgrade, and a step that is still to come."""
        if upgrade.values["void_on"]:
            raise At("upgrade", Refused("upgrade {number} is void", number=upgrade.number))
        try:
            not_in_future(self.work, on, force=self.force)
        except Refused as why:
            raise At("on", why) from None
        self.ahead += on > self.work.today


def _write(work: Work, rows: Sequence[_Row]) -> None:
    """Rows, each with its line in the audit, under the number of the upgrade."""
    fresh = [row for row in rows if row.before is None]
    lines = [(row.key, *(row.values.get(column) for column in COLUMNS[1:])) for row in fresh]
    insert_rows(work.session, SKIP, COLUMNS, lines)
    for row in fresh:
        told = {column: value for column, value in row.values.items() if value is not None}
        work.log("upgrade_skip", row.number, "insert", told)
    mended = []
    for row in rows:
        if row.before is not None:
            told = {column: (row.before[column], value) for column, value in row.values.items()}
            work.log("upgrade_skip", row.number, "update", told)
            values = {f"new_{column}": row.values.get(column, row.before[column]) for column in SAID.values()}
            mended.append({"the_id": row.key, **values})
    if mended:
        statement = update(SKIP).where(SKIP.c.id == bindparam("the_id"))
        statement = statement.values({column: bindparam(f"new_{column}") for column in SAID.values()})
        work.session.connection().execute(statement, mended)
    work.touch("upgrade", *(row.number for row in rows))


INTAKE = Intake("skip", take, rank=8)
