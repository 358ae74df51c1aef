"""What a report consists of, declared once: figures, tables of listings, charts of those tables; all text is text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from svcq.locale import _
from svcq.output.shape import Column, Listing, Row
from svcq.output.values import human

Tone = Literal["good", "bad", ""]


@dataclass(frozen=True, slots=True)
class Card:
    """A figure of the summary, in large type, and how it has changed."""

    title: str
    value: str
    """As people see it."""
    change: str
    """In words or signs; empty: nothing to compare it with."""
    tone: Tone
    """Whether the change is for the better."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a listing; each is a sheet of the workbook."""

    listing: Listing
    """Its columns that stand `aside` are in the workbook alone."""
    rows: Sequence[Row]
    empty: str
    """The sentence that stands there without rows."""
    command: str = ""
    """The command that prints the same rows."""
    note: str = ""
    folded: bool = False
    """Whether a page shows it only when asked: a chart says the same."""

    @property
    def title(self) -> str:
        """What it is called, in the user's language."""
        return _(self.listing.title)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown on a page."""
        return tuple(column for column in self.listing.columns if not column.aside)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of the first rows of a table."""

    title: str
    kind: Literal["stacked", "bars"]
    """Columns of which each is made up of its series, or bars of one series below the other."""
    table: Table
    label: str
    """Key of the column that names each row."""
    series: tuple[str, ...]
    """Keys of the columns that are drawn."""
    most: int = 10
    """Rows that are drawn."""
    top: float | None = None
    """Where the scale ends; None: behind the largest value."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are drawn."""
        return self.table.rows[: self.most]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the series."""
        return tuple(self.column(key) for key in self.series)

    @property
    def labels(self) -> list[str]:
        """What the rows are called."""
        shown = human(self.column(self.label))
        return [shown(row.get(self.label)) for row in self.rows]

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(column for column in self.table.listing.columns if column.key == key)

    def values(self, key: str) -> list[float]:
        """What a series has in each row; nothing counts as 0."""
        found = (row.get(key) for row in self.rows)
        return [float(value) if isinstance(value, int | float) else 0.0 for value in found]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: its figures, what they look like, the records behind them."""

    key: str
    title: str
    figures: Table | None = None
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, in the language of whoever asked for it."""

    title: str
    subtitle: str
    notes: Sequence[str]
    cards: Sequence[Card]
    figures: Table
    """Those of all parts, one below the other: a sheet of the workbook."""
    parts: Sequence[Part]

    @property
    def charts(self) -> list[Chart]:
        """Those that have something to show."""
        return [chart for part in self.parts for chart in part.charts if chart.rows]


SIGNED = "change"
"""Key of the columns whose numbers have a sign."""


def head(column: Column) -> str:
    """What a column is called, in the user's language."""
    return _(column.title)


def shown(column: Column) -> Callable[[object], str]:
    """How a value is shown on a page: as in listings, a dash for no number, a sign before a change."""
    worded = human(column)

    def show(value: object) -> str:
        if value is None and column.type == "number":
            return "–"
        if column.key == SIGNED and isinstance(value, int | float) and value > 0:
            return f"+{worded(value)}"
        return worded(value)

    return show
