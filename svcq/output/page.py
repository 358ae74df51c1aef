"""A page of a workbook, declared: a title, notes and tables from top to bottom, with links and sums; all text is text.

`page_book` draws the pages into a workbook.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

CellType = Literal["text", "code", "date", "number", "score", "money"]
"""How the cells of a column look; a score has two decimals, a code stands in the middle."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another page of the workbook."""

    text: str
    page: str
    """The key of that page."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What the spreadsheet computes from the tables of the page."""

    text: str
    """Without the sign of equality; `{grid.column}` are the cells of a column of a grid of that page, by its keys."""
    without: object = None
    """What stands there instead if one of those grids has no rows, or is not on the page."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a grid."""

    key: str
    title: str
    type: CellType = "text"
    span: int = 1
    """Columns of the page that it takes."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A bordered table: a shaded header, rows of as many values as there are heads, and what they come to."""

    name: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[object]]
    """str, int, float, date, None, Link or Formula; anything else as its text."""
    totals: Sequence[object] = ()
    """A last row in bold, under the rows; empty: none."""
    marked: Callable[[Sequence[object]], bool] | None = None
    """Which rows are coloured."""
    filtered: bool = False
    """Whether the spreadsheet offers to filter it; of one grid of a page."""
    repeated: bool = False
    """Whether its header is printed on every further page, and stays when one scrolls; of one grid of a page."""


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the page, in large type, and a link beside it."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a part, in bold type."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Running text as wide as the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty row."""


Block = Title | Section | Note | Grid | Gap


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the workbook, A4 across, printed one page wide."""

    key: str
    """By which links name it."""
    name: str
    """Of the sheet, as far as a sheet may be called so."""
    widths: tuple[int, ...]
    """Cells of each column."""
    blocks: tuple[Block, ...]
