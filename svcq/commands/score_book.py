"""七: all of a quarter's or a year's scores as one workbook, with a page of evidence for each person."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from svcq.commands.kit import Command, example
from svcq.commands.params import listing_params
from svcq.commands.score_lists import Now, tell_unscored
from svcq.commands.score_periods import QUARTER
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.score_periods import year as year_of
from svcq.commands.shared import as_of
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext

if TYPE_CHECKING:
    from svcq.commands.score_gathered import Gathered
    from svcq.output.page import Page

booking = typer.Typer()
"""The command that the score group takes over."""


class Books(Command):
    """A command that writes a workbook about a day."""

    @staticmethod
    def shared() -> list[Any]:
        """The option that says which day."""
        return [param for param in listing_params() if param.name == "as_of"]


@booking.command(
    cls=Books,
    help=_(
        "All scores of a quarter or a year as a workbook: summary, teams, regions, fines, a page for each person."
    ),
    epilog=example("score book 2026Q3 -o 评分2026Q3.xlsx", "score book 2026 -o 年度评分2026.xlsx"),
)
def book(
    ctx: typer.Context,
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", help=_("The quarter or the year, e.g. 2026Q3 or 2026."))
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
    now: Now = False,
) -> None:
    from svcq.commands import score_gathered
    from svcq.output.page_book import write_pages
    from svcq.output.terminal import talk

    desk: Desk = ctx.obj
    quarterly = QUARTER.fullmatch(period.strip()) is not None
    if not output.lower().endswith(".xlsx"):
        raise Usage("-o: it is a workbook, name it FILE.xlsx")
    with desk.read() as reader:
        if quarterly:
            span = quarter_of(period, "PERIOD")
            found = score_gathered.quarter(reader, span, as_of(desk), now=now)
        else:
            span = year_of(period, "PERIOD")
            found = score_gathered.year(reader, span, as_of(desk), now=now)
    if not found.people:
        raise NotFound("no scores: in {period} nothing fell due and nobody was asked", period=span.name)
    write_pages(output, _pages(found))
    count = ngettext("{count} person", "{count} people", len(found.people)).format(count=len(found.people))
    talk(_("{file} written: the scores of {people}").format(file=output, people=count))
    tell_unscored(found.unscored)


def _pages(found: "Gathered") -> "list[Page]":
    """The summary first, then teams, regions and fines, then everybody by name."""
    from svcq.commands.score_pages import person_page
    from svcq.commands.score_summary import fines_page, summary_page, units_page

    told = found.told
    return [
        summary_page(found.people, told),
        units_page(_("Teams"), _("Team"), "team", found.teams, told),
        units_page(_("Regions"), _("Region"), "region", found.regions, told),
        fines_page(found.fines, found.fined, told.period),
        *(person_page(one, told) for one in found.people),
    ]
