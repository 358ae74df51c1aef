"""Files in: sheets recognised, rows checked, a file taken as a whole or not at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.kit import Shows, date_option, example, single
from svcq.commands.shared import look, maybe_day, warn
from svcq.desk import Desk
from svcq.errors import Counted, Phrase, RowsRefused, Usage
from svcq.locale import N_, _, ngettext, say
from svcq.output.shape import Column, Listing, Row

if TYPE_CHECKING:
    from svcq.processes.intake import Fault, Manner, Outcome
    from svcq.sheets.kind import Sheet
    from svcq.sheets.options import FileRead, ReadOptions

app = single()

SHEETS = Listing(
    "import",
    N_("Import"),
    (
        Column("file", N_("File")),
        Column("sheet", N_("Sheet"), drop=1),
        Column("kind", N_("Kind")),
        Column("read", N_("Read"), "number"),
        Column("added", N_("Added"), "number"),
        Column("updated", N_("Updated"), "number"),
        Column("unchanged", N_("Unchanged"), "number"),
        Column("refused", N_("Rejected"), "number"),
    ),
    alarm="",
)
Text = str | None
SERIAL = ("序号", "no", "no.", "#")
"""Headers of a column that only counts the rows: not worth a word."""


class Imports(Shows):
    """An import prints what became of each sheet."""


@app.command(
    "import",
    cls=Imports,
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
    options = _options(kind, sheet, header_row, map_, mapping, date_order, encoding, clear)
    manner = Manner(create_missing, maybe_day(desk, from_, "--from"))
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


def take_all(
    desk: Desk,
    files: Sequence[str],
    options: "ReadOptions | None" = None,
    manner: "Manner | None" = None,
    *,
    partial: bool = False,
    bad: "list[Sheet] | None" = None,
) -> list[Row]:
    """Take the files in, each as a whole or not at all; what became of each sheet. `bad` gets sheets with refusals."""
    from svcq.processes.intake import Manner
    from svcq.sheets.options import ReadOptions

    refused = [] if bad is None else bad
    rows: list[Row] = []
    for read in _in_order(files, options or ReadOptions()):
        rows += _take(desk, read, manner or Manner(), partial, refused)
    return rows


def _options(
    kind: Text,
    sheet: Sequence[str] | None,
    header_row: Text,
    map_: Sequence[str] | None,
    mapping: Text,
    date_order: Text,
    encoding: Text,
    clear: bool,
) -> "ReadOptions":
    """What the command line says about the files, over what the mapping file says."""
    from dataclasses import replace

    from svcq.sheets.mapping import load
    from svcq.sheets.options import ReadOptions

    options = load(mapping) if mapping else ReadOptions()
    headers = dict(options.headers)
    for pair in map_ or ():
        header, equals, field = pair.rpartition("=")
        if not equals or not header or not field:
            raise Usage("--map: {text} is not HEADER=FIELD", text=repr(pair))
        headers[header] = field
    if date_order is not None and date_order not in ("ymd", "mdy", "dmy"):
        raise Usage("--date-order: {text} is none of ymd, mdy, dmy", text=repr(date_order))
    if header_row is not None and (not header_row.isdecimal() or len(header_row) > 7 or int(header_row) < 1):
        raise Usage("--header-row: {text} is no row number", text=repr(header_row))
    return replace(
        options,
        kind=kind or options.kind,
        sheets=tuple(sheet) if sheet else options.sheets,
        header_row=int(header_row) if header_row else options.header_row,
        headers=headers,
        date_order=date_order or options.date_order,  # type: ignore[arg-type]
        encoding=encoding or options.encoding,
        clear=clear or options.clear,
    )


def _in_order(files: Sequence[str], options: "ReadOptions") -> "list[FileRead]":
    """The files as read, those first on which others rest: staff, customers, contracts, calls."""
    from svcq.processes.intake import intakes
    from svcq.sheets.reader import read_file

    known = intakes()
    reads = [read_file(file, options) for file in files]
    for read in reads:
        for name, why in read.skipped:
            warn(Phrase("{file}: sheet {sheet} is left out: {why}", file=read.path, sheet=name, why=why))
        strange = dict.fromkeys(header for sheet in read.sheets for header in sheet.unknown_headers)
        if named := [header for header in strange if header.strip().lower() not in SERIAL]:
            columns = ", ".join(named)
            warn(Phrase("{file}: columns that are not taken: {columns}", file=read.path, columns=columns))
    return sorted(reads, key=lambda read: min(known[sheet.kind.name].rank for sheet in read.sheets))


def _take(desk: Desk, read: "FileRead", manner: "Manner", partial: bool, bad: "list[Sheet]") -> list[Row]:
    """One file in, in one transaction; its rows that were refused go to stderr, its sheets with such to `bad`."""
    from dataclasses import replace

    from svcq.output.terminal import progress, talk
    from svcq.processes.intake import Line, Told, intakes

    name = Path(read.path).name.encode(errors="replace").decode()
    desk.command = f"import {name}"
    sheets = sorted(read.sheets, key=lambda sheet: intakes()[sheet.kind.name].rank)
    total = sum(len(sheet.rows) for sheet in sheets)
    taken: list[tuple[Sheet, Outcome]] = []
    told = Told()
    with desk.work() as work, progress(total, Path(read.path).name) as step:
        for sheet in sheets:
            intake = intakes()[sheet.kind.name]
            faults: list[Fault] = []
            lines = [Line(row.number, row.values) for row in sheet.rows]
            if len(sheets) > 1:
                lines, faults = told.agreeing(intake, sheet.name, lines)
            outcome = intake.take(work, lines, replace(manner, step=step))
            outcome.faults += faults
            taken.append((sheet, outcome))
            _add_faults(sheet, outcome)
        work.abandoned = not partial and any(sheet.refused for sheet in sheets)
    rows: list[Row] = []
    for sheet, outcome in taken:
        wrong = {one.row for one in sheet.refused}
        read_rows = len({row.number for row in sheet.rows} | wrong)
        kept = not work.abandoned
        rows.append(
            {
                "file": name,
                "sheet": sheet.name,
                "kind": sheet.kind.name,
                "read": read_rows,
                "added": outcome.added if kept else 0,
                "updated": outcome.updated if kept else 0,
                "unchanged": outcome.unchanged if kept else 0,
                "refused": len(wrong),
            }
        )
        for refusal in sorted(sheet.refused, key=lambda one: (one.row, one.column)):
            talk(f"{_cell(sheet, refusal.row, refusal.column)}: {say(refusal.why)}")
        if sheet.refused:
            bad.append(sheet)
        if outcome.ahead and kept:
            warn(
                Counted(
                    "{file}: {count} record has acts dated after today",
                    "{file}: {count} records have acts dated after today",
                    count=outcome.ahead,
                    file=read.path,
                )
            )
    if desk.dry_run:
        talk(_("{file}: dry run, nothing was written").format(file=read.path))
    elif not work.abandoned and all(row["added"] == row["updated"] == 0 for row in rows):
        talk(_("{file}: nothing to change").format(file=read.path))
    return rows


def _add_faults(sheet: "Sheet", outcome: "Outcome") -> None:
    from svcq.sheets.kind import Refusal

    for fault in outcome.faults:
        column = sheet.columns.get(fault.field, 0)
        sheet.refused.append(Refusal(sheet.name, fault.row, column, fault.why))


def _cell(sheet: "Sheet", row: int, column: int) -> str:
    """`Sheet!C7`, or `Sheet!7` for a row as a whole."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet.name}!{letters}{row}"
