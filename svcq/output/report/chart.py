"""Charts of a report as spreadsheets draw them: native ones, over the cells of the sheet that has their table."""

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from svcq.output.report.shape import Chart, head
from svcq.output.workbook import clean

COLOURS = ("1F5C99", "9FBFDD", "D9822B", "2E8B7A", "8A4F9E", "B8A13A", "7A7F87")
"""Those of the page, too."""
INK, LINE = "1C2733", "D8DEE6"
HIGH = 15
"""Rows of the summary that a chart takes."""
ROW, CELL = 0.529, 0.1995
"""Centimetres of a row, and of a cell across."""
AIR = 0.4
"""Centimetres between two charts."""
BEHIND = 1.15
"""How much longer than its end a scale is, for the values behind the bars."""


def native(chart: Chart, sheet: Worksheet, header: int, room: int) -> Any:  # noqa: ANN401 - openpyxl's chart
    """The chart over the table whose heads stand in the row `header` of `sheet`, as wide as `room` cells."""
    drawn: Any = BarChart()
    stacked = chart.kind == "stacked"
    drawn.type = "col" if stacked else "bar"
    drawn.grouping = "stacked" if stacked else "clustered"
    drawn.overlap = 100 if stacked else 0
    drawn.gapWidth = 45
    drawn.title = clean(chart.title)
    drawn.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_type(1200, bold=True))
    for run in drawn.title.tx.rich.p[0].r or ():
        run.rPr = _type(1200, bold=True)
    drawn.title.overlay = False
    first, last = header + 1, header + len(chart.rows)
    keys = chart.table.listing.keys()
    for place, column in enumerate(chart.columns):
        at = keys.index(column.key) + 1
        series = Series(Reference(sheet, at, first, at, last), title=clean(head(column)))
        series.graphicalProperties = GraphicalProperties(solidFill=COLOURS[place % len(COLOURS)])
        series.graphicalProperties.line = LineProperties(noFill=True)
        series.invertIfNegative = False
        if not stacked:
            series.dLbls = _labels()
        drawn.series.append(series)
    at = keys.index(chart.label) + 1
    drawn.set_categories(Reference(sheet, at, first, at, last))
    _axes(drawn, chart)
    drawn.legend.position = "b"
    if len(chart.series) == 1:
        drawn.legend = None
    drawn.width, drawn.height = room * CELL - AIR, HIGH * ROW
    drawn.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(solidFill=LINE))
    drawn.roundedCorners = False
    return drawn


def _axes(drawn: Any, chart: Chart) -> None:  # noqa: ANN401
    small = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_type(900)), endParaRPr=_type(900))])
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.txPr = small
        axis.majorTickMark = "none"
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    drawn.y_axis.scaling.min = 0
    if chart.top is not None:
        drawn.y_axis.scaling.max = chart.top * BEHIND
    drawn.y_axis.number_format = "General"
    if chart.kind == "bars":
        drawn.x_axis.scaling.orientation = "maxMin"  # the first row of the table on top
        drawn.y_axis.delete = True  # the values stand behind the bars
        drawn.y_axis.majorGridlines = None


def _labels() -> DataLabelList:
    """The value of each bar behind it."""
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_type(900)), endParaRPr=_type(900))])
    return labels


def _type(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=INK)
