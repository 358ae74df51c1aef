"""The looks of a report, each of a small one: pictures, page, Markdown, workbook with native charts."""

import io
import re
from xml.etree import ElementTree

import openpyxl
import pytest

from svcq.output.report.book import write_workbook
from svcq.output.report.html import write_html
from svcq.output.report.shape import Card, Chart, Part, Report, Table
from svcq.output.report.svg import described, scale, svg
from svcq.output.report.text import MOST, write_text
from svcq.output.shape import Column, Listing

NAMES = ("华东", "华<北>&", "=1+1", "a|b`c`[d](e)", "x" * 200, "无\x1b[31m\u202e")
REGIONS = Listing(
    "regions",
    "Regions",
    (
        Column("region", "Region"),
        Column("overdue", "Overdue", "number"),
        Column("before", "Before", "number"),
        Column("change", "Change", "number"),
        Column("fine", "Fine", "money", aside=True),
    ),
)
FIGURES = Listing("figures", "Figures", (Column("figure", "Figure"), Column("now", "Now", "number")))


def regions(count=len(NAMES)):
    rows = [
        {
            "region": NAMES[at % len(NAMES)],
            "overdue": at,
            "before": 3,
            "change": at - 3,
            "fine": 100.5 * at,
        }
        for at in range(count)
    ]
    return Table(REGIONS, rows, "nobody is late", "svcq due --overdue")


def bars(table=None, **more):
    return Chart("Overdue & <late>", "bars", table or regions(), "region", ("overdue", "before"), **more)


def small(table=None):
    table = table or regions()
    figures = Table(FIGURES, [{"figure": "overdue", "now": 15}], "")
    stacked = Chart("All", "stacked", table, "region", ("overdue", "before"))
    part = Part("duties", "Deadlines", figures, [bars(table), stacked], [table], ["a *note*"])
    cards = [Card("Overdue", "15", "▲ +3, before 12", "bad"), Card("Fines", "1,200", "", "")]
    return Report("Report <1>", "as of | today", ["so far"], cards, figures, [part])


def page(report):
    out = io.StringIO()
    write_html(out, report)
    return out.getvalue()


def text(report):
    out = io.StringIO()
    write_text(out, report)
    return out.getvalue()


def workbook(report):
    out = io.BytesIO()
    write_workbook(out, report)
    return openpyxl.load_workbook(out)


@pytest.mark.parametrize(
    ("largest", "step", "end"),
    [(0, 1, 1), (1, 1, 1), (5, 1, 5), (6, 2, 6), (9, 2, 10), (11, 5, 15), (92, 20, 100), (101, 50, 150)],
)
def test_a_scale_ends_just_behind_the_largest_value_after_few_steps(largest, step, end):
    assert scale(largest) == (step, end)


@pytest.mark.parametrize("kind", ["bars", "stacked"])
def test_a_picture_is_well_formed_named_and_described(kind):
    chart = Chart("Overdue & <late>", kind, regions(), "region", ("overdue", "before"))
    root = ElementTree.fromstring(svg(chart, "k"))
    assert root.get("role") == "img"
    ids = {one.get("id"): one.text for one in root if one.get("id")}
    assert [ids[key] for key in root.get("aria-labelledby").split()] == ["Overdue & <late>", described(chart)]
    assert len(list(root.iter("rect"))) >= 2 * len(NAMES) - 1
    assert "华<北>&" in "".join(root.itertext())


def test_bars_are_as_long_as_their_values():
    root = ElementTree.fromstring(svg(bars(top=10), "k"))
    long = [float(one.get("width")) for one in root.iter("rect")]
    values = [value for row in regions().rows for value in (row["overdue"], row["before"])]
    for width, value in zip(long, values, strict=True):
        assert width == pytest.approx(max(1.0, value / 10 * 354), abs=0.1)


