"""七: one person's score on the command line, with every record behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.complete import people
from svcq.commands.kit import PrintsOfDay, example
from svcq.commands.score_lists import MACHINE, Now, tell_release
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.score_periods import year as year_of
from svcq.commands.shared import as_of, can_be_shown, filters, listed, look
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.commands.score_told import Told
    from svcq.output.shape import Listing
    from svcq.store.read import Reader

showing = typer.Typer()
"""The command that the score group takes over."""
INDICATORS = ("compliance", "satisfaction", "resolution")
Text = str | None


@showing.command(
    cls=PrintsOfDay,
    help=_("A person's score: how it is made, and the record behind every point."),
    epilog=example(
        "score show 李伟 --quarter 2026Q3",
        "score show 李伟 --quarter 2026Q3 --indicator resolution",
        "score show 李伟 --year 2026 -f xlsx -o 李伟.xlsx",
    ),
)
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The person."), autocompletion=people)],
    quarter: Annotated[
        Text, typer.Option("--quarter", metavar="QUARTER", help=_("The quarter, e.g. 2026Q3."))
    ] = None,
    year: Annotated[Text, typer.Option("--year", metavar="YEAR", help=_("The year, e.g. 2026."))] = None,
    indicator: Annotated[
        str,
        typer.Option(
            "--indicator",
            metavar="|".join(INDICATORS),
            help=_("Which records: breaches (default), callbacks, or problems that were to be closed."),
            show_default=False,
        ),
    ] = "compliance",
    now: Now = False,
) -> None:
    from svcq.commands.score_columns import RECORDS
    from svcq.commands.score_told import quarter as told_of_quarter
    from svcq.commands.score_told import year as told_of_year

    desk: Desk = ctx.obj
    if (quarter is None) == (year is None):
        raise Usage("give one of --quarter and --year")
    if indicator not in INDICATORS:
        known = ", ".join(INDICATORS)
        raise Usage("--indicator: {text} is none of {known}", text=repr(indicator), known=known)
    t = as_of(desk)
    desk.asked.values["person"] = name
    listing = RECORDS[indicator]
    with desk.read() as reader:
        person = str(filters(desk, reader)["person"])
        if quarter is not None:
            told = told_of_quarter(reader, person, quarter_of(quarter, "--quarter"), t, now=now)
        else:
            assert year is not None
            told = told_of_year(reader, person, year_of(year, "--year"), t, now=now)
        _print(desk, reader, listing, told, told.records(indicator))
    for release in told.releases:
        tell_release(release, frozen=not now)


def _print(desk: Desk, reader: "Reader", listing: "Listing", told: "Told", rows: Sequence[Row]) -> None:
    """Print the records: an array for machines; for people under a head that tells how the score is made."""
    asked = look(desk)
    form = can_be_shown(desk, listing)
    empty = _("no such record of {person} in {period}").format(person=told.person, period=told.period)
    if reader.missing or form in (*MACHINE, "tsv") or asked.columns or asked.limit is not None:
        listed(desk, reader, listing, rows, empty=empty)
        return
    from svcq.commands.score_columns import HEADER
    from svcq.output.record import Section, emit_record
    from svcq.output.shape import Column
    from svcq.output.terminal import talk

    head = told.head()
    columns: tuple[Column, ...] = tuple(
        column for column in HEADER.columns if head.get(column.key) is not None
    )
    header = type(HEADER)(HEADER.name, HEADER.title, columns, HEADER.alarm)
    emit_record(header, head, [Section("records", listing, rows)], asked)
    if not rows:
        talk(empty)
    elif desk.asked.values.get("exit_code"):
        raise typer.Exit(10)
