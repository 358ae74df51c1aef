"""A printable form, declared: a sheet of A4 paper and the blocks on it from top to bottom; all text is text.

`form_rows` turns the blocks into rows with heights, `form_book` draws the rows into a workbook.
"""

from dataclasses import dataclass
from typing import Literal

Across = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the form, or of a slip on it, in large type in the middle."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line without borders, such as the one between a title and its table: text at either side."""

    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The shaded head of the part of a table that follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A shaded label and, beside it, what is known or room to write it by hand."""

    label: str
    value: str = ""
    lines: int = 1
    """The least number of lines there is room for."""
    share: int = 1
    """How much of the row's width the field takes beside its neighbours."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Rows of bordered fields; each row fills the width of the form."""

    rows: tuple[tuple[Field, ...], ...]
    label: int = 5
    """Columns of a label, of those that the form has."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a grid; `share` is its part of the width beside the other columns."""

    title: str
    share: int = 1
    across: Across = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A bordered table: a shaded header and rows of as many texts as there are heads."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    least: int = 0
    """Blank rows are added up to this number, to be filled in by hand."""
    lines: int = 1
    """The least number of lines there is room for in each row."""
    repeated: bool = False
    """Print the header again on every further page; for the one long table of a form."""
    strong: frozenset[int] = frozenset()
    """Places, from 0, of rows that sum up others: shaded and in the type of headings."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text that is wrapped at the width of the form."""

    text: str
    indent: bool = True
    """Begin the first line where the language begins it: in Chinese after two full-width blanks."""
    heading: bool = False
    across: Across = "left"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Bordered boxes side by side, each with who signs at its top and a line for the date at its bottom."""

    labels: tuple[str, ...]
    day: str
    whole: bool = False
    """In one row with the date below the name, so that no page ends within it: for a form of several pages."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A dashed line across the page, with a word on it: what stands below is cut off and sent back."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing, `points` high."""

    points: float = 8


Block = Title | Line | Section | Fields | Grid | Paragraph | Signatures | Cut | Gap


@dataclass(frozen=True, slots=True)
class Form:
    """One form on one sheet of a workbook, A4, as wide as a page.

    What is at most a quarter longer than a page is made smaller to fit on one; a longer form takes as many
    pages as it needs. A text too long for a row of the sheet goes on in the next.
    """

    title: str
    """The name of the sheet and, with `number`, the head of each page."""
    blocks: tuple[Block, ...]
    number: str = ""
    landscape: bool = False
    margin: float = 16
    """Millimetres of each side that stay white."""
    columns: int = 24
    """Of equal width, which the blocks share; a table of many columns wants more."""
    scale: float = 1.0
    """The largest size at which it is printed; a table of many columns wants a smaller one."""
