"""Pages into a workbook: a sheet each, on A4, with tables that look and print alike, links, filters and sums."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from svcq.locale import _, language
from svcq.output.cells import fold
from svcq.output.form_lines import FACES, Faces
from svcq.output.page import CellType, Formula, Gap, Grid, Link, Note, Page, Section, Title
from svcq.output.page_layout import columns, folded, placed
from svcq.output.target import binary_file
from svcq.output.workbook import HEAD, HIGHEST, LATE, LINE, PAPER_A4, clean, legal_name

FORMATS: Mapping[CellType, str] = {
    "text": "@",
    "code": "@",
    "date": "yyyy-mm-dd",
    "number": "0_ ;-0_ ;0_ ;@_ ",
    "score": "0.00_ ;-0.00_ ;0.00_ ;@_ ",
    "money": "#,##0.00_ ;-#,##0.00_ ;0.00_ ;@_ ",
}
ACROSS: Mapping[CellType, str] = {"text": "left", "code": "center", "date": "center"}
"""Where the others stand: right."""
GREY, BLUE = "FFA6A6A6", "FF0563C1"
SHADES = {"head": HEAD, "late": LATE, "total": "FFF2F2F2"}
FIRST_YEAR = 1900
"""The first whose days a spreadsheet knows."""
LARGE, MIDDLE, SMALL = 16, 12, 10.5
TITLE_HIGH, SECTION_HIGH, AIR = 27, 21, 3
BESIDE = {"head": 1}
"""Cells of a column that a header leaves free; others leave three."""
MARGIN = 0.5
"""Inches of paper that stay white at each side."""
_NAMED = re.compile(r"\{(\w+)\.(\w+)\}")


def write_pages(to: str | Path | BinaryIO, pages: Sequence[Page]) -> None:
    """Write the pages, a sheet each, to a path (whole or not at all) or into an open binary file.

    Text is text: only a `Formula` becomes one. Usage if the path cannot be written.
    """
    if isinstance(to, str | Path):
        with binary_file(str(to)) as file:
            write_pages(file, pages)
        return
    book = Workbook(write_only=True)
    taken: set[str] = set()
    names = {page.key: legal_name(page.name, taken) for page in pages}
    for page in pages:
        _Sheet(book.create_sheet(names[page.key]), page, names).draw()
    whole = BytesIO()  # a full disk then meets plain bytes, not a half-written archive
    book.save(whole)
    to.write(whole.getbuffer())


@dataclass(slots=True)
class _Sheet:
    """One sheet, drawn row by row."""

    sheet: Any
    page: Page
    names: Mapping[str, str]
    """Key of a page -> name of its sheet."""
    below: int = 1
    """The row that comes next."""
    pens: dict[tuple[int, CellType, str], Any] = field(default_factory=dict)
    links: list[Hyperlink] = field(default_factory=list)
    cells: dict[tuple[str, str], str | None] = field(default_factory=dict)
    faces: Faces = field(default_factory=lambda: FACES[language()])
    border: Border = field(default_factory=lambda: _frame(Side("thin", GREY)))

    def draw(self) -> None:
        """Draw the whole page."""
        self.cells = columns(self.page)
        self._set_up()
        for block in self.page.blocks:
            match block:
                case Title(text, link):
                    self._title(text, link)
                case Section(text):
                    self._append([self._text(text, self._font(MIDDLE, True))], SECTION_HIGH)
                case Note():
                    for part in folded(block, self.page):
                        self._append([self._text(part, self._font())])
                case Gap():
                    self._append([])
                case Grid():
                    self._grid(block)
        self.sheet._hyperlinks.extend(self.links)

    def _set_up(self) -> None:
        sheet = self.sheet
        for at, wide in enumerate(self.page.widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = wide
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = PAPER_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = MARGIN
        margins.top = margins.bottom = MARGIN * 1.5
        margins.header = margins.footer = MARGIN / 2
        sheet.oddFooter.left.text = clean(self.page.name).replace("&", "&&").replace("\n", " ")
        sheet.oddFooter.right.text = _("Page {page} of {pages}").format(page="&P", pages="&N")
        for block, first in placed(self.page):
            if isinstance(block, Grid) and block.rows:
                last = get_column_letter(sum(head.span for head in block.heads))
                if block.repeated:
                    sheet.freeze_panes = f"A{first + 1}"
                    sheet.print_title_rows = f"{first}:{first}"
                if block.filtered:
                    sheet.auto_filter.ref = f"A{first}:{last}{first + len(block.rows)}"

    def _append(self, cells: Sequence[object], high: float | None = None) -> None:
        if high is not None:
            self.sheet.row_dimensions[self.below].height = high
        self.sheet.append(cells)
        self.below += 1

    def _font(self, size: float = SMALL, bold: bool = False) -> Font:
        return Font(name=self.faces.heading if bold else self.faces.text, size=size, bold=bold)

    def _text(self, text: str, font: Font) -> Any:  # noqa: ANN401 - openpyxl's cell
        cell = WriteOnlyCell(self.sheet)
        cell.font = font
        cell.alignment = Alignment(vertical="center")
        cell.value = clean(text)
        cell.data_type = "s"
        return cell

    def _title(self, text: str, link: Link | None) -> None:
        cells: list[object] = [self._text(text, self._font(LARGE, True))]
        if link is not None:
            last = len(self.page.widths)
            there = self._link(link, last)
            there.alignment = Alignment(horizontal="right", vertical="center")
            cells += [None] * (last - 2) + [there]
        self._append(cells, TITLE_HIGH)

    def _link(self, link: Link, column: int) -> Any:  # noqa: ANN401
        font = Font(name=self.faces.text, size=SMALL, color=BLUE, underline="single")
        cell = self._text(link.text, font)
        sheet = self.names[link.page].replace("'", "''")
        place = f"{get_column_letter(column)}{self.below}"
        self.links.append(Hyperlink(ref=place, location=f"'{sheet}'!A1"))
        return cell

    def _grid(self, grid: Grid) -> None:
        self._line(grid, [head.title for head in grid.heads], "head")
        for row in grid.rows:
            self._line(grid, row, "late" if grid.marked is not None and grid.marked(row) else "plain")
        if grid.totals:
            self._line(grid, grid.totals, "total")

    def _line(self, grid: Grid, values: Sequence[object], look: str) -> None:
        cells: list[object] = []
        lines = 1
        for head, value in zip(grid.heads, values, strict=True):
            at = len(cells) + 1
            cells.append(self._cell(at, head.type, value, look))
            cells += [self._cell(at + more, head.type, None, look) for more in range(1, head.span)]
            if head.span > 1:
                first, last = get_column_letter(at), get_column_letter(at + head.span - 1)
                self.sheet.merged_cells.add(f"{first}{self.below}:{last}{self.below}")
            if isinstance(value, str) and value:
                room = max(2, sum(self.page.widths[at - 1 : at + head.span - 1]) - BESIDE.get(look, 3))
                lines = max(lines, sum(len(fold(part, room)) for part in value.split("\n")))
        self._append(cells, min(LINE * lines + AIR, HIGHEST))

    def _cell(self, at: int, kind: CellType, value: object, look: str) -> Any:  # noqa: ANN401
        if isinstance(value, Link):
            cell = self._link(value, at)
            cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
            cell.border = self.border
            return cell
        computed = isinstance(value, Formula)
        if isinstance(value, Formula):
            value, computed = self._computed(value)
        cell = self._pen(at, kind, look)
        if computed or value is None or _counts(value):
            cell.value = value
        else:
            cell.value = clean(str(value))
            cell.data_type = "s"
        return cell

    def _computed(self, formula: Formula) -> tuple[object, bool]:
        """The formula with the cells that it names, or what stands there without them."""
        named = [self.cells.get((grid, key)) for grid, key in _NAMED.findall(formula.text)]
        if None in named:
            return formula.without, False
        cells = iter(named)
        return "=" + _NAMED.sub(lambda found: str(next(cells)), formula.text), True

    def _pen(self, at: int, kind: CellType, look: str) -> Any:  # noqa: ANN401
        """One object per column and look, written again and again, never twice in a row."""
        cell = self.pens.get((at, kind, look))
        if cell is None:
            cell = self.pens[at, kind, look] = WriteOnlyCell(self.sheet)
            across = "center" if look == "head" else ACROSS.get(kind, "right")
            indent = int(
                across == "left"
            )  # programs differ about one on the right: there the format leaves room
            cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True, indent=indent)
            cell.number_format = "@" if look == "head" else FORMATS[kind]
            cell.border = self.border
            if look in SHADES:
                cell.fill = PatternFill("solid", fgColor=SHADES[look])
            cell.font = self._font(bold=look in ("head", "total"))
        return cell


def _frame(side: Side) -> Border:
    return Border(left=side, right=side, top=side, bottom=side)


def _counts(value: object) -> bool:
    """Whether a value goes into a cell as what it is: a number, or a day that spreadsheets know."""
    if isinstance(value, date):
        return value.year >= FIRST_YEAR
    return isinstance(value, int | float) and not isinstance(value, bool)
