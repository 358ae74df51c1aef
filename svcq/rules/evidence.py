"""七: the records behind a score: breaches with what each costs, callbacks, problems."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from svcq.rules.scoring import Marking


@dataclass(frozen=True, slots=True)
class Breach:
    """An obligation that was not met by its due date, and whose it was then."""

    person: str
    team: str | None
    region: str | None
    """Of the person, on the day that decides who owed it."""
    rule: str
    clause: str
    process: str
    number: str
    customer: str | None
    starts_on: date
    due_on: date
    met_on: date | None
    """None: not yet on the day of the listing."""
    days_late: int
    waived: bool
    reason: str | None
    """When, by whom and why it was waived; else what the ledger notes about it."""
    fine_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Breach):
    """A breach with what it costs."""

    points: int
    """Before caps and waivers."""
    counted: int
    """After them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """六: a callback that was answered, with one mark at least."""

    person: str
    team: str | None
    region: str | None
    """Of the engineer, on the day of the call."""
    number: str
    customer: str
    asked_on: date
    service: int | None
    attitude: int | None
    advice: str | None = None
    unsolved: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """三: a problem whose closing fell due."""

    person: str
    team: str | None
    region: str | None
    number: str
    customer: str | None
    starts_on: date
    due_on: date
    met_on: date | None
    days_late: int
    waived: bool
    """A breach that was waived: left out of the figure."""
    reason: str | None = None
    clause: str = ""

    @property
    def in_time(self) -> bool | None:
        """Whether it counts as closed in time or as late; None: left out."""
        return None if self.waived else self.met_on is not None and self.met_on <= self.due_on


def lines(breaches: Iterable[Breach], marking: Marking) -> list[Line]:
    """The breaches of people with their points, person by person in the order of due_on, rule, number, start.

    What is left of the most that a rule costs is used up in that order; waived breaches use nothing of it.
    """
    left: dict[tuple[str, str], int] = {}
    found = []
    for one in sorted(breaches, key=lambda b: (b.person, b.due_on, b.rule, b.number, b.starts_on)):
        known = marking.costs[one.rule]
        rest = left.setdefault((one.person, one.rule), known.most)
        counted = 0 if one.waived else min(rest, known.points)
        left[one.person, one.rule] = rest - counted
        said = {each.name: getattr(one, each.name) for each in fields(Breach)}
        found.append(Line(**said, points=known.points, counted=counted))
    return found
