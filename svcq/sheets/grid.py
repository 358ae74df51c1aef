"""A sheet as cells, before anybody knows what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from svcq.sheets.dates import EPOCH_1900
from svcq.sheets.text import tidy

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, 0-based."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell without a usable result; `code`: what Excel shows (#N/A), or `=` for a formula never computed."""

    code: str

    def __str__(self) -> str:
        return "#N/A" if self.code == "=" else self.code


@dataclass(slots=True)
class Grid:
    """The cells of one sheet from A1 on: str ("": blank), float, bool, date, datetime, time or ErrorCell."""

    name: str
    rows: list[list[object]]
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    epoch: date = EPOCH_1900
    is_text: bool = False
    """From a text file: a row longer than the header has slipped."""
    guessed: str = ""
    """The encoding of a text file that nobody named and that is only likely."""
    numbers: Mapping[int, int] = field(default_factory=dict)
    """0-based index of a row -> 1-based line of the text file, where they differ."""

    def cell(self, row: int, column: int) -> object:
        """The cell at 0-based places; "" outside."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


def letters(column: int) -> str:
    """A for 1, AA for 27."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """1 for A, 27 for AA."""
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column


def as_text(cell: object) -> str:
    """A cell as people see it: 5.0 is 5, a day is ISO, text is tidy."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
