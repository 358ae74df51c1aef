"""What is known of a workbook before its cells are read: its size, its error values, its first day."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1900


@dataclass(slots=True)
class Scan:
    """The facts of a workbook that the fast reader does not tell."""

    epoch: date = EPOCH_1900
    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    """Sheet -> 0-based (row, column) -> what stands there instead of a value (#N/A; `=`: never computed)."""
    text: int = 0
    """Bytes of the text in the cells of all sheets so far, each word as often as it stands there."""

    def add_text(self, file: Path, sheet: str, length: int) -> None:
        """Count text; Usage if there is more in the workbook than memory should hold."""
        self.text += length
        if self.text > limits.TEXT_IN_CELLS:
            raise self.too_large(file, sheet)

    @staticmethod
    def too_large(file: Path, sheet: str) -> Usage:
        """The sentence for a sheet beyond the limits."""
        return Usage(
            "{path}, sheet {sheet}: more than {rows} rows or {cells} cells, or too much text: split it",
            path=str(file),
            sheet=sheet,
            rows=limits.ROWS,
            cells=limits.CELLS,
        )


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach, and how many there are."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    unplaced: int = 0
    """Rows seen so far whose cells do not say where they stand."""

    def check(self, file: Path, sheet: str) -> None:
        """Usage if the sheet is too large to be laid out as a table."""
        if self.rows > limits.ROWS or self.cells > limits.CELLS or self.rows * self.columns > limits.AREA:
            raise Scan.too_large(file, sheet)
