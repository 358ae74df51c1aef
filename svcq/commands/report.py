"""The reports of a month and of a quarter on the command line: workbook, page, Markdown."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.dates import month as month_named
from svcq.commands.kit import Command, example, group
from svcq.commands.score_periods import quarter as quarter_named
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _

if TYPE_CHECKING:
    from svcq.output.report.shape import Report
    from svcq.rules.periods import Span

app = group(_("The report of a month or a quarter: workbook with charts, page for browsers, Markdown."))
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Write to this file (.xlsx, .html, .md); repeatable. Without it: Markdown."),
    ),
]
ENDINGS = {".xlsx": "xlsx", ".html": "html", ".htm": "html", ".md": "md"}


@app.command(
    cls=Command,
    help=_("The month's figures beside those of the month before, with the records behind them."),
    epilog=example("report monthly", "report monthly 2026-10 -o 月报.xlsx -o 月报.html"),
)
def monthly(
    ctx: typer.Context,
    month: Annotated[
        str | None,
        typer.Argument(metavar="MONTH", help=_("Which month; default: the one before today's.")),
    ] = None,
    output: Output = None,
) -> None:
    from svcq.processes.report import month_before, month_of

    desk: Desk = ctx.obj
    if month is None:
        span = month_before(month_of(desk.today))
    else:
        _name, first, _last = month_named(month, "MONTH")
        span = month_of(first)
    _write(desk, span, month_before(span), output or [], quarterly=False)


@app.command(
    cls=Command,
    help=_("The quarter's figures beside those of the quarter before, with the records behind them."),
    epilog=example("report quarterly", "report quarterly 2026Q3 -o 季报2026Q3.xlsx"),
)
def quarterly(
    ctx: typer.Context,
    quarter: Annotated[
        str | None,
        typer.Argument(metavar="QUARTER", help=_("Which quarter; default: the one before today's.")),
    ] = None,
    output: Output = None,
) -> None:
    from svcq.rules.periods import quarter_before, quarter_of

    desk: Desk = ctx.obj
    span = quarter_before(quarter_of(desk.today)) if quarter is None else quarter_named(quarter)
    _write(desk, span, quarter_before(span), output or [], quarterly=True)


def _write(desk: Desk, span: "Span", before: "Span", files: Sequence[str], *, quarterly: bool) -> None:
    """Write the report to all files, or as Markdown to the standard output."""
    from svcq.commands.report_pages import report
    from svcq.output.emit import write_text as write_where
    from svcq.output.report.text import write_text
    from svcq.output.shape import Look
    from svcq.output.terminal import talk
    from svcq.processes.report import gather

    forms = [_form(file) for file in files]
    if len({os.path.realpath(file) for file in files}) < len(files):
        raise Usage("-o: a file is named twice")
    if span.first > desk.today:
        raise Usage("{period} has not begun", period=span.name)
    with desk.read() as reader:
        if reader.missing:
            raise NotFound(
                "there is no store at {path} yet: `svcq import FILE` or any `add` makes it", path=reader.path
            )
        made = report(gather(reader, span, before, desk.today), quarterly=quarterly)
    with ExitStack() as whole:  # all files appear, or none
        for file, form in zip(files, forms, strict=True):
            WRITERS[form](whole, file, made)
    for file in files:
        talk(_("{file} written").format(file=file))
    if not files:
        write_where(Look(), sys.stdout, "md", lambda to: write_text(to, made))


def _form(file: str) -> str:
    """What a file is to be; Usage if its ending does not tell."""
    form = ENDINGS.get(PurePath(file).suffix.lower())
    if form is None:
        raise Usage("-o {file}: a report is FILE.xlsx, FILE.html or FILE.md", file=file)
    return form


def _workbook(whole: ExitStack, file: str, made: "Report") -> None:
    from svcq.output.report.book import write_workbook
    from svcq.output.target import binary_file

    write_workbook(whole.enter_context(binary_file(file)), made)


def _page(whole: ExitStack, file: str, made: "Report") -> None:
    from svcq.output.report.html import write_html
    from svcq.output.target import text_file

    write_html(whole.enter_context(text_file(file)), made)


def _markdown(whole: ExitStack, file: str, made: "Report") -> None:
    from svcq.output.report.text import write_text
    from svcq.output.target import text_file

    write_text(whole.enter_context(text_file(file)), made)


WRITERS: dict[str, Callable[[ExitStack, str, "Report"], None]] = {
    "xlsx": _workbook,
    "html": _page,
    "md": _markdown,
}
