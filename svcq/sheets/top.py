"""The first rows of a sheet as texts, among which the header is looked for."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from svcq.sheets.grid import Grid, as_text

ROWS, COLUMNS, LONGEST = 30, 1024, 300
"""Where a header may stand, and as much of a cell as is looked at."""

_NOTE = re.compile(r"[\s*※]*(?:备注|附注|注|注意|说明|金额单位|货币单位|单位)\s*\d?\s*[:：]?")
"""How a text under the table begins that may name the unit of its amounts."""


class Top:
    """Up to 30 rows (more if the user said a later one): their texts, and what stands over several columns."""

    def __init__(self, grid: Grid, said: int) -> None:
        self.name = grid.name
        self.grid = grid
        self.lines = [_line(row) for row in grid.rows[: said + ROWS]]
        pairs = enumerate(pairwise(self.lines))
        self.spans = [self._merged(grid, row) or _beside(line, below) for row, (line, below) in pairs]

    def text(self, row: int, column: int) -> str:
        """The text at 0-based places; "" outside."""
        return self.lines[row][column] if column < len(self.lines[row]) else ""

    def over(self, row: int) -> dict[int, str]:
        """Column -> the text that stands over it in the row above, alone or over several columns."""
        return {column: text for column, text in enumerate(self.lines[row - 1]) if text} | self.spans[row - 1]

    def title(self, row: int) -> str:
        """The texts of the few rows above `row` that have few of them."""
        lines = ([text for text in line if text] for line in self.lines[max(0, row - 8) : row])
        return " ".join(text for texts in lines if len(texts) <= 4 for text in texts)

    def is_group(self, row: int) -> bool:
        """Whether `row` stands under words over several columns, and only under those or under blanks."""
        if row == 0 or row >= len(self.lines) or not self.spans[row - 1]:
            return False
        over, spans = self.over(row), self.spans[row - 1]
        return not any(
            text and column in over and column not in spans for column, text in enumerate(self.lines[row])
        )

    def looks_like_words(self, row: int) -> bool:
        """Whether `row` holds two short words or more and nothing else, as the second line of a header does."""
        cells = [cell for cell in self.grid.rows[row] if cell != ""]
        return len(cells) > 1 and all(
            isinstance(cell, str) and len(cell) <= 20 and not any(map(str.isdigit, cell)) for cell in cells
        )

    def is_blank(self, column: int, row: int) -> bool:
        """Whether nothing at all stands in a column from `row` on."""
        return all(column >= len(cells) or cells[column] == "" for cells in self.grid.rows[row:])

    def notes_below(self, row: int) -> Iterator[tuple[int, str]]:
        """The few texts of the last rows below `row` that have few of them, with their rows."""
        rows = self.grid.rows
        for at in range(max(row + 1, len(rows) - 10), len(rows)):
            texts = [cell[:LONGEST] for cell in rows[at] if isinstance(cell, str) and cell]
            if sum(cell != "" for cell in rows[at]) <= 3:
                yield at, " ".join(text for text in texts if _NOTE.match(text))

    def _merged(self, grid: Grid, row: int) -> dict[int, str]:
        line = self.lines[row]
        spans: dict[int, str] = {}
        for first_row, first, last_row, last in grid.merges:
            if first_row <= row <= last_row and last > first and first < len(line) and line[first]:
                spans.update(dict.fromkeys(range(first, min(last + 1, COLUMNS)), line[first]))
        return spans


def _line(cells: Sequence[object]) -> list[str]:
    """The texts of a row, each on one line; a number or date is no header."""
    found = (cell[:LONGEST] if isinstance(cell, str) else "" for cell in cells[:COLUMNS])
    return [" ".join(as_text(cell).split()) if cell else "" for cell in found]


def _beside(line: Sequence[str], below: Sequence[str]) -> dict[int, str]:
    """Without merged cells: a text goes on over the blank cells beside it that have something below."""
    spans: dict[int, str] = {}
    for column, sub in enumerate(below):
        before = line[column - 1] if 0 < column <= len(line) else ""
        alone = column >= len(line) or not line[column]
        if sub and alone and (group := spans.get(column - 1, before if below[column - 1] else "")):
            spans[column - 1] = spans[column] = group
    return spans