def test_columns_stand_on_each_other():
    chart = Chart("All", "stacked", regions(2), "region", ("overdue", "before"))
    rects = [one.attrib for one in ElementTree.fromstring(svg(chart, "k")).iter("rect")]
    boxes = [(float(one["y"]), float(one["height"])) for one in rects]
    first, lower, upper = boxes
    assert first[0] + first[1] == pytest.approx(lower[0] + lower[1], abs=0.1)
    assert upper[0] + upper[1] == pytest.approx(lower[0], abs=0.1)
    assert upper[1] == pytest.approx(3 * lower[1], abs=0.2)


def test_a_picture_of_nothing_but_zeros_has_no_bars_to_divide_by():
    table = Table(REGIONS, [{"region": "华东", "overdue": 0, "before": None}], "")
    for kind in ("bars", "stacked"):
        assert "nan" not in svg(Chart("x", kind, table, "region", ("overdue", "before")), "k")


def test_the_page_has_text_as_text_and_controls_as_pictures():
    found = page(small())
    assert "<title>Report &lt;1&gt;</title>" in found
    assert "华&lt;北&gt;&amp;" in found
    assert "\x1b" not in found
    assert "\u202e" not in found
    assert found.count("<svg") == 2
    assert '<td role="cell" data-label="Change" class="number">+2</td>' in found
    assert 'class="bad">▲ +3, before 12' in found


def test_what_is_aside_is_in_the_workbook_alone():
    report = small()
    assert "502.5" not in page(report)
    assert "502.5" not in text(report)
    assert "| Region | Overdue | Before | Change |" in text(report)
    assert [cell.value for cell in list(workbook(report)["Regions"].iter_cols())[4]][-1] == 502.5


def test_text_has_no_mark_that_came_from_a_name():
    found = text(small())
    assert "| a\\|b\\`c\\`\\[d\\](e) |" in found
    assert "# Report \\<1\\>" in found
    assert "a \\*note\\*" in found
    assert "as of \\| today" in found


def test_a_long_table_is_cut_on_pages_and_says_so():
    report = small(regions(MOST + 3))
    for found in (page(report), text(report)):
        assert f"the first {MOST} of {MOST + 3} rows" in found
    assert workbook(report)["Regions"].max_row >= MOST + 3


def test_a_table_without_rows_says_its_sentence():
    report = small(regions(0))
    for found in (page(report), text(report)):
        assert "nobody is late" in found
        assert "<svg" not in found
    book = workbook(report)
    assert "nobody is late" in [cell.value for cell in book["Regions"]["A"]]
    assert book["Summary"]._charts == []


def test_the_workbook_has_native_charts_over_its_own_cells():
    book = workbook(small())
    bar, stacked = book["Summary"]._charts
    assert (bar.type, bar.grouping) == ("bar", "clustered")
    assert (stacked.type, stacked.grouping, stacked.overlap) == ("col", "stacked", 100)
    for chart in (bar, stacked):
        names = [one.val.numRef.f for one in chart.series]
        for name, key in zip(names, ("overdue", "before"), strict=True):
            sheet, cells = re.fullmatch(r"'(.+)'!(.+)", name).groups()
            found = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
            assert found == [row[key] for row in regions().rows]
        cells = chart.series[0].cat.numRef or chart.series[0].cat.strRef
        labels = book["Regions"][cells.f.partition("!")[2].replace("$", "")]
        assert [cell.value for (cell,) in labels][0] == "华东"


def test_no_text_of_the_workbook_is_a_formula():
    book = workbook(small())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=1+1" in {cell.value for cell in cells}


def test_the_figures_of_the_summary_are_one_a4_page_with_filters_elsewhere():
    book = workbook(small())
    summary = book["Summary"]
    assert (summary.page_setup.orientation, summary.page_setup.paperSize) == ("portrait", 9)
    assert (summary.page_setup.fitToWidth, summary.page_setup.fitToHeight) == (1, 1)
    assert [sheet.title for sheet in book] == ["Summary", "Figures", "Regions"]
    regions_sheet = book["Regions"]
    assert regions_sheet.auto_filter.ref == "A5:E11"
    assert regions_sheet.freeze_panes == "A6"
    assert regions_sheet["D6"].number_format.startswith("+0")
