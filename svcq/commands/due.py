"""Every open or overdue obligation, across processes: a listing, a month to look at, or a calendar file."""

from copy import copy
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from svcq.commands.columns import OBLIGATIONS
from svcq.commands.complete import numbers
from svcq.commands.dates import span
from svcq.commands.kit import Command, example, single
from svcq.commands.params import listing_params
from svcq.commands.shared import as_of, filters, limit, listed, look, provisional, warn
from svcq.desk import Desk
from svcq.errors import Phrase, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import FORMATS, Look, Row

app = single()


class Dues(Command):
    """The listing, which is also a month (--calendar, with or without the name of one) or a calendar file."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of a listing, of which --format knows one format more."""
        params = [copy(param) for param in listing_params()]
        for param in params:
            if param.name == "format":
                param.metavar = "|".join((*FORMATS, "ics"))
        return params

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Let --calendar stand without a month: a blank one is the month of the day asked about."""
        said = list(args)
        if "--calendar" in said:
            after = said.index("--calendar") + 1
            if after == len(said) or said[after].startswith("-"):
                said.insert(after, "")
        return super().parse_args(ctx, said)


@app.command(
    cls=Dues,
    help=_("Every open or overdue obligation, across processes, the most urgent first."),
    epilog=example(
        "due --within 7d",
        "due --overdue --person 陈立",
        "due --rule contract.return --all -f csv",
        "due --calendar 2026-12",
        "due --person 陈立 -f ics -o 待办.ics",
    ),
)
def due(
    ctx: typer.Context,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="DAYS", help=_("Due within so many days, or overdue.")),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("Only what is overdue."))] = False,
    still_open: Annotated[bool, typer.Option("--open", help=_("Only what is not overdue yet."))] = False,
    every: Annotated[
        bool, typer.Option("--all", help=_("In every state: met, late and waived too."))
    ] = False,
    rule: Annotated[str | None, typer.Option("--rule", metavar="RULE", help=_("Only this rule."))] = None,
    number: Annotated[
        str | None,
        typer.Option("--number", metavar="NUMBER", help=_("Only this record."), autocompletion=numbers),
    ] = None,
    calendar: Annotated[
        str | None,
        typer.Option(
            "--calendar", metavar="MONTH", help=_("A month to look at; without a name: the present one.")
        ),
    ] = None,
) -> None:
    desk: Desk = ctx.obj
    if overdue + still_open + every > 1:
        raise Usage("--overdue, --open and --all contradict each other: give one of them")
    states = ("overdue",) if overdue else ("open",) if still_open else None if every else ("open", "overdue")
    until = as_of(desk) + timedelta(days=span(within, "--within")) if within is not None else None
    if calendar is not None:
        from svcq.commands.due_calendar import print_month

        print_month(desk, calendar, states, until=until, rule=rule, number=number)
    elif _is_calendar_file(look(desk)):
        from svcq.commands.due_ics import print_events

        print_events(desk, states, until=until, rule=rule, number=number)
    else:
        print_due(desk, until=until, states=states, rule=rule, number=number)


def _is_calendar_file(asked: Look) -> bool:
    """Whether -f, or else the ending of -o, says so."""
    ending = asked.output is not None and asked.output.lower().endswith(".ics")
    return asked.format == "ics" or (asked.format is None and ending)


def print_due(
    desk: Desk,
    *,
    until: date | None = None,
    states: tuple[str, ...] | None = ("open", "overdue"),
    rule: str | None = None,
    number: str | None = None,
) -> None:
    """Print obligations in these states (None: any), due by `until`, of one rule or record."""
    from svcq.store.read_ledger import obligations

    t, most = as_of(desk), limit(desk)
    with desk.read() as reader:
        rows: list[Row] = list(
            obligations(
                reader,
                t,
                states=states,
                filters=filters(desk, reader, rule=rule, number=number, until=until),
                limit=None if most is None else most + 1,
            )
        )
        listed(desk, reader, OBLIGATIONS, rows, empty=_("nothing is due"), summary=_total)
    provisional(rows, "due_on")
    nobody = sorted({str(row["rule"]) for row in rows if row["role"] == "qc" and row["person"] is None})
    if nobody:
        warn(
            Phrase(
                "nobody at QC answers for {rules}: `svcq staff duty RULE NAME` says who",
                rules=", ".join(nobody),
            )
        )


def _total(rows: list[Row]) -> str:
    late = sum(1 for row in rows if row["state"] == "overdue")
    fines = sum(float(str(row["fine"])) for row in rows)
    count = ngettext("{count} obligation", "{count} obligations", len(rows)).format(count=len(rows))
    return _("{count}, {late} overdue · fines {amount} CNY").format(
        count=count, late=late, amount=f"{fines:,.2f}".removesuffix(".00")
    )
