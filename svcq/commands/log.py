"""Who changed what, when, from what to what."""

from typing import Annotated

import typer

from svcq.commands.columns import HISTORY
from svcq.commands.complete import numbers
from svcq.commands.kit import Prints, example, single
from svcq.commands.shared import limit, listed, maybe_day
from svcq.desk import Desk
from svcq.locale import _

app = single()


@app.command(
    cls=Prints,
    help=_("Who changed what, when, from what to what; the newest first."),
    epilog=example("log HT-2026-031", "log --since 2026-11-01 --by 茅洁 -f csv -o changes.csv"),
)
def log(
    ctx: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help=_("Only this record."), autocompletion=numbers)
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", metavar="NAME", help=_("Only this kind of record."))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Only by this person."))] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help=_("Written on that day or later (UTC)."))
    ] = None,
) -> None:
    from svcq.store.read_log import changes

    desk: Desk = ctx.obj
    day = maybe_day(desk, since, "--since")
    chosen = {"number": number, "table": table, "actor": by, "since": day.isoformat() if day else None}
    most = limit(desk)
    with desk.read() as reader:
        found = changes(reader, chosen, limit=None if most is None else most + 1)
        listed(desk, reader, HISTORY, found, empty=_("nothing was changed"))
