"""Forms into a workbook: each on a sheet of its own that prints as it looks, on A4 and one page wide."""

import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from svcq.locale import _, language
from svcq.output.form import Form
from svcq.output.form_lines import FACES, SMALL, Faces
from svcq.output.form_rows import PIXEL, Ink, Piece, Row, column_width, page, rows
from svcq.output.target import binary_file
from svcq.output.workbook import HEAD, PAPER_A4, clean, legal_name

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8)
"""How small, against its own size, a form may become to fit on one page."""
SMALLEST = 0.6
"""The size below which nobody can read it."""
MEASURE, DIGIT = ("Times New Roman", 10.5), 7
"""The workbook's standard font, in whose digits the width of a column is counted, and their width in pixels:
a whole one, so that every program makes the columns alike."""
INCH = 25.4
PAGED = 6.0
"""Millimetres between the edge of the paper and the head or the foot of a page."""
TYPED = 255
"""Characters up to which a cell is marked as text for typing too: some programs show a longer one as ####."""
NAME = 60
"""Characters of a number that the head of a page shows: all of it holds 255."""


def write_forms(to: str | Path | BinaryIO, forms: Sequence[Form]) -> None:
    """Write the forms, a sheet each, to a path (whole or not at all) or into an open binary file.

    Text is text: nothing becomes a formula. Usage if the path cannot be written.
    """
    if isinstance(to, str | Path):
        with binary_file(str(to)) as file:
            write_forms(file, forms)
        return
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "svcq"
    book._named_styles["Normal"].font = Font(*MEASURE)
    names: set[str] = set()
    for form in forms:
        _draw(book.create_sheet(legal_name(form.title, names)), form, FACES[language()])
    if not forms:
        book.create_sheet("-")
    whole = BytesIO()  # a full disk then meets plain bytes, not a half-written archive
    book.save(whole)
    to.write(whole.getbuffer())


def _draw(sheet: Worksheet, form: Form, faces: Faces) -> None:
    scale, content = _fitted(form, faces)
    wide = column_width(form, scale or form.scale) / PIXEL / DIGIT
    for column in range(1, form.columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    pen = _Pen(sheet, faces)
    for row in content:
        pen.draw(row)
    sheet.print_area = f"A1:{get_column_letter(form.columns)}{max(1, pen.below - 1)}"
    _set_up(sheet, form, faces, one_page=scale is not None)


def _fitted(form: Form, faces: Faces) -> tuple[float | None, list[Row]]:
    """The largest scale at which the form fits on one page, and its rows; None if it needs several."""
    down = page(form)[1]
    for scale in [form.scale * part for part in SCALES if part == 1 or form.scale * part >= SMALLEST]:
        content = rows(form, faces, scale)
        if sum(row.height + PIXEL for row in content) <= down / scale:
            return scale, content
    return None, rows(form, faces, form.scale)


def _set_up(sheet: Worksheet, form: Form, faces: Faces, one_page: bool) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape" if form.landscape else "portrait"
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = form.margin / INCH
    margins.header = margins.footer = PAGED / INCH
    head: Any = sheet.oddHeader
    foot: Any = sheet.oddFooter
    head.right.text = " ".join(filter(None, (_inert(form.title), _inert(form.number[:NAME]))))
    foot.center.text = _("Page {page} of {pages}").format(page="&P", pages=1 if one_page else "&N")
    for part in (head.right, foot.center):
        part.font, part.size = f"{faces.text},Regular", int(SMALL)
    sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = 1, True


def _inert(text: str) -> str:
    """`text` for the head of a page, where an ampersand would begin a command."""
    return clean(text).replace("\n", " ").replace("&", "&&")


@dataclass(slots=True)
class _Pen:
    sheet: Any
    faces: Faces
    below: int = 1
    """The row of the sheet that comes next."""
    looks: dict[tuple[Ink | None, str, bool], Any] = field(default_factory=dict)
    """The style of a cell by what it is to look like: openpyxl takes long to find that two are the same."""

    def draw(self, row: Row) -> None:
        """Draw the row on the next one of the sheet."""
        self.sheet.row_dimensions[self.below].height = math.ceil(row.height / PIXEL) * PIXEL
        for piece in row.pieces:
            self._piece(piece)
        if row.repeated:
            self.sheet.print_title_rows = f"{self.below}:{self.below}"
        self.below += 1

    def _piece(self, piece: Piece) -> None:
        first, last, ink = piece.at + 1, piece.at + piece.span, piece.ink
        cell = self.sheet.cell(self.below, first)
        if piece.text:
            cell.value = clean(piece.text)
            cell.data_type = "s"
        if last > first:
            # not merge_cells, which compares each with all before: a table of a thousand rows took a minute
            self.sheet.merged_cells.ranges.add(CellRange(None, first, self.below, last, self.below))
        typed = len(piece.text) <= TYPED
        for column in range(first, last + 1):  # a merged cell shows the borders of all the cells under it
            hidden = ("l" if column > first else "") + ("r" if column < last else "")
            sides = "".join(side for side in ink.sides if side not in hidden)
            if column == first:
                self._dress(cell, ink, sides, typed)
            elif sides:
                self._dress(self.sheet.cell(self.below, column), None, sides, False)

    def _dress(
        self,
        cell: Any,  # noqa: ANN401
        ink: Ink | None,
        sides: str,
        typed: bool,
    ) -> None:
        """Give a cell its looks, or the borders alone of one under a merged cell; those met before are copied."""
        key = ink, sides, typed
        if key in self.looks:
            cell._style = copy(self.looks[key])
            return
        if ink is not None:
            cell.number_format = "@" if typed else "General"
            cell.font = Font(name=self.faces.heading if ink.heading else self.faces.text, size=ink.size)
            cell.alignment = Alignment(
                horizontal=ink.across, vertical=ink.down, wrap_text=True, indent=int(ink.indented)
            )
            if ink.shaded:
                cell.fill = PatternFill("solid", fgColor=HEAD)
        if sides:
            cell.border = _border(sides)
        self.looks[key] = copy(cell._style)


def _border(sides: str) -> Border:
    """Lines at the sides that `sides` names, as in `Ink`."""
    left, right, top, low = (Side("thin" if side in sides else None) for side in "lrtb")
    return Border(left, right, top, Side("dashed") if "-" in sides else low)
