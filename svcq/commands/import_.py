"""Files in: sheets recognised, rows checked, a file taken as a whole or not at all."""

from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.import_files import SHEETS, take_all
from svcq.commands.kit import Answers, date_option, example, single
from svcq.commands.read_options import read_options
from svcq.commands.shared import look, maybe_day, warn
from svcq.desk import Desk
from svcq.errors import Phrase, RowsRefused
from svcq.locale import _, ngettext
from svcq.output.target import keep

if TYPE_CHECKING:
    from svcq.sheets.kind import Sheet

app = single()

Text = str | None


@app.command(
    "import",
    cls=Answers,
    help=_("Read workbooks and CSV files into the store; the kind of each sheet is known by its headers."),
    epilog=example(
        "import 客户名单.xlsx 员工名册.xls 维护合同跟踪表.xlsx",
        "import 跟踪表.xls --dry-run --refused 待改.xlsx",
        "import old.csv --kind contract --map 'Ref=number' --date-order dmy",
    ),
)
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help=_("Workbooks (.xlsx, .xls, .ods) or CSV."))
    ],
    kind: Annotated[Text, typer.Option("--kind", metavar="KIND", help=_("What the rows are."))] = None,
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", metavar="NAME", help=_("Only this sheet; repeatable."))
    ] = None,
    header_row: Annotated[
        Text, typer.Option("--header-row", metavar="N", help=_("The row of the headers, counted from 1."))
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADER=FIELD", help=_("What a header means; repeatable.")),
    ] = None,
    mapping: Annotated[
        Text,
        typer.Option("--mapping", metavar="FILE.toml", help=_("Headers, words and date order, in a file.")),
    ] = None,
    date_order: Annotated[
        Text, typer.Option("--date-order", metavar="ymd|mdy|dmy", help=_("How 03/04/2026 is meant."))
    ] = None,
    encoding: Annotated[
        Text, typer.Option("--encoding", metavar="NAME", help=_("Of a text file, e.g. gb18030."))
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help=_("Take the good rows of a file with bad ones."))
    ] = False,
    refused: Annotated[
        Text, typer.Option("--refused", metavar="FILE.xlsx", help=_("Write refused rows to a workbook."))
    ] = None,
    create_missing: Annotated[
        bool, typer.Option("--create-missing", help=_("Enter customers and people that are not known."))
    ] = False,
    clear: Annotated[bool, typer.Option("--clear", help=_("A blank cell empties the field."))] = False,
    from_: Annotated[
        Text, date_option("--from", _("From when a changed person holds the role; default: today."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Also take acts dated after today."))] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Say what would happen and change nothing."))
    ] = False,
    note: Annotated[
        Text, typer.Option("--note", metavar="TEXT", help=_("Kept with the change in the log."))
    ] = None,
) -> None:
    from svcq.output.emit import emit
    from svcq.processes.intake import Manner

    desk: Desk = ctx.obj
    desk.asked.values |= {"dry_run": dry_run, "note": note}
    options = read_options(kind, sheet, header_row, map_, mapping, date_order, encoding, clear)
    manner = Manner(create_missing, maybe_day(desk, from_, "--from"), force)
    keep(*files)
    bad: list[Sheet] = []
    rows = take_all(desk, files, options, manner, partial=partial, bad=bad)
    emit(SHEETS, rows, look(desk))
    if bad and refused:
        from svcq.sheets.refused import write_refused

        write_refused(refused, bad)
        warn(Phrase("the refused rows are in {file}: mend them there and import it again", file=refused))
    if bad:
        count = sum(int(str(row["refused"])) for row in rows)
        text = ngettext("{count} row was refused", "{count} rows were refused", count).format(count=count)
        if partial:
            raise RowsRefused("{rows}; the others were taken", rows=text)
        raise RowsRefused(
            "{rows}: nothing of those files was written; --partial takes the other rows", rows=text
        )
