"""The figures of a report: what is counted in a month or a quarter, and the same of the period before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from svcq.rules.evidence import Breach
from svcq.rules.periods import Span
from svcq.rules.scoring import Figures as Scored

DAY = timedelta(days=1)
MONTHS = 12
"""Of a trend."""
Row = Mapping[str, object]
Number = int | float


@dataclass(frozen=True, slots=True)
class Window:
    """A period, and the two days that a report about it looks from."""

    span: Span
    stands_on: date
    """The records as they stood: the last day, or today if that is earlier."""
    decided_on: date
    """What became of what fell due: the day after the last, on which its deadlines are met or missed; today if earlier."""

    @classmethod
    def of(cls, span: Span, today: date) -> "Window":
        """The window of a period that has begun."""
        return cls(span, min(span.last, today), min(span.last + DAY, today))

    @property
    def complete(self) -> bool:
        """Whether the whole of the period is over."""
        return self.decided_on > self.span.last


@dataclass(frozen=True, slots=True)
class Duties:
    """How many obligations are owed at the end of a period, and what became of those that fell due in it."""

    open: int = 0
    overdue: int = 0
    history: int = 0
    """Not met and due before the company started: counted nowhere else."""
    fell_due: int = 0
    met: int = 0
    late: int = 0
    """Met after their day."""
    missed: int = 0
    """Not met on the day that decides."""
    waived: int = 0

    def __add__(self, other: "Duties") -> "Duties":
        """Both together."""
        return Duties(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Duties)))

    @property
    def in_time(self) -> float | None:
        """Of 100 that were met or missed, those in time, with one decimal; None if there are none."""
        return rate(self.met, self.met + self.late + self.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """Somebody's figures in the quarter of the period, and the score of the quarter before."""

    name: str
    role: str | None
    team: str | None
    region: str | None
    figures: Scored
    before: Fraction | None


@dataclass(frozen=True, slots=True)
class Scores:
    """七: the scores of the quarter of a period."""

    quarter: str
    people: Sequence[Score] = ()
    regions: Sequence[Score] = ()
    published_on: date | None = None
    published_by: str = ""
    """When and by whom they were published; as of decided_on if they were not."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is compared with the period before."""

    window: Window
    duties: Mapping[tuple[str, str | None], Duties]
    """(rule, region of the customer) -> what is owed."""
    counts: Mapping[str, Number | None]
    """`contract.out` and the like -> how many; None where there is nothing to go by."""

    def by(self, key: Callable[[str, str | None], str | None]) -> dict[str | None, Duties]:
        """The duties added up by what `key` makes of rule and region."""
        found: dict[str | None, Duties] = {}
        for (rule, region), one in self.duties.items():
            name = key(rule, region)
            found[name] = found.get(name, Duties()) + one
        return found

    @property
    def total(self) -> Duties:
        """All duties together."""
        return sum(self.duties.values(), Duties())

    def value(self, name: str) -> Number | None:
        """A figure by its name, `duties.overdue` and `contract.out` alike; 0 for a state that no record is in."""
        part, _, key = name.partition(".")
        if part == "duties":
            found = getattr(self.total, key)
            assert found is None or isinstance(found, int | float)
            return found
        return self.counts.get(name, 0)


@dataclass(frozen=True, slots=True)
class Point:
    """The end of a month of the trend."""

    month: str
    overdue: Mapping[str, int]
    """Process -> how many of its obligations were overdue."""

    @property
    def total(self) -> int:
        """Of all processes."""
        return sum(self.overdue.values())


@dataclass(frozen=True, slots=True)
class Late:
    """Who owes what is overdue at the end of the period."""

    person: str | None
    """None: nobody is known."""
    overdue: int
    longest: int
    """Days over of the oldest."""
    number: str
    """The record of the oldest."""
    fine: Number


@dataclass(frozen=True, slots=True)
class Figures:
    """A report's content."""

    now: Snapshot
    before: Snapshot | None
    """None: the period before was before the company started."""
    rules: Mapping[str, tuple[str, str, str]]
    """Rule -> title, clause, owner, of the policy at the end of the period."""
    trend: Sequence[Point]
    overdue: Sequence[Row]
    """Obligations as `due --overdue` lists them, without history."""
    scores: Scores
    fined: Sequence[Breach] = ()
    """What was fined of all that fell due in the period, by person and day."""
    roles: Mapping[str, str | None] = field(default_factory=dict)
    """Person -> first role."""
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """Process -> the rows of its listing."""
    live: date = date.min
    """The day the company started."""

    @property
    def late(self) -> list[Late]:
        """Who owes what is overdue, the most first."""
        return people(self.overdue)


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole` in a hundred, with one decimal, halves up; None of nothing."""
    return (part * 2000 + whole) // (2 * whole) / 10 if whole else None


def people(rows: Iterable[Row]) -> list[Late]:
    """Overdue obligations by who owes them, the most first, then the longest, then by name."""
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(None if row["person"] is None else str(row["person"]), []).append(row)
    late = []
    for person, mine in found.items():
        oldest = max(mine, key=lambda row: int(str(row["days_overdue"])))
        fine = sum(Decimal(str(row["fine"])) for row in mine)
        days = int(str(oldest["days_overdue"]))
        money = int(fine) if fine == int(fine) else float(fine)
        late.append(Late(person, len(mine), days, str(oldest["number"]), money))
    late.sort(key=lambda one: (-one.overdue, -one.longest, one.person is None, one.person or ""))
    return late


def month_ends(last: date) -> list[date]:
    """The last days of the eleven months before the one of `last`, and `last` itself."""
    days = [last]
    while len(days) < MONTHS:
        days.append(days[-1].replace(day=1) - DAY)
    return days[::-1]
