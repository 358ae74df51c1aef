"""三: the rows of work on problems, gathered by the problem they are about, and what they say of it themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from svcq.processes.intake import Line
from svcq.rules.matching import name_key

ABOUT = frozenset(
    (
        *("customer", "system", "module", "title", "description", "engineer", "reported_by", "reported_on"),
        *("priority", "priority_on", "request", "request_on", "tested_by_test_dept_on", "test_result_on"),
        *("passed_on", "urged_on", "closed_on", "closed_by", "close_reason", "reopened_on"),
    )
)
"""Fields of a row that say something of its problem, and are called like those of the worklog."""


@dataclass(slots=True)
class Case:
    """A problem and the rows about it."""

    number: str
    """Blank: it is known by its words."""
    lines: list[Line] = field(default_factory=list)
    """As they stand in the sheet."""
    said: dict[str, Any] = field(default_factory=dict)
    """What the rows say of the problem: of each field what the earliest row says that says something."""
    sources: dict[str, int] = field(default_factory=dict)
    """Field -> the row that says it."""

    @property
    def row(self) -> int:
        """The first row."""
        return self.lines[0].row

    def fits(self, customer: object, reported_on: object) -> bool:
        """Whether a row with the same words may be about it: what the row says besides is the same."""
        mine = self.said.get("customer")
        same = customer is None or (mine is not None and name_key(str(mine)) == name_key(str(customer)))
        return same and reported_on in (None, self.said.get("reported_on"))

    def hear(self, line: Line) -> None:
        """Take in what a row says of the problem, as far as no earlier one said it."""
        for key in line.values.keys() & ABOUT:
            value = line.values[key]
            if self.said.get(key) is None:
                self.said[key] = value
                if value is not None:
                    self.sources[key] = line.row


def day_of(line: Line) -> date | None:
    """The day of a step."""
    on = line.values.get("on")
    return on.date() if isinstance(on, datetime) else on if isinstance(on, date) else None


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Those that have a day, oldest first; of one day by time if all of them have one, else as they stand."""
    days: dict[date, list[Line]] = {}
    for line in lines:
        if (day := day_of(line)) is not None:
            days.setdefault(day, []).append(line)
    for same in days.values():
        if len(same) > 1 and all(isinstance(line.values["on"], datetime) for line in same):
            same.sort(key=_instant)
    return [line for day in sorted(days) for line in days[day]]


def _instant(line: Line) -> datetime:
    """The moment of a step as the clocks of one place would show it."""
    on = line.values["on"]
    assert isinstance(on, datetime)
    return on if on.tzinfo is None else on.astimezone(UTC).replace(tzinfo=None)


def gather(lines: Sequence[Line]) -> tuple[list[Case], list[Line]]:
    """The problems that rows are about, in the order of their first rows, and the rows that name none.

    A problem is known by its number, else by its words with customer and day of report; of these two a row may
    leave out what the rows above it say of the only problem with its words.
    """
    numbered: dict[str, Case] = {}
    nameless: list[Line] = []
    for line in lines:
        if number := line.values.get("issue"):
            numbered.setdefault(str(number), Case(str(number))).lines.append(line)
        else:
            nameless.append(line)
    for case in numbered.values():
        _hear_all(case)
    wordy: dict[object, list[Case]] = {}
    for case in numbered.values() if nameless else ():
        wordy.setdefault(case.said.get("title"), []).append(case)
    found, orphans = list(numbered.values()), []
    for line in nameless:
        said: Mapping[str, object] = line.values
        title, customer, on = (said.get(key) for key in ("title", "customer", "reported_on"))
        if title is None:
            orphans.append(line)
            continue
        same = [case for case in wordy.get(title, ()) if case.fits(customer, on)]
        if len(same) != 1:
            same = [Case("")]
            wordy.setdefault(title, []).append(same[0])
            found.append(same[0])
        same[0].lines.append(line)
        same[0].hear(line)
    if nameless:
        for case in found:
            case.lines.sort(key=lambda line: line.row)
            _hear_all(case)
        found.sort(key=lambda case: case.row)
    return found, orphans


def _hear_all(case: Case) -> None:
    """What the rows say of the problem, the earliest step first, then the rows without a step."""
    case.said, case.sources = {}, {}
    for line in in_order(case.lines):
        case.hear(line)
    for line in case.lines:
        if day_of(line) is None:
            case.hear(line)
