"""Every open or overdue obligation, across processes."""

from datetime import date, timedelta
from typing import Annotated

import typer

from svcq.commands.columns import OBLIGATIONS
from svcq.commands.complete import numbers
from svcq.commands.dates import span
from svcq.commands.kit import Lists, example, single
from svcq.commands.shared import as_of, filters, limit, listed, provisional, warn
from svcq.desk import Desk
from svcq.errors import Phrase, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

app = single()


@app.command(
    cls=Lists,
    help=_("Every open or overdue obligation, across processes, the most urgent first."),
    epilog=example(
        "due --within 7d", "due --overdue --person 陈立", "due --rule contract.return --all -f csv"
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
) -> None:
    desk: Desk = ctx.obj
    if overdue + still_open + every > 1:
        raise Usage("--overdue, --open and --all contradict each other: give one of them")
    states = ("overdue",) if overdue else ("open",) if still_open else ("open", "overdue")
    until = as_of(desk) + timedelta(days=span(within, "--within")) if within is not None else None
    print_due(desk, until=until, states=None if every else states, rule=rule, number=number)


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
