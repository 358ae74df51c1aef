"""Rows of a file into the store: what every kind of record shares. A file is in as a whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from svcq.errors import Refused, SvcqError
from svcq.processes.work import Work
from svcq.rules.matching import name_key


@dataclass(frozen=True, slots=True)
class Line:
    """A row as read: its number in the sheet and its values by field."""

    row: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that the process refuses, and the field at fault (empty: the row as a whole)."""

    row: int
    field: str
    why: SvcqError
    others: tuple[int, ...] = ()
    """Rows that are refused along with it and for the same reason, which is told once."""


class At(Exception):
    """A refusal at a field of a row."""

    def __init__(self, field: str, why: SvcqError) -> None:
        super().__init__(field)
        self.field = field
        self.why = why


@dataclass(slots=True)
class Outcome:
    """What became of the rows."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    ahead: int = 0
    """Records with an act dated after today."""
    remarks: list[SvcqError] = field(default_factory=list)
    """What else the user should know of what was taken in."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the user wants the rows to be taken in."""

    create_missing: bool = False
    """Customers and people that are not known are entered."""
    from_on: date | None = None
    """From when a changed person holds the role; None: today."""
    force: bool = False
    """Take acts that are dated after today, where the process forbids them."""
    step: Callable[[int], None] = lambda rows: None
    """Told how many rows are done."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How a kind of sheet comes in; a module of `processes` that has one names it INTAKE."""

    kind: str
    take: Callable[[Work, Sequence[Line], Manner], Outcome]
    rank: int
    """Lower ranks of one file come in first: customers before their contracts."""
    named: tuple[str, ...] = ()
    """The fields of which the first that is given names the record."""


@cache
def intakes() -> dict[str, Intake]:
    """Every kind that can come in."""
    import svcq.processes as processes

    found = {}
    for module in iter_modules(processes.__path__, "svcq.processes."):
        intake = getattr(import_module(module.name), "INTAKE", None)
        if isinstance(intake, Intake):
            found[intake.kind] = intake
    return found


def each(
    lines: Iterable[Line],
    take: Callable[[Line], bool | None],
    outcome: Outcome,
    step: Callable[[int], None],
) -> None:
    """Take rows one by one; `take` tells True for a new record, False for a changed one, None for neither."""
    for line in lines:
        try:
            new = take(line)
        except At as at:
            outcome.faults.append(Fault(line.row, at.field, at.why))
        except SvcqError as why:
            outcome.faults.append(Fault(line.row, "", why))
        else:
            outcome.added += new is True
            outcome.updated += new is False
            outcome.unchanged += new is None
        step(1)


class Doubles:
    """Rows of one file that mean the same record: alike is fine, unlike is refused with the other's number."""

    def __init__(self) -> None:
        self._seen: dict[object, Line] = {}
        self._keys: dict[int, object] = {}
        """Number of a row that is the first of its record -> that record."""

    def first(self, key: object, line: Line) -> bool:
        """Whether this is the first row of that record; a repetition tells False, a contradiction is refused."""
        before = self._seen.setdefault(key, line)
        if before is line:
            self._keys[line.row] = key
            return True
        if dict(before.values) == dict(line.values):
            return False
        raise Refused("row {row} is about the same record and says otherwise", row=before.row)

    def forget(self, line: Line) -> None:
        """A row that is refused says nothing of its record."""
        self._seen.pop(self._keys.pop(line.row, None), None)


class Told:
    """What the sheets of one file say of a record: a later one may add to it, but not contradict it."""

    def __init__(self) -> None:
        self._said: dict[object, dict[str, tuple[object, str, int]]] = {}

    def agreeing(self, intake: Intake, sheet: str, lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
        """The rows of a sheet that contradict no earlier sheet, and the others with the row they contradict."""
        kept, faults = [], []
        for line in lines:
            name = next((line.values[key] for key in intake.named if line.values.get(key)), None)
            said = {} if name is None else self._said.setdefault((intake.kind, name), {})
            before = next(
                (said[key] for key, value in line.values.items() if _other(said.get(key), value, sheet)), None
            )
            if before is None:
                kept.append(line)
                for key, value in line.values.items():
                    said.setdefault(key, (value, sheet, line.row))
            else:
                why = Refused(
                    "row {row} of {sheet} is about the same record and says otherwise",
                    row=before[2],
                    sheet=before[1],
                )
                faults.append(Fault(line.row, intake.named[0], why))
        return kept, faults


def _other(before: tuple[object, str, int] | None, value: object, sheet: str) -> bool:
    """Whether another sheet said something else; blanks and the width of letters are no difference."""
    if before is None or before[1] == sheet or before[0] == value:
        return False
    both = (before[0], value)
    return not all(isinstance(one, str) for one in both) or len({name_key(str(one)) for one in both}) > 1
