"""Records out as the sheet of their kind: importing the file again changes nothing."""

import sys
from typing import Annotated

import typer

from svcq.commands.kit import Command, example, single
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext

app = single()


@app.command(
    cls=Command,
    help=_("Write the records of a kind: a workbook for people, CSV with machine headers for programs."),
    epilog=example("export contract -o 维护合同跟踪表.xlsx", "export customer > customers.csv"),
)
def export(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=_(
                "customer, staff, unit, leave, handover, follow_up, contract, call, plan, issue, step, spot_check, "
                "upgrade, skip, migration, migration_check, callback, try."
            ),
        ),
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file."))
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="xlsx|csv", help=_("Default: by the file's ending.")),
    ] = None,
) -> None:
    from svcq.output.terminal import talk
    from svcq.sheets.export import export_kind
    from svcq.sheets.kinds import KINDS
    from svcq.store.exports import records, sources

    desk: Desk = ctx.obj
    known = [name for name in KINDS if name in sources()]
    if kind not in known:
        raise Usage("{kind} is not a kind of sheet; {kinds} are", kind=repr(kind), kinds=", ".join(known))
    form = format or ("xlsx" if output and output.lower().endswith(".xlsx") else "csv")
    if form not in ("xlsx", "csv"):
        raise Usage("-f: {text} is none of xlsx, csv", text=repr(form))
    if output in (None, "-") and form == "xlsx" and sys.stdout.isatty():
        raise Usage("a workbook goes to a file: say -o FILE.xlsx")
    with desk.read() as reader:
        rows = list(records(reader, kind, desk.today))
    target = sys.stdout.buffer if output in (None, "-") else output
    export_kind(target, KINDS[kind], rows, "xlsx" if form == "xlsx" else "csv")
    if output not in (None, "-"):
        talk(
            ngettext(
                "{count} record written to {file}", "{count} records written to {file}", len(rows)
            ).format(count=len(rows), file=output)
        )
