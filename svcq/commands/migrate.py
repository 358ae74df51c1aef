"""五: data migrations on the command line: what happens to one."""

from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.kit import Writes, example, group
from svcq.commands.migrate_lists import listings
from svcq.commands.migrate_record import Number, Reason, records
from svcq.commands.migrate_year import yearly
from svcq.commands.shared import dated, done
from svcq.desk import Desk
from svcq.locale import _

if TYPE_CHECKING:
    pass

app = group(_("Data migrations, the hospitals that owe one, and the December check."))
app.add_typer(records)
app.add_typer(listings)
app.add_typer(yearly)

On = Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))]


@app.command(
    cls=Writes,
    help=_("The indexes were rebuilt after the migration; due on the same day."),
    epilog=example("migrate reindex QY-2026-003 --on 2026-11-20"),
)
def reindex(ctx: typer.Context, number: Number, on: On) -> None:
    from svcq.processes import migrate

    dated(ctx.obj, number, on, migrate.reindex, _("migration {number}: indexes rebuilt on {on}"))


@app.command(
    cls=Writes,
    help=_("The migration was registered."),
    epilog=example("migrate register QY-2026-003 --on today"),
)
def register(ctx: typer.Context, number: Number, on: On) -> None:
    from svcq.processes import migrate

    dated(ctx.obj, number, on, migrate.register, _("migration {number} registered on {on}"))


@app.command(
    cls=Writes,
    help=_("Strike out a mistaken record: its obligations end, it stays visible with the reason."),
    epilog=example("migrate void QY-2026-003 --reason '重复登记'"),
)
def void(ctx: typer.Context, number: Number, reason: Reason) -> None:
    from svcq.processes import migrate

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed = migrate.void(work, number, reason)
    done(desk, changed, _("migration {number} is void"), number=number)
