"""Files in, one transaction each: what became of their sheets, and the rows that were refused, by their cells."""

import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from svcq.commands.shared import warn
from svcq.desk import Desk
from svcq.errors import Counted, Phrase, Usage
from svcq.locale import N_, _, ngettext, say
from svcq.output.shape import Column, Listing, Row

if TYPE_CHECKING:
    from svcq.processes.intake import Fault, Intake, Manner, Outcome
    from svcq.sheets.kind import Sheet
    from svcq.sheets.options import FileRead, ReadOptions

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
SERIAL = ("序号", "no", "no.", "#")
"""Headers of a column that only counts the rows: not worth a word."""
SHOWN = 30
"""Headers that are told at once."""


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
    gc.disable()  # many rows and no rings: looking for garbage among them takes a tenth of the time
    try:
        for read in _in_order(files, options or ReadOptions()):
            rows += _take(desk, read, manner or Manner(), partial, refused)
    finally:
        gc.enable()
    return rows


def _in_order(files: Sequence[str], options: "ReadOptions") -> "list[FileRead]":
    """The files as read, those first on which others rest: staff, customers, contracts, calls."""
    from svcq.processes.intake import intakes
    from svcq.sheets.reader import read_file
    from svcq.sheets.toml_file import cut

    known = intakes()
    reads = [read_file(file, options) for file in files]
    for read in reads:
        _leave_out(read, known)
        for name, why in read.skipped:
            warn(Phrase("{file}: sheet {sheet} is left out: {why}", file=read.path, sheet=name, why=why))
        strange = dict.fromkeys(header for sheet in read.sheets for header in sheet.unknown_headers)
        if named := [header for header in strange if header.strip().lower() not in SERIAL]:
            columns = ", ".join(map(cut, named[:SHOWN]))
            if len(named) > SHOWN:
                columns += " " + say(Phrase("… and {more} more", more=len(named) - SHOWN))
            warn(Phrase("{file}: columns that are not taken: {columns}", file=read.path, columns=columns))
    return sorted(reads, key=lambda read: min(known[sheet.kind.name].rank for sheet in read.sheets))


def _leave_out(read: "FileRead", known: "Mapping[str, Intake]") -> None:
    """Set aside the sheets of kinds that do not come in; Usage if there is nothing else."""
    for sheet in [one for one in read.sheets if one.kind.name not in known]:
        why = Phrase(
            "a hospital's own problem list is not taken in: `svcq issue reconcile FILE --customer NAME` compares it"
        )
        if len(read.sheets) == 1:
            raise Usage("{path}, sheet {sheet}: {why}", path=read.path, sheet=sheet.name, why=why)
        read.sheets.remove(sheet)
        read.skipped.append((sheet.name, why))


def _take(desk: Desk, read: "FileRead", manner: "Manner", partial: bool, bad: "list[Sheet]") -> list[Row]:
    """One file in, in one transaction; its rows that were refused go to stderr, its sheets with such to `bad`."""
    from dataclasses import replace

    from svcq.output.terminal import progress, talk
    from svcq.processes import intake_newest
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
            outcome = intake_newest.take(work, intake, lines, replace(manner, step=step))
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
        if tell_refusals(sheet):
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
        for remark in outcome.remarks if kept else ():
            warn(Phrase("{file}: {what}", file=read.path, what=remark))
    if desk.dry_run:
        talk(_("{file}: dry run, nothing was written").format(file=read.path))
    elif not work.abandoned and all(row["added"] == row["updated"] == 0 for row in rows):
        talk(_("{file}: nothing to change").format(file=read.path))
    return rows


def _add_faults(sheet: "Sheet", outcome: "Outcome") -> None:
    from svcq.sheets.kind import Refusal

    for fault in outcome.faults:
        column = sheet.columns.get(fault.field, 0)
        sheet.refused.append(Refusal(sheet.name, fault.row, column, fault.why, len(fault.others)))
        sheet.refused += [Refusal(sheet.name, row, 0, fault.why, told=False) for row in fault.others]


def tell_refusals(sheet: "Sheet") -> bool:
    """Name every refused cell of a sheet on stderr, with why; False if there is none."""
    from svcq.output.terminal import talk

    for refusal in sorted(sheet.refused, key=lambda one: (one.row, one.column)):
        if refusal.told:
            count = refusal.others
            more = ngettext("(and {count} more row)", "(and {count} more rows)", count).format(count=count)
            cell = _cell(sheet, refusal.row, refusal.column)
            talk(f"{cell}: {say(refusal.why)}" + (f" {more}" if count else ""))
    return bool(sheet.refused)


def _cell(sheet: "Sheet", row: int, column: int) -> str:
    """`Sheet!C7`, or `Sheet!7` for a row as a whole."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet.name}!{letters}{row}"
