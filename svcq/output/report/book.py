"""A report as a workbook: a summary with native charts on one sheet of A4, then a sheet for each table."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from svcq.locale import _, language
from svcq.output.cells import fold, width
from svcq.output.form_lines import FACES
from svcq.output.report.chart import HIGH, native
from svcq.output.report.shape import SIGNED, Card, Report, Table, head
from svcq.output.shape import Column
from svcq.output.values import human
from svcq.output.workbook import HEAD, HIGHEST, LINE, PAPER_A4, clean, legal_name

ACROSS, EACH = 12, 11
"""Columns of the summary, and the cells of each."""
CARDS, BESIDE = 4, 2
"""How many figures, and how many charts, stand beside each other."""
NARROW, BROAD, MEASURED = 9, 62, 500
LEAST = 90
"""Cells in a line of what is said above a table."""
INK, SOFT, GREY, MAIN = "FF1C2733", "FF5A6775", "FFD8DEE6", "FF1F5C99"
TONES = {"good": "FF1B7A43", "bad": "FFB3261E", "": SOFT}
MARGIN = 0.5
NUMBERS = {"money": "#,##0.00_ ", "date": "yyyy-mm-dd", "whole": "0_ ", "part": "0.0#_ "}
CHANGES = {"whole": "+0_ ;-0_ ;0_ ", "part": "+0.0#_ ;-0.0#_ ;0_ "}
"""A blank behind a number keeps it off the line."""
FIRST_YEAR = 1900


def write_workbook(to: BinaryIO, report: Report) -> None:
    """Write the workbook into an open file; text is text, nothing becomes a formula."""
    book = Workbook()
    taken: set[str] = set()
    summary: Any = book.active
    summary.title = legal_name(_("Summary"), taken)
    places: dict[int, tuple[Worksheet, int]] = {}
    for table in tables(report):
        sheet = book.create_sheet(legal_name(table.title, taken))
        places[id(table)] = sheet, _Sheet(sheet).table(table, report.subtitle)
    _Sheet(summary).summary(report, places)
    book.properties.title, book.properties.creator = clean(report.title), "svcq"
    whole = BytesIO()  # a full disk then meets plain bytes, not a half-written archive
    book.save(whole)
    to.write(whole.getbuffer())


def tables(report: Report) -> list[Table]:
    """The tables that are sheets, in their order."""
    return [report.figures, *(table for part in report.parts for table in part.tables)]


class _Sheet:
    """The hand that fills a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet: Any = sheet
        self.faces = FACES[language()]
        line = Side("thin", GREY)
        self.frame = Border(left=line, right=line, top=line, bottom=line)
        self.looks: dict[tuple[str, str, bool], Any] = {}
        sheet.sheet_view.showGridLines = False

    def summary(self, report: Report, places: Mapping[int, tuple[Worksheet, int]]) -> None:
        """The figures of the summary in large type, the charts below them."""
        for at in range(1, ACROSS + 1):
            self.sheet.column_dimensions[get_column_letter(at)].width = EACH
        self._set_up("portrait", report.title)
        self.sheet.page_setup.fitToHeight = 1
        row = self._heading(report.title, [report.subtitle, *report.notes], ACROSS * EACH) + 1
        for at, card in enumerate(report.cards):
            self._card(card, row + at // CARDS * 4, at % CARDS)
        row += -(-len(report.cards) // CARDS) * 4
        wide = ACROSS // BESIDE
        for at, chart in enumerate(report.charts):
            anchor = f"{get_column_letter(1 + at % BESIDE * wide)}{row + at // BESIDE * (HIGH + 1)}"
            self.sheet.add_chart(native(chart, *places[id(chart.table)], wide * EACH), anchor)

    def _heading(self, title: str, lines: Sequence[str], room: int) -> int:
        """The title and the lines below it; the row that comes next."""
        self._write(1, 1, title, Font(name=self.faces.heading, size=16, bold=True, color=MAIN))
        self.sheet.row_dimensions[1].height = 27
        row = 2
        for line in lines:
            for part in fold(line, room - 4):
                self._write(row, 1, part, Font(name=self.faces.text, size=10, color=SOFT))
                row += 1
        return row

    def _card(self, card: Card, row: int, place: int) -> None:
        """A figure in a box of three rows."""
        wide = ACROSS // CARDS
        first, last = 1 + place * wide, (place + 1) * wide
        looks = (
            (card.title, Font(name=self.faces.text, size=10, color=SOFT), 18),
            (card.value, Font(name=self.faces.heading, size=20, bold=True, color=INK), 30),
            (
                card.change,
                Font(name=self.faces.text, size=10, bold=bool(card.tone), color=TONES[card.tone]),
                18,
            ),
        )
        line = Side("thin", GREY)
        for at, (text, font, high) in enumerate(looks):
            self._write(row + at, first, text, font)
            self.sheet.cell(row + at, first).alignment = Alignment(
                horizontal="left", vertical="center", indent=1
            )
            self.sheet.row_dimensions[row + at].height = high
            for column in range(first, last + 1):
                self.sheet.cell(row + at, column).border = Border(
                    left=line if column == first else None,
                    right=line if column == last else None,
                    top=line if at == 0 else None,
                    bottom=line if at == len(looks) - 1 else None,
                )
            self.sheet.merge_cells(start_row=row + at, end_row=row + at, start_column=first, end_column=last)
        self.sheet.row_dimensions[row + len(looks)].height = 8

    def table(self, table: Table, subtitle: str) -> int:
        """A title, what is to be said about the table, and the table itself; the row of its heads."""
        columns = table.listing.columns
        widths = [_wide(column, table) for column in columns]
        for at, wide in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(at)].width = wide
        self._set_up("landscape", table.title)
        told = (subtitle, table.note, table.command, "" if table.rows else table.empty)
        header = self._heading(table.title, [words for words in told if words], max(LEAST, sum(widths))) + 1
        bold = Font(name=self.faces.heading, size=10.5, bold=True)
        for at, column in enumerate(columns, 1):
            self._write(header, at, head(column), bold)
            cell = self.sheet.cell(header, at)
            cell.fill, cell.border = PatternFill("solid", fgColor=HEAD), self.frame
            side = _across(column)
            cell.alignment = Alignment(horizontal=side, vertical="center", indent=int(side == "left"))
        for row, values in enumerate(table.rows, header + 1):
            lines = 1
            for at, column in enumerate(columns, 1):
                value, broad = values.get(column.key), widths[at - 1] >= BROAD
                self._cell(row, at, column, value, broad)
                if isinstance(value, str) and broad:
                    lines = max(lines, sum(len(fold(part, BROAD - 4)) for part in value.split("\n")))
            self.sheet.row_dimensions[row].height = min(LINE * lines + 3, HIGHEST)
        last = f"{get_column_letter(len(columns))}{header + max(1, len(table.rows))}"
        self.sheet.auto_filter.ref = f"A{header}:{last}"
        self.sheet.freeze_panes = f"A{header + 1}"
        self.sheet.print_title_rows = f"{header}:{header}"
        return header

    def _cell(self, row: int, at: int, column: Column, value: object, broad: bool) -> None:
        """One value: dates are dates, numbers numbers, codes words."""
        cell = self.sheet.cell(row, at)
        form = "@"
        if isinstance(value, date) and value.year >= FIRST_YEAR:
            cell.value, form = value, NUMBERS["date"]
        elif isinstance(value, int | float) and not isinstance(value, bool) and column.type != "code":
            kind = "money" if column.type == "money" else "whole" if isinstance(value, int) else "part"
            cell.value, form = value, (CHANGES if column.key == SIGNED else NUMBERS)[kind]
        elif value is not None:
            self._text(cell, clean(human(column)(value) if column.type != "text" else str(value)))
        cell._style = copy(self._look(column, form, broad))

    def _look(self, column: Column, form: str, broad: bool) -> Any:  # noqa: ANN401
        """The style of such cells, worked out once: for each cell anew it would take longer than all the rest."""
        key = (_across(column), form, broad)
        if key not in self.looks:
            cell: Any = WriteOnlyCell(self.sheet)
            cell.font = Font(name=self.faces.text, size=10.5)
            side = _across(column)
            cell.alignment = Alignment(
                horizontal=side, vertical="center", wrap_text=broad, indent=int(side == "left")
            )
            cell.border, cell.number_format = self.frame, form
            self.looks[key] = cell._style
        return self.looks[key]

    def _write(self, row: int, at: int, text: str, font: Font) -> None:
        cell = self.sheet.cell(row, at)
        self._text(cell, clean(text))
        cell.font = font
        cell.alignment = Alignment(vertical="center")

    @staticmethod
    def _text(cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl's cell
        """Text that stays text, whatever it begins with."""
        if text:
            cell.value = text
            cell.data_type = "s"

    def _set_up(self, orientation: str, title: str) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, PAPER_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = MARGIN
        margins.top = margins.bottom = MARGIN * 1.5
        margins.header = margins.footer = MARGIN / 2
        sheet.oddFooter.left.text = clean(title).replace("&", "&&").replace("\n", " ")
        sheet.oddFooter.right.text = _("Page {page} of {pages}").format(page="&P", pages="&N")


def _across(column: Column) -> str:
    """Where the cells of a column stand; programs differ about an indent on the right, so there is none."""
    return {"number": "right", "money": "right", "date": "center", "code": "center"}.get(column.type, "left")


def _wide(column: Column, table: Table) -> int:
    """The cells of a column, by its head and its first rows."""
    shown = human(column)
    longest = width(head(column)) + 4  # the filter's arrow
    for row in table.rows[:MEASURED]:
        longest = max(longest, width(shown(row.get(column.key))) + 4)
    return max(NARROW, min(longest, BROAD))
