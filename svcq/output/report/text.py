"""A report as Markdown: headings and plain tables, the long ones cut with a word about where the rest is."""

from collections.abc import Iterable, Iterator

from svcq.locale import _
from svcq.output.machine import Writer
from svcq.output.markdown import RIGHT, escaped
from svcq.output.report.shape import Report, Table, head, shown

MOST = 20
"""Rows of a table that a page shows."""


def write_text(out: Writer, report: Report) -> None:
    """Write the report."""
    out.write("".join(f"{line}\n" for line in lines(report)))


def lines(report: Report) -> Iterator[str]:
    """The lines of the report."""
    yield f"# {escaped(report.title)}"
    yield ""
    yield escaped(report.subtitle)
    for note in report.notes:
        yield ""
        yield escaped(note)
    yield ""
    yield _line((_("Figure"), _("This period"), _("Change")))
    yield _line(("---", "---:", "---:"), marks=True)
    for card in report.cards:
        yield _line((card.title, card.value, card.change))
    for part in report.parts:
        yield ""
        yield f"## {escaped(part.title)}"
        for note in part.notes:
            yield ""
            yield escaped(note)
        if part.figures is not None:
            yield ""
            yield from _table(part.figures)
        for table in part.tables:
            yield ""
            yield f"### {escaped(table.title)}"
            yield ""
            yield from _named(table)


def _named(table: Table) -> Iterator[str]:
    """A table of its own, with what is to be said about it."""
    if table.note:
        yield escaped(table.note)
        yield ""
    if not table.rows:
        yield escaped(table.empty)
        return
    yield from _table(table)
    told = [escaped(words)] if (words := more(table)) else []
    if table.command:
        told.append(f"`{table.command}`")
    if told:
        yield ""
        yield " · ".join(told)


def more(table: Table) -> str:
    """What a page does not show of a table, and which command shows it; empty if it shows everything."""
    if len(table.rows) <= MOST:
        return ""
    words = _("the first {shown} of {all} rows; the workbook has them all")
    return words.format(shown=MOST, all=len(table.rows))


def _table(table: Table) -> Iterator[str]:
    yield _line(head(column) for column in table.columns)
    yield _line(("---:" if column.type in RIGHT else "---" for column in table.columns), marks=True)
    fields = [(column.key, shown(column)) for column in table.columns]
    for row in table.rows[:MOST]:
        yield _line(show(row.get(key)) for key, show in fields)


def _line(cells: Iterable[str], *, marks: bool = False) -> str:
    return f"| {' | '.join(cell if marks else escaped(cell) for cell in cells)} |"
