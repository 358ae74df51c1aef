"""Charts of a report as SVG that stands in a page: drawn by hand, named and described for those who cannot see them."""

from collections.abc import Iterator, Sequence
from html import escape

from svcq.output.cells import fold, width
from svcq.output.report.shape import Chart, head
from svcq.output.values import human, visible

WIDE, HIGH = 400, 210
"""Of a chart of columns; one of bars is as high as it has rows."""
LEFT, BOTTOM, TOP = 34, 34, 18
"""What the marks of the scale, the names below and the totals above the columns take."""
CELL = 6.1
"""What a cell of text takes across, in type of 12; small type takes less."""
NAME, BAR, GAP = 19, 11, 8
"""Heights in a chart of bars: the name of a row, each of its bars, what is free below it."""
NUMBERS = 46
"""Room for the value behind a bar."""


def svg(chart: Chart, key: str) -> str:
    """The picture; `key`: what its title and description are called on the page, unlike any other."""
    high, parts = _stacked(chart) if chart.kind == "stacked" else _bars(chart)
    drawn = "".join(parts)
    return (
        f'<svg class="{chart.kind}" viewBox="0 0 {WIDE} {high}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{text(chart.title)}</title><desc id="{key}-d">{text(described(chart))}</desc>'
        f"{drawn}</svg>"
    )


def text(value: str) -> str:
    """Text of users as text of a page: no markup, no control characters."""
    return escape(visible(value))


def described(chart: Chart) -> str:
    """What the picture shows, in words: each row with the values of its series."""
    rows = []
    shown = [human(column) for column in chart.columns]
    for label, row in zip(chart.labels, chart.rows, strict=True):
        if len(chart.series) == 1:
            rows.append(f"{label} {shown[0](row.get(chart.series[0]))}")
        else:
            told = (
                f"{head(column)} {show(row.get(column.key) or 0)}"
                for column, show in zip(chart.columns, shown, strict=True)
            )
            rows.append(f"{label}: {', '.join(told)}")
    return "; ".join(rows)


def scale(largest: float) -> tuple[float, float]:
    """A step of 1, 2 or 5 times a power of ten, and the end of a scale of at most five steps."""
    step = 1.0
    while True:
        for factor in (1, 2, 5):
            if step * factor * 5 >= largest:
                size = step * factor
                steps = max(1, -(-largest // size))
                return size, size * steps
        step *= 10


def _stacked(chart: Chart) -> tuple[int, Iterator[str]]:
    return HIGH, _columns(chart)


def _columns(chart: Chart) -> Iterator[str]:
    """A column for each row, made up of its series from below."""
    values = [chart.values(key) for key in chart.series]
    totals = [sum(column) for column in zip(*values, strict=True)]
    step, end = scale(max(totals, default=0.0))
    floor = HIGH - BOTTOM
    reach = floor - TOP
    for mark in range(int(end / step) + 1):
        y = floor - mark * step / end * reach
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="mark" x="{LEFT - 5}" y="{y + 3.5:.1f}" text-anchor="end">{mark * step:g}</text>'
    room = (WIDE - LEFT) / max(1, len(totals))
    for at, (total, label) in enumerate(zip(totals, chart.labels, strict=True)):
        x, y = LEFT + at * room, float(floor)
        for place, column in enumerate(values):
            high = column[at] / end * reach
            if high:
                y -= high
                yield (
                    f'<rect class="s{place}" x="{x + room * 0.15:.1f}" y="{y:.1f}" width="{room * 0.7:.1f}"'
                    f' height="{high:.1f}"/>'
                )
        middle = f'x="{x + room / 2:.1f}" text-anchor="middle"'
        if total:
            yield f'<text class="value" {middle} y="{y - 4:.1f}">{total:g}</text>'
        year, _dash, month = label.partition("-")
        yield f'<text class="mark" {middle} y="{floor + 13}">{text(month or label)}</text>'
        if month and (at == 0 or month == "01"):
            yield f'<text class="mark" {middle} y="{floor + 26}">{text(year)}</text>'


def _bars(chart: Chart) -> tuple[int, Iterator[str]]:
    row = NAME + BAR * len(chart.series) + GAP
    return row * len(chart.rows) + 2, _rows(chart, row)


def _rows(chart: Chart, high: int) -> Iterator[str]:
    """The name of each row, and below it a bar for each series with its value behind it."""
    values = [chart.values(key) for key in chart.series]
    largest = chart.top or max((max(column, default=0.0) for column in values), default=0.0) or 1.0
    reach = WIDE - NUMBERS
    shown = [human(column) for column in chart.columns]
    for at, (label, row) in enumerate(zip(chart.labels, chart.rows, strict=True)):
        y = at * high
        yield f'<text class="name" x="0" y="{y + 14}">{text(_short(label))}</text>'
        for place, key in enumerate(chart.series):
            top = y + NAME + place * BAR
            long = max(1.0, values[place][at] / largest * reach)
            yield f'<rect class="s{place}" x="0" y="{top}" width="{long:.1f}" height="{BAR - 2}"/>'
            value = shown[place](row.get(key)) or "–"
            yield f'<text class="value" x="{long + 5:.1f}" y="{top + 8}">{text(value)}</text>'


def _short(label: str) -> str:
    """A name that fits into the picture."""
    room = int(WIDE / CELL)
    return label if width(visible(label)) <= room else f"{fold(visible(label), room - 2)[0]}…"


def legend(chart: Chart) -> Sequence[str]:
    """What the colours of the series mean, in their order; of one series nothing needs to be said."""
    return [head(column) for column in chart.columns] if len(chart.series) > 1 else ()
