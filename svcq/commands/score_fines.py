"""七: fines per person and month on the command line, with the records behind them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.dates import month as month_of
from svcq.commands.kit import example
from svcq.commands.score_periods import Scores, Team, chosen
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.score_periods import year as year_of
from svcq.commands.shared import as_of, listed
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.rules.evidence import Breach

fining = typer.Typer()
"""The command that the score group takes over."""
Text = str | None


@fining.command(
    cls=Scores,
    help=_("Fines per person and month in which the deadline ended; --evidence lists the records."),
    epilog=example("score fines --month 2026-10", "score fines --quarter 2026Q3 --person 陈立 --evidence"),
)
def fines(
    ctx: typer.Context,
    month: Annotated[Text, typer.Option("--month", metavar="MONTH", help=_("Only this month."))] = None,
    quarter: Annotated[
        Text, typer.Option("--quarter", metavar="QUARTER", help=_("Only this quarter."))
    ] = None,
    year: Annotated[Text, typer.Option("--year", metavar="YEAR", help=_("Only this year."))] = None,
    team: Team = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help=_("Every record that was fined, on a line of its own."))
    ] = False,
) -> None:
    from svcq.commands.score_columns import FINED, FINES
    from svcq.processes.scoring import Company
    from svcq.processes.scoring_records import fines as fined

    desk: Desk = ctx.obj
    first, last = _range(month, quarter, year)
    with desk.read() as reader:
        found = list(fined(reader, first, last, as_of(desk), chosen(desk, reader, team)))
        found.sort(key=lambda one: (one.person, one.due_on, one.rule, one.number))
        rows = [_record(one) for one in found] if evidence else per_month(found, Company(reader).roles)
        empty = _("no fines")
        listed(desk, reader, FINED if evidence else FINES, rows, empty=empty, summary=_total)


def _range(month: Text, quarter: Text, year: Text) -> tuple[date, date]:
    """The days that the options name; all of them if none is given. Usage for more than one."""
    if sum(one is not None for one in (month, quarter, year)) > 1:
        raise Usage("give one of --month, --quarter and --year")
    if month is not None:
        _name, first, last = month_of(month, "--month")
        return first, last
    if quarter is not None:
        span = quarter_of(quarter, "--quarter")
        return span.first, span.last
    if year is not None:
        span = year_of(year, "--year")
        return span.first, span.last
    return date.min, date.max


def per_month(found: "list[Breach]", roles: dict[str, str | None]) -> list[Row]:
    """A row per person and month; team and region are those of the last record."""
    from svcq.store.read import yuan

    groups: dict[tuple[str, str], list[Breach]] = {}
    for one in found:
        groups.setdefault((one.person, f"{one.due_on:%Y-%m}"), []).append(one)
    return [
        {
            "person": person or None,
            "role": roles.get(person),
            "team": mine[-1].team,
            "region": mine[-1].region,
            "month": month,
            "breaches": len(mine),
            "fines": yuan(sum(one.fine_fen for one in mine)),
            "numbers": "、".join(one.number for one in mine),
        }
        for (person, month), mine in groups.items()
    ]


def _record(one: "Breach") -> Row:
    from svcq.commands.score_words import see
    from svcq.store.read import yuan

    keys = (
        "rule",
        "clause",
        "process",
        "number",
        "customer",
        "due_on",
        "met_on",
        "days_late",
        "team",
        "region",
    )
    row = {key: getattr(one, key) for key in keys}
    more = {"person": one.person or None, "month": f"{one.due_on:%Y-%m}", "fines": yuan(one.fine_fen)}
    return {**row, **more, "see": see(row)}


def _total(rows: list[Row]) -> str:
    fines = sum(float(str(row["fines"])) for row in rows)
    people = len({row["person"] for row in rows})
    count = ngettext("{count} person", "{count} people", people).format(count=people)
    return _("{count}, fines {amount} CNY").format(count=count, amount=f"{fines:,.2f}".removesuffix(".00"))
